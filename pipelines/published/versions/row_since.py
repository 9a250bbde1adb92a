"""Since when readers have each row of the SDMX flows: `main.row_since`, written at publication.

A client that keeps a copy asks for what changed after a day. What a row said before is read here
from the extracts of a version before, compared, and not kept: a checksum of a small figure would
give it away to whoever tries 1 to 4.

Two things of the versions before are needed, and either may be damaged: the moments, which the
newest version has of all before it, and the rows that readers see. A moment is taken over only if
it proves the row the same ever since; in doubt a row is new, so that a client gets too much rather
than too little. Where moments are lost the table says so, in a row of its own: who copied before
that is not told what went, and must copy all anew.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import duckdb
import orjson

from pipelines.lib import paths
from pipelines.published.extracts.sdmx import files, structure_json
from pipelines.published.versions import checksum, packed
from pipelines.published.versions.version import EXTRACTS, WAREHOUSE, folders, versions

_SDMX: Final = EXTRACTS / "sdmx"
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
        case
            when now.row is distinct from old.row then $moment
            when earlier.since <= $proven then earlier.since
            else $otherwise
        end,
        null
    from now
    left join old using (row_key)
    left join earlier
        on earlier.flow = $flow and earlier.row_key = now.row_key and earlier.until is null
    order by now.row_key
"""
_GONE: Final = """
    insert into main.row_since
    select
        $flow,
        row_key,
        coalesce(earlier.since, $moment),
        if(old.row is null, coalesce(earlier.until, $moment), $moment)
    from (from earlier where flow = $flow and row_key <> '') as earlier
    full join old using (row_key)
    anti join now using (row_key)
    order by row_key
"""
_COMPLETE: Final = "insert into main.row_since from earlier where flow = $flow and row_key = ''"
_LOST: Final = "insert into main.row_since values ($flow, '', $since, null)"


@dataclass(frozen=True)
class Before:
    """Knowledge of the versions before.

    Attributes:
        rows: the folder whose rows are compared; None if there is none.
        published: its moment of publication.
        are_newest: whether it is the newest version of all.
        moments: the folder of the newest version, whose moments are taken over; None if they are
            damaged.
    """

    rows: Path | None
    published: str
    are_newest: bool
    moments: Path | None


def write(made: Path, before: Before | None, moment: str) -> None:
    """Fill the table in the warehouse of a version that is about to be published.

    It stays empty in one without SDMX extracts, of which nobody can ask for rows.

    Args:
        made: the folder of that version.
        before: what is known of the versions before it; None if there are none.
        moment: the moment of publication, ISO 8601, UTC.
    """
    structure = made / _SDMX / files.STRUCTURE
    if not structure.is_file():
        return
    rows = before.rows if before else None
    surely = before.published if before and before.are_newest else moment
    with duckdb.connect(made / WAREHOUSE) as connection:
        connection.execute(_EARLIER)
        is_told = bool(before and before.moments and _read_earlier(connection, before.moments))
        proven = before.published if before and is_told else ""
        for flow in structure_json.read(orjson.loads(structure.read_bytes())).dataflows:
            key = ", ".join(f'"{each.id}"' for each in flow.of_role("dimension"))
            _read(connection, "now", flow.name, key, made)
            is_compared = rows is not None and _read(connection, "old", flow.name, key, rows)
            if not is_compared:
                connection.execute(_NONE)
            told = {"flow": flow.name, "moment": moment}
            connection.execute(_THERE, told | {"proven": proven, "otherwise": surely})
            connection.execute(_GONE, told)
            connection.execute(_COMPLETE, {"flow": flow.name})
            if before and not is_told:
                since = surely if is_compared else moment
                connection.execute(_LOST, {"flow": flow.name, "since": since})


def before() -> Before | None:
    """Return what is known: rows that readers see, or saw last, and moments of all versions.

    Readers may have been led back since the newest was published. A row that is the same in an
    older version, and by the newest has not changed since that one, was the same in all between.
    Of a version that readers saw and whose folder is gone since, nothing is known any more.
    """
    last = max((folder.name for folder in folders()), default="")
    seen = paths.current().resolve().name if paths.current().is_symlink() else last
    if not seen:
        return None
    known = versions()[::-1]
    as_seen = (each for each in known if each.id <= seen)
    rows = next((each for each in as_seen if checksum.is_as_published(each, _SDMX)), None)
    newest = next((each for each in known if each.id == last >= seen), None)
    is_sound = newest and checksum.is_as_published(newest, WAREHOUSE.parent)
    return Before(
        rows=rows.folder if rows else None,
        published=rows.published if rows else "",
        are_newest=rows is not None and rows == newest,
        moments=newest.folder if newest and is_sound else None,
    )


def _read_earlier(connection: duckdb.DuckDBPyConnection, folder: Path) -> bool:
    """Read the table of the version before; False if it tells nothing of its rows.

    So does one of an older tipstat, or of a run without SDMX extracts.
    """
    with (
        packed.unpacked(folder) as warehouse,
        duckdb.connect(warehouse, read_only=True) as other,
    ):
        try:
            rows = other.sql("from main.row_since").to_arrow_table()
        except duckdb.CatalogException:
            return False
    connection.register("taken", rows)
    connection.execute("insert into earlier by name from taken")
    connection.unregister("taken")
    return bool(rows.num_rows)


def _read(
    connection: duckdb.DuckDBPyConnection, name: str, flow: str, key: str, version: Path
) -> bool:
    """Read a flow of a version's extracts into a temporary table; False if it has no such flow."""
    statement = _READ.format(name=name, key=key, rows=files.ROWS)
    try:
        connection.execute(statement, [files.path(flow, version / _SDMX)])
    except (duckdb.IOException, duckdb.BinderException):  # an older tipstat published the version
        if name == "now":
            raise
        return False
    return True
