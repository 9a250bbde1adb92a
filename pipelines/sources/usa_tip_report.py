"""Governments' own figures, as the US Department of State prints them in its yearly reports.

Authority: each state's government; the Department repeats its figures in the country pages of the
Trafficking in Persons Report, which has no table of them. They were read in those pages and typed
by hand, with the period and the unit that the sentence names.
Counted: what the sentence says: victims identified, potential victims, victims assisted,
investigations, prosecutions, convictions. Status (presumed, confirmed) is not told apart. Who
counted stands in the unit, "victims (Ministry of Interior)", and goes into the comment.
The scope is each state's law or practice. It is coded where it is known: Argentina and Mexico
punish the exploitation itself; Colombia, Guatemala and Paraguay need no means; Bolivia's one
agency conflates trafficking and smuggling (reports of 2018-2020); Brazil's investigations and
prosecutions are mostly of slave labour (Penal Code, art. 149). Else the report does not say it.

A report is a release, and a figure that a later report restates is a revision. Released on
5 June 2006, 27 July 2015, 30 June 2016, 27 June 2017, 28 June 2018, 20 June 2019, 25 June 2020,
1 July 2021, 19 July 2022, 15 June 2023.

Traps. Several agencies count the same year: figures that fall on one cell are all kept out, none
is chosen. Parts, stocks, single forms of help and minimums ("at least") are no totals. A year
without words ("identified 20 victims") was inferred by whoever typed it: YEAR_INFERRED in the
comment.
"Prosecutions" may be persons or cases. The reporting period, April to March, is nominal.

Pages and notes describe single victims, and UNODC hides counts under 5 of the same victims, zero
included. So fewer than 5 victims are hidden here too. Of the notes, which are separated by
semicolons, what splits a figure by sex, age, form or nationality is left out.
"""

import csv
import re
from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from pipelines.reader.rows import File, FileRefusedError, Rows, Tidy, UnknownLabelError, label_table
from schemas import codelists
from schemas.columns import per_category
from schemas.figure import FigureError, parse
from schemas.source import Break, Layout, Source, Translation, Words

STATES: Final = {code: code for code in codelists.oas_states()}
HERE: Final = "in pipelines/sources/usa_tip_report.py"
IDENTIFIED: Final = "victims identified"
POTENTIAL: Final = "potential victims"
ASSISTED: Final = "victims assisted"
INVESTIGATED: Final = "investigations opened"
CASES: Final = "cases prosecuted"
EITHER: Final = "persons prosecuted or cases prosecuted"

OF_VICTIMS: Final = frozenset({IDENTIFIED, POTENTIAL, ASSISTED})
FEWEST: Final = 5
"""Fewer victims are hidden."""

ABROAD: Final = "victims abroad"
LABOUR: Final = "DEM_LAB_FOUND"
"""Indicator of workers found in forced labour, who are not counted as victims."""

UNITS: Final = Path(__file__).with_name("usa_tip_report_units.csv")
"""What each unit counts, under its heading: an indicator, or the filter that sets it aside."""

AGE: Final = {
    "adult victims": "Y_GE18",
    "adult victims (URAVIT)": "Y_GE18",
    "child victims": "Y0T17",
}
BASIS: Final = {("01-01", "12-31"): "CY", ("04-01", "03-31"): "TIPR"}
SCOPE: Final = {
    "ARG": "EXPLOIT",
    "BOL": "SMUG_MIX",
    "COL": "NOMEANS",
    "GTM": "NOMEANS",
    "MEX": "EXPLOIT",
    "PRY": "NOMEANS",
}
UNREAD: Final = "the period was not read: look it up in the page, type it"
INFERRED: Final = "YEAR_INFERRED"
"""Code of the list `comparability_reason`, in the comment where the sentence names no year."""

