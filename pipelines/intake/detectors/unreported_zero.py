"""UNREPORTED_ZERO: a `0` that other figures refute, or that stands where nothing was reported.

A nought is a figure like others: a state that convicted nobody says so. Some are blanks of a form
that became `0`, or figures that were withdrawn. The column `reason` of `finding` names what speaks
against a nought, the strongest reason first:

    NEW_COLUMN   kept out: five or more areas print the cell of an old year for the first time, all
                 `0`, more than the share of noughts in other areas explains (Holm, 5 %)
    NO_TOTAL     kept out: the area's table of that year has noughts only, and no total
    BELOW_PARTS  doubtful: its own sexes or ages are more, or one form or citizenship is
    WITHDRAWN    doubtful: the previous release printed five or more, and no exact sum confirms `0`
    NEW          doubtful: printed for the first time, in an old year, beside a nearest year of five
                 or more; and the parts of such a nought

An indicator of which the file prints no total is not judged: its figures are sums of single units,
such as offences by agency, in which 0 is counted. A cell is new if the previous release has the
area, and figures of the year or of later ones, but not the cell. Blanks in columns that more areas
print than the total are found by FILLED_COLUMN.
"""

from typing import Final

import numpy as np
import pandas as pd
import scipy

from pipelines.intake.detectors.chance import holm
from pipelines.intake.detectors.detector import Detector, Release, Stage
from pipelines.intake.detectors.figures import PERSONS, SMALLEST
from pipelines.intake.detectors.filled_column import LISTS
from pipelines.intake.detectors.findings import findings, texts
from pipelines.intake.detectors.sums import CELL, TABLE, cells
from pipelines.raw.findings import DOUBTFUL, KEEP_OUT

FEWEST_AREAS: Final = 5
_EFFECTS: Final = {
    "NEW_COLUMN": KEEP_OUT,
    "NO_TOTAL": KEEP_OUT,
    "BELOW_PARTS": DOUBTFUL,
    "WITHDRAWN": DOUBTFUL,
    "NEW": DOUBTFUL,
}
_COLUMN: Final = ["indicator", "year", "cell"]
_EVIDENCE: Final = ["reason", "evidence"]


def unreported_zero(release: Release) -> pd.DataFrame:
    """Return findings about noughts that are refuted or were not reported."""
    figures, added, old = release.figures, release.added, release.before
    totalled = figures.loc[figures["kind"] == "total", "indicator"].unique()
    figures = figures[figures["indicator"].isin(totalled)]
    all_cells = cells(figures)
    zeros = all_cells[all_cells["upper"] == 0]
    found = [_without_total(all_cells), _below_parts(zeros, all_cells, added)]
    if old is not None:
        comparable = all_cells.merge(old[["ref_area"]].drop_duplicates())
        comparable = _without_lists(comparable[comparable["year"] <= old["year"].max()])
        new = _without(comparable, old, CELL)
        found += [_new_columns(new, comparable), _withdrawn(zeros, added, old)]
        found.append(_beside_a_figure(new[new["upper"] == 0], all_cells))
    reasons = pd.concat(found)
    order = reasons["reason"].map(list(_EFFECTS).index)
    first = reasons.iloc[np.argsort(order, kind="stable")].drop_duplicates(CELL)
    here = figures.merge(first[[*CELL, *_EVIDENCE]], on=CELL)
    effect = here["reason"].map(_EFFECTS)
    return findings(here, effect, here["evidence"], here["reason"])


def _without_total(all_cells: pd.DataFrame) -> pd.DataFrame:
    """Return the cells of tables that have noughts only, in years without a total."""
    table = [*TABLE, "dimension"]
    totals = all_cells.loc[all_cells["kind"] == "total", TABLE]
    counted = all_cells.loc[all_cells["upper"] > 0, table]
    left = _without(_without(_without_lists(all_cells), totals, TABLE), counted, table)
    number = left.groupby(table)["cell"].transform("size").astype(str)
    return left.assign(reason="NO_TOTAL", evidence=number + " of " + number + " are 0")


def _below_parts(zeros: pd.DataFrame, all_cells: pd.DataFrame, added: pd.DataFrame) -> pd.DataFrame:
    """Return the noughts whose sexes, ages, forms or citizenships are more."""
    parts = zeros.merge(added[[*CELL, "by", "parts_lower"]], on=CELL)
    listed = all_cells[(all_cells["kind"] == all_cells["dimension"])]
    listed = listed.loc[listed["kind"] != "total", [*TABLE, "kind", "lower"]]
    listed = listed.rename(columns={"kind": "by", "lower": "parts_lower"})
    parts = pd.concat([parts, zeros[zeros["kind"] == "total"].merge(listed, on=TABLE)])
    parts = parts[parts["parts_lower"] > 0].sort_values("parts_lower", ascending=False)
    least = parts["parts_lower"].astype(int).astype(str)
    return parts.assign(reason="BELOW_PARTS", evidence=parts["by"] + ": " + least + " or more")


