"""Find the printed figures of a cell in the figure tables, for a recall."""

from collections.abc import Mapping, Sequence
from typing import Final

import pandas as pd

from pipelines.intake import raw_table
from pipelines.lib import paths
from pipelines.raw import manifest, recalls
from pipelines.raw.manifest import RawFile
from pipelines.raw.recalls import CODES, RECALLED, RecallError
from pipelines.reader.reshape import COLUMN
from pipelines.reader.rows import WITHHELD
from pipelines.reader.text_tables import ROW
from pipelines.sources import File, Publication

_TEXT: Final = "text"
_COMMENT: Final = "comment"


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
        raise RecallError(f"{source.id}: no release of it is here")
    every = pd.concat(tables, ignore_index=True)
    return every[~every[_TEXT].isin(["", WITHHELD])]


def _figures(publication: Publication, entry: RawFile) -> pd.DataFrame:
    tidy = publication.tidy(File(entry.path, entry.publisher_file))
    named = {
        "release": entry.release,
        "file": entry.file,
        "row": tidy.raw[ROW].to_numpy(),
        "column": tidy.raw[COLUMN].to_numpy() if COLUMN in tidy.raw else tidy.figure,
        _TEXT: tidy.raw[tidy.figure].to_numpy(),
        _COMMENT: tidy.rows[_COMMENT].to_numpy(),
    }
    codes = tidy.rows[list(CODES)].astype("str").reset_index(drop=True)
    found = pd.DataFrame(named, index=codes.index).astype("str").join(codes)
    return found.mask(found.isna() | (found == "nan"), "")


def at(figures: pd.DataFrame, release: str, row: str, column: str) -> pd.DataFrame:
    """Return the figures, in every release, of the cell that one release prints in a row.

    Raises:
        RecallError: the row has no figure, or several.
    """
    here = (figures["release"] == release) & (figures["row"] == row)
    found = figures[here & (figures["column"] == column if column else True)]
    cells = found[list(CODES)].drop_duplicates()
    if len(cells) != 1:
        names = ", ".join((found["file"] + " " + found["column"]).unique()) or "none"
        raise RecallError(
            f"row {row} of {release} prints {len(cells)} figures ({names}); name one as "
            "SOURCE/RELEASE/ROW/COLUMN, or by its codes"
        )
    return found if (cells == "").any(axis=None) else figures.merge(cells)


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


def refuse_unprinted(found: pd.DataFrame) -> None:
    """Refuse a figure that is no cell of a figure table.

    Raises:
        RecallError: the source calculates it from other columns.
    """
    for file, columns in found.groupby("file")["column"]:
        header, *_ = raw_table.lines(paths.raw() / str(file))
        if missing := sorted(set(columns) - set(header)):
            raise RecallError(
                f"{paths.raw() / str(file)}: '{missing[0]}' is worked out of other columns, not "
                "printed; correct these in data/corrections.csv"
            )


def refuse_telling(texts: Sequence[str], found: pd.DataFrame) -> None:
    """Refuse a record that would reveal the figure.

    Raises:
        RecallError: a text of the record has it.
    """
    for figure in found[_TEXT]:
        if figure != RECALLED and any(recalls.contains_figure(text, figure) for text in texts):
            raise RecallError("the reason or the name holds the figure itself; leave it out")
