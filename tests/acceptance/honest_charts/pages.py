"""The pages as a reader has them: each chart taken out of its HTML, with all that stands around it.

Nothing here knows how the pages are made. What is read is plain and may be changed at will, which
is what the saboteurs do.
"""

import copy
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from lxml import html


@dataclass
class Cell:
    """A cell of a table.

    Attributes:
        kind: what it says that is known: figure, suppressed, withheld, missing.
        figure: the printed figure alone.
        remarks: the words beside it.
        notes: the numbers of the footnotes to which it leads.
    """

    kind: str
    figure: str
    remarks: str
    notes: list[int] = field(default_factory=list)


@dataclass
class Chart:
    """A figure of a page, with every text that stands around it.

    Attributes:
        page: path of the page below the language's folder.
        plot: the Plotly figure; without traces where there is only a table.
        words: the text alternative.
        key: what the marks mean.
        cells: by row heading, the cells of the table beside the chart.
        notes: the footnotes.
        origin: the source line.
        files: what the chart's links to files lead to: codes, words, json.
        panel: the state, where the figure has a small chart for each.
    """

    page: str
    language: str
    anchor: str
    headline: str
    subtitle: str
    plot: dict[str, Any]
    words: str
    key: list[str]
    columns: list[str]
    cells: dict[str, list[Cell]]
    notes: list[str]
    origin: str
    files: dict[str, str] = field(default_factory=dict)

    panel: str = ""

    @property
    def area(self) -> str:
        """The state that it is of: that of its panel, or of its page."""
        return (self.panel or Path(self.page).stem).upper()

    @property
    def is_drawn(self) -> bool:
        """Return whether there is a chart beside the table."""
        return "xaxis" in self.layout

    @property
    def traces(self) -> list[dict[str, Any]]:
        """The traces of the chart."""
        return self.plot["data"]

    @property
    def layout(self) -> dict[str, Any]:
        """Axes, shapes and annotations."""
        return self.plot["layout"]

    def notes_of(self, year: int, column: int) -> list[str]:
        """The footnotes to which a cell of the table leads."""
        return [self.notes[number - 1] for number in self.cells[str(year)][column].notes]

    def __str__(self) -> str:
        return f"{self.language}/{self.page}#{self.anchor} {self.panel}".rstrip()


@dataclass
class Page:
    """A page.

    Attributes:
        lang: what the page says its language is.
        text: all its words.
        links: where its links lead, and what they say.
        lists: of each list and table, the words with which its entries begin.
    """

    path: str
    language: str
    lang: str
    text: str
    links: list[tuple[str, str]]
    lists: list[list[str]]
    charts: list[Chart]

    def __str__(self) -> str:
        return f"{self.language}/{self.path}"


def read(site: Path, language: str) -> Iterator[Page]:
    """The pages of one language."""
    for file in sorted((site / language).rglob("*.html")):
        yield _page(file, file.relative_to(site / language).as_posix(), language)


def _page(file: Path, path: str, language: str) -> Page:
    root = html.document_fromstring(file.read_text(encoding="utf-8"))
    figures = [each for each in root.iter("figure") if each.get("id")]
    drawn = _chart_data(root)
    wholes = [(_chart(each, file, path, language, drawn), each) for each in figures]
    body = root.find("body")
    return Page(
        path=path,
        language=language,
        lang=root.get("lang", ""),
        text=_shown(body),
        links=[(a.get("href", ""), _text(a)) for a in root.iter("a")],
        lists=[list(names) for names in _lists(body)],
        charts=[chart for whole, each in wholes for chart in _charts(whole, each, drawn)],
    )


def _chart_data(root: Any) -> dict[str, dict[str, Any]]:
    """The Plotly figures of a page: each item is laid over what is common to its kind."""
    text = root.xpath("string(//script[@id='drawn'])")
    content = json.loads(text) if text else {"common": {}, "own": {}}

    def whole(kind: str, item: dict[str, Any]) -> dict[str, Any]:
        return copy.deepcopy(content["common"].get(kind, {})) | item

    def part(name: str, value: Any) -> Any:
        if isinstance(value, list):
            return [whole(f"{name} {each.get('name', '')}", each) for each in value]
        return whole(name.rstrip("0123456789"), value) if isinstance(value, dict) else value

    return {
        anchor: {
            "data": [whole(f"data {trace.get('meta', '')}", trace) for trace in own["data"]],
            "layout": {name: part(name, value) for name, value in own["layout"].items()},
        }
        for anchor, own in content["own"].items()
    }


