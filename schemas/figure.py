"""Parser of printed figures: the text of a cell becomes an interval with its status.

The rules on figures in schemas/observation_rules.py rely on it. Text with one reading is read; text
with two is refused, and the error names both. Nothing is repaired, and a missing cell is never 0.
The contract, not this module, checks units, and which figures must be whole or positive.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from babel import Locale, UnknownLocaleError

LONGEST = 64
LARGEST = 1e15  # whole numbers of 15 digits are exact in a float; no count of people has more
SPACE = " \u00a0\u2009\u202f"  # ordinary, no-break, thin, narrow no-break
APOSTROPHE = "'\u2019"
POINT, COMMA = (".", ","), (",", ".")  # decimal sign, thousands sign

# SDMX CL_OBS_STATUS. L is for marks that say "not available", as INSEE codes its "nd". O, reason
# unknown, is for marks that publishers use in different senses: a dash is nil for IBGE, INDEC and
# the UN yearbooks, missing for others; ".." is not available for the UN and Statistics Canada, not
# applicable for IBGE; "..." is the reverse; "n/a" is short for both. So none of them is read as M.
MISSING = dict.fromkeys(["", "-", "–", "—", "−", "..", "...", "…", ":", "nan"], "O")
MISSING |= dict.fromkeys(["n/a", "na", "n.a."], "O") | dict.fromkeys(["n.d.", "n/d", "s/d"], "L")

# Statistics Canada and INDEC: p provisional, r revised, e estimated. Only in lower case, since E is
# "use with caution" in Canada; p and e not in brackets or before a slash, where they may be notes:
# r may be one too, and its status is the same.
LETTER = {None: "A", "r": "A", "p": "P", "e": "E"}
_NAME = "[a-df-oq-z]"
_NOTE = (
    rf"(?:[{SPACE}]?(?:[*†‡\u00b9\u00b2\u00b3\u2070\u2074-\u2079]|{_NAME}/"
    rf"|\((?:[0-9]{{1,2}}|{_NAME})\)|\[(?:[0-9]{{1,2}}|{_NAME})\]))*"
)
_DIGITS = rf"(?P<digits>[0-9](?:[0-9.,{SPACE}{APOSTROPHE}]*[0-9])?)"
_EXACT = re.compile(rf"(?P<minus>[-−]?){_DIGITS}{_NOTE}(?:[{SPACE}]?(?P<letter>[pre]))?{_NOTE}")
_BELOW = re.compile(rf"(?P<sign><=?|≤)[{SPACE}]?{_DIGITS}{_NOTE}")
_FROM = re.compile(
    rf"(?:>=|≥)[{SPACE}]?(?P<least>[0-9]+)(?:[{SPACE}]?(?:<=|≤)[{SPACE}]?(?P<most>[0-9]+))?"
)

# Frequent refusals, for a clear error: pattern, what it is, remedy.
_REFUSALS = (
    (r"[\x00-\x1f\x7f-\x9f]", "control characters", "check how the file is split into cells"),
    (r"&#?\w+;", "an HTML entity", "decode the page (html.unescape) before reading it"),
    (r"[%‰]", "a percentage", "read the column of figures; the indicator carries the unit"),
    (r"(?![0-9])\d", "digits other than 0-9", "check the cell; only 0-9 are read"),
    (r"[0-9][eE][-+]?[0-9]|\binf", "a computer's notation", "read the file as text (dtype=str)"),
    (r"[0-9] ?[-–—/:] ?[0-9]", "a range, a date or a time", "check which column is read"),
    (r"^\(.*\)$", "minus a figure, or a note alone", "set the row aside by name in the source"),
    (r"^[^\w\s]+$|^[A-Za-z]$", "undeclared mark", "ask what it hides; set it aside by name"),
    (r"", "neither a figure nor a known mark", "check which column is read, and its locator"),
)


class Figure(NamedTuple):
    """A figure as an interval: lower = value = upper when exact, no bounds when missing.

    A hidden figure may have no upper bound.
    """

    value: float | None
    lower: float | None
    upper: float | None
    obs_status: str
    conf_status: str


class FigureError(ValueError):
    """Text without a single reading: a line with what was found, the reason and the remedy."""

    def __init__(self, text: str, why: str, remedy: str) -> None:
        """Compose the message; text too long for a line is cut."""
        super().__init__(f"{text[:LONGEST]!r}: {why} - {remedy}")


def parse(text: str, locale: str | None = None, least: int = 0) -> Figure:
    """Return the figure printed in a cell, in the unit of its column.

    `locale` is the CLDR locale ('es_AR') of the source's decimal and thousands signs; without it,
    only text with one reading is read. `least` is the least count that `<5` may hide: 1 beside
    zeros that are printed. obs_status is a code of SDMX CL_OBS_STATUS, conf_status of
    CL_CONF_STATUS.

    Raises:
        FigureError: the text has no reading, or more than one.
    """
    if len(text) > LONGEST:
        raise FigureError(text, f"over {LONGEST} characters", "check which column is read")
    body = text.strip(SPACE)
    if body.lower() in MISSING:
        return Figure(None, None, None, MISSING[body.lower()], "F")
    if below := _BELOW.fullmatch(body):
        limit = _number(below["digits"], locale)
        return _below(body, limit, least) if below["sign"] == "<" else _hidden(limit)
    if bounded := _FROM.fullmatch(body):
        ends = [_number(digits, locale) for digits in bounded.groups() if digits]
        return _hidden_from(body, *ends)
    if exact := _EXACT.fullmatch(body):
        size = _number(exact["digits"], locale)
        value = -size if exact["minus"] and size else size
        return Figure(value, value, value, LETTER[exact["letter"]], "F")
    raise next(FigureError(text, *words) for sign, *words in _REFUSALS if re.search(sign, body))


PLUS = " + "
"""Separator between the printed texts of figures that are added up."""


def parse_sum(text: str, locale: str | None = None, least: int = 0) -> Figure:
    """Return the sum of printed figures joined by ` + `; a single figure is its own sum.

    The bounds are added up. The sum is suppressed if one of the figures is. `locale` and `least`
    as in `parse`.

    Raises:
        FigureError: `parse` refuses a figure, or one of several figures is missing.
    """
    figures = [parse(part, locale, least) for part in text.split(PLUS)]
    if len(figures) == 1:
        return figures[0]
    if any(figure.lower is None for figure in figures):
        raise FigureError(text, "a part of the sum is missing", "read its rows one by one")
    lower = sum(figure.lower or 0 for figure in figures)
    if any(figure.upper is None for figure in figures):
        return Figure(None, lower, None, "Q", "C")
    upper = sum(figure.upper or 0 for figure in figures)
    if lower == upper:
        return Figure(lower, lower, upper, "A", "F")
    return Figure(None, lower, upper, "Q", "A")


def _below(text: str, limit: float, least: int) -> Figure:
    """Return the interval of the counts below a limit; no rate is known to be next below one."""
    if limit <= least or not float(limit).is_integer():
        why = f"hides no whole number from {least} up"
        raise FigureError(text, why, "check the cell at its locator")
    return _hidden(limit - 1, least)


def _hidden(greatest: float, least: int = 0) -> Figure:
    """Return the interval from the least to the greatest value hidden: primary suppression."""
    return Figure(None, float(least), float(greatest), "Q", "A")


def _hidden_from(text: str, least: float, most: float | None = None) -> Figure:
    """Return the interval from a least value, open above unless a greatest one is printed."""
    if most is not None and most < least:
        raise FigureError(text, "its bounds are the wrong way round", "check the cell")
    return Figure(None, least, most, "Q", "C")


def _number(digits: str, locale: str | None) -> float:
    """Return the printed number, read with the signs of the locale, or else in its only reading."""
    conventions = (POINT, COMMA) if locale is None else (signs(locale),)
    sizes = sorted({s for signs in conventions if (s := _read(digits, *signs)) is not None})
    if not sizes:
        why = f"signs and groups are not those of {locale or 'any locale'}"
        raise FigureError(digits, why, "check the cell, and the locale that the source declares")
    if len(sizes) > 1:
        why = f"reads as {sizes[0]:.15g} (decimals) or as {sizes[1]:.15g} (thousands)"
        raise FigureError(digits, why, "declare locale='es_AR', 'en_US' or other in the source")
    if sizes[0] >= LARGEST:
        raise FigureError(digits, "over 15 digits", "check which column is read")
    return sizes[0]


def _read(digits: str, decimal: str, group: str) -> float | None:
    """Return the number read in one convention, or None if it does not follow it."""
    match = _convention(decimal, group).fullmatch(digits)
    if match is None:
        return None
    return float(re.sub("[^0-9]", "", match["whole"]) + "." + (match["part"] or "0"))


@lru_cache
def _convention(decimal: str, group: str) -> re.Pattern[str]:
    """Return the pattern of a number: ungrouped, or with one sign before each three digits."""
    signs = re.escape(SPACE + APOSTROPHE + group)
    grouped = rf"[1-9][0-9]{{0,2}}(?P<group>[{signs}])[0-9]{{3}}(?:(?P=group)[0-9]{{3}})*"
    return re.compile(rf"(?P<whole>[0-9]+|{grouped})(?:{re.escape(decimal)}(?P<part>[0-9]+))?")


@lru_cache
def signs(locale: str) -> tuple[str, str]:
    """Return the decimal and thousands signs of a locale, from CLDR (digits latn).

    Raises:
        FigureError: CLDR has no such locale.
    """
    try:
        found = Locale.parse(locale)
    except (ValueError, UnknownLocaleError):
        found = None
    # Babel falls back from an unknown region (es_ZZ) to a known one, whose signs may differ.
    if found is None or str(found) != locale:
        raise FigureError(locale, "not a CLDR locale", "declare one such as 'es_AR' in the source")
    return found.number_symbols["latn"]["decimal"], found.number_symbols["latn"]["group"]
