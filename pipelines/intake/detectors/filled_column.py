"""FILLED_COLUMN: `<5` or `0` printed for areas that did not report.

Where more areas print a column, such as one form of exploitation in one year, than print that
year's total, the publisher filled it: blanks became `<5`, later `0`. The area's other figures of
that year show which hidden cells and noughts of the column are such blanks. The column `reason` of
`finding` has one of these codes, which have nothing to do with the rules that were once cited as
F1, F2 and F3:

    F1  not reported: no total, and no row by sex or age of that cell
    F2  not reported: a total that its parts, all hidden or `0` and without sexes or ages, cannot
        reach
    F3  false: the cell's own sexes or ages are more, five at least
    F4  undecided: no row by sex or age, but the parts can reach the total, or another cell of the
        kind was reported
    FA  not reported, in a column of an age (or a sex): nothing but hidden ages (or sexes), or `0`

A cell with rows by sex or age that allow it was reported. An undecided `<5` is doubtful, an
undecided `0` is kept out: beside a blank that became `0`, it says nothing.
"""

from typing import Final

import numpy as np
import pandas as pd

from pipelines.intake.detectors.coincidence import greater_half, holm
from pipelines.intake.detectors.detector import Detector, Release, Stage, Texts
from pipelines.intake.detectors.figures import LISTS, SMALLEST, findings, hidden_or_zero
from pipelines.intake.detectors.sums import CELL, TABLE
from pipelines.raw.findings import DOUBTFUL, KEEP_OUT

_COLUMN: Final = ["indicator", "year", "cell"]
_NUMBERS: Final = ["agree", "compared", "by_chance"]


def filled_column(release: Release) -> pd.DataFrame:
    """Return findings about cells of filled columns that were, or may be, not reported."""
    figures = release.figures
    filled = filled_columns(figures)
    tables = figures.merge(filled[["indicator", "year"]].drop_duplicates())
    cells = _hidden_cells(tables, filled, release.added)
    own, total = cells["own"], cells["total"]
    of_persons = cells["dimension"] == "total"
    cases = {
        "FA": of_persons & ~cells["shown"],
        "F3": ~of_persons & (own > cells["upper"].clip(lower=SMALLEST - 1)),
        "": of_persons | own.notna(),  # reported
        "F1": total.isna(),
        "F2": ~cells["shown"] & (cells["reach"] < total),
    }
    cells["reason"] = np.select(list(cases.values()), list(cases), "F4")
    found = tables.merge(cells.loc[cells["reason"] != "", [*CELL, "reason", *_NUMBERS]], on=CELL)
    undecided = (found["reason"] == "F4") & (found["upper"] > 0)
    effect = np.where(undecided, DOUBTFUL, KEEP_OUT)
    return findings(found, effect, "WITHOUT_TOTAL", found["reason"])


def filled_columns(figures: pd.DataFrame) -> pd.DataFrame:
    """Return the columns that more areas print than the year's total, by a sign test (Holm, 5 %).

    Columns: indicator, year, cell; agree (number of areas that print it without the total),
    compared (the same and those that print the total alone), by_chance. Years without any total are
    not tested.
    """
    columns = figures[~figures["dimension"].str.contains(LISTS)]
    columns = columns.drop_duplicates([*TABLE, "cell"])
    totals = columns.loc[columns["kind"] == "total", TABLE]
    parts = columns[columns["kind"] != "total"].merge(totals.assign(both=1), "left", TABLE)
    counted = parts.groupby(_COLUMN, as_index=False).agg(
        areas=("ref_area", "size"), both=("both", "count")
    )
    counted = counted.merge(totals.groupby(["indicator", "year"], as_index=False).size())
    counted["agree"] = counted["areas"] - counted["both"]
    total_alone = counted["size"] - counted["both"]
    counted["compared"] = counted["agree"] + total_alone
    counted["by_chance"] = greater_half(counted["agree"].to_numpy(), total_alone.to_numpy())
    return counted[holm(counted["by_chance"].to_numpy())].reset_index(drop=True)


