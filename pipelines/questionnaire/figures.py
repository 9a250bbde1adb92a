"""A figure as a state gives it: a number, `<5`, yes or no; each an interval of whole numbers."""

import re
from typing import Final, NamedTuple

from schemas import parameters
from schemas.observation_rules import SENTINELS

THRESHOLD: Final = parameters.whole("least_printed")
"""Counts of persons below it are hidden."""
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


class Interval(NamedTuple):
    """The numbers that a figure may be: both ends are the figure if it is exact."""

    lower: int
    upper: int

    @property
    def text(self) -> str:
        """The figure as a form prints it."""
        if self.lower == self.upper:
            return f"{self.lower}"
        return HIDDEN if self == (0, THRESHOLD - 1) else f"{self.lower}–{self.upper}"


def total(parts: list[Interval]) -> Interval:
    """Return the sum of figures."""
    return Interval(sum(part.lower for part in parts), sum(part.upper for part in parts))


def read(text: str) -> Interval | str:
    """Return the figure in a text of digits or `<5`, or else the code of what is wrong with it."""
    if re.fullmatch(WHOLE, text):
        return _sound(int(text), text)
    if re.fullmatch(SMALL, text):
        return Interval(0, THRESHOLD - 1)
    found = (fault for fault, pattern in FAULTS.items() if re.fullmatch(pattern, text))
    return next(found, "text")


def _sound(number: int, text: str) -> Interval | str:
    if len(text.lstrip("0")) > DIGITS:
        return "large"
    return "stand_in" if number in SENTINELS else Interval(number, number)