OF_PERSONS: Final = re.compile(
    r"^\d{1,3}\b|\b(one|two|three|four|wom[ae]n|m[ae]n|girls?|boys?|child(ren)?|adults?|minors?"
    r"|(fe)?males?|sex(ual)?|labou?r|servitude|foreign|nationals?)\b",
    re.IGNORECASE,
)
"""A part of a note that splits a figure, down to single persons."""

SOURCE: Final = Source(
    id="usa_tip_report",
    publisher="US Department of State, for each government whose figures it prints",
    title="Trafficking in Persons Report: figures of governments in the country pages",
    publisher_in=Translation(
        es="Departamento de Estado de los Estados Unidos, para cada Gobierno cuyas cifras publica",
        pt="Departamento de Estado dos Estados Unidos, para cada governo cujos números publica",
        fr="Département d’État des États-Unis, pour chaque gouvernement dont il publie les "
        "chiffres",
    ),
    title_in=Translation(
        es="Informe sobre la Trata de Personas: cifras de los Gobiernos en las páginas de los "
        "países",
        pt="Relatório sobre Tráfico de Pessoas: números dos governos nas páginas dos países",
        fr="Rapport sur la traite des personnes\u202f: chiffres des gouvernements dans les "
        "pages des pays",
    ),
    citation="US Department of State, Trafficking in Persons Report",
    licence=Words(
        en="Public domain in the United States: a work of its government",
        es="Dominio público en los Estados Unidos: obra de su Gobierno",
        pt="Domínio público nos Estados Unidos: obra do seu governo",
        fr="Domaine public aux États-Unis\u202f: œuvre de leur gouvernement",
    ),
    address="https://www.state.gov/reports/",
    typed=True,
    by_hand="The report has no table. Read the pages of the states and type each figure of a "
    "government into a CSV file, one for each report, with the columns "
    "iso3, indicator, count_unit, period_label, period_start, period_end, value, note, "
    "is_comparison, is_part, is_year_inferred, report_year and url (the page).",
    page="https://www.state.gov/reports/",
    cadence="every year, in June or July",
    cadence_days=365,
    coll_method="MULTI",
    time_basis="CY",
    def_scope="UNKNOWN",
    counted=Words(
        en="What the government reported: victims, investigations, persons or cases prosecuted, "
        "persons convicted, in a calendar year or in the report’s period",
        es="Lo que informó el Gobierno: víctimas, investigaciones, personas o casos procesados, "
        "personas condenadas, en un año calendario o en el período del informe",
        pt="O que o governo informou: vítimas, investigações, pessoas processadas ou processos "
        "instaurados, pessoas condenadas, em um ano civil ou no período do relatório",
        fr="Ce que le gouvernement a déclaré\u202f: victimes, enquêtes, personnes poursuivies ou "
        "affaires portées devant les tribunaux, personnes condamnées, dans une année civile ou "
        "dans la période du rapport",
    ),
    caveats=(
        "Figures of governments, repeated by a foreign one; who counted stands in the comment.",
        "Each government counts by its own definition: states must not be compared.",
        "The figures that could be read were typed by hand; prosecutions are thin, and Cuba, "
        "Dominica, Grenada and Saint Kitts and Nevis have none.",
        "Counts of fewer than 5 victims are hidden here, none included, since UNODC hides them.",
        "Where a sentence names no year, the calendar year before the report was inferred "
        "(YEAR_INFERRED in the comment); it may be the reporting period.",
        "The report of 2023 prints two figures of victims in Canada in 2021: 63 of the federal "
        "police and 382 of all police; both are kept out, and 63 stands from the report before.",
        "The victims in Brazil in 2020 are those of the Ministry of Health alone.",
        "Mexico’s nationals abroad in 2017 were victims of forced labour.",
    ),
    known_breaks=(
        Break(ref_area="ARG", indicator="VIC_DETECT", time_period="2021",
              reason="ARG_ENTITIES_2021"),
        Break(ref_area="BLZ", indicator="VIC_DETECT", time_period="2021",
              reason="BLZ_IDENTIFICATION_2021"),
        Break(ref_area="BRA", indicator="VIC_DETECT", time_period="2021",
              reason="BRA_HEALTH_2021"),
        Break(ref_area="CAN", indicator="VIC_DETECT", time_period="2018", reason="CAN_RCMP_2018"),
        Break(ref_area="MEX", indicator="VIC_DETECT", time_period="2022",
              reason="MEX_STATES_2022"),
        Break(ref_area="URY", indicator="VIC_DETECT", time_period="2021",
              reason="URY_CHILDREN_2021"),
        *(
            Break(ref_area="ECU", indicator=code, time_period="2018", reason="ECU_SCOPE_2018")
            for code in ("INV_OPENED", "CAS_PROSEC", "PER_CONVICT")
        ),
    ),
    layouts=(
        Layout(
            file="figures.csv",
            header=(
                "iso3", "indicator", "count_unit", "period_label", "period_start", "period_end",
                "value", "note", "is_comparison", "is_part", "is_year_inferred", "report_year",
                "url",
            ),
            minimum_rows=3,
        ),
    ),
    number_locale="en_US",
    adds_up=True,
)  # fmt: skip


