"""Contracts, by the name that a source declares."""

from dataclasses import dataclass
from typing import Final

import pandera.pandas as pa

from schemas import assessment, columns, observation, observation_rules, population


@dataclass(frozen=True)
class Contract:
    """The contract of a table, and the key of its rows."""

    schema: pa.DataFrameSchema  # columns, types, codes, and rules for a single row
    key: tuple[str, ...]  # columns that identify a row
    table: str  # name of the table in the warehouse
    # whether `value` is a magnitude, whose steps from year to year a release can be judged by
    is_measured: bool = True

    @property
    def cell(self) -> tuple[str, ...]:
        """The key without source and release: it identifies a cell across releases."""
        return self.key[2:]


OBSERVATION: Final = columns.schema(
    "observation",
    "One row per published figure, in every release.",
    observation.COLUMNS,
    observation_rules.RULES,
)
"""The contract of an observation. Raises `pandera.errors.SchemaErrors` when validated lazily."""

CONTRACTS: Final = {
    "observation": Contract(OBSERVATION, observation.KEY, "harmonised.observation"),
    "population": Contract(population.POPULATION, population.KEY, "main.population"),
    "assessment": Contract(
        assessment.ASSESSMENT, assessment.KEY, "main.assessment", is_measured=False
    ),
}
