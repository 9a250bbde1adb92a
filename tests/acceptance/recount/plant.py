"""Defects, each planted in a copy of what is published, for the proof that a recount finds them."""

from collections.abc import Callable, Iterator

import pandas as pd

from recount.figures import CODES, EXACT, SUPPRESSED

Planted = tuple[pd.DataFrame, list[str]]
"""The spoilt frame, and how the report of each spoilt row must begin."""


def _somewhere(frame: pd.DataFrame) -> pd.Index:
    """The first, the middle and the last row."""
    return frame.index[[0, len(frame) // 2, -1]].unique()


def _named(rows: pd.DataFrame) -> list[str]:
    return [f"{place}: " for place in rows["place"]]


def _greater(frame: pd.DataFrame, column: str) -> Planted:
    rows = _somewhere(frame[frame[column].notna()])
    frame.loc[rows, column] += 1
    return frame, _named(frame.loc[rows])


def _hide_and_show(frame: pd.DataFrame) -> Planted:
    rows = _somewhere(frame)
    is_exact = frame.loc[rows, "status"] == EXACT
    frame.loc[rows, "status"] = is_exact.map({True: SUPPRESSED, False: EXACT})
    return frame, _named(frame.loc[rows])


def _codes_swapped(frame: pd.DataFrame) -> Planted:
    """Another code in every column of codes, each in a row of its own where there are enough."""
    rows = [frame.index[number % len(frame)] for number in range(len(CODES))]
    for row, name in zip(rows, CODES, strict=True):
        frame.loc[row, name] = "ANOTHER"
    return frame, [
        f"{frame.loc[row, 'place']}: {name} is 'ANOTHER'"
        for row, name in zip(rows, CODES, strict=True)
    ]


def _exchanged(frame: pd.DataFrame) -> Planted:
    """The first and the last row bear each other's places."""
    rows = frame.index[[0, -1]]
    frame.loc[rows, "place"] = frame.loc[rows[::-1], "place"].to_numpy()
    return frame, _named(frame.loc[rows])


def _dropped(frame: pd.DataFrame) -> Planted:
    rows = _somewhere(frame)
    return frame.drop(rows), _named(frame.loc[rows])


def _twice(frame: pd.DataFrame) -> Planted:
    rows = frame.loc[_somewhere(frame)]
    return pd.concat([frame, rows], ignore_index=True), _named(rows)


DEFECTS: dict[str, Callable[[pd.DataFrame], Planted]] = {
    "values are greater by one": lambda frame: _greater(frame, "value"),
    "bounds are greater by one": lambda frame: _greater(frame, "upper"),
    "a hidden figure is shown, a shown one hidden": _hide_and_show,
    "codes are others": _codes_swapped,
    "rows lead to each other's cells": _exchanged,
    "rows are dropped": _dropped,
    "rows stand twice": _twice,
}


def in_quarantine(quarantine: pd.DataFrame, found: pd.DataFrame) -> Iterator[tuple[str, Planted]]:
    """Yield quarantines with a defect each, and how its report must begin."""
    first, published = quarantine.iloc[[0]], found.iloc[[-1]]
    yield "a row is missing", (quarantine.iloc[1:], _named(first))
    for defect, row in {
        "a row is invented": first.assign(place="2020-01-01, a file, row 1"),
        "a row prints another text": first.assign(printed='{"value": "7 thousand"}'),
        "a figure is another": first.assign(text="7 thousand"),
        "a row is published, too": first.assign(place=published["place"].to_numpy()),
    }.items():
        yield defect, (pd.concat([quarantine.iloc[1:], row]), _named(row))
