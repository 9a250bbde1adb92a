"""Suggestions for a name that does not exist."""

from collections.abc import Iterable
from difflib import get_close_matches


def match(word: str, known: Iterable[str]) -> str | None:
    """The known name that is most like the word, if one is like it; case does not count."""
    lower = {name.lower(): name for name in known}
    near = get_close_matches(word.lower(), lower, n=1)
    return lower[near[0]] if near else None


def hint(word: str, known: Iterable[str]) -> str:
    """`did you mean ...?`, or else all the names that there are."""
    names = list(known)
    near = match(word, names)
    return f"did you mean {near}?" if near else f"there are {', '.join(names)}"
