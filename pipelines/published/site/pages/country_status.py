"""The box at the top of a country page: the sources with figures, and their quality."""

from collections import Counter
from dataclasses import dataclass
from typing import Any, Final

import duckdb
import pandas as pd

from pipelines.published.i18n.language import Language
from pipelines.published.site.figures import context, coverage

_HAS_FIGURE: Final = ("reported", "suppressed", "partial")
"""Codes of the list `coverage_status` for a year of which a source has some figure."""

_HAS_TOTAL: Final = ("reported", "suppressed")
"""Codes for a year of which a source has the total of the state."""


@dataclass(frozen=True)
class Facts:
    """The facts in the boxes, by state.

    Attributes:
        sources: rows of sql/source_status.sql.
        core: number of core indicators with each status, in the newest year for which any state has
            a total; indicators without a figure of any state count as `never`.
        known: number of core indicators with a figure of some year.
        parts: by core indicator, the years with figures of parts only.
        core_of_all: number of core indicators.
        revised: number of yearly totals that a later release changed or withdrew.
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
        lead: the first sentence: number of sources and of indicators with figures.
        sources: rows of sql/source_status.sql, with comparability and breaks in words.
        core: number of core indicators with each status, in words; "" if nothing is known.
        revised: number of yearly totals that a later release changed or withdrew.
    """

    lead: str
    sources: list[dict[Any, Any]]
    core: str
    revised: int


def read_status(connection: duckdb.DuckDBPyConnection) -> Facts:
    """Return the facts on sources and core indicators of all states."""
    rows = context.query(connection, "coverage")
    last = rows.groupby("indicator")["time_period"].max()
    totals = rows[rows["coverage_status"].isin(_HAS_TOTAL)]
    last.update(totals.groupby("indicator")["time_period"].max())
    newest = rows[rows["time_period"] == rows["indicator"].map(last)]
    core = context.query(connection, "core")["indicator"]
    unknown = len(set(core) - set(rows["indicator"]))
    with_figure = rows[rows["coverage_status"].isin(_HAS_FIGURE)]
    return Facts(
        sources=_by_area(context.query(connection, "source_status")),
        core={
            str(area): Counter(own["coverage_status"]) + Counter(never=unknown)
            for area, own in newest.groupby("ref_area")
        },
        known=with_figure.groupby("ref_area")["indicator"].nunique().to_dict(),
        parts=_parts(rows),
        core_of_all=len(core),
        revised=context.query(connection, "revised")["ref_area"].value_counts().to_dict(),
    )


def status_box(facts: Facts, area: str, all_sources: int, language: Language) -> Box:
    """Return the box of one state."""
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
    counts = coverage.years_by_status(facts.core.get(area, Counter()), language)
    rows = [_in_words(row, language) for row in sources]
    return Box(lead, rows, counts, facts.revised.get(area, 0))


def _parts(rows: pd.DataFrame) -> dict[str, dict[str, list[int]]]:
    """Return by state and indicator the years with figures of parts and no total."""
    found: dict[str, dict[str, list[int]]] = {}
    partial = rows[rows["coverage_status"] == "partial"]
    for (area, indicator), own in partial.groupby(["ref_area", "indicator"]):
        found.setdefault(str(area), {})[str(indicator)] = sorted(own["time_period"].astype(int))
    return found


def _by_area(rows: pd.DataFrame) -> dict[str, list[dict[Any, Any]]]:
    return {str(area): own.to_dict("records") for area, own in rows.groupby("ref_area")}


def _in_words(row: dict[Any, Any], language: Language) -> dict[Any, Any]:
    """Return the row with words for codes and for missing values."""
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
