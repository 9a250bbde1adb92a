"""Years of broken-down counts in which the parts need a caution before anyone adds them up."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import duckdb

from pipelines.published.site import context
from pipelines.published.site.context import Key
from pipelines.published.site.facts.parts import Split

Years = tuple[int, ...]
"""Years in ascending order."""

_COUNT: Final = ["ref_area", "indicator", "source"]


@dataclass(frozen=True)
class Cautions:
    """The cautions of all states, by state, indicator and source.

    Attributes:
        twice: years in which persons of unknown sex and age are those of another sex again.
        unread: years in which a citizenship is empty or illegible, so that its figure is kept out.
        smaller: by form of exploitation too, years in which it is less than its sexes or ages.
        contradicted: by family of dimensions too, years in which parts exceed the total.
    """

    twice: Mapping[tuple[str, ...], Years] = field(default_factory=dict)
    unread: Mapping[tuple[str, ...], Years] = field(default_factory=dict)
    smaller: Mapping[tuple[str, ...], Years] = field(default_factory=dict)
    contradicted: Mapping[tuple[str, ...], Years] = field(default_factory=dict)

    def of_state(self, area: str) -> "Cautions":
        """Return the cautions of one state alone."""
        known = (self.twice, self.unread, self.smaller, self.contradicted)
        return Cautions(*(context.of_state(each, area) for each in known))

    def printed_twice(self, count: Key) -> Years:
        """Return the years in which persons of unknown sex and age are printed twice."""
        return self.twice.get(count[:3], ())

    def unread_citizenships(self, count: Key) -> Years:
        """Return the years with an illegible citizenship."""
        return self.unread.get(count, ())

    def smaller_than_its_parts(self, count: Key, form: str) -> Years:
        """Return the years in which a form of exploitation is less than its own parts."""
        return self.smaller.get((*count[:3], form), ())

    def exceeding(self, count: Key, family: str, splits: Mapping[str, Split]) -> list[int]:
        """Return the years in which parts, alone or together, exceed the total.

        The total may be suppressed, and exceeded by a single part alone.
        """
        years = {*self.contradicted.get((*count[:3], family), ())}
        for name, split in splits.items() if "total" in splits else ():
            if name != "total":
                [total, *_] = splits["total"].parts
                years.update(year for part in split.parts for year in part.years_above(total))
        return sorted(years)


def read_cautions(connection: duckdb.DuckDBPyConnection) -> Cautions:
    """Return the cautions of all states."""
    return Cautions(
        twice=_years(connection, "printed_twice", _COUNT),
        unread=_years(connection, "unread", [*_COUNT, "time_basis"]),
        smaller=_years(connection, "smaller_than_parts", [*_COUNT, "exploitation"]),
        contradicted=_years(connection, "contradicted", [*_COUNT, "split"]),
    )


def _years(
    connection: duckdb.DuckDBPyConnection, name: str, within: list[str]
) -> dict[tuple[str, ...], Years]:
    """Return the years that sql/<name>.sql lists, by the columns `within`."""
    groups = context.query(connection, name).groupby(within)["year"]
    return {tuple(map(str, key)): tuple(sorted({*map(int, years)})) for key, years in groups}
