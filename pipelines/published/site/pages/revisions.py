"""The page of revisions: the changes that each release made to the one before, cell by cell."""

import csv
import io
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import duckdb
import pandas as pd

from pipelines.published.i18n.language import Language
from pipelines.published.series.disclosure import Kind
from pipelines.published.site import rendering
from pipelines.published.site.figures import context, downloads, revision
from pipelines.published.site.figures.revision import Revised
from pipelines.published.site.figures.time_series import released
from pipelines.published.site.figures.view import Cell, Table

CELLS: Final = "data/revisions.csv"
"""Every changed cell, parts included; the same in each language."""
_COUNTED: Final = ("equal", "changed", "new", "withdrawn")


@dataclass(frozen=True)
class Facts:
    """The facts of the page.

    Attributes:
        account: rows of sql/revision_account.sql.
        revised: the changed headline figures, by source, release and indicator.
        cells: rows of sql/revision.sql.
        held_back: rows of sql/held_back.sql.
    """

    account: pd.DataFrame
    revised: list[Revised]
    cells: pd.DataFrame
    held_back: list[dict[Any, Any]]


@dataclass(frozen=True)
class Line:
    """A change in the list of its state: source, indicator, year, before and after."""

    source: str
    indicator: str
    year: int
    words: str


def read(connection: duckdb.DuckDBPyConnection) -> Facts:
    """Return every change that a release made, and the releases that were refused."""
    account = context.query(connection, "revision_account")
    counts: dict[tuple[str, str, str], dict[str, int]] = defaultdict(lambda: {"changed": 0})
    for row in account[account["change"].isin(_COUNTED)].to_dict("records"):
        counts[row["source"], row["release"], row["indicator"]][row["change"]] = int(
            row["headline"]
        )
    return Facts(
        account=account,
        revised=revision.read_changes(context.query(connection, "revised"), counts),
        cells=context.query(connection, "revision"),
        held_back=context.query(connection, "held_back").to_dict("records"),
    )


def files(site: context.Site, facts: Facts, language: Language) -> Iterator[context.File]:
    """Yield the page, the files of its charts, and one file with every changed cell."""
    areas = site.states[language.code]
    places = list(language.names["indicator"])
    figures = [
        revision.revision_figure(each, areas, site.sources[each.source], language)
        for each in sorted(facts.revised, key=lambda each: places.index(each.indicator))
    ]
    used = sorted({each.source for each in facts.revised})
    yield rendering.page(
        site,
        "revisions",
        "revisions.html",
        language,
        accounts=_accounts(facts.account, site, language),
        figures=figures,
        states=[(area, lines) for area in areas if (lines := _lines(facts, area, language))],
        withdrawn=_withdrawn(facts, areas, language),
        unchanged=[
            (source, released(source, [source["release"]], language))
            for source in site.sources.values()
            if source["source"] not in used
        ],
        held_back=facts.held_back,
        sources=[site.sources[source] for source in used],
        cells=CELLS,
        drawn=site.drawn(figures, language),
    )
    yield from downloads.files(site, "revisions.html", figures, language)
    if language is site.languages[0]:
        yield CELLS, _as_csv(facts.cells)


def _accounts(
    account: pd.DataFrame, site: context.Site, language: Language
) -> list[tuple[dict[Any, Any], str, str, Table]]:
    """Return by source and release: the source, both releases, and the table of changes."""
    return [
        (
            site.sources[str(source)],
            language.day(str(release)),
            language.day(str(previous)),
            _account(rows, str(release), language),
        )
        for (source, release, previous), rows in account.groupby(
            ["source", "release", "previous_release"]
        )
    ]


def _account(rows: pd.DataFrame, release: str, language: Language) -> Table:
    """Return the table of headline figures by kind of change, and of all cells, by indicator."""
    headline = rows.set_index(["indicator", "change"])["headline"].to_dict()
    of_indicator = rows.groupby("indicator")[["headline", "cells"]].sum()
    return Table(
        caption=language.say("revisions_account", release=language.day(release)),
        row_heading=language.say("revisions_indicator"),
        columns=[language.say(f"revisions_column_{change}") for change in (*_COUNTED, "cells")],
        rows=[
            (
                language.name("indicator", indicator),
                [
                    *_totals(headline, indicator, language),
                    _count(of_indicator["cells"][indicator], language),
                ],
            )
            for indicator in language.names["indicator"]
            if indicator in of_indicator.index
        ],
    )


def _totals(headline: dict[tuple[str, str], int], indicator: str, language: Language) -> list[Cell]:
    """Return the cells of headline figures by kind of change; dashes if the indicator has none.

    The number of equal figures is unknown if releases add to each other.
    """
    counts = [headline.get((indicator, change)) for change in _COUNTED]
    if not any(counts):
        return [_count(None, language) for _ in counts]
    alike, *others = counts
    return [_count(alike, language), *(_count(each or 0, language) for each in others)]


def _count(figure: int | None, language: Language) -> Cell:
    return Cell("figure", "–" if figure is None else language.number(int(figure)))


def _lines(facts: Facts, area: str, language: Language) -> list[Line]:
    """Return every changed figure of a state."""
    return [
        Line(
            each.source,
            each.indicator,
            point.year,
            revision.before_and_after(point, language),
        )
        for each in facts.revised
        for point in each.points.get(area, [])
    ]


def _withdrawn(
    facts: Facts, areas: Sequence[str], language: Language
) -> list[tuple[str, str, int, str]]:
    """Return state, indicator, year and change of each figure that the newest release withdrew."""
    return [
        (area, each.indicator, point.year, revision.before_and_after(point, language))
        for area in areas
        for each in facts.revised
        for point in each.points.get(area, [])
        if point.kind is Kind.MISSING
    ]


def _as_csv(cells: pd.DataFrame) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(cells.columns)
    writer.writerows(cells.to_numpy().tolist())
    return text.getvalue()
