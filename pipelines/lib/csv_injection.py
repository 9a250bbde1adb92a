"""Protection against texts that a spreadsheet would run as formulas."""

from typing import Final

FORMULA: Final = r"^([=+\-@\t\r\n])"
"""The beginning of a text that would be taken for a formula (OWASP, CSV injection)."""

GUARDED: Final = r"'\1"
"""What stands there instead: with an apostrophe before it, a text stays a text."""


def separator(decimal: str) -> str:
    """The sign between columns where that is the decimal sign."""
    return ";" if decimal == "," else ","
