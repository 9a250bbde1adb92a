"""Data queries: rows of one flow, in the format asked for."""

from collections.abc import Mapping
from typing import Final

import duckdb
import pyarrow as pa

from pipelines.published.extracts.sdmx.structure import Structures
from pipelines.serve.message import Answer
from pipelines.serve.refusal import RefusedError
from pipelines.serve.sdmx import csv_data, flows, json_data, negotiation, periods, xml_data
from pipelines.serve.sdmx.addresses import Address, only_flow
from pipelines.serve.sdmx.filters import filters_of
from pipelines.serve.sdmx.selection import (
    PARAMETERS,
    PARAMETERS_1X,
    Selection,
    Statement,
    selection,
)
from pipelines.serve.sdmx.series import Rows

MOST_OBSERVATIONS: Final = 20_000
"""Observations in one answer in JSON or XML; SDMX-CSV has no such limit."""
_WRITERS: Final = {
    "csv": csv_data.version_2,
    "csv10": csv_data.version_1,
    "jsondata": json_data.written,
    "xml30": xml_data.specific_30,
    "xml21": xml_data.specific_21,
    "genericdata": xml_data.generic_21,
}


def respond(
    cursor: duckdb.DuckDBPyConnection, address: Address, accept: str, made: Structures
) -> Answer:
    """Answer a data query."""
    asked = address.parameters
    form = negotiation.chosen(
        accept, asked.get("format", ""), negotiation.DATA, is_1x=address.is_1x
    )
    address.refuse_unknown(PARAMETERS_1X if address.is_1x else PARAMETERS)
    address.refuse_unless("includeHistory", "false")
    address.refuse_unless("detail", "full", "dataonly")
    flow = only_flow(made.dataflows, address)
    filters = filters_of(flow, address.part(1 if address.is_1x else 4, "*"), address)
    is_csv = form in ("csv", "csv10")
    most = None if is_csv else MOST_OBSERVATIONS
    rows = _rows(cursor, selection(filters, asked), asked, most)
    if not rows.table.num_rows:
        raise RefusedError(404, "no observation matches")
    if most and rows.table.num_rows > most:
        raise RefusedError(
            413,
            f"more than {most} observations; ask for a key, limit and offset, or for SDMX-CSV: "
            "format=csv",
        )
    if rows.gone and form != "csv":
        raise RefusedError(
            501, "figures that were withdrawn are told in SDMX-CSV 2.0 alone: format=csv"
        )
    headers = {}
    if "asOf" in asked:
        headers["tipstat-as-of"] = f"releases until {periods.day(asked['asOf'])}"
    if is_csv:
        headers["content-disposition"] = f'attachment; filename="{flow.name}.csv"'
    return Answer(200, negotiation.DATA[form], _WRITERS[form](rows, made), headers)


def _rows(
    cursor: duckdb.DuckDBPyConnection, chosen: Selection, asked: Mapping[str, str], most: int | None
) -> Rows:
    """Return the rows that are asked for, and the keys of those that were withdrawn.

    Raises:
        RefusedError: a parameter cannot be read (400), is not offered (501), or there are more rows
            than `most` (413).
    """
    flow = chosen.flow
    if "updatedAfter" in asked:
        if "asOf" in asked:
            raise RefusedError(501, "asOf and updatedAfter together are not offered")
        changed = flows.changed_since(cursor, flow, periods.moment(asked["updatedAfter"]))
        gone = _read(cursor, chosen.of_keys(changed.gone))
        table = _read(cursor, chosen.of_rows(changed.present, most))
        whole = pa.concat_tables([gone, table], promote_options="default").select(chosen.columns)
        return Rows(flow, whole, chosen.is_flat, gone=gone.num_rows)
    if "asOf" not in asked:
        found = _read(cursor, chosen.of_rows(flows.table(flow), most, is_in_order=True))
        return Rows(flow, found, chosen.is_flat)
    known = flows.as_of(flow, periods.day(asked["asOf"]))
    cursor.execute("use version")  # the views of the warehouse name their own tables
    try:
        found = _read(cursor, chosen.of_rows(known, most))
        return Rows(flow, found, chosen.is_flat)
    finally:
        cursor.execute("use memory")


def _read(cursor: duckdb.DuckDBPyConnection, statement: Statement) -> pa.Table:
    text, values = statement
    return cursor.sql(text, params=values).to_arrow_table()
