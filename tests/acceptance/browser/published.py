"""The figures that DuckDB publishes, and those in the file of codes that leaves with a chart."""

import csv
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from browser.marks import Marks

Key = tuple[str, str, str, str]
"""Source, area, indicator, kind of year."""

Printed = tuple[int, float | str]
"""A year and its figure, or how it is printed if it is suppressed."""

PARTS = ("sex", "age", "exploitation", "citizenship")


def of_table(columns: list[Marks]) -> Counter[Printed]:
    """Count the figures that a table prints, by year and in any column."""
    printed: Counter[Printed] = Counter()
    for column in columns:
        printed.update(column.figures.items())
        printed.update((year, _hidden(*ends)) for year, ends in column.bars.items())
    return printed


class File:
    """The figures of a file of codes; what is withheld or withdrawn has none."""

    def __init__(self, path: Path):
        with path.open(encoding="utf-8") as text:
            rows = list(csv.DictReader(text))
        self.columns = set(rows[0])
        self.rows = [row for row in rows if row.get("obs_status") and not row.get("rule")]
        self.keys: set[Key] = {_key(row) for row in self.rows} if self.is_of_counts else set()

    @property
    def is_of_counts(self) -> bool:
        """Return whether it has printed counts by year; rates and treaties are of other kinds."""
        has_counts = {"year", "time_basis", "obs_status"} <= self.columns
        return has_counts and "dispersed_lower" not in self.columns

    @property
    def printed(self) -> Counter[Printed]:
        """Each figure with its year."""
        return Counter((int(row["year"]), _figure(row)) for row in self.rows)


def of_warehouse(file: File, query: Callable[[str], list[tuple]]) -> Counter[Printed]:
    """Count the figures that DuckDB publishes of the series in the file."""
    wanted = " or ".join(
        "(source, ref_area::varchar, indicator::varchar, time_basis::varchar) = "
        f"('{source}', '{area}', '{indicator}', '{basis}')"
        for source, area, indicator, basis in file.keys
    )
    if not set(PARTS) & file.columns:
        rows = query(
            "select year, value, lower, upper, conf_status::varchar, obs_status::varchar "
            f"from published.headline where {wanted}"
        )
        return Counter((year, _shown(*cells)) for year, *cells in rows)
    parts = [name for name in PARTS if name in file.columns]
    printed_rows = {(row["year"], *(row[name] for name in parts)) for row in file.rows}
    rows = query(
        f"select left(time_period, 4), {', '.join(f'{name}::varchar' for name in parts)}, value, "
        "lower, upper, conf_status::varchar, obs_status::varchar from published.observation "
        "where freq = 'A' and counterpart_role = '_Z' and breakdown = '_T' "
        f"{''.join(f' and {name} = $$_T$$' for name in PARTS if name not in parts)} and ({wanted})"
    )
    size = len(parts) + 1
    return Counter((int(row[0]), _shown(*row[size:])) for row in rows if row[:size] in printed_rows)


def _key(row: dict[str, str]) -> Key:
    return (row["source"], row["ref_area"], row["indicator"], row["time_basis"])


def _figure(row: dict[str, str]) -> float | str:
    if row["value"]:
        return float(row["value"])
    return _hidden(float(row["lower"] or 0), float(row["upper"]))


def _hidden(lower: float, upper: float) -> str:
    """Print a suppressed figure."""
    return f"{lower:.0f}–{upper:.0f}" if lower else f"<{upper + 1:.0f}"


def _shown(
    value: float | None, lower: float | None, upper: float | None, conf: str, status: str
) -> float | str:
    """The figure, or how it is printed where anything marks it as suppressed."""
    if conf != "F" or "Q" in status.split(";"):
        return _hidden(lower or 0, max(4, upper or 0))
    assert value is not None
    return value
