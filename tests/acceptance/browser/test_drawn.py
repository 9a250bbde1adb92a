"""Drawn charts agree with their table: figures, gaps, zeros, breaks.

That table, files and DuckDB agree is proved by rules 15 and 16 of `honest_charts`.
"""

import random
from pathlib import Path

import pytest
from invented_site import LANGUAGES, invented_warehouse

from browser import called_for, seen
from browser.marks import Marks
from browser.visiting import Visit
from pipelines.published.charts import citizenship
from pipelines.published.site import build
from pipelines.published.site.pages import country

CHARTS = 60
SHARES = 4
each_language = pytest.mark.parametrize(
    "share", [0, *(pytest.param(at, marks=pytest.mark.exhaustive) for at in range(1, SHARES))]
)
"""Each share has a language of its own; `make test-browser` draws all."""


def test_gaps_suppressed_figures_and_breaks_part_the_line(visit):
    """Argentina: 2014-16, then 2018 alone, then 2020-21 and dashes to the provisional 2022."""
    arg = visit("en/country/arg.html")
    arg.draw_all()
    (panel,) = seen.panels(arg.page.locator("#victims-int_tests .chart"))
    table = Marks(
        figures={2014: 120, 2015: 0, 2016: 1521, 2018: 60, 2020: 35, 2021: 50, 2022: 1247},
        hollow={2022},
        bars={2019: (0, 4)},
        lines={(2014, 2016), (2020, 2021)},
        dashes={(2021, 2022)},
        rules={2020},
    )
    assert table.agree(panel)
    assert panel.rules == table.rules


@pytest.mark.parametrize(
    ("years", "lines"),
    [((2017, 2018, 2019, 2020, 2021), 1), ((2017, 2018, 2020, 2021), 2)],
    ids=["whole", "gap"],
)
def test_a_gap_in_the_data_is_two_lines_on_the_page(
    browser, built, tmp_path, monkeypatch, years, lines
):
    monkeypatch.setattr(build, "KINDS", (country,))
    rows = "\n".join(f"ARG|VIC_DETECT|{year}|{year - 1990}|A|CY|||" for year in years)
    build.build_site(
        invented_warehouse(built, tmp_path / "gap.duckdb", rows, ""), tmp_path / "site"
    )
    arg = Visit(browser, (tmp_path / "site/en/country/arg.html").as_uri())
    arg.draw_all()
    assert arg.lines("#victims-int_tests") == lines
    arg.close()


@pytest.mark.parametrize("share", range(SHARES))
def test_the_browser_draws_the_table(tab, pages, share):
    """Charts of the shipped figures, chosen by a seed from the pages of all states."""
    language = LANGUAGES[share]
    drawn_charts = 0
    for file in chosen(pages(language), "country", share):
        tab.go(file)
        for figure in tab.page.locator("figure:has(.chart)").all():
            if is_by_year(figure):
                compare(figure, language)
                drawn_charts += 1
            else:
                compare_rows(figure, called_for.of_rows(figure, language))
        if drawn_charts >= CHARTS / SHARES:
            return
    pytest.fail(f"only {drawn_charts} charts")


@each_language
def test_small_multiples_draw_their_table(tab, pages, share):
    """The panels of all states of one comparison: each on its own scale, and rates."""
    language = LANGUAGES[share]
    figures = 0
    for file in chosen(pages(language), "compare", share):
        tab.go(file)
        for figure in tab.page.locator("figure:has(.panels)").all():
            compare_states(figure, language)
            figures += 1
        if figures > 1:
            return
    pytest.fail("no page compares counts and rates")


@each_language
def test_changes_are_drawn_as_in_the_table(tab, shipped, share):
    language = LANGUAGES[share]
    tab.go(shipped / language / "revisions.html")
    figures = tab.page.locator("figure:has(.chart)").all()
    assert figures
    for figure in figures:
        compare_rows(figure, called_for.of_changes(figure, language))


@each_language
def test_the_heat_map_has_the_cells_of_the_table(tab, pages, share):
    language = LANGUAGES[share]
    tab.go(next(iter(chosen(pages(language), "gaps", share))))
    compare_cells(tab.page.locator("figure:has(.chart)"))


def chosen(files: list[Path], kind: str, seed: int) -> list[Path]:
    """The pages of a kind in an order of chance."""
    own = [file for file in files if file.parent.name == kind and file.name != "index.html"]
    random.Random(seed).shuffle(own)
    return own


def is_by_year(figure) -> bool:
    """Return whether its rows are years and a panel is a column."""
    return figure.locator("tbody th").first.text_content().strip().isdigit()


def compare(figure, language: str) -> None:
    """Panel by panel; a rule stands in each panel of a chart in which a column has a break.

    Of a total's parts the table has those too for which the chart has no room.
    """
    name = figure.get_attribute("id")
    panels = seen.panels(figure.locator(".chart"))
    columns = called_for.of_years(figure, language)
    assert panels, name
    assert len(panels) == len(columns) or "-by-" in name, name
    breaks = set().union(*(column.rules for column in columns))
    waiting = iter(columns)
    for panel in panels:
        column = next((each for each in waiting if each.agree(panel)), None)
        assert column, f"{name}: {panel} is not in the table"
        assert column.rules <= panel.rules <= breaks, name


