"""Figures in the form that detectors need, with the table and cell of each; findings about them."""

from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from pipelines.raw.findings import INTEGERS
from pipelines.reader.text_tables import COLUMN, ROW
from pipelines.reader.tidy import NOT_AN_OAS_STATE, Tidy
from schemas import codelists
from schemas.observation import CELL

PLACE: Final = [ROW, COLUMN]
"""Columns that identify a printed figure in its file."""

BREAKDOWNS: Final = {
    "exploitation": "exploitation",
    "citizenship": "citizenship",
    "counterpart_area": "counterpart",
    "breakdown": "breakdown",
    "sex": "sex",
    "age": "age",
}
"""Dimensions of breakdowns, with their names in the name of a table."""

PERSONS: Final = ("sex", "age")
_WHOLE: Final = ("_T", "_Z")
_USUALLY: Final = {"counterpart_role": "_Z", "time_basis": "CY"}
_CELL: Final = (*BREAKDOWNS, *_USUALLY)
LISTS: Final = "citizenship|counterpart"
"""Breakdowns with a row only for what occurred: they have no columns for all areas."""

SMALLEST: Final = 5
"""Smaller figures are not compared: they are often hidden, and often equal by chance."""

OTHER: Final = ["other_area", "other_indicator", "other_kind", "other_year", "exchanged"]
"""Columns that name what a figure was compared with."""
NUMBERS: Final = [
    "agree", "compared", "others_agree", "others_compared", "least", "most", "by_chance",
]  # fmt: skip
COLUMNS: Final = [
    *PLACE, "detector", "reason", "effect", "indicator", "kind", "year", "evidence", *OTHER,
    *NUMBERS,
]  # fmt: skip
"""The columns of findings."""


def figures_of(tidy: Tidy) -> pd.DataFrame:
    """Return the figures of a file, with those of other states, without others set aside."""
    examined = tidy.set_aside.isin(["", NOT_AN_OAS_STATE]).to_numpy()
    codes = {name: tidy.rows[name].astype("str") for name in CELL}
    frame = pd.DataFrame({ROW: tidy.raw[ROW], COLUMN: tidy.places[COLUMN], **codes})
    frame[["value", "lower", "upper"]] = tidy.rows[["value", "lower", "upper"]]
    frame["upper"] = frame["upper"].mask(frame["lower"].notna() & frame["upper"].isna(), np.inf)
    placed = frame[["ref_area", "indicator"]].notna().all(axis=1)
    placed &= frame["time_period"].str.match(r"\d{4}").fillna(value=False).astype(bool)
    columns = [*PLACE, *CELL, "value", "lower", "upper"]
    return frame.loc[examined & placed, columns].reset_index(drop=True)


def placed(figures: pd.DataFrame) -> pd.DataFrame:
    """Return the figures with the table and cell of each.

    Adds: year (whole number); cell (its codes except area, indicator and period, in short); kind
    (its breakdown); dimension and level (the kind without, and only, sex and age); part (the cell
    without sex and age). An unread code is `?`. The year of a figure with only one basis of time is
    the calendar's, whatever it is: a state that counts other twelve months answers the same
    question.
    """
    bases = figures.groupby(["ref_area", "indicator", "time_period"])["time_basis"]
    basis = figures["time_basis"].mask(bases.transform("nunique") == 1, "CY").fillna("?")
    codes = figures[list(_CELL)].fillna("?").assign(time_basis=basis)
    which = codes.groupby(list(_CELL), sort=False).ngroup().to_numpy()
    first = codes.iloc[np.unique(which, return_index=True)[1]]
    named = [_names(figure) for figure in first.to_dict(orient="records")]
    names = pd.DataFrame(named, columns=["cell", "kind", "dimension", "level", "part"])
    year = figures["time_period"].str[:4].astype(int)
    places = names.take(which).set_axis(figures.index)
    return figures.assign(year=year, **places.to_dict(orient="series"))


def yearly(figures: pd.DataFrame) -> pd.DataFrame:
    """Return the yearly figures among placed ones that have all codes and bounds.

    What is printed as missing, such as `..`, has no bounds: it is no figure, and no nought either.
    Adds single: whether its cell is printed once, with a figure of five or more.
    """
    read = figures[[*CELL, "lower", "upper"]].notna().all(axis=1)
    figures = figures[read & (figures["freq"] == "A")]
    repeated = figures.duplicated(["ref_area", "indicator", "year", "cell"], keep=False)
    single = ~repeated & (figures["value"] >= SMALLEST)
    return figures.assign(single=single).reset_index(drop=True)


def hidden_or_zero(figures: pd.DataFrame) -> pd.Series:
    """Return which figures are no more than hidden ones and noughts.

    `<5` is 0 to 4 in some releases, 1 to 4 in others; the sum of several `<5` is as much wider.
    """
    widest = figures["upper"] >= (SMALLEST - 1) * figures["lower"]
    return (figures["lower"] < SMALLEST) & widest


def counts(figures: pd.DataFrame) -> pd.DataFrame:
    """Return the figures that are numbers, and no rates."""
    units = figures["indicator"].map(codelists.column("indicator", "unit_measure"))
    return figures[units == "NUMBER"]


def _names(codes: dict[str, str]) -> tuple[str, str, str, str, str]:
    by = [name for name in BREAKDOWNS if codes[name] not in _WHOLE]
    persons = [name for name in by if name in PERSONS]
    others = [name for name in by if name not in PERSONS]
    rest = [codes[name] for name, usual in _USUALLY.items() if codes[name] != usual]
    cell, part = (" ".join([*(codes[name] for name in names), *rest]) for names in (by, others))
    return cell or "_T", kind_of(by), kind_of(others), kind_of(persons), part


def kind_of(columns: list[str]) -> str:
    """Return the name of a breakdown by these columns."""
    return " x ".join(BREAKDOWNS[name] for name in columns) or "total"


def turned(figures: pd.DataFrame) -> pd.DataFrame:
    """Return the figures with women's in men's cells, and the reverse."""
    return figures.assign(sex=figures["sex"].replace({"F": "M", "M": "F"}))


def findings(
    figures: pd.DataFrame, effect: ArrayLike, evidence: ArrayLike, reason: ArrayLike = ""
) -> pd.DataFrame:
    """Return findings about figures: an effect, a kind of evidence and a reason for each.

    Columns of `OTHER` and `NUMBERS` are taken from `figures`, and missing where it has none. The
    column `detector` is filled when all detectors have run.
    """
    columns = {"reason": reason, "effect": effect, "evidence": evidence}
    return figures.assign(**columns).reindex(columns=COLUMNS)


def typed(found: pd.DataFrame) -> pd.DataFrame:
    """Return findings with whole numbers as such, and chances in one digit."""
    names = ["other_area", "other_indicator", "other_kind"]
    types = dict.fromkeys(INTEGERS, "Int64") | dict.fromkeys(names, "str")
    whole = found.astype(types | {"exchanged": "boolean"})
    chance = whole["by_chance"].map(lambda p: float(f"{p:.0e}"), na_action="ignore")
    return whole.assign(by_chance=chance, **{name: whole[name].fillna("") for name in names})
