"""Gaps in a state's core indicators, the most wanted figures first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

from pipelines.words.language import Language, spans
from schemas import codelists

Row = Mapping[str, Any]
"""A row of sql/summary_core.sql, or of another query in `summary`."""


@dataclass(frozen=True)
class Gap:
    """One step for one indicator: rank of the step, name, states with a total, and the needs."""

    step: int
    indicator: str
    states: str
    needs: str


def gaps_by_priority(core: Sequence[Row], language: Language) -> list[Gap]:
    """Return what is missing, an indicator of a step each, in the order of published.need."""
    with_total = {row["indicator"]: row["with_total"] for row in core}
    wanted = [(need, row["indicator"]) for row in core for need in row["needs"]]
    found: dict[tuple[str, str], list[str]] = {}
    for need, indicator in sorted(wanted, key=lambda each: each[0]["priority"]):
        text, years = language.name("need", need["need"]), spans(map(int, need["periods"]))
        of_years = f"{text}{language.colon}{years}" if years else text
        found.setdefault((need["step"], indicator), []).append(of_years)
    steps = list(dict.fromkeys(step for step, _ in found))
    states = len(codelists.oas_states())
    return [
        Gap(
            steps.index(step) + 1,
            language.name("indicator", indicator),
            language.say("part_of_whole", part=with_total[indicator], whole=states),
            joined(needs, language),
        )
        for (step, indicator), needs in found.items()
    ]


def joined(parts: Sequence[str], language: Language) -> str:
    """Return clauses joined as in a sentence; "" without any."""
    if not parts:
        return ""
    return reduce(lambda first, second: language.say("clauses", first=first, second=second), parts)
