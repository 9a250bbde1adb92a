"""Rules 13, 15, 16, 19, 20 and 21: what a page says and offers beside its charts."""

import csv
import io
import json
import re

from drawn import drawn_figures
from facts import Series
from pages import Chart, Page
from rules_of_words import decimal_sign
from truth import DIMENSIONS, SEPARATE, Truth, printed

CAVEATS = {
    "en": "Detected victims are not all victims",
    "es": "Las víctimas detectadas no son todas las víctimas",
    "pt": "As vítimas detectadas não são todas as vítimas",
    "fr": "Les victimes détectées ne sont pas toutes les victimes",
}


def rule_13_detected_is_not_prevalence(page: Page, truth: Truth) -> list[str]:
    """Every page says so, and leads to the method."""
    wrong = [] if CAVEATS[page.language] in page.text else ["the caveat is not there"]
    leads = any(href.endswith("method.html") or "method.html#" in href for href, _ in page.links)
    return wrong + ([] if leads else ["no link to the method"])


def rule_15_a_table_equal_to_the_chart(chart: Chart, truth: Truth) -> list[str]:
    """Cell by cell: what the warehouse publishes, what is drawn, what is printed."""
    wrong = [] if chart.cells else ["no table"]
    for series in truth.series(chart):
        drawn = drawn_figures(chart.plot, series.axis)
        wrong += (
            []
            if drawn == (series.exact if chart.is_drawn and series.axis else {})
            else [f"{series.axis} draws {drawn}"]
        )
        shown = {**series.exact, **series.hidden}
        for year, cell in ((int(y), cells[series.column]) for y, cells in chart.cells.items()):
            wanted = _printed(series, year, decimal_sign(chart))
            is_same = (
                cell.figure.split(" (")[0] == wanted if wanted else not re.match(r"\d", cell.figure)
            )
            wrong += [] if is_same else [f"{year} is printed {cell.figure!r}, not {wanted}"]
        wrong += [f"{year} is not in the table" for year in shown if str(year) not in chart.cells]
    return wrong


def _printed(series: Series, year: int, decimal: str) -> str:
    """Return what a table must print of a year; no number where there is no figure."""
    if year in series.hidden:
        return series.printed_hidden(year)
    return printed(series.exact[year], decimal) if year in series.exact else ""


def rule_16_files_with_every_chart(chart: Chart, truth: Truth) -> list[str]:
    """Figures in codes, the table, and what it is: each there, and each the same as the page."""
    if any(source in chart.origin for source in truth.kept):
        return []
    wrong = [f"no file of {kind}" for kind in ("codes", "words", "json") if kind not in chart.files]
    if wrong:
        return wrong
    described = json.loads(chart.files["json"])
    title = chart.headline if not chart.panel else chart.headline[: len(described["title"])]
    pairs = {"title": title, "language": chart.language, "version": truth.version}
    wrong += [
        f"{name}: {described[name]!r}" for name, value in pairs.items() if described[name] != value
    ]
    wrong += (
        []
        if described["origin"] in chart.origin and described["caveat"]
        else ["no source, or no caveat"]
    )
    wrong += (
        []
        if chart.panel or described["description"] == chart.words or not chart.is_drawn
        else ["no words"]
    )
    return wrong + _lost_in_codes(chart) + _other_in_codes(chart, truth) + _other_in_words(chart)


def _lost_in_codes(chart: Chart) -> list[str]:
    """Return the years of which the table has a figure, and the file of codes has no row."""
    rows = csv.DictReader(io.StringIO(chart.files["codes"]))
    years = {row.get("year") for row in rows}
    return [
        f"{heading}: not in the file of codes"
        for heading, cells in chart.cells.items()
        if "year" in (rows.fieldnames or ()) and heading.isdigit() and heading not in years
        if any(cell.figure and cell.kind in ("figure", "suppressed") for cell in cells)
    ]


def _other_in_codes(chart: Chart, truth: Truth) -> list[str]:
    """Rows of totals that say another figure than the warehouse, or the figure of a hidden one."""
    wrong = []
    for row in csv.DictReader(io.StringIO(chart.files["codes"])):
        if not {"year", "value", "upper", "conf_status"} <= row.keys() or "part" in row:
            break
        wrong += [] if row["publisher"] and truth.version in row["edition"] else ["no source"]
        names = ("source", "ref_area", "indicator", "time_basis", *DIMENSIONS)
        fact = truth.fact(*(row.get(name, "_T") for name in names)).get(int(row["year"]))
        if fact and row.get("numerator"):
            is_same = row["numerator"] == _plain(fact.value)
            wrong += [] if is_same else [f"{row['year']}: {row['numerator']} of {fact.value}"]
        elif fact and not row.get("areas") and "numerator" not in row:
            wanted = ("", str(fact.top)) if fact.top else (_plain(fact.value), _plain(fact.value))
            found = (row["value"], row["upper"])
            wrong += [] if found == wanted else [f"{row['year']}: {found}, not {wanted}"]
    return wrong


def _other_in_words(chart: Chart) -> list[str]:
    """Cells of the table's file that are not those of the table."""
    separator = ";" if decimal_sign(chart) == "," else ","
    rows = csv.reader(io.StringIO(chart.files["words"]), delimiter=separator)
    in_file = {row[0]: row[1::2] for row in rows}
    return [
        f"{heading}: {in_file.get(heading)}"
        for heading, cells in chart.cells.items()
        if not chart.panel
        and in_file.get(heading, [])[: len(cells)] != [_in_file(cell.figure) for cell in cells]
    ]


def _in_file(figure: str) -> str:
    """A number without its separators of thousands."""
    return re.sub(rf"(?<=\d){SEPARATE}(?=\d)", "", figure)


def _plain(value: float | None) -> str:
    return "" if value is None else f"{value:.15g}"


def rule_19_the_page_is_in_its_language(page: Page, truth: Truth) -> list[str]:
    """`lang` is the language of the folder, and of the words."""
    wrong = [] if page.lang == page.language else [f"lang={page.lang!r}"]
    others = [
        code for code, words in CAVEATS.items() if code != page.language and words in page.text
    ]
    return wrong + [f"words of {code}" for code in others]


def rule_20_states_are_not_ranked(page: Page, truth: Truth) -> list[str]:
    """Wherever states are listed they stand in the alphabet of the language."""
    order = truth.states(page.language)
    wrong = []
    for names in page.lists:
        own = list(dict.fromkeys(name for name in names if name in order))
        wrong += [] if own == sorted(own, key=order.index) else [f"not in the alphabet: {own[:5]}"]
    return wrong


def rule_21_no_regional_total(chart: Chart, truth: Truth) -> list[str]:
    """A figure of several states needs a panel of states that is named."""
    region = re.compile(r"\b(The Americas|las Américas|as Américas|les Amériques)\b", re.IGNORECASE)
    regional = [
        text for text in (chart.headline, chart.subtitle, *chart.columns) if region.search(text)
    ]
    states = truth.states(chart.language)
    named = any(sum(state in note for state in states) > 1 for note in chart.notes)
    return [] if named else [f"a regional figure without its states: {text}" for text in regional]
