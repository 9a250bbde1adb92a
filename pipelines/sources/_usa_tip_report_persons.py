"""Protection of persons in the figures of the Trafficking in Persons Reports.

UNODC hides counts under 5 of the same victims, accused and convicted, zero included, so they are
hidden here too. Notes are separated by semicolons; what splits a figure by sex, age, form or
nationality is left out.

Why zeros too: docs/decisions/protection.md.
"""

import re
from typing import Final

import pandas as pd

from schemas.columns import per_category
from schemas.figure import FigureError, parse

COUNTING_PERSONS: Final = frozenset(
    {
        "victims identified", "potential victims", "victims assisted", "persons prosecuted",
        "persons convicted", "persons prosecuted or cases prosecuted",
    }
)  # fmt: skip
"""Headings of counts of persons, or of what may be persons."""

BUDGET: Final = "budget"
"""Heading of sums of money, whose notes have the amount in the state's own."""

FEWEST: Final = 5
"""Fewer persons are hidden."""

OF_PERSONS: Final = re.compile(
    r"^\d{1,3}\b|\b(none|no new|one|two|three|four|wom[ae]n|m[ae]n|girls?|boys?|child(ren)?"
    r"|adults?|minors?|(fe)?males?|sex(ual)?|labou?r|servitude|foreign|nationals?)\b",
    re.IGNORECASE,
)
"""Part of a note that splits a figure, down to single persons, or tells that there were none."""


def without_persons(raw: pd.DataFrame, locale: str) -> pd.DataFrame:
    """Return the rows without what could name a person.

    That is small counts with their notes, which repeat a count in words ("did not identify any"),
    and notes that split a figure, budgets apart. `locale` is the one whose digit signs the figures
    have.
    """
    few = per_category(raw["value"], lambda text: _is_few(text, locale))
    hidden = raw["indicator"].isin(COUNTING_PERSONS) & few
    value = raw["value"].astype(str).where(~hidden, f"<{FEWEST}")
    note = pd.Series([_of_the_figure(note) for note in raw["note"]], index=raw.index)
    note = note.where(raw["indicator"] != BUDGET, raw["note"].astype(str))
    return raw.assign(value=value, note=note.where(~hidden, ""))


def _is_few(text: str, locale: str) -> bool:
    try:
        value = parse(text.removeprefix("<"), locale).value
    except FigureError:
        return False
    return value is not None and 0 <= value < FEWEST + text.startswith("<")


def _of_the_figure(note: str) -> str:
    """Return the parts of a note about the whole figure; none is a bare heading like `PART:`."""
    parts = [part.strip() for part in note.split(";")]
    filled = [part for part in parts if part and part[-1] != ":" and _is_whole(part)]
    return "; ".join(part for part in filled if not OF_PERSONS.search(part))


def _is_whole(part: str) -> bool:
    """Return whether a part is not cut out of the brackets of another."""
    return part.count("(") == part.count(")")
