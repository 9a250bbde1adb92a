"""Gaps and needs: what each state reports, what is suppressed, late or missing, what would help.

There is an overview and a page per core indicator. States are in alphabetical order; none is
judged.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import duckdb
import pandas as pd

from pipelines.published.charts.coverage import HAS_FIGURE, SIGN, Grid, read_grid
from pipelines.published.i18n.language import Language
from pipelines.published.site import rendering
from pipelines.published.site.figures import context, coverage, downloads
from pipelines.published.site.figures.view import Cell, Table
from pipelines.published.site.pages import gaps_needs, home_tiles, method_quality


@dataclass(frozen=True)
class Facts:
    """The facts of the pages.

    Attributes:
        coverage: rows of sql/coverage.sql by core indicator, in the order of the code list.
        unknown: core indicators without a figure of any state.
        needs: every need of every state.
        quality: rows of sql/quality.sql.
        tiles: the map.
    """

    coverage: dict[str, pd.DataFrame]
    unknown: list[str]
    needs: list[gaps_needs.Need]
    quality: list[dict[Any, Any]]
    tiles: home_tiles.Tiles


@dataclass(frozen=True)
class State:
    """One state in the overview.

    Attributes:
        area: its code.
        known: number of core indicators with a figure.
        newest: the newest year with a figure; "" if there is none.
        years: number of years with each status, over all core indicators, in words.
        needs: the figures that would close its gaps.
    """

    area: str
    known: int
    newest: str
    years: str
    needs: list[gaps_needs.Group]


def read(connection: duckdb.DuckDBPyConnection) -> Facts:
    """Return coverage, needs and quality of the core indicators."""
    rows = context.query(connection, "coverage")
    own = {str(indicator): each for indicator, each in rows.groupby("indicator")}
    known = rows[rows["coverage_status"].isin(HAS_FIGURE)].groupby("ref_area")["indicator"]
    core = context.query(connection, "core")["indicator"].tolist()
    return Facts(
        coverage={code: own[code] for code in core if code in own},
        unknown=[code for code in core if code not in own],
        needs=gaps_needs.read_needs(connection),
        quality=context.query(connection, "quality").to_dict("records"),
        tiles=home_tiles.tile_grid(known.nunique().to_dict(), len(own)),
    )


def files(site: context.Site, facts: Facts, language: Language) -> Iterator[context.File]:
    """Yield the overview and the page of every core indicator."""
    areas = site.states[language.code]
    grids = {code: read_grid(rows, areas) for code, rows in facts.coverage.items()}
    yield rendering.page(
        site,
        "gaps",
        "gaps.html",
        language,
        tiles=facts.tiles,
        years=_years(grids, areas, language),
        states=_states(grids, areas, facts, language),
        by_need=_by_need(facts.needs, areas, language),
        unknown=facts.unknown,
        quality=method_quality.of_sources(facts.quality, site.sources, language),
    )
    for indicator, rows in facts.coverage.items():
        asked = [need for need in facts.needs if need.indicator == indicator]
        own = [fact for fact in facts.quality if fact["indicator"] == indicator]
        shown = coverage.coverage_figure(rows, areas, site.sources, language)
        yield rendering.page(
            site,
            "gaps_of",
            address(indicator),
            language,
            indicator=indicator,
            shown=shown,
            signs=SIGN,
            needs=gaps_needs.by_state(asked, areas, language),
            quality=method_quality.of_indicator(own, site.sources, language),
            drawn=site.drawn([shown], language),
        )
        yield from downloads.files(site, address(indicator), [shown], language)


def address(indicator: str) -> str:
    """Return the path of the page of an indicator's gaps, below the language's folder."""
    return f"gaps/{indicator.lower()}.html"


def _years(grids: dict[str, Grid], areas: list[str], language: Language) -> Table:
    """Return the number of years with a figure, suppressed or partial, by state and indicator."""
    return Table(
        caption=language.say("gaps_years_table"),
        row_heading=language.say("state"),
        columns=list(grids),
        rows=[(area, [_cell(grid.row(area)) for grid in grids.values()]) for area in areas],
    )


def _cell(row: list[str]) -> Cell:
    """Return the number of years with a figure; the cell has the kind of the best of them."""
    counts = Counter(row)
    best = next((status for status in HAS_FIGURE if counts[status]), "never")
    years = sum(counts[status] for status in HAS_FIGURE)
    return Cell(best, str(years) if years else SIGN["never"])


def _states(
    grids: dict[str, Grid], areas: list[str], facts: Facts, language: Language
) -> list[State]:
    asked = defaultdict(list)
    for need in facts.needs:
        asked[need.area].append(need)
    return [_state(grids, area, asked[area], language) for area in areas]


def _state(
    grids: dict[str, Grid], area: str, asked: list[gaps_needs.Need], language: Language
) -> State:
    rows = [grid.row(area) for grid in grids.values()]
    known = [
        [year for year, status in zip(grid.years, row, strict=True) if status in HAS_FIGURE]
        for grid, row in zip(grids.values(), rows, strict=True)
    ]
    return State(
        area=area,
        known=sum(bool(years) for years in known),
        newest=str(max((max(years) for years in known if years), default="")),
        years=coverage.years_by_status(Counter(status for row in rows for status in row), language),
        needs=gaps_needs.by_indicator(asked, language),
    )


def _by_need(
    asked: list[gaps_needs.Need], areas: list[str], language: Language
) -> list[tuple[str, list[tuple[str, int]]]]:
    """Return by need the states that have it, each with its number of indicators."""
    counts = Counter((need.code, need.area) for need in asked)
    return [
        (code, [(area, counts[code, area]) for area in areas if counts[code, area]])
        for code in language.names["need"]
    ]