def compare_states(figure, language: str) -> None:
    """Panel by panel, by state; a state without a panel is in the table alone."""
    table = called_for.of_states(figure, language)
    panels = figure.locator(".panels li").all()
    assert panels
    for panel in panels:
        state = panel.get_attribute("data-state")
        (drawn,) = seen.panels(panel.locator(".chart")) or [Marks()]
        assert table[state].agree(drawn), f"{state}: {drawn} is not in the table"
        assert table[state].rules == drawn.rules, state


def compare_rows(figure, table: Marks) -> None:
    """A chart with a row for each of the table, or as many as it has room for."""
    headings = figure.locator("tbody th").all_text_contents()
    drawn = seen.rows(figure.locator(".chart"), headings)
    room = table.only(drawn.texts) if len(table.texts) > citizenship.MOST else table
    assert room.agree(drawn), f"{figure.get_attribute('id')}: {drawn} is not in {table}"


def compare_cells(figure) -> None:
    """Cell by cell: sign and colour."""
    table = figure.evaluate(called_for.TABLE)
    drawn = seen.cells(figure.locator(".chart"))
    assert drawn["cells"] == [
        {
            "row": row["heading"],
            "column": int(year),
            "sign": cell["figure"],
            "colour": cell["colour"],
        }
        for row in table["rows"]
        for year, cell in zip(table["columns"], row["cells"], strict=True)
    ]
    assert drawn["years"]
    assert all(column == int(year) for column, year in drawn["years"])


SPOILT = {
    "a marker moved": "chart.querySelector('.scatterlayer .points path')"
    ".setAttribute('transform', 'translate(27,9)')",
    "a marker gone": "chart.querySelector('.scatterlayer .points path').remove()",
    "a marker filled": "[...chart.querySelectorAll('.points path')]"
    ".filter(path => getComputedStyle(path).fill === 'rgb(255, 255, 255)')"
    ".forEach(path => path.style.fill = 'red')",
    "a bar gone": "chart.querySelector('.barlayer .point path').remove()",
    "a bar of another height": "(bar => bar.setAttribute('d', bar.getAttribute('d')"
    ".replace(/V[\\d.]+/, 'V9')))(chart.querySelector('.barlayer .point path'))",
    "a gap bridged": "(line => line.setAttribute('d', line.getAttribute('d') + 'L400,100'))"
    "(chart.querySelector('.js-line'))",
    "a dash made solid": "chart.querySelectorAll('.js-line')"
    ".forEach(line => line.style.strokeDasharray = 'none')",
    "a rule gone": "chart.querySelector('.shapelayer path').remove()",
    "the line at zero gone": "chart.querySelectorAll('.zl').forEach(line => line.remove())",
}


@pytest.mark.parametrize("spoilt", SPOILT)
def test_a_spoilt_chart_is_noticed(visit, spoilt):
    arg = visit("en/country/arg.html")
    arg.draw_all()
    figure = arg.page.locator("#victims-int_tests")
    compare(figure, "en")
    figure.locator(".chart").evaluate(f"chart => {{ {SPOILT[spoilt]} }}")
    with pytest.raises(AssertionError):
        compare(figure, "en")


KINDS = {
    "changes": (
        "revisions.html",
        "figure:has(.chart)",
        lambda figure: compare_rows(figure, called_for.of_changes(figure, "en")),
    ),
    "citizenships": (
        "country/arg.html",
        "#vic-detect-by-citizenship-int_unodc_glotip",
        lambda figure: compare_rows(figure, called_for.of_rows(figure, "en")),
    ),
    "rates": (
        "compare/vic_detect-int_unodc_glotip.html",
        "#rates",
        lambda figure: compare_states(figure, "en"),
    ),
    "heat map": ("gaps/vic_detect.html", "figure:has(.chart)", compare_cells),
}
SPOILT_OF_KINDS = [
    ("changes", "of('.points path.point').setAttribute('transform', 'translate(27,9)')"),
    ("changes", "of('.js-line').remove()"),
    ("changes", "of('.annotation text').textContent = of('.annotation text').textContent + '1'"),
    ("citizenships", "of('.errorbar path').remove()"),
    ("citizenships", "of('.textpoint text').textContent = '7'"),
    ("citizenships", "of('.barlayer .point').remove()"),
    ("rates", "of('.errorbar path').setAttribute('d', 'M10,10V20')"),
    ("rates", "of('.shapelayer path').remove()"),
    ("heat map", "of('.heatmap-label text').textContent = '?'"),
]


@pytest.mark.parametrize(("kind", "spoil"), SPOILT_OF_KINDS)
def test_spoilt_charts_of_other_kinds_are_noticed(tab, shipped, kind, spoil):
    path, place, compared = KINDS[kind]
    tab.go(shipped / "en" / path)
    figure = tab.page.locator(place).first
    compared(figure)
    figure.evaluate(f"figure => {{ const of = (css) => figure.querySelector(css); {spoil}; }}")
    with pytest.raises(AssertionError):
        compared(figure)