def _chart(
    element: Any, file: Path, path: str, language: str, drawn: dict[str, dict[str, Any]]
) -> Chart:
    rows = element.xpath(".//table[1]//tbody/tr")
    return Chart(
        page=path,
        language=language,
        anchor=element.get("id"),
        headline=_first(element, ".//p[@class='headline']"),
        subtitle=_first(element, ".//p[@class='subtitle']"),
        plot=drawn.get(element.get("id"), {"data": [], "layout": {"annotations": []}}),
        words=_first(element, f".//*[@id='{element.get('id')}-words']"),
        key=[_text(item) for item in element.xpath(".//ul[@class='key']/li")],
        columns=[_text(each) for each in element.xpath(".//table[1]//thead//th")][1:],
        cells={_text(row.find("th")): _cells(row) for row in rows},
        notes=[_text(item) for item in element.xpath(".//ol[@class='notes']/li")],
        origin=_first(element, ".//p[@class='origin']"),
        files=dict(_files(element, file)),
    )


def _charts(whole: Chart, element: Any, drawn: dict[str, dict[str, Any]]) -> Iterator[Chart]:
    """The figure; or, of small multiples, a chart per state with its own years of the table."""
    panels = element.xpath(".//ul[@class='panels']/li")
    if not panels:
        yield whole
    for panel in panels:
        name = _text(panel.find(".//a"))
        yield replace(
            whole,
            panel=panel.get("data-state"),
            headline=f"{whole.headline}. {_text(panel.find('p'))}",
            plot=drawn[panel.get("id")],
            words=panel.xpath("./div/@aria-label")[0],
            columns=[""],
            cells={y: [cell] for y, cell in zip(whole.columns, whole.cells[name], strict=True)},
        )


def _cells(row: Any) -> list[Cell]:
    """The cells of a row; a column of remarks goes with the only column of figures."""
    cells: list[Cell] = []
    is_single = "single" in row.xpath("string(ancestor::table/@class)")
    for cell in row.findall("td"):
        figures = cell.xpath("./span[@class='figure']")
        if not (cells and is_single):
            content = _text(figures[0]) if figures else _tidy(cell.text or "")
            cells.append(Cell((cell.get("class") or "figure").split()[-1], content, ""))
        remarks = cell.xpath("./span[@class='remark'] | ./sup")
        cells[-1].remarks += " ".join(_text(each) for each in remarks)
        cells[-1].notes += [
            int(found[1])
            for link in cell.iter("a")
            if (found := re.search(r"-note-(\d+)$", link.get("href", "")))
        ]
    return cells


def _files(element: Any, file: Path) -> Iterator[tuple[str, str]]:
    for link in element.xpath(".//ul[@class='files']//a"):
        target = file.parent / link.get("href").partition("#")[0]
        if target.is_file() and target.suffix in (".csv", ".json"):
            kind = link.get("id").removesuffix("-csv").rpartition("-")[2]
            yield kind, target.read_text(encoding="utf-8-sig")


def _lists(body: Any) -> Iterator[Iterator[str]]:
    """Yield the lists and tables, each as the words with which its entries begin, in order."""
    for parent in body.iter("ul", "ol", "tbody", "select", "datalist"):
        entries = parent.xpath("./li | ./tr/*[1] | ./option")
        yield (_text(next(entry.iter("a"), entry)) for entry in entries)


def _shown(body: Any) -> str:
    """The words of a page, without what only a program reads."""
    return " ".join(_tidy(text) for text in body.xpath(".//text()[not(ancestor::script)]"))


def _first(element: Any, path: str) -> str:
    found = element.xpath(path)
    return _text(found[0]) if found else ""


def _text(element: Any) -> str:
    return _tidy(element.text_content()) if element is not None else ""


def _tidy(text: str) -> str:
    """One space where HTML shows one; no-break spaces stay what they are."""
    return re.sub(r"[ \n]+", " ", text).strip(" \n")
