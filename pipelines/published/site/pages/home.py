"""The home page: facts about the region, and links to every state."""

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
"""The justice indicators for which the page counts the states with a figure."""


@dataclass(frozen=True)
class Coverage:
    """The years with a figure of one indicator in one state, and the suppressed ones among them."""

    area: str
    years: list[int]
    suppressed: list[int]


@dataclass(frozen=True)
class Change:
    """The changes that the newest release of a source made to figures of detected victims."""

    source: str
    release: str
    previous: str
    account: dict[str, int]


@dataclass(frozen=True)
class Facts:
    """The facts of the page.

    Attributes:
        victims: coverage of detected victims, by state.
        justice: number of states with a figure, by indicator.
        core: number of core indicators.
        tiles: the map of the states.
        changes: the latest changes, by source.
    """

    victims: dict[str, Coverage]
    justice: dict[str, int]
    core: int
    tiles: home_tiles.Tiles
    changes: list[Change]


@dataclass(frozen=True)
class Card:
    """One fact about the region: a part of a whole, and what is counted."""

    part: int
    whole: int
    words: str


def read(connection: duckdb.DuckDBPyConnection) -> Facts:
    """Return the facts about the region."""
    found = context.query(connection, "known")
    return Facts(
        victims=_known(found, _VICTIMS),
        justice={code: len(_known(found, code)) for code in _JUSTICE},
        core=len(context.query(connection, "core")),
        tiles=home_tiles.read_tiles(connection),
        changes=_changes(context.query(connection, "revision_account")),
    )


def files(site: context.Site, facts: Facts, language: Language) -> Iterator[context.File]:
    """Yield the page; in English it is also the index of the site."""
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
    """Return the rows of sql/known.sql of one indicator, by state."""
    own = found[found["indicator"] == indicator]
    return {
        row["ref_area"]: Coverage(row["ref_area"], list(row["years"]), list(row["suppressed"]))
        for row in own.to_dict("records")
    }


def _changes(account: pd.DataFrame) -> list[Change]:
    """Return the changes by the newest release of each source, the newest release first."""
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
    """Return the facts of the page: they count states and indicators, and never add up victims."""
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
    """Return the words that find a state: its names in each language, and its codes."""
    names = [language.name("area", area) for language in site.languages]
    return [*dict.fromkeys(names), area, site.iso2[area]]
