"""Treaties against trafficking and forced labour: a flag for each state and year, from dates."""

from datetime import date
from typing import Final

import pandas as pd

from pipelines.reader.rows import Rows
from schemas.columns import per_category
from schemas.observation_rules import EARLIEST_YEAR

LAST_YEAR: Final = 2025
"""Last whole year before the dates were compiled; a newer compilation moves it."""

ADOPTED: Final = {
    "PALERMO": "2000", "ILO_C029": "1930", "ILO_C105": "1957", "ILO_C182": "1999",
    "ILO_P029": "2014",
}  # fmt: skip
"""Year in which each treaty was adopted."""

DATE: Final = "ratification_or_accession"
BY_THE_END_OF: Final = {
    f"{DATE} by the end of {year}": str(year) for year in range(int(EARLIEST_YEAR), LAST_YEAR + 1)
}
"""Columns that are made of the date, one a year."""


def prepare(rows: Rows) -> None:
    """Make a flag for each treaty, state and year, from the dates on which states joined.

    It is 1 where the state had joined by the end of the year, blank where the day is not known.
    """
    dates = rows.raw[DATE]
    joined = {day: _year(day) for day in dates.cat.categories}
    flags = {}
    for column, year in BY_THE_END_OF.items():
        by_then = {
            day: "" if since is None else "1" if since <= int(year) else "0"
            for day, since in joined.items()
        }
        flags[column] = pd.Categorical(dates.map(by_then))
    rows.raw = rows.raw.assign(**flags)
    rows.melt(BY_THE_END_OF, into="year", figure="flag")
    adopted = per_category(rows.raw["treaty"], lambda label: ADOPTED.get(label, ""), "U4")
    is_before = rows.raw["year"].astype("str").to_numpy(dtype="U4") < adopted
    rows.set_aside(is_before, "before_the_treaty_was_adopted")
    unread = per_category(rows.raw[DATE], lambda day: day != "" and _year(day) is None)
    rows.reject(
        unread,
        "figure_has_one_reading",
        DATE,
        "not a date written YYYY-MM-DD: enter the day, or nothing",
    )


def _year(day: str) -> int | None:
    try:
        return date.fromisoformat(day).year
    except ValueError:
        return None


def act(kind: str, day: str) -> str:
    """Return by which act a state joined, and when."""
    return f"{kind} {day}" if day else "no date found"
