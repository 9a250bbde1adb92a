"""Builds the DuckDB file aside, checks it, and switches it in. The only writer of it.

A reader that has the file open keeps the version it opened; one that opens it later sees the new
one; a build that is killed leaves the old one, and its leavings are swept by the next.
"""

import os
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path

import duckdb
import pandas as pd
import pandera.pandas as pa

from pipelines import fingerprint, harmonise, manifest, sql_files
from pipelines.lock import alone
from pipelines.sources import discover
from schemas import codelists
from schemas.contract import CONTRACTS, Contract
from schemas.source import Source


class WarehouseError(Exception):
    """A new warehouse that may not be switched in; the previous one stays."""


def build(harmonised: Path, out: Path) -> Path:
    """Builds the warehouse from all releases in the manifest, and switches it in.

    Returns the path of the file.

    Raises:
        WarehouseError: a harmonised release is absent, or the new file does not add up.
    """
    out.parent.mkdir(parents=True, exist_ok=True)
    with alone(out.parent / ".lock"):
        for leaving in out.parent.glob("*.building*"):
            leaving.unlink()
        aside = out.with_suffix(".building")
        with duckdb.connect(aside) as connection:
            fill(connection, harmonised)
            _check(connection)
            connection.execute("checkpoint")
        _switch(aside, out)
    return out


def is_current(out: Path) -> bool:
    """Whether the file was made from just what there is now."""
    if not out.is_file():
        return False
    try:
        with duckdb.connect(out, read_only=True) as connection:
            made_from = connection.execute("select fingerprint from main.build").fetchone()
    except duckdb.Error:  # damaged, or of another age: it is to be built anew
        return False
    return made_from == (fingerprint.of_everything(),)


def fill(connection: duckdb.DuckDBPyConnection, harmonised: Path) -> None:
    """Makes every type, table, view and comment, and applies the rules."""
    for schema in ("harmonised", "published", "codelist"):
        connection.execute(f"create schema {schema}")
    _make_code_lists(connection)
    for contract in CONTRACTS.values():
        _make_contract_table(connection, contract)
    for file in sql_files.folder("table"):
        connection.execute(file.text)
        described = _contract_descriptions() | file.fields
        _comment(connection, "table", f"main.{file.name}", file.grain, described)
    for file in sql_files.folder("macro"):
        connection.execute(file.text)
    _load(connection, harmonised)
    for schema in ("harmonised", "published"):
        _make_views(connection, schema)
    _apply_rules(connection)


def _make_code_lists(connection: duckdb.DuckDBPyConnection) -> None:
    for name in codelists.NAMES:
        _insert(connection, f"codelist.{name}", codelists.load(name), create=True)
        described = {column: codelists.describe(column) for column in codelists.load(name)}
        _comment(
            connection, "table", f"codelist.{name}", f"Code list {name}: one row a code.", described
        )


def _make_contract_table(connection: duckdb.DuckDBPyConnection, contract: Contract) -> None:
    """The table of a contract, its coded columns as ENUM types made from the code lists."""
    columns = []
    for name, column in contract.schema.columns.items():
        columns.append(
            f"{name} {_type(connection, column)}{'' if column.nullable else ' not null'}"
        )
    connection.execute(f"create table {contract.table} ({', '.join(columns)})")
    described = {name: column.description for name, column in contract.schema.columns.items()}
    _comment(connection, "table", contract.table, contract.schema.description, described)


def _type(connection: duckdb.DuckDBPyConnection, column: pa.Column) -> str:
    lists = (column.metadata or {}).get("codelists")
    if not lists:
        return "double" if str(column.dtype) == "float64" else "varchar"
    name = "_".join(lists)
    codes = ", ".join(map(_quoted, codelists.dtype(*lists).categories))
    connection.execute(f"create type if not exists main.{name} as enum ({codes})")
    return name


