"""Figures with a row per year: turn the rows of one state and source into a `FigureView`."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from pipelines.published.charts import justice_chain, trend
from pipelines.published.charts.caption import Caption
from pipelines.published.i18n.language import Language
from pipelines.published.series.disclosure import Kind
from pipelines.published.series.series import Note, NoteKind, Point, Series, notes, read_series
from pipelines.published.site.figures.view import Cell, FigureView, Table, releases
from pipelines.published.site.figures.wording import headlines
from pipelines.published.site.figures.wording.source_notes import same_numbers, source_notes
from pipelines.published.site.figures.wording.trends import Trend

_INCOMPARABLE: Final = "4"
"""The code of the list `comparability` for figures that may only be shown in tables."""


@dataclass(frozen=True)
class FigureSpec:
    """The texts and functions that one kind of figure is made with.

    Attributes:
        code: part of the codes of its texts.
        anchor: the beginning of its id on the page.
        indicators: its indicators, of which the rows have at least one.
        unit: their counting unit, a code of the list `count_unit`.
        spec: function that returns its chart.
        headline: function that returns its headline: the last figures and their trend.
        in_words: function that returns its text alternative.
        caveat: code of the text on the chart that warns against a wrong reading.
        least: number of years with an exact figure that a chart needs; with fewer, there is only
            a table. At 0, a chart may consist of suppressed figures.
    """

    code: str
    anchor: str
    indicators: tuple[str, ...]
    unit: str
    spec: Callable[[pd.DataFrame, range, Caption, Language], dict[str, Any]]
    headline: Callable[[Sequence[Series], Mapping[str, Trend] | None, str, Language], str]
    in_words: Callable[[Sequence[Series], range, Language], str]
    caveat: str
    least: int = 0

    def draws(self, series: Sequence[Series]) -> bool:
        """Return whether there are enough figures for a chart."""
        exact = max(len(each.of(Kind.FIGURE)) for each in series)
        return exact >= self.least and any(each.latest for each in series)


VICTIMS: Final = FigureSpec(
    code="victims",
    anchor="victims",
    indicators=trend.INDICATORS,
    unit="PERSON",
    spec=trend.spec,
    headline=lambda shown, known, area, language: headlines.victims_headline(
        shown[0], known, area, language
    ),
    in_words=lambda shown, years, language: headlines.trend_in_words(shown[0], years, language),
    caveat="chart_not_prevalence",
)
CHAIN: Final = FigureSpec(
    code="chain",
    anchor="chain",
    indicators=justice_chain.INDICATORS,
    unit="PERSON",
    spec=justice_chain.spec,
    headline=headlines.chain_headline,
    in_words=headlines.chain_in_words,
    caveat="chart_not_cohort",
)


def year_figure(
    spec: FigureSpec,
    frame: pd.DataFrame,
    years: range,
    area: str,
    source: dict[str, Any],
    known: Mapping[str, Trend] | None,
    language: Language,
) -> FigureView:
    """Return the figure of one kind for one state and one source.

    `frame` has the rows of the state and source, with columns of sql/figure.sql; `area` is the name
    of the state; `source` its row of the table `source`; `known` has the trends by indicator, and
    is None where no trend is calculated.
    """
    series = read_series(frame, spec.indicators, years)
    numbered = notes(series)
    is_drawn = spec.draws(series) and not _is_for_tables(frame)
    text = f"subtitle_{spec.code}"
    caption = Caption(
        headline=spec.headline(series, known, area, language),
        subtitle=headlines.subtitle(text, series, spec.unit, area, years, language),
        caveat=language.say(spec.caveat),
        source=origin(source, frame, language),
    )
    return FigureView(
        anchor=_anchor(spec, frame, source["source"]),
        headline=caption.headline,
        publisher=source["publisher"],
        subtitle=caption.subtitle,
        figure=spec.spec(frame, years, caption, language) if is_drawn else None,
        in_words=spec.in_words(series, years, language),
        key=key(series, language),
        table=_table(spec, series, numbered, area, language),
        notes=_notes(spec, numbered, frame, language),
        origin=caption.source,
        source=source["source"],
        indicators=[each.indicator for each in series if each.latest],
        frame=frame,
    )


def _is_for_tables(frame: pd.DataFrame) -> bool:
    """Return whether no figures compare over time or place, so that no line may join them."""
    levels = frame["comparability"].dropna()
    return bool(len(levels)) and bool((levels == _INCOMPARABLE).all())


def _notes(
    spec: FigureSpec, numbered: Sequence[Note], frame: pd.DataFrame, language: Language
) -> list[tuple[int, str]]:
    """Return the numbered footnotes; with several panels, each names its indicator."""
    texts = [(note.indicator, headlines.note(note, language)) for note in numbered]
    of_years = [*source_notes(frame, language), *same_numbers(frame, language)]
    texts += sorted(of_years, key=lambda pair: spec.indicators.index(pair[0]))
    is_panelled = len(spec.indicators) > 1
    named = [f"{language.name('indicator', code)}, {text}" for code, text in texts]
    return list(enumerate(named if is_panelled else [text for _, text in texts], 1))


def _table(
    spec: FigureSpec, series: Sequence[Series], numbered: list[Note], area: str, language: Language
) -> Table:
    name = language.name("indicator", spec.indicators[0])
    bases = {point.basis for each in series for point in each.points} - {""}
    form = "_cum" if bases == {"CUM"} else ""
    return Table(
        caption=language.say(f"{spec.code}_table{form}", area=area, indicator=name),
        row_heading=language.say("year"),
        columns=[language.name("indicator", each.indicator) for each in series],
        rows=_rows(series, numbered, language),
    )


def _anchor(spec: FigureSpec, frame: pd.DataFrame, source: str) -> str:
    """Return the id of a figure in links; it names the kind of year unless that is calendar."""
    basis = set(frame["time_basis"].dropna()) - {"CY"}
    return "-".join([spec.anchor, source, *sorted(basis)]).lower()


def denominator(
    rates: pd.DataFrame, population: Mapping[str, dict[str, Any]], language: Language
) -> str:
    """Return the sentence that names the source of the population that rates were divided by.

    It is "" if the source itself printed the rates. `population` has the metadata of the sources of
    population by id.
    """
    known = rates[rates["population_source"].notna()]
    if known.empty:
        return ""
    last = known.iloc[-1]
    source = population[last["population_source"]]
    return language.say(
        "rate_denominator",
        publisher=source["publisher"],
        title=source["title"],
        release=language.day(last["population_release"]),
    )


def origin(source: dict[str, Any], frame: pd.DataFrame, language: Language) -> str:
    """Return the source line: publisher, publication, releases of the frame's figures, licence.

    If a later file was refused, the line also gives the day of the last refresh.
    """
    line = language.say(
        "source_line",
        publisher=source["publisher"],
        title=source["title"],
        released=released(source, releases(frame), language),
        licence=source[f"licence_{language.code}"].rstrip("."),
    )
    since = source["not_refreshed_since"]
    if not isinstance(since, str):
        return line
    return f"{line} {language.say('not_refreshed_since', day=language.day(since))}"


def released(source: dict[str, Any], days: list[str], language: Language) -> str:
    """Return the day of release, the first and the last of several, or the day of retrieval.

    The text states if the publisher names no day and tipstat assigned one.
    """
    first, last = language.day(days[0]), language.day(days[-1])
    if source["release_day"] == "RETRIEVED":
        return language.say("consulted", day=last)
    text = (
        language.say("released", day=last)
        if first == last
        else language.say("released_over", first=first, last=last)
    )
    is_assigned = source["release_day"] == "ASSIGNED"
    return language.say("day_assigned", released=text) if is_assigned else text


def _rows(
    series: Sequence[Series], numbered: list[Note], language: Language
) -> list[tuple[str, list[Cell]]]:
    years = zip(*(each.points for each in series), strict=True)
    numbers = {(note.indicator, note.point.year, note.kind): note.number for note in numbered}
    return [
        (
            str(points[0].year),
            [
                cell(each.indicator, point, numbers, language)
                for each, point in zip(series, points, strict=True)
            ],
        )
        for points in years
    ]


def cell(
    indicator: str,
    point: Point,
    numbers: dict[tuple[str, int, NoteKind], int],
    language: Language,
) -> Cell:
    """Return the table cell of one year of a series; `numbers` has the numbers of its footnotes."""
    words: list[tuple[str, NoteKind | None]] = [(word, None) for word in _status(point, language)]
    if point.is_break:
        words.append((language.name("obs_status", "B"), NoteKind.BREAK))
    if point.previous_release:
        kind = NoteKind.WITHDRAWN if point.kind is Kind.MISSING else NoteKind.REVISED
        words.append((language.say(kind), kind))
    if point.kind is Kind.WITHHELD:
        words.append((language.say("failed_check", rule=point.rule), NoteKind.WITHHELD))
    remarks = [
        (word, numbers[indicator, point.year, kind] if kind else None) for word, kind in words
    ]
    return Cell(point.kind, headlines.printed(point, language), remarks)


def _status(point: Point, language: Language) -> list[str]:
    words = [language.say("suppressed")] if point.kind is Kind.SUPPRESSED else []
    words += [language.say(word) for word in point.reservations]
    words += [headlines.within(language.name("detector", point.doubt))] if point.doubt else []
    # A plain figure, and the statuses that the cell or the remarks above express already.
    expressed = {"A", "B", "E", "P", "Q", "U"}
    codes = [code for code in point.status if code not in expressed]
    return words + [language.name("obs_status", code) for code in codes]


def key(series: Sequence[Series], language: Language) -> list[tuple[str, str]]:
    """Return the marks that the chart uses, each with its meaning."""
    points = [point for each in series for point in each.points]
    tops = {point.top for point in points if point.kind is Kind.SUPPRESSED}
    is_mixed = len(tops) > 1 or any(point.bottom for point in points)
    is_withheld = any(point.kind is Kind.WITHHELD for point in points)
    words = {
        "suppressed": "key_suppressed_bar" if is_mixed else "key_suppressed",
        "gap": "key_gap_withheld" if is_withheld else "key_gap",
    }
    used = {
        "observed": any(p.kind is Kind.FIGURE and not p.is_uncertain for p in points),
        "uncertain": any(p.is_provisional for p in points),
        "year_inferred": any(p.is_uncertain and p.is_year_inferred for p in points),
        "suppressed": any(p.kind is Kind.SUPPRESSED for p in points),
        "break": any(p.is_break for p in points),
        "gap": is_withheld or any(p.kind is Kind.MISSING for p in points),
    }
    return [
        (mark, language.say(words.get(mark, f"key_{mark}"), top=max(tops, default=0)))
        for mark, is_used in used.items()
        if is_used
    ]