def _withdrawn(zeros: pd.DataFrame, added: pd.DataFrame, old: pd.DataFrame) -> pd.DataFrame:
    """Return the noughts that were five or more, unless all parts of the total confirm them.

    They do if those of the nought's kind add up to the total, and all are exact.
    """
    was = old.loc[old["single"], [*CELL, "value"]]
    changed = zeros.merge(was, on=CELL)
    exact = added["parts_lower"].eq(added["upper"]) & added["parts_upper"].eq(added["lower"])
    whole = added.loc[exact & (added["kind"] == "total"), [*TABLE, "finer"]]
    confirmed = whole.rename(columns={"finer": "kind"})
    evidence = "was " + changed["value"].astype(int).astype(str)
    changed = changed.assign(reason="WITHDRAWN", evidence=evidence)
    return _without(changed, confirmed, [*TABLE, "kind"])


def _new_columns(new: pd.DataFrame, comparable: pd.DataFrame) -> pd.DataFrame:
    """Return the new cells of columns in which all are noughts, more than chance explains.

    The chance of a nought is its share in the column's other cells, those that are not new.
    """
    others = _noughts(_without(comparable, new, CELL), "others", "other_noughts")
    columns = _noughts(new, "areas", "noughts")
    columns = columns[columns["areas"] >= FEWEST_AREAS].merge(others, "left", _COLUMN)
    columns = columns.fillna({"others": 0, "other_noughts": 0})
    share = (columns["other_noughts"] + 1) / (columns["others"] + 1)
    columns["p"] = scipy.stats.binom.sf(columns["noughts"] - 1, columns["areas"], share)
    proven = holm(columns["p"].to_numpy()) & columns["noughts"].eq(columns["areas"])
    columns = columns[proven]
    numbers = [columns[name] for name in ("areas", "areas", "other_noughts", "others", "p")]
    form = "{} of {} new areas, {:.0f} of {:.0f} others, p {:.0e}"
    columns = columns[_COLUMN].assign(evidence=texts(form, *numbers))
    return new.merge(columns, on=_COLUMN).assign(reason="NEW_COLUMN")


def _noughts(all_cells: pd.DataFrame, areas: str, noughts: str) -> pd.DataFrame:
    """Return the numbers of areas and of noughts in each column, under these names."""
    marked = all_cells.assign(**{areas: 1, noughts: all_cells["upper"] == 0})
    return marked.groupby(_COLUMN, as_index=False)[[areas, noughts]].sum()


def _beside_a_figure(new: pd.DataFrame, all_cells: pd.DataFrame) -> pd.DataFrame:
    """Return the new noughts beside a nearest year of five or more, and their parts."""
    series = [name for name in CELL if name != "year"]
    years = all_cells[[*series, "year", "lower"]].rename(columns={"year": "near", "lower": "there"})
    beside = new.merge(years, on=series)
    beside = beside[beside["near"] != beside["year"]]
    distance = (beside["near"] - beside["year"]).abs()
    nearest = distance == distance.groupby([beside[name] for name in CELL]).transform("min")
    beside = beside[nearest & (beside["there"] >= SMALLEST)]
    evidence = beside["near"].astype(str) + ": " + beside["there"].astype(int).astype(str)
    whole = beside.assign(reason="NEW", evidence=evidence)
    found = [whole]
    for dropped in PERSONS:
        margin = whole.loc[whole[dropped] == "_T", [*CELL, *_EVIDENCE]].drop(columns=dropped)
        finer = new[new[dropped] != "_T"]
        found.append(finer.merge(margin, on=[name for name in CELL if name != dropped]))
    return pd.concat(found)


def _without_lists(all_cells: pd.DataFrame) -> pd.DataFrame:
    """Return the cells of tables that have a row for each cell, whatever occurred."""
    return all_cells[~all_cells["dimension"].str.contains(LISTS)]


def _without(all_cells: pd.DataFrame, others: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """Return the cells that are not among others, compared by these columns."""
    known = pd.MultiIndex.from_frame(others[by])
    return all_cells[~pd.MultiIndex.from_frame(all_cells[by]).isin(known)]


DETECTOR: Final = Detector(
    find=unreported_zero, stage=Stage.AREAS, effects=(KEEP_OUT, DOUBTFUL), no_answer=True
)
