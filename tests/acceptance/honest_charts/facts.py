"""The published facts of a year, and of the years of a series."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Fact:
    """The published fact of one year: a figure, or the greatest number that it may be.

    A year that is withdrawn or withheld has neither.
    """

    value: float | None
    top: int | None = None
    status: frozenset[str] = frozenset()
    break_reason: str | None = None
    previous_release: str | None = None
    previous: float | None = None
    previous_raw: str | None = None
    interval: tuple[float, float] | None = None
    is_withheld: bool = False
    release: str | None = None
    is_year_inferred: bool = False
    bottom: int = 0
    is_break_alone: bool = False

    @property
    def is_known(self) -> bool:
        """Return whether there is a figure, suppressed ones included."""
        return self.value is not None or self.top is not None

    @property
    def is_break(self) -> bool:
        """Return whether figures before it do not compare with it."""
        is_marked = "B" in self.status or self.break_reason is not None
        return is_marked and (self.is_known or self.is_break_alone)

    @property
    def is_uncertain(self) -> bool:
        """Return whether it is provisional, estimated or doubtful, or its year was inferred."""
        doubt = self.is_year_inferred or bool(self.status & {"P", "E", "U"})
        return self.value is not None and doubt


@dataclass(frozen=True)
class Series:
    """The series of one panel of a chart, as the warehouse has it.

    Attributes:
        axis: the panel: `y`, `y2`, ...; "" if only the table has it.
        column: the place of its figures in the table beside the chart.
        facts: by year; a year without a row is a gap.
    """

    axis: str
    column: int
    source: str
    area: str
    indicator: str
    basis: str
    facts: dict[int, Fact]
    is_rate: bool = False

    def of(self, wanted: str) -> dict[int, Fact]:
        """The facts of which the property `wanted` is true."""
        return {year: fact for year, fact in self.facts.items() if getattr(fact, wanted)}

    @property
    def breaks(self) -> list[int]:
        """Years with a figure before which there are others that do not compare."""
        known = self.of("is_known")
        return sorted(year for year in self.of("is_break") if year > min(known))

    @property
    def withheld(self) -> set[int]:
        """Years of which the source prints a figure that failed a check."""
        return {year for year, fact in self.facts.items() if fact.is_withheld}

    @property
    def exact(self) -> dict[int, float]:
        """The exact figures."""
        return {y: fact.value for y, fact in self.facts.items() if fact.value is not None}

    @property
    def hidden(self) -> dict[int, int]:
        """Of the suppressed figures, the greatest number that each may be."""
        return {y: fact.top for y, fact in self.facts.items() if fact.top is not None}

    def printed_hidden(self, year: int) -> str:
        """Print the suppressed figure of a year."""
        fact = self.facts[year]
        return f"{fact.bottom}–{fact.top}" if fact.bottom else f"<{self.hidden[year] + 1}"
