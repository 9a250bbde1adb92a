"""Sums of Peru's data base of trafficking that may be printed: the nation, and its departments.

A group of 86 rows of the file is a department and a month. Four in ten groups have one victim, so
that their rows together describe one person: they are summed and dropped, and no error shows them.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import pandas as pd

from pipelines.reader.rows import WITHHELD, File, FileRefusedError
from pipelines.reader.suppression import named_parts, parts, single

FIGURE: Final = "Valor"
LABEL: Final = "Denuncias por comisión"
Labels = tuple[str, ...]
"""Labels of the publisher whose persons are counted together."""

TOTAL: Final = ("F1_TOTAL",)
SEXUAL: Final = ("F1_EXPLOTACION SEXUAL",)
LABOUR: Final = ("F1_EXPLOTACION LABORAL", "F1_TRABAJOS Y SERVICIOS FORZADOS")
BEGGING: Final = ("F1_MENDICIDAD",)
SALE: Final = ("F1_VENTA DE NIÑOS",)
ORGANS: Final = ("F1_TRAFICO DE ORGANOS TEJIDO HUMANO",)
NOT_IDENTIFIED: Final = ("F1_NO IDENTIFICADO",)
FEMALE: Final = ("EF_SUB TOTAL",)
MALE: Final = ("EM_SUB TOTAL",)
CHILDREN: Final = tuple(
    f"{sex}_DE {band} AÑOS" for sex in ("EF", "EM") for band in ("0 A 5", "6 A 11", "12 A 17")
)
ADULTS: Final = tuple(
    f"{sex}_DE {band}"
    for sex in ("EF", "EM")
    for band in ("18 A 29 AÑOS", "30 A 59 AÑOS", "60 A MAS")
)
TABLES: Final[Mapping[str, Sequence[Labels]]] = {
    "sex": (FEMALE, MALE),
    "age": (CHILDREN, ADULTS),
    "exploitation": (SEXUAL, LABOUR, BEGGING, SALE, ORGANS, NOT_IDENTIFIED),
}
"""Parts of the national total, one dimension at a time."""

SHORT_TOTAL: Final = "EM_EF_TOTAL"
"""Label that falls short of the total in 2017; the sexes add up to F1_TOTAL."""

WHOLE_IN_JANUARY: Final = "2023"
"""Year whose figures are all entered under its first month."""

TELLS_HIDDEN: Final = ("2020", LABOUR)
"""Figure that reveals one which UNODC hides: it prints persons of one of the two labels."""

Counts = Mapping[tuple[str, str], int]
"""Persons by year and label, by year and month, or by year and department."""


def lines(file: File, raw: pd.DataFrame, limit: int) -> Iterator[tuple[str, ...]]:
    """Return what may be printed of the publisher's rows, as `printable` does.

    Raises:
        FileRefusedError: a label, month or figure is not known, or a year has no total; the
            message does not show the row.
    """
    text = raw.drop(columns="row").apply(lambda column: column.astype(str).str.strip())
    ours = text[text[LABEL].str.startswith(("F1_", "EF_", "EM_"))]
    known = {
        TOTAL[0],
        SHORT_TOTAL,
        *(label for table in TABLES.values() for label in sum(table, ())),
    }
    if unknown := {*ours[LABEL]} - known:
        raise FileRefusedError(f"{file.path}: unknown label '{min(unknown)}' in '{LABEL}'")
    persons = pd.to_numeric(ours[FIGURE], errors="coerce")
    if not ((persons >= 0) & (persons % 1 == 0)).all():
        raise FileRefusedError(f"{file.path}: '{FIGURE}' has what is no number of persons")
    counted = ours.replace(r"\.0$", "", regex=True).assign(persons=persons.astype(int))
    counted["CCDD"] = counted["CCDD"].str.zfill(2)
    totals = counted[counted[LABEL] == TOTAL[0]]
    if not counted["MES"].str.fullmatch(r"0?[1-9]|1[0-2]").all():
        raise FileRefusedError(f"{file.path}: 'MES' has what is no month")
    if without := {*counted["AÑO"]} - {*totals["AÑO"]}:
        raise FileRefusedError(f"{file.path}: no '{TOTAL[0]}' in '{min(without)}'")
    months, departments = _sums(totals, "MES"), _sums(totals, "CCDD")
    return printable(_sums(counted, LABEL), months, departments, limit)


def _sums(counted: pd.DataFrame, by: str) -> Counts:
    return counted.groupby(["AÑO", by])["persons"].sum().to_dict()


def printable(
    nation: Counts, months: Counts, departments: Counts, limit: int
) -> Iterator[tuple[str, ...]]:
    """Yield period, area, category and text of the printable figures of whole years and of months.

    Counts below `limit` are hidden, and others from which they could be worked out.
    """
    for year in sorted({year for year, _ in nation}):
        own = sorted({month for other, month in months if other == year}, key=int)
        if "12" in own or year == WHOLE_IN_JANUARY:
            yield from _year(year, nation, departments, limit)
        if year != WHOLE_IN_JANUARY:
            for month in own:
                count = single(months[year, month], limit)
                yield f"{year}-{month.zfill(2)}", "", TOTAL[0], count


def _year(
    year: str, nation: Counts, departments: Counts, limit: int
) -> Iterator[tuple[str, str, str, str]]:
    """Yield period, area, category and text of every figure of a year."""
    total = nation[year, TOTAL[0]]
    yield year, "", TOTAL[0], single(total, limit)
    for table in TABLES.values():
        counts = [sum(nation.get((year, label), 0) for label in labels) for labels in table]
        texts = parts(counts, total, limit) if any(counts) else [""] * len(counts)
        for labels, text in zip(table, texts, strict=True):
            shown = WITHHELD if (year, labels) == TELLS_HIDDEN else text
            yield year, "", " + ".join(labels), shown
    here = {area: departments[at, area] for at, area in sorted(departments) if at == year}
    yield from ((year, area, TOTAL[0], text) for area, text in named_parts(here, total, limit))


def place(name: str, period: str, area: str, category: str) -> str:
    """Return the locator of a figure: what was summed from the file of that name."""
    return f"summed from {name}: {period}, {f'CCDD {area}' if area else 'all'}, {category}"