def tidy(file: File) -> Tidy:
    """The figures of one report in our codes."""
    rows = Rows(file, SOURCE)
    if len(rows.raw["report_year"].cat.categories) > 1:
        raise FileRefusedError(f"{file.path}: several reports; give each a file of its own")
    rows.replace(_without_persons(rows.raw))
    raw = rows.raw
    _set_aside(rows)
    for flag in ("is_part", "is_year_inferred"):
        rows.reject(~raw[flag].isin({"0", "1"}), "labels_are_known", flag, "neither 0 nor 1")
    inferred = (raw["is_year_inferred"] == "1").to_numpy()
    rows.remark(inferred, INFERRED)
    period = ("period_start", "period_end")
    return rows.tidy(
        ref_area=rows.recode("iso3", label_table(STATES, "the list of areas"), "ref_area"),
        indicator=rows.recode(("indicator", "count_unit"), _indicator, "indicator"),
        time_basis=rows.recode(("period_label", *period), _basis, "time_basis"),
        time_period=rows.recode(period, _year, "time_period"),
        age=rows.recode("count_unit", lambda unit: AGE.get(unit, "_T"), "age"),
        def_scope=rows.recode(("iso3", "indicator", "count_unit"), _scope, "def_scope"),
        comment=pd.Categorical(_joined(raw, "count_unit", "note", "; ")),
        locator=pd.Series(_joined(raw, "url", "row", ", row "), dtype="str"),
        **rows.figure("value"),
    )


def _without_persons(raw: pd.DataFrame) -> pd.DataFrame:
    """The rows without what could name a person.

    That is small counts with their notes, which tell a count in words ("did not identify any"), and
    notes that split a figure.
    """
    hidden = raw["indicator"].isin(OF_VICTIMS) & per_category(raw["value"], _is_few)
    value = raw["value"].astype(str).where(~hidden, f"<{FEWEST}")
    note = pd.Series([_of_the_figure(note) for note in raw["note"]], index=raw.index)
    return raw.assign(value=value, note=note.where(~hidden, ""))


def _is_few(text: str) -> bool:
    try:
        value = parse(text.removeprefix("<"), SOURCE.number_locale).value
    except FigureError:
        return False
    return value is not None and 0 <= value < FEWEST + text.startswith("<")


def _of_the_figure(note: str) -> str:
    """What a note says of the figure itself; a bare heading such as `PART:` says nothing."""
    parts = [part.strip() for part in note.split(";")]
    said = [part for part in parts if part and part[-1] != ":" and _is_whole(part)]
    return "; ".join(part for part in said if not OF_PERSONS.search(part))


def _is_whole(part: str) -> bool:
    """Return whether a part is not cut out of the brackets of another."""
    return part.count("(") == part.count(")")


