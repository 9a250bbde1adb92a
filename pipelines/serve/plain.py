"""`/api/v1`: figures and sentences as plain CSV and JSON, for people without SDMX.

| table | a row is |
|---|---|
| `national.csv`, `.json` | the figure to cite of a state, indicator and year |
| `newest.csv`, `.json` | the newest figure to cite of a state and indicator |
| `sentences.csv`, `.json` | the answer to a question about a state, in words |

`state` and `indicator` take codes, joined by commas; `from` and `to` years; `lang` one of four
languages; `excel=1` makes a CSV file that Excel opens as it is: with a byte order mark, numbers in
the signs of the language, and no text that it would run as a formula. Columns are added, never
renamed.

`remarks` has codes joined by `;`, `remark_texts` a text for each, joined by ` | `: those of the
SDMX flow.
"""

import io
import re
from collections.abc import Mapping
from pathlib import Path
from threading import Lock
from typing import Final
from urllib.parse import parse_qsl

import duckdb
import orjson
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv

from pipelines.lib import csv_injection, did_you_mean
from pipelines.serve.message import Answer, Ask
from pipelines.serve.refusal import RefusedError

ROOT: Final = "/api/v1/"
LANGUAGES: Final = ("en", "es", "pt", "fr")
TABLES: Final[Mapping[str, tuple[str, ...]]] = {
    "national": ("state", "indicator", "from", "to", "lang", "excel"),
    "newest": ("state", "indicator", "lang", "excel"),
    "sentences": ("state", "lang", "excel"),
}
"""The parameters of each table."""
_FIGURES: Final = {
    "national": {
        "table": "national_series",
        "flow": "DF_NATIONAL",
        "own": "figure.citation_reason, figure.citation_reason_name",
    },
    "newest": {"table": "newest", "flow": "DF_NEWEST", "own": "figure.is_of_series"},
}
"""Of the tables of figures: what is published so, the SDMX flow, and columns of its own."""
_MAKING: Final = Lock()
_SQL: Final = Path(__file__).parent / "sql"
_DECIMAL: Final = {"en": ".", "es": ".", "pt": ",", "fr": ","}
"""Decimal signs, as in the extracts for spreadsheets."""
_YEAR: Final = re.compile(r"\d{4}")
_MOST: Final = 100
"""Codes in a parameter."""
_SHOWN: Final = 40
"""Letters of a wrong word that are repeated."""
_CODES: Final = {
    "state": "select code from version.codelist.area where is_oas union all select 'AMERICAS'",
    "indicator": "select code from version.codelist.indicator",
}
_CONDITIONS: Final = {
    "state": "list_contains(string_split($state, ','), state)",
    "indicator": "list_contains(string_split($indicator, ','), indicator)",
    "from": "year >= $from::integer",
    "to": "year <= $to::integer",
}


def respond(cursor: duckdb.DuckDBPyConnection, ask: Ask) -> Answer:
    """Answer a request for a table.

    Raises:
        RefusedError: there is no such table (404), parameter or value (400).
    """
    name, _, form = ask.path.removeprefix(ROOT).rpartition(".")
    if name not in TABLES or form not in ("csv", "json"):
        offered = ", ".join(f"{each}.csv, {each}.json" for each in TABLES)
        raise RefusedError(404, f"there are {offered}, codes/LIST.csv and states/STATE.json")
    asked = _parameters(name, ask.query)
    language = asked.pop("lang", "en")
    for_excel = asked.pop("excel", "") == "1"
    for parameter in asked.keys() & _CODES.keys():
        _refuse_unknown(cursor, parameter, asked[parameter].split(","))
    conditions = " and ".join(_CONDITIONS[each] for each in asked) or "true"
    sql = f"from memory.main.{name}_{language} where {conditions} order by rowid"
    _make(cursor, name, language)
    rows = cursor.sql(sql, params=asked).to_arrow_table()
    if form == "json":
        return Answer(200, "application/json", orjson.dumps(rows.to_pylist()))
    body = _spreadsheet(rows, _DECIMAL[language]) if for_excel else _csv(rows, ",")
    disposition = f'attachment; filename="tipstat_{name}.csv"'
    return Answer(200, "text/csv; charset=utf-8", body, {"content-disposition": disposition})


