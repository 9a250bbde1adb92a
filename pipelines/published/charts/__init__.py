"""Every static chart of the site, built with plotly.graph_objects from one template and palette.

A notebook gets one by a single call, without a page:

    from pipelines.published import charts

    charts.draw(connection, "neighbours", "DOM", language="es")

| chart | of | shows |
|---|---|---|
| `happened` | a state | detected victims over the years, what contradicts them, what is newer |
| `who` | a state | the groups of its victims by sex and age, form, citizenship |
| `neighbours` | a state | its rate among those of the other states |
| `justice` | a state | persons prosecuted and convicted over the years |
| `rates` | an indicator | the rates of all states, the highest first |
"""

from typing import Final

import duckdb
import plotly.graph_objects as go

from pipelines.lib.errors import TipstatError
from pipelines.published.charts import ranked, state
from pipelines.published.charts.drawing import Chart, checked
from pipelines.published.charts.rates import read_rates
from pipelines.published.languages import languages
from pipelines.warehouse import remarks

RATES: Final = "rates"


class NoChartError(TipstatError):
    """There is no such chart, or no figure to draw; the text says what there is."""


def draw(
    connection: duckdb.DuckDBPyConnection, chart: str, code: str, language: str = "en"
) -> go.Figure:
    """Return a chart of the site.

    Args:
        connection: the warehouse.
        chart: one of the table above.
        code: code of a state (list `area`) or, for `rates`, of an indicator.
        language: `en`, `es`, `pt` or `fr`.

    Raises:
        NoChartError: there is no such chart, language or code, or no figure to draw.
    """
    known = {each.code: each for each in languages(connection)}
    if language not in known:
        raise NoChartError(f"no texts in {language!r}; there are {', '.join(known)}")
    spoken = known[language]
    if chart == RATES:
        rates = read_rates(connection)
        if code not in rates:
            raise NoChartError(f"no rates of {code!r}; there are those of {', '.join(rates)}")
        found: Chart | None = ranked.ranked(code, rates[code], "", spoken)
    elif chart not in state.BUILDERS:
        charts = ", ".join([*state.BUILDERS, RATES])
        raise NoChartError(f"no chart {chart!r}; there are {charts}")
    elif code not in spoken.names["area"]:
        raise NoChartError(f"no state {code!r}; its code is that of ISO 3166-1, three letters")
    else:
        named = remarks.named_sources(connection, spoken)
        sources = {source: str(row["short_name"]) for source, row in named.items()}
        found = state.BUILDERS[chart](state.read_charts(connection), code, sources, spoken)
    if found is None or found.figure is None:
        raise NoChartError(f"no figure to draw of {code} in {chart!r}")
    return checked(found.figure)