def _set_aside(rows: Rows) -> None:
    """Takes out what is no figure of a state, of a year, of all victims."""
    raw = rows.raw
    rows.set_aside(raw["iso3"] == "WHA", "region_not_a_state")
    rows.set_aside(raw["indicator"] == "legislation", "laws_are_not_counted_here")
    part = (raw["is_part"] == "1") & (raw["count_unit"] != ABROAD)
    rows.set_aside(part, "part_without_its_total")
    days = _days(raw["period_start"], raw["period_end"])
    rows.set_aside((days > 0) & ((days < 365) | (days > 366)), "period_is_not_a_year")
    for unit in _units():
        if unit["set_aside"]:
            here = raw["indicator"].isin({unit["heading"]}) | (not unit["heading"])
            rows.set_aside(here & (raw["count_unit"] == unit["unit"]), unit["set_aside"])


@cache
def _units() -> tuple[dict[str, str], ...]:
    """The rows of the table of units; a filter without a heading holds under every one."""
    with UNITS.open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def _days(starts: Iterable[str], ends: Iterable[str]) -> np.ndarray:
    """How long each period is; 0 where it was not read."""
    read = (_period(*both) for both in zip(starts, ends, strict=True))
    return np.array([(both[1] - both[0]).days + 1 if both else 0 for both in read])


def _period(start: str, end: str) -> tuple[date, date] | None:
    """The first and the last day of a period; None if it cannot be read, or ends before."""
    try:
        first, last = date.fromisoformat(start), date.fromisoformat(end)
    except ValueError:
        return None
    return (first, last) if first <= last else None


def _year(start: str, end: str) -> str:
    """The calendar year with most of a period's months, on a tie the later."""
    period = _period(start, end)
    if period is None:
        raise UnknownLabelError("labels_are_readable", UNREAD)
    first, last = period

    def months(year: int) -> int:
        begins = first.month if year == first.year else 1
        return (last.month if year == last.year else 12) - begins + 1

    return f"{max(range(first.year, last.year + 1), key=lambda year: (months(year), year))}"


def _basis(label: str, start: str, end: str) -> str:
    months = (start[5:], end[5:])
    if _period(start, end) is None:
        raise UnknownLabelError("labels_are_readable", UNREAD)
    if months in BASIS and (BASIS[months] == "TIPR") == label.startswith("reporting period"):
        return BASIS[months]
    raise UnknownLabelError(
        "labels_are_known", f"unknown kind of period '{label}': add it to BASIS {HERE}"
    )


def _indicator(heading: str, unit: str) -> str:
    for known in _units():
        if (known["heading"], known["unit"]) == (heading, unit) and known["indicator"]:
            return known["indicator"]
    if "[" in unit:
        raise UnknownLabelError(
            "labels_are_readable", f"'{unit}' was cut off: look it up in the page, type it"
        )
    if heading == EITHER and "prosecutions" in unit:
        raise UnknownLabelError(
            "labels_are_known", f"'{unit}': persons or cases? Look it up in the page"
        )
    raise UnknownLabelError(
        "labels_are_known", f"unknown unit '{unit}' of '{heading}': add it to {UNITS.name}"
    )


def _scope(state: str, heading: str, unit: str) -> str:
    if any(known["unit"] == unit and known["indicator"] == LABOUR for known in _units()):
        return "FORCEDLAB"
    if state == "BRA" and heading in {INVESTIGATED, CASES}:
        return "BROAD_SLAV"
    return "UNKNOWN" if unit == ABROAD else SCOPE.get(state, "UNKNOWN")


def _joined(raw: pd.DataFrame, one: str, other: str, sign: str) -> list[str]:
    """The texts of two columns, joined where both are there; without a compiler's reminder."""
    both = zip(raw[one].astype(str), raw[other].astype(str), strict=True)
    return [sign.join(filter(None, texts)).removesuffix(": check") for texts in both]
