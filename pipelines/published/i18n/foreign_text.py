"""Which words of a page are of another language than its own.

Authorities keep the names that they have, and a note repeats what it was noted as. A screen reader
speaks such words rightly only if they say of which language they are (WCAG 2.2, 3.1.2).
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache, partial
from typing import Any, Final

from markupsafe import Markup, escape

Foreign = tuple[tuple[str, str], ...]
"""Texts of other languages than a page's own, each with its language."""

_NAME: Final = "{}"
_QUOTATION: Final = "(?<=[“«\u202f])(?:{})(?=[”»\u202f])"

Named = Mapping[Any, Any]
"""What the table `source` says of a source."""


def named(source: Named, language: str) -> dict[Any, Any]:
    """The source, its publisher and title as readers of the language know them."""
    names = {name: _known_as(source, name, language) for name in ("publisher", "title")}
    return {**source, **names}


def foreign(sources: Iterable[Named], language: str) -> Foreign:
    """The names, titles and citations that stand on the pages of the language in another one."""
    found: dict[str, str] = {}
    for source in sources:
        own = source["language"]
        # What follows is said by tipstat, in the language of the page.
        cited = source["citation"].split("; ")[0]
        # A page may name the authority in its own language, and what it made as it is called.
        found |= dict.fromkeys([cited, cited.partition(", ")[2] or cited], own)
        for name in ("publisher", "title"):
            shown = _known_as(source, name, language)
            if shown == source[name]:
                # A title that has a translation is in English itself.
                found[shown] = "en" if name == "title" and _is_translated(source) else own
    return tuple((text, tongue) for text, tongue in found.items() if tongue != language)


def marked(text: str, known: Foreign, quoted: Iterable[str] = ()) -> Markup:
    """The text, safe, with the language of what is foreign in it.

    What is `quoted` is English where it stands in quotation marks: it may be a single word.
    """
    safe = str(escape(text))
    for pattern, said in _finders(known, tuple(quoted)):
        safe = pattern.sub(partial(_spanned, said=said), safe)
    return Markup(safe)  # noqa: S704  # escaped above


@cache
def _finders(known: Foreign, quoted: tuple[str, ...]) -> list[tuple[re.Pattern[str], Named]]:
    """What finds the foreign texts, each with their languages; made once for all texts."""
    kinds = ((_NAME, dict(known)), (_QUOTATION, dict.fromkeys(quoted, "en")))
    escaped = [
        (form, {str(escape(text)): tongue for text, tongue in tongues.items()})
        for form, tongues in kinds
    ]
    return [(_any_of(said, form), said) for form, said in escaped if said]


def _spanned(found: re.Match[str], said: Mapping[str, str]) -> str:
    return f'<span lang="{said[found[0]]}">{found[0]}</span>'


def _any_of(texts: Iterable[str], form: str) -> re.Pattern[str]:
    """Whichever of the texts, the longest first: one may begin with another."""
    ordered = sorted(texts, key=len, reverse=True)
    return re.compile(form.format("|".join(map(re.escape, ordered))))


def _known_as(source: Named, name: str, language: str) -> str:
    return str(source[name if language == "en" else f"{name}_{language}"])


def _is_translated(source: Named) -> bool:
    return bool(source["title_es"] != source["title"] or source["title_fr"] != source["title"])
