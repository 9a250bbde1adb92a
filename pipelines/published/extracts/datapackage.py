"""Frictionless data package of what leaves for programs, releases, code lists and the standard.

`datapackage.json` describes the files beside and below it. Table schemas come from the contract and
from the descriptions in the warehouse; a column with codes of one list refers to that list.
"""

import csv
from pathlib import Path
from typing import Any, Final

import duckdb
import orjson

from pipelines.lib.digest import sha256_of
from pipelines.published import extract_paths
from pipelines.published.extracts import edition, standard_tables
from pipelines.published.extracts.queries import in_codes, query, read_query
from pipelines.published.extracts.state_json import AREAS
from pipelines.warehouse import declarations, named_views
from pipelines.warehouse.declarations import Declaration
from schemas import codelists
from schemas.observation import COLUMNS

Schema = dict[str, Any]

_RELEASE_KEY: Final = ["source", "release"]
_BEYOND_ITS_LIST: Final = "area"
"""Column of states that also has AMERICAS, which is no code of their list."""
_TYPES: Final = {
    "DOUBLE": "number", "BOOLEAN": "boolean", "BIGINT": "integer", "INTEGER": "integer",
}  # fmt: skip


def write(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Write `datapackage.json` into the folder with the files that it describes."""
    made = edition.read_edition(connection)
    package = {
        "profile": "data-package",
        "name": "tipstat",
        "title": "Trafficking-in-persons statistics of the Americas, harmonised",
        "description": "Each source has its own terms of use: see `sources` and releases.csv.",
        "version": made.version,
        "created": f"{made.day}T00:00:00Z",
        "keywords": ["trafficking in persons", "official statistics", "SDG 16.2.2", "Americas"],
        "licenses": [{"path": "releases.csv", "title": "The terms of each release"}],
        "sources": [
            {"title": f"{release['publisher']}: {release['title']}", "path": release["address"]}
            | {name: release[name] for name in (*_RELEASE_KEY, "licence", "citation")}
            for release in made.releases
        ],
        "resources": [
            *(
                _table(folder, extract_paths.csv(each), _published(connection, each))
                for each in declarations.leaving("csv")
            ),
            _table(folder, "releases.csv", _releases(connection)),
            *(
                _table(folder, f"codelists/{name}.csv", _code_list(folder, name))
                for name in codelists.NAMES
            ),
            *(_table(folder, path, _of_standard(path)) for path in extract_paths.STANDARD),
            *(_document(folder, extract_paths.json(area)) for area in AREAS),
        ],
    }
    text = orjson.dumps(package, option=orjson.OPT_APPEND_NEWLINE)
    (folder / "datapackage.json").write_bytes(text)


def _table(folder: Path, path: str, schema: Schema) -> dict[str, Any]:
    compression = {"compression": "gz"} if path.endswith(".gz") else {}
    return {
        "profile": "tabular-data-resource",
        "name": Path(path).name.partition(".")[0],
        "format": "csv",
        "mediatype": "text/csv",
        "schema": schema,
    } | compression | _content(folder, path)  # fmt: skip


def _document(folder: Path, path: str) -> dict[str, Any]:
    return {
        "profile": "data-resource",
        "name": Path(path).stem.lower(),
        "format": "json",
        "mediatype": "application/json",
    } | _content(folder, path)


def _content(folder: Path, path: str) -> dict[str, Any]:
    content = (folder / path).read_bytes()
    return {
        "path": path,
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{sha256_of(content)}",
    }


def _published(connection: duckdb.DuckDBPyConnection, declared: Declaration) -> Schema:
    """Return the schema of a published view or table; rows of the contract must satisfy it."""
    fields = _fields(connection, in_codes(connection, declared), (f"published.{declared.name}",))
    names = [field["name"] for field in fields]
    if COLUMNS.keys() <= {*names}:
        for field in fields:
            if column := COLUMNS.get(field["name"]):
                field["description"] = column.description
                # An empty cell can be a printed text, or an empty list.
                may_be_empty = column.nullable or column.is_list or field["name"] == "value_raw"
                field["constraints"] = {"required": not may_be_empty}
    keys: list[tuple[str | list[str], str, str | list[str]]] = []
    if {*_RELEASE_KEY} <= {*names}:
        keys.append((_RELEASE_KEY, "releases", _RELEASE_KEY))
    for name in names:
        lists = named_views.lists_of(name)
        if len(lists) == 1 and name != _BEYOND_ITS_LIST:
            keys.append((name, lists[0], "code"))
    return {
        "fields": fields,
        "primaryKey": list(declared.key),
        "foreignKeys": [
            {"fields": own, "reference": {"resource": resource, "fields": theirs}}
            for own, resource, theirs in keys
        ],
    }


def _releases(connection: duckdb.DuckDBPyConnection) -> Schema:
    release = read_query("release")
    made_from = ("main.source", "main.release")
    fields = _fields(connection, connection.sql(release.text), made_from, **release.fields)
    return {"fields": fields, "primaryKey": _RELEASE_KEY}


def _fields(
    connection: duckdb.DuckDBPyConnection,
    answer: duckdb.DuckDBPyRelation,
    made_from: tuple[str, ...],
    **more: str,
) -> list[dict[str, Any]]:
    """Return the columns of an answer, described by it or by the tables it is made from."""
    described = connection.execute(query("described")).fetchall()
    texts = {
        column: text for each in made_from for table, column, text in described if table == each
    } | more
    return [
        {"name": column, "type": _TYPES.get(str(kind), "string"), "description": texts[column]}
        for column, kind in zip(answer.columns, answer.types, strict=True)
    ]


def _code_list(folder: Path, name: str) -> Schema:
    with (folder / "codelists" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        columns = next(csv.reader(file))
    return {
        "fields": [
            {
                "name": column,
                "type": "boolean" if column in codelists.YES_OR_NO else "string",
                "description": codelists.describe(column),
            }
            for column in columns
        ],
        "primaryKey": "code",
    }


def _of_standard(path: str) -> Schema:
    """Return the columns of a table of the common standard."""
    name = Path(path).stem
    numbers = ("meaning", "place")
    return {
        "fields": [
            {
                "name": column,
                "type": "integer" if column in numbers else "string",
                "description": description,
            }
            for column, description in standard_tables.COLUMNS[name].items()
        ],
        "primaryKey": standard_tables.KEYS[name],
    }
