"""The states of the OAS as a grid of tiles, laid out by hand: a map of who reports, and the way in.

A tile is as large for a small state as for a large one. It is shaded by how many core indicators
have a figure, never by the number of victims.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import duckdb

from pipelines.published.site.figures import context

_PLACES: Final = Path(__file__).with_suffix(".csv")
_BAND: Final = 3
"""Indicators in a band of shading: a quarter of the twelve of which there are figures today."""


@dataclass(frozen=True)
class Tile:
    """One state.

    Attributes:
        area: its code.
        column: where its tile lies, counted from the west.
        row: the same from the north.
        known: of how many core indicators some source has a figure.
        band: how dark its tile is; 0 without any figure.
    """

    area: str
    column: int
    row: int
    known: int
    band: int


@dataclass(frozen=True)
class Tiles:
    """The grid.

    Attributes:
        states: the tiles from north to south and west to east, which is the order of reading.
        all_known: of how many core indicators some source has a figure of some state.
    """

    states: list[Tile]
    all_known: int

    @property
    def bands(self) -> list[tuple[int, int, int]]:
        """Each band that a tile is in: its number, and the least and greatest count in it."""
        used = sorted({tile.band for tile in self.states})
        return [(band, max((band - 1) * _BAND + 1, 0), band * _BAND) for band in used]


def read(connection: duckdb.DuckDBPyConnection) -> Tiles:
    """The grid with what each state reports."""
    found = context.query(connection, "tile")
    known = dict(zip(found["ref_area"].tolist(), found["known"].tolist(), strict=True))
    return of(known, max(found["all_known"].tolist(), default=0))


def of(known: Mapping[str, int], all_known: int) -> Tiles:
    """The grid of states of which so many core indicators are known, out of so many."""
    states = [
        Tile(area, column, row, known.get(area, 0), -(-known.get(area, 0) // _BAND))
        for area, column, row in _places()
    ]
    return Tiles(states, all_known)


@cache
def _places() -> list[tuple[str, int, int]]:
    """Code, column and row of each state, from north to south and west to east."""
    with _PLACES.open(encoding="utf-8", newline="") as file:
        rows = [(row["area"], int(row["column"]), int(row["row"])) for row in csv.DictReader(file)]
    return sorted(rows, key=lambda place: (place[2], place[1]))
