"""Recall a figure that should never have been published: remove it from data/.

Each step may be repeated: after a kill the same recall completes the rest. A figure table, its
findings, corrections and manifest line change together; the manifest line goes first, so that a
table which does not match it yet differs from a damaged one.

Versions that hold it are removed, not rebuilt: docs/decisions/protection.md says why.
"""

import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import duckdb
import pandas as pd

from pipelines.intake import raw_table
from pipelines.lib import paths
from pipelines.lib.atomic import replace_text
from pipelines.lib.digest import sha256, sha256_of
from pipelines.published.versions import packed, version
from pipelines.published.versions.version import Version, VersionError
from pipelines.raw import corrections, findings, manifest, recalls
from pipelines.raw.corrections import CELL
from pipelines.raw.findings import Finding, FindingsError
from pipelines.raw.manifest import RawFile
from pipelines.raw.recalls import CODES, RECALLED, Recall
from pipelines.reader.text_tables import ROW
from pipelines.warehouse import sql_files


class RecallChange(NamedTuple):
    """Change to a figure table."""

    entry: RawFile  # its line in the manifest
    renewed: RawFile  # the line after the change
    recalled: Sequence[Recall]  # the figures to remove
    table: pd.DataFrame  # its rows after the change
    texts: list[str]  # the figures that the change removes


def change(entry: RawFile, recalled: Sequence[Recall], found: pd.DataFrame) -> RecallChange:
    """Return a figure table without the recalled figures; write nothing.

    Raises:
        ManifestError: the table does not match the manifest.
    """
    header, *lines = raw_table.lines(entry.path)
    comments = {(each.row, each.column): each.comment for each in found.itertuples()}
    by_row = {line[header.index(ROW)]: line for line in lines}
    texts = []
    for _, row, column in (each.place for each in recalled):
        place = header.index(column)
        if by_row[row][place] != RECALLED:
            texts.append(by_row[row][place])
            line, comment = by_row[row], comments[row, column]
            text, line[place] = line[place], RECALLED
            for other, cell in enumerate(line):  # the remarks that reveal it
                is_told = other != place and cell and cell in comment
                if is_told and recalls.contains_figure(cell, text):
                    line[other] = RECALLED
    table = pd.DataFrame(lines, columns=pd.Index(header))
    renewed = replace(entry, sha256=sha256_of(_text(table)))
    if renewed.sha256 != entry.sha256:
        manifest.verify(entry)
    return RecallChange(entry, renewed, recalled, table, texts)


def _text(table: pd.DataFrame) -> str:
    return raw_table.text([[*table.columns], *table.to_numpy().tolist()])


def take_out(made: RecallChange) -> None:
    """Write a figure table, its corrections, findings and manifest line without the figures."""
    _correct(made.recalled)
    _renew_findings(made)
    manifest.enter(made.renewed)
    replace_text(made.entry.path, _text(made.table))


def _correct(recalled: Sequence[Recall]) -> None:
    """Remove the corrections of the recalled cells, which bear their figures."""
    cells = {(each.source, *(getattr(each, name) for name in CELL)) for each in recalled}
    known = corrections.entries()
    kept = [each for each in known if (each.source, *each.cell) not in cells]
    if kept != known:
        corrections.write(kept)


def _renew_findings(made: RecallChange) -> None:
    """Write the findings for the changed table, without evidence that reveals the figures."""
    entry, renewed = made.entry, made.renewed
    if not findings.path_of(entry).is_file():
        return
    try:
        found = [findings.examined(entry), *findings.read_findings(entry)]
    except FindingsError:  # a killed recall has renewed them
        found = [findings.examined(renewed), *findings.read_findings(renewed)]
    findings.write(renewed, [_without(each, made) for each in found])


def _without(finding: Finding, made: RecallChange) -> Finding:
    bounds = " ".join(map(str, (finding.least, finding.most)))
    if any(recalls.contains_figure(bounds, text) for text in made.texts):
        finding = replace(finding, evidence="RECALLED", least=None, most=None)
    is_of_table = finding.sha256 == made.entry.sha256
    return replace(finding, sha256=made.renewed.sha256 if is_of_table else finding.sha256)


def copies(entries: Sequence[RawFile]) -> list[Path]:
    """Return the copies of the publishers' own files."""
    sought = {entry.publisher_sha256 for entry in entries}
    folders = (paths.fetched(), paths.inbox())
    files = [file for folder in folders for file in sorted(folder.rglob("*")) if file.is_file()]
    return [file for file in files if sha256(file) in sought]


def holding(recalled: Sequence[Recall]) -> list[Version]:
    """Return the versions that hold a recalled figure."""
    return [each for each in version.versions() if _holds(each, recalled)]


def _holds(kept: Version, recalled: Sequence[Recall]) -> bool:
    """Return whether a version holds a recalled figure; True if it cannot be read."""
    sought = pd.DataFrame(
        [
            (each.source, each.release, each.row, each.column, *each.cell, each.unread)
            for each in recalled
        ],
        columns=["source", "release", "row", "column", *CODES, "unread"],
    )
    try:
        with (
            packed.unpacked(kept.folder) as file,
            duckdb.connect(file, read_only=True) as connection,
        ):
            connection.register("sought", sought)
            [(count,)] = connection.execute(sql_files.query("recalled_but_held")).fetchall()
    except (duckdb.Error, VersionError):
        return True
    return bool(count)


def forget_runs() -> None:
    """Remove the history of runs, which shows figures, but not the settings."""
    for each in paths.dagster_home().glob("*"):
        if each.name != "dagster.yaml":
            shutil.rmtree(each) if each.is_dir() else each.unlink()
