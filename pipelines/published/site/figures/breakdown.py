"""Breakdowns of persons by year: turn the rows of one state and source into a `FigureView`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import duckdb
import pandas as pd

from pipelines.published.charts.caption import Caption, Figure
from pipelines.published.charts.panels_by_part import PartName, read_parts, shared_notes
from pipelines.published.i18n.language import Language, spans
from pipelines.published.series import disclosure, series
from pipelines.published.series.disclosure import Kind
from pipelines.published.series.series import Note, NoteKind, Series
from pipelines.published.site.figures import context, time_series
from pipelines.published.site.figures.view import Cell, FigureView, Table
from pipelines.published.site.figures.wording import breakdowns, footnotes, headlines
from pipelines.published.site.figures.wording.breakdowns import Count

CAVEATS: Final = {
    "VIC_DETECT": "chart_not_prevalence",
    "VIC_RECORDED": "caveat_victims",
    "VIC_REPORTED": "caveat_reported",
}
"""The indicators in the order of the page, each with the text on its charts against misreading."""
_ONE: Final = ["indicator", "source", "time_basis", "ref_area"]
"""The columns that have the same values in all rows of one figure."""
_COUNTED: Final = ["indicator", "source", "ref_area"]
"""The same for the figures of all kinds of year."""


@dataclass(frozen=True)
class BreakdownSpec:
    """The texts and functions that one kind of breakdown is made with.

    Attributes:
        none: code of the text for a state without figures.
        splits: the splits of sql/part.sql that it shows; the first names all of them.
        spec: function that returns its chart.
        name: function that returns the name of a part.
        headline: function that returns its headline: the figures of the newest year.
        in_words: function that returns its text alternative.
        subtitle: code of the text of its subtitle.
        caveats: codes of the texts on the chart that warn against a wrong reading.
        in_order: function that returns the parts in the order of the table.
        is_tall: whether the table has a row per part rather than per year.
    """

    none: str
    splits: tuple[str, ...]
    spec: Callable[[pd.DataFrame, range, Caption, Language], Figure]
    name: PartName
    headline: Callable[[Count, Language], str]
    in_words: Callable[[Count, Language], str]
    subtitle: str = "subtitle_parts"
    caveats: tuple[str, ...] = ()
    in_order: Callable[[Sequence[Series], Language], Sequence[Series]] = lambda parts, _: parts
    is_tall: bool = False


@dataclass(frozen=True)
class Breakdown:
    """A count of one state and source with its parts, and the rows that it was made from."""

    source: str
    basis: str
    unit: str
    count: Count
    rows: pd.DataFrame


def read_breakdowns(
    connection: duckdb.DuckDBPyConnection, spec: BreakdownSpec
) -> dict[str, list[Breakdown]]:
    """Return the breakdowns that the spec is for, by state, in the order of the page."""
    rows = context.query(connection, "part")
    last = rows.groupby("source")["year"].max()
    twice = _years(connection, "printed_twice", _COUNTED)
    unread = _years(connection, "unread", _ONE) if "citizenship" in spec.splits else {}
    smaller = _years(connection, "smaller_than_parts", [*_COUNTED, "exploitation"])
    contradicted = _years(connection, "contradicted", [*_COUNTED, "split"])
    totals = dict(iter(rows[rows["split"] == "total"].groupby(_ONE)))
    found: dict[str, list[Breakdown]] = {}
    for key, own in rows[rows["split"].isin(spec.splits)].groupby(_ONE):
        indicator, source, basis, state = map(str, key)
        years = range(int(own["year"].min()), int(last[source]) + 1)
        (total,) = series.read_series(totals.get(key, own.iloc[:0]), [indicator], years)
        own = disclosure.without_deducible(own, _is_moved(own))
        (split, *others) = own["split"].unique()
        by = spec.splits[0] if others else str(split)
        parts = read_parts(own, years)
        cell, none = (indicator, source, state), frozenset[int]()
        count = Count(
            indicator, by, state, total, parts, years,
            twice=twice.get(cell, none),
            unread=unread.get((indicator, source, basis, state), none),
            smaller={part.indicator: smaller.get((*cell, part.indicator), none) for part in parts},
            contradicted=contradicted.get((*cell, spec.splits[0]), none),
        )  # fmt: skip
        unit = str(own["count_unit"].iloc[0])
        found.setdefault(state, []).append(Breakdown(source, basis, unit, count, own))
    return {state: sorted(own, key=_place) for state, own in found.items()}


def _is_moved(own: pd.DataFrame) -> list[bool]:
    """Return the rows whose previous figure is still printed, under another code for nationals.

    Nationals are printed as a group or by their country, so such a figure reveals nothing new.
    """
    state = own["ref_area"].iloc[0]
    now = dict(zip(zip(own["part"], own["year"], strict=True), own["value"], strict=True))
    twins = own["part"].map(breakdowns.twins(state))
    before = zip(twins, own["year"], own["previous_value"], strict=True)
    return [now.get((twin, year)) == value for twin, year, value in before]


def _years(
    connection: duckdb.DuckDBPyConnection, name: str, within: list[str]
) -> dict[tuple[str, ...], frozenset[int]]:
    """Return the years that sql/<name>.sql lists, by the columns `within`."""
    of_each = context.query(connection, name).groupby(within)["year"]
    return {tuple(map(str, key)): frozenset(years) for key, years in of_each}


def breakdown_figures(
    spec: BreakdownSpec,
    site: context.Site,
    area: str,  # noqa: ARG001  # the facts are of one state
    facts: list[Breakdown] | None,
    language: Language,
) -> list[FigureView]:
    """Return a figure per indicator, source and kind of year of one state."""
    return [_figure(spec, each, site.sources[each.source], language) for each in facts or []]


def _place(breakdown: Breakdown) -> tuple[int, str, str]:
    return [*CAVEATS].index(breakdown.count.indicator), breakdown.source, breakdown.basis


def _figure(
    spec: BreakdownSpec, breakdown: Breakdown, source: dict[str, Any], language: Language
) -> FigureView:
    count = replace(breakdown.count, parts=spec.in_order(breakdown.count.parts, language))
    known = any(part.latest for part in count.parts)
    caption = _caption(spec, replace(breakdown, count=count), source, known, language)
    numbered = shared_notes(count.parts)
    return FigureView(
        anchor=_anchor(spec, breakdown),
        headline=caption.headline,
        publisher=source["publisher"],
        subtitle=caption.subtitle,
        figure=spec.spec(breakdown.rows, count.years, caption, language) if known else None,
        in_words=spec.in_words(count, language) if known else "",
        key=time_series.key(count.parts, language),
        table=_table(spec, count, numbered, language),
        notes=footnotes.notes(numbered, count, spec.name, language),
        origin=caption.source,
        source=source["source"],
        indicators=[count.indicator] if known else [],
        frame=breakdown.rows,
    )


def _anchor(spec: BreakdownSpec, breakdown: Breakdown) -> str:
    """Return the id of a figure in links; it names the kind of year unless that is calendar."""
    basis = [breakdown.basis] if breakdown.basis != "CY" else []
    words = f"{breakdown.count.indicator}-by-{spec.splits[0]}".replace("_", "-")
    return "-".join([words, breakdown.source, *basis]).lower()


def _caption(
    spec: BreakdownSpec,
    breakdown: Breakdown,
    source: dict[str, Any],
    known: bool,
    language: Language,
) -> Caption:
    count = breakdown.count
    area = language.name("area", count.state)
    newest = {point.year for _, point in count.newest}
    return Caption(
        headline=spec.headline(count, language) if known else language.say(spec.none, area=area),
        subtitle=language.say(
            spec.subtitle,
            indicator=language.name("indicator", count.indicator),
            by=language.say(f"by_{count.split}"),
            unit=headlines.within(language.name("count_unit", breakdown.unit)),
            basis=language.name("time_basis", breakdown.basis),
            area=area,
            period=spans(count.years),
            newest=spans(newest),
        ),
        caveat=" ".join(language.say(text) for text in (CAVEATS[count.indicator], *spec.caveats)),
        source=time_series.origin(source, breakdown.rows, language),
    )


def _table(spec: BreakdownSpec, count: Count, notes: list[Note], language: Language) -> Table:
    numbers = {(note.indicator, note.point.year, note.kind): note.number for note in notes}
    years = [str(year) for year in count.years]
    names = [spec.name(part.indicator, language) for part in count.parts]
    moved = {(n.indicator, n.point.year) for n in notes if footnotes.moved(n, count)}
    of_parts = [_cells(part, numbers, moved, language) for part in count.parts]
    if spec.is_tall:
        rows = [(name, [*map(_bare, cells)]) for name, cells in zip(names, of_parts, strict=True)]
    else:
        of_years = zip(*of_parts, strict=True)
        rows = [(year, [*cells]) for year, cells in zip(years, of_years, strict=True)]
    return Table(
        caption=_titled(count, language),
        row_heading=language.say("citizenship" if spec.is_tall else "year"),
        columns=years if spec.is_tall else names,
        rows=rows,
    )


def _titled(count: Count, language: Language) -> str:
    """Return the caption of the table, with the years in which parts contradict the total."""
    caption = language.say(
        "parts_table",
        indicator=language.name("indicator", count.indicator),
        by=language.say(f"by_{count.split}"),
        area=language.name("area", count.state),
    )
    above = sorted({*breakdowns.above(count), *count.contradicted})
    text = "parts_above" if count.split == "form" else "parts_more"
    return language.say(text, sentence=caption, years=spans(above)) if above else caption


def _cells(
    part: Series,
    numbers: dict[tuple[str, int, NoteKind], int],
    moved: set[tuple[str, int]],
    language: Language,
) -> list[Cell]:
    """Return the cells of a part, by year; a figure moved to another row is not "withdrawn"."""
    elsewhere = language.saying({"withdrawn": "moved"})
    texts = [elsewhere if (part.indicator, p.year) in moved else language for p in part.points]
    return [
        time_series.cell(part.indicator, point, numbers, words)
        for point, words in zip(part.points, texts, strict=True)
    ]


def _bare(cell: Cell) -> Cell:
    """Return the cell for a sparse table: empty without a figure, with numbered remarks only."""
    remarks = [remark for remark in cell.remarks if remark[1]]
    is_empty = cell.kind == Kind.MISSING and not remarks
    return Cell(cell.kind, "" if is_empty else cell.text, remarks)
