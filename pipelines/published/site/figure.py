"""A figure of a page in one language: its texts, its chart and its table."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from pipelines.published.charts.spec import Chart
from pipelines.published.charts.table import Table

IN_SIGHT: Final = 3
"""The notes under a chart that are not behind a fold."""


@dataclass(frozen=True)
class Figure:
    """A figure.

    Attributes:
        anchor: its id on the page, the same in each language.
        tab: the short name of its tab; "" for a figure that is none of several.
        headline: what it shows, in at most 20 words.
        subtitle: measure, unit, period, source and release.
        spec: the chart; None if there is only a table.
        key: the marks that the chart has, each with its meaning.
        calm: notes on what breaks the series and what it is not; those after the first are folded.
        source: the source line: publisher, title, release, licence.
        about: pairs of a term and a text that say how the figure was made.
        table: the same points as a table; in sight if there is no chart.
        more: further tables, each behind a fold.
        in_words: the chart in words, for readers who do not see it.
        file: name of the files that are saved from it, without ending.
        embed: the HTML that shows it on another site.
        copied: the headline with its sources, as a button copies them.
        quoted: English texts that are quoted on a page in another language.
    """

    anchor: str
    headline: str
    subtitle: str
    source: str
    tab: str = ""
    spec: Chart | None = None
    key: Sequence[tuple[str, str]] = ()
    calm: Sequence[str] = ()
    about: Sequence[tuple[str, str]] = ()
    table: Table | None = None
    more: Sequence[Table] = ()
    in_words: str = ""
    file: str = ""
    embed: str = ""
    copied: str = ""
    quoted: Sequence[str] = field(default=())

    @property
    def in_sight(self) -> str:
        """Return the first notes under the chart."""
        return " ".join(self.calm[:IN_SIGHT])

    @property
    def folded(self) -> Sequence[str]:
        """Return the notes behind a fold."""
        return self.calm[IN_SIGHT:]

    @property
    def chart(self) -> dict[str, Any]:
        """Return the chart with the texts that leave the page with it."""
        return {
            "spec": self.spec,
            "title": self.headline,
            "subtitle": self.subtitle,
            "note": " ".join(self.calm),
            "source": self.source,
            "file": self.file,
        }
