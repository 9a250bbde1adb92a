"""Every static chart of the site, built with plotly.graph_objects from one template and palette.

A notebook gets one by a single call, without a page, and a list of all by another:

    from pipelines.published import charts

    charts.draw(connection, "neighbours", "DOM", language="es")
    charts.listed()
"""

from typing import Final

import duckdb
import pandas as pd
import plotly.graph_objects as go

from pipelines.lib.errors import TipstatError
from pipelines.published.charts import declared
from pipelines.published.charts.drawing import checked
from pipelines.published.languages import languages
from pipelines.warehouse import remarks

_OF: Final = {
    declared.STATE: "a state, by its code of ISO 3166-1, three letters",
    declared.INDICATOR: "an indicator, by its code",
    declared.ASSESSED: "a code of assessments (codelist.assessment_code)",
    declared.AMERICAS: f"the region: {declared.AMERICAS}",
}


class NoChartError(TipstatError):
    """There is no such chart, or no figure to draw; the text says what there is."""


def listed() -> pd.DataFrame:
    """Return the charts that `draw` knows: name, what it is of, what it shows."""
    rows = [(each.name, _OF[each.of], each.shows) for each in declared.every()]
    return pd.DataFrame(rows, columns=["chart", "of", "shows"])


def draw(
    connection: duckdb.DuckDBPyConnection, chart: str, code: str, language: str = "en"
) -> go.Figure:
    """Return a chart of the site.

    Args:
        connection: the warehouse.
        chart: its name, one of `listed`.
        code: code of what it is of; it decides where a state and the region have charts of one
            name.
        language: `en`, `es`, `pt` or `fr`.

    Raises:
        NoChartError: there is no such chart, language or code, or no figure to draw.
    """
    spoken = {each.code: each for each in languages(connection)}
    if language not in spoken:
        raise NoChartError(f"no texts in {language!r}; there are {', '.join(spoken)}")
    named = [each for each in declared.every() if each.name == chart]
    if not named:
        charts = ", ".join(dict.fromkeys(each.name for each in declared.every()))
        raise NoChartError(f"no chart {chart!r}; there are {charts}")
    known = spoken[language]
    found = [each for each in named if code in known.names.get(each.of, [each.of])]
    if not found:
        raise NoChartError(f"{chart!r} is of {', or of '.join(_OF[each.of] for each in named)}")
    facts = found[0].read(connection)
    sources = remarks.named_sources(connection, known)
    names = {source: str(row["short_name"]) for source, row in sources.items()}
    drawn = found[0].draw(facts, code, names, known)
    if drawn is None or drawn.figure is None:
        others = f"; there is one of {', '.join(facts)}" if found[0].page else ""
        raise NoChartError(f"no figure to draw of {code} in {chart!r}{others}")
    return checked(drawn.figure)
