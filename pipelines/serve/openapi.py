"""`/openapi.json`: what may be asked, in OpenAPI 3.1, from the tables beside this module."""

import csv
import re
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

import orjson

from pipelines.serve import plain

_HERE: Final = Path(__file__).parent
_ABOUT: Final = (
    "Trafficking-in-persons statistics of the Americas, read-only. Every answer has the id of the "
    "version of the figures in the header Tipstat-Version. /api/v1 adds columns and never renames "
    "one; docs/api.md shows how to ask, and what SDMX offers."
)
_REFUSALS: Final = {
    "400": "The request is wrong; the reason says in what.",
    "404": "There is nothing at this address.",
    "406": "None of the formats that are asked for is offered.",
    "410": "The version is not kept, or was recalled.",
    "413": "Too much is asked for at once.",
    "501": "SDMX REST has it, this service does not offer it.",
    "503": "Busy, or nothing is published; Retry-After says when to ask again.",
}


def document(base_url: str) -> bytes:
    """Return the description, with the address of the service."""
    servers = [{"url": base_url}]
    return orjson.dumps({**_described(), "servers": servers}, option=orjson.OPT_INDENT_2)


@cache
def _described() -> dict[str, Any]:
    parameters = {}
    for row in _rows("openapi_parameter"):
        told = {key: row[key] for key in ("name", "example", "description")}
        values = {"enum": row["values"].split()} if row["values"] else {}
        parameters[row["name"]] = {**told, "schema": {"type": "string", **values}}
    return {
        "openapi": "3.1.0",
        "info": {"title": "tipstat", "version": version("tipstat"), "description": _ABOUT},
        "paths": {row["path"]: {"get": _get(row, parameters)} for row in _rows("openapi_path")},
        "components": {"responses": {code: {"description": _REFUSALS[code]} for code in _REFUSALS}},
    }


def _rows(name: str) -> list[dict[str, str]]:
    with (_HERE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _get(row: dict[str, str], parameters: dict[str, Any]) -> dict[str, Any]:
    """Return the description of a path: its parameters are those in braces, and of the table."""
    in_path = re.findall(r"{(\w+)}", row["path"])
    in_query = plain.TABLES.get(Path(row["path"]).stem, ()) if "{" not in row["path"] else ()
    answer = {"description": "The answer.", "content": {row["media"]: {}}}
    refusals = {
        code: {"$ref": f"#/components/responses/{code}"}
        for code in [*row["refusals"].split(), "503"]
    }
    return {
        "summary": row["summary"],
        "parameters": [
            *({**parameters[name], "in": "path", "required": True} for name in in_path),
            *({**parameters[name], "in": "query"} for name in in_query),
        ],
        "responses": {"200": answer, **refusals},
    }
