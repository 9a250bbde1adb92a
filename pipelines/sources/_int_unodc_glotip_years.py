"""Years that are none of the calendar in UNODC's figures, whose questionnaire asks for those.

The United States' persons prosecuted and convicted are those of federal cases in fiscal years. The
federal government "reports its law enforcement data by fiscal year (October 1 through September
30)" (Trafficking in Persons Report 2015), and UNODC's numbers are those of its Department of
Justice wherever these were read: both of 2010 and of 2018 to 2020, the accused of 2013 and 2014.
What the figures before 2010 count is not known. Its detected victims are clients whom grantees
served from July to June: those of 2017 and 2019 in the snapshots of its Office for Victims of
Crime.
"""

from typing import Final, NamedTuple

import numpy as np
import pandas as pd

from schemas import codelists


class Years(NamedTuple):
    """A kind of year that a state reports for an indicator, and the first year of it."""

    area: str
    indicator: str
    basis: str
    first: str


OTHER: Final = (
    Years("USA", "PER_PROSEC", "FY1001", "2010"),
    Years("USA", "PER_CONVICT", "FY1001", "2010"),
    Years("USA", "VIC_DETECT", "FY0701", "2017"),
)


def basis(
    area: pd.Categorical, indicator: pd.Categorical, period: pd.Categorical
) -> pd.Categorical:
    """Return the kind of year of each row, a code of `time_basis`."""
    found = np.full(len(area), "CY", dtype=object)
    late = np.asarray(period, dtype=object)
    for each in OTHER:
        here = (area == each.area) & (indicator == each.indicator)
        found[here & np.array([year >= each.first for year in late], dtype=bool)] = each.basis
    return pd.Categorical(found, dtype=codelists.dtype("time_basis"))
