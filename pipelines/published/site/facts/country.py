"""What a state's page says and draws: sentences, remarks, and the facts of its charts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

import duckdb

from pipelines.published.charts import state
from pipelines.published.site import context
from pipelines.published.site.facts.sentences import Sentences, read_sentences
from pipelines.warehouse import remarks


@dataclass(frozen=True)
class StateFacts:
    """The facts of all states.

    Attributes:
        sentences: what the warehouse says in words, by state, question and language.
        remarks: what is known of the newest figure to cite, by state and indicator.
        charts: what the charts draw.
    """

    sentences: Sentences
    remarks: Mapping[tuple[str, str], Sequence[remarks.Row]]
    charts: state.ChartFacts

    def of(self, area: str) -> "StateFacts":
        """Return the facts of one state, and the rates of all."""
        own = partial(context.of_state, area=area)
        points, groups = own(self.charts.points), own(self.charts.groups)
        charts = replace(self.charts, points=points, groups=groups)
        return StateFacts(own(self.sentences), own(self.remarks), charts)


def read_facts(connection: duckdb.DuckDBPyConnection) -> StateFacts:
    """Return the facts of all states."""
    return StateFacts(
        read_sentences(connection), remarks.of_last(connection), state.read_charts(connection)
    )
