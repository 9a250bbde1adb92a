"""Statistics Canada, table 35-10-0177: incidents of trafficking that the police recorded.

Authority: Statistics Canada, from the Uniform Crime Reporting (UCR) Survey. At hand is a part of
the table, Alberta 2017 to 2021; the whole one has all violations in Canada, its provinces and
territories and their metropolitan areas, and is read by the same rules.
Counted: incidents, in the year in which the police recorded them, and their rate. They are not
victims. An incident counts under its most serious violation. Only violation 1525 is read, sections
279.01 to 279.03 of the Criminal Code. The Code wants an act and the purpose of exploitation but no
means, even for adult victims (Department of Justice, evidence to the Standing Committee on the
Status of Women, 44th Parliament, meeting 56): NOMEANS. The Code does not tell forms apart.

Persons charged have no indicator: PER_CONTACT is all suspects, of whom the police charge a part.
Nor have unfounded incidents and how incidents were cleared.
Military police belong to no province; from 2020 on they are in the figures of Canada, as a footnote
of the table says.
A sign stands beside a figure or in its place (Statistics Canada, Standard table symbols). A figure
that is suppressed (x) has no bounds, and the contract wants them: it goes to quarantine under V3,
and a sum of which it is a part is not known.
The copy at hand bears no date: the end of its last year stands for it.
"""

import re
from typing import Final

import numpy as np

from pipelines.reader.rows import (
    NO_INDICATOR,
    File,
    Rows,
    Tidy,
    UnknownLabelError,
    label_table,
    subdivision_spellings,
)
from schemas.columns import per_category
from schemas.source import Break, Layout, Source, Translation, Words

HERE: Final = "in pipelines/sources/can_statcan.py"
VIOLATION: Final = "Trafficking in persons [1525]"
INDICATOR: Final = {
    "Actual incidents": "INC_RECORDED",
    "Rate per 100,000 population": "INC_RECORDED_RATE",
}
UNIT: Final = {"INC_RECORDED": ("Number", "units"), "INC_RECORDED_RATE": ("Rate", "units")}
"""The unit that a figure must have, and what it is counted in."""

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
"""A city and its province, with a number that is not a province's two digits."""

MILITARY: Final = "Canadian Forces Military Police"

SIGNS: Final = {
    "": ("", ""),
    **dict.fromkeys("ABCD", ("", "")),
    "r": ("", "revised"),
    "p": ("P", "preliminary"),
    "E": ("U", "use with caution"),
    "F": ("U", "too unreliable to be published"),
    "0s": ("", "rounded to zero, but not zero"),
    ".": ("", "not available for any period"),
    "..": ("", "not available for this period"),
    "...": ("", "not applicable"),
    "x": ("Q", "suppressed by the publisher, without bounds: nothing can be said of it"),
}
"""What a sign says of a figure: a code of obs_status to be added, and words."""

