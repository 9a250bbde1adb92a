"""One language: its texts and names, numbers and dates.

The decimal sign is that of the language (CLDR, through babel). In Spanish that is the point of
`es-419`, and some of its readers write a comma. So a narrow no-break space separates thousands,
since `12.345` is two different numbers there; Portuguese has a point, as in Brazil.
"""

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from typing import Final

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_percent, get_decimal_symbol

from pipelines.words import place_names

LOCALE: Final = {"en": "en_GB", "es": "es_419", "pt": "pt_BR", "fr": "fr_FR"}
NARROW_SPACE: Final = "\u202f"
THOUSANDS_SIGN: Final = r"(?<=\d),(?=\d{3}\b)"
"""Pattern of the comma in a number of an English text, in whose place pages have a space."""
_LEAST_WHOLE: Final = 9.95
"""Multiples from here on are printed without decimals."""
_LEAST_SHARE: Final = 0.01
_SOUND_OF_I: Final = re.compile("h?[ií](?![aeou])", re.IGNORECASE)
"""Pattern of the start of a Spanish word before which `y` becomes `e`."""
_FIRST: Final = {"fr": "er", "pt": "º"}
"""Suffix of the first day of a month, which the CLDR leaves out."""


@dataclass(frozen=True)
class Language:
    """One language."""

    code: str  # `en`, `es`, `pt` or `fr`; also the value of HTML's `lang`
    words: Mapping[str, str]  # the interface texts, by code, with placeholders in braces
    # the names of the codes of other code lists, by list and code
    names: Mapping[str, Mapping[str, str]]

    def say(self, text: str, **parts: object) -> str:
        """Return the text of a code with its placeholders filled."""
        return self.words[text].format(**parts)

    def name(self, codelist: str, code: str) -> str:
        """Return the name of a code."""
        return self.names[codelist][code]

    def definition(self, codelist: str, code: str) -> str | None:
        """Return the definition of a code in the language; None if it is not translated."""
        place = "" if codelist == "indicator" else f"{codelist}_"
        return self.words.get(f"definition_{place}{code}".lower())

    def area(self, code: str) -> str:
        """Return the name of a state with its article, as in a sentence: `the Bahamas`."""
        return place_names.named(self.code, code, self.name("area", code))

    def agreeing(self, text: str, code: str) -> str:
        """Return a text about a state with its verb: `Les Bahamas [a|ont] déclaré`."""
        return place_names.agreeing(self.code, code, text)

    def in_area(self, code: str) -> str:
        """Return the phrase that places something in a state: `no Brasil`."""
        return place_names.located(self.code, code, self.name("area", code))

    def of_area(self, code: str) -> str:
        """Return the phrase for what belongs to a state: `du Brésil`."""
        return place_names.possessive(self.code, code, self.name("area", code))

    def government(self, source: str, area: str) -> str:
        """Return the government of a state whose figures a source prints; "" if it prints its own.

        The texts `author_<source>` have the sources that print others' figures.
        """
        text = f"author_{source}"
        is_own = source.startswith(f"{area.lower()}_")
        if not area or is_own or text not in self.words:
            return ""
        return self.say(text, of_area=self.of_area(area))

    def number(self, value: float) -> str:
        """Print a figure: of decimals two, or as many as three significant digits need."""
        if value % 1 and math.isfinite(value):
            value = round(value, max(2, 2 - math.floor(math.log10(abs(value)))))
        return f"{value:,.15g}".translate(self._signs)

    @cached_property
    def _signs(self) -> Mapping[int, str]:
        """Return the signs in place of those that Python prints in numbers."""
        return {ord(","): self.thousands, ord("."): self.decimal}

    def times(self, ratio: float, is_exact: bool = True) -> str:
        """Print how many times as much something is: `×4.5`, `÷2.3`; `×3.0+` for at least that."""
        sign, size = ("×", ratio) if ratio >= 1 else ("÷", 1 / ratio)
        digits = f"{size:.0f}" if size >= _LEAST_WHOLE else f"{size:.1f}"
        return f"{sign}{digits.replace('.', self.decimal)}{'' if is_exact else '+'}"

    def listing(self, items: Iterable[str]) -> str:
        """Join the items of a list, as in a sentence: `a, b and c`.

        Spanish has `e` in the place of `y` before the sound of i, which babel leaves out.
        """
        text = str(format_list(every := list(items), locale=self.locale))
        if self.code == "es" and every[1:] and _SOUND_OF_I.match(every[-1]):
            return f"{text.removesuffix(f'y {every[-1]}')}e {every[-1]}"
        return text

    def percent(self, share: float) -> str:
        """Print a share of 1 in whole per cent; a smaller one as `<1%`.

        As the CLDR does, but for Spanish, whose sign stands apart everywhere, not in Spain alone.
        """
        is_tiny = 0 < share < _LEAST_SHARE
        text = format_percent(_LEAST_SHARE if is_tiny else round(share, 2), locale=self.locale)
        if self.code == "es":
            text = text.replace("%", f"{NARROW_SPACE}%")
        return f"<{text}" if is_tiny else text

    def is_one(self, count: float) -> bool:
        """Return whether a count takes the singular: in French 0 and 1.5 do too (CLDR).

        In Portuguese the CLDR has 0 in the singular as well, but Brazil writes `0 pessoas`.
        """
        if self.code == "pt" and count == 0:
            return False
        return Locale.parse(self.locale).plural_form(count) == "one"

    def day(self, text: str) -> str:
        """Write out an ISO 8601 day."""
        return _written_out(text, self.code)

    @property
    def first(self) -> str:
        """Return how the first day of a month is written."""
        return "1" + _FIRST.get(self.code, "")

    @property
    def locale(self) -> str:
        """Return its locale in the CLDR, such as `es_419`."""
        return LOCALE[self.code]

    @property
    def colon(self) -> str:
        """Return the colon between a name and its text."""
        return f"{NARROW_SPACE}: " if self.code == "fr" else ": "

    @property
    def semicolon(self) -> str:
        """Return the semicolon between the items of a list."""
        return f"{NARROW_SPACE}; " if self.code == "fr" else "; "

    @property
    def decimal(self) -> str:
        """Return the decimal sign."""
        return _decimal(self.locale)

    @property
    def thousands(self) -> str:
        """Return the sign between thousands."""
        return "." if self.code == "pt" else NARROW_SPACE


def spans(years: Iterable[int]) -> str:
    """Print years in ascending order, with runs joined: `2009–2011, 2013`."""
    runs: list[list[int]] = []
    for year in years:
        if runs and year == runs[-1][1] + 1:
            runs[-1][1] = year
        else:
            runs.append([year, year])
    return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in runs)


@cache
def _decimal(locale: str) -> str:
    return str(get_decimal_symbol(locale))


@cache
def _written_out(day: str, language: str) -> str:
    when = date.fromisoformat(day)
    text = str(format_date(when, "long", LOCALE[language]))
    return text.replace("1", "1" + _FIRST.get(language, ""), 1) if when.day == 1 else text
