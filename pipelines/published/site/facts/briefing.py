"""What a state's page says and draws: sentences, points, groups of victims, rates, remarks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

import duckdb

from pipelines.published.charts import groups, lines, ranked
from pipelines.published.site import context
from pipelines.published.site.facts.sentences import Sentences, read_sentences
from pipelines.warehouse import remarks

VICTIMS: Final = "VIC_DETECT"
PROSECUTED: Final = "PER_PROSEC"
CONVICTED: Final = "PER_CONVICT"


@dataclass(frozen=True)
class Facts:
    """The facts of all states.

    Attributes:
        sentences: what the warehouse says in words, by state, question and language.
        points: rows of `published.point`, by state and indicator.
        groups: rows of `published.victim_group`, by state.
        rates: rows of `published.compared_rate` of detected victims, of all states.
        remarks: what is known of the newest figure to cite, by state and indicator.
        reported: the newest year of which a state has persons prosecuted.
    """

    sentences: Sentences
    points: Mapping[tuple[str, str], Sequence[lines.Row]]
    groups: Mapping[str, Sequence[groups.Row]]
    rates: Sequence[ranked.Row]
    remarks: Mapping[tuple[str, str], list[remarks.Row]]
    reported: int

    def of(self, area: str) -> "Facts":
        """Return the facts of one state, and the rates of all."""
        own = partial(context.of_state, area=area)
        return replace(
            self,
            sentences=own(self.sentences),
            points=own(self.points),
            groups=own(self.groups),
            remarks=own(self.remarks),
        )


def read_facts(connection: duckdb.DuckDBPyConnection) -> Facts:
    """Return the facts of all states."""
    points = lines.read(connection)
    reported = [
        row["year"]
        for (_, indicator), rows in points.items()
        if indicator == PROSECUTED
        for row in rows
        if row["role"] == "SERIES"
    ]
    return Facts(
        read_sentences(connection),
        points,
        groups.read(connection),
        ranked.read(connection).get(VICTIMS, []),
        remarks.of_last(connection),
        max(reported, default=0),
    )
