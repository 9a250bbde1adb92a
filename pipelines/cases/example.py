"""An invented extract, for documentation and tests: no real person is in it.

The rows follow from a seed. They have HTCDS's fields with labels in Spanish, a row per event, and
the faults that extracts have: blank rows, impossible dates and ages, contradictory identifiers.
"""

import csv
import random
from pathlib import Path
from typing import Final

COLUMNS: Final = (
    "prs_ID", "cas_ID", "cas_DateIdentified", "anio_nacimiento", "vic_TraffickingStatus",
    "cas_Subdivision", "prs_Gender", "vic_AgeWhenTrafficked", "vic_TypeOfExploitation",
    "prs_Citizenship",
)  # fmt: skip

AREAS: Final = {"Ciudad de México": 30, "Chiapas": 25, "Puebla": 20, "Jalisco": 15, "Tlaxcala": 6}
SEXES: Final = {"Mujer": 66, "Hombre": 30, "Otro": 3, "": 1}
FORMS: Final = {
    "SexualExploitation": 50, "ForcedLabour": 27, "ForcedBegging": 8, "Servitude": 5,
    "SexualExploitation;ForcedLabour": 4, "ForcedMarriage": 3, "OrganRemoval": 1, "": 2,
}  # fmt: skip
COUNTRIES: Final = {"MEX": 70, "HND": 11, "GTM": 8, "VEN": 5, "COL": 4, "": 2}
STATUSES: Final = {
    "ActualVictimOfTrafficking": 70, "PossibleVictimOfTrafficking": 25,
    "NotAVictimOfTrafficking": 5,
}  # fmt: skip
FAULTS: Final = ("blank", "date", "age", "sex", "birth_year")
"""Faults of a row; about one row in fifty has one."""


def write_example(path: Path, rows: int, seed: int) -> None:
    """Write an invented extract as CSV: every fifth row is a later event of the person above."""
    draw = random.Random(seed)  # noqa: S311 - no secret
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        person: list[str] = []
        for number in range(rows):
            if number % 5 != 4:
                person = _person(draw, number)
            writer.writerow(_spoilt(draw, _event(draw, person, number)))


def _person(draw: random.Random, number: int) -> list[str]:
    """Return identifier, year of birth and the other fields that a person keeps."""
    age = draw.choice((draw.randint(3, 17), draw.randint(18, 60), draw.randint(18, 35)))
    known_age = str(age) if draw.random() < 0.95 else ""
    labels = [_drawn(draw, each) for each in (STATUSES, AREAS, SEXES)]
    return [
        f"V-{number:07}", str(2020 - age), *labels, known_age, _drawn(draw, FORMS),
        _drawn(draw, COUNTRIES),
    ]  # fmt: skip


def _event(draw: random.Random, person: list[str], number: int) -> list[str]:
    day = f"{draw.randint(2018, 2021)}-{draw.randint(1, 12):02}-{draw.randint(1, 28):02}"
    return [person[0], f"C-{number:07}", day, *person[1:]]


def _spoilt(draw: random.Random, row: list[str]) -> list[str]:
    """Return the row, or one time in fifty the row with a fault."""
    if draw.random() >= 0.02:
        return row
    fault = draw.choice(FAULTS)
    if fault == "blank":
        return [""] * len(row)
    odd = {
        "date": ("cas_DateIdentified", "31/13/2019"),
        "age": ("vic_AgeWhenTrafficked", "999"),
        "sex": ("prs_Gender", "Hombre" if "Mujer" in row else "Mujer"),
        "birth_year": ("anio_nacimiento", "1901"),
    }
    column, text = odd[fault]
    row[COLUMNS.index(column)] = text
    return row


def _drawn(draw: random.Random, weights: dict[str, int]) -> str:
    return draw.choices(list(weights), list(weights.values()))[0]
