"""Item 26 of the declaration of 2018: what exists on its five subjects, and what is missing."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import duckdb

from pipelines.published.site import context, rendering
from pipelines.published.site.context import Row
from pipelines.published.site.facts.needs import Needs, indicators, read_needs
from pipelines.published.site.facts.total import VICTIMS, Total
from pipelines.published.site.facts.totals import Totals, read_totals
from pipelines.published.site.facts.treaties import Treaties, read_treaties
from pipelines.published.site.facts.trends import page_verdict
from pipelines.published.site.wording import sources
from pipelines.published.site.wording.needs import first_step
from pipelines.published.site.wording.treaties import joined
from pipelines.words.language import Language, spans
from schemas import parameters

RATE: Final = "VIC_DETECT_RATE"
_PRACTICES: Final = ("POL", "PRV")
_DEMAND: Final = ("DEM",)
_SHADES: Final = 5
"""The number of shades of the needs."""
_TELLS_APART: Final = parameters.whole("most_states_of_shaded_step")

_DIMENSIONS: Final = ("SEX", "AGE", "EXPLOITATION", "CITIZENSHIP")
_EXPLORER: Final = "explorer.html"


class Subject(NamedTuple):
    """One of the five subjects of item 26, in words.

    Attributes:
        code: the end of the code of its name.
        exists: figures that there are.
        where: text and address of each page that has them.
        missing: figures that no source has.
    """

    code: str
    exists: str
    where: Sequence[tuple[str, str]]
    missing: str


@dataclass(frozen=True)
class Facts:
    """The facts of the page.

    Attributes:
        verdicts: number of states by verdict on their detected victims.
        newest: the newest year with a total of detected victims.
        rate: the series of printed rates with the newest year; None without any.
        by_dimension: number of states with detected victims by dimension.
        subjects: rows of sql/subject.sql.
        treaties: the treaties of all states.
        needs: the needs of all states.
    """

    verdicts: Counter[str]
    newest: int
    rate: Total | None
    by_dimension: dict[str, int]
    subjects: list[Row]
    treaties: Treaties
    needs: Needs

    def without(self, *domains: str) -> list[str]:
        """Return the core indicators of some domains without a figure of any state."""
        return [
            row["indicator"]
            for row in self.subjects
            if row["domain"] in domains and not len(row["states"])
        ]

    @property
    def demand(self) -> list[Row]:
        """Return the core indicators of demand with a figure."""
        return self._known(_DEMAND)

    @property
    def practices(self) -> list[Row]:
        """Return the core indicators of good practices with a figure, but for treaties."""
        known = self._known(_PRACTICES)
        return [row for row in known if row["indicator"] not in self.treaties.indicators]

    def _known(self, domains: Sequence[str]) -> list[Row]:
        return [row for row in self.subjects if row["domain"] in domains and len(row["states"])]


def read(connection: duckdb.DuckDBPyConnection) -> Facts:
    """Return the counts of the five subjects, the treaties and the needs."""
    areas = context.query(connection, "area")["code"].tolist()
    totals = read_totals(connection)
    cited = _cited(totals, areas)
    by_dimension = context.query(connection, "characteristic")
    return Facts(
        verdicts=Counter(page_verdict(total.trend) for total in cited)
        + Counter(no_total=len(areas) - len(cited)),
        newest=max((total.last.year for total in cited), default=0),
        rate=max(
            (total for area in areas for total in totals.of(area, RATE)),
            key=lambda total: total.last.year,
            default=None,
        ),
        by_dimension=dict(
            zip(by_dimension["dimension"], by_dimension["states"].tolist(), strict=True)
        ),
        subjects=_subjects(connection),
        treaties=read_treaties(connection),
        needs=read_needs(connection),
    )


def _cited(totals: Totals, areas: Sequence[str]) -> list[Total]:
    return [total for area in areas if (total := totals.cited(area, VICTIMS))]


def _subjects(connection: duckdb.DuckDBPyConnection) -> list[Row]:
    rows = context.query(connection, "subject").to_dict("records")
    lists = ("states", "confirmed")
    return [
        row | {name: [] if row[name] is None else list(row[name]) for name in lists} for row in rows
    ]


def files(site: context.Site, facts: Facts, language: Language) -> Iterator[context.File]:
    """Yield the page."""
    areas = site.states[language.code]
    yield rendering.page(
        site,
        "item26",
        "item26.html",
        language,
        sentence=_sentence(facts, areas, language),
        subjects=_subjects_in(site, facts, areas, language),
        unknown=_unknown(facts, language),
        treaties=facts.treaties,
        halves=(areas[: (len(areas) + 1) // 2], areas[(len(areas) + 1) // 2 :]),
        released=_released(site, facts.treaties, language),
        steps=language.names["need_step"],
        rows=[(area, _counts(facts, area), _first_step(facts, area, language)) for area in areas],
        concerned=facts.needs.states(),
        shaded={step for step, states in facts.needs.states().items() if states <= _TELLS_APART},
        shades=_SHADES,
        needs=language.number(facts.needs.count),
    )


def _sentence(facts: Facts, areas: Sequence[str], language: Language) -> str:
    demand = sorted({area for row in facts.demand for area in row["states"]})
    form = {0: "none", 1: "one"}.get(len(demand), "many")
    return language.say(
        f"item26_sentence_{form}",
        states=len(areas),
        verdict=_with_verdict(facts),
        sex=facts.by_dimension.get("SEX", 0),
        demand=len(demand),
        of_area="".join(language.of_area(each) for each in demand[:1]),
    )


def _with_verdict(facts: Facts) -> int:
    """Return the number of states with enough years for a verdict."""
    return sum(facts.verdicts[each] for each in ("rising", "falling", "no_clear_change"))


def _released(site: context.Site, treaties: Treaties, language: Language) -> str:
    """Return the release of the lists of treaties; "" without such a source."""
    if not treaties.indicators:
        return ""
    return sources.release_text(site.sources[treaties.source], [treaties.release], language)


def _subjects_in(
    site: context.Site, facts: Facts, areas: Sequence[str], language: Language
) -> list[Subject]:
    """Return the five subjects of item 26."""
    return [
        _trends(site, facts, areas, language),
        _characteristics(facts, language),
        _practices(facts, language),
        _assistance(facts, language),
        _demand_side(facts, language),
    ]


def _trends(site: context.Site, facts: Facts, areas: Sequence[str], language: Language) -> Subject:
    missing = language.say(
        "item26_trends_missing",
        few=facts.verdicts["too_few_points"],
        none=facts.verdicts["no_total"],
        year=facts.newest,
    )
    if facts.rate and facts.rate.last.year > facts.newest:
        publisher = site.short_name(facts.rate.source)
        missing = language.say(
            "item26_trends_rates", missing=missing, year=facts.rate.last.year, publisher=publisher
        )
    return Subject(
        "trends",
        language.say("item26_trends_exists", count=_with_verdict(facts), states=len(areas)),
        [(language.say("menu_home"), "index.html"), (language.say("menu_explorer"), _EXPLORER)],
        missing,
    )


def _characteristics(facts: Facts, language: Language) -> Subject:
    states = {each: facts.by_dimension.get(each, 0) for each in _DIMENSIONS}
    return Subject(
        "characteristics",
        language.say("item26_characteristics_exists", **states),
        [(language.say("menu_explorer"), _EXPLORER)],
        language.say("item26_characteristics_missing"),
    )


def _practices(facts: Facts, language: Language) -> Subject:
    protocol = language.say(
        "item26_practices_exists", count=joined(facts.treaties.by_state("POL_PROTOCOL").values())
    )
    others = [_reported(row, language) for row in facts.practices]
    return Subject(
        "practices",
        language.semicolon.join([protocol, *others]),
        [(language.say("item26_treaties_below"), "#treaties")],
        _no_figure(facts.without(*_PRACTICES), language),
    )


def _assistance(facts: Facts, language: Language) -> Subject:
    return Subject(
        "assistance",
        language.say("item26_assistance_exists", count=language.number(facts.needs.count)),
        [(language.say("item26_needs_below"), "#needs"), (language.say("menu_gaps"), "gaps.html")],
        language.say("item26_assistance_missing"),
    )


def _demand_side(facts: Facts, language: Language) -> Subject:
    found = [row["indicator"] for row in facts.demand]
    nearest = language.semicolon.join(_reported(row, language) for row in facts.demand)
    return Subject(
        "demand",
        language.say("item26_demand_nearest", found=nearest) if nearest else "",
        [(_phrases([code], language), f"indicator/{code.lower()}.html") for code in found],
        _no_figure(facts.without(*_DEMAND), language),
    )


def _reported(row: Row, language: Language) -> str:
    """Return an indicator with its states and years, each state with its answer if it is one."""
    names = [language.name("area", area) for area in row["states"]]
    if not row["is_count"]:
        answers = [
            "answer_yes" if each in row["confirmed"] else "answer_no" for each in row["states"]
        ]
        names = [
            f"{name} ({language.say(text)})" for name, text in zip(names, answers, strict=True)
        ]
    return language.say(
        "item26_demand_exists",
        indicator=language.name("indicator", row["indicator"]),
        states=", ".join(names),
        years=spans(range(row["first_year"], row["last_year"] + 1)),
    )


def _no_figure(codes: Sequence[str], language: Language) -> str:
    return language.say("item26_no_figure", names=_phrases(codes, language)) if codes else ""


def _phrases(codes: Sequence[str], language: Language) -> str:
    return ", ".join(language.say(f"phrase_{code.lower()}") for code in codes)


def _unknown(facts: Facts, language: Language) -> str:
    """Return which core indicators that count something have no figure of any state."""
    core = [row for row in facts.subjects if row["is_count"]]
    codes = [row["indicator"] for row in core if not row["states"]]
    return language.say(
        "item26_unknown", count=len(codes), core=len(core), names=_phrases(codes, language)
    )


def _counts(facts: Facts, area: str) -> dict[str, int]:
    """Return for each step the number of indicators that it concerns."""
    needs = facts.needs.of(area)
    return {step: len(indicators(needs, step)) for step in {need.step for need in needs}}


def _first_step(facts: Facts, area: str, language: Language) -> str:
    needs = facts.needs.of(area)
    return first_step(needs, language) if needs else ""
