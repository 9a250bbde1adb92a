"""A chart of a page as readers get it: figure, table, sentence, key, source; and its marks."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from itertools import pairwise
from typing import Any, NamedTuple

from parsed_page import Page, tidy

Cells = list[tuple[str, list[str]]]
YEAR = r"\b(?:19|20)\d\d(?:/\d\d)?\b"


@dataclass
class Record:
    """A chart.

    Attributes:
        area: code of the state; "" on the page of an indicator.
        indicator: code of the indicator of rates.
        language: code of the language.
        anchor: id of the block.
        figure: data and layout as the page has them, with names of colours.
        unit: what the chart shows.
        rows: heading and cells of each row of the table, without remarks.
        sentence: the answer above it.
        key: sign and meaning of each mark.
        source: the source line.
        label: the alternative text.
    """

    area: str
    indicator: str
    language: str
    anchor: str
    figure: dict[str, Any]
    unit: str
    rows: Cells
    sentence: str
    key: list[tuple[str, str]]
    source: str
    label: str
    layout: dict[str, Any] = field(init=False)

    def __post_init__(self) -> None:
        self.layout = self.figure["layout"]

    def __str__(self) -> str:
        return f"{self.language}/{self.area or self.indicator}#{self.anchor}"

    def number(self, text: str) -> float | None:
        """Read a number as this page prints it; None of any other text."""
        decimal, thousands = self.layout["separators"]
        plain = text.strip().replace(thousands, "").replace(decimal, ".")
        return float(plain) if re.fullmatch(r"\d+(\.\d+)?", plain) else None

    def interval(self, text: str) -> tuple[float, float]:
        """Read a figure: a number, `<5`, `≤725`, `166–174` or `≥10`."""
        text = text.strip()
        if text.startswith("<"):
            return 0, (self.number(text[1:]) or 0) - 1
        if text.startswith("≤"):
            return 0, self.number(text[1:]) or 0
        if text.startswith("≥"):
            return self.number(text[1:]) or 0, float("inf")
        low, _, high = text.partition("–")
        return self.number(low) or 0, self.number(high or low) or 0

    def printed_as(self, text: str, value: float) -> bool:
        """Return whether a text is a value, rounded to the digits that it has."""
        found, decimal = self.number(text), self.layout["separators"][0]
        digits = len(text.split(decimal)[1]) if decimal in text else 0
        return found is not None and abs(found - value) <= 0.5001 * 10**-digits


def records(text: str, area: str, indicator: str, language: str) -> Iterator[Record]:
    """Yield the charts of a page of a state or, where that is empty, of an indicator."""
    page = Page(text)
    for anchor, chart in page.drawn().get("charts", {}).items():
        [block] = page.root.xpath(f"//section[@id='{anchor}']")
        texts = lambda path, block=block: [tidy(e.text_content()) for e in block.xpath(path)]  # noqa: E731
        signs = [each.partition("\N{NO-BREAK SPACE}") for each in texts(".//p[@class='key']/span")]
        yield Record(
            area,
            indicator,
            language,
            anchor,
            chart["figure"],
            chart["unit"],
            [
                (
                    tidy(row.xpath("th")[0].text_content()),
                    [(cell.text or "").strip() for cell in row.xpath("td")],
                )
                for row in block.xpath(".//table//tbody/tr")
            ],
            texts("h2")[0],
            [(sign, meaning) for sign, _, meaning in signs],
            chart["source"],
            "".join(block.xpath(".//*[@role='img' and @data-chart]/@aria-label")),
        )


class Mark(NamedTuple):
    """A mark of a chart over years: what its label says, its place, its look.

    `printed` is the year as printed; `low` and `high` are the same but in a bar.
    """

    printed: str
    text: str
    year: float
    low: float
    high: float
    fill: str
    edge: str
    symbol: str

    @property
    def is_hollow(self) -> bool:
        """Whether it is filled with the colour of the page."""
        return self.fill == "--paper"

    @property
    def is_bar(self) -> bool:
        """Whether it is the bar of a suppressed figure."""
        return self.symbol == "bar"


def listed(value: Any, count: int) -> list[Any]:
    """Return a property of a trace for each of its marks."""
    return value if isinstance(value, list) else [value] * count


def marks(record: Record) -> list[Mark]:
    """Return the marks of a chart over years."""
    found = []
    for trace in record.figure["data"]:
        is_bar = trace["type"] == "bar"
        if not is_bar and trace["mode"] != "markers":
            continue
        marker, count = trace["marker"], len(trace["x"])
        for at, (x, y, text) in enumerate(zip(trace["x"], trace["y"], trace["text"], strict=True)):
            before, _, figure = unescape(text).rpartition(":")
            low = trace["base"][at] if is_bar else y
            found.append(
                Mark(
                    before.rpartition(", ")[2].strip(),
                    figure.strip(),
                    x,
                    low,
                    low + y if is_bar else y,
                    listed(marker["color"], count)[at],
                    marker["line"]["color"],
                    "bar" if is_bar else listed(marker["symbol"], count)[at],
                )
            )
    return found


def segments(record: Record) -> list[tuple[tuple[float, float], tuple[float, float], dict]]:
    """Return the pieces of lines: the place of each end, and the look."""
    found = []
    for trace in record.figure["data"]:
        if trace.get("mode") == "lines":
            ends = list(zip(trace["x"], trace["y"], strict=True))
            found += [
                (one, other, trace["line"])
                for one, other in pairwise(ends)
                if None not in (*one, *other)
            ]
    return found


class Bar(NamedTuple):
    """A bar of a group: heading, name, figure, length, height, whether it is outlined alone."""

    heading: str
    name: str
    text: str
    length: float
    at: float
    is_outlined: bool


def bars(record: Record) -> list[Bar]:
    """Return the bars of groups, from the top."""
    headings = sorted(
        (each["y"], plain(each["text"]))
        for each in record.layout["annotations"]
        if each.get("xref") == "paper"
    )
    found = []
    for trace in record.figure["data"]:
        name, _, figure = unescape(trace["text"][0]).rpartition(":")
        heading = [text for at, text in headings if at < trace["y"][0]][-1]
        is_outlined = trace["marker"]["color"] == "--paper"
        found.append(
            Bar(heading, name.strip(), figure.strip(), trace["x"][0], trace["y"][0], is_outlined)
        )
    return found


def group_rows(record: Record) -> dict[tuple[str, str], list[str]]:
    """Return the cells of each row of a table of groups, by heading and name."""
    headings = {each.heading for each in bars(record)}
    return {
        (heading, row[len(heading) :].strip(" :\u202f\u00a0")): cells
        for row, cells in record.rows
        for heading in headings
        if row.startswith(heading)
    }


def plain(text: str) -> str:
    return unescape(re.sub(r"</?b>", "", text))


def letters(text: str) -> str:
    """Return a name without what an axis adds: bold type, two lines."""
    return re.sub(r"\W", "", re.sub(r"<.*?>", "", text))
