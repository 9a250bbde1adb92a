"""Sums of Colombia's police cases that may be printed: the nation, and its departments."""

from collections.abc import Mapping, Sequence
from typing import Final

import pandas as pd

from pipelines.reader.rows import File, FileRefusedError
from pipelines.reader.suppression import parts, single

DECEMBER: Final = 12
SMUGGLING: Final = "188"
TRAFFICKING: Final = "188A + 188B"
ARTICLES: Final = {
    "188. TRAFICO DE MIGRANTES": SMUGGLING,
    "188 A.- TRATA DE PERSONAS": TRAFFICKING,
    "188 B.- ": TRAFFICKING,
}
"""Beginnings of the labels of articles, none of which begins another."""

Counts = Mapping[tuple[str, str], int]
"""Cases by year and articles, or by year and department."""


def figure_table(file: File, raw: pd.DataFrame, columns: Sequence[str], limit: int) -> pd.DataFrame:
    """Return what may be printed of the publisher's rows, as `printable` does.

    Raises:
        FileRefusedError: an article, a date or a number is not known.
    """
    text = raw.drop(columns="row").apply(lambda column: column.astype(str).str.strip())
    day = pd.to_datetime(text["FECHA HECHO"].str[:10], format="%m/%d/%Y", errors="coerce")
    cases = pd.to_numeric(text["CANTIDAD"], errors="coerce")
    if day.isna().any() or not ((cases > 0) & (cases % 1 == 0)).all():
        raise FileRefusedError(f"{file.path}: a row has no date or no number of cases")
    articles = text["DESCRIPCION CONDUCTA"].map(_articles)
    if articles.isna().any():
        label = text.loc[articles.isna(), "DESCRIPCION CONDUCTA"].iloc[0]
        raise FileRefusedError(f"{file.path}: unknown article '{label}'; add it to ARTICLES")
    counted = pd.DataFrame(
        {"year": day.dt.strftime("%Y"), "articles": articles, "department": text["COD_DEPTO"]}
    ).assign(cases=cases.astype(int))
    last = day.max()
    running = last.year + (last.month == DECEMBER)
    counted = counted[counted["year"] < str(running)]
    ours = counted[counted["articles"] == TRAFFICKING]
    return printable(
        counted.groupby(["year", "articles"])["cases"].sum().to_dict(),
        ours.groupby(["year", "department"])["cases"].sum().to_dict(),
        columns,
        limit,
    )


def _articles(label: str) -> str | None:
    return next((code for start, code in ARTICLES.items() if label.startswith(start)), None)


def printable(
    nation: Counts, departments: Counts, columns: Sequence[str], limit: int
) -> pd.DataFrame:
    """Return the figures that may be printed, a row each.

    `columns` are those of the table: year, department, articles and cases. Counts below `limit` are
    hidden, and others from which they could be worked out.
    """
    lines = []
    for (year, articles), total in sorted(nation.items()):
        lines.append((year, "", articles, single(total, limit)))
        if articles == TRAFFICKING:
            here = sorted(department for other, department in departments if other == year)
            texts = parts([departments[year, department] for department in here], total, limit)
            for department, text in zip(here, texts, strict=True):
                lines.append((year, department, articles, text))
    frame = pd.DataFrame(lines, columns=list(columns), dtype=str)
    return frame.assign(row=range(1, 1 + len(frame)))
