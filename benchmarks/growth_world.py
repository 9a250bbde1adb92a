"""Makes an invented world below `TIPSTAT_HOME`: sources, their releases, and nothing that is true.

Every fourth source is international and has figures of all states; each of the others is of one
state. Sources are real modules with a metadata file, in a folder of the world in place of
`pipelines/sources`. States beyond the 35 of the Americas are others of the code list, which count
as members there. The figures of a release are the cells of a source in one order, totals first:
years and states, then sexes, ages, forms and citizenships. Parts add up to their totals; each
release changes one figure in fifty.
"""

import csv
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from math import prod
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
from invented import enter

import pipelines.sources
from pipelines.lib import paths
from pipelines.raw import manifest
from pipelines.raw.manifest import RawFile
from schemas import codelists

SHIPPED = Path(__file__).parents[1] / "data" / "raw"
POPULATION = "ref_wpp"
YEARS = [str(year) for year in range(1990, 2020)]
PARTS: dict[str, tuple[str, ...]] = {
    "citizenship": ("_T", *codelists.addends("citizenship")),
    "exploitation": ("_T", *codelists.addends("exploitation")),
    "age": ("_T", *codelists.addends("age")),
    "sex": ("_T", "F", "M", "_U"),
    "indicator": (
        "VIC_DETECT", "VIC_IDENT", "VIC_PRESUMED", "VIC_RECORDED", "AST_ASSISTED", "PER_ARREST",
        "PER_PROSEC", "PER_CONVICT",
    ),
}  # fmt: skip
"""Codes of the dimensions, the slowest first."""
WEIGHTS = {
    "citizenship": [6, 3, 2, 1],
    "exploitation": [7, 1, 2, 3, 1],
    "age": [5, 1, 3, 1],
    "sex": [4, 2, 1, 1],
}
"""How much of a figure each code has: the first is the total of the others, which are unlike."""
HEADER = ("time_period", "ref_area", *PARTS, "figure")
_CODED = "      {0}: {{{{column: {0}, codes: true}}}}\n"
METADATA = f"""
publisher: Office {{number}}
title: Invented figures {{number}}
citation: Office {{number}}, invented figures
licence: {{{{en: none, es: ninguna, pt: nenhuma, fr: aucune}}}}
address: https://example.org/{{number}}
page: https://example.org/{{number}}
by_hand: Nowhere.
cadence: every week
cadence_days: 7
coll_method: POLICE
time_basis: CY
def_scope: PALERMO
counted: {{{{en: Nobody, es: Nadie, pt: Ninguém, fr: Personne}}}}
caution: {{{{en: Invented, es: Inventado, pt: Inventado, fr: Inventé}}}}
number_locale: en_US
nationwide: false
layouts:
  - file: figures.csv
    header: [{", ".join(HEADER)}]
    minimum_rows: 1
tables:
  - cells:
      time_period: {{{{column: time_period}}}}
      ref_area: {{{{column: ref_area, codes: true}}}}
{"".join(map(_CODED.format, PARTS))}    figure: figure
"""


class World(NamedTuple):
    """The size of an invented world; `rows` counts those of all releases together."""

    sources: int = 16
    states: int = 35
    releases: int = 25
    rows: int = 10_000


def enter_world(home: Path) -> None:
    """Let this process see the sources and the members of a world."""
    pipelines.sources.__path__[:] = [str(home / "sources")]
    pipelines.sources.__file__ = str(home / "sources" / "__init__.py")
    codelists._FOLDER = home / "codelists"  # type: ignore[misc]  # no other project has other lists


def make(home: Path, world: World) -> None:
    """Write all that there is of a world."""
    states = _write_members(home, world.states)
    (home / "sources").mkdir()
    shutil.copy(f"{pipelines.sources.__path__[0]}/{POPULATION}.yml", home / "sources")
    shutil.copytree(SHIPPED / POPULATION, home / "data" / "raw" / POPULATION)
    shutil.copy(SHIPPED / "manifest.csv", paths.manifest())
    population = manifest.entries(POPULATION)
    enter([*population, *_releases(home, world, states, population[0])])


def _write_members(home: Path, count: int) -> list[str]:
    """Write code lists in which so many states are members, and return these."""
    shutil.copytree(codelists._FOLDER, home / "codelists")
    rows = codelists.load("area").to_dict("records")
    named = [row for row in rows if row["iso2"]]
    members = sorted(named, key=lambda row: row["is_oas"] != "1")[:count]
    for row in members:
        row["is_oas"] = "1"
    with (home / "codelists" / "area.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, rows[0], lineterminator="\n")
        table.writeheader()
        table.writerows(rows)
    return [row["code"] for row in members]


def _releases(home: Path, world: World, states: list[str], like: RawFile) -> Iterator[RawFile]:
    """Write the sources and their releases, and yield the lines of the manifest."""
    for number in range(world.sources):
        own = states if number % 4 == 0 else [states[number % len(states)]]
        source = f"{'int' if number % 4 == 0 else own[0].lower()}_office{number:02}"
        path = home / "sources" / f"{source}.yml"
        path.write_text(METADATA.format(number=number), encoding="utf-8")
        (paths.raw() / source).mkdir()
        for release in range(number, world.releases, world.sources):
            day = (date(2020, 1, 5) + timedelta(weeks=release)).isoformat()
            table = _table(own, release, world.rows // world.releases)
            entry = replace(
                like, source=source, release=day, retrieved=day, file=f"{source}/{day}.csv",
                rows=str(len(table)), publisher=f"Office {number}", publisher_file="figures.csv",
            )  # fmt: skip
            table.to_csv(entry.path, index=False, encoding="utf-8", lineterminator="\n")
            yield entry


def _table(states: list[str], release: int, rows: int) -> pd.DataFrame:
    """Return the first cells of a source with their figures, as printed by a release."""
    codes = {**PARTS, "time_period": YEARS, "ref_area": states}
    shape = tuple(map(len, codes.values()))
    cell = np.arange(min(rows, prod(shape)))
    places = dict(zip(codes, np.unravel_index(cell, shape), strict=True))
    figure = 5 + sum(places[name] for name in ("time_period", "indicator", "ref_area")) % 7
    for name, weights in WEIGHTS.items():
        figure *= np.array(weights)[places[name]]
    figure += cell % 50 == release % 50
    columns = {name: np.array(codes[name])[places[name]] for name in HEADER[:-1]}
    return pd.DataFrame({"row": cell + 2, **columns, "figure": figure})
