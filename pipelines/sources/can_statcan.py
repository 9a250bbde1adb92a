"""Statistics Canada, table 35-10-0177: incidents of trafficking that the police recorded.

Authority: Statistics Canada, from the Uniform Crime Reporting (UCR) Survey. At hand are Canada
2006 to 2024, typed from a chart's data, and Alberta 2017 to 2021; the whole table has all
violations in Canada, its provinces and their metropolitan areas, and is read by the same rules.
Counted: incidents, in the year in which the police recorded them, and their rate. They are not
victims. An incident counts under its most serious violation. Only violation 1525 is read, sections
279.01 to 279.03 of the Criminal Code. The Code requires an act and the purpose of exploitation but
no means, even for adult victims (Department of Justice, evidence to the Standing Committee on the
Status of Women, 44th Parliament, meeting 56): NOMEANS. The Code does not tell forms apart.

Persons charged have no indicator: PER_CONTACT is all suspects, of whom the police charge a part.
Nor have unfounded incidents and how incidents were cleared. Military police belong to no province;
from 2020 on they are in the figures of Canada, as a footnote of the table says. A sign is printed
beside a figure or in its place (Statistics Canada, Standard table symbols). A figure that is
suppressed (x) has no bounds, and the contract requires them: it goes to quarantine under V3, and a
sum of which it is a part is not known. The copies have no date: the end of the last year of each is
used.
"""

import re
from typing import Final

import numpy as np

from pipelines.reader.labels import UnknownLabelError, label_table, read_labels, subdivisions
from pipelines.reader.rows import NO_INDICATOR, File, Rows, Tidy
from pipelines.reader.source_metadata import read_source
from schemas.columns import per_category

HERE: Final = "in pipelines/sources/can_statcan.py"
VIOLATION: Final = "Trafficking in persons [1525]"
INDICATOR: Final = {
    "Actual incidents": "INC_RECORDED",
    "Rate per 100,000 population": "INC_RECORDED_RATE",
}
UNIT: Final = {"INC_RECORDED": ("Number", "units"), "INC_RECORDED_RATE": ("Rate", "units")}
"""Unit and scale that a figure of each indicator must have."""

NOT_TAKEN: Final = (
    "Percentage change in rate", "Unfounded incidents", "Percent unfounded", "Total cleared",
    "Cleared by charge", "Cleared otherwise",
    # Formal contact would be all suspects; these are the persons charged, or a part of the others.
    "Total, persons charged",
    "Rate, total persons charged per 100,000 population aged 12 years and over",
    "Total, adult charged",
    "Rate, adult charged per 100,000 population aged 18 years and over",
    "Total, youth charged",
    "Rate, youth charged per 100,000 population aged 12 to 17 years",
    "Total, youth not charged",
    "Rate, youth not charged per 100,000 population aged 12 to 17 years",
)  # fmt: skip
"""Statistics for which we have no indicator."""

METROPOLIS: Final = re.compile(r".+, .+ \[(?!\d\d\]).+\]")
"""City and its province, with a number that is not a province's two digits."""

MILITARY: Final = "Canadian Forces Military Police"

SIGNS: Final = {row["sign"]: row for row in read_labels(__file__, "can_statcan_signs.csv")}
"""Meaning of a sign: a code of obs_status to add to the figure, and a remark."""

SOURCE: Final = read_source(__file__)


def tidy(file: File) -> Tidy:
    """Return the incidents of each area and year and their rate, in our codes."""
    rows = Rows(file, SOURCE)
    raw = rows.raw
    rows.set_aside(raw["Statistics"].isin(NOT_TAKEN), NO_INDICATOR)
    in_a_province = per_category(raw["GEO"], METROPOLIS.fullmatch)
    rows.set_aside(in_a_province, "metropolitan_area_in_a_province")
    of_no_province = per_category(raw["GEO"], lambda area: area.startswith(MILITARY))
    rows.set_aside(of_no_province, "military_police_of_no_province")
    for column in ("STATUS", "SYMBOL"):
        _apply_signs(rows, column)
    return rows.tidy(
        ref_area=rows.recode("GEO", subdivisions("CAN", "Canada"), "ref_area"),
        indicator=rows.recode(
            ("UOM", "SCALAR_FACTOR", "Violations", "Statistics"), _indicator, "indicator"
        ),
        time_period=raw["REF_DATE"].array,
        **rows.figure("VALUE"),
    )


def _apply_signs(rows: Rows, column: str) -> None:
    """Treat each row as the sign in a column requires: status, remark or quarantine."""
    known = label_table({sign: sign for sign in SIGNS}, "pipelines/sources/can_statcan_signs.csv")
    signs = rows.recode(column, known, "comment")
    for sign, row in SIGNS.items():
        status, words = row["obs_status"], row["meaning"]
        here = np.asarray(signs == sign)
        if status == "Q":
            rows.reject(here, "suppressed_figure_has_bounds", column, words)
        elif status:
            rows.mark(here, status)
        if words:
            rows.comment(here, words)


def _indicator(unit: str, scale: str, violation: str, statistic: str) -> str:
    """Return the indicator of a statistic, whose violation and unit are checked."""
    if violation != VIOLATION:
        raise UnknownLabelError(f"unknown violation '{violation}': add it {HERE}")
    code = label_table(INDICATOR, f"INDICATOR or NOT_TAKEN {HERE}")(statistic)
    if (unit, scale) != UNIT[code]:
        raise UnknownLabelError(
            f"'{statistic}' in '{unit}', {scale}: add the unit to UNIT {HERE}",
            "unit_fits_the_indicator",
        )
    return code
