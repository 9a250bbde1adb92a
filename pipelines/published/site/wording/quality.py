"""Facts on the quality of the sources of an indicator: a row per fact; there is no score."""

from collections.abc import Callable, Sequence
from typing import Final

import pandas as pd

from pipelines.published.charts.table import Cell, Table
from pipelines.published.site import context
from pipelines.words.disclosure import Row
from pipelines.words.language import Language


def table(rows: Sequence[Row], indicator: str, site: context.Site, language: Language) -> Table:
    """Return the facts on an indicator: a row per fact, a column per source."""
    return Table(
        caption=language.say("quality_table", indicator=language.name("indicator", indicator)),
        row_heading=language.say("quality_fact"),
        columns=["{publisher}, {title}".format(**site.sources[row["source"]]) for row in rows],
        rows=[
            (language.say(f"quality_{fact}"), [Cell(word(row, language)) for row in rows])
            for fact, word in _FACTS.items()
        ],
    )


def _number(column: str) -> Callable[[Row, Language], str]:
    def word(row: Row, language: Language) -> str:
        if pd.isna(row[column]):
            return language.say("no_figure")
        return language.number(int(row[column]))

    return word


def _name(codelist: str, column: str) -> Callable[[Row, Language], str]:
    return lambda row, language: language.name(codelist, row[column])


def _period(row: Row, language: Language) -> str:  # noqa: ARG001
    first, last = row["first_period"], row["last_period"]
    return str(first) if first == last else f"{first}–{last}"


def _sums(row: Row, language: Language) -> str:
    counts = {each: row[f"identities_{each}"] for each in ("held", "failed", "untestable")}
    if not any(counts.values()):
        return language.say("no_figure")
    numbers = {each: language.number(count) for each, count in counts.items()}
    return language.say("quality_sums_of", **numbers)


def _pairs(row: Row, language: Language) -> str:
    return language.say(
        "part_of_whole",
        part=language.number(row["pairs_agreeing"]),
        whole=language.number(row["pairs"]),
    )


def _revisions(row: Row, language: Language) -> str:
    if row["revisions"] < 0:
        return language.say("quality_one_release")
    return language.number(row["revisions"])


_FACTS: Final[dict[str, Callable[[Row, Language], str]]] = {
    "period": _period,
    "figures": _number("figures"),
    "suppressed": _number("suppressed"),
    "kept_out": _number("kept_out"),
    "days": _number("days_to_release"),
    "overdue": _number("days_overdue"),
    "sums": _sums,
    "pairs": _pairs,
    "revisions": _revisions,
    "breaks": _number("breaks"),
    "collection": _name("coll_method", "coll_method"),
    "comparability": _name("comparability", "comparability"),
    "least": _name("comparability", "least_comparability"),
}
"""Functions that return the facts on a source and indicator, by the code of their names."""
