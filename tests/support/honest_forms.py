"""Forms that a state would send in good faith: counted persons, whole or in part, of one year."""

import random
from collections.abc import Mapping
from typing import Final

import filled_forms

from pipelines.questionnaire.form import Form, Row, rows

KINDS: Final = ("whole", "known", "sex")
"""Whole; with other and unknown sex, age, form and citizenship left blank; by sex alone."""
TRIAL: Final = {
    f"VIC_DETECT|{sex}|_T|_T|_T": count
    for sex, count in {"_T": "93", "F": "71", "M": "20", "_O": "2", "_U": "0"}.items()
}
"""Paraguay's form of 2024, as it was tried: a state that took part lost its page's figures."""

_SHARES: Final = {
    "sex": {"F": 0.7, "M": 0.275, "_O": 0.003, "_U": 0.022},
    "age": {"Y_GE18": 0.62, "Y0T17": 0.34, "_U": 0.04},
    "exploitation": {
        "SX": 0.5, "FL": 0.3, "OG": 0.001, "OP_CRIM": 0.05, "OP_BEG": 0.03, "OP_MARR": 0.02,
        "MX": 0.05, "_U": 0.049,
    },
    "citizenship": {"NAT": 0.72, "FOR": 0.25, "_U": 0.03},
}  # fmt: skip
_WITHIN: Final = {"OG", "OP_CRIM", "OP_BEG", "OP_MARR", "MX"}
"""Forms of exploitation that the form asks for below other forms."""


def answers(form: Form, totals: Mapping[str, int], kind: str = "whole") -> dict[str, str]:
    """Return the answers of a form with these totals by indicator; parts add up to them."""
    draw = random.Random(f"{form.state} {form.year} {kind}")
    found = {
        row.name: f"{count}"
        for indicator, total in totals.items()
        for row, count in _counted(indicator, total, draw).items()
        if kind == "whole" or not {"_O", "_U"} & {*row.codes}
        if kind != "sex" or row.breakdown in ("", "sex")
    }
    return filled_forms.stated(form) | found


def _counted(indicator: str, total: int, draw: random.Random) -> dict[Row, int]:
    """Count invented persons in the rows of an indicator."""
    asked = [row for row in rows() if row.indicator == indicator]
    found = dict.fromkeys(asked, 0)
    for _ in range(total):
        person = {
            name: {"_T", *draw.choices([*shares], [*shares.values()])}
            for name, shares in _SHARES.items()
        }
        person["exploitation"] |= {"OTH"} if person["exploitation"] & _WITHIN else set()
        for row in asked:
            found[row] += all(getattr(row, name) in codes for name, codes in person.items())
    return found
