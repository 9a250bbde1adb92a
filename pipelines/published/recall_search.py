"""Find the printed figures of a cell in the figure tables, for a recall."""

from collections.abc import Mapping, Sequence
from typing import Final

import pandas as pd

from pipelines.intake import raw_table
from pipelines.intake.printed_cells import CELL, UNREAD, printed_cells
from pipelines.lib import paths
from pipelines.raw import findings, manifest, recalls
from pipelines.raw.findings import FindingsError
from pipelines.raw.manifest import RawFile
from pipelines.raw.recalls import CODES, RECALLED, RecallError
from pipelines.reader.rows import WITHHELD
from pipelines.reader.text_tables import COLUMN, ROW
from pipelines.sources import Publication

_TEXT: Final = "text"
_COMMENT: Final = "comment"
_COPIED: Final = "copied"


def figures_of(publication: Publication) -> pd.DataFrame:
    """Return every printed figure of a source.

    Columns: release, file, row, column, text, comment, codes.

    Raises:
        RecallError: the source has no counts of persons, or no release of it is here.
    """
    source = publication.source
    if source.contract != "observation":
        raise RecallError(f"{source.id}: holds no figures of persons; there is nothing to recall")
    tables = [_figures(publication, entry) for entry in manifest.entries(source.id)]
    if not tables:
        raise RecallError(f"{source.id}: no release of it is here, so there is nothing to recall")
    every = pd.concat(tables, ignore_index=True)
    return every[~every[_TEXT].isin(["", WITHHELD])]


def _figures(publication: Publication, entry: RawFile) -> pd.DataFrame:
    tidy = publication.entered(entry)
    named = {
        "release": entry.release,
        "file": entry.file,
        "row": tidy.raw[ROW].to_numpy(),
        "column": tidy.raw[COLUMN].to_numpy() if COLUMN in tidy.raw else tidy.figure,
        _TEXT: tidy.raw[tidy.figure].to_numpy(),
        _COMMENT: tidy.rows[_COMMENT].to_numpy(),
    }
    cells = printed_cells(tidy)
    found = pd.DataFrame(named, index=cells.index).astype("str")
    found = found.mask(found.isna() | (found == "nan"), "").join(cells)
    places = pd.MultiIndex.from_frame(found[["row", "column"]])
    return found.assign(**{_COPIED: places.isin(_copied(entry, set(found["column"])))})


def _copied(entry: RawFile, columns: set[str]) -> set[tuple[str, str]]:
    """Return the places, row and column, in which a detector found a copy."""
    try:
        found = findings.read_findings(entry)
    except FindingsError:  # a recall that was killed has renewed the table only
        return set()
    copies = [each for each in found if each.evidence in findings.SAME and not each.other_area]
    return {(each.row, column) for each in copies for column in columns
            if each.column in ("", column)}  # fmt: skip


def at(figures: pd.DataFrame, release: str, row: str, column: str) -> pd.DataFrame:
    """Return the figures, in every release, of the cell that one release prints in a row.

    Raises:
        RecallError: the row has no figure, or several.
    """
    here = (figures["release"] == release) & (figures["row"] == row)
    found = figures[here & (figures["column"] == column if column else True)]
    cells = found[list(CELL)].drop_duplicates()
    if cells.empty:
        raise RecallError(
            f"row {row} of {release} has no figure{f' in column {column}' if column else ''}; the "
            "column locator of published.observation names the row of each figure"
        )
    if len(cells) > 1:
        names = ", ".join((found["file"] + " " + found["column"]).unique())
        raise RecallError(
            f"row {row} of {release} prints {len(cells)} figures ({names}); name one as "
            "SOURCE/RELEASE/ROW/COLUMN, or by its codes"
        )
    is_known = all(cells[name].item() for name in CODES) or cells[UNREAD].item()
    return figures.merge(cells) if is_known else found


def of_codes(figures: pd.DataFrame, codes: Mapping[str, str]) -> pd.DataFrame:
    """Return the figures of a cell of the national tables, in every release.

    Raises:
        RecallError: there is none.
    """
    whole = {**codes, "counterpart_role": "_Z", "breakdown": "_T"}
    found = figures
    for name, code in whole.items():
        found = found[found[name] == code]
    if found.empty:
        cell = " ".join(code for code in codes.values() if code != "_T")
        raise RecallError(f"no figure of {cell} is here; look for it with 'tipstat query'")
    return found


def possible_copies(figures: pd.DataFrame, found: pd.DataFrame) -> list[str]:
    """Return the places of figures that may be those found, as RELEASE/ROW/COLUMN.

    They print the same text, and a label of one of the two could not be read, or a detector found
    one of the two to be a copy within the release.
    """
    placed = ["release", "file", "row", "column"]
    texts = found[~found[_TEXT].isin([RECALLED]) & ~found[_TEXT].str.startswith(("<", "≤"))]
    pairs = figures.merge(texts, on=[_TEXT, "ref_area"], suffixes=("", "_found"))
    may_agree = (pairs[UNREAD] != "") | (pairs[f"{UNREAD}_found"] != "")
    for name in (each for each in CODES if each != "ref_area"):
        here, there = pairs[name], pairs[f"{name}_found"]
        may_agree &= (here == there) | (here == "") | (there == "")
    may_copy = (pairs[_COPIED] | pairs[f"{_COPIED}_found"]) & (pairs["file"] == pairs["file_found"])
    others = pairs.loc[may_agree | may_copy, placed].drop_duplicates()
    left = others[~pd.MultiIndex.from_frame(others).isin(pd.MultiIndex.from_frame(found[placed]))]
    return [f"{each.release}/{each.row}/{each.column}" for each in left.itertuples()]


def refuse_unprinted(found: pd.DataFrame) -> None:
    """Refuse a figure that is no cell of a figure table."""
    for file, columns in found.groupby("file")["column"]:
        header, *_ = raw_table.lines(paths.raw() / str(file))
        if missing := sorted(set(columns) - set(header)):
            raise RecallError(
                f"{paths.raw() / str(file)}: '{missing[0]}' is worked out of other columns, not "
                "printed; correct these in data/corrections.csv"
            )


def refuse_telling(texts: Sequence[str], found: pd.DataFrame) -> None:
    """Refuse a record that would reveal the figure."""
    for figure in found[_TEXT]:
        if figure != RECALLED and any(recalls.contains_figure(text, figure) for text in texts):
            raise RecallError("the reason or the name holds the figure itself; leave it out")
