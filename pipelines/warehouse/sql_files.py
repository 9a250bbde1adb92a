"""Read the SQL files: one statement per file, described by the comments above it.

The first comment lines give the grain; `-- name: text` describes a column or, above a rule, its
severity, kind and title. Indented lines below continue the text. Lines with one of the names in
`DECLARED` say something of the file itself: `made_after` what must exist before it runs, `each` to
which published objects a check applies, the others what `declarations` reads.

`cell_key` stands for the columns that identify a cell across sources and releases: the statement
that is run, and shown in the warehouse, has them in its place.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Final

from pipelines.raw.findings import EVIDENCE
from schemas import observation, parameters

SQL: Final = Path(__file__).parent / "sql"
RULES: Final = Path(__file__).parent / "rules"
DECLARED: Final = frozenset(
    {"made_after", "each", "key", "terms", "extract", "extract_without", "disclosure"}
)
"""Names of the lines of a header that describe no column."""
_CELL_KEY: Final = re.compile(r"\bcell_key\b")
_FIELD: Final = re.compile(r"-- (\w+): (.+)")
_MAKES: Final = re.compile(r"^create (\w+)", re.MULTILINE)
_PARAMETERS: Final = re.compile(r"^create macro [\w.]+\((.+?)\)", re.MULTILINE)


@dataclass(frozen=True)
class SqlFile:
    """A statement and its description.

    Attributes:
        folder: its folder's name, which for views and tables is that of their schema.
        name: the file's name, which is the name of what it makes.
        text: the statement.
        grain: meaning of a row; for a rule, a remark.
        fields: descriptions of columns, or the header of a rule, by name.
        declared: what the header says of the file itself, by name.
    """

    folder: str
    name: str
    text: str
    grain: str
    fields: dict[str, str]
    declared: Mapping[str, str] = field(default_factory=dict)

    @property
    def makes(self) -> str:
        """Kind of object that the statement creates: view, table or macro."""
        [kind] = _MAKES.findall(self.text)
        return str(kind)

    @property
    def parameters(self) -> tuple[str, ...]:
        """Parameters of the macro that the statement creates; none of a view or table."""
        [listed] = _PARAMETERS.findall(self.text) or [""]
        return tuple(listed.split(", ")) if listed else ()


@cache
def read_sql_file(path: Path) -> SqlFile:
    """Read one SQL file; once in each process."""
    text = _CELL_KEY.sub(", ".join(observation.CELL), path.read_text(encoding="utf-8"))
    head = re.sub(r"\n--   ", " ", text).split("\n")
    comments = [line for line in head if line.startswith("-- ")]
    matches = {line: _FIELD.fullmatch(line) for line in comments}
    grain = " ".join(line[3:] for line, match in matches.items() if not match)
    fields = {match[1]: match[2] for match in matches.values() if match}
    declared = {name: fields.pop(name) for name in DECLARED & fields.keys()}
    kinds = " ".join(f"{code}: {kind['says']}." for code, kind in EVIDENCE.items())
    words = {
        name: parameters.fill(text).replace("{evidence}", kinds) for name, text in fields.items()
    }
    return SqlFile(path.parent.name, path.stem, text, parameters.fill(grain), words, declared)


def folder(*names: str) -> list[SqlFile]:
    """Return the files of some folders of `sql`, each after those that it mentions."""
    return [*_in_order(*(SQL / name for name in names))]


@cache
def _in_order(*folders: Path) -> tuple[SqlFile, ...]:
    files = {
        f"{file.folder}.{file.name}": file
        for folder in folders
        for file in map(read_sql_file, sorted(folder.glob("*.sql")))
    }
    named = re.compile(rf"\b(?:{'|'.join(folder.name for folder in folders)})\.\w+")
    said = {name: {*named.findall(re.sub("--.*", "", file.text))} for name, file in files.items()}
    mentions = {
        name: [other for other in files if other != name and other in said[name]] for name in files
    }
    return tuple(files[name] for name in TopologicalSorter(mentions).static_order())


def query(name: str) -> str:
    """Return the text of one of the queries behind reports."""
    return read_sql_file(SQL / "query" / f"{name}.sql").text


def rules() -> list[SqlFile]:
    """Return the cross-row rules, in the order of their file names."""
    return [read_sql_file(path) for path in sorted(RULES.glob("*.sql"))]
