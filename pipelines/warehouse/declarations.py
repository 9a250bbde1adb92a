"""What the header of each published view or table declares, beside its grain and columns.

- `key`: the columns that identify a row.
- `terms`: the columns that name sources, whose terms say whether a row may be passed on; or `none`.
- `extract`: the forms in which rows leave, `csv`, `json`, `parquet`, `sdmx`, `workbook`;
  or `none`. CSV needs nothing else; Parquet has a file for each `source`, so the terms are that
  column; workbooks and SDMX have queries in `extracts/sql/`, the JSON of states has its own keys,
  so that no view leaves in it that `extracts/state_json.py` does not write.
- `extract_without`: columns that CSV and Parquet leave out; there may be no such line.
- `disclosure`: what is to be checked, one or several of these, joined by `;`

| disclosure | says |
|---|---|
| `repeats` | value and bounds are those of a figure |
| `repeats a as value` | the same, under other names |
| `derived` | single figures can be computed from it: the attack has to do so |
| `derived from a` | the same, and its value is empty where the figure at locator `a` is hidden |
| `selected` | its figures stand in other views, each of which is attacked |
| `aggregate` | counts, shares and medians of many figures |
| `none` | it has no figure, so no column of decimals |

Extracts, their descriptions, the page of data, the dictionary, the checks and the attack follow it.
"""

from dataclasses import dataclass
from functools import cache
from typing import Final

import duckdb

from pipelines.lib.errors import TipstatError
from pipelines.warehouse import sql_files
from pipelines.warehouse.sql_files import SqlFile

FORMS: Final = ("csv", "json", "parquet", "sdmx", "workbook")
IN_JSON: Final = ("answer", "newest", "remark", "sentence")
"""What the JSON of states is made from."""
CLASSES: Final = ("repeats", "derived", "selected", "aggregate")
_NEEDED: Final = ("key", "terms", "extract", "disclosure")
_NONE: Final = "none"


class UndeclaredError(TipstatError):
    """A published view or table that lacks a line of its header, or declares what is not so."""


@dataclass(frozen=True)
class Declaration:
    """Declarations of a published view or table.

    Attributes:
        file: its SQL file.
        key: the columns that identify a row.
        terms: the columns that name sources whose terms hold for a row, one or a list in each.
        forms: the forms in which its rows leave.
        left_out: columns that CSV and Parquet leave out.
        classes: what is to be checked of its figures, of `CLASSES`; empty if it has none.
        repeats: for each figure that a row repeats, the usual names of columns by theirs.
        derived_from: columns with the locators of figures without which a row has no value.
    """

    file: SqlFile
    key: tuple[str, ...]
    terms: tuple[str, ...]
    forms: tuple[str, ...]
    left_out: tuple[str, ...]
    classes: tuple[str, ...]
    repeats: tuple[dict[str, str], ...]
    derived_from: tuple[str, ...]

    @property
    def name(self) -> str:
        """Name, without its schema."""
        return self.file.name

    @property
    def meaning(self) -> str:
        """The first sentence of its grain: what a row is."""
        return self.file.grain.partition(". ")[0].removesuffix(".")

    def refuse_unless_true(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Compare it with the columns that were made.

        Raises:
            UndeclaredError: a column that is named is not there or one that is there is not
                described, or there are figures although none are declared.
        """
        made = connection.table(f"published.{self.name}")
        renamed = (name for names in self.repeats for name in names)
        for name in (*self.key, *self.terms, *self.left_out, *self.derived_from, *renamed):
            if name not in made.columns:
                raise _refused(self.file, f"there is no column '{name}', which the header names")
        if not self.classes and "DOUBLE" in map(str, made.types):
            raise _refused(self.file, "'-- disclosure: none', but a column has decimals")
        silent = connection.execute(
            "select column_name from duckdb_columns() where schema_name = 'published' "
            "and table_name = ? and comment is null",
            [self.name],
        ).fetchone()
        if silent:
            raise _refused(
                self.file, f"nothing describes its column '{silent[0]}': write a line "
                f"'-- {silent[0]}: ...' in the header",
            )  # fmt: skip


def columns(connection: duckdb.DuckDBPyConnection, name: str) -> list[str]:
    """Return the columns of a table or view, which is named with its schema.

    DuckDB has them in its catalogue; `describe` would plan the whole of a view again.
    """
    known = connection.execute(
        "select column_name from duckdb_columns() where schema_name = ? and table_name = ? "
        "order by column_index",
        name.split("."),
    )
    return [column for (column,) in known.fetchall()]


@cache
def every() -> tuple[Declaration, ...]:
    """Return the declarations of all that is published, by name.

    Raises:
        UndeclaredError: a header lacks a line, or has an unknown form or class.
    """
    files = sorted(sql_files.folder("published"), key=lambda file: file.name)
    return tuple(of(file) for file in files)


def leaving(form: str) -> list[Declaration]:
    """Return what leaves in a form."""
    return [each for each in every() if form in each.forms]


def of(file: SqlFile) -> Declaration:
    """Return what a file of sql/published declares.

    Raises:
        UndeclaredError: its header lacks a line, or has an unknown form or class.
    """
    for line in _NEEDED:
        if line not in file.declared:
            raise _refused(
                file, f"the header lacks the line '-- {line}: ...', without which nothing is "
                "published; pipelines/warehouse/declarations.py says what it may be",
            )  # fmt: skip
    clauses = [tuple(clause.split(" ", 1)) for clause in _split(file.declared["disclosure"], "; ")]
    forms, classes = _split(file.declared["extract"]), tuple(clause[0] for clause in clauses)
    for word, known in (*((each, FORMS) for each in forms), *((each, CLASSES) for each in classes)):
        if word not in known:
            raise _refused(file, f"'{word}' in its header is none of {', '.join(known)}")
    if "parquet" in forms and file.declared["terms"] != "source":
        raise _refused(file, "'parquet' needs '-- terms: source': it has a file for each source")
    if "json" in forms and file.name not in IN_JSON:
        raise _refused(
            file, "'json' in its header, but no file has it: write it in pipelines/published/"
            "extracts/state_json.py, and name it in IN_JSON of pipelines/warehouse/declarations.py",
        )  # fmt: skip
    about = [(clause[0], clause[1] if len(clause) > 1 else "") for clause in clauses]
    return Declaration(
        file=file,
        key=_split(file.declared["key"]),
        terms=_split(file.declared["terms"]),
        forms=forms,
        left_out=_split(file.declared.get("extract_without", _NONE)),
        classes=classes,
        repeats=tuple(
            dict(pair.partition(" as ")[::2] for pair in names.split(", ") if names)
            for word, names in about
            if word == "repeats"  # a as value, b as upper: the usual names by theirs
        ),
        derived_from=tuple(
            name
            for word, names in about
            if word == "derived" and names
            for name in _split(names.removeprefix("from "))
        ),
    )


def _split(text: str, separator: str = ", ") -> tuple[str, ...]:
    return () if text == _NONE else tuple(text.split(separator))


def _refused(file: SqlFile, why: str) -> UndeclaredError:
    return UndeclaredError(f"pipelines/warehouse/sql/published/{file.name}.sql: {why}")
