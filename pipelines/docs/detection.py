"""The detectors' part of docs/rules.md: purpose and error rates of each."""

from pathlib import Path
from typing import Final, NamedTuple

from pipelines.intake import detectors
from schemas import codelists

_MODULES: Final = {
    "detectors": (
        "copied_table", "margins", "filled_column", "other_indicator", "copied_year",
        "copied_area", "moved", "restated", "digit_slip", "year_as_figure",
    ),
    "decisions": ("tables", "coincidence"),
}  # fmt: skip
"""Modules of `pipelines.intake.detectors`, in the order of the page."""
_FOLDER: Final = Path(__file__).parent


class Paragraphs(NamedTuple):
    """A module's docstring: its first sentence and the rest."""

    title: str
    text: str


def paragraphs() -> dict[str, list[Paragraphs]]:
    """Return the docstrings of the detectors and of their rules of decision."""
    return {
        part: [_paragraphs(getattr(detectors, name).__doc__) for name in names]
        for part, names in _MODULES.items()
    }


def _paragraphs(docstring: str | None) -> Paragraphs:
    title, _, text = (docstring or "").partition("\n\n")
    return Paragraphs(title, text.strip())


def rates(name: str) -> list[dict[str, str]]:
    """Return a table of rates that `make planted` measured."""
    return codelists.rows(_FOLDER / f"{name}.csv")
