"""Writes an invented national file in its publisher's layout: SOURCE ROWS FILE."""

import random
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from pipelines.sources import discover
from schemas.table import ColumnReading

STATES = ("Aguascalientes", "Baja California", "Baja California Sur", "Campeche", "Coahuila")
OFFENCES = (
    ("La sociedad", "Otros delitos contra la sociedad"), ("El patrimonio", "Robo"),
    ("La vida y la Integridad corporal", "Lesiones"), ("La familia", "Violencia familiar"),
)  # fmt: skip
OWN_COLUMN = {"mex_sesnsp": "Municipio", "usa_fbi": "ACTUAL_COUNT"}
"""A column of the layout that is written."""
BLOCK = 20_000


def main() -> None:
    """Writes the file, some ten thousand lines at a time."""
    source, rows, path = sys.argv[1], int(sys.argv[2]), Path(sys.argv[3])
    layouts = discover()[source].source.layouts
    layout = next(each for each in layouts if OWN_COLUMN[source] in each.header)
    lines = {"mex_sesnsp": _offences, "usa_fbi": _agencies}[source](rows)
    with path.open("w", encoding=layout.encoding.removesuffix("-sig"), newline="") as file:
        file.write(f"{','.join(layout.header)}\n")
        while block := list(islice(lines, BLOCK)):
            file.writelines(block)


def _offences(rows: int) -> Iterator[str]:
    """Months of an offence in a municipality; every hundredth row is about trafficking."""
    chance = random.Random(1)  # no secret
    for number in range(rows):
        state = number % len(STATES)
        place = f"{2015 + number % 11},{state + 1},{STATES[state]},{state + 1}{number % 570:03},"
        town = f"Municipio de San Andrés {number % 570:03},"
        if number % 100:
            right, kind = OFFENCES[number % len(OFFENCES)]
            offence = f"{right},{kind},{kind} con violencia,Con arma de fuego nº {number % 7}"
        else:
            offence = "La sociedad" + ",Trata de personas" * 3
        months = ",".join(str(int(chance.random() * 3)) for _ in range(12))
        yield f"{place}{town}{offence},{months}\n"


def _agencies(rows: int) -> Iterator[str]:
    """A month of an agency, in the columns of the file of 2013 to 2020."""
    cell = discover()["usa_fbi"].source.tables[0].cells["exploitation"]
    assert isinstance(cell, ColumnReading)
    kinds = [label.split(" | ") for label in cell.labels]
    states = (("TX", "Texas"), ("MN", "Minnesota"), ("NB", "Nebraska"), ("AK", "Alaska"))
    for number in range(rows):
        short, name = states[number % len(states)]
        code, kind = kinds[number % len(kinds)]
        yield (
            f"{2013 + number % 8},{short}{number % 20_000:07},Agency {number % 20_000},,City,"
            f'{short},{name},Division,"COUNTY {number % 254}; OTHER",Region,"100,000-249,000",'
            f'"Cities from 100,000 thru 249,999",{code},Human Trafficking,{kind},'
            f"{number % 3},0,{number % 2},0\n"
        )


if __name__ == "__main__":
    main()
