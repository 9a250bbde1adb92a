"""Suggestions for a name that does not exist."""

from collections.abc import Iterable
from difflib import get_close_matches


def match(word: str, known: Iterable[str]) -> str | None:
    """Return the known name most similar to the word, ignoring case, or None if none is."""
    lower = {name.lower(): name for name in known}
    near = get_close_matches(word.lower(), lower, n=1)
    return lower[near[0]] if near else None


def hint(word: str, known: Iterable[str]) -> str:
    """Return `did you mean ...?`, or a list of the known names if none is similar."""
    names = list(known)
    near = match(word, names)
    return f"did you mean {near}?" if near else f"choose one of {', '.join(names)}"
