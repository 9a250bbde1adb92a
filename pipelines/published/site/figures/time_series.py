"""Figures with a year in each row: how rows of one state and source become a `FigureView`."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from pipelines.published.charts import justice_chain, trend
from pipelines.published.charts.caption import Caption
from pipelines.published.i18n.language import Language, spans
from pipelines.published.series.disclosure import Kind
from pipelines.published.series.series import Note, NoteKind, Point, Series, notes, read_series
from pipelines.published.site.figures.view import Cell, FigureView, Table, releases
from pipelines.published.site.figures.wording import headlines
from pipelines.published.site.figures.wording.trends import Trend

_INCOMPARABLE: Final = "4"
"""Code of the list `comparability` whose figures may be shown in tables only."""


@dataclass(frozen=True)
class FigureSpec:
    """What tells one kind of figure from another.

    Attributes:
        code: stands in the codes of its texts.
        anchor: begins its address on the page.
        indicators: those of which it needs at least one.
        unit: what they count, code of the list `count_unit`.
        spec: gives its chart.
        headline: says its last figures and what their order says.
        in_words: gives its text alternative.
        caveat: the text on the chart that says what it is not.
        least: years with an exact figure, below which there is a table and no chart; a chart of
            0 years shows suppressed figures only.
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
        """Return whether there is enough for a chart."""
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


def show(
    spec: FigureSpec,
    frame: pd.DataFrame,
    years: range,
    area: str,
    source: dict[str, Any],
    known: Mapping[str, Trend] | None,
    language: Language,
) -> FigureView:
    """A figure of one kind for one state and one source.

    `frame` holds the rows of that state and source, as the chart's `spec` wants them; `area` is
    the state's name; `source` what the table `source` says; `known` the trends by indicator,
    None where none is worked out.
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
        table=Table(
            caption=_caption(spec, series, area, language),
            row_heading=language.say("year"),
            columns=[language.name("indicator", each.indicator) for each in series],
            rows=_rows(series, numbered, language),
        ),
        notes=_notes(spec, numbered, frame, language),
        origin=caption.source,
        source=source["source"],
        indicators=[each.indicator for each in series if each.latest],
        frame=frame,
    )


def _is_for_tables(frame: pd.DataFrame) -> bool:
    """Return whether no figure compares over time or place, so that no line may join them."""
    levels = frame["comparability"].dropna()
    return bool(len(levels)) and bool((levels == _INCOMPARABLE).all())


def _notes(
    spec: FigureSpec, numbered: Sequence[Note], frame: pd.DataFrame, language: Language
) -> list[tuple[int, str]]:
    """The footnotes; where there are several panels each names the one that it is about."""
    said = [(note.indicator, headlines.note(note, language)) for note in numbered]
    of_years = [*_said(frame, language), *_same(frame, language)]
    said += sorted(of_years, key=lambda pair: spec.indicators.index(pair[0]))
    is_panelled = len(spec.indicators) > 1
    named = [f"{language.name('indicator', code)}, {text}" for code, text in said]
    return list(enumerate(named if is_panelled else [text for _, text in said], 1))


def _said(frame: pd.DataFrame, language: Language) -> list[tuple[str, str]]:
    """By indicator what is counted and by whom, where a source gathers several authorities."""
    noted = sorted(_noted(frame, "said").items(), key=lambda pair: sorted(pair[1]))
    return [
        (indicator, language.say("note_comment", years=spans(sorted(years)), comment=said))
        for (indicator, said), years in noted
    ]


def _same(frame: pd.DataFrame, language: Language) -> list[tuple[str, str]]:
    """By indicator the others under which the source prints the same numbers."""
    found = []
    for (indicator, others), years in _noted(frame, "same_as").items():
        names = [language.name("indicator", other) for other in others.split()]
        listed = headlines.clauses(names, language)
        said = language.say("note_same_as", years=spans(sorted(years)), indicators=listed)
        found.append((indicator, said))
    return found


def _noted(frame: pd.DataFrame, column: str) -> dict[tuple[str, str], set[int]]:
    """By indicator and by what a column says, the years of which it says so."""
    years: dict[tuple[str, str], set[int]] = {}
    columns = (frame[name].tolist() for name in ("indicator", "year", column))
    for indicator, year, said in zip(*columns, strict=True):
        if isinstance(said, str):
            years.setdefault((indicator, said), set()).add(int(year))
    return years


def _caption(spec: FigureSpec, series: Sequence[Series], area: str, language: Language) -> str:
    name = language.name("indicator", spec.indicators[0])
    bases = {point.basis for each in series for point in each.points} - {""}
    form = "_cum" if bases == {"CUM"} else ""
    return language.say(f"{spec.code}_table{form}", area=area, indicator=name)


def _anchor(spec: FigureSpec, frame: pd.DataFrame, source: str) -> str:
    """Names a figure in links; other years than calendar years are named too."""
    basis = set(frame["time_basis"].dropna()) - {"CY"}
    return "-".join([spec.anchor, source, *sorted(basis)]).lower()


def denominator(
    rates: pd.DataFrame, population: Mapping[str, dict[str, Any]], language: Language
) -> str:
    """Where the population is from by which rates were divided; "" if a source prints them.

    `population` says what is known of its sources, by id.
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
    """Publisher, publication, licence, and when the figures of the frame were released.

    Where a later file is refused, since when.
    """
    said = language.say(
        "source_line",
        publisher=source["publisher"],
        title=source["title"],
        released=released(source, releases(frame), language),
        licence=source[f"licence_{language.code}"].rstrip("."),
    )
    since = source["not_refreshed_since"]
    if not isinstance(since, str):
        return said
    return f"{said} {language.say('not_refreshed_since', day=language.day(since))}"


def released(source: dict[str, Any], days: list[str], language: Language) -> str:
    """The day of release, the first and the last of several, or the day of reading.

    It is said where the publisher states no day and tipstat assigned one.
    """
    first, last = language.day(days[0]), language.day(days[-1])
    if source["release_day"] == "RETRIEVED":
        return language.say("consulted", day=last)
    said = (
        language.say("released", day=last)
        if first == last
        else language.say("released_over", first=first, last=last)
    )
    is_assigned = source["release_day"] == "ASSIGNED"
    return language.say("day_assigned", released=said) if is_assigned else said


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
    """A year of a series in the table; `numbers` are those of its footnotes."""
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
    said_otherwise = {"A", "B", "E", "P", "Q", "U"}
    codes = [code for code in point.status if code not in said_otherwise]
    return words + [language.name("obs_status", code) for code in codes]


def key(series: Sequence[Series], language: Language) -> list[tuple[str, str]]:
    """The marks that the chart uses, each with what it means."""
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
