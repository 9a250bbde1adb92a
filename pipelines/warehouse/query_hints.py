"""Suggest a name or a code for one in a query that does not exist."""

import re
from typing import Final

import duckdb

from pipelines.lib.did_you_mean import match
from pipelines.warehouse import sql_files
from schemas import codelists, rules

_NAME: Final = re.compile(r'"([^"]+)"')
_CODE: Final = re.compile(r"'([A-Z_][A-Z0-9_-]+)'")
_TWIN: Final = re.compile(r"Table with name (\w+)_(en|es|pt|fr) does not exist")
_FORMER: Final = {
    "withheld": "ask published.not_held where why = 'WITHHELD'",
    "withdrawn": "ask published.not_held where why = 'WITHDRAWN'",
    "justice": "ask published.headline where indicator in "
    "('PER_CONTACT', 'PER_PROSEC', 'PER_CONVICT'); docs/query-guide.md has them side by side",
    "comparability": "ask comparability and remarks of published.observation",
}
"""What is asked instead of views that there were until November 2026."""
_FORMER_VIEW: Final = re.compile(rf"Table with name ({'|'.join(_FORMER)}) does not exist")
_DUCKDBS_OWN: Final = re.compile(r'\W*Did you mean "([^"]+)"\?')
"""DuckDB's suggestion, which joins several names within one pair of quotes."""


def with_hint(connection: duckdb.DuckDBPyConnection, message: str) -> str:
    """Return the message of an error with the name nearest to the unknown one, if there is any.

    A view that there was until November 2026 is answered with the query that takes its place.
    """
    if named := _TWIN.search(message):
        start = message[: named.end()].rstrip(".!")
        return f"{start}; ask published.named('published.{named[1]}', '{named[2]}')"
    if former := _FORMER_VIEW.search(message):
        return f"{message[: former.end()]}; {_FORMER[former[1]]}"
    if "Candidate bindings" in message:
        return message
    names = {name for (name,) in connection.execute(sql_files.query("names")).fetchall()}
    if theirs := _DUCKDBS_OWN.search(message):
        message = message[: theirs.start()]
        near = []
        for word in theirs[1].split(" or "):  # with each schema that has it
            near += sorted(each for each in names if each.endswith(f".{word}")) or [word]
    else:
        likely = (match(word, names) for word in _NAME.findall(message) if word not in names)
        near = [*filter(None, likely)][:1]
    return message.rstrip(".!") + (f"; did you mean {' or '.join(near)}?" if near else "")


def of_codes(sql: str) -> list[str]:
    """Return a line for each quoted word that looks like a code and is in no code list."""
    known = {code for name in codelists.NAMES for code in codelists.codes(name)}
    known |= set(rules.ids().values())
    lines = []
    for word in dict.fromkeys(_CODE.findall(sql)):
        if word not in known:
            near = match(word, known)
            lines.append(
                f"no code '{word}'" + (f"; did you mean {near}?" if near else " in any list")
            )
    return lines
