"""The box at the top of a country page: which sources have figures, and what is known of them."""

from collections import Counter
from dataclasses import dataclass
from typing import Any, Final

import duckdb
import pandas as pd

from pipelines.published.i18n.language import Language
from pipelines.published.site.figures import context, coverage

_HAS_FIGURE: Final = ("reported", "suppressed", "partial")
"""Codes of the list `coverage_status` under which a source has some figure of a year."""

_HAS_TOTAL: Final = ("reported", "suppressed")
"""Those under which it has the figure of the whole state and year."""


@dataclass(frozen=True)
class Facts:
    """What the boxes say of each state.

    Attributes:
        sources: rows of sql/standing.sql.
        core: how many core indicators have each status in the newest year that any state has a
            total of; those of which no state has a figure are among the last.
        known: core indicators with a figure of some year.
        parts: by core indicator, the years of which there are figures of parts only.
        core_of_all: how many core indicators there are.
        revised: yearly totals that a later release changed or withdrew.
    """

    sources: dict[str, list[dict[Any, Any]]]
    core: dict[str, Counter[str]]
    known: dict[str, int]
    parts: dict[str, dict[str, list[int]]]
    core_of_all: int
    revised: dict[str, int]


@dataclass(frozen=True)
class Box:
    """The box of one state in one language.

    Attributes:
        lead: what is known at all.
        sources: rows of sql/standing.sql, each with the comparability in words.
        core: how many core indicators have each status, in words; empty if nothing is known.
        revised: how many yearly totals a later release changed or withdrew.
    """

    lead: str
    sources: list[dict[Any, Any]]
    core: str
    revised: int


def read(connection: duckdb.DuckDBPyConnection) -> Facts:
    """What is known of the sources and of the core indicators of all states."""
    rows = context.query(connection, "coverage")
    last = rows.groupby("indicator")["time_period"].max()
    totals = rows[rows["coverage_status"].isin(_HAS_TOTAL)]
    last.update(totals.groupby("indicator")["time_period"].max())
    newest = rows[rows["time_period"] == rows["indicator"].map(last)]
    core = context.query(connection, "core")["indicator"]
    unknown = len(set(core) - set(rows["indicator"]))
    told = rows[rows["coverage_status"].isin(_HAS_FIGURE)]
    return Facts(
        sources=_by_area(context.query(connection, "standing")),
        core={
            str(area): Counter(own["coverage_status"]) + Counter(never=unknown)
            for area, own in newest.groupby("ref_area")
        },
        known=told.groupby("ref_area")["indicator"].nunique().to_dict(),
        parts=_parts(rows),
        core_of_all=len(core),
        revised=context.query(connection, "revised")["ref_area"].value_counts().to_dict(),
    )


def box(facts: Facts, area: str, all_sources: int, language: Language) -> Box:
    """The box of that state."""
    sources = facts.sources.get(area, [])
    of_state = [row for row in sources if _has_level(row)]
    lead = language.say(
        "status_lead" if of_state else "status_none",
        sources=len(of_state),
        all_sources=all_sources,
        year=max((row["last_year"] for row in of_state), default=0),
        known=facts.known.get(area, 0),
        core=facts.core_of_all,
    )
    if not sources:
        return Box(lead, [], "", 0)
    counts = coverage.in_years(facts.core.get(area, Counter()), language)
    return Box(lead, [_said(row, language) for row in sources], counts, facts.revised.get(area, 0))


def _parts(rows: pd.DataFrame) -> dict[str, dict[str, list[int]]]:
    """By state and indicator, the years of which no total is known, and parts are."""
    found: dict[str, dict[str, list[int]]] = {}
    partial = rows[rows["coverage_status"] == "partial"]
    for (area, indicator), own in partial.groupby(["ref_area", "indicator"]):
        found.setdefault(str(area), {})[str(indicator)] = sorted(own["time_period"].astype(int))
    return found


def _by_area(rows: pd.DataFrame) -> dict[str, list[dict[Any, Any]]]:
    return {str(area): own.to_dict("records") for area, own in rows.groupby("ref_area")}


def _said(row: dict[Any, Any], language: Language) -> dict[Any, Any]:
    """The row with words where there are codes or nothing."""
    level, breaks = row["comparability"], row["breaks"].split()
    return row | {
        "comparability": language.name("comparability", level)
        if _has_level(row)
        else language.say("status_parts"),
        "breaks": ", ".join(breaks) or language.say("status_no_break"),
    }


def _has_level(row: dict[Any, Any]) -> bool:
    """Return whether the source has totals of the state, not of its subdivisions only."""
    return isinstance(row["comparability"], str)
