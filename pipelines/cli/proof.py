"""The proof sheet of a release, shown before the person who answers for it decides.

Why a typed figure is typed again here: docs/decisions/intake.md.
"""

import re
import sys
from collections.abc import Hashable, Mapping, Sequence
from math import isnan
from pathlib import Path
from typing import Any, Final

import pandas as pd
import typer
from rich.table import Table

from pipelines.cli import tables
from pipelines.harmonised import assertions, guard, refresh, release_files
from pipelines.harmonised.guard import words
from pipelines.harmonised.harmonise import Harmonised, harmonise
from pipelines.intake import examination, raw_table
from pipelines.lib import paths
from pipelines.lib.console import err, out, plain
from pipelines.raw import manifest
from pipelines.sources import Publication
from pipelines.warehouse import parts_and_totals
from schemas.contract import CONTRACTS

SHOWN: Final = 100
"""New figures that a proof sheet shows."""
_NOT_NAMED: Final = ("freq", "time_basis")
"""Columns of a cell that a line of the sheet does not name with its series."""


def is_taken(source: Publication, file: Path, release: str, *, partial: bool = False) -> bool:
    """Show what is doubtful about a file and its proof sheet; return whether it is to be taken in.

    Raises:
        FileRefusedError, CorrectionError, FindingsError: as in a run.
    """
    action = raw_table.action(source.source, is_partial=partial)
    made = harmonise(source, release, examination.as_in_a_run(source, file, action))
    action = raw_table.action(source.source, is_partial=partial or made.is_partial)
    rows = current(source, before=release)
    if len(made.rows):
        compared = comparison(source, action, made, rows)
        if source.source.typed and _differ_typed_again(compared):
            return False
        for doubt in doubts(source, action, made, compared):
            err.print(
                f"warning: a run will hold this back until 'tipstat review' decides: {plain(doubt)}"
            )
        if contradiction := contradictions(source, file, made, rows):
            err.print(f"warning: {plain(contradiction)}")
        if CONTRACTS[source.source.contract].is_measured:
            show(compared.sheet())
    return is_confirmed(f"Take in {plain(file.name)} as the release of {release}?")


def _differ_typed_again(compared: guard.Comparison) -> bool:
    """Ask at a terminal for each new figure of a typed file; return whether an answer differs.

    It is asked before the sheet is shown, so that it is read in the publication again.
    """
    differ = []
    for row in compared.history.added.to_dict(orient="records") if sys.stdin.isatty() else []:
        what = f"{_series(row, compared.history.series)} of {row['time_period']}"
        typed = typer.prompt(f"Type again, as printed: {what}")
        if _without_thousands(typed) != _without_thousands(row["value_raw"]):
            differ.append(f"{what}: '{typed}' now, '{row['value_raw']}' in the file")
    for line in differ:
        err.print(f"error: {plain(line)}; read the publication, and correct what is wrong")
    return bool(differ)


def _without_thousands(printed: str) -> str:
    """Return a figure without blanks and signs before three digits; `80,0` stays as it is."""
    return re.sub(r"[.,'\s](?=\d{3}(?!\d))", "", printed.strip())


def is_confirmed(question: str) -> bool:
    """Return a person's answer at a terminal; elsewhere the command, with its name, is the answer.

    Raises:
        typer.Abort: the answer was broken off.
    """
    return not sys.stdin.isatty() or typer.confirm(question)


def show(sheet: pd.DataFrame) -> None:
    """Print a proof sheet, as `guard.proof.sheet` returns it."""
    if sheet.empty:
        out.print("No figure is new: those of the release are in use already, or revise others.")
        return
    out.print(sheet_table(sheet), soft_wrap=False)
    more = f"{len(sheet) - SHOWN:,} more have smaller steps. " if len(sheet) > SHOWN else ""
    out.print(
        f"{more}Compare each figure with the publisher's file: a false one below the factor in the "
        "last column is not noticed, and without a factor none is."
    )


def sheet_table(sheet: pd.DataFrame) -> Table:
    """Return a line per new figure beside the last of its series: the greatest steps first."""
    headings = ("new figure of", "period", "now", "last", "factor", "steps so far", "noticed from")
    table = tables.headed(*headings)
    series = [*sheet.columns[: sheet.columns.get_loc("time_period")]]
    shown = sheet.sort_values("last", key=pd.isna, kind="stable").head(SHOWN)
    for row in shown.to_dict(orient="records"):
        table.add_row(
            plain(_series(row, series)),
            row["time_period"],
            _figure(row["now"]),
            "none" if isnan(row["last"]) else f"{_figure(row['last'])} in {row['last_period']}",
            _factor(row["factor"]),
            f"{row['least_step']:.2f} to {row['most_step']:.2f}" if row["steps"] else "none",
            _factor(row["noticed"]),
        )
    return table


def _series(row: Mapping[Hashable, Any], series: Sequence[str]) -> str:
    """Return the labels of a series, without those of totals."""
    told = [name for name in series if name not in _NOT_NAMED and row[name] not in ("_T", "_Z")]
    return words.labels(told, [row[name] for name in told])


def _figure(value: float) -> str:
    """Return a figure with all its digits, since it is compared with the publisher's."""
    return f"{value:,.15g}"


def _factor(value: float) -> str:
    return "" if isnan(value) else f"x{value:,.3g}"


def current(source: Publication, before: str = "") -> list[pd.DataFrame]:
    """Return the rows of each current release that can be read, the newest first.

    With `before`, a day, they are the releases that were current before it.
    """
    if not manifest.known():
        return []
    known = release_files.releases(paths.harmonised(), source.source.id)
    earlier = [each for each in known if not before or each.release < before]
    sound = [each for each in earlier if each.is_used]
    return [refresh.rows(source, release) for release in release_files.current(sound)]


def comparison(
    source: Publication, action: str, made: Harmonised, rows: list[pd.DataFrame]
) -> guard.Comparison:
    """Return the comparison of a file with the rows of current releases, if there are any."""
    cell = CONTRACTS[source.source.contract].cell
    before = guard.stacked(rows or [made.rows[:0]], cell)
    other = refresh.same_count(source, paths.harmonised())
    return guard.compare(source, action, before, made, other=other)


def doubts(
    source: Publication, action: str, made: Harmonised, compared: guard.Comparison
) -> list[str]:
    """Return why a run will hold a file back until a person decides, one line each."""
    is_whole = not (made.is_partial or guard.is_partial(source, action))
    return assertions.failures(source.source, made, is_whole=is_whole) + compared.lines


def contradictions(
    source: Publication, file: Path, made: Harmonised, rows: list[pd.DataFrame]
) -> str:
    """Print the totals that contradict their parts; return a line about them, "" if there are none.

    Cases that the current releases have too are left out: they are known.
    """
    contract = CONTRACTS[source.source.contract]
    new = parts_and_totals.new_cases(contract, made, rows)
    if new.empty:
        return ""
    out.print(tables.problems_table(new), soft_wrap=False)
    count = "1 total contradicts its" if len(new) == 1 else f"{len(new):,} totals contradict their"
    unlike = ", unlike in the current releases" if rows else ""
    return (
        f"{file.name}: {count} parts{unlike}; compare the rows above with "
        "the publisher's file. 'tipstat run' would publish the figures, and list them on the page "
        "about quality"
    )