SOURCE: Final = Source(
    id="can_statcan",
    publisher="Statistics Canada",
    title="Table 35-10-0177-01, Incident-based crime statistics, by detailed violations",
    publisher_in=Translation(
        es="Statistics Canada",
        pt="Statistics Canada",
        fr="Statistique Canada",
    ),
    title_in=Translation(
        es="Cuadro 35-10-0177-01, estadísticas de delitos basadas en incidentes, por infracción "
        "detallada",
        pt="Tabela 35-10-0177-01, estatísticas de crimes baseadas em ocorrências, por infração "
        "detalhada",
        fr="Tableau 35-10-0177-01, Statistiques des crimes fondés sur l’affaire, par "
        "infractions détaillées",
    ),
    citation="Statistics Canada, Table 35-10-0177-01",
    licence=Words(
        en="Statistics Canada Open Licence",
        es="Licencia abierta de Statistics Canada",
        pt="Licença aberta do Statistics Canada",
        fr="Licence ouverte de Statistique Canada",
    ),
    address="https://www150.statcan.gc.ca/t1/tbl1/en/tv.action?pid=3510017701",
    by_hand="On the page choose Download options, then the entire table as CSV. Unpack the zip "
    "file and add 35100177.csv, not the file of metadata beside it.",
    page="https://www150.statcan.gc.ca/t1/tbl1/en/tv.action?pid=3510017701",
    cadence="every year",
    cadence_days=365,
    coll_method="POLICE",
    time_basis="CY",
    release_day="ASSIGNED",
    def_scope="NOMEANS",
    counted=Words(
        en="Incidents, in the year in which the police recorded them, or those for each 100,000 "
        "inhabitants",
        es="Incidentes, en el año en que la policía los registró, o por cada 100\u202f000 "
        "habitantes",
        pt="Ocorrências, no ano em que a polícia as registrou, ou por 100 mil habitantes",
        fr="Affaires, l’année où la police les a enregistrées, ou pour 100\u202f000 habitants",
    ),
    caveats=(
        "Incidents, not victims: an incident may have several victims.",
        "An incident counts under its most serious violation, so trafficking beside a graver one "
        "is not in the figures.",
        "Trafficking across the border under the Immigration and Refugee Protection Act (violation "
        "6510) is not in them.",
        "The offence of the Criminal Code needs no means such as force or deceit, even for adult "
        "victims; the purpose is exploitation.",
        "Only Alberta, 2017 to 2021, is at hand, so no figure of Canada can be made of it.",
    ),
    known_breaks=tuple(
        Break(ref_area="CAN", indicator=code, time_period="2018", reason="CAN_FOUNDED_2018")
        for code in INDICATOR.values()
    ),
    layouts=(
        Layout(
            file="35100177.csv",
            header=(
                "REF_DATE", "GEO", "DGUID", "Violations", "Statistics", "UOM", "UOM_ID",
                "SCALAR_FACTOR", "SCALAR_ID", "VECTOR", "COORDINATE", "VALUE", "STATUS", "SYMBOL",
                "TERMINATED", "DECIMALS",
            ),
            used=(
                "REF_DATE", "GEO", "Violations", "Statistics", "UOM", "SCALAR_FACTOR", "VALUE",
                "STATUS", "SYMBOL",
            ),
            lines_with="Trafficking in persons",
            minimum_rows=10,
        ),
    ),
    number_locale="en_CA",
    nationwide=False,
)  # fmt: skip


def tidy(file: File) -> Tidy:
    """The incidents of each area and year and their rate, in our codes."""
    rows = Rows(file, SOURCE)
    raw = rows.raw
    rows.set_aside(raw["Statistics"].isin(NOT_TAKEN), NO_INDICATOR)
    in_a_province = per_category(raw["GEO"], METROPOLIS.fullmatch)
    rows.set_aside(in_a_province, "metropolitan_area_in_a_province")
    of_no_province = per_category(raw["GEO"], lambda area: area.startswith(MILITARY))
    rows.set_aside(of_no_province, "military_police_of_no_province")
    for column in ("STATUS", "SYMBOL"):
        _heed_signs(rows, column)
    spellings, place = subdivision_spellings("CAN")
    return rows.tidy(
        ref_area=rows.recode("GEO", label_table({"Canada": "CAN", **spellings}, place), "ref_area"),
        indicator=rows.recode(
            ("UOM", "SCALAR_FACTOR", "Violations", "Statistics"), _indicator, "indicator"
        ),
        time_period=raw["REF_DATE"].array,
        **rows.figure("VALUE"),
    )


def _heed_signs(rows: Rows, column: str) -> None:
    """Does to each row what the sign in a column says of its figure."""
    known = label_table({sign: sign for sign in SIGNS}, f"SIGNS {HERE}")
    signs = rows.recode(column, known, "comment")
    for sign, (status, words) in SIGNS.items():
        here = np.asarray(signs == sign)
        if status == "Q":
            rows.reject(here, "suppressed_figure_has_bounds", column, words)
        elif status:
            rows.mark(here, status)
        if words:
            rows.remark(here, words)


def _indicator(unit: str, scale: str, violation: str, statistic: str) -> str:
    if violation != VIOLATION:
        raise UnknownLabelError(
            "labels_are_known", f"unknown violation '{violation}': add it {HERE}"
        )
    code = label_table(INDICATOR, f"INDICATOR or NOT_TAKEN {HERE}")(statistic)
    if (unit, scale) != UNIT[code]:
        raise UnknownLabelError(
            "unit_fits_the_indicator", f"'{statistic}' in '{unit}', {scale}: not a known unit"
        )
    return code
