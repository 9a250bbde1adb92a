"""The first page: what is known of the region, and the way to every state."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import duckdb
import pandas as pd

from pipelines.published.i18n.language import Language
from pipelines.published.site import rendering
from pipelines.published.site.figures import context, revision
from pipelines.published.site.pages import home_tiles

_ROOT_LANGUAGE: Final = "en"
_VICTIMS: Final = "VIC_DETECT"
_JUSTICE: Final = ("PER_PROSEC", "PER_CONVICT")
"""The indicators of justice of which the page says how many states have a figure."""


@dataclass(frozen=True)
class Coverage:
    """For which years the sources hold a figure of one indicator in one state."""

    area: str
    years: list[int]
    suppressed: list[int]


@dataclass(frozen=True)
class Change:
    """What the newest release of a source changed of the figures of detected victims."""

    source: str
    release: str
    previous: str
    account: dict[str, int]


@dataclass(frozen=True)
class Facts:
    """What the page needs.

    Attributes:
        victims: what is known of detected victims, by state.
        justice: of how many states some source has a figure, by indicator.
        core: how many core indicators there are.
        tiles: the map of who reports what.
        changes: what changed last, by source.
    """

    victims: dict[str, Coverage]
    justice: dict[str, int]
    core: int
    tiles: home_tiles.Tiles
    changes: list[Change]


@dataclass(frozen=True)
class Card:
    """One fact about the region: how many of how many, and of what."""

    part: int
    whole: int
    words: str


def read(connection: duckdb.DuckDBPyConnection) -> Facts:
    """What is known of the region."""
    found = context.query(connection, "known")
    return Facts(
        victims=_known(found, _VICTIMS),
        justice={code: len(_known(found, code)) for code in _JUSTICE},
        core=len(context.query(connection, "core")),
        tiles=home_tiles.read(connection),
        changes=_changes(context.query(connection, "revision_account")),
    )


def files(site: context.Site, facts: Facts, language: Language) -> Iterator[context.File]:
    """The page, which in English is also the first of the site."""
    states = site.states[language.code]
    shown = {
        "coverage": [facts.victims.get(area, Coverage(area, [], [])) for area in states],
        "cards": _cards(facts, len(states), language),
        "names": {area: _names(site, area) for area in states},
        "tiles": facts.tiles,
        "changes": [(each, revision.counted(each.account, language)) for each in facts.changes],
    }
    yield rendering.page(site, "home", "index.html", language, **shown)
    if language.code == _ROOT_LANGUAGE:
        yield rendering.root_page(site, "home", "index.html", language, **shown)


def _known(found: pd.DataFrame, indicator: str) -> dict[str, Coverage]:
    """The rows of sql/known.sql of one indicator, by state."""
    own = found[found["indicator"] == indicator]
    return {
        row["ref_area"]: Coverage(row["ref_area"], list(row["years"]), list(row["suppressed"]))
        for row in own.to_dict("records")
    }


def _changes(account: pd.DataFrame) -> list[Change]:
    """What the newest release of each source changed of detected victims, the newest first."""
    own = account[(account["indicator"] == _VICTIMS) & (account["headline"] > 0)]
    changes = [
        Change(source, release, previous, dict(zip(rows["change"], rows["headline"], strict=True)))
        for (source, release, previous), rows in own.groupby(
            ["source", "release", "previous_release"]
        )
    ]
    newest = {each.source: each for each in sorted(changes, key=lambda each: each.release)}
    return sorted(newest.values(), key=lambda each: each.release, reverse=True)


def _cards(facts: Facts, states: int, language: Language) -> list[Card]:
    """Count how many states have which figures; nothing is summed but states."""
    last_years = [each.years[-1] for each in facts.victims.values()]
    cards = [Card(len(last_years), states, language.say("card_victims"))]
    if last_years:
        newest = max(last_years)
        words = language.say("card_newest", year=newest)
        cards.append(Card(last_years.count(newest), states, words))
    cards += [
        Card(count, states, language.say(f"card_{code.lower()}"))
        for code, count in facts.justice.items()
    ]
    silent = facts.core - facts.tiles.all_known
    return [*cards, Card(silent, facts.core, language.say("card_silent"))]


def _names(site: context.Site, area: str) -> list[str]:
    """What a state may be looked for by: its names in each language, and its codes."""
    names = [language.name("area", area) for language in site.languages]
    return [*dict.fromkeys(names), area, site.iso2[area]]
