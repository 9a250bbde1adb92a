"""Write the figure table of a release: rows of the 35 states of the Americas, columns as printed.

A figure table is the part of a publisher's file that the project ships. Its first column, `row`, is
the row in that file, so that every figure can be traced; the text of every cell is unchanged.
"""

import csv
import io
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import pandas as pd

from pipelines.intake import examination
from pipelines.intake.printed_cells import printed_cells
from pipelines.lib.atomic import replace_bytes
from pipelines.lib.console import err, plain
from pipelines.lib.digest import sha256, sha256_of
from pipelines.raw import findings, manifest, recalls
from pipelines.reader.text_tables import COLUMN, ROW, ROWS
from pipelines.reader.tidy import NO_INDICATOR, NOT_AN_OAS_STATE
from pipelines.reader.unfinished import refuse_unfinished
from pipelines.sources import File, FileRefusedError, Publication, Tidy, added_column, too_short
from schemas.contract import CONTRACTS
from schemas.source import Source

_END: Final = "\r\n\0"
"""Line end while writing: Python before 3.13 quotes a cell only if it contains a sign of the line
end, and a reader would cut an unquoted cell at a lone \\r."""


def add_release(
    publication: Publication,
    file: Path,
    release: str,
    retrieved: str,
    obtained_from: str = "",
    *,
    address: str = "",
    name: str = "",
    partial: bool = False,
    provenance: str = "",
    by: str = manifest.UNATTENDED,
) -> manifest.RawFile:
    """Make the figure table of a publisher's file, examine the file, and enter it in the manifest.

    `release` is an ISO date, `retrieved` a date or a moment. The optional arguments are fields of
    the manifest, where they are not those of the source; a `partial` release updates its own cells.
    `by` is who looked at the figures and answers for them.

    Raises:
        FileRefusedError: the file is not in the source's format, or has no row that can be
            published, or the source is unfinished.
        ManifestError: the release has other figures or cells of another file, or is implausible.
    """
    source = publication.source
    refuse_unfinished(source)
    tidy = read_raw_table(publication, file, partial=partial)
    _refuse_without_figures(tidy, file)
    rows, text = figure_table(tidy, source.id)
    # A source whose releases have several tables has the table in the name of its files.
    tables = {layout.file for layout in source.layouts if not layout.is_partial}
    part = f"_{re.sub('[^a-z0-9]+', '_', file.stem.lower())}" if len(tables) > 1 else ""
    entry = manifest.RawFile(
        source=source.id,
        release=release,
        action=action(source, is_partial=partial or tidy.layout.is_partial),
        file=f"{source.id}/{release}{part}.csv",
        rows=str(rows),
        sha256=sha256_of(text),
        publisher=source.publisher,
        publisher_file=name or file.name,
        publisher_sha256=sha256(file),
        address=address or source.address,
        provenance=provenance or source.default_provenance,
        obtained_from=obtained_from or source.address,
        retrieved=retrieved,
        licence=source.licence.en,
        citation=f"{source.citation}, release of {release}",
        by=by,
    )
    return _enter(publication, tidy, text, entry, file)


def _refuse_without_figures(tidy: Tidy, file: Path) -> None:
    """Refuse a file of which every row is set aside or has a problem."""
    left = (tidy.set_aside == "").to_numpy(copy=True)
    left[tidy.problems["line"].to_numpy(dtype=int)] = False
    if not left.any():
        reasons = [*tidy.set_aside[tidy.set_aside != ""], *tidy.problems["rule"]]
        raise FileRefusedError(
            f"{file.name}: not one of its rows can be published "
            f"({', '.join(dict.fromkeys(reasons)) or 'it has none'}); "
            "'tipstat validate' names what is wrong with each"
        )


def action(source: Source, *, is_partial: bool) -> str:
    """Return the action of a release on those before it; a partial one only updates them."""
    return manifest.MERGE if is_partial else source.default_action