def _hidden_cells(tables: pd.DataFrame, filled: pd.DataFrame, added: pd.DataFrame) -> pd.DataFrame:
    """Return the hidden cells and noughts of filled columns, with what their area's others show.

    Adds: own (lower bound of their own sexes and ages; missing if there are none), total (lower
    bound), reach (upper bound of all cells of its kind), shown (whether the table has a figure that
    neither hidden nor `0`, or cells of another kind).
    """
    # A sum of several rows has no value if one of them is hidden, but the others have figures.
    sums = tables.assign(counted=~hidden_or_zero(tables)).groupby(
        [*CELL, "cell", "kind", "dimension", "level"], as_index=False
    )[["lower", "upper", "counted"]].sum()  # fmt: skip
    own = added.groupby(CELL, as_index=False)["parts_lower"].max()
    sums = sums.merge(own.rename(columns={"parts_lower": "own"}), "left", CELL)
    totals = sums.loc[sums["kind"] == "total", [*TABLE, "lower"]]
    reach = sums.groupby([*TABLE, "kind"], as_index=False).agg(reach=("upper", "sum"))
    beside = sums.groupby([*TABLE, "dimension"], as_index=False).agg(
        counted=("counted", "max"), kinds=("kind", "nunique")
    )
    beside["shown"] = (beside.pop("counted") > 0) | (beside.pop("kinds") > 1)
    cells = sums.merge(filled, on=_COLUMN).merge(reach).merge(beside)
    cells = cells[cells["counted"] == 0]
    return cells.merge(totals.rename(columns={"lower": "total"}), "left", TABLE)


DETECTOR: Final = Detector(
    find=filled_column,
    stage=Stage.TABLES,
    effects=(KEEP_OUT, DOUBTFUL),
    no_answer=True,
    version=3,
    texts=Texts(
        name={
            "en": "The figure here stands in place of states that did not report, and is no count",
            "es": "La cifra ocupa aquí el lugar de Estados que no informaron y no es un recuento",
            "pt": "O número ocupa aqui o lugar de Estados que não informaram e não é uma contagem",
            "fr": "Le chiffre tient ici la place d’États qui n’ont rien déclaré et "
            "n’est pas un décompte",
        },
        definition="More areas print the column than the total of its year. F1: neither "
        "total nor rows by sex or age. F2: no form of the year is reported. "
        "F3: the figure’s own sexes and ages reach 5. FA: children and adults "
        "without total or sexes, 2012 to 2015. F4: may be a small figure or "
        "stand for no report (`<5`: status U; `0`: kept out).",
        errata=[
            {
                "reason": "F1",
                "section": "columns",
                "certainty": "certain",
                "title": "`<5` or `0` where nothing was reported",
                "wrong": "The state prints neither the total of the year nor a row by "
                "sex or age of this column. The figure here stands for no "
                "report.",
            },
            {
                "reason": "F2",
                "section": "columns",
                "certainty": "likely",
                "title": "`<5` or `0` where no part of the total was reported",
                "wrong": "The state prints a total of the year, but of its parts "
                "nothing except `<5` or `0`, and these cannot reach the total.",
            },
            {
                "reason": "F3",
                "section": "columns",
                "certainty": "certain",
                "title": "`<5` or `0` for a figure of 5 or more",
                "wrong": "Rows of the same column by sex or age come to 5 or more.",
            },
            {
                "reason": "F4",
                "section": "columns",
                "certainty": "question",
                "title": "`<5` or `0` that may stand for no report",
                "wrong": "The column is filled, but here the state may have reported a "
                "small figure or nought.",
            },
            {
                "reason": "FA",
                "section": "columns",
                "certainty": "certain",
                "title": "`<5` or `0` for both children and adults, or both sexes, "
                "where nothing was reported",
                "wrong": "The state prints nothing else of the year than this.",
            },
        ],
    ),
)
