"""Reference tables of sources and releases."""

from pathlib import Path

import pytest

from pipelines.lib import paths
from pipelines.sources import discover
from pipelines.warehouse import reference_tables


def test_sources_without_a_known_break(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The table of breaks is then empty, but a table: DuckDB takes in no frame without columns."""
    unbroken = {name: each for name, each in discover().items() if not each.source.known_breaks}
    monkeypatch.setattr(reference_tables, "discover", lambda: unbroken)
    breaks = reference_tables.tables(paths.harmonised(), [])["series_break"]
    assert list(breaks) == ["source", "ref_area", "indicator", "time_period", "reason"]
    assert breaks.empty
