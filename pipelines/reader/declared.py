"""Read a file as the `tables` of its source declare it."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from pipelines.raw import source_files
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
from schemas import codelists
from schemas.annotations import Column
from schemas.source import Source
from schemas.table import (
    BETWEEN,
    Call,
    ColumnReading,
    Conditions,
    Matches,
    Signs,
    SingleFigures,
    Table,
)

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
        return _tidy_single_figures(rows, table.single_figures)
    _judge(rows, table)
    _mark(rows, table)
    cells = _cells(rows, table, functions)
    if isinstance(table.locator, Call):
        cells["locator"] = rows.located(functions[table.locator.call])
    elif table.locator:
        cells["locator"] = rows.placed(table.locator)
    figure = dict(
        rows.protected_figure(table.figure) if source.threshold else rows.figure(table.figure)
    )
    if source.contract != "observation":  # it has no missing figure: -1 is kept out
        value = np.nan_to_num(figure["value"], nan=-1)
        figure = {"value": value, "value_raw": figure["value_raw"]}
    return rows.tidy(**figure | cells)


def _reshape(rows: Rows, table: Table) -> None:
    """Hide, sum and melt, as the table says and in this order."""
    if table.hide_below:
        rows.hide_below(table.hide_below.below, table.hide_below.columns)
    if table.sum:
        rows.sum(table.sum.figures, by=table.sum.by)
    if table.melt:
        columns = {str(name): str(name) for name in table.melt.columns}
        rows.melt(columns, into=table.melt.into, figure=table.figure)
    if rows.layout.wide:
        rows.unpivot(table.figure)


def _refuse_several_releases(file: File, raw: pd.DataFrame, first: Mapping[Column, int]) -> None:
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
    """Quarantine rows whose texts are not what they must be."""
    for each in table.must_be:
        here = _meet(rows.raw, each.where)
        for column, wanted in each.has.items():
            if isinstance(wanted, Matches):
                expected = f"like '{wanted.matches}'"
            else:
                texts = (wanted,) if isinstance(wanted, str) else wanted
                expected = " or ".join(f"'{text}'" for text in texts)
            why = each.why or f"not {expected}: set it aside"
            rows.reject(here & ~_meet(rows.raw, {column: wanted}), each.rule, column, why)


def _mark(rows: Rows, table: Table) -> None:
    """Mark the rows that no filter sets aside, and those with a sign."""
    for mark in table.marks:
        here = _meet(rows.raw, mark.where) & rows.at_hand
        marks = ((rows.mark, mark.status), (rows.flag, mark.flag), (rows.comment, mark.comment))
        for add, text in marks:
            if text:
                add(here, text)
    if table.signs:
        for column in table.signs.columns:
            _apply_signs(rows, column, table.signs)


def _apply_signs(rows: Rows, column: str, signs: Signs) -> None:
    """Treat each row as the sign in a column requires: status, remark or quarantine."""
    file = source_files.folder(rows.source.id) / signs.table
    table = codelists.rows(file)
    known = label_table({row["sign"]: row["sign"] for row in table}, source_files.shown(file))
    printed = np.asarray(rows.recode(column, known, "comment"))
    for row in table:
        here = printed == row["sign"]
        if row["obs_status"] == "Q":
            rows.reject(here, "suppressed_figure_has_bounds", column, row["meaning"])
        elif row["obs_status"]:
            rows.mark(here, row["obs_status"])
        if row["meaning"]:
            rows.comment(here, row["meaning"])


def _cells(rows: Rows, table: Table, functions: Functions) -> dict[str, Any]:
    """Return the columns of the contract that the table declares; periods with their length."""
    cells: dict[str, Any] = {}
    for name, cell in table.cells.items():
        if isinstance(cell, str):
            cells[name] = cell
        elif cell.call:
            cells[name] = rows.recode((*cell.where, *cell.columns), functions[cell.call], name)
        elif one := _to_code(rows.source, name, cell):
            columns = (*cell.where, *cell.columns)
            cells[name] = rows.recode(columns, partial(_code, cell, one), name)
        elif name == "time_period" and rows.source.contract == "observation":
            cells |= rows.periods(cell.columns)
        else:
            printed = rows.raw[cell.columns[0]]
            is_date = name == "true_since"
            cells[name] = (printed.where(printed != "") if is_date else printed).array
    if table.other_states:
        rows.set_aside_elsewhere(cells["ref_area"])
    if table.blank_after_last:
        period = pd.Series(cells["time_period"]).astype(str)
        last = max(period[(rows.raw[table.figure] != "").to_numpy()].unique(), default="")
        rows.set_aside((period > last).to_numpy(), table.blank_after_last)
    return cells


def _to_code(source: Source, name: str, cell: ColumnReading) -> Callable[[str], str] | None:
    """Return the translation of a label; None if it is taken as printed."""
    if cell.labels:
        own = {
            label: code if isinstance(code, str) else code.get(name, cell.otherwise)
            for label, code in cell.labels.items()
        }
        place = source_files.place(source.id)
        known = label_table(own, f"'labels' of '{BETWEEN.join(cell.columns)}' in {place}")
        return (lambda label: own.get(label, cell.others)) if cell.others else known
    if cell.subdivisions:
        return subdivisions(cell.subdivisions, cell.whole)
    if cell.codes:
        return same_codes(name)
    if cell.states:
        return states()
    return citizenships() if cell.citizenships else None


def _code(cell: ColumnReading, to_code: Callable[[str], str], *texts: str) -> str:
    """Return the code of the texts of a row, first those of `where`, then those of `column`."""
    labels = texts[len(cell.where) :]
    if texts[: len(cell.where)] != tuple(cell.where.values()):
        return cell.otherwise
    if not cell.agree:
        return to_code(BETWEEN.join(labels))
    codes = {to_code(label) for label in labels}
    if len(codes) > 1:
        raise UnknownLabelError(f"'{labels[-1]}' does not have the number {labels[0]}")
    return codes.pop()


def _tidy_single_figures(rows: Rows, table: SingleFigures) -> Tidy:
    """Return a table of figures that were typed one by one, each with its place in a document.

    Beside the columns that `table` names it has `description`, what a figure counts, and
    `address`, of its page, if each has its own.
    """
    raw = rows.raw
    for column in (table.authority, table.place, "description", *table.required):
        why = "says nothing: a figure needs its source"
        rows.reject(raw[column] == "", "labels_are_readable", column, why)
    printed = raw[table.place].astype("str")
    if "address" in raw:
        address = raw["address"].astype("str")
        is_page = address.str.fullmatch(r"https?://[\w.-]+\.\w{2,}/\S+")
        why = "not the address of a page: type it"
        rows.reject(~is_page, "labels_are_readable", "address", why)
        printed = address + ", " + printed
    scope = rows.recode("def_scope", same_codes("def_scope"), "def_scope")
    return rows.tidy(
        ref_area=rows.recode("ref_area", states(), "ref_area"),
        indicator=rows.recode("indicator", same_codes("indicator"), "indicator"),
        time_basis=rows.recode("time_basis", same_codes("time_basis"), "time_basis"),
        time_period=raw["time_period"].array,
        def_scope=scope.fillna(rows.source.def_scope),  # of a row that is kept out for it
        comment=pd.Categorical(
            raw[table.authority].astype("str") + ": " + raw["description"].astype("str")
        ),
        locator=printed + ", row " + raw["row"].astype("str"),
        **rows.figure("value"),
    )
