"""The flows of a version in memory: a table each, their structures, and what changed when.

They are read from the version's own extracts, so that the service says what the files say.
"""

from pathlib import Path
from typing import Final, NamedTuple

import duckdb
import orjson

from pipelines.published.extracts.sdmx import files, flow_rows, structure_json
from pipelines.published.extracts.sdmx.structure import Flow, Structures
from pipelines.published.versions.version import EXTRACTS, VersionError
from pipelines.serve.refusal import RefusedError

_AS_OF_FLOW: Final = "DF_TIP"
_KNOWN: Final = """(
    select known.*, unit.count_unit, unit.unit_measure, release.provenance, [] as remarks
    from published.observation_as_of('{day}') as known
    join main.release using (source, release)
    join codelist.indicator as unit on unit.code = known.indicator
) as observation"""
"""The figures of what was known on a day; remarks are of today only."""
_DAYS: Final = """
    case
        when len("TIME_PERIOD") = 4 then make_date("TIME_PERIOD"::integer, 1, 1)
        when "TIME_PERIOD"[6] = 'Q' then
            make_date("TIME_PERIOD"[:4]::integer, 3 * "TIME_PERIOD"[7:]::integer - 2, 1)
        else ("TIME_PERIOD" || '-01')::date
    end as _first,
    last_day(
        _first + to_months(
            case when len("TIME_PERIOD") = 4 then 11 when "TIME_PERIOD"[6] = 'Q' then 2 else 0 end
        )
    ) as _last
"""
"""First and last day of a period."""


def _placed(rows: str, flow: Flow) -> str:
    """Return a query of rows with the days of their periods, and their place in the order of keys.

    The order is by twelve texts: worked out once, it costs a request nothing.
    """
    series = ", ".join(
        f'"{each.id}"' for each in flow.of_role("dimension") if each.id != "TIME_PERIOD"
    )
    return (
        f"select *, row_number() over (order by {series}, _first) as _place "  # noqa: S608
        f"from (select *, {_DAYS} from ({rows}))"
    )


class Changed(NamedTuple):
    """Rows of a flow since a moment: the added or changed, and keys of those that are gone."""

    present: str
    gone: str


def load(connection: duckdb.DuckDBPyConnection, version_folder: Path) -> Structures:
    """Make a table of each flow in memory; return the structures of the version.

    Raises:
        VersionError: the version was published by an older tipstat, without these extracts.
    """
    folder = version_folder / EXTRACTS / "sdmx"
    message = folder / files.STRUCTURE
    if not message.is_file():
        raise VersionError(
            f"{message}: not there, so that the service cannot answer; an older tipstat published "
            "this version: publish anew with 'tipstat run'"
        )
    made = structure_json.read(orjson.loads(message.read_bytes()))
    connection.execute("create schema memory.sdmx")
    reports = (folder / files.METADATA).read_text(encoding="utf-8")
    connection.execute("create table memory.sdmx.metadata as select ? as message", [reports])
    for flow in made.dataflows:
        connection.execute(
            f"create table {table(flow)} as {_placed(files.ROWS, flow)} order by _place",
            [files.path(flow.name, folder)],
        )
    known = (
        "select 1 from duckdb_tables() where (database_name, table_name) = ('version', 'row_since')"
    )
    if connection.execute(known).fetchall():
        connection.execute("create table memory.sdmx.row_since as from version.main.row_since")
    return made


def metadata(cursor: duckdb.DuckDBPyConnection) -> str:
    """Return the metadata message of the version: all reports."""
    [(message,)] = cursor.execute("select message from memory.sdmx.metadata").fetchall()
    return str(message)


def table(flow: Flow) -> str:
    """Return the relation of a flow's current rows, which are in the order of keys."""
    return f"memory.sdmx.{flow.name}"


def as_of(flow: Flow, day: str) -> str:
    """Return the relation of a flow as its publishers had it on a day, ISO 8601, which is valid.

    The views of the warehouse name their own tables, which a cursor finds after `use version`.

    Raises:
        RefusedError: the flow has no such past (501).
    """
    if flow.name != _AS_OF_FLOW:
        raise RefusedError(501, f"asOf is offered for {_AS_OF_FLOW} alone")
    return f"({_placed(flow_rows.rows(flow, _KNOWN.format(day=day)), flow)})"


def changed_since(cursor: duckdb.DuckDBPyConnection, flow: Flow, moment: str) -> Changed:
    """Return what tipstat published or withdrew after a moment, ISO 8601 in UTC, which is valid.

    Raises:
        RefusedError: the version does not know since when it has its rows, or not of that time
            (501).
    """
    if not cursor.execute(
        "select 1 from duckdb_tables() where (schema_name, table_name) = ('sdmx', 'row_since')"
    ).fetchall():
        raise RefusedError(501, "updatedAfter is not offered by this version")
    own = f"from memory.sdmx.row_since where flow = '{flow.name}'"
    lost = f"select since {own} and row_key = '' and since > '{moment}' order by since desc"
    if found := cursor.execute(lost).fetchone():
        raise RefusedError(
            501,
            f"what went before {found[0]} is not known any more; ask for all rows, without "
            "updatedAfter, in place of your copy",
        )
    dimensions = [f'"{each.id}"' for each in flow.of_role("dimension")]
    key = f"concat_ws('.', {', '.join(dimensions)})"
    parts = ", ".join(
        f"string_split(row_key, '.')[{place}] as {name}" for place, name in enumerate(dimensions, 1)
    )
    return Changed(
        f"(from {table(flow)} where {key} in (select row_key {own} and until is null "
        f"and since > '{moment}'))",
        f"(select *, {_DAYS} from (select {parts} {own} and until > '{moment}'))",  # noqa: S608
    )
