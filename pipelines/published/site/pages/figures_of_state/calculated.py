"""What tipstat calculates from figures: sums of subdivisions and months, and rates of totals."""

from collections.abc import Sequence
from typing import Final

import pandas as pd

from pipelines.published.charts.table import Cell, Table
from pipelines.published.series import Point, read_series
from pipelines.published.site import context
from pipelines.published.site.context import Row
from pipelines.published.site.pages.figures_of_state.fold import Block, Line
from pipelines.published.site.wording import cells, phrases, sources
from pipelines.words.disclosure import Kind
from pipelines.words.language import Language

_IN_A_YEAR: Final = {"M": 12, "Q": 4}
"""Periods of a year, by code of the list `freq`."""


def sums(rows: Sequence[Row], cite: str, site: context.Site, language: Language) -> Block:
    """Return our sums of one series over subdivisions, from rows of sql/national_sum.sql."""
    first = rows[0]
    indicator = language.name("indicator", first["indicator"])
    width = 3 if first["freq"] in _IN_A_YEAR else 2
    columns = [
        language.say(code) for code in ("figures_sum", "figures_sum_areas", "figures_sum_periods")
    ]
    return Block(
        anchor="-".join(["sum", first["indicator"], first["source"], first["freq"]]).lower(),
        heading=language.say("figures_sum"),
        lines=[_line(first, {row["release"] for row in rows}, cite, site, language)],
        caveat=language.say("figures_caveat_sum"),
        table=Table(
            caption=language.say("figures_sums", indicator=indicator),
            row_heading=language.say("year"),
            columns=columns[:width],
            rows=[(str(row["year"]), _sum_cells(row, language)[:width]) for row in rows],
        ),
    )


def _sum_cells(row: Row, language: Language) -> list[Cell]:
    """Return the cells of the sum and its numbers of subdivisions and of months or quarters."""
    is_known = not pd.isna(row["value"])
    of_all = [
        (row["areas"], row["areas_of_country"], row["is_whole_country"], "country"),
        (row["periods"], _IN_A_YEAR.get(row["freq"], 1), row["is_whole_year"], "year"),
    ]
    text = language.number(row["value"]) if is_known else language.say("figures_no_sum")
    return [
        Cell(text, Kind.FIGURE if is_known else Kind.MISSING),
        *(
            Cell(
                language.say("part_of_whole", part=part, whole=whole),
                remarks=[] if is_whole else [language.say(f"figures_not_whole_{remark}")],
            )
            for part, whole, is_whole, remark in of_all
        ),
    ]


def rates(rows: Sequence[Row], site: context.Site, language: Language) -> Block:
    """Return the rates of one series of totals, from rows of sql/rate.sql."""
    first = rows[0]
    years = range(min(row["year"] for row in rows), max(row["year"] for row in rows) + 1)
    [series] = read_series(rows, [first["indicator"]], years)
    by_year = {row["year"]: row for row in rows}
    indicator = language.name("indicator", first["indicator"])
    return Block(
        anchor="-".join(["rate", first["indicator"], first["source"], first["time_basis"]]).lower(),
        heading=language.say("figures_rate"),
        lines=[_line(first, {row["release"] for row in rows}, "", site, language)],
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


def _line(row: Row, releases: set[str], cite: str, site: context.Site, language: Language) -> Line:
    source = site.sources[row["source"]]
    basis = language.name("time_basis", row["time_basis"])
    released = sources.release_text(source, sorted(releases), language)
    return Line(
        source=row["source"],
        number="",
        name=source["short_name"],
        text=f"{basis} · {released}",
        cite=language.name("citation_reason", cite) if cite else "",
    )
