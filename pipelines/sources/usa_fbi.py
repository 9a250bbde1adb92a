"""FBI, United States: trafficking offences that police agencies reported, summed by state.

Authority: Federal Bureau of Investigation, Uniform Crime Reporting (UCR) Program. The file gives a
row to each agency, kind of offence and month, but does not print the month.
Counted: offences, in the year for which an agency reports them. They are not victims. The UCR
Program calls trafficking what fits the Palermo Protocol (FBI, Human Trafficking, 2015): commercial
sex acts induced by force, fraud or coercion, or by whatever means if the person is under 18 (SX);
recruitment, harbouring, transport or provision by force, fraud or coercion into involuntary
servitude, peonage, debt bondage or slavery (FL). So the scope is PALERMO; the wider one of the
Bureau of Justice Statistics, with other sexual exploitation of children, is not behind this file.

Rows that are alike to the letter are different months and all count: with the 927 that repeat
another one, the sums of Alaska (12) and Minnesota (235) in 2016 are those of the FBI's own table. A
negative count takes back what an agency reported earlier. An agency has rows for the months in
which it recorded an offence, and no others: no row is no zero. Tribal police are counted in their
states; the file has no federal agencies and no territories. The download was last changed on 6
September 2021, as the Crime Data Explorer stated (quoted with its 4,417 rows in darkwatch.io, The
Digital Front Door for FBI UCR-HT Data): its date of release here.
"""

from typing import Final

from pipelines.reader.labels import label_table, subdivisions
from pipelines.reader.rows import File, Rows, Tidy
from pipelines.reader.source_metadata import read_source

OFFENCE: Final = {"Human Trafficking": "OFF_RECORDED"}
FORM: Final = {"81 Commercial Sex Acts": "SX", "82 Involuntary Servitude": "FL"}
"""Numbers and names of the kinds of offence."""

COUNTED: Final = (
    "DATA_YEAR", "STATE_ABBR", "OFFENSE_SUBCAT_ID", "OFFENSE_NAME", "OFFENSE_SUBCAT_NAME",
)  # fmt: skip
"""Columns of which each combination has one sum."""

SOURCE: Final = read_source(__file__)


def tidy(file: File) -> Tidy:
    """Return the offences of each year, state and form, in our codes."""
    rows = Rows(file, SOURCE)
    rows.sum(("ACTUAL_COUNT",), by=COUNTED)
    form = label_table(FORM, "FORM in pipelines/sources/usa_fbi.py")
    return rows.tidy(
        ref_area=rows.recode("STATE_ABBR", subdivisions("USA"), "ref_area"),
        indicator=rows.recode("OFFENSE_NAME", OFFENCE, "indicator"),
        time_period=rows.raw["DATA_YEAR"].array,
        exploitation=rows.recode(
            ("OFFENSE_SUBCAT_ID", "OFFENSE_SUBCAT_NAME"),
            lambda number, name: form(f"{number} {name}"),
            "exploitation",
        ),
        **rows.figure("ACTUAL_COUNT"),
    )
