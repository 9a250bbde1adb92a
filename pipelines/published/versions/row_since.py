"""Since when readers have each row of the SDMX flows: `main.row_since`, written at publication.

A client that keeps a copy asks for what changed after a day. What a row said before is read here
from the extracts of the version before, compared, and not kept: a checksum of a small figure would
give it away to whoever tries 1 to 4.
"""

from pathlib import Path
from typing import Final

import duckdb
import orjson

from pipelines.published.extracts.sdmx import files, structure_json
from pipelines.published.versions.version import EXTRACTS, WAREHOUSE

_EARLIER: Final = "create temp table earlier as from main.row_since limit 0"
_READ: Final = """
    create or replace temp table {name} as
    select concat_ws('.', {key}) as row_key, to_json(listed)::varchar as row
    from ({rows}) as listed
"""
_NONE: Final = "create or replace temp table old as select '' as row_key, '' as row limit 0"
_THERE: Final = """
    insert into main.row_since
    select
        $flow,
        now.row_key,
        case when now.row = old.row then coalesce(earlier.since, $moment) else $moment end,
        null
    from now
    left join old using (row_key)
    left join earlier
        on earlier.flow = $flow and earlier.row_key = now.row_key and earlier.until is null
    order by now.row_key
"""
_GONE: Final = """
    insert into main.row_since
    select flow, row_key, since, coalesce(until, $moment)
    from earlier
    anti join main.row_since using (flow, row_key)
    order by flow, row_key
"""


def write(made: Path, before: Path | None, moment: str) -> None:
    """Fill the table in the warehouse of a version that is about to be published.

    It stays empty in one without SDMX extracts, of which nobody can ask for rows.

    Args:
        made: the folder of that version.
        before: the folder of the version that readers see; None if there is none.
        moment: the moment of publication, ISO 8601, UTC.
    """
    structure = made / EXTRACTS / "sdmx" / files.STRUCTURE
    if not structure.is_file():
        return
    message = orjson.loads(structure.read_bytes())
    with duckdb.connect(made / WAREHOUSE) as connection:
        connection.execute(_EARLIER)
        if before:
            _read_earlier(connection, before / WAREHOUSE)
        for flow in structure_json.read(message).dataflows:
            key = ", ".join(f'"{each.id}"' for each in flow.of_role("dimension"))
            _read(connection, "now", flow.name, key, made)
            if before is None or not _read(connection, "old", flow.name, key, before):
                connection.execute(_NONE)
            connection.execute(_THERE, {"flow": flow.name, "moment": moment})
        connection.execute(_GONE, {"moment": moment})


def _read_earlier(connection: duckdb.DuckDBPyConnection, warehouse: Path) -> None:
    """Take over the table of the version before; one of an older tipstat has none."""
    with duckdb.connect(warehouse, read_only=True) as other:
        try:
            rows = other.sql("from main.row_since").to_arrow_table()
        except duckdb.CatalogException:
            return
    connection.register("taken", rows)
    connection.execute("insert into earlier by name from taken")
    connection.unregister("taken")


def _read(
    connection: duckdb.DuckDBPyConnection, name: str, flow: str, key: str, version: Path
) -> bool:
    """Read a flow of a version's extracts into a temporary table; False if it has no such flow."""
    statement = _READ.format(name=name, key=key, rows=files.ROWS)
    try:
        connection.execute(statement, [files.path(flow, version / EXTRACTS / "sdmx")])
    except (duckdb.IOException, duckdb.BinderException):  # an older tipstat published the version
        if name == "now":
            raise
        return False
    return True
