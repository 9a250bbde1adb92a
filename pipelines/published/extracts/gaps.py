"""Gaps in a state's core indicators, the most wanted figures first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

from pipelines.published.i18n.language import Language, spans
from schemas import codelists

Row = Mapping[str, Any]
"""A row of sql/summary_core.sql, or of sql/summary_figure.sql in `summary`."""


@dataclass(frozen=True)
class Gap:
    """An indicator with something missing: its name, states with a total, and the needs."""

    indicator: str
    states: str
    needs: str


def gaps_by_priority(core: Sequence[Row], language: Language) -> list[Gap]:
    """Return what is missing, an indicator each, in the order of published.need."""
    return [
        Gap(
            language.name("indicator", row["indicator"]),
            language.say("summary_of", part=row["with_total"], whole=len(codelists.oas_states())),
            joined(need_texts(row, language), language),
        )
        for row in core
        if row["needs"]
    ]


def need_texts(row: Row, language: Language) -> list[str]:
    """Return the needs of an indicator with their years, the first in order of priority first."""
    texts = []
    for each in row["needs"]:
        name, years = language.name("need", each["need"]), spans(map(int, each["periods"]))
        texts.append(f"{name}{language.colon}{years}" if years else name)
    return texts


def joined(parts: Sequence[str], language: Language) -> str:
    """Return clauses joined as in a sentence; "" without any."""
    if not parts:
        return ""
    return reduce(lambda first, second: language.say("clauses", first=first, second=second), parts)
