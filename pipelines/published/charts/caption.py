"""The texts on a chart."""

from dataclasses import dataclass
from typing import Any

Figure = dict[str, Any]
"""A Plotly figure: `data`, a list of traces, and `layout`."""


@dataclass(frozen=True)
class Caption:
    """The texts of a chart, plain text in the reader's language.

    Attributes:
        headline: one true sentence.
        subtitle: measure, unit of count, place and period.
        caveat: what the figures are not.
        source: publisher, publication, release and licence.
    """

    headline: str
    subtitle: str
    caveat: str
    source: str
