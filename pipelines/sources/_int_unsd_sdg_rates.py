"""Rates per 100,000 inhabitants, as the global SDG database gives them since it left counts out.

The series are of all forms, of sexual exploitation and of forced labour, both sexes and all ages.
A rate with two decimals reveals the count in all but the largest states. So a rate that may mean
fewer than five persons is hidden, zero included: it may be anything up to the rate of four.

Some are withheld as well: beside figures that UNODC hides, now or in the release of 2023, an attack
by subtraction narrowed these with the bound or the rate.

A zero of a form is no report of none where the state has no total in that year: most such zeros
stand where UNODC's own file says nothing at all. They are kept out.
"""

import math
from functools import cache
from typing import Final

import numpy as np
import pandas as pd

from pipelines.reader.labels import read_labels, same_codes
from pipelines.reader.reshape import UNREADABLE
from pipelines.reader.rows import WITHHELD, Rows, Tidy
from schemas.figure import FigureError, parse

ALL_FORMS: Final = "VC_HTF_DETVR"
SERIES: Final = {ALL_FORMS: "_T", "VC_HTF_DETVSXR": "SX", "VC_HTF_DETVFLR": "FL"}
POPULATION: Final = "int_unsd_sdg_population.csv"
"""Residents at mid-year by World Population Prospects, to find the count behind a rate."""

TELLING: Final = frozenset(
    {
        ("VC_HTF_DETVR", "URY", "2020"),
        ("VC_HTF_DETVFLR", "CRI", "2020"),
        ("VC_HTF_DETVFLR", "TTO", "2020"),
        ("VC_HTF_DETVFLR", "URY", "2019"),
    }
)
"""Series, state and year of rates of which nothing may be shown."""

HALF: Final = 0.005
"""Half of the last decimal."""


def tidy(rows: Rows, hidden_below: int) -> Tidy:
    """Return the rates of the states, in our codes; those of fewer persons are hidden."""
    rows.replace(rows.raw.assign(value=_hidden(rows.raw, hidden_below)))
    figures = rows.figure("value")
    rows.set_aside(rows.raw["value"] == WITHHELD, "would_tell_hidden_figures")
    rows.reject(
        _without_total(rows.raw),
        "no_stand_in_for_no_answer",
        "value",
        "a hidden rate of a form, without a total of the year: nothing to do, it may be no answer",
    )
    return rows.tidy(
        ref_area=rows.recode("iso3", same_codes("ref_area"), "ref_area"),
        indicator="VIC_DETECT_RATE",
        time_period=rows.raw["year"].array,
        exploitation=rows.recode("seriesCode", SERIES, "exploitation"),
        **figures,
    )


def _hidden(raw: pd.DataFrame, limit: int) -> list[str]:
    """Return the printed rates, with a bound in place of each that may be of fewer persons."""
    people = _population()
    places = raw[["seriesCode", "iso3", "year"]].astype(str).itertuples(index=False, name=None)
    return [
        WITHHELD if place in TELLING and text else _text(text, people.get(place[1:]), limit)
        for text, place in zip(raw["value"].astype(str), places, strict=True)
    ]


def _text(text: str, people: int | None, limit: int) -> str:
    """Return the text to ship for a printed rate; an unreadable one may be small and is hidden."""
    try:
        rate = parse(text, "en_US").value
    except FigureError:
        return UNREADABLE
    if rate is None:
        return text
    if people is None or rate < 0:
        return UNREADABLE
    if math.ceil((rate - HALF) * people / 100_000) >= limit:
        return text
    bound = max((limit - 1) * 100_000 / people, rate + HALF)
    return f"<={math.ceil(bound * 10_000) / 10_000:.4f}"


@cache
def _population() -> dict[tuple[str, str], int]:
    rows = read_labels(__file__, POPULATION)
    return {(row["iso3"], row["year"]): int(row["population"]) for row in rows}


def _without_total(raw: pd.DataFrame) -> np.ndarray:
    """Return whether each row is a hidden rate of a form whose state has no total in the year."""
    place = raw["iso3"].astype(str) + " " + raw["year"].astype(str)
    is_total = (raw["seriesCode"] == ALL_FORMS) & (raw["value"] != "")
    is_hidden = raw["value"].astype(str).str.startswith("<")
    return (is_hidden & ~is_total & ~place.isin(place[is_total])).to_numpy()
