"""Mark foreign-language text on a page for screen readers.

Authorities keep their names, and a note repeats its source. A screen reader pronounces such words
correctly only if the page states their language (WCAG 2.2, 3.1.2).
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache, partial
from typing import Any, Final

from markupsafe import Markup, escape

Foreign = tuple[tuple[str, str], ...]
"""Texts in other languages than the page, each with its language."""

_NAME: Final = "{}"
_QUOTATION: Final = "(?<=[“«\u202f])(?:{})(?=[”»\u202f])"

Named = Mapping[Any, Any]
"""A row of the table `source`."""


def named(source: Named, language: str) -> dict[Any, Any]:
    """Return the source with its publisher and title in the language."""
    names = {name: _known_as(source, name, language) for name in ("publisher", "title")}
    return {**source, **names}


def foreign(sources: Iterable[Named], language: str) -> Foreign:
    """Return the names, titles and citations that stay in another language on these pages."""
    found: dict[str, str] = {}
    for source in sources:
        own = source["language"]
        # The rest is by tipstat, in the language of the page.
        cited = source["citation"].split("; ")[0]
        # A page may translate the authority, but not the title of its publication.
        found |= dict.fromkeys([cited, cited.partition(", ")[2] or cited], own)
        is_translated = any(source[f"title_{each}"] != source["title"] for each in ("es", "fr"))
        for name in ("publisher", "title"):
            shown = _known_as(source, name, language)
            if shown == source[name]:
                # A title with a translation is in English.
                found[shown] = "en" if name == "title" and is_translated else own
    return tuple((text, own) for text, own in found.items() if own != language)


def marked(text: str, known: Foreign, quoted: Iterable[str] = ()) -> Markup:
    """Return the text as safe HTML, with the language of its foreign parts.

    Texts in `quoted` are English wherever they are in quotation marks: one may be a single word.
    """
    safe = str(escape(text))
    for pattern, languages in _finders(known, tuple(quoted)):
        safe = pattern.sub(partial(_span, languages=languages), safe)
    return Markup(safe)  # noqa: S704  # escaped above


@cache
def _finders(known: Foreign, quoted: tuple[str, ...]) -> list[tuple[re.Pattern[str], Named]]:
    """Return patterns of foreign texts, each with their languages; made once for all pages."""
    found: list[tuple[re.Pattern[str], Named]] = []
    for form, languages in ((_NAME, dict(known)), (_QUOTATION, dict.fromkeys(quoted, "en"))):
        if not languages:
            continue
        escaped = {str(escape(text)): language for text, language in languages.items()}
        longest_first = sorted(escaped, key=len, reverse=True)  # one may begin with another
        pattern = re.compile(form.format("|".join(map(re.escape, longest_first))))
        found.append((pattern, escaped))
    return found


def _span(found: re.Match[str], languages: Mapping[str, str]) -> str:
    return f'<span lang="{languages[found[0]]}">{found[0]}</span>'


def _known_as(source: Named, name: str, language: str) -> str:
    return str(source[name if language == "en" else f"{name}_{language}"])
