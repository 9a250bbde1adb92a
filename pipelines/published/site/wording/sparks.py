"""Words on sparklines: what stands beside each, and their key."""

from collections.abc import Iterable
from typing import NamedTuple

from pipelines.published.site.facts.total import Total
from pipelines.published.site.facts.trends import page_verdict
from pipelines.published.site.sparkline import Spark
from pipelines.published.site.wording import phrases
from pipelines.words.language import Language


class Small(NamedTuple):
    """The small chart of one state, with its last figure to cite.

    Attributes:
        area: code of the state.
        spark: the chart.
        verdict: one of `VERDICTS`.
        figure: the figure as printed.
        year: its year as printed.
        newer: a newer year of another source; 0 without one.
        counted: what the figure counts, where the indicator says otherwise.
    """

    area: str
    spark: Spark
    verdict: str
    figure: str
    year: str
    newer: int
    counted: str


def small(total: Total, spark: Spark, newer: int, language: Language) -> Small:
    """Return the small chart of a series to cite."""
    return Small(
        total.area,
        spark,
        page_verdict(total.trend),
        phrases.printed(total.last, language),
        total.period(total.last.year),
        newer,
        phrases.capital(phrases.counts_instead(total, language)),
    )


def key(sparks: Iterable[Spark], language: Language) -> list[tuple[str, str]]:
    """Return the marks that some sparklines have, each with its meaning."""
    shown = list(sparks)
    found = [("0", language.say("spark_reported"))]
    if hidden := {bar.interval for each in shown for bar in each.bars}:
        found.append(("suppressed", phrases.suppressed_key(hidden, language)))
    if any(each.rules for each in shown):
        found.append(("break", language.say("spark_break")))
    if any(dot.look == "uncertain" for each in shown for dot in each.dots):
        found.append(("uncertain", language.say("key_uncertain")))
    return [*found, ("gap", language.say("key_gap"))]
