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
    wanted = [(need, row) for row in core for need in row["needs"]]
    found: dict[tuple[str, str], list[tuple[Row, Row]]] = {}
    for need, row in sorted(wanted, key=lambda each: each[0]["priority"]):
        found.setdefault((need["step"], row["indicator"]), []).append((need, row))
    steps = list(dict.fromkeys(step for step, _ in found))
    return [
        Gap(
            steps.index(step) + 1,
            language.name("indicator", indicator),
            language.say(
                "part_of_whole", part=own[0][1]["with_total"], whole=len(codelists.oas_states())
            ),
            joined(_need_texts([need for need, _ in own], language), language),
        )
        for (step, indicator), own in found.items()
    ]


def _need_texts(needs: Sequence[Row], language: Language) -> list[str]:
    """Return needs of an indicator with their years."""
    texts = []
    for each in needs:
        name, years = language.name("need", each["need"]), spans(map(int, each["periods"]))
        texts.append(f"{name}{language.colon}{years}" if years else name)
    return texts


def joined(parts: Sequence[str], language: Language) -> str:
    """Return clauses joined as in a sentence; "" without any."""
    if not parts:
        return ""
    return reduce(lambda first, second: language.say("clauses", first=first, second=second), parts)
