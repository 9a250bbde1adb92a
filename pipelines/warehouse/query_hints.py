"""Suggest a name or a code for one in a query that does not exist."""

import re
from typing import Final

import duckdb

from pipelines.lib.did_you_mean import match
from pipelines.warehouse import sql_files
from schemas import codelists, rules

_NAME: Final = re.compile(r'"([^"]+)"')
_CODE: Final = re.compile(r"'([A-Z_][A-Z0-9_-]+)'")
_DUCKDBS_OWN: Final = ("Did you mean", "Candidate bindings")


def of_error(connection: duckdb.DuckDBPyConnection, message: str) -> str:
    """Return the name nearest to the one in an error, "" where DuckDB itself proposes one."""
    if any(words in message for words in _DUCKDBS_OWN):
        return ""
    names = {name for (name,) in connection.execute(sql_files.query("names")).fetchall()}
    near = (match(word, names) for word in _NAME.findall(message) if word not in names)
    found = next(filter(None, near), None)
    return f"; did you mean {found}?" if found else ""


def of_codes(sql: str) -> list[str]:
    """Return a line for each quoted word that looks like a code and is in no code list."""
    known = {code for name in codelists.NAMES for code in codelists.codes(name)}
    known |= set(rules.ids().values())
    strange = [word for word in dict.fromkeys(_CODE.findall(sql)) if word not in known]
    return [_line(word, match(word, known)) for word in strange]


def _line(word: str, near: str | None) -> str:
    return f"no code '{word}'; did you mean {near}?" if near else f"no code '{word}' in any list"
