"""US platform of the Sustainable Development Goals: trafficking offences reported to the FBI.

Authority: Federal Bureau of Investigation, Uniform Crime Reporting (UCR) Program; the General
Services Administration runs the platform.
Counted: offences, in the year for which police agencies report them. They are not victims. The UCR
Program calls trafficking what fits the Palermo Protocol: commercial sex acts induced by force,
fraud or coercion, or by whatever means if the person is under 18; and recruitment, harbouring,
transport or provision by force, fraud or coercion into involuntary servitude (FBI, Human
Trafficking, 2015). So the scope is PALERMO; the wider one of the Bureau of Justice Statistics, with
other sexual exploitation of children, is not behind these figures.
The FBI retired summary reports on 1 January 2021 (UCR Program Quarterly, February 2021).
Forms are printed for 2014 to 2016 only; those of 2014 and 2015 are two less than the total.
The FBI says that they are not nationally representative, so all have status U.
The platform dates the figures "September 2023", without a day: the last one is used.
"""

from typing import Final

import numpy as np

from pipelines.reader.rows import File, Rows, Tidy
from pipelines.reader.source_metadata import read_source

FORM: Final = {"": "_T", "com_sex_acts": "SX", "invol_serv": "FL"}

SOURCE: Final = read_source(__file__)


def tidy(file: File) -> Tidy:
    """Return the offences of each year, in all and by form, in our codes."""
    rows = Rows(file, SOURCE)
    every = np.full(len(rows.raw), fill_value=True)
    rows.mark(every, "U")
    rows.flag(every, "NOT_REPRESENTATIVE")
    return rows.tidy(
        ref_area="USA",
        indicator="OFF_RECORDED",
        time_period=rows.raw["Year"].array,
        exploitation=rows.recode("exploitation", FORM, "exploitation"),
        **rows.figure("Value"),
    )
