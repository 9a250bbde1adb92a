"""Treaties against trafficking and forced labour: which states have joined, at each year's end.

Authorities: the Secretary-General of the United Nations, depositary of the Palermo Protocol
(Treaty Collection, chapter XVIII-12-a), and the International Labour Organization (NORMLEX) for
its Conventions 29, 105 and 182 and the Protocol of 2014 to Convention 29.
Counted: nothing; a flag says whether a state had ratified or acceded by 31 December. It is made
here from the date of that act, which the file holds: 1 from its year on, 0 in earlier years in
which the treaty existed (since 1990, the first year of the contract). The file names no
denunciation.
A state whose date was not found is missing in every year, never 0: "not found" is not "not a
party". So are those of which only the year is known (Panama 2016 and Mexico 2023, Protocol of
2014), and those that must have ratified Convention 182, since all members of the ILO had by 2020
(Cuba, Dominica, Grenada, Saint Kitts and Nevis).

The lists of the depositaries were not read themselves: the dates were compiled from copies of them,
and `copies_that_agree` says how many were compared. The ILO calls its acts ratifications; the kind
of act under the Palermo Protocol follows from whether the state had signed. Barbados' date under
the Protocol was worked out from its entry into force, 30 days later (article 17(2)). The date of
compilation stands for that of a release.
"""

from datetime import date
from typing import Final

import numpy as np
import pandas as pd

from pipelines.reader.rows import File, Rows, Tidy, label_table, same_codes
from schemas.columns import per_category
from schemas.observation import EARLIEST_YEAR
from schemas.source import Layout, Source, Translation, Words

HERE: Final = "in pipelines/sources/int_untc.py"
LAST_YEAR: Final = 2025
"""The last whole year before the dates were compiled; a newer compilation moves it."""

TREATY: Final = {
    "PALERMO": ("POL_PROTOCOL", "2000"),
    "ILO_C029": ("POL_ILO_C029", "1930"),
    "ILO_C105": ("POL_ILO_C105", "1957"),
    "ILO_C182": ("POL_ILO_C182", "1999"),
    "ILO_P029": ("POL_ILO_P029", "2014"),
}
"""Indicator of each treaty, and the year in which it was adopted."""

DATE: Final = "ratification_or_accession"
BY_THE_END_OF: Final = {
    f"{DATE} by the end of {year}": str(year) for year in range(int(EARLIEST_YEAR), LAST_YEAR + 1)
}
"""Columns that are made of the date, one a year."""