def _enter(
    publication: Publication, tidy: Tidy, text: str, entry: manifest.RawFile, file: Path
) -> manifest.RawFile:
    """Write the figure table and its findings, then the line of the manifest; return that.

    Warns of what was read otherwise than the layout has it.

    Raises:
        ManifestError: another file of the release gives one of its cells, or the release has other
            figures already.
    """
    manifest.refuse_invalid(entry)
    manifest.refuse_mixed(entry)
    for name in tidy.added:
        warning = added_column(name, publication.source)
        err.print(f"warning: {plain(file.name)}: {plain(warning)}")
    if tidy.cut:
        err.print(
            f"warning: {plain(file.name)}: {tidy.cut} labels held a count in brackets, which was "
            "cut: it may be a figure that the publisher hides; report it to the publisher"
        )
    if tidy.read_as:
        err.print(
            f"{plain(file.name)}: {tidy.read_as}, though its layout states {tidy.layout.encoding}"
        )
    cells = _cells(publication, tidy)
    for other in manifest.known(entry.source, entry.release):
        if other.file != entry.file and not cells.isdisjoint(
            _cells(publication, publication.entered(other))
        ):
            raise _here_already(other.path)
    content = text.encode()
    if entry.path.is_file() and entry.path.read_bytes() != content:
        raise _here_already(entry.path)
    entry.path.parent.mkdir(parents=True, exist_ok=True)
    replace_bytes(entry.path, content)
    found = examination.examine(publication, tidy, entry.release, entry.action, file)
    findings.write(entry, found)
    manifest.enter(entry)
    return entry


def _cells(publication: Publication, tidy: Tidy) -> set[tuple[str, ...]]:
    """Return the cells of a file that a release may give only once."""
    names = CONTRACTS[publication.source.contract].cell
    ours = tidy.rows.loc[(tidy.set_aside == "").to_numpy(), list(names)].dropna()
    return set(ours.astype("str").itertuples(index=False, name=None))


def _here_already(path: Path) -> manifest.ManifestError:
    return manifest.ManifestError(
        f"{path}: this release is here already, with other figures; enter a corrected file under a "
        "day of its own, or, if the other was entered by mistake, remove it and its line in the "
        "manifest"
    )


def same_figures(
    publication: Publication, file: Path, known: Sequence[manifest.RawFile]
) -> list[str]:
    """Return the releases with the same figure table as a publisher's file.

    Raises:
        FileRefusedError: the file is not in the source's format.
    """
    _, text = figure_table(read_raw_table(publication, file), publication.source.id)
    return [entry.release for entry in known if entry.sha256 == sha256_of(text)]


def read_raw_table(publication: Publication, file: Path, *, partial: bool = False) -> Tidy:
    """Return the rows of a publisher's file, in our codes; a partial one may have few.

    Raises:
        FileRefusedError: the file is not in the source's format.
    """
    tidy = publication.tidy(File(file))
    refusal = too_short(file, len(tidy.table), tidy.layout, publication.source)
    if refusal and not partial:
        raise FileRefusedError(refusal)
    return tidy


def figure_table(tidy: Tidy, source: str) -> tuple[int, str]:
    """Return the figure table of the rows of a file: the number of its rows, and its text.

    Each figure that was recalled from the source is replaced by a mark.
    """
    not_ours = tidy.set_aside.isin([NOT_AN_OAS_STATE, NO_INDICATOR]).to_numpy()
    table = tidy.table
    if recalled := recalls.cells(source):
        cells = pd.MultiIndex.from_frame(printed_cells(tidy))
        here = cells.isin(recalled) & (tidy.raw[tidy.figure] != "").to_numpy()
        columns = tidy.raw[COLUMN] if COLUMN in tidy.raw else pd.Series(tidy.figure, tidy.raw.index)
        table = table.copy()
        for column, rows in tidy.raw.loc[here, ROW].groupby(columns[here].astype("str")):
            texts = table[column].astype("str")
            table[column] = texts.mask(table[ROW].isin(rows), recalls.RECALLED)
    ours = table[table[ROW].isin(tidy.raw.loc[~not_ours, ROW])]
    columns = [ROW, *([ROWS] if ROWS in ours else []), *tidy.layout.figure_columns]
    written = ours[columns].to_csv(index=False, lineterminator=_END)
    return len(ours), written.replace(_END, "\n")


def lines(path: Path) -> list[list[str]]:
    """Return the header and the rows of a figure table, as text.

    Raises:
        ManifestError: it is not CSV in UTF-8.
    """
    try:
        return [*csv.reader(io.StringIO(path.read_bytes().decode(), newline=""))]
    except (UnicodeDecodeError, csv.Error) as fault:
        raise manifest.ManifestError(
            f"{path}: not CSV in UTF-8 ({fault}); restore the file"
        ) from fault


def text(rows: Sequence[Sequence[str]]) -> str:
    """Return the text of a figure table with this header and these rows."""
    written = io.StringIO(newline="")
    csv.writer(written, lineterminator=_END).writerows(rows)
    return written.getvalue().replace(_END, "\n")
