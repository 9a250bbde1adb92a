"""Differences between two versions: figures added, changed, withdrawn, or of another status."""

from collections import Counter
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Final

import duckdb

from pipelines.published.versions import packed
from pipelines.published.versions.version import Version
from pipelines.warehouse.rows import rows
from schemas import codelists

COLUMNS: Final = (
    "source", "ref_area", "indicator", "time_period", "sex", "age", "exploitation", "citizenship",
    "is_total", "change", "previous", "value", "previous_status", "status",
)  # fmt: skip
"""Columns of a cell that differs: its codes; whether it is a total of a year; the change; printed
texts before and now, `previous` empty where the figure is suppressed now; both statuses."""
_MOST: Final = 50
"""Changed totals that are listed; all of them are counted."""


def in_words(before: Version, after: Version) -> list[str]:
    """Return a line per source with its counts of changes, then a line per changed total."""
    cells = cells_of(before, after)
    if not cells:
        return [f"{before.id} and {after.id} hold the same figures."]
    counts: dict[str, Counter[str]] = {}
    for cell in cells:
        counts.setdefault(cell["source"], Counter())[cell["change"]] += 1
    lines = [
        f"{source}: " + ", ".join(f"{found[change]:,} {change}" for change in sorted(found))
        for source, found in counts.items()
    ]
    totals = [cell for cell in cells if cell["is_total"]]
    lines += ["", *(_line(cell) for cell in totals[:_MOST])] if totals else []
    if len(totals) > _MOST:
        lines.append(f"and {len(totals) - _MOST:,} more totals")
    return lines


def cells_of(before: Version, after: Version) -> list[dict[str, Any]]:
    """Return one row per cell that differs between two versions, by the names in `COLUMNS`."""
    query = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    with ExitStack() as open_files, duckdb.connect() as connection:
        for name, version in (("before", before), ("after", after)):
            warehouse = open_files.enter_context(packed.unpacked(version.folder))
            file = str(warehouse).replace("'", "''")
            connection.execute(f"attach '{file}' as {name} (read_only)")
        return rows(connection, query)


def _line(row: dict[str, object]) -> str:
    """Return the line of a changed total."""
    area = codelists.labels("area", "en").get(str(row["ref_area"]), row["ref_area"])
    indicator = codelists.labels("indicator", "en")[str(row["indicator"])]
    change = {
        "added": f"{row['value']}, added",
        "withdrawn": f"{row['previous']}, withdrawn",
        "changed": f"{row['previous']} before, {row['value']} now"
        if isinstance(row["previous"], str)
        else f"another figure before, {row['value']} now",
        "with another status": f"{row['value']}, {_status(row['previous_status'])} before, "
        f"{_status(row['status'])} now",
    }[str(row["change"])]
    return f"{row['source']}: {area}, {indicator}, {row['time_period']}: {change}"


def _status(codes: object) -> str:
    """Return the names of status codes, such as `P;E`."""
    names = codelists.labels("obs_status", "en")
    return ", ".join(names[code] for code in str(codes).split(";") if code in names)
