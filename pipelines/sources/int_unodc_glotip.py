"""UNODC's Global Report: rows that repeat a cell are added up; repatriation has a direction."""

from collections.abc import Callable
from typing import Any, Final

import numpy as np
import pandas as pd

from pipelines.reader.labels import UnknownLabelError, citizenships, label_table, within
from pipelines.reader.rows import NOT_AN_OAS_STATE, File, Rows, Tidy
from pipelines.sources import _int_unodc_glotip_areas as areas
from pipelines.sources._int_unodc_glotip_repeats import SUMMED, RepeatedRows
from schemas import codelists
from schemas.source import Source

BY_FORM: Final = "by form of exploitation"
BY_CITIZENSHIP: Final = "by citizenship"
HERE: Final = "in pipelines/sources/int_unodc_glotip.py"
INDICATOR: Final = {
    "Detected trafficking victims": "VIC_DETECT",
    "Persons brought into formal contact": "PER_CONTACT",
    "Persons prosecuted": "PER_PROSEC",
    "Persons convicted": "PER_CONVICT",
    "Offences of trafficking in persons": "OFF_RECORDED",
}
FORM: Final = {
    "Sexual exploitation": "SX",
    "Forced labour": "FL",
    "Other forms of exploitation": "OTH",
}
SEX: Final = {"Total": "_T", "Female": "F", "Male": "M", "Other": "_O", "Unknown": "_U"}
AGE: Final = {"Total": "_T", "0 to 17 years": "Y0T17", "18 years or over": "Y_GE18",
              "Unknown": "_U"}  # fmt: skip
OWN_TOTAL: Final = ("TOTAL", "TOTAL POR AÑO", "All")
"""Totals of a table of citizenships or countries; the same figures have rows of their own."""
OTHER_CITIZENSHIPS: Final = ("OTH", "Other")
OTHER_YEARS: Final = (
    ("USA", "PER_PROSEC", "FY1001", "2010"),
    ("USA", "PER_CONVICT", "FY1001", "2010"),
    ("USA", "VIC_DETECT", "FY0701", "2017"),
)
"""Years that are none of the calendar, which the questionnaire asks for.

A line has the state, the indicator, the kind of year that it reports (a code of `time_basis`), and
the first year of it. The United States' persons prosecuted and convicted are those of federal cases
in fiscal years. The federal government "reports its law enforcement data by fiscal year (October 1
through September 30)" (Trafficking in Persons Report 2015), and UNODC's numbers are those of its
Department of Justice wherever these were read: both of 2010 and of 2018 to 2020, the accused of
2013 and 2014. What the figures before 2010 count is not known. Its detected victims are clients
whom grantees served from July to June: those of 2017 and 2019 in the snapshots of its Office for
Victims of Crime.
"""


def tidy(source: Source, file: File) -> Tidy:
    """Return the workbook as published, an extract of it or a figure table, in our codes."""
    rows = Rows(file, source)
    raw = rows.raw
    sark = (raw["Iso3_code"] == "") & (raw["Country"] == "Sark")
    rows.set_aside(sark | raw["Iso3_code"].isin(areas.other_areas()), NOT_AN_OAS_STATE)
    rows.set_aside(raw["Category"].isin(OWN_TOTAL), "total_of_the_same_table")
    rows.reject(
        raw["Unit of measurement"] != "Counts",
        "unit_fits_the_indicator",
        "Unit of measurement",
        "not a count: set it aside by name in the source",
    )

    home, away = areas.home_and_away(rows)
    form = within(BY_FORM, label_table(FORM, f"FORM {HERE}"))
    citizenship = within(BY_CITIZENSHIP, citizenships())
    codes = {
        "ref_area": home,
        "indicator": rows.recode(("Indicator", "Dimension"), _indicator(), "indicator"),
        "time_period": raw["Year"].array,
        "sex": rows.recode("Sex", SEX, "sex"),
        "age": rows.recode("Age", AGE, "age"),
        "exploitation": rows.recode(("Dimension", "Category"), form, "exploitation"),
        "citizenship": rows.recode(("Dimension", "Category"), citizenship, "citizenship"),
        "counterpart_role": rows.recode("Dimension", areas.role, "counterpart_role"),
        "counterpart_area": away,
    }
    _set_aside_printed_twice(rows, codes)
    basis = np.full(len(raw), "CY", dtype=object)
    period = np.asarray(raw["Year"], dtype=object)
    for area, indicator, kind, first in OTHER_YEARS:
        basis[(home == area) & (codes["indicator"] == indicator) & (period >= first)] = kind
    time_basis = pd.Categorical(basis, dtype=codelists.dtype("time_basis"))
    return rows.tidy(time_basis=time_basis, **codes, **_figure(rows, codes))


def _set_aside_printed_twice(rows: Rows, codes: dict[str, Any]) -> None:
    """Set aside the second of two rows that print one figure under `OTH` and under `Other`.

    Both labels stand for the other citizenships; rows with two figures stay, and contradict.
    """
    is_other = rows.raw["Category"].isin(OTHER_CITIZENSHIPS).to_numpy() & rows.at_hand
    cells = pd.DataFrame(codes).assign(figure=rows.raw["txtVALUE"])[is_other]
    again = np.zeros(len(is_other), dtype=bool)
    again[is_other] = cells.duplicated()
    rows.set_aside(again, "same_figure_under_another_label")


def _figure(rows: Rows, codes: dict[str, Any]) -> dict[str, pd.Categorical | np.ndarray]:
    """Return the printed figures; add up or keep out rows that repeat a cell, by R1 to R3."""
    figure = rows.figure("txtVALUE")
    cells = pd.DataFrame({**codes, **figure, "row": rows.raw["row"]})
    known = rows.at_hand & cells[list(codes)].notna().all(axis=1).to_numpy()
    readings = list(RepeatedRows(cells[known]).readings())
    for each in readings:
        if each.why_not:
            here = rows.raw.index.isin(each.lines)
            rows.reject(
                here,
                "one_row_per_cell",
                "txtVALUE",
                f"rows on one cell ({each.rule}): {each.why_not}; ask the publisher for the figure",
                why_not=each.why_not,
            )
    for rule, flag in SUMMED.items():
        first = [each.lines[0] for each in readings if each.rule == rule and not each.why_not]
        rows.flag(rows.raw.index.isin(first), flag)
    return rows.add_up(figure, [each.lines for each in readings if not each.why_not])


def _indicator() -> Callable[[str, str], str]:
    known = label_table(INDICATOR, f"INDICATOR {HERE}")
    tables = {"Total", BY_FORM, BY_CITIZENSHIP, areas.BY_REPATRIATION}

    def to_code(indicator: str, dimension: str) -> str:
        code = known(indicator)
        if dimension not in tables or (dimension == areas.BY_REPATRIATION and code != "VIC_DETECT"):
            raise UnknownLabelError(f"unknown table '{dimension}' of '{indicator}': add it {HERE}")
        return "VIC_REPATR" if dimension == areas.BY_REPATRIATION else code

    return to_code
