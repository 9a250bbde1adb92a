"""Mark foreign-language text for screen readers.

Some authorities have a name in their own language only, and notes quote sources in English. A
screen reader pronounces such text correctly only if the page states its language (WCAG 2.2, 3.1.2).
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache, partial
from typing import Any, Final

from markupsafe import Markup, escape

Foreign = tuple[tuple[str, str], ...]
"""Texts in other languages than the page's own, each with its language."""

_NAME: Final = "{}"
_QUOTATION: Final = "(?<=[“«\u202f])(?:{})(?=[”»\u202f])"

Named = Mapping[Any, Any]
"""A row of the table `source`."""


def named(source: Named, language: str) -> dict[Any, Any]:
    """Return the source with its publisher and title in the language, where it has them."""
    names = {name: _known_as(source, name, language) for name in ("publisher", "title")}
    return {**source, **names}


def foreign(sources: Iterable[Named], language: str) -> Foreign:
    """Return the names, titles and citations that appear untranslated on pages of the language."""
    found: dict[str, str] = {}
    for source in sources:
        own = source["language"]
        # The rest of the citation is ours, in the language of the page.
        cited = source["citation"].split("; ")[0]
        # A page may translate the name of the authority and keep the title of its publication.
        found |= dict.fromkeys([cited, cited.partition(", ")[2] or cited], own)
        for name in ("publisher", "title"):
            shown = _known_as(source, name, language)
            if shown == source[name]:
                # A title that has a translation is in English itself.
                found[shown] = "en" if name == "title" and _is_translated(source) else own
    return tuple((text, own) for text, own in found.items() if own != language)


def marked(text: str, known: Foreign, quoted: Iterable[str] = ()) -> Markup:
    """Return the text, escaped, with each foreign part in a span that states its language.

    Texts in `quoted` are English, and are marked only inside quotation marks, since one may be a
    single word.
    """
    safe = str(escape(text))
    for pattern, languages in _finders(known, tuple(quoted)):
        safe = pattern.sub(partial(_spanned, languages=languages), safe)
    return Markup(safe)  # noqa: S704  # escaped above


@cache
def _finders(known: Foreign, quoted: tuple[str, ...]) -> list[tuple[re.Pattern[str], Named]]:
    """Return patterns that find the foreign texts, each with the language of every text."""
    kinds = ((_NAME, dict(known)), (_QUOTATION, dict.fromkeys(quoted, "en")))
    escaped = [
        (form, {str(escape(text)): language for text, language in texts.items()})
        for form, texts in kinds
    ]
    return [(_any_of(texts, form), texts) for form, texts in escaped if texts]


def _spanned(found: re.Match[str], languages: Mapping[str, str]) -> str:
    return f'<span lang="{languages[found[0]]}">{found[0]}</span>'


def _any_of(texts: Iterable[str], form: str) -> re.Pattern[str]:
    """Return a pattern for any of the texts, the longest first: one may begin with another."""
    ordered = sorted(texts, key=len, reverse=True)
    return re.compile(form.format("|".join(map(re.escape, ordered))))


def _known_as(source: Named, name: str, language: str) -> str:
    return str(source[name if language == "en" else f"{name}_{language}"])


def _is_translated(source: Named) -> bool:
    return bool(source["title_es"] != source["title"] or source["title_fr"] != source["title"])
