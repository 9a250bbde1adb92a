"""Rules of an honest chart on titles, table and source. Each returns the faults as lines."""

import re
from typing import Any

from browser.honest_charts.record import Record
from browser.honest_charts.rules_of_marks import LOWER, UPPER, VALUE, YEAR, has
from browser.honest_charts.truth import Truth

MOST_WORDS = 20


def _plain(text: str, record: Record) -> str:
    """Return a text of a page without the sign between thousands."""
    return text.replace(record.language["thousands"], "")


def rule_few_lines_and_panels(record: Record, truth: Truth) -> list[str]:
    """At most four lines in a panel, each with a name, and six panels."""
    wrong = ["more than six panels"] if len(record.spec["panels"]) > 6 else []
    for panel in record.spec["panels"]:
        wrong += [f"{len(panel['series'])} lines"] if len(panel["series"]) > 4 else []
        if len(panel["series"]) > 1 and not all(each["name"] for each in panel["series"]):
            wrong.append("a line without a name")
    return wrong


def rule_two_titles(record: Record, truth: Truth) -> list[str]:
    """A headline of at most 20 words, and a subtitle that is another text."""
    title, subtitle = record.chart["title"], record.chart["subtitle"]
    wrong = [] if title and subtitle and title != subtitle else ["a title is missing"]
    words = re.findall(r"\w[\w’'.-]*", _plain(title, record))
    return wrong + ([f"{len(words)} words: {title}"] if len(words) > MOST_WORDS else [])


def rule_the_headline_s_numbers_are_on_the_chart(record: Record, truth: Truth) -> list[str]:
    """Each number of a headline is a figure of the chart, of its table, a cited total or a year."""
    title = re.sub(r"100\s000|\d+\s?%|(?<=20\d\d)/\d\d\b", "", record.chart["title"])
    printed = re.findall(r"\d+(?:[.,]\d+)?", _plain(title, record))
    numbers = {float(each.replace(",", ".")) for each in printed}
    known = {0.0, 100.0} | {float(year) for year in range(2000, 2027)}
    by_year: dict[int, set[float]] = {}
    for point in record.points:
        if point[VALUE] is not None:
            by_year.setdefault(point[YEAR], set()).add(float(point[VALUE]))
        elif has(point, "S"):
            known |= {float(point[UPPER]) + 1, *map(float, point[LOWER:])}
    for values in by_year.values():
        # Women and girls are two panels.
        known |= values | {a + b for a in values for b in values}
    known |= {float(f"{value:.{digits}g}") for value in known for digits in (2, 3)}
    known |= {
        float(len(panel["series"])) + more for panel in record.spec["panels"] for more in (0, 1)
    }
    cells = [_plain(cell["text"], record) for row in record.rows for cell in row]
    known |= {float(cell) for cell in cells if cell.isdecimal()}
    cited = truth.cited_figures(record.area, "VIC_DETECT").values()
    known |= {float(value) for value, _, _ in cited if value is not None}
    return [f"{number} is no figure: {record.chart['title']}" for number in numbers - known]


def rule_the_source_is_on_the_chart(record: Record, truth: Truth) -> list[str]:
    """Publisher, release, licence and edition leave the page with the chart."""
    source = record.chart["source"]
    wrong = [] if re.search(r"\d{4}", source) else ["no day of release"]
    licences = truth.licences[record.language["code"]].values()
    wrong += [] if any(licence in source for licence in licences) else ["no licence"]
    wrong += [] if re.search(r"tipstat \d", record.language["edition"]) else ["no version"]
    return wrong


def rule_the_table_is_the_chart(record: Record, truth: Truth) -> list[str]:
    """Each figure of the chart is a cell of the table beside it, in the row of its year."""
    rows = {row[0]["text"]: [cell["text"] for cell in row[1:]] for row in record.rows[1:]}
    if not rows:
        return ["no table"]
    by_year = any(str(point[YEAR]) in rows for point in record.points)
    if not by_year:
        return ["no row of a year"]
    wrong = []
    for point in record.points:
        cells = rows.get(str(point[YEAR]), [])
        if has(point, "X"):
            wrong += (
                []
                if any(cell and not re.search(r"\d", cell) for cell in cells)
                else [f"{point[YEAR]}: a rate"]
            )
            continue
        wanted = printed(point, record)
        wrong += (
            []
            if any(cell.split(" ")[0] == wanted for cell in cells)
            else [f"{point[YEAR]}: {wanted} is not in {cells}"]
        )
    return wrong


def printed(point: list[Any], record: Record) -> str:
    """Return a figure as the language prints it."""
    number = lambda value: f"{value:,.15g}".translate(  # noqa: E731
        {ord(","): record.language["thousands"], ord("."): record.language["decimal"]}
    )
    if has(point, "S"):
        lower, upper = point[LOWER], point[UPPER]
        limit = f"{number(lower)}–{number(upper)}" if lower else f"≤{number(upper)}"
        return "<5" if upper == 4 else limit
    return number(point[VALUE])


def rule_the_chart_has_words(record: Record, truth: Truth) -> list[str]:
    """A screen reader gets the headline, and more than it."""
    return [] if record.chart["title"] in record.label else ["the label lacks the headline"]
