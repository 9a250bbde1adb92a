"""Counts of things in words: `8 indicators`, `1 source`."""

from pipelines.words.language import Language


def counted(thing: str, count: int, language: Language) -> str:
    """Return a count with its noun, that of the texts `count_<thing>_one` and `_many`."""
    form = "one" if language.is_one(count) else "many"
    return language.say(f"count_{thing}_{form}", count=language.number(count))
