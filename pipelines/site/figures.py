"""Figures with a year in each row: how rows of one state and source become a `Shown`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from pipelines.charts import justice_chain, trend
from pipelines.charts.caption import Caption
from pipelines.charts.language import Language
from pipelines.charts.series import Kind, Note, NoteKind, Point, Series, notes, read
from pipelines.site import sentences
from pipelines.site.shown import Cell, Shown, Table


@dataclass(frozen=True)
class Kit:
    """What tells one kind of figure from another.

    Attributes:
        code: stands in anchors and in the codes of its texts.
        indicators: those of which it needs at least one.
        spec: gives its chart.
        headline: says its last figures.
        in_words: gives its text alternative.
        caveat: the text on the chart that says what it is not.
    """

    code: str
    indicators: tuple[str, ...]
    spec: Callable[[pd.DataFrame, range, Caption, Language], dict[str, Any]]
    headline: Callable[[Sequence[Series], str, Language], str]
    in_words: Callable[[Sequence[Series], range, Language], str]
    caveat: str


VICTIMS: Final = Kit(
    code="victims",
    indicators=trend.INDICATORS,
    spec=trend.spec,
    headline=lambda shown, area, language: sentences.victims_headline(shown[0], area, language),
    in_words=lambda shown, years, language: sentences.trend_in_words(shown[0], years, language),
    caveat="chart_not_prevalence",
)
CHAIN: Final = Kit(
    code="chain",
    indicators=justice_chain.INDICATORS,
    spec=justice_chain.spec,
    headline=sentences.chain_headline,
    in_words=sentences.chain_in_words,
    caveat="chart_not_cohort",
)


def show(
    kit: Kit,
    frame: pd.DataFrame,
    years: range,
    area: str,
    source: dict[str, Any],
    language: Language,
) -> Shown:
    """A figure of one kind for one state and one source.

    `frame` holds the rows of that state and source, as the chart's `spec` wants them; `area` is
    the state's name; `source` what the table `source` says, and its `release`.
    """
    series = read(frame, kit.indicators, years)
    numbered = notes(series)
    caption = Caption(
        headline=kit.headline(series, area, language),
        subtitle=sentences.subtitle(f"subtitle_{kit.code}", series, area, years, language),
        caveat=language.say(kit.caveat),
        source=_origin(source, language),
    )
    known = [each.indicator for each in series if each.latest]
    return Shown(
        anchor=_anchor(kit, frame, source["source"]),
        headline=caption.headline,
        publisher=source["publisher"],
        subtitle=caption.subtitle,
        figure=kit.spec(frame, years, caption, language) if known else None,
        in_words=kit.in_words(series, years, language),
        key=_key(series, language),
        table=Table(
            caption=language.say(f"{kit.code}_table", area=area),
            row_heading=language.say("year"),
            columns=[language.name("indicator", each.indicator) for each in series],
            rows=_rows(series, numbered, language),
        ),
        notes=[(note.number, sentences.note(note, language)) for note in numbered],
        origin=caption.source,
        source=source["source"],
        indicators=known,
        frame=frame,
    )


def _anchor(kit: Kit, frame: pd.DataFrame, source: str) -> str:
    """Names a figure in links; other years than calendar years are named too."""
    basis = set(frame["time_basis"].dropna()) - {"CY"}
    return "-".join([kit.code, source, *sorted(basis)]).lower()


def _origin(source: dict[str, Any], language: Language) -> str:
    said = _source_line(source, language)
    since = source["not_refreshed_since"]
    if not isinstance(since, str):
        return said
    return f"{said} {language.say('not_refreshed_since', day=language.day(since))}"


def _source_line(source: dict[str, Any], language: Language) -> str:
    return language.say(
        "source_line",
        publisher=source["publisher"],
        title=source["title"],
        release=language.day(source["release"]),
        licence=source[f"licence_{language.code}"].rstrip("."),
    )


def _rows(
    series: Sequence[Series], numbered: list[Note], language: Language
) -> list[tuple[str, list[Cell]]]:
    years = zip(*(each.points for each in series), strict=True)
    numbers = {(note.indicator, note.point.year, note.kind): note.number for note in numbered}
    return [
        (
            str(points[0].year),
            [
                _cell(each.indicator, point, numbers, language)
                for each, point in zip(series, points, strict=True)
            ],
        )
        for points in years
    ]


def _cell(
    indicator: str,
    point: Point,
    numbers: dict[tuple[str, int, NoteKind], int],
    language: Language,
) -> Cell:
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
    return Cell(point.kind, sentences.printed(point, language), remarks)


def _status(point: Point, language: Language) -> list[str]:
    words = [language.say("suppressed")] if point.kind is Kind.SUPPRESSED else []
    words += [language.say(word) for word in point.reservations]
    said_otherwise = {"A", "B", "E", "P", "Q"}
    codes = [code for code in point.status if code not in said_otherwise]
    return words + [language.name("obs_status", code) for code in codes]


def _key(series: Sequence[Series], language: Language) -> list[tuple[str, str]]:
    """The marks that the chart uses, each with what it means."""
    points = [point for each in series for point in each.points]
    top = max((point.top for point in points if point.kind is Kind.SUPPRESSED), default=0)
    used = {
        "observed": any(p.kind is Kind.FIGURE and not p.is_uncertain for p in points),
        "uncertain": any(p.is_uncertain for p in points),
        "suppressed": any(p.kind is Kind.SUPPRESSED for p in points),
        "break": any(p.is_break for p in points),
        "gap": any(p.kind in (Kind.MISSING, Kind.WITHHELD) for p in points),
    }
    return [
        (mark, language.say(f"key_{mark}", top=top)) for mark, is_used in used.items() if is_used
    ]
