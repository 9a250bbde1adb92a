"""A page per state, a briefing: what happened, who the victims are, the neighbours, justice.

Why no tabs, and nothing more: docs/decisions/pages.md.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import Any, Final

import duckdb

from pipelines.published.charts import groups, state
from pipelines.published.charts.declared import Draw
from pipelines.published.charts.lines import Row
from pipelines.published.charts.table import printed
from pipelines.published.site import card as cards
from pipelines.published.site import context, dataset, downloads, rendering
from pipelines.published.site.block import Block, answering
from pipelines.published.site.facts.sentences import Sentence, Sentences, read_sentences, sources_of
from pipelines.published.site.wording import citing, phrases
from pipelines.warehouse import remarks
from pipelines.words.language import Language
from pipelines.words.years import printed_year
from schemas import parameters

EACH: Final = "state"

_OTHER_FIGURE: Final = {"OTHER_FIGURE", "TWICE_ANOTHER"}
"""Codes of remarks in place of which both figures are named, with the reason to prefer one."""
_SAY_THE_OTHER: Final = {"FORM_EXCEEDS", "PARTS_EXCEED"} | _OTHER_FIGURE
"""Codes of remarks that name the other figure of the newest year themselves."""


@dataclass(frozen=True)
class StateFacts:
    """The facts of all states.

    Attributes:
        sentences: what the warehouse says in words, by state, question and language.
        remarks: what is known of the newest figure to cite, by state and indicator.
        charts: what the charts draw.
    """

    sentences: Sentences
    remarks: Mapping[tuple[str, str], Sequence[remarks.Row]]
    charts: state.ChartFacts

    def of(self, area: str) -> "StateFacts":
        """Return the facts of one state, and the rates of all."""
        own = partial(context.of_state, area=area)
        points, groups = own(self.charts.points), own(self.charts.groups)
        charts = replace(self.charts, points=points, groups=groups)
        return StateFacts(own(self.sentences), own(self.remarks), charts)


def read(connection: duckdb.DuckDBPyConnection) -> StateFacts:
    """Return the facts of all states."""
    return StateFacts(
        read_sentences(connection), remarks.of_last(connection), state.read_charts(connection)
    )


def paths(area: str) -> Sequence[str]:
    """Return the paths of a state's page and its files below the language's folder."""
    return downloads.paths(f"country/{area.lower()}.html")


def files(site: context.Site, facts: StateFacts, language: Language) -> Iterator[context.File]:
    """Yield the page of every state, with its workbook and its CSV file."""
    for area in site.states[language.code]:
        page = _State(site, facts, area, language)
        blocks = page.blocks()
        path, *_ = paths(area)
        happened = facts.sentences[area, "HAPPENED", language.code]
        yield rendering.page(
            site,
            "country",
            path,
            language,
            blocks=blocks,
            area=area,
            sentence=happened.text,
            compares_levels=happened.compares_levels,
            copied=page.paragraph(),
            is_few=not (blocks[0].chart or blocks[1].chart),
            dataset=page.dataset(),
            has_picture=site.has_pictures,
        )
        name = language.name("area", area)
        yield from downloads.beside(f"{language.code}/{path}", blocks, site, language, name)


def card(site: context.Site, facts: StateFacts, language: Language) -> cards.Card:
    """Return the picture of the page of the one state of which there are facts."""
    [area] = site.states[language.code]
    happened, *_ = _State(site, facts, area, language).blocks()
    return cards.of(happened, language)


@dataclass(frozen=True)
class _State:
    """A state whose page is made, in one language."""

    site: context.Site
    facts: StateFacts
    area: str
    language: Language

    def blocks(self) -> list[Block]:
        """Return the four blocks of the page."""
        has_rates = bool(self.facts.charts.rates)
        neighbours = self._block(state.neighbours, has_rates=has_rates)
        return [self._happened(), self._who(), neighbours, self._justice()]

    def paragraph(self) -> str:
        """Return the four sentences with their sources, as a button copies them."""
        limit = self.language.say("footer")
        return citing.paragraph(
            self._answers, limit, self.site, self.area, self.language, self._path
        )

    def dataset(self) -> dict[str, Any]:
        """Return the description of the page's figures for search engines."""
        points = context.of_state(self.facts.charts.points, self.area).values()
        return dataset.described(
            self._path,
            self.language.name("area", self.area),
            " ".join(each.text for each in self._answers),
            sources_of(self._answers),
            self.site,
            self.language,
            {row["year"] for rows in points for row in rows},
            self.area,
        )

    @property
    def _answers(self) -> list[Sentence]:
        questions = ("HAPPENED", "EVIDENCE", "WHO", "NEIGHBOURS", "JUSTICE")
        return [self._said(question) for question in questions]

    @property
    def _path(self) -> str:
        return f"{self.language.code}/{paths(self.area)[0]}"

    def _said(self, question: str) -> Sentence:
        return self.facts.sentences[self.area, question, self.language.code]

    def _block(self, draw: Draw, drawn: Iterable[str] = (), *, has_rates: bool = False) -> Block:
        """Return the block of a question, which has the name of its chart, from some sources."""
        anchor = draw.__name__
        question = anchor.upper()
        return replace(
            answering(
                self._said(question),
                anchor,
                self.language.name("question", question),
                self.site,
                self.language,
                self._path,
                subject=self.area.lower(),
                area=self.area,
                drawn=drawn,
                has_rates=has_rates,
            ),
            chart=draw(self.facts.charts, self.area, self._names, self.language),
        )

    @cached_property
    def _names(self) -> dict[str, str]:
        """Return the short names of the sources, by id."""
        return {source: self.site.short_name(source) for source in self.site.sources}

    def _remarks(self, indicator: str) -> list[tuple[str, str]]:
        """Return what is known of the newest figure to cite: code and sentence, the first three."""
        disagree, found = self._disagreeing(indicator), []
        said = dict(self._said("HAPPENED").origins)
        for row in remarks.shown(self.facts.remarks.get((self.area, indicator), [])):
            if row["remark"] == "RECORDED_NEWER" and row["other_source"] in said:
                continue  # the sentence begins with that figure
            if row["remark"] == "NO_SOURCE":
                continue  # the sentence says so
            text = disagree.get(row["year"], "") if row["remark"] in _OTHER_FIGURE else ""
            text = text or remarks.said(row, self.site.sources, self.language)
            found.append((row["remark"], f"{text.rstrip('.')}."))
        return found

    def _named(self, name: str, told: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
        """Return remarks, the first of them behind the name of what they are about."""
        if not told:
            return []
        (code, said), *others = told
        text = said if code == "LEAVES_OUT" else phrases.within(said)  # which may begin with a name
        return [(code, f"{name}{self.language.colon}{text}"), *others]

    def _of_series(self, indicator: str) -> list[str]:
        """Return the source of each figure of a series."""
        rows = self.facts.charts.points.get((self.area, indicator), [])
        return [row["source"] for row in rows if row["drawn_as"] == "SERIES"]

    def _happened(self) -> Block:
        """Return what happened: the series, what contradicts it, and what is newer."""
        evidence = self._said("EVIDENCE")
        newer = self.facts.sentences.get((self.area, "OTHER_NEWEST", self.language.code))
        told = self._remarks(state.VICTIMS)
        if self._said("HAPPENED").indicator not in ("", state.VICTIMS):
            name = phrases.capital(self.language.say(f"phrase_{state.VICTIMS}".lower()))
            told = self._named(name, told)
        if newer:
            told = [each for each in told if each[0] not in ("LATE", newer.form)]
            told.append((newer.form, newer.text))
        disagree = [*self._disagreeing(state.VICTIMS).values()]
        if {code for code, _ in told} & _SAY_THE_OTHER:
            disagree = ["", *disagree]
        return replace(
            self._block(state.happened, self._of_series(state.VICTIMS)),
            evidence=evidence.text,
            strength=evidence.form,
            remarks=told,
            disagree=disagree,
        )

    def _disagreeing(self, indicator: str) -> dict[int, str]:
        """Return a sentence for each two figures of one year, by year, the newest first."""
        language = self.language
        rows = self.facts.charts.points.get((self.area, indicator), [])
        own = {row["year"]: row for row in rows if row["drawn_as"] == "SERIES"}
        found: dict[int, str] = {}
        for row in reversed(rows):
            if row["drawn_as"] not in ("OTHER", "BESIDE") or row["year"] not in own:
                continue
            cited = own[row["year"]]
            said = [found[row["year"]]] if row["year"] in found else []
            if row["drawn_as"] == "BESIDE":  # both with their sources, the state's own first
                start = self.area.lower()
                pair = sorted((row, cited), key=lambda each: not each["source"].startswith(start))
                said.insert(0, self._two("state_beside", *pair))
            elif row["preference"] == "UNTOLD":
                said.append(self._two("state_untold", cited, row))
            else:
                reason = phrases.within(language.name("preference", row["preference"]))
                said.append(self._two("state_prefer", cited, row, reason=reason))
            found[row["year"]] = " ".join(said)
        return found

    def _two(self, text: str, first: Row, second: Row, **parts: str) -> str:
        """Return the sentence on two figures of one year, each with who says so."""
        is_own = first["source"] == second["source"]
        return self.language.say(
            text,
            year=printed_year(second["year"], second["time_basis"]),
            figure=printed(first, self.language),
            own=self._names[first["source"]],
            other=printed(second, self.language),
            source=self.language.say("state_own_parts")
            if is_own
            else self._names[second["source"]],
            **parts,
        )

    def _who(self) -> Block:
        """Return who the victims are, and which ways of dividing are no picture of them."""
        language, rows = self.language, self.facts.charts.groups.get(self.area, [])
        calm = []
        divisions = dict.fromkeys((row["facet"], row["source"]) for row in rows)
        for facet, source in sorted(divisions, key=lambda each: [*groups.MOST].index(each[0])):
            own = [row for row in rows if (row["facet"], row["source"]) == (facet, source)]
            shown = own[0]["shown"]
            if shown == "DRAWN" or not own[0]["total_value"]:
                continue
            form = "untold" if shown == "UNTOLD" else "exceeds"
            calm.append(
                language.say(
                    f"group_{form}_{facet}",
                    year=printed_year(own[0]["year"], own[0]["time_basis"]),
                    share=language.percent(parameters.number("told_share")),
                    total=language.number(own[0]["total_value"]),
                    parts=language.number(sum(row["lower"] for row in own)),
                )
            )
        if any(row["facet"] == "form" and row["shown"] == "DRAWN" for row in rows):
            calm.append(language.say("group_forms_overlap"))
        # The first block names the newest two figures; those of an earlier year belong here.
        _, *others = self._disagreeing(state.VICTIMS).items() or [(0, "")]
        drawn = {row["year"] for row in rows if row["shown"] == "DRAWN"}
        calm += [said for year, said in others if year in drawn]
        sources = [row["source"] for row in rows if row["shown"] == "DRAWN"]
        return replace(self._block(state.who, sources), calm=calm)

    def _justice(self) -> Block:
        """Return persons prosecuted and convicted, and the first thing that is missing.

        Remarks that hold for both series come first, then those of each behind its name.
        """
        language, points = self.language, self.facts.charts.points
        prosecuted, convicted = self._remarks(state.PROSECUTED), self._remarks(state.CONVICTED)
        told = [each for each in prosecuted if each in convicted]
        if "LATE" in dict(prosecuted).keys() & dict(convicted).keys():
            # The sentence has the years of both.
            told = [each for each in told if each[0] != "LATE"]
            told.insert(0, ("LATE", language.say("state_justice_late")))
            prosecuted, convicted = (
                [each for each in both if each[0] != "LATE"] for both in (prosecuted, convicted)
            )
        common = {*told}
        for text, both in (("state_prosecuted", prosecuted), ("state_convicted", convicted)):
            own = [each for each in both if each not in common]
            told += self._named(phrases.capital(language.say(text)), own)
        has_both = {(self.area, state.PROSECUTED), (self.area, state.CONVICTED)} <= points.keys()
        sources = self._of_series(state.PROSECUTED) + self._of_series(state.CONVICTED)
        return replace(
            self._block(state.justice, sources),
            calm=[language.say("state_justice_apart")] if has_both else [],
            remarks=told,
            asks=self._said("NEED").text,
            advised=self._said("RECOMMENDED").text,
        )
