"""Rows as SDMX-CSV, 2.0 and 1.0."""

import io
from array import array

import pyarrow as pa
import pyarrow.csv

from pipelines.published.extracts.sdmx.structure import AGENCY, Structures
from pipelines.serve.sdmx.series import Rows


def version_2(rows: Rows, structures: Structures) -> bytes:
    """Return SDMX-CSV 2.0; the rows of what was withdrawn have action D and a key alone."""
    count = rows.table.num_rows
    actions = pa.concat_arrays([_repeated("D", rows.gone), _repeated("R", count - rows.gone)])
    identity = f"{AGENCY}:{rows.flow.name}({structures.version})"
    return _csv(
        rows.table,
        STRUCTURE=_repeated("dataflow", count),
        STRUCTURE_ID=_repeated(identity, count),
        ACTION=actions,
    )


def version_1(rows: Rows, structures: Structures) -> bytes:
    """Return SDMX-CSV 1.0."""
    identity = f"{AGENCY}:{rows.flow.name}({structures.version})"
    return _csv(rows.table, DATAFLOW=_repeated(identity, rows.table.num_rows))


def _repeated(text: str, count: int) -> pa.Array:
    """Return a column of one text, from its bytes: pyarrow imports pandas to read a list."""
    content = text.encode()
    ends = array("i", range(0, len(content) * count + 1, len(content)))
    return pa.StringArray.from_buffers(count, pa.py_buffer(ends), pa.py_buffer(content * count))


def _csv(table: pa.Table, **before: pa.Array) -> bytes:
    names = [*before, *table.column_names]
    whole = pa.Table.from_arrays([*before.values(), *table.columns], names=names)
    out = io.BytesIO()
    # Without its header pyarrow 26 writes foreign memory for a first chunk without rows.
    options = pa.csv.WriteOptions(quoting_style="needed", quoting_header="none")
    pa.csv.write_csv(whole, out, options)
    return out.getvalue()
