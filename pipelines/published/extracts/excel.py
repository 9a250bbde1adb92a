"""Excel extracts: one workbook per state of the OAS and language, `<language>/<ISO3>.xlsx`.

A state without figures has one too, with a note. A monthly series has one row with a column per
month: a row per month would make Mexico's workbook too large to read.
"""

from collections.abc import Callable, Iterator
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

import duckdb

from pipelines.published.extracts import edition, workbook
from pipelines.published.extracts.queries import query
from pipelines.published.extracts.workbook import Contents, Row, Table
from pipelines.published.i18n.extract_words import heading
from schemas import codelists

Rows = list[tuple[Any, ...]]


def write(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Write the workbooks into an existing folder, from a warehouse open for reading."""
    made = edition.read(connection)
    for language in codelists.LANGUAGES:
        (folder / language).mkdir()
        for area, contents in _contents(connection, language):
            workbook.write(folder / language / f"{area}.xlsx", contents, made)


def _contents(
    connection: duckdb.DuckDBPyConnection, language: str
) -> Iterator[tuple[str, Contents]]:
    """Yield the code of each state, and the contents of its workbook."""
    figures = _by_state(connection, query("word", language), {"months": False})
    cited = _by_state(connection, query("cited", language))
    months = _by_state(connection, query("month", language))
    definitions = _by_state(connection, query("definition", language))
    sources = _by_state(connection, query("workbook_source", language))
    for area, name in codelists.labels("area", language).items():
        if area in codelists.oas_states():
            yield (
                area,
                Contents(
                    area=name,
                    language=language,
                    figures=_figures(*figures(area)),
                    cited=_figures(*cited(area)),
                    months=_months(*months(area)),
                    definitions=_definitions(*definitions(area), language),
                    sources=sources(area),
                    monthly=sum(len(row[-2]) + len(row[-1]) for row in months(area)[1]),
                ),
            )


def _by_state(
    connection: duckdb.DuckDBPyConnection, sql: str, values: dict[str, object] | None = None
) -> Callable[[str], tuple[list[str], Rows]]:
    """Return a function from a state to its columns and rows.

    The first column of the answer is the state, and the rows are in its order.
    """
    answer = connection.execute(sql, values)
    _, *columns = (name for name, *_ in answer.description or ())
    groups = groupby(answer.fetchall(), key=itemgetter(0))
    rows = {area: [row[1:] for row in group] for area, group in groups}
    return lambda area: (columns, rows.get(area, []))


def _figures(columns: list[str], rows: Rows) -> Table:
    """Return one column of figures, with the printed text where a figure is suppressed."""
    value, period, suppressed = map(columns.index, ("value", "time_period", "printed"))
    table: list[Row] = []
    for row in rows:
        cells = list(row)
        printed = cells.pop(suppressed)
        cells[value] = cells[value] if printed is None else printed
        cells[period] = int(row[period]) if row[period].isdecimal() else row[period]
        table.append(cells)
    names = [name for name in columns if name != "printed"]
    return ["figure" if name == "value" else name for name in names], table


def _months(columns: list[str], rows: Rows) -> Table:
    """Return a row per series: the columns that name it, then a column per month."""
    cells = [figures | printed for *_, figures, printed in rows]
    months = sorted({month for each in cells for month in each})
    series = [
        (*row[:-2], *map(each.get, months)) for row, each in zip(rows, cells, strict=True)
    ]  # fmt: skip
    return [*columns[:-2], *months], series


def _definitions(columns: list[str], rows: Rows, language: str) -> Table:
    """Replace the name of each code's column by its heading in the sheet of figures."""
    return columns, [(heading(f"{row[0]}_name", language), *row[1:]) for row in rows]
