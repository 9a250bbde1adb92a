"""Rules that a single row of observations must satisfy; the contract of an observation has them.

A row that fails a rule is quarantined under its name, with what was found and what to do.
"""

import re
from typing import Final

import numpy as np
import pandas as pd

from schemas import codelists
from schemas.columns import per_category, row_rule

_NO_VALUE: Final = frozenset("LMOQK")
"""Statuses of a figure without a value: not collected, cannot exist, missing, suppressed, included
in another category."""

SENTINELS: Final = frozenset({6112019.0, 9999.0, 99999.0, -99.0})
"""Codes for "no answer" that published files print as figures."""

STAND_IN: Final = "a known stand-in for 'no answer'"
NO_FIGURE: Final = "nothing to do, since no figure is known"
MISPRINT: Final = (
    "look at the publisher's file; if it is misprinted, report it, and correct it in "
    "data/corrections.csv"
)

_OPEN_ABOVE: Final = ("C", "D", "S")
"""Codes of conf_status of a figure that need not be small, and so may have no upper bound."""

EARLIEST_YEAR: Final = "1990"
_DIMENSIONS: Final = {
    "SEX": ("sex", "_T"),
    "AGE": ("age", "_T"),
    "EXPLOITATION": ("exploitation", "_T"),
    "CITIZENSHIP": ("citizenship", "_T"),
    "COUNTERPART": ("counterpart_role", "_Z"),
}
"""Columns of the dimensions that the list of indicators names, with the code for no breakdown."""

_PERIOD: Final = {
    "A": re.compile(r"[0-9]{4}"),
    "Q": re.compile(r"[0-9]{4}-Q[1-4]"),
    "M": re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])"),
}


def _has_status(column: pd.Series, wanted: frozenset[str]) -> np.ndarray:
    """Return whether each row's obs_status (codes joined by `;`) has one of the wanted codes."""
    return per_category(column, lambda status: not wanted.isdisjoint(status.split(";")))


@row_rule(
    "codes_are_listed",
    "obs_status",
    "a status is not in obs_status.csv",
    "correct it in the source",
)
def _statuses_are_known(rows: pd.DataFrame) -> np.ndarray:
    known = set(codelists.codes("obs_status"))
    return per_category(rows["obs_status"], lambda status: known.issuperset(status.split(";")))


@row_rule("codes_are_listed", "flags", "a flag is not in remark.csv", "correct it in the source")
def _flags_are_known(rows: pd.DataFrame) -> np.ndarray:
    known = {"", *codelists.codes("remark"), *codelists.codes("break_reason")}
    return per_category(rows["flags"], lambda flags: known.issuperset(flags.split(";")))


@row_rule(
    "codes_are_listed",
    "ref_area",
    "the area is not a state or subdivision",
    "set the row aside in the source",
)
def _place_is_named(rows: pd.DataFrame) -> np.ndarray:
    return per_category(rows["ref_area"], lambda code: not code.startswith("_"))


@row_rule(
    "breakdown_fits_the_indicator",
    "indicator",
    "a breakdown that the indicator does not have",
    "correct the code, or add the dimension to schemas/codelists/indicator.csv",
)
def _dimensions_are_allowed(rows: pd.DataFrame) -> np.ndarray:
    """Require `_T` in a dimension that the indicator lacks, `_Z` for the counterpart."""
    allowed = codelists.column("indicator", "dims_allowed").items()
    good = np.ones(len(rows), dtype=bool)
    for name, (column, none) in _DIMENSIONS.items():
        having = {indicator for indicator, names in allowed if name in names.split()}
        good &= per_category(rows["indicator"], having.__contains__) | (rows[column] == none)
    return good


@row_rule(
    "counterpart_is_complete",
    "counterpart_area",
    "role or state is missing",
    "give both in the source, or neither",
)
def _counterpart_is_complete(rows: pd.DataFrame) -> pd.Series:
    return (rows["counterpart_role"] == "_Z") == (rows["counterpart_area"] == "_Z")


@row_rule(
    "status_fits_the_value",
    "value",
    "value and obs_status contradict each other",
    "correct the status in the source",
)
def _empty_with_reason(rows: pd.DataFrame) -> np.ndarray:
    return rows["value"].isna().to_numpy() == _has_status(rows["obs_status"], _NO_VALUE)


@row_rule(
    "status_fits_the_value",
    "value",
    "a value that is confidential",
    "give its bounds and status Q in the source, or conf_status F",
)
def _confidential_has_no_value(rows: pd.DataFrame) -> np.ndarray:
    return rows["value"].isna().to_numpy() | (rows["conf_status"] == "F").to_numpy()


