"""Rows as SDMX-CSV, 2.0 and 1.0."""

import io

import pyarrow as pa
import pyarrow.csv

from pipelines.published.extracts.sdmx.structure import AGENCY, Structures
from pipelines.serve.sdmx.series import Rows


def version_2(rows: Rows, structures: Structures) -> bytes:
    """Return SDMX-CSV 2.0; the rows of what was withdrawn have action D and a key alone."""
    count = rows.table.num_rows
    actions = ["D"] * rows.gone + ["R"] * (count - rows.gone)
    identity = f"{AGENCY}:{rows.flow.name}({structures.version})"
    return _csv(
        rows.table,
        STRUCTURE=["dataflow"] * count,
        STRUCTURE_ID=[identity] * count,
        ACTION=actions,
    )


def version_1(rows: Rows, structures: Structures) -> bytes:
    """Return SDMX-CSV 1.0."""
    identity = f"{AGENCY}:{rows.flow.name}({structures.version})"
    return _csv(rows.table, DATAFLOW=[identity] * rows.table.num_rows)


def _csv(table: pa.Table, **before: list[str]) -> bytes:
    columns = [pa.array(values, pa.string()) for values in before.values()]
    whole = pa.Table.from_arrays([*columns, *table.columns], names=[*before, *table.column_names])
    out = io.BytesIO()
    out.write(",".join(whole.column_names).encode() + b"\n")
    # pyarrow writes memory that is not its own for a chunk without rows.
    whole = whole.combine_chunks()
    options = pa.csv.WriteOptions(include_header=False, quoting_style="needed")
    pa.csv.write_csv(whole, out, options)
    return out.getvalue()
