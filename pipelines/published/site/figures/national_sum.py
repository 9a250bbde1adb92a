"""Our sums of part of a state or year, as a table only: such a sum is no point of a series."""

from typing import Any, Final

import pandas as pd

from pipelines.published.i18n.language import Language, spans
from pipelines.published.series.disclosure import Kind
from pipelines.published.site.figures.time_series import origin
from pipelines.published.site.figures.view import Cell, FigureView, Table
from pipelines.published.site.figures.wording import headlines

_IN_A_YEAR: Final = {"M": 12, "Q": 4}
"""Periods of a year, by code of the list `freq`."""
_COLUMNS: Final = ("sum", "sum_areas", "sum_periods")
"""Codes of the column headings; the last column is for figures of months or quarters."""


def partial_sum_figure(
    sums: pd.DataFrame, area: str, source: dict[str, Any], language: Language
) -> FigureView:
    """Return a figure with headline and table for the rows of sql/national_sum.sql of a series."""
    rows = sums.to_dict("records")
    width = len(_COLUMNS) if rows[0]["freq"] in _IN_A_YEAR else len(_COLUMNS) - 1
    indicator = rows[0]["indicator"]
    named = headlines.within(language.name("indicator", indicator))
    unit = headlines.within(language.name("count_unit", rows[0]["count_unit"]))
    return FigureView(
        anchor=f"part-{indicator.replace('_', '-')}-{source['source']}".lower(),
        headline=_headline(rows[-1], area, named, language),
        publisher=source["publisher"],
        subtitle=language.say(
            "subtitle_part",
            indicator=language.name("indicator", indicator),
            unit=unit,
            basis=language.name("time_basis", rows[0]["time_basis"]),
            area=area,
            period=spans(sums["year"]),
        ),
        figure=None,
        in_words="",
        key=[],
        table=Table(
            caption=language.say("part_table", area=area, indicator=named),
            row_heading=language.say("year"),
            columns=[language.say(code) for code in _COLUMNS[:width]],
            rows=[(str(row["year"]), _cells(row, language)[:width]) for row in rows],
        ),
        notes=[],
        origin=origin(source, sums, language),
        source=source["source"],
        indicators=[indicator] if sums["value"].notna().any() else [],
        frame=sums,
    )


def _headline(row: dict[Any, Any], area: str, named: str, language: Language) -> str:
    if pd.isna(row["value"]):
        return language.say("part_none", area=area, indicator=named, year=row["year"])
    parts = {
        "areas": row["areas"],
        "areas_of_country": row["areas_of_country"],
        "periods": row["periods"],
        "periods_of_year": _IN_A_YEAR.get(row["freq"], 1),
    }
    text = "part_headline" if row["is_whole_year"] else f"part_headline_of_{row['freq']}"
    figure = language.number(row["value"])
    return language.say(text, area=area, indicator=named, figure=figure, year=row["year"], **parts)


def _cells(row: dict[Any, Any], language: Language) -> list[Cell]:
    """Return the cells of the sum and its numbers of subdivisions and of months or quarters."""
    unknown = bool(pd.isna(row["value"]))
    total = language.say("no_sum") if unknown else language.number(row["value"])
    of_all = [
        (row["areas"], row["areas_of_country"], row["is_whole_country"], "not_whole_country"),
        (row["periods"], _IN_A_YEAR.get(row["freq"], 1), row["is_whole_year"], "not_whole_year"),
    ]
    return [
        Cell(Kind.MISSING if unknown else Kind.FIGURE, total),
        *(
            Cell(
                Kind.FIGURE,
                language.say("part_of", part=part, whole=whole),
                [] if is_whole else [(language.say(remark), None)],
            )
            for part, whole, is_whole, remark in of_all
        ),
    ]
