"""UNODC, Global Report on Trafficking in Persons (GLOTIP): the backbone, all 35 states.

Authority: United Nations Office on Drugs and Crime, from a yearly questionnaire to states.
Counted: persons that the authorities detected as victims, and persons in contact with the police,
prosecuted and convicted, in the year of the event; justice counts cover trafficking and related
offences (UNODC, note of 24 January 2023 on the data set).
Figures under 5 are printed `<5`, zero included: no zero is printed anywhere.
A person may be in several forms of exploitation, so forms may add up to more than the total.

Repatriation changes direction. Until 2016 `Country` is where the victim had been and `Category`
the state that took its national back; from 2017 on `Country` is that state and `Category` the
place abroad (inferred from the structure of the file: until 2016, 136 countries name 65 others;
from 2017, 38 countries name 137). `ref_area` is always the state that takes its nationals back.
The two periods are not one series.
"""

from collections.abc import Callable
from typing import Any, Final

import numpy as np
import pandas as pd

from pipelines.reader.rows import (
    NOT_AN_OAS_STATE,
    File,
    Rows,
    Tidy,
    UnknownLabelError,
    citizenship_spellings,
    label_table,
)
from pipelines.sources._glotip_repeats import SUMMED, RepeatedRows
from schemas import codelists
from schemas.columns import per_category
from schemas.source import Break, Layout, Source, Translation, Words

BY_FORM: Final = "by form of exploitation"
BY_CITIZENSHIP: Final = "by citizenship"
BY_REPATRIATION: Final = "by country of repatriation"
FIRST_YEAR_OF_ORIGIN: Final = 2017
"""From this year on the state that takes its nationals back is the one that reports."""

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
AGE: Final = {
    "Total": "_T",
    "0 to 17 years": "Y0T17",
    "18 years or over": "Y_GE18",
    "Unknown": "_U",
}
OWN_TOTAL: Final = ("TOTAL", "TOTAL POR AÑO")
"""Totals of a table of citizenships or countries; the same figures stand in rows of their own."""

REGIONS: Final = frozenset({"CAR", "CAS", "EEU", "MCA", "MCN", "SAF", "SAM", "Aruba/Curacao"})
"""What the column of country codes holds for regions; Sark, which has no code, has none there."""

