"""The contract of the reference population, the denominator of rates."""

from typing import Final

import numpy as np
import pandas as pd

from schemas.columns import per_category, row_rule, schema
from schemas.fields import coded, distinct_text, long_text, number
from schemas.observation_rules import MISPRINT

KEY: Final = ("source", "release", "ref_area", "time_period", "sex", "age")

BROAD_AGES: Final = ("Y0T17", "Y_GE18")


@row_rule("value_is_possible", "value", "not a whole number of persons", MISPRINT)
def _is_whole(rows: pd.DataFrame) -> pd.Series:
    return (rows["value"] >= 0) & (rows["value"] % 1 == 0)


@row_rule(
    "period_is_well_formed", "time_period", "not a year", "translate the period in the source"
)
def _is_year(rows: pd.DataFrame) -> np.ndarray:
    return per_category(rows["time_period"], lambda year: year.isdigit() and len(year) == 4)


@row_rule("codes_are_listed", "sex", "neither F nor M", "set the row aside in the source")
def _is_of_a_sex(rows: pd.DataFrame) -> pd.Series:
    return rows["sex"].isin(("F", "M"))


@row_rule("codes_are_listed", "age", "another age band", "set the row aside in the source")
def _is_of_a_broad_age(rows: pd.DataFrame) -> pd.Series:
    return rows["age"].isin(BROAD_AGES)


POPULATION: Final = schema(
    "population",
    "Population of a state at mid-year, by sex and broad age.",
    {
        "source": distinct_text("Source, as in the table source."),
        "release": distinct_text("Date of the release, ISO 8601."),
        "ref_area": coded("State, ISO 3166-1 alpha-3.", "area"),
        "time_period": distinct_text("Year, YYYY; years after the release are projections."),
        "sex": coded("Sex: F or M; the total is their sum.", "sex"),
        "age": coded("Y0T17 or Y_GE18; the total is their sum.", "age"),
        "value": number("Persons."),
        "value_raw": distinct_text("The printed text, unchanged; the value is read from it."),
        "locator": long_text("Place of the printed figure: file, row."),
    },
    [_is_whole, _is_year, _is_of_a_sex, _is_of_a_broad_age],
)
"""The contract of a population figure."""
