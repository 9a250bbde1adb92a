"""What is missing of a state's core indicators, the most wanted first."""

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
    """An indicator with something missing: its name, how many states report it, and the needs."""

    indicator: str
    states: str
    needs: str


def gaps_by_priority(core: Sequence[Row], language: Language) -> list[Gap]:
    """Return what is missing, an indicator each, in order of priority."""
    return [
        Gap(
            language.name("indicator", row["indicator"]),
            language.say("summary_of", part=row["states"], whole=len(codelists.oas_states())),
            joined(need_texts(row, language), language),
        )
        for row in by_priority(core)
    ]


def by_priority(core: Sequence[Row]) -> list[Row]:
    """Return the core indicators of which something is missing, the most wanted first.

    Indicators that at least half of the states report come first. Among them those without any
    figure of the state, then in the order of the list of needs; then what more states report.
    """
    half, order = len(codelists.oas_states()) / 2, codelists.codes("need")

    def place(row: Row) -> tuple[bool, int, int]:
        first = min(order.index(each["need"]) for each in row["needs"])
        return row["states"] < half, first if row["has_figure"] else -1, -row["states"]

    return sorted((row for row in core if row["needs"]), key=place)


def need_texts(row: Row, language: Language) -> list[str]:
    """Return the needs of an indicator with their years, in the order of the code list."""
    order = codelists.codes("need")
    texts = []
    for each in sorted(row["needs"], key=lambda each: order.index(each["need"])):
        name, years = language.name("need", each["need"]), spans(map(int, each["periods"]))
        texts.append(f"{name}{language.colon}{years}" if years else name)
    return texts


def joined(parts: Sequence[str], language: Language) -> str:
    """Return clauses joined as in a sentence; "" without any."""
    if not parts:
        return ""
    return reduce(lambda first, second: language.say("clauses", first=first, second=second), parts)
