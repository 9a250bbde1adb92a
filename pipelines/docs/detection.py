"""The detectors' part of docs/rules.md: purpose and error rates of each."""

import csv
from pathlib import Path
from typing import Final, NamedTuple

from pipelines.intake.detectors import (
    coincidence,
    copied_area,
    copied_table,
    copied_year,
    digit_slip,
    filled_column,
    margins,
    moved,
    other_indicator,
    restated,
    tables,
    year_as_figure,
)

_DETECTORS: Final = (
    copied_table, margins, filled_column, other_indicator, copied_year, copied_area, moved,
    restated, digit_slip, year_as_figure,
)  # fmt: skip
_RULES: Final = (tables, coincidence)
_FOLDER: Final = Path(__file__).parent


class Paragraphs(NamedTuple):
    """A module's docstring: its first sentence and the rest."""

    title: str
    text: str


def paragraphs() -> dict[str, list[Paragraphs]]:
    """Return the docstrings of the detectors and of their rules of decision."""
    return {
        "detectors": [_paragraphs(each.__doc__) for each in _DETECTORS],
        "decisions": [_paragraphs(each.__doc__) for each in _RULES],
    }


def _paragraphs(docstring: str | None) -> Paragraphs:
    title, _, text = (docstring or "").partition("\n\n")
    return Paragraphs(title, text.strip())


def rates(name: str) -> list[dict[str, str]]:
    """Return a table of rates that `make planted` measured."""
    with (_FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
