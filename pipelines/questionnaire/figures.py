"""A figure as a state gives it: a number, `<5`, yes or no; each an interval of whole numbers."""

import re
from typing import Final

from pipelines.protection.cells import NOTHING, THRESHOLD, Bounds
from schemas.observation_rules import SENTINELS

BELOW: Final = Bounds(0, THRESHOLD - 1)
HIDDEN: Final = f"<{THRESHOLD}"
"""Text that a state writes, and that is published, in place of a number below the threshold."""

DIGITS: Final = 9
"""Most digits of a number: no state counts more."""

WHOLE: Final = "[0-9]+"
SMALL: Final = f"< ?{THRESHOLD}"
FAULTS: Final = {
    "negative": r"[-−][0-9].*",
    "limit": r"[<>≤≥=].*",
    "fraction": r"[0-9]+[.,]([0-9]{1,2}|[0-9]{4,})",
    "separator": r"[0-9][0-9.,'’ \u00a0\u2009\u202f]*",
}
"""What a number, a small one, and each text that is none looks like; the first that fits counts."""


def as_text(figure: Bounds) -> str:
    """Return a figure as a form prints it."""
    if figure.low == figure.high:
        return f"{figure.low:.0f}"
    if figure.high == NOTHING.high:
        return f"≥{figure.low:.0f}"
    return HIDDEN if figure == BELOW else f"{figure.low:.0f}–{figure.high:.0f}"


def figure_in(text: str) -> Bounds | str:
    """Return the figure in a text of digits or `<5`, or else the code of what is wrong with it."""
    if re.fullmatch(SMALL, text):
        return BELOW
    if not re.fullmatch(WHOLE, text):
        found = (fault for fault, pattern in FAULTS.items() if re.fullmatch(pattern, text))
        return next(found, "text")
    if len(text.lstrip("0")) > DIGITS:
        return "large"
    return "stand_in" if int(text) in SENTINELS else Bounds(int(text), int(text))
