"""Small invented files of figures."""

import numpy as np
import pandas as pd

from pipelines.intake.detectors import examine
from schemas import codelists

STATES = [code for code in codelists.codes("area") if not code.startswith("_")]

FIGURE = ["row", "column", "indicator"]
"""Columns that findings and figures have in common."""

USUAL = {
    "column": "", "ref_area": "ARG", "indicator": "VIC_DETECT", "freq": "A", "time_basis": "CY",
    "time_period": "2019", "sex": "_T", "age": "_T", "exploitation": "_T", "citizenship": "_T",
    "counterpart_role": "_Z", "counterpart_area": "_Z", "breakdown": "_T",
}  # fmt: skip


def figures(*rows: dict[str, object]) -> pd.DataFrame:
    """Figures with these codes and values; one without a value is printed as `<5`.

    A row with only a `value` is the total of detected victims of Argentina in 2019.
    """
    filled = []
    for number, row in enumerate(rows, 1):
        value = row.get("value")
        bounds = (0.0, 4.0) if value is None else (value, value)
        usual = {"row": number, **USUAL, "value": value, "lower": bounds[0], "upper": bounds[1]}
        filled.append({**usual, **row})
    frame = pd.DataFrame(filled)
    return frame.astype(dict.fromkeys(("value", "lower", "upper"), "float64"))


def file(areas: int = 40, years: range = range(2014, 2020), seed: int = 2) -> pd.DataFrame:
    """A sound file: of each area and year three indicators by sex and age, and forms.

    Sums are those of their parts; nothing is hidden. By chance, some seeds have equal tables.
    """
    rng = np.random.default_rng(seed)
    rows = []
    for area in STATES[:areas]:
        for indicator in ("PER_CONTACT", "PER_CONVICT", "VIC_DETECT"):
            size = rng.lognormal(4, 0.7)
            for year in years:
                usual = {"ref_area": area, "indicator": indicator, "time_period": str(year)}
                rows += [{**usual, **cell} for cell in _tables(rng, size)]
    return figures(*rows)


def _tables(rng: np.random.Generator, size: float) -> list[dict[str, object]]:
    """The total, sexes, ages, sexes by age and forms of a year."""
    persons = {
        (sex, age): 8 + int(rng.poisson(size * rng.uniform(0.2, 1)))
        for sex in ("F", "M")
        for age in ("Y0T17", "Y_GE18")
    }
    total = sum(persons.values())
    rows: list[dict[str, object]] = [{"value": total}]
    rows += [{"sex": sex, "age": age, "value": value} for (sex, age), value in persons.items()]
    for place, name in enumerate(("sex", "age")):
        for code in {key[place]: None for key in persons}:
            value = sum(value for key, value in persons.items() if key[place] == code)
            rows.append({name: code, "value": value})
    first = int(total * rng.uniform(0.3, 0.6))
    forms = {"SX": first, "FL": total - first}
    return rows + [{"exploitation": form, "value": value} for form, value in forms.items()]


def printed_instead(where: pd.DataFrame, source: pd.DataFrame, *cell: str) -> pd.DataFrame:
    """`where` with the figures of `source` in the cells that agree in the columns `cell`."""
    new = where[["row", *cell]].merge(source[[*cell, "value"]], on=list(cell))
    value = where["row"].map(new.set_index("row")["value"]).fillna(where["value"])
    return where.assign(value=value, lower=value, upper=value)


def found(frame: pd.DataFrame, detector: str, before: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return the findings of a detector in a file, with the figures."""
    findings = examine(frame, before, wanted=[detector])
    return findings[findings["detector"] == detector].merge(frame, on=FIGURE)


def tables(findings: pd.DataFrame) -> set[tuple[str, str, int]]:
    """The tables of findings: indicator, breakdown, year."""
    return set(findings[["indicator", "kind", "year"]].itertuples(index=False, name=None))
