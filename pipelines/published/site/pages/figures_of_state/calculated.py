"""What tipstat calculates from figures: sums of subdivisions and months, and rates of totals."""

from collections.abc import Sequence
from typing import Final

import pandas as pd

from pipelines.published.charts.table import Cell, Table
from pipelines.published.series import Point, read_series
from pipelines.published.site import context
from pipelines.published.site.context import Row
from pipelines.published.site.pages.figures_of_state.fold import Block, line_alone
from pipelines.published.site.wording import cells, phrases
from pipelines.words.disclosure import Kind
from pipelines.words.language import Language

_IN_A_YEAR: Final = {"M": 12, "Q": 4}
"""Periods of a year, by code of the list `freq`."""


def sums(rows: Sequence[Row], cite: str, site: context.Site, language: Language) -> Block:
    """Return our sums of one series over subdivisions, from rows of sql/national_sum.sql.

    Beside each sum stand its numbers of subdivisions and, where there are such, months or quarters.
    """
    first, releases = rows[0], [row["release"] for row in rows]
    periods = _IN_A_YEAR.get(first["freq"], 1)
    columns = ["figures_sum", "figures_sum_areas"]
    if periods > 1:
        columns.append("figures_sum_periods")
    table_rows: list[tuple[str, Sequence[Cell]]] = []
    for row in rows:
        found = Cell(language.say("figures_no_sum"), Kind.MISSING)
        if not pd.isna(row["value"]):
            found = Cell(language.number(row["value"]))
        of_all = [
            (row["areas"], row["areas_of_country"], row["is_whole_country"], "country"),
            (row["periods"], periods, row["is_whole_year"], "year"),
        ]
        beside = [
            Cell(
                language.say("part_of_whole", part=part, whole=whole),
                remarks=[] if is_whole else [language.say(f"figures_not_whole_{remark}")],
            )
            for part, whole, is_whole, remark in of_all
        ]
        table_rows.append((str(row["year"]), [found, *beside][: len(columns)]))
    return Block(
        anchor="-".join(["sum", first["indicator"], first["source"], first["freq"]]).lower(),
        heading=language.say("figures_sum"),
        lines=[line_alone(first["source"], first["time_basis"], releases, site, language, cite)],
        caveat=language.say("figures_caveat_sum"),
        table=Table(
            language.say("figures_sums", indicator=language.name("indicator", first["indicator"])),
            language.say("year"),
            [language.say(code) for code in columns],
            table_rows,
        ),
    )


def rates(rows: Sequence[Row], site: context.Site, language: Language) -> Block:
    """Return the rates of one series of totals, from rows of sql/rate.sql."""
    first, releases = rows[0], [row["release"] for row in rows]
    years = range(min(row["year"] for row in rows), max(row["year"] for row in rows) + 1)
    [series] = read_series(rows, [first["indicator"]], years)
    by_year = {row["year"]: row for row in rows}
    indicator = language.name("indicator", first["indicator"])
    return Block(
        anchor="-".join(["rate", first["indicator"], first["source"], first["time_basis"]]).lower(),
        heading=language.say("figures_rate"),
        lines=[line_alone(first["source"], first["time_basis"], releases, site, language)],
        caveat=f"{language.say('state_rates_calm')} {_population(rows, site, language)}".strip(),
        table=Table(
            caption=language.say("figures_rates", indicator=indicator),
            row_heading=language.say("year"),
            columns=[
                language.say("figures_rate"),
                language.say("figures_rate_interval"),
                indicator,
                language.say("figures_rate_population"),
            ],
            rows=[
                (str(point.year), _rate_cells(point, by_year[point.year], language))
                for point in series.points
                if point.year in by_year
            ],
        ),
    )


def _rate_cells(point: Point, row: Row, language: Language) -> list[Cell]:
    """Return the cells of a rate, its interval, count and population; words if there is no rate."""
    none = cells.dash(language)
    people = none if pd.isna(row["population"]) else Cell(language.number(row["population"]))
    if point.value is None:
        reason = phrases.within(language.name("withholding", row["withholding"]))
        return [Cell(language.say("figures_no_rate"), Kind.MISSING, [reason]), none, none, people]
    return [
        cells.of_point(point, language),
        Cell(phrases.limits(row["dispersed_lower"], row["dispersed_upper"], language)),
        Cell(language.number(row["numerator"])),
        people,
    ]


def _population(rows: Sequence[Row], site: context.Site, language: Language) -> str:
    """Return the source of the population that rates divide by; "" where there is none."""
    known = [row for row in rows if isinstance(row["population_source"], str)]
    if not known:
        return ""
    source = site.population[known[-1]["population_source"]]
    return language.say(
        "figures_population",
        publisher=source["publisher"],
        title=source["title"],
        release=language.day(known[-1]["population_release"]),
    )
