"""What is derived from the detectors: rows of a code list, and their part of docs/rules.md."""

from pathlib import Path
from typing import Final, NamedTuple

import pandas as pd

from pipelines.intake import detectors
from pipelines.intake.detectors import coincidence, tables
from schemas import codelists

_FOLDER: Final = Path(__file__).parent
GUARD: Final = ("guard_kinds", "guard_shares", "guard_eighteen")
"""Tables of what the guard holds back, which `make planted` measured."""
MEASURED: Final = ("planted", "false_alarms")
"""Tables of what the detectors find, which it measured too."""
_YES_OR_NO: Final = ("whole_tables", "no_answer", "doubts_before")
"""Attributes of detectors that are columns of the list."""
_DOUBT: Final = {"severity": "doubt", "comparability": "3", "scope": "figure", "rank": "13"}
"""What a detector's finding says of a figure that is published."""


def code_list() -> pd.DataFrame:
    """Return the code list of remarks as it should be written.

    Rows of detectors, which alone have effects, are made from their modules. The others are written
    by hand and stay as they are.
    """
    listed = codelists.as_written("remark")
    by_hand = listed[listed["effects"] == ""]
    made = pd.DataFrame(
        {
            "code": each.code,
            **{f"name_{language}": name for language, name in each.texts.name.items()},
            "definition": each.texts.definition,
            **_DOUBT,
            "effects": ";".join(each.effects),
            **{name: str(int(getattr(each, name))) for name in _YES_OR_NO},
        }
        for each in detectors.discover()
    )
    return pd.concat([made, by_hand]).reindex(columns=listed.columns).fillna("")


class Paragraphs(NamedTuple):
    """A module's docstring: its first sentence and the rest."""

    title: str
    text: str


def paragraphs() -> dict[str, list[Paragraphs]]:
    """Return the docstrings of the detectors and of their rules of decision."""
    decisions = (tables.__doc__ or "", coincidence.__doc__ or "")
    return {
        "detectors": [_paragraphs(each.explanation) for each in detectors.discover()],
        "decisions": [_paragraphs(each) for each in decisions],
    }


def _paragraphs(docstring: str) -> Paragraphs:
    title, _, text = docstring.partition("\n\n")
    return Paragraphs(title, text.strip())


def unmeasured() -> list[str]:
    """Return the codes of the detectors that are newer than the oldest rate of the page."""
    oldest = min(int(rate["version"]) for name in MEASURED for rate in rates(name))
    return [each.code for each in detectors.discover() if each.version > oldest]


def rates(name: str) -> list[dict[str, str]]:
    """Return a table of rates that `make planted` measured."""
    return codelists.rows(_FOLDER / f"{name}.csv")