def _make(cursor: duckdb.DuckDBPyConnection, name: str, language: str) -> None:
    """Make a table in a language in memory, unless somebody has asked for it before."""
    with _MAKING:
        known = "select 1 from duckdb_tables() where database_name = 'memory' and table_name = ?"
        if cursor.execute(known, [f"{name}_{language}"]).fetchall():
            return
        figures = _FIGURES.get(name)
        file = _SQL / ("figures.sql" if figures else f"{name}.sql")
        text = file.read_text("utf-8").format(language=language, **(figures or {}))
        cursor.execute("use version")  # views and macros name tables of their own file
        cursor.execute(f"create table memory.main.{name}_{language} as {text}")


def _parameters(name: str, query: str) -> dict[str, str]:
    """Return the parameters of a request; refuse what is unknown, given twice or no value."""
    found: dict[str, str] = {}
    for parameter, value in parse_qsl(query, keep_blank_values=True):
        if parameter not in TABLES[name]:
            raise RefusedError(
                400, f"no parameter '{parameter[:_SHOWN]}'; there are {', '.join(TABLES[name])}"
            )
        if parameter in found:
            raise RefusedError(400, f"{parameter} is given twice; join codes by commas")
        found[parameter] = value if parameter == "lang" else value.upper()
    if found.get("lang", "en") not in LANGUAGES:
        raise RefusedError(400, f"lang is one of {', '.join(LANGUAGES)}")
    if found.get("excel", "1") not in ("0", "1"):
        raise RefusedError(400, "excel is 1, or is left out")
    for each in ("from", "to"):
        if each in found and not _YEAR.fullmatch(found[each]):
            raise RefusedError(400, f"{each} is a year, as in {each}=2015")
    return found


def _refuse_unknown(cursor: duckdb.DuckDBPyConnection, parameter: str, codes: list[str]) -> None:
    """Refuse codes that no row can have, and suggest one."""
    if len(codes) > _MOST:
        raise RefusedError(413, f"{parameter} has more than {_MOST} codes; leave it out to get all")
    known = {code for (code,) in cursor.execute(_CODES[parameter]).fetchall()}
    for code in codes:
        if code not in known:
            hint = did_you_mean.match(code[:_SHOWN], known)
            said = f"did you mean {hint}?" if hint else "see codes/area.csv, codes/indicator.csv"
            raise RefusedError(400, f"no {parameter} '{code[:_SHOWN]}'; {said}")


def _csv(rows: pa.Table, separator: str) -> bytes:
    out = io.BytesIO()
    pa_csv.write_csv(rows, out, pa_csv.WriteOptions(delimiter=separator))
    return out.getvalue()


def _spreadsheet(rows: pa.Table, decimal: str) -> bytes:
    """Return rows as Excel opens them: see `pipelines.published.extracts.delimited`.

    What is printed of an exact figure is the figure, since a publisher's comma, `1,757` or `79,0`,
    would be read as another number.
    """
    if "printed" in rows.column_names:
        exact = pc.and_(pc.is_valid(rows["printed"]), pc.is_valid(rows["value"]))
        number = pc.replace_substring(rows["value"].cast(pa.string()), ".", decimal)
        printed = pc.if_else(exact, number, rows["printed"])
        rows = rows.set_column(rows.column_names.index("printed"), "printed", printed)
    for place, column in enumerate(rows.columns):
        if pa.types.is_floating(column.type):
            changed = pc.replace_substring(column.cast(pa.string()), ".", decimal)
        elif pa.types.is_string(column.type):
            changed = pc.replace_substring_regex(
                column, csv_injection.FORMULA, csv_injection.GUARDED
            )
        else:
            continue
        rows = rows.set_column(place, rows.column_names[place], changed)
    return "\ufeff".encode() + _csv(rows, csv_injection.separator(decimal))