def _load(connection: duckdb.DuckDBPyConnection, harmonised: Path) -> None:
    """Puts in the sources, the releases and what each release gave."""
    entries = manifest.entries()
    sources = [publication.source for publication in discover().values()]
    _insert(connection, "main.source", _source_frame(sources))
    _insert(connection, "main.series_break", _break_frame(sources))
    _insert(connection, "main.release", _release_frame(entries))
    build_frame = {"version": version("tipstat"), "fingerprint": fingerprint.of_everything()}
    _insert(connection, "main.build", pd.DataFrame([build_frame]))
    contract_of = {source.id: CONTRACTS[source.contract] for source in sources}
    for entry in entries:
        files = harmonise.files(harmonised, entry.source, entry.release)
        absent = [str(file) for file in files if not file.is_file()]
        if absent:
            raise WarehouseError(f"{absent[0]}: not there; run the whole graph with 'tipstat run'")
        tables = (contract_of[entry.source].table, "main.quarantine", "main.row_account")
        for table, file in zip(tables, files, strict=True):
            connection.execute(f"insert into {table} by name from read_parquet(?)", [str(file)])


def _source_frame(sources: list[Source]) -> pd.DataFrame:
    """One row per source, the columns of main.source."""
    described = [asdict(source) for source in sources]
    frame = pd.json_normalize(described, sep="_").rename(columns={"id": "source"})
    reading = frame.columns[frame.columns.str.startswith("layout_")]
    return frame.drop(columns=["header", "minimum_rows", "number_locale", "known_breaks", *reading])


def _break_frame(sources: list[Source]) -> pd.DataFrame:
    """One row per known break and state, the columns of main.series_break."""
    return pd.DataFrame(
        [
            {"source": source.id, **asdict(known), "ref_area": area}
            for source in sources
            for known in source.known_breaks
            for area in ([known.ref_area] if known.ref_area else codelists.oas_states())
        ]
    )


def _release_frame(entries: list[manifest.RawFile]) -> pd.DataFrame:
    """One row per line of the manifest, the columns of main.release."""
    frame = pd.DataFrame([asdict(entry) for entry in entries])
    newest = frame.groupby("source")["release"].transform("max")
    return frame.assign(is_newest=frame["release"] == newest)


def _make_views(connection: duckdb.DuckDBPyConnection, schema: str) -> None:
    described = _contract_descriptions()
    for file in sql_files.folder(schema):
        languages = codelists.LANGUAGES if "{language}" in file.name else ("",)
        for view in (file.for_language(language) for language in languages):
            connection.execute(view.text)
            described |= view.fields
            _comment(connection, "view", f"{schema}.{view.name}", view.grain, described)


def _contract_descriptions() -> dict[str, str]:
    """What the columns of the contracts hold, by name."""
    return {
        name: column.description
        for contract in CONTRACTS.values()
        for name, column in contract.schema.columns.items()
    }


def _apply_rules(connection: duckdb.DuckDBPyConnection) -> None:
    """Runs each cross-row rule; keeps the count of its verdicts and the failing cases."""
    kept = sql_files.folder("load")
    for rule in sql_files.rules():
        identity = rule.fields["id"]
        connection.execute(f"create or replace temp table verdict as {rule.text}")
        connection.execute(
            "insert into main.rule values (?, ?, ?, ?)",
            [identity, rule.fields["severity"], rule.fields["title"], rule.text],
        )
        for statement in kept:
            connection.execute(statement.text, {"rule": identity})


def _check(connection: duckdb.DuckDBPyConnection) -> None:
    """Refuses a file in which something was lost."""
    for check in sql_files.folder("check"):
        offending = connection.execute(check.text).fetchall()
        if offending:
            places = "; ".join(" ".join(map(str, row)) for row in offending[:5])
            raise WarehouseError(f"the new warehouse was not switched in: {check.grain} ({places})")


def _insert(
    connection: duckdb.DuckDBPyConnection, table: str, frame: pd.DataFrame, *, create: bool = False
) -> None:
    connection.register("incoming", frame)
    verb = f"create table {table} as" if create else f"insert into {table} by name"
    connection.execute(f"{verb} from incoming")
    connection.unregister("incoming")


def _comment(
    connection: duckdb.DuckDBPyConnection, kind: str, name: str, text: str, columns: dict[str, str]
) -> None:
    """Describes a table or view and those of its columns that `columns` knows."""
    connection.execute(f"comment on {kind} {name} is {_quoted(text)}")
    for column, *_ in connection.execute(f"describe {name}").fetchall():
        if column in columns:
            connection.execute(f'comment on column {name}."{column}" is {_quoted(columns[column])}')


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _switch(aside: Path, out: Path) -> None:
    """Makes the new file durable, then the current one, in one atomic step."""
    with aside.open("rb+") as file:
        os.fsync(file.fileno())
    aside.replace(out)
    folder = os.open(out.parent, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)
