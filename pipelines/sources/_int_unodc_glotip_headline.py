"""The headline figures of a release of UNODC's, as others took them from it: one row per state.

A row has the latest year only, and each kind of figure has a latest year of its own: victims may be
those of 2023 and prosecutions those of 2016. So the year is read beside the figure, never once for
the row. Women, men, girls and boys are parts of the victims by sex and age together.

A blank cell is not in the extract; the release may well have the figure. This release prints zeros
beside `<5`, and those before it print `<5` for both: beside them a zero would tell none from one to
four. So zeros are hidden here as all figures under 5 are.
"""

from typing import Final, NamedTuple

import pandas as pd

from pipelines.reader.labels import same_codes
from pipelines.reader.rows import Rows, Tidy
from pipelines.sources import _int_unodc_glotip_years as years

HIDDEN_BELOW: Final = 5


class Column(NamedTuple):
    """Codes of the figures in a column, and the column that has their year."""

    indicator: str
    year: str
    sex: str = "_T"
    age: str = "_T"
    exploitation: str = "_T"


COLUMNS: Final = {
    "victims": Column("VIC_DETECT", "year_victims"),
    "women": Column("VIC_DETECT", "year_victims", sex="F", age="Y_GE18"),
    "men": Column("VIC_DETECT", "year_victims", sex="M", age="Y_GE18"),
    "girls": Column("VIC_DETECT", "year_victims", sex="F", age="Y0T17"),
    "boys": Column("VIC_DETECT", "year_victims", sex="M", age="Y0T17"),
    "sexual": Column("VIC_DETECT", "year_victims", exploitation="SX"),
    "labour": Column("VIC_DETECT", "year_victims", exploitation="FL"),
    "prosecuted": Column("PER_PROSEC", "prosecuted_year"),
    "convicted": Column("PER_CONVICT", "convicted_year"),
}


def tidy(rows: Rows) -> Tidy:
    """Return the rows of the extract, in our codes."""
    rows.hide_below(HIDDEN_BELOW, list(COLUMNS))
    rows.melt({name: name for name in COLUMNS}, into="cell", figure="figure")
    figure = rows.figure("figure")
    rows.set_aside(rows.raw["figure"] == "", "not_in_the_extract")
    codes = {
        name: rows.recode(
            "cell", {cell: getattr(each, name) for cell, each in COLUMNS.items()}, name
        )
        for name in ("indicator", "sex", "age", "exploitation")
    }
    area = rows.recode("iso3", same_codes("area"), "ref_area")
    period = _years(rows.raw)
    basis = years.basis(area, codes["indicator"], period)
    return rows.tidy(ref_area=area, time_basis=basis, time_period=period, **codes, **figure)


def _years(raw: pd.DataFrame) -> pd.Categorical:
    """Return the year of each figure, from the column that has it."""
    records = raw.astype(str).to_dict("records")
    return pd.Categorical([record[COLUMNS[record["cell"]].year] for record in records])
