"""An attacker: a reader of printed forms who solves for the persons that may lie behind them.

It shares nothing with the protection: its unknowns are not rows but persons, by every sex and age,
by form of exploitation and by citizenship, among them those whom no row names.
"""

from collections.abc import Mapping

import numpy as np
from scipy.optimize import linprog

from pipelines.questionnaire.form import Row

CODES = {
    "sex": ("F", "M", "_O", "_U", "rest"),
    "age": ("Y_GE18", "Y0T17", "_U", "rest"),
    "exploitation": ("SX", "FL", "OG", "OP_CRIM", "OP_BEG", "OP_MARR", "other", "MX", "_U", "rest"),
    "citizenship": ("NAT", "FOR", "_U", "rest"),
}
WITHIN = {"OTH": ("OG", "OP_CRIM", "OP_BEG", "OP_MARR", "MX", "other")}
KINDS = [("sex", code, "age", other) for code in CODES["sex"] for other in CODES["age"]] + [
    (name, code, name, code) for name in ("exploitation", "citizenship") for code in CODES[name]
]
"""Kinds of persons: each is of one kind by sex and age, of one by form, of one by citizenship."""
MOST = 10**6


def persons(row: Row) -> np.ndarray:
    """Return which kinds a row counts, of the first classification that divides it."""
    dimensions = row.breakdown.split() or ["sex"]
    wanted = {name: WITHIN.get(getattr(row, name), (getattr(row, name),)) for name in dimensions}
    signs = []
    for kind in KINDS:
        codes = {kind[0]: kind[1], kind[2]: kind[3]}
        is_one = set(wanted) <= set(codes)
        signs.append(is_one and all(codes[n] in c or c == ("_T",) for n, c in wanted.items()))
    return np.array(signs, dtype=float)


def span(text: str) -> tuple[float, float]:
    """Return what a printed text says; `<5` is read as no more than it says."""
    if text == "<5":
        return 0, 4
    least, _, most = text.removeprefix(">=").partition(" <=")
    return int(least), int(most or least)


class Attack:
    """Everything that is known of the persons behind one form of an indicator."""

    def __init__(self, texts: Mapping[Row, str]) -> None:
        self.bounds = [(persons(row), *span(text)) for row, text in texts.items() if text]
        total = persons(next(iter(texts)))
        for name in ("exploitation", "citizenship"):
            own = np.array([float(kind[0] == name) for kind in KINDS])
            self.bounds.append((own - total, 0, 0))

    def learn(self, signs: np.ndarray, low: float, high: float) -> None:
        """Learn something else of them."""
        self.bounds.append((signs, low, high))

    def range(self, signs: np.ndarray) -> tuple[int, int] | None:
        """Return the least and the greatest number of persons; None if nothing is possible."""
        above = [(row, high) for row, _, high in self.bounds]
        above += [(-row, -low) for row, low, _ in self.bounds]
        matrix, limits = map(np.array, zip(*above, strict=True))
        found = [
            linprog(sign * signs, matrix, limits, bounds=(0, MOST), integrality=1)
            for sign in (1, -1)
        ]
        if any(each.x is None for each in found):
            return None
        return round(found[0].fun), -round(found[1].fun)
