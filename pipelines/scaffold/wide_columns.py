"""Columns that each hold a figure: the years, the sexes, the quarters of a wide table."""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from pipelines.reader.header import JOINT
from pipelines.scaffold import dimensions
from pipelines.scaffold.shape import MARKED_YEAR, MARKS, YEAR, YEAR_WITHIN, Shape, is_period

MARK: Final = "mark"
"""Group and column of the marks behind years."""


class Wide(NamedTuple):
    """The wide columns of a table."""

    names: tuple[str, ...] = ()  # their names; none in a long table
    pattern: str = ""  # their names' pattern
    unread: tuple[str, ...] = ()  # columns of figures that do not have it, such as totals
    has_period: bool = False  # whether their names state a period


def find(table: Shape) -> Wide:
    """Return the wide columns of a table: of periods, of parts of a year, or of labels."""
    numeric = table.numeric
    dated = [name for name in numeric if any(YEAR_WITHIN.search(part) for part in _parts(name))]
    has_period = bool(table.periods)
    if dated and (len(dated) > 1 or not has_period):
        return _wide(dated, numeric, has_period=True)
    parts = [name for name in numeric if is_period(name, "2000")]
    if len(parts) > 1:
        pattern = f"(?P<part>{'|'.join(map(re.escape, parts))})".replace(r"\ ", " ")
        unread = tuple(name for name in numeric if name not in parts)
        return Wide(tuple(parts), pattern, unread, has_period=has_period)
    if len(numeric) > 1:
        return _wide(numeric, numeric, has_period=has_period)
    return Wide(has_period=has_period)


def _wide(names: Sequence[str], numeric: Sequence[str], *, has_period: bool) -> Wide:
    depth = len(_parts(names[0]))
    alike = [name for name in names if len(_parts(name)) == depth]
    columns = list(zip(*map(_parts, alike), strict=True))
    taken: list[str] = []
    groups = [_group(texts, taken) for texts in columns]
    pattern = JOINT.join(groups)
    unread = tuple(name for name in numeric if not re.fullmatch(pattern, name))
    found = tuple(name for name in numeric if name not in unread)
    return Wide(found, pattern, unread, has_period)


def _group(texts: Sequence[str], taken: list[str]) -> str:
    """Return the named group of the texts at one place of the columns' names."""
    if all(re.fullmatch(YEAR, text) for text in texts):
        return r"(?P<period>\d{4})"
    if all(MARKED_YEAR.fullmatch(text) for text in texts):
        return rf"(?P<period>\d{{4}}) ?(?P<{MARK}>{MARKS})"
    if all(map(is_period, texts)):
        return r"(?P<period>.*?\d{4}.*?)"
    match = [re.fullmatch(rf"(\D*\S)\s+{YEAR}", text) for text in texts]
    if all(match):
        return rf"{_labels([each[1] for each in match if each], taken)}\s+(?P<period>\d{{4}})"
    return _labels(texts, taken)


def _labels(texts: Sequence[str], taken: list[str]) -> str:
    name = dimensions.of_labels(set(texts)) or "label"
    while name in taken:
        name += "_2"
    taken.append(name)
    alternatives = "|".join(map(re.escape, dict.fromkeys(texts))).replace(r"\ ", " ")
    return f"(?P<{name}>{alternatives})"


def _parts(name: str) -> list[str]:
    return name.split(JOINT)
