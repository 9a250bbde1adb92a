"""Answer a query in SQL from the warehouse, and do nothing else.

The connection only reads, reaches no file and no network, loads nothing, and its settings are
locked: it is safe to run a query that somebody else wrote. Each query has a process of its own,
which the system stops at its limits, and a folder of its own for what does not fit into memory.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NamedTuple

import duckdb
import pyarrow as pa

from pipelines.lib import process_limits
from pipelines.lib.errors import TipstatError
from pipelines.warehouse import answers

SECONDS: Final = 60
LONGEST: Final = 24 * 60 * 60
"""Largest time limit of a query, in seconds."""
_MEMORY: Final = "1GB"
_SCRATCH: Final = "2GB"
_ADDRESSES: Final = 4 * 2**30
"""Address space of the query's process: DuckDB's share, the answer, the libraries."""
_LARGEST: Final = 2 * 2**30
"""The largest file that it may write: its answer, or what does not fit into memory."""

_LOCKED: Final = {
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "memory_limit": _MEMORY,
    "max_temp_directory_size": _SCRATCH,
    "lock_configuration": "true",
}
_EXPLAIN: Final = re.compile(
    r"\s*explain\b(\s+analyze\b)?(\s*\(\s*(analyze|format)\b[^)]*\))?", re.I
)
_LESS: Final = "ask for less: fewer rows or columns, a condition, a sum"
_LACKS_MEMORY: Final = re.compile("memory|alloc|too large|new thread|failed to map", re.I)
"""What libraries say in an error when they reach a limit of memory or of the size of a file."""
_NO_FORM: Final = re.compile(r"\b(BIT|INTERVAL|BIGNUM|UNION|TIME WITH TIME ZONE)\b")
"""Types that Arrow or Parquet cannot represent."""


class QueryError(TipstatError):
    """A query that is refused or cannot be answered, on one line."""


class QueryAnswer(NamedTuple):
    """An answer in a file.

    Attributes:
        rows: the number of its rows.
        file: the file; it is deleted when the block ends.
    """

    rows: int
    file: Path


@contextmanager
def ask(
    warehouse: Path, sql: str, form: str, width: int = 0, seconds: int = SECONDS
) -> Iterator[QueryAnswer]:
    """Yield the answer to one SELECT, DESCRIBE, SHOW, SUMMARIZE or EXPLAIN.

    A process with limits computes it and writes it in its form (see `answers.write`).

    Raises:
        QueryError: there is no warehouse, it is more or other than one such statement, the
            statement is wrong or reaches out of the warehouse, or it passes a limit.
    """
    with tempfile.TemporaryDirectory(prefix="tipstat-query-") as scratch:
        given = (str(warehouse.absolute()), scratch, str(seconds), form, str(width))
        command = [sys.executable, "-m", __name__, *given]
        try:
            ended = subprocess.run(  # noqa: S603  # our own interpreter, no shell
                command, input=sql, capture_output=True, text=True, timeout=seconds, check=False
            )
        except subprocess.TimeoutExpired:
            raise QueryError(
                f"not answered within {seconds} seconds; {_LESS}, or give it more with --timeout"
            ) from None
        if ended.returncode:
            last = (ended.stderr.strip().splitlines() or [""])[-1]
            if ended.returncode < 0 or _LACKS_MEMORY.search(last):
                raise QueryError(f"the answer passes the limits of memory ({_MEMORY}); {_LESS}")
            reason = last or f"exit code {ended.returncode}"
            raise QueryError(f"the query's process failed: {reason}")
        found = json.loads(ended.stdout)
        if isinstance(found, str):
            raise QueryError(found)
        yield QueryAnswer(found, _answer_in(scratch))


def answer(warehouse: Path, sql: str, scratch: str) -> pa.Table:
    """Return the answer from this process, without a time limit; `scratch` takes what spills.

    Raises:
        QueryError: see `ask`.
    """
    _refuse_absent(warehouse)
    try:
        with duckdb.connect(
            warehouse, read_only=True, config={**_LOCKED, "temp_directory": scratch}
        ) as connection:
            _refuse_all_but_reading(connection, sql)
            try:
                found = connection.sql(sql)
                if any(_NO_FORM.search(str(kind)) for kind in found.types):
                    columns = []
                    for at, (name, kind) in enumerate(zip(found.columns, found.types, strict=True)):
                        cast = "::varchar" if _NO_FORM.search(str(kind)) else ""
                        quoted = name.replace('"', '""')
                        columns.append(f'#{at + 1}{cast} as "{quoted}"')
                    found = found.project(", ".join(columns))
                return found.to_arrow_table()
            except (duckdb.CatalogException, duckdb.BinderException) as error:
                from pipelines.warehouse import query_hints  # only a wrong question needs them

                raise QueryError(query_hints.with_hint(connection, _line(error))) from error
    except duckdb.PermissionException as error:
        raise QueryError(
            f"refused: a query sees the warehouse, no files and no network ({_line(error)})"
        ) from error
    except (duckdb.OutOfMemoryException, MemoryError) as error:
        raise QueryError(
            f"needs more than {_MEMORY} of memory, or {_SCRATCH} of scratch space; {_LESS}"
        ) from error
    except duckdb.Error as error:
        raise QueryError(_line(error)) from error


def shell(warehouse: Path) -> list[str]:
    """Return the command that opens the warehouse in DuckDB's own shell, to read only.

    Raises:
        QueryError: there is no warehouse, or no such shell on this machine.
    """
    _refuse_absent(warehouse)
    program = shutil.which("duckdb")
    if program is None:
        raise QueryError(
            "DuckDB's shell is not installed (duckdb.org/docs/installation); ask one question with "
            "tipstat query 'select ...'"
        )
    return [program, "-readonly", "-safe", str(warehouse)]


def _refuse_absent(warehouse: Path) -> None:
    if not warehouse.is_file():
        raise QueryError(f"{warehouse}: no such file; make it with 'tipstat run'")


def _refuse_all_but_reading(connection: duckdb.DuckDBPyConnection, sql: str) -> None:
    statements = connection.extract_statements(sql)
    if len(statements) != 1:
        raise QueryError(f"refused: {len(statements)} statements; ask one question at a time")
    kind = statements[0].type
    if kind == duckdb.StatementType.EXPLAIN:
        explained = connection.extract_statements(_EXPLAIN.sub("", sql, count=1))
        if [each.type for each in explained] != [duckdb.StatementType.SELECT]:
            raise QueryError("refused: explain of another statement than select")
    elif kind != duckdb.StatementType.SELECT:
        word = statements[0].query.split()[0].upper()
        name = word if word.isalpha() else kind.name  # a comment may come first
        raise QueryError(f"refused: {name}; a query only reads: select, describe, show, explain")


def _line(error: Exception) -> str:
    """Return the message of an error without the place in the statement."""
    return " ".join(str(error).split("\n\n")[0].split())


def _answer_in(scratch: str) -> Path:
    return Path(scratch) / "answer"


def _main(warehouse: str, scratch: str, seconds: str, form: str, width: str) -> int | str:
    """Write the answer; return the number of its rows, or the reason why there is none."""
    processors = os.cpu_count() or 1
    most = int(seconds) * processors + 1  # should nobody be left to stop it
    process_limits.limit(_ADDRESSES, most, _LARGEST)
    try:
        found = answer(Path(warehouse), sys.stdin.read(), scratch)
    except QueryError as refusal:
        return str(refusal)
    answers.write(found, _answer_in(scratch), form, int(width))
    return len(found)


if __name__ == "__main__":
    sys.stdout.write(json.dumps(_main(*sys.argv[1:])))
