"""The remarks on figures to cite, as codes and in words of four languages."""

from collections import defaultdict
from typing import Any, Final

import duckdb
import pyarrow as pa

from pipelines.lib import arrow
from pipelines.warehouse import remarks
from pipelines.warehouse.rows import rows
from pipelines.words import interface_text
from schemas import codelists

BETWEEN: Final = " | "
"""What stands between texts: no text has it, so that a reader can split them."""
_KEY: Final = ("source", "ref_area", "indicator", "time_basis", "year")
_CITED: Final = """
    from published.remark
    where is_cited and may_be_passed_on(source) and may_be_passed_on(other_source)
    order by rank
"""


def register(connection: duckdb.DuckDBPyConnection) -> None:
    """Make a relation `said`: one row per figure to cite of which something is known.

    Columns: the key of the figure; `remarks`, codes of codelist.remark joined by `;`, the first to
    be said first; `remark_<language>`, a text for each code, joined by `BETWEEN`. A remark that
    rests on a figure which may not be passed on is left out.
    """
    found = defaultdict[tuple[Any, ...], list[remarks.Row]](list)
    for row in rows(connection, _CITED):
        found[tuple(row[name] for name in _KEY)].append(row)
    columns: dict[str, list[str]] = {
        name: [str(key[place]) for key in found] for place, name in enumerate(_KEY)
    }
    columns["remarks"] = [";".join(row["remark"] for row in its) for its in found.values()]
    for code in codelists.LANGUAGES:
        language = interface_text.language(code)
        sources = remarks.named_sources(connection, language)
        columns[f"remark_{code}"] = [
            BETWEEN.join(remarks.said(row, sources, language) for row in its)
            for its in found.values()
        ]
    said = {name: arrow.texts(values) for name, values in columns.items()}
    connection.register("said", pa.table(said | {"year": said["year"].cast(pa.int32())}))
