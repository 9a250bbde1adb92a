"""A warehouse of invented figures: the shipped one, emptied, with the observations of a test."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
from conftest import observations, suppressed
from warehouse_copies import follow_the_figures, renew

from pipelines.warehouse import sql_files
from pipelines.warehouse.database import insert
from schemas import codelists, parameters

Row = dict[str, object]
MISSING: Row = {"value": None, "lower": None, "upper": None, "obs_status": "O"}
"""What a source prints in place of a figure that it lacks."""


def cells(text: str) -> list[Row]:
    """Observations of a few words each, divided by semicolons: codes, then the figure.

    `100; F 60; SX 2011 <5; source=can_sdg -` are a total, women, a hidden figure of 2011 and one
    that is printed as missing. `BRA 2010: 7 . 9 200..300` are figures of the years from 2010 on, of
    which 2011 is not there. `{level_years - 1}` is worked out of the numbers of rules.
    """
    found = []
    for part in filter(str.strip, worked_out(text).split(";")):
        words, colon, figures = part.partition(":")
        *codes, last = words.split()
        row = dict(_coded(code) for code in codes)
        if not colon:
            found.append(_figure(last) | row)
            continue
        of_years = []
        for each in figures.split():
            first, _, end = each.partition("..")
            of_years += [str(n) for n in range(int(first), int(end) + 1)] if end else [each]
        found += [{"time_period": str(year), **_figure(each), **row}
                  for year, each in enumerate(of_years, int(last)) if each != "."]  # fmt: skip
    return found


def worked_out(text: str) -> str:
    """The text with what is in braces worked out; so a case stays at the number of its rule."""
    known = {code: parameters.number(code) for code in parameters.parameters()}
    known |= {code: int(value) for code, value in known.items() if value.is_integer()}
    return re.sub(r"\{(.+?)\}", lambda found: str(eval(found[1], {}, known)), text)


def _figure(text: str) -> Row:
    if text.startswith("<"):
        return suppressed(upper=int(text[1:]) - 1)
    return MISSING if text == "-" else {"value": float(text), "value_raw": text}


def _coded(word: str) -> tuple[str, object]:
    """Return dimension and code: those of area, sex, age, form, indicator and year are known."""
    name, _, code = word.rpartition("=")
    if word.isdecimal():
        name = "time_period"
    if name in ("lower", "upper"):
        return name, int(code)
    if name in ("flags", "obs_status"):
        return name, code.replace(",", ";")
    for each in ("sex", "age", "exploitation", "indicator"):
        if not name and code in codelists.codes(each) and code[:2] != "_U":
            name = each
    return name or "ref_area", code


def emptied(built: Path, folder: Path) -> Path:
    """A copy without figures, whose sources all release something on one day."""
    copy = folder / "emptied.duckdb"
    copy.write_bytes(built.read_bytes())
    with duckdb.connect(copy) as connection:
        for table in (
            "harmonised.observation", "quarantine", "finding", "rule_result", "rule_account",
        ):  # fmt: skip
            connection.execute(f"delete from {table}")
        # The newest whole release, and of UNODC the first: what updates it is no usual case.
        connection.execute(
            "delete from release where (source, release) in "
            "(('int_unodc_glotip', '2025-04-14'), ('int_unsd_sdg', '2026-10-08'))"
        )
        connection.execute(
            "update release set is_newest = true "
            "where (source, release) = ('int_unsd_sdg', '2019-06-30')"
        )
        connection.execute(
            "update release set release = '2025-01-01' where source <> 'ref_wpp' and is_newest"
        )
        renew(connection)
        follow_the_figures(connection)
    return copy


@contextmanager
def holding(connection: duckdb.DuckDBPyConnection, *rows: Row) -> Iterator[None]:
    """The warehouse with these observations, until the block ends."""
    frame = observations(*({"source": "int_unodc_glotip", **row} for row in rows))
    connection.execute("begin")
    try:
        insert(connection, "harmonised.observation", frame)
        yield
    finally:
        connection.execute("rollback")


def once_doubted(connection: duckdb.DuckDBPyConnection, sql: str, *rows: Row) -> list[tuple]:
    """The answer to a query about these observations when doubtful ones are marked."""
    with holding(connection, *rows):
        connection.execute(sql_files.query("doubt"))
        return connection.execute(sql).fetchall()
