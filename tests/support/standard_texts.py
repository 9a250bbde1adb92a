"""The texts of the common standard as its files have them, read without its loader."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from schemas import codelists, standard

FOLDER = Path(standard.__file__).parent


@cache
def sheets() -> dict[str, dict[str, Any]]:
    """Return the content of each sheet by its id."""
    files = [*FOLDER.glob("indicators/*.yml"), *FOLDER.glob("variables/*.yml")]
    return {file.stem: _read(file) for file in files}


@cache
def whole() -> dict[str, Any]:
    """Return what holds for all sheets."""
    return _read(FOLDER / "standard.yml")


def _read(file: Path) -> dict[str, Any]:
    return yaml.safe_load(file.read_text(encoding="utf-8"))


def texts(content: object, language: str) -> Iterator[str]:
    """Yield each text of a file in a language."""
    if isinstance(content, dict):
        if content.keys() == {*codelists.LANGUAGES}:
            yield content[language]
            return
        content = list(content.values())
    if isinstance(content, list):
        for each in content:
            yield from texts(each, language)


def plain(content: object) -> Iterator[str]:
    """Yield each text that is the same in every language: codes, labels of others, titles."""
    if isinstance(content, dict):
        if content.keys() != {*codelists.LANGUAGES}:
            for name, each in content.items():
                yield str(name)
                yield from plain(each)
    elif isinstance(content, list):
        for each in content:
            yield from plain(each)
    else:
        yield str(content)
