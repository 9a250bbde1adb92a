"""Invented rows in UNODC's own columns."""

from itertools import product
from pathlib import Path

import pandas as pd

from pipelines.harmonised.harmonise import Harmonised, harmonise
from pipelines.sources import File, discover

GLOTIP = discover()["int_unodc_glotip"]
HEADER = list(GLOTIP.source.layouts[0].header)


def made(tmp_path: Path, *rows: dict[str, str]) -> Harmonised:
    """Harmonise a few rows in UNODC's own columns; invented figures."""
    usual = {
        "row": "4", "Iso3_code": "COL", "Country": "Colombia", "Region": "Americas",
        "Subregion": "Latin America and the Caribbean",
        "Indicator": "Detected trafficking victims", "Dimension": "Total", "Category": "Total",
        "Sex": "Total", "Age": "Total", "Year": "2019", "Unit of measurement": "Counts",
        "txtVALUE": "12", "Source": "GLOTIP",
    }  # fmt: skip
    path = tmp_path / "figures.csv"
    numbered = [{**usual, "row": str(4 + n), **row} for n, row in enumerate(rows)]
    pd.DataFrame(numbered).to_csv(path, index=False)
    return harmonise(GLOTIP, "2025-04-14", File(path))


def titled(*rows: list, header: list[str] = HEADER, day: str = "14/04/2025") -> list[list]:
    width = len(header)
    return [["UNODC", *[""] * (width - 1)], [day, *[""] * (width - 1)], header, *rows]


def many(figure: int = 12) -> list[list]:
    """As many invented rows as a release must have; `figure` is that of the first."""
    indicators = ("Detected trafficking victims", "Persons prosecuted", "Persons convicted")
    cells = product(
        (("COL", "Colombia"), ("PER", "Peru"), ("CHL", "Chile")), indicators,
        ("Total", "Female", "Male"), ("Total", "0 to 17 years"), range(2003, 2024),
    )  # fmt: skip
    return [
        [iso3, name, "Americas", "Latin America and the Caribbean", indicator, "Total", "Total",
         sex, age, str(year), "Counts", str(figure if row == 0 else 5 + row % 97), "GLOTIP"]
        for row, ((iso3, name), indicator, sex, age, year) in enumerate(cells)
    ]  # fmt: skip
