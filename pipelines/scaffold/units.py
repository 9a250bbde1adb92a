"""Decide the unit of a sample's figures, so that no indicator of another unit can be answered."""

import re
from pathlib import Path
from typing import NamedTuple

from pipelines.reader.refusal import FileRefusedError
from pipelines.reader.table_checks import units_in
from pipelines.scaffold.columns import read_columns
from pipelines.scaffold.sample import read_sample
from pipelines.scaffold.shape import Shape
from schemas import codelists


class Unit(NamedTuple):
    """The indicators whose unit figures may have, by code with their names, and what says so."""

    indicators: dict[str, str]
    why: str = ""


def unit_of(file: Path) -> Unit:
    """Return the unit of the figures of a sample; any indicator where nothing in it decides.

    Raises:
        FileRefusedError: not a file whose table can be read, or in a unit that no indicator has.
    """
    sample = read_sample(file)
    if not sample.shape.numeric:
        raise FileRefusedError(f"{file}: no column of figures was found; is it the right file?")
    columns = read_columns(sample, file)
    unit = _decided(sample.shape, columns.texts(columns.figure))
    if not unit.indicators:
        raise FileRefusedError(
            f"{file}: {unit.why}, and no indicator is measured so: take the publisher's table of "
            "counts or rates; a share says nothing of how many victims there are"
        )
    return unit


def _decided(table: Shape, figures: list[str]) -> Unit:
    """Return the unit that the texts of a table, or its figures, state."""
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
