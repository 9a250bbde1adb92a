"""Words on the map of the region: a number in each tile, what it says, and the keys."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from pipelines.published.charts.rates import Rate
from pipelines.published.charts.table import Cell, Table
from pipelines.published.site.facts.region import Change
from pipelines.words.disclosure import Kind, bounds, interval_text
from pipelines.words.language import Language

RATE_STEPS: Final = (0.25, 0.75, 1.5)
"""Rates per 100,000 at which another shade begins."""
_RATE_DIGITS: Final = 2
"""Digits of a rate in a tile: more would say more than the few victims behind it do."""
_NO_NUMBER: Final = "–"


@dataclass(frozen=True)
class Tile:
    """The tile of a state.

    Attributes:
        change: the change of the usual level, as printed: `×4.5`.
        shade: its shade; "" where none can be told.
        rate: the rate as printed; a dash without one.
        rate_step: its shade, 1 to 4; 0 without one.
        words: all of it, for those who do not see the map.
        level: the first level and that of now, as printed.
    """

    change: str
    shade: str
    rate: str
    rate_step: int
    words: str
    level: tuple[str, str]


def change_text(change: Change | None, language: Language) -> str:
    """Print a change: `×4.5`, `÷2.3`, `≈`, `0→9`; `×3.0+` for at least that, a dash for none."""
    if not change:
        return _NO_NUMBER
    if change.size in ("FROM_NONE", "TO_NONE"):
        return "→".join(_level(level, language) for level in (change.first, change.last))
    least, most = change.ratio
    if change.way in ("up", "down"):
        return language.times(least if change.way == "up" else most, least == most)
    return "≈" if change.way else "?"


def _level(level: tuple[float, float], language: Language) -> str:
    lower, upper = level
    if lower == upper:
        return language.number(lower)
    return interval_text(*bounds(lower, upper), language.number)


def rate_text(rate: Rate | None, language: Language) -> str:
    """Print a rate with two digits, and a question mark where another figure contradicts it."""
    if not rate or rate.value is None:
        return _NO_NUMBER
    printed = language.number(float(f"{rate.value:.{_RATE_DIGITS}g}"))
    return f"{printed}?" if rate.is_contradicted else printed


def tile(
    area: str, change: Change | None, rate: Rate | None, year: int, language: Language
) -> Tile:
    """Return the tile of a state; a state that counts something else has an asterisk.

    Args:
        area: code of the state.
        change: the change of its usual level; None where its years are too few.
        rate: its rate; without a value where it counts something else; None without one.
        year: the year of all rates.
        language: the reader's.
    """
    other = language.say(f"ranked_{rate.counts.lower()}") if rate and rate.counts else ""
    mark = "*" if other else ""
    changed = change_text(change, language) + mark
    level = (_level(change.first, language), _level(change.last, language)) if change else ("", "")
    printed = rate_text(rate, language) + mark
    value = rate.value if rate else None
    told = [
        language.say("home_tile_level", change=changed, first=level[0], last=level[1])
        if change
        else language.say("home_few"),
        other,
        language.say("home_tile_rate", rate=printed.rstrip("?"), year=year)
        if value is not None
        else language.say("ranked_none", year=year),
        language.say("home_contradicted") if printed.endswith("?") else "",
    ]
    return Tile(
        changed,
        change.shade if change else "",
        printed,
        0 if value is None else 1 + sum(value >= step for step in RATE_STEPS),
        f"{area}, {language.name('area', area)}{language.colon}"
        + language.semicolon.join(filter(None, told)),
        level,
    )


def change_key(tiles: Mapping[str, Tile], language: Language) -> list[tuple[str, str]]:
    """Return the shades of changes, each with its meaning, and the signs that tiles have."""
    names = {code: language.name("change_group", code).lower() for code in ("FEWER", "MORE")}
    same = language.name("change_group", "SAME").lower()
    found = [
        ("down-3", "÷4+"), ("down-2", "÷2+"), ("down-1", names["FEWER"]), ("same", f"≈ {same}"),
        ("up-1", names["MORE"]), ("up-2", "×2+"), ("up-3", "×4+"),
        ("none", language.say("home_few")),
    ]  # fmt: skip
    if any(each.change.endswith("+") for each in tiles.values()):
        found.append(("", f"+\N{NO-BREAK SPACE}{language.say('home_at_least')}"))
    return [*found, *_other_measure(tiles, language)]


def _other_measure(tiles: Mapping[str, Tile], language: Language) -> list[tuple[str, str]]:
    """Return the meaning of the asterisk, with the states that have one."""
    names = [language.name("area", area) for area, each in tiles.items() if "*" in each.rate]
    text = f"*\N{NO-BREAK SPACE}{language.say('home_other_measure')}{language.colon}"
    return [("", text + ", ".join(names))] if names else []


def rate_key(tiles: Mapping[str, Tile], language: Language) -> list[tuple[str, str]]:
    """Return the shades of rates, each with its limits, and the signs that tiles have."""
    first, *_, last = steps = [language.number(step) for step in RATE_STEPS]
    between = [
        language.say("home_rate_between", lower=lower, upper=upper)
        for lower, upper in pairwise(steps)
    ]
    texts = [
        language.say("home_rate_below", upper=first),
        *between,
        language.say("home_rate_above", lower=last),
    ]
    found = [(f"rate-{step}", text) for step, text in enumerate(texts, 1)]
    found.append(("none", language.say("home_no_rate")))
    if any(each.rate.endswith("?") for each in tiles.values()):
        found.append(("", f"?\N{NO-BREAK SPACE}{language.say('home_contradicted')}"))
    return [*found, *_other_measure(tiles, language)]


def table(
    tiles: Mapping[str, Tile],
    areas: Sequence[str],
    changes: Mapping[str, Change],
    rates: Mapping[str, Rate],
    evidence: Mapping[str, str],
    year: int,
    language: Language,
) -> Table:
    """Return the numbers of the map, with both levels and the evidence: a row per state."""
    columns = [language.say(f"home_column_{name}") for name in ("change", "first", "last", "years")]
    columns.append(language.say("home_column_evidence"))
    columns.append(language.say("home_view_rate", year=year))
    rows = []
    for area in areas:
        each, change, rate = tiles[area], changes.get(area), rates.get(area)
        is_exact = change and change.ratio[0] == change.ratio[1]
        levels = (change.first, change.last) if change else ((0.0, 1.0), (0.0, 1.0))
        rows.append(
            (
                language.name("area", area),
                [
                    Cell(each.change, value=change.ratio[0] if change and is_exact else None),
                    *(
                        Cell(text or _NO_NUMBER, value=least if least == most else None)
                        for text, (least, most) in zip(each.level, levels, strict=True)
                    ),
                    Cell("–".join(map(str, change.years)) if change else _NO_NUMBER),
                    Cell(language.name("evidence", evidence.get(area, "UNTESTED"))),
                    Cell(
                        each.rate,
                        Kind.FIGURE if rate and rate.value is not None else Kind.MISSING,
                        [language.say("home_contradicted")] if each.rate.endswith("?") else [],
                        rate.value if rate else None,
                    ),
                ],
            )
        )
    return Table(language.say("home_map"), language.say("state"), columns, rows)
