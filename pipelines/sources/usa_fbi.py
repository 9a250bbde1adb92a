"""FBI, United States: trafficking offences that police agencies reported, summed by state.

Authority: Federal Bureau of Investigation, Uniform Crime Reporting (UCR) Program, from what
police agencies report.
Counted: offences, in the year for which an agency reports them. They are not victims. The UCR
Program calls trafficking what fits the Palermo Protocol (FBI, Human Trafficking, 2015): commercial
sex acts induced by force, fraud or coercion, or by whatever means if the person is under 18 (SX);
recruitment, harbouring, transport or provision by force, fraud or coercion into involuntary
servitude, peonage, debt bondage or slavery (FL). So the scope is PALERMO; the wider one of the
Bureau of Justice Statistics, with other sexual exploitation of children, is not behind this file.

The release of 2021 has a row to each agency, kind of offence and month, without the month: rows
that are alike to the letter are different months and all count. With the 927 that repeat another
one, the sums of Alaska (12) and Minnesota (235) in 2016 are those of the FBI's own table. The
release to 2023 has one row to each agency, kind and year, and names the kinds HTCSA and HTIS in
place of 81 and 82. A negative count takes back what an agency reported earlier; a zero is of an
agency whose reports proved unfounded, or that cleared offences of other years. An agency has rows
where it reported something, and no others: no row is no zero.
Tribal police are counted in their states. Federal agencies (FS) are in the release to 2023, from
2020 on, and have no state there, wherever the offence was: they stand under US-_U.

Days of release: the download of 2021 was last changed on 6 September, as the Crime Data Explorer
stated (quoted with its 4,417 rows in darkwatch.io, The Digital Front Door for FBI UCR-HT Data).
That of the release to 2023 is not known; it was copied in February 2025.
"""

from typing import Final

from pipelines.reader.labels import label_table, subdivisions
from pipelines.reader.rows import File, Rows, Tidy
from pipelines.reader.source_metadata import read_source

OFFENCE: Final = {"Human Trafficking": "OFF_RECORDED"}
FORM: Final = {
    "81 Commercial Sex Acts": "SX",
    "HTCSA Commercial Sex Acts": "SX",
    "82 Involuntary Servitude": "FL",
    "HTIS Involuntary Servitude": "FL",
}
"""Numbers or codes of the kinds of offence, with their names."""

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
            lambda code, name: form(f"{code} {name}"),
            "exploitation",
        ),
        **rows.figure("ACTUAL_COUNT"),
    )
