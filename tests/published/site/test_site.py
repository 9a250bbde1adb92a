"""The pages of invented figures: what is drawn of them, safe text, structure."""

import re
import shutil
from pathlib import Path

import duckdb
import pytest
from parsed_page import Page, every_page
from plotly.offline import get_plotlyjs_version

from pipelines.published.site import context
from pipelines.published.site.content_security import PLOTLY


@pytest.fixture(scope="module")
def english(site) -> dict[Path, Page]:
    """The pages in English, which have the same templates as those in other languages."""
    return {file: Page(file) for file in (site / "index.html", *every_page(site / "en"))}


def of_state(site: Path, code: str) -> Page:
    return Page(site / "en" / "country" / f"{code.lower()}.html")


def test_tables_have_caption_and_scope(english):
    for parts in english.values():
        named = {"aria-label", "aria-labelledby"}
        tables = [attrs for attrs, _ in parts.all("table") if named.isdisjoint(attrs)]
        assert len(parts.all("caption")) == len(tables)
        assert all(
            attrs.get("scope", "").startswith(("row", "col")) for attrs, _ in parts.all("th")
        )


SVG = '"http://www.w3.org/2000/svg"'
"""The name of a namespace, from which nothing is loaded."""


def test_nothing_is_loaded_from_elsewhere(site, english):
    for file, parts in english.items():
        loaded = parts.root.iter("script", "link", "img")
        addresses = [each.get("src") or each.get("href") or "" for each in loaded]
        assert not [address for address in addresses if "//" in address], file
    data = (PLOTLY.name, "check_data.js")  # the latter has texts that name addresses
    for file in (site / "static").iterdir():
        if file.name not in data and file.suffix != ".png" and "search-" not in file.name:
            text = file.read_text(encoding="utf-8").replace(SVG, "")
            assert not re.search(r"https?://|url\(|@import", text), file


def test_pages_draw_with_the_plotly_js_that_plotly_py_checks_figures_for():
    (version,) = re.findall(r"plotly\.js \(basic - minified\) v(\S+)", PLOTLY.read_text("utf-8"))
    assert version == get_plotlyjs_version(), "'make plotly' fetches it"


def test_the_chart_of_argentina_has_its_figures_and_no_other(site):
    """Nothing of a withheld year, an interval for a suppressed, no line over a break."""
    chart = of_state(site, "ARG").drawn()["charts"]["happened"]
    traces = chart["figure"]["data"]
    points = {
        year: value
        for trace in traces
        if trace.get("mode") == "markers"
        for year, value in zip(trace["x"], trace["y"], strict=True)
    }
    assert points == {2014: 120, 2015: 0, 2016: 1521, 2018: 60, 2020: 35, 2021: 50, 2022: 1247}
    assert [(trace["x"], trace["y"]) for trace in traces if trace["type"] == "bar"] == [
        ([2019], [4])
    ]
    lines = {tuple(trace["x"]) for trace in traces if trace.get("mode") == "lines"}
    assert lines == {(2014, 2015), (2015, 2016), (2020, 2021), (2021, 2022)}
    assert "Office of Tests" in chart["source"]


def test_an_earlier_figure_of_what_is_suppressed_now_is_on_no_page(site, english):
    """Argentina's 17 of 2019 was printed once, as 83 of 2018; the release in use hides it."""
    assert "had 83" in english[site / "en/country/arg-figures.html"].text
    for file in (site / "en" / "country").glob("arg*.html"):
        assert "had 17" not in english[file].text
        assert not re.search(r"(?<![\d\u202f])17(?![\d\u202f.,%])", " ".join(
            cell for table in english[file].tables() for row in table for cell in row))  # fmt: skip


def test_a_state_whose_only_figure_is_withheld_has_no_chart(site):
    charts = of_state(site, "SLV").drawn()["charts"]
    assert {"happened", "who", "justice"}.isdisjoint(charts)


def test_a_label_that_is_missing_in_one_language_is_the_english_one(invented, tmp_path) -> None:
    with duckdb.connect(shutil.copy(invented, tmp_path)) as connection:
        for code, missing in (("VIC_DETECT", "''"), ("PER_CONVICT", "null")):
            connection.execute(
                f"update codelist.indicator set name_fr = {missing} where code = '{code}'"
            )
        languages = context.read_site(connection).languages
    names = {language.code: language.names["indicator"] for language in languages}
    assert names["fr"]["VIC_DETECT"] == "Detected victims [en]"
    assert names["fr"]["PER_CONVICT"] == "Persons convicted [en]"
    assert names["es"]["VIC_DETECT"] == "Víctimas detectadas"


def test_a_source_whose_later_file_was_refused_says_so(site) -> None:
    assert "Not updated since 28 October 2025" in of_state(site, "ARG-figures").text
