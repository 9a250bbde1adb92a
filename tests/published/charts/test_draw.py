"""A chart of the site by one call, as a notebook asks for it."""

import json
from collections import defaultdict
from importlib import import_module
from inspect import getmodule, getsource

import plotly.graph_objects as go
import pytest
from country_pages import files, speaker
from explorer_files import drawings
from parsed_page import Page

from pipelines.published import charts
from pipelines.published.charts import declared, explorer_look
from pipelines.published.charts.drawing import checked
from pipelines.published.charts.explorer_look import LOOKS
from pipelines.published.site import pages
from pipelines.published.site.facts.explorer import read_explored
from pipelines.words import messages
from schemas import codelists

every_chart = pytest.mark.parametrize("chart", declared.every(), ids=str)


def test_a_chart_of_a_state_is_drawn_in_each_language(connection):
    drawn = [charts.draw(connection, "happened", "DOM", code) for code in ("en", "es", "pt", "fr")]
    assert len({len(figure.data) for figure in drawn}) == 1
    assert len({figure.to_json() for figure in drawn}) == 4


@every_chart
def test_each_chart_is_drawn_for_notebooks_as_pages_have_it(connection, built, chart):
    """Pages have figures as they are written here: Plotly is asked about them nowhere else."""
    facts, sources, english = chart.read(connection), defaultdict(str), speaker(built)
    codes = english.names.get(chart.of, [chart.of])
    drawn = {code: chart.draw(facts, code, sources, english) for code in codes}
    figures = {code: found.figure for code, found in drawn.items() if found and found.figure}
    assert figures, f"{chart.name} draws nothing of any code of {chart.of}"
    for figure in figures.values():
        checked(figure)
    code = next(iter(figures))
    assert charts.draw(connection, chart.name, code, "es").layout.height > 100
    [shows] = charts.listed().query("chart == @chart.name and shows == @chart.shows")["shows"]
    assert len(shows.split()) > 3, f"the docstring of {chart.name} says what it shows"


@pytest.mark.parametrize("chart", [each for each in declared.every() if each.page], ids=str)
def test_a_chart_that_names_a_page_stands_there_with_its_texts_and_sources(
    connection, built, chart
):
    file = "a row of pipelines/words/messages/chart.csv"
    for part in declared.TEXTS:
        texts = messages.texts("chart").get((chart.name, part), {})
        assert all(texts.get(each) for each in codelists.LANGUAGES), f"{chart}, {part}: {file}"
    kind = import_module(f"{pages.__name__}.{chart.page}")
    of, anchor = declared.Placed({chart: chart.read(connection)}), chart.name.replace("_", "-")
    codes = speaker(built).names.get(chart.of, [chart.of])
    drawn = {code for code in codes if [*of.charts(code, defaultdict(str), speaker(built))]}
    shown = [Page(text) for path, text in files(built, kind).items() if path.endswith(".html")]
    blocks = [block for page in shown for block in page.root.xpath(f"//section[@id='{anchor}']")]
    assert len(blocks) == len(drawn), f"{chart.page} reads no charts that name it: read_placed"
    for block in blocks:
        assert block.xpath("string(h2)")
        assert block.xpath("string(p[@class='source'])"), f"{chart}: rows have source and release"


def test_every_text_is_that_of_a_chart_that_says_it():
    modules = {chart.name: getsource(getmodule(chart.draw)) for chart in declared.every()}
    of_blocks = {
        (chart.name, part)
        for chart in declared.every()
        for part in (*declared.TEXTS, *declared.MORE_TEXTS)
        if chart.page
    }
    unsaid = [
        (name, part)
        for name, part in messages.texts("chart").keys() - of_blocks
        if f'"{part}"' not in modules.get(name, "")
    ]
    assert unsaid == []


def test_a_state_and_the_region_have_charts_of_one_name(connection):
    of_state, of_region = (charts.draw(connection, "who", code) for code in ("DOM", "AMERICAS"))
    assert of_state.to_json() != of_region.to_json()


@pytest.mark.parametrize(
    ("asked", "there_is"),
    [
        (("trend", "DOM", "en"), "happened"),
        (("happened", "Dominican Republic", "en"), "ISO 3166-1"),
        (("who", "Dominican Republic", "en"), "AMERICAS, or of a state"),
        (("happened", "DMA", "en"), "DMA"),
        (("happened", "DOM", "de"), "en, es, pt, fr"),
        (("rates", "POL_NAP", "en"), "VIC_DETECT"),
    ],
)
def test_what_cannot_be_drawn_is_said_with_what_can(connection, asked, there_is):
    with pytest.raises(charts.NoChartError, match=there_is):
        charts.draw(connection, *asked)


def test_plotly_knows_every_property_of_the_explorer(connection):
    by_indicator = read_explored(connection).series
    series = [
        own for by_id in by_indicator.values() for areas in by_id.values() for own in areas.values()
    ]
    traces = [trace for own in series for _, drawing in drawings(own) for trace in drawing["data"]]
    assert {trace["meta"] for trace in traces} == LOOKS.keys()
    go.Figure([LOOKS[trace["meta"]] | trace for trace in traces])
    look = explorer_look.layout()
    text = json.dumps({name: part for name, part in look.items() if name != "palette"})
    for name, colour in look["palette"].items():
        text = text.replace(f'"{name}"', f'"{colour}"')
    look = json.loads(text)
    annotations = [look["title"], look["reason"]]
    go.Figure(layout=look["layout"] | {"annotations": annotations, "shapes": [look["break"]]})
    go.layout.Template(look["template"])