SOURCE: Final = Source(
    id="int_unodc_glotip",
    publisher="United Nations Office on Drugs and Crime (UNODC)",
    title="Trafficking in persons: detected victims, formal contact, prosecutions and convictions",
    publisher_in=Translation(
        es="Oficina de las Naciones Unidas contra la Droga y el Delito (UNODC)",
        pt="Escritório das Nações Unidas sobre Drogas e Crime (UNODC)",
        fr="Office des Nations Unies contre la drogue et le crime (ONUDC)",
    ),
    title_in=Translation(
        es="Trata de personas: víctimas detectadas, contacto formal, procesamientos y condenas",
        pt="Tráfico de pessoas: vítimas detectadas, contato formal, processos e condenações",
        fr="Traite des personnes\u202f: victimes détectées, contact formel, poursuites et "
        "condamnations",
    ),
    citation="UNODC, UNODC Research - Data Portal - Trafficking in Persons",
    licence=Words(
        en="No licence is stated in the file; United Nations terms of use apply",
        es="El archivo no indica licencia; rigen las condiciones de uso de las Naciones Unidas",
        pt="O arquivo não indica licença; valem os termos de uso das Nações Unidas",
        fr="Le fichier n’indique aucune licence\u202f; les conditions d’utilisation des "
        "Nations Unies s’appliquent",
    ),
    address="https://dataunodc.un.org/sites/dataunodc.un.org/files/data_glotip.xlsx",
    page="https://dataunodc.un.org/dp-trafficking-persons",
    cadence="every one to two years",
    cadence_days=730,
    coll_method="QUEST",
    time_basis="CY",
    def_scope="PALERMO",
    counted=Words(
        en="Persons, in the year in which the authority detected them as victims, brought them "
        "into formal contact, prosecuted or convicted them; for offences, recorded offences",
        es="Personas, en el año en que la autoridad las detectó como víctimas, tuvo contacto "
        "formal con ellas, las procesó o las condenó; para los delitos, delitos registrados",
        pt="Pessoas, no ano em que a autoridade as detectou como vítimas, teve contato formal "
        "com elas, as processou ou as condenou; no caso dos crimes, crimes registrados",
        fr="Personnes, l’année où l’autorité les a détectées comme victimes, a eu un contact "
        "formel avec elles, les a poursuivies ou condamnées\u202f; pour les infractions, "
        "infractions enregistrées",
    ),
    caveats=(
        "Figures show what authorities detect, not how much trafficking there is.",
        "'<5' stands for 0 to 4; the file prints no zero.",
        "A person may be counted in more than one form of exploitation.",
        "Counts of justice cover trafficking and related offences, and are not a cohort.",
        "Years are asked for as calendar years; some states report other twelve months.",
        "Repatriations until 2016 were reported by the state where the victim had been: those "
        "reported by states outside the OAS are not in the shipped figures.",
        "The release of 2025 prints tables of 2019 to 2022 under a neighbour's label (convicted by "
        "form, formal contact by sex and by age, prosecuted by age): they are kept out, and the "
        "release of 2023 stands in unless it could tell a hidden figure.",
        "Several rows on one cell are added up where both releases show that they are its parts.",
        "'<5' stands for states that did not report in columns that more states print than the "
        "year's total: these are kept out.",
    ),
    known_breaks=(
        Break(ref_area="CAN", indicator="OFF_RECORDED", time_period="2018",
              reason="CAN_FOUNDED_2018"),
        *(
            Break(
                ref_area="BRA", indicator=code, time_period="2017", reason="BRA_LAW_13344_2016"
            )
            for code in INDICATOR.values()
        ),
        Break(
            ref_area=None,
            indicator="VIC_REPATR",
            time_period=str(FIRST_YEAR_OF_ORIGIN),
            reason="REPATR_REPORTER_2017",
        ),
    ),
    layouts=(
        Layout(
            file="data_glotip.xlsx",
            sheet="data_glotip_1",
            title_rows=2,
            header=(
                "Iso3_code", "Country", "Region", "Subregion", "Indicator", "Dimension",
                "Category", "Sex", "Age", "Year", "Unit of measurement", "txtVALUE", "Source",
            ),
            minimum_rows=1_000,
        ),
    ),
    number_locale="en_US",
)  # fmt: skip


def tidy(file: File) -> Tidy:
    """The workbook as published, or a figure table made from it, in our codes.

    Raises FileRefusedError when the file is neither.
    """
    rows = Rows(file, SOURCE)
    raw = rows.raw
    sark = (raw["Iso3_code"] == "") & (raw["Country"] == "Sark")
    rows.set_aside(sark | raw["Iso3_code"].isin(_other_areas()), NOT_AN_OAS_STATE)
    rows.set_aside(raw["Category"].isin(OWN_TOTAL), "total_of_the_same_table")
    rows.reject(
        raw["Unit of measurement"] != "Counts",
        "unit_fits_the_indicator",
        "Unit of measurement",
        "not a count",
    )

    home, away = _home_and_away(rows)
    codes = {
        "ref_area": home,
        "indicator": rows.recode(("Indicator", "Dimension"), _indicator(), "indicator"),
        "time_period": raw["Year"].array,
        "sex": rows.recode("Sex", label_table(SEX, f"SEX {HERE}"), "sex"),
        "age": rows.recode("Age", label_table(AGE, f"AGE {HERE}"), "age"),
        "exploitation": rows.recode(("Dimension", "Category"), _form(), "exploitation"),
        "citizenship": rows.recode(("Dimension", "Category"), _citizenship(), "citizenship"),
        "counterpart_role": rows.recode("Dimension", _role, "counterpart_role"),
        "counterpart_area": away,
    }
    return rows.tidy(**codes, **_figure(rows, codes))


