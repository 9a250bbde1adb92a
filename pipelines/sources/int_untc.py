"""Treaties against trafficking and forced labour: which states have joined, at each year's end.

Authorities: the Secretary-General of the United Nations, depositary of the Palermo Protocol
(Treaty Collection, chapter XVIII-12-a), and the International Labour Organization (NORMLEX) for
its Conventions 29, 105 and 182 and the Protocol of 2014 to Convention 29.
Counted: nothing; a flag says whether a state had ratified or acceded by 31 December. It is made
here from the date of that act, which the file holds: 1 from its year on, 0 in earlier years in
which the treaty existed (since 1990, the first year of the contract). The file names no
denunciation.
A state whose date was not found is missing in every year, never 0: "not found" is not "not a
party". So are those of which only the year is known (Panama 2016 and Mexico 2023, Protocol of
2014), and those that must have ratified Convention 182, since all members of the ILO had by 2020
(Cuba, Dominica, Grenada, Saint Kitts and Nevis).

The lists of the depositaries were not read themselves: the dates were compiled from copies of them,
and `copies_that_agree` says how many were compared. The ILO calls its acts ratifications; the kind
of act under the Palermo Protocol follows from whether the state had signed. Barbados' date under
the Protocol was worked out from its entry into force, 30 days later (article 17(2)). The date of
compilation is used for that of a release.
"""

from datetime import date
from typing import Final

import numpy as np
import pandas as pd

from pipelines.reader.labels import same_codes
from pipelines.reader.rows import File, Rows, Tidy
from pipelines.reader.source_metadata import read_source
from schemas.columns import per_category
from schemas.observation_rules import EARLIEST_YEAR

LAST_YEAR: Final = 2025
"""Last whole year before the dates were compiled; a newer compilation moves it."""

TREATY: Final = {
    "PALERMO": ("POL_PROTOCOL", "2000"),
    "ILO_C029": ("POL_ILO_C029", "1930"),
    "ILO_C105": ("POL_ILO_C105", "1957"),
    "ILO_C182": ("POL_ILO_C182", "1999"),
    "ILO_P029": ("POL_ILO_P029", "2014"),
}
"""Indicator of each treaty, and the year in which it was adopted."""

DATE: Final = "ratification_or_accession"
BY_THE_END_OF: Final = {
    f"{DATE} by the end of {year}": str(year) for year in range(int(EARLIEST_YEAR), LAST_YEAR + 1)
}
"""Columns that are made of the date, one a year."""

SOURCE: Final = read_source(__file__)


def tidy(file: File) -> Tidy:
    """Return a flag for each treaty, state and year, from the dates on which states joined."""
    rows = Rows(file, SOURCE)
    flags = {column: _flags(rows.raw[DATE], year) for column, year in BY_THE_END_OF.items()}
    rows.raw = rows.raw.assign(**flags)
    rows.melt(BY_THE_END_OF, into="year", figure="flag")
    raw = rows.raw
    rows.set_aside(_is_before_the_treaty(raw), "before_the_treaty_was_adopted")
    unread = per_category(raw[DATE], lambda day: day != "" and _year(day) is None)
    rows.reject(
        unread,
        "figure_has_one_reading",
        DATE,
        "not a date written YYYY-MM-DD: enter the day, or nothing",
    )
    indicator = {treaty: code for treaty, (code, _) in TREATY.items()}
    return rows.tidy(
        ref_area=rows.recode("iso3", same_codes("area"), "ref_area"),
        indicator=rows.recode("treaty", indicator, "indicator"),
        time_period=raw["year"].array,
        true_since=pd.Categorical(raw[DATE].where(raw[DATE] != "")),
        comment=rows.recode(("kind", DATE), _act, "comment"),
        **rows.figure("flag"),
    )


def _flags(joined: pd.Series, year: str) -> pd.Categorical:
    """Return whether states had joined by the end of a year; nothing where the day is not known."""
    return pd.Categorical(joined.map({day: _flag(day, year) for day in joined.cat.categories}))


def _flag(day: str, year: str) -> str:
    joined = _year(day)
    return "" if joined is None else "1" if joined <= int(year) else "0"


def _year(day: str) -> int | None:
    try:
        return date.fromisoformat(day).year
    except ValueError:
        return None


def _act(kind: str, day: str) -> str:
    return f"{kind} {day}" if day else "no date found"


def _is_before_the_treaty(raw: pd.DataFrame) -> np.ndarray:
    """Return whether each row is of a year before that of the treaty's adoption."""
    adopted = per_category(raw["treaty"], lambda label: TREATY.get(label, ("", ""))[1], "U4")
    return raw["year"].astype("str").to_numpy(dtype="U4") < adopted
