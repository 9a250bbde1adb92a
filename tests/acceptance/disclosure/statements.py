"""Printed figures as the statements that `attack` reads."""

import json
from collections.abc import Iterable
from typing import Final

import duckdb
import numpy as np
import pandas as pd
from attack import BLOCK, Cell
from deduction import UNKNOWN

from schemas import codelists
from schemas.figure import FigureError, parse

Connection = duckdb.DuckDBPyConnection

FIGURE: Final = ("txtVALUE", "value")
"""What UNODC and the US report call the column in which a figure stands."""

ZEROS_PRINTED: Final = ("int_unodc_glotip", "2025-10-28")
"""The release that prints zeros: `<5` is 1 to 4 there."""

_CELL: Final = ["world", *BLOCK, "cell"]
_WORLD: Final = ("source", "release")
_KEY: Final = ["ref_area", "indicator", "time_period", *Cell._fields[:5]]


def statements(frame: pd.DataFrame) -> pd.DataFrame:
    """One statement per row that has a `value`, or bounds `lower` and `upper`, whichever is there.

    The other columns are called as in the published views. A dimension that is not there is a
    total; `source` and `release` make a world.
    """
    texts = [name for name in (*_WORLD, *_KEY) if name in frame]
    frame = frame.astype(dict.fromkeys(texts, str))
    country = frame["ref_area"].map(codelists.load("subdivision").set_index("code")["country"])
    month = frame["time_period"].str[4:]
    codes = {name: frame[name] for name in Cell._fields if name in frame}
    codes["place"] = frame["ref_area"].where(country.notna(), "_T")
    codes["month"] = month.where(month != "", "_T")
    exact = frame.get("value", pd.Series(np.nan, frame.index))
    lower, upper = (exact.fillna(frame.get(bound, exact)) for bound in ("lower", "upper"))
    claims = pd.DataFrame(
        {
            "world": frame["source"] + " " + frame["release"],
            "area": country.fillna(frame["ref_area"]),
            "indicator": frame["indicator"].str.removesuffix("_RATE"),
            "year": frame["time_period"].str[:4],
            "cell": [
                Cell(**dict(zip(codes, each, strict=True)))
                for each in zip(*codes.values(), strict=True)
            ],
            "lower": lower.fillna(0.0),
            "upper": upper.fillna(UNKNOWN),
            "is_share": frame.get("is_share", False),
            "hides": frame.get("hides", False),
        }
    )
    return claims[lower.notna() | upper.notna()]


def read(connection: Connection, view: str, columns: str = "*") -> pd.DataFrame:
    """All rows of a view, or those that a condition after its name chooses."""
    return connection.sql(f"select {columns} from {view}").df()


def printed(connection: Connection) -> pd.DataFrame:
    """All counts of all releases, the newest first, those that quarantine keeps out included."""
    counts = connection.sql(
        "select observation.*, conf_status = 'A' as hides from harmonised.observation "
        "join codelist.indicator on code = indicator where unit_measure = 'NUMBER' "
        "order by source, release desc, locator"
    ).df()
    return pd.concat([statements(counts), _kept_out(connection)], ignore_index=True)


def as_released(rows: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """The counts of releases as they were read: no earlier figure is withheld."""
    figures = pd.concat(rows, ignore_index=True)
    figures = figures[~figures["indicator"].astype(str).str.endswith("_RATE")]
    return statements(figures.assign(hides=figures["conf_status"] == "A"))


def _kept_out(connection: Connection) -> pd.DataFrame:
    """Figures in quarantine. Those on one cell contradict each other: each makes its own world."""
    rows = connection.sql(
        "from main.quarantine where source in ('int_unodc_glotip', 'usa_tip_report')"
    ).df()
    rows = rows.dropna(subset=_KEY).drop_duplicates(["source", "release", "locator"])
    number = rows.groupby(["source", "release", *_KEY], observed=True).cumcount().astype(str)
    bounds = [
        _bounds(row, int((source, release) == ZEROS_PRINTED))
        for source, release, row in zip(rows["source"], rows["release"], rows["row"], strict=True)
    ]
    return statements(
        rows.assign(
            release=rows["release"] + " kept out " + number,
            lower=[lower for lower, _ in bounds],
            upper=[upper for _, upper in bounds],
        )
    )


def _bounds(row: str, least: int) -> tuple[float | None, float | None]:
    """Of the figure in a printed row, where `<5` hides so many at least."""
    cells = json.loads(row)
    try:
        figure = parse(next(cells[name] for name in FIGURE if name in cells), "en_US", least)
    except FigureError:
        return None, None
    return figure.lower, figure.upper


def beyond(printed: pd.DataFrame, claims: pd.DataFrame) -> pd.DataFrame:
    """Return the claims that add something: shares, cells that nobody prints, narrower bounds."""
    known = printed[_CELL].drop_duplicates()
    new = claims.merge(known, "left", indicator=True)["_merge"].eq("left_only").to_numpy()
    return pd.concat([claims[new | claims["is_share"]], narrower(printed, claims)])


def narrower(printed: pd.DataFrame, claims: pd.DataFrame) -> pd.DataFrame:
    """Return the claims about suppressed cells that are narrower than what is printed.

    What contradicts the print says nothing: a greatest figure above 4 is not that of a `<5`.
    """
    hidden = printed[printed["hides"]]
    both = hidden.merge(claims[~claims["is_share"]], on=_CELL, suffixes=("", "_claimed"))
    lower = both[["lower", "lower_claimed"]].max(axis=1)
    upper = both[["upper", "upper_claimed"]].min(axis=1)
    says_more = (lower > both["lower"]) | (upper < both["upper"])
    return both.assign(lower=lower, upper=upper)[says_more & (lower <= upper)][[*printed.columns]]
