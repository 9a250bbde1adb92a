"""The global SDG database: figures that UNODC hides are hidden, and what would reveal them."""

from collections.abc import Mapping
from functools import cache
from typing import Any, Final

import numpy as np
import pandas as pd

from pipelines.reader.labels import UnknownLabelError, same_codes
from pipelines.reader.rows import NOT_AN_OAS_STATE, WITHHELD, File, Rows, Tidy
from pipelines.sources import _int_unsd_sdg_rates as rates
from schemas import codelists
from schemas.columns import per_category
from schemas.source import Source

HIDDEN_BELOW: Final = 5
"""UNODC prints `<5` for these figures since 2023 at the latest."""

ALL_FORMS: Final = "VC_HTF_DETV"
UNFINISHED: Final = "2017"
TELLING: Final = ("BOL 2005", "BOL 2006", "CRI 2013", "GUY 2011", "PER 2014")
"""States and years whose total less the forms reveals a hidden form, or beside UNODC's release of
2023, which leaves the total out, a hidden figure."""

FIGURE: Final = "value_numeric_part"
YEARS: Final = {f"value_{year}": str(year) for year in range(2003, 2018)}
SERIES: Final = {
    "VC_HTF_DETV": "_T",
    "VC_HTF_DETVSX": "SX",
    "VC_HTF_DETVFL": "FL",
    "VC_HTF_DETVOG": "OG",
    "VC_HTF_DETVOP": "OP",
}
MEANING: Final = {
    "unitsCode": ("NUMBER", "unit_fits_the_indicator", "not a count of persons: set it aside"),
    "unitmultiplierCode": (
        "",
        "unit_fits_the_indicator",
        "counted in another unit than one person: multiply it, or set it aside",
    ),
    "reportingTypeCode": (
        "G",
        "labels_are_known",
        "not of the global database: see how to tell it apart",
    ),
    "nature": (
        "C: Country data",
        "labels_are_known",
        "not the state's own figure: give it its obs_status",
    ),
    "natureCode": ("C", "labels_are_known", "not the state's own figure: give it its obs_status"),
}
"""Value that a column has for every figure we can read, and the rule and message otherwise."""


def tidy(source: Source, file: File) -> Tidy:
    """Return a release file of one series, in either of its two forms, or rates, in our codes."""
    rows = Rows(file, source, flatten)
    if rows.layout.is_partial:
        return rates.tidy(rows, HIDDEN_BELOW)
    if FIGURE in rows.raw:
        _hide(rows, {FIGURE: rows.raw["timePeriod"].astype(str)})
    else:
        _hide(rows, YEARS)
        rows.melt(YEARS, into="timePeriod", figure=FIGURE)
    figures = rows.figure(FIGURE)
    blank = (rows.raw[FIGURE] == "").to_numpy()
    rows.set_aside(_is_elsewhere(rows.raw), NOT_AN_OAS_STATE)
    rows.set_aside(blank, "no_figure_printed")
    rows.set_aside(rows.raw[FIGURE] == WITHHELD, "would_tell_hidden_figures")
    for column, (known, rule, message) in MEANING.items():
        if column in rows.raw:
            rows.reject(~blank & (rows.raw[column] != known), rule, column, message)
    return rows.tidy(
        ref_area=rows.recode(("geoAreaCode", "ISO3"), _state, "ref_area"),
        indicator="VIC_DETECT",
        time_period=rows.raw["timePeriod"].array,
        sex=rows.recode("sexCode", same_codes("sex"), "sex"),
        age=rows.recode("ageCode", same_codes("age"), "age"),
        exploitation=rows.recode("seriesCode", SERIES, "exploitation"),
        **figures,
    )


def _hide(rows: Rows, years: Mapping[str, str | pd.Series]) -> None:
    """Hide what UNODC hides by now, and withhold what would give it away beside UNODC's files.

    `years` has the columns of figures, and the year of each: of the column, or of its rows.
    """
    rows.hide_below(HIDDEN_BELOW, list(years))
    state = rows.raw["ISO3"].astype(str) + " "
    is_form = rows.raw["seriesCode"] != ALL_FORMS
    is_part = (rows.raw["sexCode"] != "_T") | (rows.raw["ageCode"] != "_T")
    rows.withhold(
        {
            name: np.asarray(
                (is_form & (is_part | (year == UNFINISHED))) | (state + year).isin(TELLING)
            )
            for name, year in years.items()
        }
    )


def _is_elsewhere(raw: pd.DataFrame) -> np.ndarray:
    """Return whether neither code of a row is of an American state; a region has no ISO3 code."""
    states, numbers = set(codelists.oas_states()), _numbers()
    by_number = per_category(raw["geoAreaCode"], lambda code: numbers.get(code.zfill(3)) in states)
    return ~(by_number | raw["ISO3"].isin(states).to_numpy())


def _state(number: str, iso3: str) -> str:
    """Return our code of an area, given its M49 number and its ISO3 code, which must agree."""
    if _numbers().get(number.zfill(3)) != iso3:
        raise UnknownLabelError(f"M49 number {number} and ISO3 '{iso3}' do not agree")
    return iso3


@cache
def _numbers() -> dict[str, str]:
    """Return the alpha-3 code of each M49 number."""
    return {number: code for code, number in codelists.column("area", "m49").items()}


def flatten(document: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the figures of a JSON document, each with the fields of its area and its series.

    A censored figure is a bound: what was printed, such as `<5`, is in its detail.
    """
    areas = document.pop("refAreas")
    return [
        document
        | {name: value for name, value in area.items() if name != "data"}
        | point
        | ({FIGURE: point["value_detail"]} if point["value_is_censored"] else {})
        for area in areas
        for point in area["data"]
    ]
