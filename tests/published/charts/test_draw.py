"""A chart of the site by one call, as a notebook asks for it."""

import pytest

from pipelines.published import charts


@pytest.mark.parametrize("chart", ["happened", "who", "neighbours", "justice"])
def test_a_chart_of_a_state_is_drawn_in_each_language(connection, chart):
    drawn = [charts.draw(connection, chart, "DOM", code) for code in ("en", "es", "pt", "fr")]
    assert len({len(figure.data) for figure in drawn}) == 1
    assert drawn[0].layout.height > 100


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
