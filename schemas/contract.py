"""The contracts by the name under which a source declares them."""

from dataclasses import dataclass
from typing import Final

import pandera.pandas as pa

from schemas import observation, population


@dataclass(frozen=True)
class Contract:
    """A table's contract and what identifies its rows.

    Attributes:
        schema: columns, types, codes and the rules of a single row.
        key: the columns that identify a row.
        table: where the warehouse keeps it.
    """

    schema: pa.DataFrameSchema
    key: tuple[str, ...]
    table: str

    @property
    def cell(self) -> tuple[str, ...]:
        """The key without source and release: what two releases have in common."""
        return self.key[2:]


CONTRACTS: Final = {
    "observation": Contract(observation.OBSERVATION, observation.KEY, "harmonised.observation"),
    "population": Contract(population.POPULATION, population.KEY, "main.population"),
}
