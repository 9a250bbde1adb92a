"""Charts of the region: the sum of the same states, and who the victims of several states are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import duckdb

from pipelines.published.charts import groups
from pipelines.published.charts.declared import AMERICAS, Declared
from pipelines.published.charts.drawing import PALETTE, Chart, Sheet
from pipelines.published.charts.table import Cell, Table
from pipelines.warehouse.rows import rows
from pipelines.words.disclosure import interval_text
from pipelines.words.language import Language

Group = Mapping[str, Any]
"""A row of `published.region_group`."""

_MANY_YEARS: Final = 7
"""From so many years on, every second one is written below the axis."""
_ABOVE: Final = {"yanchor": "bottom", "yshift": 6}
_BELOW: Final = {"yanchor": "top", "yshift": -6}
_RIGHT: Final = {"xanchor": "left", "xshift": 9}


def read_groups(connection: duckdb.DuckDBPyConnection) -> Sequence[Group]:
    """Return the rows of `published.region_group` of detected victims, the largest first."""
    sql = "from published.region_group where indicator = 'VIC_DETECT' order by facet, lower desc"
    return rows(connection, sql)


@dataclass(frozen=True)
class Panel:
    """The states with an exact total of detected victims in every one of some years.

    Attributes:
        areas: the states.
        sources: their sources.
        sums: the sum of these states by year.
    """

    areas: frozenset[str]
    sources: Sequence[str]
    sums: Mapping[int, float]


def read_panel(connection: duckdb.DuckDBPyConnection) -> Panel | None:
    """Return the longest run of years of which most states have a total; None without any."""
    found = rows(
        connection,
        "select year, areas, sources, lower as persons from published.region_change "
        "where indicator = 'VIC_DETECT' and comparison = 'EVERY_YEAR' and lower = upper "
        "order by year",
    )
    if not found:
        return None
    sums = {row["year"]: row["persons"] for row in found}
    return Panel(frozenset(found[0]["areas"]), tuple(found[0]["sources"]), sums)


def same_states(
    panel: Panel | None, _: str, __: Mapping[str, str], language: Language
) -> Chart | None:
    """Return the sum of detected victims of the states that have every year; None without any.

    First, last, highest and lowest sum are written out.
    """
    if panel is None:
        return None
    sums, count = panel.sums, len(panel.areas)
    sheet, years = Sheet(language), sorted(sums)
    sheet.scatter(
        x=years,
        y=[sums[year] for year in years],
        mode="lines+markers",
        text=[f"{year}{language.colon}{language.number(sums[year])}" for year in years],
        hovertemplate="%{text}<extra></extra>",
        line={"color": PALETTE["accent"], "width": 2.4},
        marker={"color": PALETTE["accent"], "size": 8},
    )
    lowest, highest = min(years, key=sums.__getitem__), max(years, key=sums.__getitem__)
    places = {years[0]: _ABOVE, lowest: _BELOW, highest: _ABOVE, years[-1]: _RIGHT}
    for year, place in places.items():
        sheet.text(year, sums[year], f"<b>{language.number(sums[year])}</b>", "accent", **place)
    sheet.layout |= {
        "height": 240,
        "xaxis": {
            "range": [years[0] - 0.5, years[-1] + 0.3],
            "tickformat": "d",
            "tick0": years[-1],
            "dtick": 1 if len(years) < _MANY_YEARS else 2,
        },
        "yaxis": {"range": [0, 1.16 * sums[highest] or 1]},
    }
    cells = [(str(year), [Cell(language.number(sums[year]), value=sums[year])]) for year in years]
    name = language.say("home_panel_sum", count=count)
    table = Table(language.say("home_panel_caption"), language.say("year"), [name], cells)
    unit = language.say("home_same_unit", count=count)
    return Chart(sheet.figure(), table, native="line", unit=unit)


def who(told: Sequence[Group], _: str, __: Mapping[str, str], language: Language) -> Chart | None:
    """Return the groups of the victims of the states that tell them; None without any.

    A sum with suppressed parts is drawn to its lower end, which the bar names, as a phone has no
    room for more; the table has the interval. `told` has rows of `published.region_group`.
    """
    panels: list[tuple[str, list[groups.Bar]]] = []
    cells: list[tuple[str, Sequence[Cell]]] = []
    for facet, most in groups.MOST.items():
        own = [row for row in told if row["facet"] == facet]
        drawn = []
        for row in own:
            name, share = groups.name(row, language), language.percent(row["share"] / 100)
            lower, is_exact = language.number(row["lower"]), row["lower"] == row["upper"]
            drawn.append(
                groups.Bar(
                    name,
                    lower if is_exact else f"≥{lower}",
                    100 * row["lower"] / row["known"],
                    share,
                    "first" if row is own[0] else "other",
                )
            )
            interval = interval_text(row["lower"], row["upper"], language.number)
            figure = Cell(lower if is_exact else interval, value=row["lower"] if is_exact else None)
            of = Cell(language.number(row["known"]), value=row["known"])
            heading = f"{_heading(row, language)}{language.colon}{name}"
            cells.append((heading, [Cell(share, value=row["share"]), figure, of]))
        if own:
            panels.append((_heading(own[0], language), drawn[:most]))
    if not panels:
        return None
    columns = [language.say(code) for code in ("group_share", "chart_figure", "group_of")]
    caption = language.name("question", "WHO")
    table = Table(caption, language.say("group_group"), columns, cells)
    is_hidden = any(row["lower"] != row["upper"] for row in told)
    key = [("≥", language.say("home_at_least"))] if is_hidden else []
    return Chart(groups.drawn(panels, language), table, key, native="bar")


def _heading(row: Group, language: Language) -> str:
    """Return the heading of a group of bars, with the persons told of and the states that do."""
    states = language.say("region_states", count=row["states"])
    total = f"{language.number(row['known'])}, {states}"
    return language.say(f"group_heading_{row['facet']}", year=row["year"], total=total)


CHARTS: Final = [
    Declared(same_states, AMERICAS, read_panel),
    Declared(who, AMERICAS, read_groups),
]
