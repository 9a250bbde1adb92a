"""United Nations, World Population Prospects: the denominator of rates.

Authority: United Nations, Department of Economic and Social Affairs, Population Division.
Counted: persons living in a state at mid-year, by sex, under 18 and from 18 on; sums of single
ages. Years after the release are projections (medium variant).
"""

from typing import Final

import numpy as np

from pipelines.reader.labels import same_codes
from pipelines.reader.rows import File, Rows, Tidy
from pipelines.reader.source_metadata import read_source

SOURCE: Final = read_source(__file__)


def tidy(file: File) -> Tidy:
    """Return the table of single states, years, sexes and broad ages, in our codes."""
    rows = Rows(file, SOURCE)
    figure = rows.figure("population")
    return rows.tidy(
        ref_area=rows.recode("ref_area", same_codes("area"), "ref_area"),
        time_period=rows.raw["year"].array,
        sex=rows.recode("sex", same_codes("sex"), "sex"),
        age=rows.recode("age", same_codes("age"), "age"),
        value=np.nan_to_num(figure["value"], nan=-1),  # no figure, which is kept out
        value_raw=figure["value_raw"],
    )
