"""The step from true counts to figures that may be written: protected and proven, or nothing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd

from pipelines.cases import certify, protect
from pipelines.cases.block import codes_of
from pipelines.cases.errors import CaseError
from pipelines.cases.plan import (
    OFFERED,
    PlannedTable,
    planned_cells,
    printed_tables,
    read_plan,
    table_of,
)
from pipelines.cases.texts import said
from pipelines.protection.programme import FREE, SMALL
from schemas import parameters
from schemas.case import DIMENSIONS

PRICED_YEARS: Final = parameters.whole("years_of_priced_tables")
"""Newest years in which tables on offer are tried: each takes as long as a whole count."""


@dataclass(frozen=True)
class Publication:
    """The table and certificate that may leave the authority's machine."""

    printed: pd.DataFrame  # figures of this release and of all earlier ones
    certificate: pd.DataFrame  # of their protection


def publication(
    cells: pd.DataFrame,
    tables: Sequence[PlannedTable],
    policy: protect.Policy,
    before: pd.DataFrame | None,
) -> Publication:
    """Return the figures of a release beside those of earlier ones, and their certificate.

    `cells` are true counts by all dimensions, `before` is the printed table that readers have.

    Raises:
        CaseError: the figures cannot be protected, or their protection cannot be shown.
    """
    figures = protect.protect(cells, tables, policy, before)
    whole = figures if before is None else pd.concat([before, figures], ignore_index=True)
    certificate, gaps = certify.certify(whole)
    if gaps:
        raise CaseError(said("gaps", gaps=gaps))
    return Publication(whole, certificate)


def with_left_out(
    figures: pd.DataFrame, cells: pd.DataFrame, tables: Sequence[PlannedTable], country: str
) -> pd.DataFrame:
    """Return the figures of a release and, without a status, those of its tables that are left out.

    `cells` are true counts by all dimensions.
    """
    periods = sorted(set(cells["time_period"]))
    planned = [
        (indicator, area, period, *codes)
        for indicator, counted in cells.groupby("indicator")
        for area, *codes in planned_cells(tables, codes_of(counted), country)
        for period in periods
    ]
    every = pd.DataFrame(planned, columns=list(DIMENSIONS)).merge(figures, "outer")
    return every.assign(conf_status=every["conf_status"].fillna(""))


def loss(figures: pd.DataFrame, country: str) -> pd.DataFrame:
    """Return what each table of a release loses by protection; `figures` are those `with_left_out`.

    Grain: one row per indicator and table (`PlannedTable`). Columns: indicator, table, cells, small
    (figures hidden because they are small), hidden (not printed exactly, for whatever reason).
    """
    rows = pd.DataFrame({
        "indicator": figures["indicator"],
        "table": [table_of(row, country) for row in figures.to_dict("records")],
        "cells": 1,
        "small": (figures["conf_status"] == SMALL).astype(int),
        "hidden": (figures["conf_status"] != FREE).astype(int),
    })  # fmt: skip
    found = rows.groupby(["indicator", "table"], sort=False, as_index=False).sum()
    places = found["table"].map(lambda table: table.place)
    return found.assign(place=places).sort_values(["indicator", "place"]).drop(columns="place")


def prices(
    cells: pd.DataFrame, named: Sequence[PlannedTable], policy: protect.Policy
) -> Iterator[tuple[PlannedTable, int, int, int]]:
    """Yield each table on offer that a plan lacks, and what it would cost beside the plan.

    That is, in the newest years: its figures that the plan lacks, those of them that would be
    hidden, and those that would be hidden of the plan's own beyond those that are.
    """
    newest = sorted(set(cells["time_period"]))[-PRICED_YEARS:]
    cells = cells[cells["time_period"].isin(newest)]
    tables = printed_tables(named, cells)
    before = _hidden(cells, tables, policy)
    for table in read_plan(OFFERED):
        whole = printed_tables([*named, table], cells)
        if table in whole and table not in tables:
            hidden = _hidden(cells, whole, policy)
            own, others = hidden.align(before, join="left")
            is_new = others.isna()
            more = int(own[~is_new].sum() - before.sum())
            yield table, int(is_new.sum()), int(own[is_new].sum()), more


def _hidden(
    cells: pd.DataFrame, tables: Sequence[PlannedTable], policy: protect.Policy
) -> pd.Series:
    """Return whether each figure of some tables would be hidden, by its key."""
    printed = protect.protect(cells, tables, policy)
    figures = with_left_out(printed, cells, tables, policy.state).set_index(list(DIMENSIONS))
    return figures["conf_status"] != FREE
