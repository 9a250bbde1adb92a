"""The OAS states as a tile map, laid out by hand: it shows reporting and links to every state.

All tiles have the same size. A tile is shaded by the number of core indicators with a figure, never
by the number of victims.
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
"""Indicators per band of shading: a quarter of the twelve that have figures today."""


@dataclass(frozen=True)
class Tile:
    """The tile of one state.

    Attributes:
        area: code of the state.
        column: column of the tile, counted from the west.
        row: row of the tile, counted from the north.
        known: number of core indicators with a figure from any source.
        band: band of shading; 0 without any figure.
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
        all_known: number of core indicators with a figure of any state.
    """

    states: list[Tile]
    all_known: int

    @property
    def bands(self) -> list[tuple[int, int, int]]:
        """The bands in use: number of the band, and the least and greatest count in it."""
        used = sorted({tile.band for tile in self.states})
        return [(band, max((band - 1) * _BAND + 1, 0), band * _BAND) for band in used]


def read_tiles(connection: duckdb.DuckDBPyConnection) -> Tiles:
    """Return the grid with the number of indicators that each state reports."""
    found = context.query(connection, "tile")
    known = dict(zip(found["ref_area"].tolist(), found["known"].tolist(), strict=True))
    return tile_grid(known, max(found["all_known"].tolist(), default=0))


def tile_grid(known: Mapping[str, int], all_known: int) -> Tiles:
    """Return the grid from the number of known core indicators by state, and of all states."""
    states = [
        Tile(area, column, row, known.get(area, 0), -(-known.get(area, 0) // _BAND))
        for area, column, row in _places()
    ]
    return Tiles(states, all_known)


@cache
def _places() -> list[tuple[str, int, int]]:
    """Return code, column and row of each state, from north to south and west to east."""
    with _PLACES.open(encoding="utf-8", newline="") as file:
        rows = [(row["area"], int(row["column"]), int(row["row"])) for row in csv.DictReader(file)]
    return sorted(rows, key=lambda place: (place[2], place[1]))
