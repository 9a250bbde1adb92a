"""What is known of a state, and what is missing first: the section on its needs."""

from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

import duckdb

from pipelines.published.site import context
from pipelines.published.site.facts.coverage import Coverage
from pipelines.published.site.facts.totals import Totals
from pipelines.published.site.wording.phrases import capital
from pipelines.words.language import Language, spans


@dataclass(frozen=True)
class Need:
    """A need of one state for one core indicator.

    Attributes:
        area: code of the state.
        indicator: code of the indicator.
        code: code of the list `need`.
        step: code of the list `need_step`.
        years: the years that it concerns; none for BEGIN.
        share: TELL_UNKNOWN: greatest share of persons whose sex or age is not recorded.
    """

    area: str
    indicator: str
    code: str
    step: str
    years: tuple[int, ...]
    share: float


@context.read_once
def read_needs(connection: duckdb.DuckDBPyConnection) -> dict[str, list[Need]]:
    """Return by state its needs in their order of priority, from sql/need.sql."""
    needs = [
        Need(
            area=row["ref_area"],
            indicator=row["indicator"],
            code=row["need"],
            step=row["need_step"],
            years=tuple(int(year) for year in row["periods"].split()),
            share=float(row["unknown_share"]),
        )
        for row in context.query(connection, "need").to_dict("records")
    ]
    return context.grouped(needs, attrgetter("area"))


def section(
    ask: str,
    advised: str,
    needs: Sequence[Need],
    coverage: Coverage,
    totals: Totals,
    area: str,
    language: Language,
) -> dict[str, Any]:
    """Return the needs of a state, given in their order of priority, after the first ask.

    Members: `ask` and `advised` as the state's page has them; `known`, how many core indicators
    have a figure; `years`, each of these with its years; `steps`, codes with what each asks for;
    `sum`, how the core indicators without a figure add up.
    """
    known, newest = coverage.known.get(area, {}), coverage.newest(area)
    form = "of" if newest else "parts" if known else "none"
    return {
        "ask": ask,
        "advised": advised,
        "known": language.say(
            f"needs_known_{form}", count=len(known), core=coverage.size, year=newest
        ),
        "years": [
            (
                capital(language.say(f"phrase_{code.lower()}")),
                _years(coverage, totals, area, code, language),
            )
            for code in known
        ],
        "steps": [
            (step, _asked(needs, step, language))
            for step in dict.fromkeys(need.step for need in needs)
        ],
        "sum": _how_they_add_up(needs, len(known), coverage.unknown, language),
    }


def _years(
    coverage: Coverage, all_totals: Totals, area: str, indicator: str, language: Language
) -> str:
    """Return the years with a figure; those doubtful, not to cite or of parts are marked."""
    grid = coverage.grids[indicator]
    cited = all_totals.cited(area, indicator)
    points = [point for total in all_totals.of(area, indicator) for point in total.known]
    doubtful = {point.year for point in points} - {p.year for p in points if not p.doubt}
    apart = {"parts": grid.parts(area), "doubtful": sorted(doubtful), "later": []}
    whole = [year for year in grid.known(area) if year not in apart["parts"]]
    certain = [year for year in whole if year not in apart["doubtful"]]
    apart["later"] = [year for year in certain if cited and year > cited.last.year]
    texts = [
        spans(year for year in certain if year not in apart["later"]),
        *(
            language.say(f"needs_{kind}", years=spans(apart[kind]))
            for kind in ("later", "doubtful", "parts")
            if apart[kind]
        ),
    ]
    return language.semicolon.join(filter(None, texts))


def _how_they_add_up(
    needs: Sequence[Need], known: int, unknown: Sequence[str], language: Language
) -> str:
    """Return how the core indicators without a figure add up to all that are missing.

    Args:
        needs: those of a state.
        known: how many core indicators have a figure.
        unknown: the core indicators that no state has.
        language: the reader's.
    """
    begin = sum(need.code == "BEGIN" for need in needs)
    return language.say(
        "needs_sum",
        missing=begin + len(unknown),
        core=known + begin + len(unknown),
        begin=begin,
        unknown=len(unknown),
        names=", ".join(language.say(f"phrase_{code.lower()}") for code in unknown),
    )


def _asked(needs: Sequence[Need], step: str, language: Language) -> list[str]:
    """Return what a step asks for, a line per indicator: name, kinds of break-down, years.

    A line ends with the share of persons of unknown sex or age, where that is what is to fall.
    """
    of_step = [need for need in needs if need.step == step]
    lines = []
    for code, own in context.grouped(of_step, attrgetter("indicator")).items():
        words = [language.say(f"phrase_{code.lower()}")]
        if step == "BREAK_DOWN":
            kinds = ", ".join(language.say(f"needs_{need.code}") for need in own)
            words.append(language.say("needs_by", kinds=kinds))
        words.append(spans(sorted({year for need in own for year in need.years})))
        if own[0].code == "TELL_UNKNOWN":
            share = language.number(round(100 * own[0].share))
            words.append(f"({language.say('needs_share', share=share)})")
        lines.append(" ".join(filter(None, words)))
    return lines
