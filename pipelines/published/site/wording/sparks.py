"""Words on sparklines: what stands beside each, and their key."""

from collections.abc import Iterable
from typing import NamedTuple

from pipelines.published.charts.sparkline import Spark
from pipelines.published.site.facts.region import Change
from pipelines.published.site.facts.total import Total
from pipelines.published.site.wording import phrases
from pipelines.published.site.wording.region import change_text
from pipelines.words.language import Language


class Small(NamedTuple):
    """The small chart of one state, with its last figure to cite.

    Attributes:
        area: code of the state.
        spark: the chart.
        figure: the figure as printed.
        year: its year as printed.
        newer: a newer year of another source; 0 without one.
        counted: what the figure counts, where the indicator says otherwise.
        way: `up`, `down` or `same`; "" where no levels are compared.
        change: the change of the level, as printed; "" likewise.
        evidence: code of the list `evidence`; "" where nothing was tested.
    """

    area: str
    spark: Spark
    figure: str
    year: str
    newer: int
    counted: str
    way: str = ""
    change: str = ""
    evidence: str = ""

    @property
    def dots(self) -> list[bool]:
        """Return the dots of the evidence."""
        return phrases.dots(self.evidence)


def small(
    total: Total,
    spark: Spark,
    newer: int,
    language: Language,
    change: Change | None = None,
    evidence: str = "",
) -> Small:
    """Return the small chart of a series to cite."""
    return Small(
        total.area,
        spark,
        phrases.printed(total.last, language),
        total.period(total.last.year),
        newer,
        phrases.capital(phrases.counts_instead(total, language)),
        change.way if change else "",
        change_text(change, language) if change else "",
        evidence,
    )


def key(sparks: Iterable[Spark], language: Language) -> list[tuple[str, str]]:
    """Return the marks that some sparklines have, each with its meaning."""
    shown = list(sparks)
    found = [("0", language.say("spark_reported"))]
    if hidden := {interval for each in shown for interval in each.intervals}:
        found.append(("suppressed", phrases.suppressed_key(hidden, language)))
    if any(each.has_break for each in shown):
        found.append(("break", language.say("spark_break")))
    if any(each.has_uncertain for each in shown):
        found.append(("uncertain", language.say("key_uncertain")))
    return [*found, ("gap", language.say("key_gap"))]