SOURCE: Final = Source(
    id="int_untc",
    publisher="United Nations Treaty Collection; International Labour Organization",
    title="Ratification of the Palermo Protocol and of the ILO’s forced labour treaties",
    publisher_in=Translation(
        es="Colección de Tratados de las Naciones Unidas; Organización Internacional del Trabajo",
        pt="Coleção de Tratados das Nações Unidas; Organização Internacional do Trabalho",
        fr="Collection des traités des Nations Unies\u202f; Organisation internationale du Travail",
    ),
    title_in=Translation(
        es="Ratificación del Protocolo de Palermo y de los tratados de la OIT sobre el trabajo "
        "forzoso",
        pt="Ratificação do Protocolo de Palermo e dos tratados da OIT sobre o trabalho forçado",
        fr="Ratification du Protocole de Palerme et des traités de l’OIT sur le travail forcé",
    ),
    citation="United Nations Treaty Collection, chapter XVIII-12-a; ILO, NORMLEX",
    licence=Words(
        en="Dates of public acts; United Nations and ILO terms of use apply to their lists",
        es="Fechas de actos públicos; las listas se rigen por las condiciones de uso de las "
        "Naciones Unidas y de la OIT",
        pt="Datas de atos públicos; às listas aplicam-se os termos de uso das Nações Unidas e da "
        "OIT",
        fr="Dates d’actes publics\u202f; les conditions d’utilisation des Nations Unies et de "
        "l’OIT s’appliquent à leurs listes",
    ),
    address="https://treaties.un.org",
    by_hand="Read the dates in chapter XVIII-12-a of the Treaty Collection and, by convention, in "
    "NORMLEX (normlex.ilo.org). Enter them into a CSV file with the columns treaty, iso3, "
    "signature, ratification_or_accession, kind, copies_that_agree and note.",
    page="https://treaties.un.org",
    cadence="whenever a state joins",
    cadence_days=365,
    coll_method="LEGALREV",
    time_basis="PIT",
    def_scope="PALERMO",
    counted=Words(
        en="Whether the state had ratified the treaty, or acceded to it, by 31 December, as copies "
        "of the depositaries’ lists say; the lists themselves were not read",
        es="Si el Estado había ratificado el tratado, o se había adherido a él, al 31 de "
        "diciembre, según copias de las listas de los depositarios; no se leyeron las listas "
        "mismas",
        pt="Se o Estado havia ratificado o tratado, ou a ele aderido, até 31 de dezembro, segundo "
        "cópias das listas dos depositários; as próprias listas não foram lidas",
        fr="Si l’État avait ratifié le traité, ou y avait adhéré, au 31 décembre, selon des copies "
        "des listes des dépositaires\u202f; les listes elles-mêmes n’ont pas été lues",
    ),
    caveats=(
        "The dates come from copies of the depositaries' lists, not from the lists themselves.",
        "A missing flag means that no date was found, never that the state is not a party.",
        "A flag begins with ratification or accession; the treaty binds the state later: the "
        "Palermo Protocol after 30 days, not before 25 December 2003, the ILO's after 12 months.",
        "A flag says nothing of whether the treaty is applied.",
        "Panama and Mexico have ratified the Protocol of 2014, in 2016 and 2023; without the day "
        "they are missing.",
        "All members of the ILO have ratified Convention 182 since 2020; states whose date was not "
        "found are missing.",
    ),
    layouts=(
        Layout(
            file="treaty_status.csv",
            header=("treaty", "iso3", "signature", DATE, "kind", "copies_that_agree", "note"),
            used=("treaty", "iso3", "signature", DATE, "kind", "copies_that_agree"),
            minimum_rows=175,
        ),
    ),
    number_locale="en_US",
    release_day="RETRIEVED",
)  # fmt: skip


def tidy(file: File) -> Tidy:
    """A flag for each treaty, state and year, from the dates on which states joined."""
    rows = Rows(file, SOURCE)
    flags = {column: _flags(rows.raw[DATE], year) for column, year in BY_THE_END_OF.items()}
    rows.raw = rows.raw.assign(**flags)
    rows.melt(BY_THE_END_OF, into="year", figure="flag")
    raw = rows.raw
    rows.set_aside(_is_before_the_treaty(raw), "before_the_treaty_was_adopted")
    unread = per_category(raw[DATE], lambda day: day != "" and _year(day) is None)
    rows.reject(
        unread,
        "figure_has_one_reading",
        DATE,
        "not a date written YYYY-MM-DD: enter the day, or nothing",
    )
    indicator = {treaty: code for treaty, (code, _) in TREATY.items()}
    return rows.tidy(
        ref_area=rows.recode("iso3", same_codes("area"), "ref_area"),
        indicator=rows.recode("treaty", label_table(indicator, f"TREATY {HERE}"), "indicator"),
        time_period=raw["year"].array,
        comment=rows.recode(("kind", DATE), _act, "comment"),
        **rows.figure("flag"),
    )


def _flags(joined: pd.Series, year: str) -> pd.Categorical:
    """Return whether states had joined by the end of a year; nothing where the day is not known."""
    return pd.Categorical(joined.map({day: _flag(day, year) for day in joined.cat.categories}))


def _flag(day: str, year: str) -> str:
    joined = _year(day)
    return "" if joined is None else "1" if joined <= int(year) else "0"


def _year(day: str) -> int | None:
    try:
        return date.fromisoformat(day).year
    except ValueError:
        return None


def _act(kind: str, day: str) -> str:
    return f"{kind} {day}" if day else "no date found"


def _is_before_the_treaty(raw: pd.DataFrame) -> np.ndarray:
    """Return whether each row is of a year before that of the treaty's adoption."""
    adopted = per_category(raw["treaty"], lambda label: TREATY.get(label, ("", ""))[1], "U4")
    return raw["year"].astype("str").to_numpy(dtype="U4") < adopted
