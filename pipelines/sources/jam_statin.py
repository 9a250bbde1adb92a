"""STATIN, Jamaica: detected victims per 100,000 population, SDG indicator 16.2.2.

Authority: Statistical Institute of Jamaica, on its platform of the Sustainable Development Goals;
the platform names the Ministry of National Security as the source of the data.
Counted: persons detected as victims, in the year of detection, for each 100,000 inhabitants of the
same sex or age; the forms of exploitation are for each 100,000 of all inhabitants. The numbers of
victims and of inhabitants behind the rates are not printed.
One column holds all that a rate may be broken down by: sex, age or form, one at a time. Zeros are
printed, as 0.0 or 0.00, so a blank would be a missing rate.
The file has no date: that of the last change to the platform's repository is used.
"""

from typing import Final

from pipelines.reader.rows import File, Rows, Tidy
from pipelines.reader.source_metadata import read_source

UNIT: Final = "Per 100,000 population"
LEVEL: Final = {
    "Total": {},
    "Male": {"sex": "M"},
    "Female": {"sex": "F"},
    "17 Years and Under": {"age": "Y0T17"},
    "18 Years and Older": {"age": "Y_GE18"},
    "Type of Exploitation - Sexual": {"exploitation": "SX"},
    "Type of Exploitation - Labour": {"exploitation": "FL"},
}
"""Codes of each level of disaggregation; a dimension that it does not name is the total."""

SOURCE: Final = read_source(__file__)


def tidy(file: File) -> Tidy:
    """Return the rates by year and by sex, age or form, in our codes."""
    rows = Rows(file, SOURCE)
    rows.reject(
        (rows.raw["Unit"] != UNIT).to_numpy(),
        "unit_fits_the_indicator",
        "Unit",
        f"not '{UNIT}': set it aside",
    )
    return rows.tidy(
        ref_area="JAM",
        indicator="VIC_DETECT_RATE",
        time_period=rows.raw["Year"].array,
        **{
            dimension: rows.recode(
                "Disaggregation Level",
                {label: codes.get(dimension, "_T") for label, codes in LEVEL.items()},
                dimension,
            )
            for dimension in ("sex", "age", "exploitation")
        },
        **rows.figure("Value"),
    )
