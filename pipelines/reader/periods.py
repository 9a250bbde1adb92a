"""Printed periods: years, quarters and months in four languages, in one cell or in several."""

import re
from functools import cache
from typing import Final

from babel import Locale

from pipelines.lib.accents import without_accents
from pipelines.reader.labels import UnknownLabelError
from pipelines.reader.refusal import letters_of
from schemas import codelists

_YEAR: Final = r"(?P<year>(?:19|20)\d{2})"
_ROMAN: Final = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}
_ORDINAL: Final = {
    "primer": "1", "primero": "1", "segundo": "2", "tercer": "3", "tercero": "3", "cuarto": "4",
    "primeiro": "1", "terceiro": "3", "quarto": "4", "first": "1", "second": "2", "third": "3",
    "fourth": "4", "premier": "1", "deuxieme": "2", "troisieme": "3", "quatrieme": "4",
}  # fmt: skip
_QUARTER: Final = r"(?:q|t|trim|trimestre|quarter)"
_NUMBER: Final = r"(?P<part>[1-4])(?:er|ere|eme|e|o|a|do|to|ro|st|nd|rd|th)?"
_WHOLE: Final = frozenset({"", "total", "anual", "annual", "annuel", "ano", "year", "annee"})
"""Texts beside a year that mean the whole year."""

_FISCAL: Final = re.compile(
    rf"(?:(?P<named>fy|fiscal|exercice|ejercicio) )?{_YEAR}(?: (?P<next>(?:19|20)?\d\d))?"
)
"""A year, where years are not calendar years; `2010/11` is not a month there."""

_FORMS: Final = tuple(
    (code, re.compile(form))
    for code, form in (
        ("A", _YEAR),
        ("Q", rf"{_YEAR} ?{_QUARTER} ?{_NUMBER}"),
        ("Q", rf"{_YEAR} ?{_NUMBER} ?{_QUARTER}"),
        ("Q", rf"{_QUARTER} ?{_NUMBER} ?{_YEAR}"),
        ("Q", rf"{_NUMBER} ?{_QUARTER} ?{_YEAR}"),
        ("M", rf"{_YEAR} (?P<part>0[1-9]|1[0-2])"),
        ("M", rf"(?P<part>0[1-9]|1[0-2]) {_YEAR}"),
        ("M", rf"{_YEAR} ?(?:m|mes|month|mois) ?(?P<part>0?[1-9]|1[0-2])"),
    )
)


def to_period(*labels: str, basis: str = "CY") -> str:
    """Return the period that one or several cells print: YYYY, YYYY-Qn or YYYY-MM.

    `basis` is the source's meaning of a year (list `time_basis`). Fiscal years such as 2022/23 are
    named after the calendar year with most of their months, the later one in a tie.

    Raises:
        UnknownLabelError: it has no reading, or several.
    """
    text = " ".join(label.strip() for label in labels)
    begins = codelists.column("time_basis", "start_mm_dd").get(basis, "")
    plain = _plain(text)
    fiscal = _FISCAL.fullmatch(plain) if begins > "01-01" and len(labels) == 1 else None
    if fiscal:
        if year := _fiscal_year(fiscal, begins):
            return year
    else:
        for code, form in _FORMS:
            if match := form.fullmatch(plain):
                year, part = match["year"], match.groupdict().get("part") or ""
                return {"A": year, "Q": f"{year}-Q{part}", "M": f"{year}-{part:0>2}"}[code]
    raise UnknownLabelError(
        f"period '{text}' is not read as a year, a quarter or a month: a fiscal year is printed "
        "2022/23, and its source states a time_basis such as FY0401; add another form to "
        "pipelines/reader/periods.py, or translate the column in the source",
        "period_is_well_formed",
    )


def _fiscal_year(printed: re.Match[str], begins: str) -> str:
    """Return the name of a fiscal year, "" if its printed name does not tell which it is.

    `FY2023` is the year that ends in 2023; if most of it is in 2022, others name it 2022.
    """
    year, is_early = int(printed["year"]), begins < "07"
    if printed["next"]:
        follows = f"{year + 1}".endswith(printed["next"])
        return f"{year if is_early else year + 1}" if follows else ""
    return "" if printed["named"] and is_early else f"{year}"


def named_part(column: str, text: str) -> str:
    """Return a part of a year as a column prints it; a number alone with the column's name.

    Under `Trimestre` 3 is a quarter, under `Mes` a month, and under another name nothing.
    """
    return f"{column} {text}" if text.strip().isdecimal() and len(text.strip()) < 3 else text


def frequency(period: str) -> str:
    """Return the code of the length of a period that `to_period` returned."""
    return "Q" if "Q" in period else "M" if "-" in period else "A"


def _plain(text: str) -> str:
    """Return a period with numbers in place of words, one space between its parts."""
    folded = without_accents(text.replace("º", "").replace("°", ""))
    words = re.findall(r"[a-z]+|\d+(?:er|ere|eme|e|o|a|do|to|ro|st|nd|rd|th|q|t)?\b|\d+", folded)
    known = {**months(), **_ROMAN, **_ORDINAL}
    among = [int(months()[word]) for word in words if word in months()]
    if len(among) == 2 and among[1] - among[0] == 2 and among[1] % 3 == 0:
        # From the first to the last month of a quarter, such as `enero-marzo`.
        words = [word for word in words if word not in months() and word not in ("a", "to", "au")]
        words.append(f"q{among[1] // 3}")
    kept = [
        known.get(word, word) for word in words if word not in {*_WHOLE, "de", "del", "do", "of"}
    ]
    return " ".join(kept)


@cache
def months() -> dict[str, str]:
    """Return the number of each month's name and abbreviation in the four languages."""
    found: dict[str, str] = {"setiembre": "09", "set": "09"}
    for language in codelists.LANGUAGES:
        for width in ("wide", "abbreviated"):
            names = Locale(language).months["format"][width]
            for number, name in names.items():
                found[letters_of(name)] = f"{number:02}"
    return found
