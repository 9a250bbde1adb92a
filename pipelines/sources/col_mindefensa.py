"""Sums of Colombia's police cases that may be printed: the nation, and its departments."""

from collections.abc import Iterator, Mapping
from typing import Final

import pandas as pd

from pipelines.reader.rows import File, FileRefusedError
from pipelines.reader.suppression import named_parts, single

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


def lines(file: File, raw: pd.DataFrame, limit: int) -> Iterator[tuple[str, ...]]:
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
        limit,
    )


def _articles(label: str) -> str | None:
    return next((code for start, code in ARTICLES.items() if label.startswith(start)), None)


def printable(nation: Counts, departments: Counts, limit: int) -> Iterator[tuple[str, ...]]:
    """Yield year, department, articles and text of the figures that may be printed.

    Counts below `limit` are hidden, and others from which they could be worked out.
    """
    for (year, articles), total in sorted(nation.items()):
        yield year, "", articles, single(total, limit)
        if articles == TRAFFICKING:
            here = {name: departments[at, name] for at, name in sorted(departments) if at == year}
            for department, text in named_parts(here, total, limit):
                yield year, department, articles, text


def place(name: str, year: str, department: str, articles: str) -> str:
    """Return the locator of a figure: what was summed from the file of that name."""
    return f"summed from {name}: {year}, {department or 'all departments'}, {articles}"
