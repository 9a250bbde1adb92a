"""Small multiples on pages: a family of totals as a panel per state, and as one table for all.

States are in alphabetical order in the reader's language.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Final

import pandas as pd

from pipelines.published.charts import small_multiples
from pipelines.published.charts.caption import Figure
from pipelines.published.i18n.language import Language, spans
from pipelines.published.series.disclosure import Kind
from pipelines.published.series.series import Note, NoteKind, Point, Series, notes
from pipelines.published.site.figures import citation, context
from pipelines.published.site.figures.comparable_totals import Family
from pipelines.published.site.figures.small_multiples_table import State, flags, row
from pipelines.published.site.figures.time_series import denominator, key, origin
from pipelines.published.site.figures.view import FigureView, Table
from pipelines.published.site.figures.wording import headlines
from schemas import codelists

_NUMBERED: Final = (NoteKind.BREAK, NoteKind.WITHHELD)


@dataclass(frozen=True)
class Panel:
    """A state's panel: its name, its last figure, the chart and its text alternative.

    `greatest` is the highest end of an interval in it, None if the panel has its own scale.
    """

    area: str
    name: str
    last: str
    in_words: str
    figure: Figure
    greatest: float | None


@dataclass(frozen=True)
class Multiples:
    """The panels of a family in one language.

    Attributes:
        shown: the texts and the table for all panels; it has no chart of its own.
        panels: the panels.
        areas: the states of the table's rows.
        flags: the signs in the table, each with its meaning.
        cited: names of the states for which to cite these counts, by reason.
    """

    shown: FigureView
    panels: list[Panel]
    areas: list[str]
    flags: list[tuple[str, str]]
    cited: dict[str, list[str]]

    def anchor(self, panel: Panel) -> str:
        """Return the id of a panel on its page."""
        return f"{self.shown.anchor}-{panel.area.lower()}"

    @property
    def drawn(self) -> dict[str, Figure]:
        """The charts by anchor."""
        return {self.anchor(panel): panel.figure for panel in self.panels}


def show_counts(
    family: Family, worst: str, anchor: str, site: context.Site, language: Language
) -> Multiples:
    """Return the counts, each state on its own scale; drawn are states up to the level `worst`."""
    series = _in_order(family.series, site.states[language.code])
    numbered = _numbered(series)
    drawn = set(family.drawn(worst))
    states = [
        State(
            area,
            each,
            numbered[area],
            small_multiples.spec(each, numbered[area], family.years, language)
            if area in drawn
            else None,
            {},
        )
        for area, each in series.items()
    ]
    made = _multiples("multiples_counts", family, family.frame, anchor, states, site, language)
    alphabet = site.states[language.code]
    key = (family.indicator, family.source, family.basis)
    return replace(made, cited=citation.states(site.citations, *key, alphabet, language))


def show_rates(
    family: Family, worst: str, anchor: str, site: context.Site, language: Language
) -> Multiples:
    """Return the rates of the states up to the level `worst` on one scale, with intervals."""
    rated = {area: family.rates[area] for area in family.drawn(worst) if area in family.rates}
    greatest = max((rate.upper for own in rated.values() for rate in own.values()), default=0)
    ordered = _in_order(rated, site.states[language.code])
    counts = {area: family.series[area] for area in ordered}
    numbered = _numbered(counts)
    states = [
        State(
            area,
            small_multiples.as_rates(each, rated[area]),
            numbered[area],
            small_multiples.rates(
                each, rated[area], greatest, numbered[area], family.years, language
            ),
            rated[area],
        )
        for area, each in counts.items()
    ]
    own = family.rate_frame[family.rate_frame["ref_area"].isin(counts)]
    made = _multiples("multiples_rates", family, own, anchor, states, site, language)
    source_lines = f"{made.shown.origin} {denominator(own, site.population, language)}"
    return replace(made, shown=replace(made.shown, origin=source_lines))


def _multiples(
    text: str,
    family: Family,
    frame: pd.DataFrame,
    anchor: str,
    states: list[State],
    site: context.Site,
    language: Language,
) -> Multiples:
    """Return panels and table of the same series; `text` is the prefix of the codes of texts."""
    source = site.sources[family.source]
    indicator = language.name("indicator", family.indicator)
    panels = [
        _panel(state, state.figure, family.years, language) for state in states if state.figure
    ]
    total = len(site.states[language.code])
    shown = FigureView(
        anchor=anchor,
        headline=language.say(
            f"{text}_headline", indicator=indicator, count=len(panels), total=total
        ),
        publisher=source["publisher"],
        subtitle=_subtitle(f"{text}_scale" if panels else "", family, language),
        figure=None,
        in_words=" ".join(f"{panel.name}. {panel.in_words}" for panel in panels),
        key=_key(text, [state.series for state in states if state.figure], language),
        table=_table(text, family, states, language),
        notes=_notes(states, language),
        origin=origin(source, frame, language),
        source=family.source,
        indicators=[family.indicator],
        frame=frame,
    )
    areas = [state.area for state in states]
    return Multiples(shown, panels, areas, flags(states, language), {})


def _table(text: str, family: Family, states: list[State], language: Language) -> Table:
    indicator, period = language.name("indicator", family.indicator), spans(family.years)
    caption = language.say(f"{text}_table", indicator=indicator, period=period)
    is_drawn = any(state.figure for state in states)
    return Table(
        caption=f"{caption} {language.say('multiples_drawn')}" if is_drawn else caption,
        row_heading=language.say("state"),
        columns=[str(year) for year in family.years],
        rows=[row(state, language) for state in states],
    )


def _notes(states: list[State], language: Language) -> list[tuple[int, str]]:
    return [
        (note.number, f"{language.name('area', state.area)}, {headlines.note(note, language)}")
        for state in states
        for note in state.numbered
    ]


def _panel(state: State, figure: Figure, years: range, language: Language) -> Panel:
    return Panel(
        area=state.area,
        name=language.name("area", state.area),
        last=_last(state, language),
        in_words=_in_words(state, years, language),
        figure=figure,
        greatest=max((rate.upper for rate in state.rates.values()), default=None),
    )


def _in_words(state: State, years: range, language: Language) -> str:
    """Return the panel in words; a suppressed count has no rate, not even a low one."""
    if not state.rates:
        return headlines.trend_in_words(_short_rates(state.series), years, language)
    hidden = [point.year for point in state.series.of(Kind.SUPPRESSED)]
    own = headlines.of_rates(language)
    words = headlines.trend_in_words(small_multiples.exact(state.series), years, own)
    return f"{words} {language.say('alt_no_rate', years=spans(hidden))}" if hidden else words


def _short_rates(shown: Series) -> Series:
    """Return the series for use in a sentence: rates in three digits, counts unchanged."""
    points = [
        replace(point, value=small_multiples.rounded(point.value))
        if point.value is not None and point.value != int(point.value)
        else point
        for point in shown.points
    ]
    return Series(shown.indicator, tuple(points))


def _subtitle(scale: str, family: Family, language: Language) -> str:
    """Return counting unit, kind of year, period, and the text on the scale if it is not ""."""
    unit = _units()[family.indicator]
    measure = [headlines.within(language.name("count_unit", unit["count_unit"]))]
    if unit["unit_measure"] != "NUMBER":
        measure.append(headlines.within(language.name("unit_measure", unit["unit_measure"])))
    parts = [
        language.say("multiples_unit", unit=", ".join(measure)),
        language.name("time_basis", family.basis),
        spans(family.years),
        *([language.say(scale)] if scale else []),
    ]
    return " · ".join(parts)


def _key(text: str, series: list[Series], language: Language) -> list[tuple[str, str]]:
    """Return the marks that the panels use; a suppressed count has another mark among rates."""
    if text == "multiples_counts":
        return key(series, language)
    own = headlines.of_rates(language)
    marks = [
        ("no_rate", language.say("multiples_no_rate")) if mark == "suppressed" else (mark, meaning)
        for mark, meaning in key(series, own)
    ]
    return [*marks, ("interval", language.say("multiples_interval"))]


def _in_order(of_states: Mapping[str, Any], alphabet: list[str]) -> dict[str, Any]:
    return {area: of_states[area] for area in alphabet if area in of_states}


def _numbered(series: Mapping[str, Series]) -> dict[str, list[Note]]:
    """Return the footnotes by state, numbered across all states."""
    found: dict[str, list[Note]] = {}
    number = 0
    for area, each in series.items():
        own = [note for note in notes([each]) if note.kind in _NUMBERED]
        found[area] = [replace(note, number=number + at) for at, note in enumerate(own, 1)]
        number += len(own)
    return found


def _last(state: State, language: Language) -> str:
    """Return the last figure with its year; of rates, the last known one."""
    shown = small_multiples.exact(state.series) if state.rates else state.series
    point = shown.latest
    return f"{_short(point, language)} ({point.year})" if point else ""


def _short(point: Point, language: Language) -> str:
    """Return the figure for the head of a panel: rates in three digits."""
    if point.value is None or point.value == int(point.value):
        return headlines.printed(point, language)
    return language.number(small_multiples.rounded(point.value))


@cache
def _units() -> dict[str, dict[Any, Any]]:
    """Return the row of the code list of each indicator, by code."""
    return {row["code"]: row for row in codelists.load("indicator").to_dict("records")}
