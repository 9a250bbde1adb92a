"""Protection against text that a spreadsheet would run as a formula."""

from typing import Final

FORMULA: Final = r"^([=+\-@\t\r\n])"
"""Pattern of the characters with which a formula begins (OWASP, CSV injection)."""

GUARDED: Final = r"'\1"
"""Replacement: after an apostrophe, a spreadsheet reads text as text."""


WORKBOOK: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
"""Options of XlsxWriter under which a text stays a text."""


def separator(decimal: str) -> str:
    """Return the column separator to use with a decimal sign."""
    return ";" if decimal == "," else ","
