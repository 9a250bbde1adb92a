"""Takes a figure that should never have been published out of what lies in data/.

Each step may be done twice: after a kill the same recall finishes what is left. A figure table, its
findings and corrections and its line in the manifest change together; the manifest first, so that a
table which does not fit it yet is told from one that was damaged.
"""

import hashlib
import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import duckdb
import pandas as pd

from pipelines.intake import raw_table
from pipelines.lib import paths
from pipelines.lib.atomic import replace_bytes
from pipelines.lib.digest import sha256
from pipelines.published.versions import version
from pipelines.published.versions.version import WAREHOUSE, Version
from pipelines.raw import corrections, findings, manifest, recalls
from pipelines.raw.findings import Finding, FindingsError
from pipelines.raw.manifest import RawFile
from pipelines.raw.recalls import CODES, RECALLED, Recall
from pipelines.reader.text_tables import ROW
from pipelines.warehouse import sql_files


class Change(NamedTuple):
    """Change to a figure table.

    Attributes:
        entry: its line in the manifest.
        renewed: the line after it.
        recalled: the figures that go.
        table: its rows after it.
        texts: the figures that still stood there.
    """

    entry: RawFile
    renewed: RawFile
    recalled: Sequence[Recall]
    table: pd.DataFrame
    texts: list[str]


def change(entry: RawFile, recalled: Sequence[Recall], found: pd.DataFrame) -> Change:
    """Return a figure table without the recalled figures; write nothing.

    Raises:
        ManifestError: the table is not what the manifest says.
    """
    header, *lines = raw_table.lines(entry.path)
    comments = {(each.row, each.column): each.comment for each in found.itertuples()}
    by_row = {line[header.index(ROW)]: line for line in lines}
    texts = []
    for _, row, column in (each.place for each in recalled):
        place = header.index(column)
        if by_row[row][place] != RECALLED:
            texts.append(by_row[row][place])
            _blank(by_row[row], place, comments[row, column])
    table = pd.DataFrame(lines, columns=pd.Index(header))
    renewed = replace(entry, sha256=hashlib.sha256(_content(table)).hexdigest())
    if renewed.sha256 != entry.sha256:
        manifest.verify(entry)
    return Change(entry, renewed, recalled, table, texts)


def _content(table: pd.DataFrame) -> bytes:
    rows = [[*table.columns], *table.to_numpy().tolist()]
    return raw_table.text(rows).encode()


def take_out(made: Change) -> None:
    """Writes a figure table, and what lies beside it, as they are without the figures."""
    _correct(made.recalled, made.table)
    _find_no_more(made)
    manifest.enter(made.renewed)
    replace_bytes(made.entry.path, _content(made.table))


def _blank(line: list[str], place: int, comment: str) -> None:
    """Takes a figure out of a row, and what of its remarks tells it."""
    text, line[place] = line[place], RECALLED
    for other, said in enumerate(line):
        if said and other != place and said in comment and recalls.tells(said, text):
            line[other] = RECALLED


def _correct(recalled: Sequence[Recall], table: pd.DataFrame) -> None:
    """Takes figures out of the corrections: those of their rows go, others count the rows left."""
    first = recalled[0]
    rows, columns = {each.row for each in recalled}, {each.column for each in recalled}
    kept = []
    for each in corrections.entries():
        here = (each.source, each.release) == (first.source, first.release)
        if not here or each.column not in columns:
            kept.append(each)
        elif not each.row and (left := int((table[each.column] == each.old).sum())):
            kept.append(replace(each, rows=left))
        elif each.row and each.row not in rows:
            kept.append(each)
    if kept != corrections.entries():
        corrections.write(kept)


def _find_no_more(made: Change) -> None:
    """Takes figures out of the findings, which are of the table as it is now."""
    entry, renewed = made.entry, made.renewed
    if not findings.path_of(entry).is_file():
        return
    try:
        found = [findings.examined(entry), *findings.of(entry)]
    except FindingsError:  # a recall that was killed has renewed them
        found = [findings.examined(renewed), *findings.of(renewed)]
    findings.write(renewed, [_without(each, made) for each in found])


def _without(finding: Finding, made: Change) -> Finding:
    told = finding.row and any(recalls.tells(finding.evidence, text) for text in made.texts)
    return replace(
        finding,
        evidence=RECALLED if told else finding.evidence,
        sha256=made.renewed.sha256 if finding.sha256 == made.entry.sha256 else finding.sha256,
    )


def copies(entries: Sequence[RawFile]) -> list[Path]:
    """The publishers' own files that are kept."""
    sought = {entry.publisher_sha256 for entry in entries}
    folders = (paths.fetched(), paths.inbox())
    files = [file for folder in folders for file in sorted(folder.rglob("*")) if file.is_file()]
    return [file for file in files if sha256(file) in sought]


def holding(recalled: Sequence[Recall]) -> list[Version]:
    """The versions that hold a figure that was recalled."""
    return [each for each in version.versions() if _holds(each, recalled)]


def _holds(kept: Version, recalled: Sequence[Recall]) -> bool:
    """Return whether a version has a cell otherwise than as recalled; yes if it cannot be read."""
    sought = pd.DataFrame(
        [(each.source, each.release, *each.cell) for each in recalled],
        columns=["source", "release", *CODES],
    )
    try:
        with duckdb.connect(kept.folder / WAREHOUSE, read_only=True) as connection:
            connection.register("sought", sought)
            [(count,)] = connection.execute(sql_files.query("recalled_but_held")).fetchall()
    except duckdb.Error:
        return True
    return bool(count)


def forget_runs() -> None:
    """Removes the history of runs, which shows figures; settings stay."""
    for each in paths.dagster_home().glob("*"):
        if each.name != "dagster.yaml":
            shutil.rmtree(each) if each.is_dir() else each.unlink()
