"""What a fold of the page has: blocks of a heading, a table and notes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipelines.published.charts.table import Table
from pipelines.published.site import context
from pipelines.published.site.wording import sources
from pipelines.words.language import Language


@dataclass(frozen=True)
class Line:
    """A line on one series: its source, what its figures are, and why it is the one to cite.

    Attributes:
        source: id of the source, whose description the line links to.
        number: its number in a table of several series; "" if there is one.
        name: short name of its publisher.
        text: kind of year, unit, releases, comparability.
        cite: why this is the series to cite; "" for the others.
    """

    source: str
    number: str
    name: str
    text: str
    cite: str = ""


def line_alone(
    source: str,
    basis: str,
    releases: Iterable[str],
    site: context.Site,
    language: Language,
    cite: str = "",
) -> Line:
    """Return the line on the only series of a table: kind of year and releases.

    Args:
        source: id of the source.
        basis: code of the list `time_basis`.
        releases: days of the releases that its figures come from.
        site: the context of the page.
        language: the reader's.
        cite: code of the list `citation_reason`; "" if it is not the series to cite.
    """
    described = site.sources[source]
    released = sources.release_text(described, sorted({*releases}), language)
    return Line(
        source=source,
        number="",
        name=described["short_name"],
        text=f"{language.name('time_basis', basis)} · {released}",
        cite=language.name("citation_reason", cite) if cite else "",
    )


@dataclass(frozen=True)
class Block:
    """A table with what a reader needs beside it.

    Attributes:
        anchor: id of its caption.
        heading: what the table has; "" for the first table of a fold.
        lines: a line per series.
        table: the table.
        notes: notes on its figures.
        caveat: what the figures are not.
        quoted: English texts that the notes quote.
        figures: number of figures in it that sources print.
        is_words: whether the cells of the table are words rather than figures.
    """

    anchor: str
    heading: str
    table: Table
    lines: Sequence[Line] = ()
    notes: Sequence[str] = ()
    caveat: str = ""
    quoted: Sequence[str] = ()
    figures: int = 0
    is_words: bool = False


@dataclass(frozen=True)
class Fold:
    """A fold: its title, what is inside, its blocks, and the tables that checks keep out whole."""

    anchor: str
    title: str
    inside: str
    blocks: Sequence[Block]
    kept_out: Sequence[str] = ()