@row_rule(
    "suppressed_figure_has_bounds",
    "upper",
    "suppressed, but without bounds or not confidential",
    "give its printed bounds in the source; without any, it stays out",
)
def _suppressed_is_interval(rows: pd.DataFrame) -> np.ndarray:
    suppressed = _has_status(rows["obs_status"], frozenset("Q"))
    is_bounded = rows["upper"].notna() | rows["conf_status"].isin(_OPEN_ABOVE)
    bounded = rows["lower"].notna() & is_bounded & (rows["conf_status"] != "F")
    return ~suppressed | bounded.to_numpy()


@row_rule("value_is_possible", "value", "value and bounds contradict each other", MISPRINT)
def _bounds_are_ordered(rows: pd.DataFrame) -> pd.Series:
    exact = (rows["lower"] == rows["value"]) & (rows["upper"] == rows["value"])
    return (rows["value"].isna() | exact) & ~(rows["lower"] > rows["upper"])


NOT_WHOLE: Final = "a count that is not a whole number"


@row_rule("value_is_possible", "value", NOT_WHOLE, MISPRINT)
def _count_is_whole(rows: pd.DataFrame) -> np.ndarray:
    unit = codelists.column("indicator", "unit_measure")
    counts = per_category(rows["indicator"], lambda code: unit[code] == "NUMBER")
    fractional = (rows[["value", "upper"]] % 1).fillna(0).ne(0).any(axis=1).to_numpy()
    return ~(counts & fractional)


@row_rule("value_is_possible", "value", "negative", MISPRINT)
def _not_negative(rows: pd.DataFrame) -> pd.Series:
    return ~((rows["value"] < 0) | (rows["lower"] < 0))


@row_rule("no_stand_in_for_no_answer", "value", STAND_IN, NO_FIGURE)
def _not_a_sentinel(rows: pd.DataFrame) -> pd.Series:
    return ~rows["value"].isin(SENTINELS)


def _is_well_formed(rows: pd.DataFrame) -> np.ndarray:
    good = np.zeros(len(rows), dtype=bool)
    for freq, pattern in _PERIOD.items():
        matched = set(filter(pattern.fullmatch, rows["time_period"].cat.categories))
        written = per_category(rows["time_period"], matched.__contains__)
        good |= written & (rows["freq"] == freq).to_numpy()
    return good


@row_rule(
    "period_is_well_formed",
    "time_period",
    "not YYYY, YYYY-Qn or YYYY-MM, as the frequency requires",
    "translate the period in the source",
)
def _period_is_well_formed(rows: pd.DataFrame) -> np.ndarray:
    return _is_well_formed(rows)


def _last_day(period: str) -> str:
    """Return the last day of a calendar period, near enough to compare with a release date."""
    year, _, part = period.partition("-")
    month = part if part.isdecimal() else {"Q1": "03", "Q2": "06", "Q3": "09"}.get(part, "12")
    return f"{year[:4]}-{month[:2]}-28"


@row_rule(
    "period_is_over_and_not_before_1990",
    "time_period",
    "before 1990, or not over at the release",
    "nothing to do if the period is right; else correct its column, or the day of the release",
)
def _period_is_plausible(rows: pd.DataFrame) -> np.ndarray:
    """Require that a period starts in 1990 or later and ends before its release.

    A period that is not well-formed passes: another rule refuses it.
    """
    last_day = per_category(rows["time_period"], _last_day, "U10")
    released = per_category(rows["release"], str, "U10")
    well_formed = _is_well_formed(rows)
    return ~well_formed | ((last_day >= EARLIEST_YEAR) & (last_day <= released))


@row_rule(
    "no_subdivision_by_age_and_form",
    "ref_area",
    "a subdivision by age and form of exploitation at once",
    "nothing to do, since it might point to a person",
)
def _is_not_too_fine(rows: pd.DataFrame) -> np.ndarray:
    """Refuse figures of a subdivision that are split by age and form of exploitation at once."""
    subdivision = per_category(rows["ref_area"], lambda code: "-" in code)
    return ~subdivision | ((rows["age"] == "_T") | (rows["exploitation"] == "_T")).to_numpy()


@row_rule(
    "scope_shows_in_the_status",
    "def_scope",
    "the legal scope is not PALERMO, but status D is missing",
    "correct the status in the source",
)
def _scope_implies_definition_differs(rows: pd.DataFrame) -> np.ndarray:
    palermo = (rows["def_scope"] == "PALERMO").to_numpy()
    return palermo | _has_status(rows["obs_status"], frozenset("D"))


RULES: Final = [
    _statuses_are_known,
    _place_is_named,
    _dimensions_are_allowed,
    _counterpart_is_complete,
    _empty_with_reason,
    _confidential_has_no_value,
    _suppressed_is_interval,
    _bounds_are_ordered,
    _count_is_whole,
    _not_negative,
    _not_a_sentinel,
    _period_is_well_formed,
    _period_is_plausible,
    _is_not_too_fine,
    _scope_implies_definition_differs,
]
"""The rules, in the order in which they are checked."""
