"""What the browser drew is what table, file and DuckDB say: figures, gaps, zeros, breaks."""

import random
from pathlib import Path

import pytest
from invented_site import LANGUAGES, invented_warehouse

from browser.marks import Marks, called_for, drawn
from browser.published import File, of_table, of_warehouse
from browser.visiting import Visit
from pipelines.site.build import build

CHARTS = 60
SHARES = 4


def test_gaps_suppressed_figures_and_breaks_part_the_line(visit):
    """Argentina: 2014-16, then 2018 alone, then 2020-21 and dashes to the provisional 2022."""
    arg = visit("en/country/arg.html")
    arg.draw_all()
    (panel,) = drawn(arg.page.locator("#victims-int_tests .chart"))
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
def test_a_gap_in_the_data_is_two_lines_on_the_page(browser, built, tmp_path, years, lines):
    rows = "\n".join(f"ARG|VIC_DETECT|{year}|{year - 1990}|A|CY|||" for year in years)
    build(invented_warehouse(built, tmp_path / "gap.duckdb", rows, ""), tmp_path / "site")
    arg = Visit(browser, (tmp_path / "site/en/country/arg.html").as_uri())
    arg.draw_all()
    assert arg.lines("#victims-int_tests") == lines
    arg.close()


@pytest.mark.parametrize("share", range(SHARES))
def test_the_browser_draws_the_table(tab, pages, query, share):
    """Charts of the shipped figures, chosen by a seed from the pages of all states."""
    language = LANGUAGES[share]
    files = [file for file in pages(language) if file.parent.name == "country"]
    random.Random(share).shuffle(files)
    drawn_charts = counted = 0
    for file in files:
        tab.go(file)
        for figure in tab.page.locator("figure:has(.chart)").all():
            if not is_by_year(figure):
                continue
            columns = compare(figure, language)
            drawn_charts += 1
            counted += compare_with_file(figure, file, columns, query)
        if drawn_charts >= CHARTS / SHARES and counted >= drawn_charts / 2:
            return
    pytest.fail(f"only {drawn_charts} charts, {counted} of them with a file of counts")


def is_by_year(figure) -> bool:
    """Whether its rows are years and a panel is a column."""
    return figure.locator("tbody th").first.text_content().strip().isdigit()


def compare(figure, language: str) -> list[Marks]:
    """Panel by panel; a rule stands in each panel of a chart in which a column has a break.

    Of a total's parts the table has those too for which the chart has no room.
    """
    name = figure.get_attribute("id")
    panels = drawn(figure.locator(".chart"))
    columns = called_for(figure, language)
    assert panels, name
    assert len(panels) == len(columns) or "-by-" in name, name
    breaks = set().union(*(column.rules for column in columns))
    waiting = iter(columns)
    for panel in panels:
        column = next((each for each in waiting if each.agree(panel)), None)
        assert column, f"{name}: {panel} is not in the table"
        assert column.rules <= panel.rules <= breaks, name
    return columns


def compare_with_file(figure, page: Path, columns: list[Marks], query) -> bool:
    """Whether there is a file of counts; then it has the table's figures, and so has DuckDB.

    A sum that the pages make, as of persons repatriated from several countries, is no such figure.
    """
    link = figure.locator("a[id$=-codes-csv]")
    file = File((page.parent / link.get_attribute("href")).resolve()) if link.count() else None
    if file is None or not file.is_of_counts:
        return False
    name = figure.get_attribute("id")
    assert of_table(columns) == file.printed, name
    held = of_warehouse(file, query)
    assert not held or file.printed == held, name
    return bool(held)


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
def test_what_is_drawn_otherwise_is_noticed(visit, spoilt):
    arg = visit("en/country/arg.html")
    arg.draw_all()
    figure = arg.page.locator("#victims-int_tests")
    compare(figure, "en")
    figure.locator(".chart").evaluate(f"chart => {{ {SPOILT[spoilt]} }}")
    with pytest.raises(AssertionError):
        compare(figure, "en")