def _figure(rows: Rows, codes: dict[str, Any]) -> dict[str, pd.Categorical | np.ndarray]:
    """The printed figures; rows that repeat a cell are added up or kept out, as R1 to R3 say."""
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
                f"rows on one cell ({each.rule}): {each.why_not}",
            )
    for rule, remark in SUMMED.items():
        first = [each.lines[0] for each in readings if each.rule == rule and not each.why_not]
        rows.remark(rows.raw.index.isin(first), remark)
    return rows.add_up(figure, [each.lines for each in readings if not each.why_not])


def _home_and_away(rows: Rows) -> tuple[pd.Categorical, pd.Categorical]:
    """Whose statistic a row is, and the other state of a repatriation, whichever side reported."""
    known = label_table(_areas(), "the list of areas")
    reporter = rows.recode("Iso3_code", known, "ref_area")
    other = rows.recode(("Dimension", "Category"), _counterpart(), "ref_area")
    mirrored = _is_mirrored(rows.raw)
    unnamed = mirrored & (other == "_T")
    message = "names no state that took the victims back: nothing to do, UNODC does not say"
    rows.reject(unnamed, "labels_are_known", "Category", message)
    other[unnamed] = np.nan
    home, away = _swap(mirrored, reporter, other)
    rows.set_aside(mirrored & home.isin(_other_areas()), "returned_to_a_state_outside_the_oas")
    return home, away.set_categories(codelists.codes("area"))


def _areas() -> dict[str, str]:
    return {code: code for code in codelists.codes("area") if not code.startswith("_")}


def _other_areas() -> frozenset[str]:
    return (REGIONS | _areas().keys()) - set(codelists.oas_states())


def _indicator() -> Callable[[str, str], str]:
    known = label_table(INDICATOR, f"INDICATOR {HERE}")
    tables = {"Total", BY_FORM, BY_CITIZENSHIP, BY_REPATRIATION}

    def to_code(indicator: str, dimension: str) -> str:
        code = known(indicator)
        if dimension not in tables or (dimension == BY_REPATRIATION and code != "VIC_DETECT"):
            raise UnknownLabelError(
                "labels_are_known", f"unknown table '{dimension}' of '{indicator}': add it {HERE}"
            )
        return "VIC_REPATR" if dimension == BY_REPATRIATION else code

    return to_code


def _form() -> Callable[[str, str], str]:
    known = label_table(FORM, f"FORM {HERE}")
    return lambda dimension, category: known(category) if dimension == BY_FORM else "_T"


def _citizenship() -> Callable[[str, str], str]:
    known = label_table(*citizenship_spellings())
    return lambda dimension, category: known(category) if dimension == BY_CITIZENSHIP else "_T"


def _counterpart() -> Callable[[str, str], str]:
    known = label_table(*citizenship_spellings())
    states = _areas()

    def to_code(dimension: str, category: str) -> str:
        if dimension != BY_REPATRIATION:
            return "_Z"
        if category == "Abroad":
            return "_T"
        code = known(category)
        if code not in states:
            raise UnknownLabelError("labels_are_known", f"label '{category}' names no state")
        return code

    return to_code


def _role(dimension: str) -> str:
    return "REPAT" if dimension == BY_REPATRIATION else "_Z"


def _is_mirrored(raw: pd.DataFrame) -> np.ndarray:
    """Return whether the state that took its nationals back is the Category, not the Country."""
    early = per_category(raw["Year"], lambda year: year < str(FIRST_YEAR_OF_ORIGIN))
    return early & (raw["Dimension"] == BY_REPATRIATION).to_numpy()


def _swap(
    where: np.ndarray, one: pd.Categorical, other: pd.Categorical
) -> tuple[pd.Categorical, pd.Categorical]:
    """Exchanges two columns in some rows."""
    ones, others = one.codes, other.codes
    first = pd.Categorical.from_codes(np.where(where, others, ones), dtype=one.dtype)
    return first, pd.Categorical.from_codes(np.where(where, ones, others), dtype=one.dtype)
