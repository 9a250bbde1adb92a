"""Pages of small multiples taken apart, and what must not be wrong with them."""

import re
from dataclasses import dataclass
from html import unescape

from drawn import drawn_bars, drawn_figures, edges, lines
from page_figures import of_page


@dataclass
class Panel:
    """A panel as it stands on the page."""

    anchor: str
    state: str
    name: str
    last: str
    words: str
    figure: dict


@dataclass
class Years:
    """A table of states by years: headings, and by state the text of each cell, signs apart."""

    years: list[int]
    rows: dict[str, list[tuple[str, str]]]


def panels(page: str, anchor: str = "") -> list[Panel]:
    """The panels of a page in its order; `anchor` names the figure they belong to."""
    figures = of_page(page)
    found = [
        Panel(
            match["id"],
            match["state"].upper(),
            unescape(match["name"]),
            unescape(match["last"]),
            unescape(match["words"]),
            figures[match["id"]],
        )
        for match in re.finditer(
            r'<li id="(?P<id>[^"]+)" data-state="(?P<state>\w+)"[^>]*>\s*'
            r'<p class="panel"><a [^>]*>(?P<name>[^<]+)</a> <span class="last">(?P<last>[^<]*)'
            r'.*?aria-label="(?P<words>[^"]+)"',
            page,
            re.S,
        )
    ]
    return [panel for panel in found if panel.anchor.startswith(f"{anchor}-")] if anchor else found


def table(page: str, anchor: str) -> Years:
    """The table of a figure."""
    text = page.split(f'id="{anchor}-caption"')[1].split("</table>")[0]
    years = [int(year) for year in re.findall(r'<th scope="col">(\d+)</th>', text)]
    rows = {
        state.upper(): [_cell(cell) for cell in re.findall(r"<td[^>]*>(.*?)</td>", row)]
        for state, row in re.findall(r'<tr data-state="(\w+)">(.*?)</tr>', text)
    }
    return Years(years, rows)


def words(page: str) -> str:
    """Return the text of a page, without tags and scripts."""
    body = page.split("<main")[1].split("</main>")[0]
    text = re.sub(r"<script.*?</script>|<[^>]+>", " ", body, flags=re.S)
    return re.sub(r"\s+", " ", unescape(text))


def _cell(text: str) -> tuple[str, str]:
    """Figure, and the signs behind it."""
    signs = "".join(re.findall(r"<sup>([^<]*)", text))
    figure = re.sub(r"<sup>.*?</sup>", "", text)
    return unescape(figure).replace("\u202f", ""), signs


def faults(page: str, anchor: str, truth: dict[str, dict[int, float | None]]) -> list[str]:
    """Return the places where panels or table differ from `truth`.

    `truth` has each state in alphabetical order with its figures by year; None is suppressed.
    """
    shown, rows_of_table = panels(page, anchor), table(page, anchor)
    found = []
    order = [panel.state for panel in shown]
    if order != [state for state in truth if state in order]:
        found.append(f"order: {order}")
    for panel in shown:
        found += [f"{panel.name}: {fault}" for fault in _drawn(panel.figure, truth[panel.state])]
    for state, figures in truth.items():
        expected = [_printed(figures, year) for year in rows_of_table.years]
        printed = [figure for figure, _ in rows_of_table.rows.get(state, [])]
        found += [] if printed == expected else [f"{state}: table has {printed}"]
    return found


def _printed(figures: dict[int, float | None], year: int) -> str:
    if year not in figures:
        return "–"
    figure = figures[year]
    return "<5" if figure is None else f"{figure:.15g}"


def _drawn(figure: dict, figures: dict[int, float | None]) -> list[str]:
    exact = {year: value for year, value in figures.items() if value is not None}
    hidden = {year: (0, 4) for year, value in figures.items() if value is None}
    wrong = []
    if drawn_figures(figure) != exact:
        wrong.append(f"draws {drawn_figures(figure)} for {exact}")
    if drawn_bars(figure) != hidden:
        wrong.append(f"bars {drawn_bars(figure)} for {hidden}")
    bridged = [edge for trace in lines(figure) for edge in edges(trace) if edge[1] - edge[0] != 1]
    wrong += [f"bridges {edge}" for edge in bridged]
    if figure["layout"]["yaxis"]["range"][0] != 0:
        wrong.append("does not begin at zero")
    return wrong
