"""The contract of every figure and every file, however it came about."""

from pathlib import Path
from typing import Final

import pandas as pd
import pytest
import short_runs
from typer.testing import CliRunner

from pipelines.cli.app import app
from pipelines.harmonised.harmonise import Harmonised, harmonise
from pipelines.harmonised.row_account import adds_up
from pipelines.intake import raw_table
from pipelines.sources import File, FileRefusedError, Publication
from schemas.figure import LARGEST, Figure, FigureError, parse

DAY: Final = "2025-01-01"
_MISSING: Final = frozenset("LMO")
_HIDDEN: Final = "Q"


def examine_figure(text: str, locale: str | None) -> Figure | None:
    """Read a printed text; return the figure, or None if it is refused as it should be."""
    try:
        figure = parse(text, locale)
    except FigureError as error:
        _is_a_line(error)
        return None
    value, lower, upper, status, confidential = figure
    assert (value is None) == (status in {*_MISSING, _HIDDEN})
    assert (confidential in {"A", "C"}) == (status == _HIDDEN)
    if value is not None:
        assert lower == value == upper and abs(value) < LARGEST
    elif status == _HIDDEN:
        assert lower is not None and 0 <= lower < LARGEST
        assert upper is None or lower <= upper < LARGEST
        assert lower == 0 or confidential == "C"  # `<5` has no lower end, `≥4` may have no upper
    else:
        assert lower is None and upper is None
    return figure


def examine_file(publication: Publication, file: Path) -> Harmonised | None:
    """Read a file as a source's; return what was read, or None if it is refused as it should be.

    No other exception may come out of it, and no warning: one of NumPy's is a garbled figure.
    """
    try:
        found = harmonise(publication, DAY, File(file, file.name))
    except FileRefusedError as refusal:
        _is_a_line(refusal)
        return None
    assert adds_up(found.account)
    assert (found.account["rows"] >= 0).all()
    if publication.source.contract == "observation":
        _are_sound(found.rows)
    _keeps_all(publication, file, found)
    return found


def examine_verb(publication: Publication, file: Path) -> int:
    """Runs `tipstat validate` on a file, in this process; its exit code, 0 or 1.

    The trial is made here too, not in a child.
    """
    with pytest.MonkeyPatch.context() as patch:
        short_runs.without_child(patch.setattr)
        asked = ["validate", str(file), "--source", publication.source.id]
        ended = CliRunner().invoke(app, asked)
    if isinstance(ended.exception, FileRefusedError):
        _is_a_line(ended.exception)
    elif not isinstance(ended.exception, SystemExit | None):
        raise ended.exception
    _steers_nothing(ended.output)
    return ended.exit_code


def _steers_nothing(output: str) -> None:
    assert all(sign.isprintable() or sign == "\n" for sign in output), repr(output)


def written(file: Path, content: bytes) -> Path:
    """A file that holds the bytes."""
    file.write_bytes(content)
    return file


def _keeps_all(publication: Publication, file: Path, found: Harmonised) -> None:
    """The figure table that would be kept of the file has all that was published, as it was."""
    tidy = publication.tidy(File(file, file.name))
    _, text = raw_table.figure_table(tidy, "int_test")
    again = publication.tidy(File(written(file.with_name("kept.csv"), text.encode()), file.name))
    here, there = (
        rows[rows["locator"].isin(found.rows["locator"])].to_csv(index=False)
        for rows in (tidy.rows, again.rows)
    )
    assert here == there


def _is_a_line(refusal: Exception) -> None:
    """A refusal goes to terminals, mails and logs."""
    assert str(refusal).isprintable(), f"not one printable line: {str(refusal)!r}"


def _are_sound(rows: pd.DataFrame) -> None:
    codes = rows["obs_status"].astype(str).str.split(";")
    hidden = codes.map(lambda each: _HIDDEN in each).astype(bool)
    missing = codes.map(lambda each: not _MISSING.isdisjoint(each)).astype(bool)
    value, lower, upper = rows["value"], rows["lower"], rows["upper"]
    assert (value.isna() == (hidden | missing)).all(), "no value if hidden or missing, else one"
    assert not ((lower > value) | (upper < value) | (lower > upper)).any()
    assert (lower.notna() == ~missing).all() and (upper.notna() == ~missing).all()
    assert rows.loc[hidden, "conf_status"].isin(["A", "S"]).all()
