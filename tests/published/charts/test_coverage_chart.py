"""The chart of coverage shows the status of each state and year in the warehouse."""

import copy
from collections import Counter
from dataclasses import replace
from html import unescape
from pathlib import Path

import duckdb
import plotly.graph_objects as go
import pytest
from chart_rules import CAPTION, language
from invented_site import Page

from pipelines.published.charts import coverage
from schemas import codelists

CORE = (
    "VIC_DETECT", "VIC_PRESUMED", "VIC_RECORDED", "COMPLAINTS", "INC_RECORDED", "OFF_RECORDED",
    "INV_OPENED", "PER_CONTACT", "PER_PROSEC", "PER_CONVICT", "AST_ASSISTED", "DEM_LAB_FOUND",
)  # fmt: skip
Cells = dict[tuple[str, int], str]
"""The status, or its sign, by state and year."""


@pytest.fixture(scope="module")
def known(built) -> dict[str, Cells]:
    """The status of every cell by indicator, from the view."""
    with duckdb.connect(built, read_only=True) as connection:
        rows = connection.execute(
            "select indicator, ref_area, time_period::int, coverage_status from published.coverage"
        ).fetchall()
    found: dict[str, Cells] = {}
    for indicator, area, year, status in rows:
        found.setdefault(indicator, {})[area, year] = status
    return found


@pytest.fixture(scope="module")
def spec(built) -> dict:
    """The chart of detected victims in English."""
    with duckdb.connect(built, read_only=True) as connection:
        rows = connection.execute(
            "select * from published.coverage where indicator = 'VIC_DETECT'"
        ).df()
    return coverage.spec(coverage.read_grid(rows, alphabetical()), CAPTION, named())


def named(**names: dict[str, str]):
    """English with the names of the statuses; `names` replaces lists."""
    english = language()
    statuses = {"coverage_status": codelists.labels("coverage_status", "en")}
    return replace(english, names={**english.names, **statuses, **names})


def alphabetical() -> list[str]:
    names = codelists.labels("area", "en")
    return sorted(codelists.oas_states(), key=lambda area: names[area])


def drawn(figure: dict) -> dict[tuple[str, int], tuple[str, str]]:
    """Return the sign and the colour of each cell, by the state's name and the year."""
    (trace,) = figure["data"]
    axis = figure["layout"]["yaxis"]
    shown = dict(zip(axis["tickvals"], map(unescape, axis["ticktext"]), strict=True))
    scale = trace["colorscale"]
    steps = {round(low * len(scale) / 2): fill for low, fill in scale[::2]}
    return {
        (shown[y], x): (unescape(trace["text"][at][place]), steps[trace["z"][at][place]])
        for at, y in enumerate(trace["y"])
        for place, x in enumerate(trace["x"])
    }


def wrong(figure: dict, truth: Cells) -> list[str]:
    """Return cells that differ from the warehouse, and faults in the order of states."""
    names = codelists.labels("area", "en")
    expected = {
        (names[area], year): (coverage.SIGN[status], coverage.FILL[status])
        for (area, year), status in truth.items()
    }
    shown = drawn(figure)
    found = [f"{cell}: {shown.get(cell)}" for cell in expected if shown.get(cell) != expected[cell]]
    axis = figure["layout"]["yaxis"]
    if axis["ticktext"] != sorted(axis["ticktext"]):
        found.append("not in the alphabet")
    if axis["range"][0] < axis["range"][1]:
        found.append("upside down")
    return found


def test_detected_victims_have_the_known_counts(known):
    assert Counter(known["VIC_DETECT"].values()) == {
        "reported": 340, "suppressed": 36, "partial": 28, "gap": 53, "not_yet": 141, "never": 57,
        "late": 10,
    }  # fmt: skip


def test_the_chart_is_what_the_warehouse_has_and_plotly_takes_it(spec, known):
    assert wrong(spec, known["VIC_DETECT"]) == []
    go.Figure(spec)


@pytest.mark.parametrize("indicator", CORE)
def test_chart_and_table_of_each_page_are_what_the_warehouse_has(shipped, known, indicator):
    page = gap_page(shipped, indicator)
    (figure,) = page.charts()
    names, statuses = codelists.labels("area", "en"), codelists.labels("coverage_status", "en")
    truth = {(names[area], year): status for (area, year), status in known[indicator].items()}
    assert {cell: sign for cell, (sign, _) in drawn(figure).items()} == {
        cell: coverage.SIGN[status] for cell, status in truth.items()
    }
    (heads, *rows), *_ = page.tables()
    printed = {
        (row[0], int(year)): cell
        for row in rows
        for year, cell in zip(heads[1:], row[1:], strict=True)
    }
    assert printed == {
        cell: f"{coverage.SIGN[status]} {statuses[status]}" for cell, status in truth.items()
    }


def test_the_words_count_the_cells(shipped, known):
    (text,) = [text for attrs, text in gap_page(shipped, "VIC_DETECT").all("p")
               if attrs.get("id") == "coverage-vic_detect-words"]  # fmt: skip
    names = codelists.labels("coverage_status", "en")
    for status, count in Counter(known["VIC_DETECT"].values()).items():
        assert f"{names[status]}: {count}" in text


def test_every_status_has_a_sign_of_its_own_and_a_colour():
    codes = set(codelists.codes("coverage_status"))
    assert set(coverage.SIGN) == set(coverage.FILL) == codes
    assert len(set(coverage.SIGN.values())) == len(codes)


def test_a_name_with_tags_stays_text(known):
    hostile = named(area={"JAM": '<a href="https://evil.example/">link</a>'})
    grid = coverage.Grid(["JAM"], range(2004, 2023), known["VIC_DETECT"])
    assert "<a" not in str(coverage.spec(grid, CAPTION, hostile)["layout"]["yaxis"]["ticktext"])


def hide_a_gap(figure: dict) -> None:
    swap(figure, "○", "●")


def call_a_suppressed_figure_a_gap(figure: dict) -> None:
    swap(figure, "&lt;", "○")


def colour_a_state_without_figures_as_reported(figure: dict) -> None:
    (trace,) = figure["data"]
    row = next(at for at, signs in enumerate(trace["text"]) if "–" in signs)
    trace["z"][row][0] = 0


def rank(figure: dict) -> None:
    (trace,) = figure["data"]
    order = sorted(range(35), key=lambda at: -trace["text"][at].count("●"))
    axis = figure["layout"]["yaxis"]
    for rows in (trace["text"], trace["z"], axis["ticktext"]):
        rows[:] = [rows[at] for at in order]


def turn_over(figure: dict) -> None:
    figure["layout"]["yaxis"]["range"].reverse()


def swap(figure: dict, sign: str, other: str) -> None:
    row = next(row for row in figure["data"][0]["text"] if sign in row)
    row[row.index(sign)] = other


@pytest.mark.parametrize(
    "spoil",
    [hide_a_gap, call_a_suppressed_figure_a_gap, colour_a_state_without_figures_as_reported, rank,
     turn_over],
)  # fmt: skip
def test_a_spoilt_chart_is_noticed(spec, known, spoil):
    figure = copy.deepcopy(spec)
    spoil(figure)
    assert wrong(figure, known["VIC_DETECT"]) != []


def gap_page(site: Path, indicator: str) -> Page:
    return Page(site / "en" / "gaps" / f"{indicator.lower()}.html")
