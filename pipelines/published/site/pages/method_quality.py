"""Facts on the quality of each source's figures, one by one: there is no score."""

from collections.abc import Callable
from typing import Any, Final

import pandas as pd

from pipelines.published.i18n.language import Language
from pipelines.published.site.figures.view import Cell, Table

Fact = dict[Any, Any]
"""A row of sql/quality.sql."""


def of_indicator(facts: list[Fact], sources: dict[str, Fact], language: Language) -> Table:
    """Return the facts on one indicator: a row per fact, a column per source."""
    return Table(
        caption=language.say("quality_table"),
        row_heading=language.say("quality_fact"),
        columns=[_title(sources[fact["source"]]) for fact in facts],
        rows=[
            (language.say(text), [Cell("figure", say(fact, language)) for fact in facts])
            for text, say in _FACTS.items()
        ],
    )


def of_sources(facts: list[Fact], sources: dict[str, Fact], language: Language) -> Table:
    """Return timeliness and consistency of each source: a row per source."""
    own = pd.DataFrame(facts).groupby("source") if facts else {}
    return Table(
        caption=language.say("quality_sources"),
        row_heading=language.say("quality_source"),
        columns=[language.say(text) for text in _OF_SOURCE],
        rows=[
            (
                _title(sources[str(source)]),
                [Cell("figure", _FACTS[text](_summed(rows), language)) for text in _OF_SOURCE],
            )
            for source, rows in own
        ],
    )


def _summed(rows: pd.DataFrame) -> Fact:
    """Return one row for all indicators of a source: period, sums, timeliness of the newest."""
    newest = rows.sort_values("last_period", kind="stable").iloc[-1].to_dict()
    sums = [name for name in rows if str(name).startswith("identities")]
    first = {"first_period": rows["first_period"].min()}
    return newest | first | {name: int(rows[name].sum()) for name in sums}


def _title(source: Fact) -> str:
    return f"{source['publisher']}, {source['title']}"


def _number(column: str) -> Callable[[Fact, Language], str]:
    def say(fact: Fact, language: Language) -> str:
        return "–" if pd.isna(fact[column]) else language.number(int(fact[column]))

    return say


def _period(fact: Fact, language: Language) -> str:  # noqa: ARG001
    first, last = fact["first_period"], fact["last_period"]
    return str(first) if first == last else f"{first}–{last}"


def _comparability(column: str) -> Callable[[Fact, Language], str]:
    return lambda fact, language: language.name("comparability", fact[column])


def _sums(fact: Fact, language: Language) -> str:
    verdicts = {each: fact[f"identities_{each}"] for each in ("held", "failed", "untestable")}
    if not any(verdicts.values()):
        return "–"
    numbers = {each: language.number(count) for each, count in verdicts.items()}
    return language.say("quality_sums_of", **numbers)


def _pairs(fact: Fact, language: Language) -> str:
    return language.say(
        "quality_of",
        part=language.number(fact["pairs_agreeing"]),
        whole=language.number(fact["pairs"]),
    )


def _revisions(fact: Fact, language: Language) -> str:
    if fact["revisions"] < 0:
        return language.say("quality_one_release")
    return language.number(fact["revisions"])


_FACTS: Final[dict[str, Callable[[Fact, Language], str]]] = {
    "quality_period": _period,
    "quality_figures": _number("figures"),
    "quality_suppressed": _number("suppressed"),
    "quality_kept_out": _number("kept_out"),
    "quality_days": _number("days_to_release"),
    "quality_overdue": _number("days_overdue"),
    "quality_sums": _sums,
    "quality_pairs": _pairs,
    "quality_revisions": _revisions,
    "quality_breaks": _number("breaks"),
    "quality_collection": lambda fact, language: language.name("coll_method", fact["coll_method"]),
    "quality_comparability": _comparability("comparability"),
    "quality_least": _comparability("least_comparability"),
}
"""Functions that return the facts on a source and indicator, by the code of their names."""

_OF_SOURCE: Final = (
    "quality_period",
    "quality_days",
    "quality_overdue",
    "quality_sums",
)
