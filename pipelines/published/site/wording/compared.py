"""Notes on pairs of sources that have figures of the same years: agreement, likely reasons."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from pipelines.published.site.wording.phrases import capital, within
from pipelines.words.language import Language

Pair = dict[Any, Any]
"""A row of sql/pair.sql."""

_REASONS: Final = {
    "collection": ("collection", "coll_method"),
    "legal scope": ("scope", "def_scope"),
    "kind of year": ("year", "time_basis"),
    "day of the release": ("release", "release"),
}
"""The differences that `published.discrepancy` names: code of the text, column of the first source.
The column of the other source has the same name after `other_`."""


def note(pairs: Sequence[Pair], one: int, other: int, language: Language) -> str:
    """Return the note on two numbered series with the rows of the years that both have."""
    agreeing = sum(bool(pair["agrees"]) for pair in pairs)
    reasons = ". ".join(_reasons(pairs, language))
    form = "differ"
    if pairs[0]["is_reprint"]:
        form = "reprint"
    elif agreeing == len(pairs):
        form = "same_though" if reasons else "same"
    return language.say(
        f"figures_pair_{form}",
        one=one,
        other=other,
        years=len(pairs),
        agreeing=agreeing,
        reasons=reasons,
    )


def _reasons(pairs: Sequence[Pair], language: Language) -> Iterator[str]:
    """Yield the properties in which the figures of two series differ, in words."""
    for reason, (text, column) in _REASONS.items():
        differing = [pair for pair in pairs if reason in pair["differs_in"].split(";")]
        if differing:
            one, other = (
                _names(column, [pair[each] for pair in differing], language)
                for each in (column, f"other_{column}")
            )
            yield capital(language.say(f"figures_pair_{text}", one=one, other=other))


def _names(column: str, found: Sequence[str], language: Language) -> str:
    """Return the names of the codes found, each once; of releases, the first and last day."""
    if column == "release":
        return " – ".join(language.day(day) for day in dict.fromkeys([min(found), max(found)]))
    names = [within(language.name(column, code)) for code in dict.fromkeys(found)]
    return language.semicolon.join(names)
