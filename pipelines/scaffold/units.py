"""Decide the unit of a sample's figures, so that no indicator of another unit can be answered."""

import re
from typing import NamedTuple

from pipelines.reader.table_checks import units_in
from pipelines.scaffold.shape import Shape
from schemas import codelists


class Unit(NamedTuple):
    """The indicators whose unit figures may have, by code with their names, and what says so."""

    indicators: dict[str, str]
    why: str = ""


def unit_of(table: Shape, figures: list[str]) -> Unit:
    """Return the unit of the figures of a table; any indicator where nothing in it decides."""
    said = {
        f"column '{name}' says '{texts[0]}'": texts[0]
        for name in table.named
        if name not in table.numeric and len({*(texts := table.texts(name))}) == 1
    }
    if len(table.numeric) == 1:
        said |= {f"column '{table.numeric[0]}' says so": table.numeric[0]}
    if _share(r".*%", figures) > 0.5:
        said = {"its figures have a '%'": "%"}
    for why, text in said.items():
        if found := units_in(text):
            return Unit(_indicators(*found), why)
    if _share(r"\d+[.,](?!0*$)(?:\d{1,2}|\d{4,})", figures) > 0.5:  # three may be thousands
        counts = _indicators("NUMBER", "BOOL")
        rates = {code: name for code, name in _indicators().items() if code not in counts}
        return Unit(rates, "most of its figures have a fraction")
    return Unit(_indicators())


def _indicators(*units: str) -> dict[str, str]:
    """Return the names of the indicators that are measured in some units, or of all, by code."""
    measured = codelists.column("indicator", "unit_measure")
    names = codelists.labels("indicator", "en")
    return {code: name for code, name in names.items() if not units or measured[code] in units}


def _share(pattern: str, texts: list[str]) -> float:
    return sum(bool(re.fullmatch(pattern, text)) for text in texts) / len(texts)
