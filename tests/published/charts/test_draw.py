"""A chart of the site by one call, as a notebook asks for it."""

import json
from collections import defaultdict

import plotly.graph_objects as go
import pytest
from country_pages import edition, speaker
from explorer_files import drawings

from pipelines.published import charts
from pipelines.published.charts import explorer_look, state
from pipelines.published.charts.drawing import checked
from pipelines.published.charts.explorer_look import LOOKS
from pipelines.published.site.facts.explorer import read_explored


def test_a_chart_of_a_state_is_drawn_in_each_language(connection):
    drawn = [charts.draw(connection, "happened", "DOM", code) for code in ("en", "es", "pt", "fr")]
    assert len({len(figure.data) for figure in drawn}) == 1
    assert len({figure.to_json() for figure in drawn}) == 4


@pytest.mark.parametrize("chart", state.BUILDERS)
def test_each_chart_of_a_state_is_drawn_and_named_where_notebooks_look(connection, chart):
    assert f"`{chart}`" in charts.__doc__
    assert charts.draw(connection, chart, "DOM", "es").layout.height > 100


def test_the_rates_of_an_indicator_are_drawn(connection):
    figure = charts.draw(connection, "rates", "PER_PROSEC")
    assert len(figure.layout.yaxis.tickvals) >= 15


@pytest.mark.parametrize(
    ("asked", "there_is"),
    [
        (("trend", "DOM", "en"), "happened"),
        (("happened", "Dominican Republic", "en"), "ISO 3166-1"),
        (("happened", "DMA", "en"), "DMA"),
        (("happened", "DOM", "de"), "en, es, pt, fr"),
        (("rates", "POL_NAP", "en"), "VIC_DETECT"),
    ],
)
def test_what_cannot_be_drawn_is_said_with_what_can(connection, asked, there_is):
    with pytest.raises(charts.NoChartError, match=there_is):
        charts.draw(connection, *asked)


def test_plotly_knows_every_property_of_the_charts_of_pages(connection, built):
    """Pages have figures as they are written here: Plotly is asked about them nowhere else."""
    facts, sources, english = state.read_charts(connection), defaultdict(str), speaker(built)
    charts_of_states = [
        build(facts, area, sources, english)
        for area in edition(built).iso2
        for build in state.BUILDERS.values()
    ]
    figures = [chart.figure for chart in charts_of_states if chart and chart.figure]
    assert len(figures) > 100
    for figure in figures:
        checked(figure)


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
