"""Read a file as the `tables` of its source declare it."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd

from pipelines.reader.files import File
from pipelines.reader.labels import (
    UnknownLabelError,
    citizenships,
    label_table,
    same_codes,
    states,
    subdivisions,
)
from pipelines.reader.refusal import FileRefusedError
from pipelines.reader.rows import Rows, Tidy
from pipelines.reader.single_figures import tidy_single_figures
from schemas import codelists
from schemas.source import Source
from schemas.table import Call, Cell, Conditions, Matches, Signs, Table

BETWEEN: Final = " | "
"""Sign between the texts of several columns in one label."""

FOLDER: Final = Path(__file__).parents[1] / "sources"
"""The folder of the sources, with their tables of signs."""


Functions = Mapping[str, Callable[..., Any]]
"""Functions of a source's module, by name.

`records(source, document)` flattens a JSON document, `lines(file, rows, threshold)` counts rows of
persons, `prepare(rows)` hides, withholds and sets aside by rule; others are named by `call`.
"""


def tidy(source: Source, functions: Functions, file: File) -> Tidy:
    """Return a file of a source in our codes.

    Raises:
        FileRefusedError: the file is not in the source's format, or has several releases.
    """
    records = functions.get("records")
    rows = Rows(file, source, partial(records, source) if records else None)
    names = [layout.file for layout in source.layouts]
    table = source.tables[names.index(rows.layout.file) if len(source.tables) > 1 else 0]
    if "lines" in functions and table.figure not in rows.raw:
        rows.replace_by_counts(functions["lines"](file, rows.raw, source.threshold))
    _reshape(rows, table)
    if "prepare" in functions:
        functions["prepare"](rows)
    _refuse_several_releases(file, rows.raw, table.one_value)
    for name, conditions in table.set_aside.items():
        rows.set_aside(_meet(rows.raw, conditions), name)
    if table.single_figures:
        return tidy_single_figures(rows, table.single_figures)
    _judge(rows, table)
    cells: dict[str, Any] = {}
    for name, cell in table.cells.items():
        cells |= {name: cell} if isinstance(cell, str) else _read(rows, name, cell, functions)
    if table.other_states:
        rows.set_aside_elsewhere(cells["ref_area"])
    if table.blank_after_last:
        period = pd.Series(cells["time_period"]).astype(str)
        last = max(period[(rows.raw[table.figure] != "").to_numpy()].unique(), default="")
        rows.set_aside((period > last).to_numpy(), table.blank_after_last)
    if isinstance(table.locator, Call):
        cells["locator"] = rows.located(functions[table.locator.call])
    elif table.locator:
        cells["locator"] = rows.placed(table.locator)
    return rows.tidy(**_figure(rows, table.figure) | cells)


def _reshape(rows: Rows, table: Table) -> None:
    """Hide, sum and melt."""
    if table.hide_below:
        rows.hide_below(table.hide_below.below, table.hide_below.columns)
    if table.sum:
        rows.sum(table.sum.figures, by=table.sum.by)
    if table.melt:
        columns = {name: name for name in table.melt.columns}
        rows.melt(columns, into=table.melt.into, figure=table.figure)
    if rows.layout.wide:
        rows.unpivot(table.figure)


def _refuse_several_releases(file: File, raw: pd.DataFrame, first: Mapping[str, int]) -> None:
    for column, signs in first.items():
        if len(found := {text[:signs] for text in raw[column].astype(str)}) > 1:
            raise FileRefusedError(
                f"{file.path}: several releases in '{column}', {', '.join(sorted(found))}; give "
                "each a file of its own"
            )


def _meet(raw: pd.DataFrame, conditions: Conditions) -> np.ndarray:
    """Return whether each row meets all conditions."""
    here = np.full(len(raw), fill_value=True)
    for column, wanted in conditions.items():
        text = raw[column].astype(str)
        if isinstance(wanted, Matches):
            here &= text.str.contains(wanted.matches).to_numpy()
        else:
            here &= text.isin([wanted] if isinstance(wanted, str) else wanted).to_numpy()
    return here


def _judge(rows: Rows, table: Table) -> None:
    """Quarantine rows whose texts are not what they must be, and mark the others."""
    for each in table.must_be:
        here = _meet(rows.raw, each.where)
        for column, wanted in each.has.items():
            why = each.why or f"not {_in_words(wanted)}: set it aside"
            rows.reject(here & ~_meet(rows.raw, {column: wanted}), each.rule, column, why)
    for mark in table.marks:
        here = _meet(rows.raw, mark.where) & rows.at_hand
        if mark.status:
            rows.mark(here, mark.status)
        if mark.flag:
            rows.flag(here, mark.flag)
        if mark.comment:
            rows.comment(here, mark.comment)
    if table.signs:
        for column in table.signs.columns:
            _apply_signs(rows, column, table.signs)


def _in_words(wanted: str | tuple[str, ...] | Matches) -> str:
    if isinstance(wanted, Matches):
        return f"like '{wanted.matches}'"
    return " or ".join(f"'{text}'" for text in ([wanted] if isinstance(wanted, str) else wanted))


def _apply_signs(rows: Rows, column: str, signs: Signs) -> None:
    """Treat each row as the sign in a column requires: status, remark or quarantine."""
    table = codelists.rows(FOLDER / signs.table)
    known = label_table({row["sign"]: row["sign"] for row in table}, _place(signs.table))
    printed = np.asarray(rows.recode(column, known, "comment"))
    for row in table:
        here = printed == row["sign"]
        if row["obs_status"] == "Q":
            rows.reject(here, "suppressed_figure_has_bounds", column, row["meaning"])
        elif row["obs_status"]:
            rows.mark(here, row["obs_status"])
        if row["meaning"]:
            rows.comment(here, row["meaning"])


def _read(rows: Rows, name: str, cell: Cell, functions: Functions) -> dict[str, Any]:
    """Return a column of the contract; a period with its length."""
    to_code = _to_code(rows.source, name, cell, functions)
    if to_code is None and name == "time_period" and rows.source.contract == "observation":
        return rows.periods(cell.columns)
    if to_code is None:
        printed = rows.raw[cell.columns[0]]
        return {name: (printed.where(printed != "") if name == "true_since" else printed).array}
    return {name: rows.recode((*cell.where, *cell.columns), to_code, name)}


def _to_code(
    source: Source, name: str, cell: Cell, functions: Functions
) -> Callable[..., str] | None:
    """Return the translation of the texts of a cell's columns; None if they are as printed."""
    one: Callable[[str], str]
    if cell.call:
        return functions[cell.call]
    if cell.labels:
        own = {
            label: code if isinstance(code, str) else code.get(name, cell.otherwise)
            for label, code in cell.labels.items()
        }
        known = label_table(own, f"'labels' of {name} in {_place(source.id + '.yml')}")
        one = (lambda label: own.get(label, cell.others)) if cell.others else known
    elif cell.codes:
        one = same_codes(name)
    elif cell.states:
        one = states()
    elif cell.citizenships:
        one = citizenships()
    elif cell.subdivisions:
        one = subdivisions(cell.subdivisions, cell.whole)
    else:
        return None
    where = tuple(cell.where.values())

    def to_code(*texts: str) -> str:
        if texts[: len(where)] != where:
            return cell.otherwise
        labels = texts[len(where) :]
        if not cell.agree:
            return one(BETWEEN.join(labels))
        codes = {one(label) for label in labels}
        if len(codes) > 1:
            raise UnknownLabelError(f"'{labels[-1]}' does not have the number {labels[0]}")
        return codes.pop()

    return to_code


def _figure(rows: Rows, column: str) -> dict[str, Any]:
    """Return the columns of the figure; those of our own counts say which are hidden for others."""
    figure = rows.protected_figure(column) if rows.source.threshold else rows.figure(column)
    if rows.source.contract == "population":  # it has no missing figure: -1 is kept out
        value = np.nan_to_num(figure["value"], nan=-1)
        return {"value": value, "value_raw": figure["value_raw"]}
    return dict(figure)


def _place(name: str) -> str:
    return f"pipelines/sources/{name}"
