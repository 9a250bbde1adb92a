"""Alerts that go to a file."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from pipelines.orchestration import release_age


@pytest.fixture
def none_overdue(small_project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No source is overdue on the day of the test."""
    monkeypatch.setattr(release_age, "OVERDUE", 10_000)


@pytest.fixture
def sent(
    small_project: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[], list[dict[str, str]]]:
    """Return the alerts that were sent to a file."""
    file = small_project / "alerts.jsonl"
    monkeypatch.setenv("TIPSTAT_ALERT_FILE", str(file))

    def alerts() -> list[dict[str, str]]:
        text = file.read_text(encoding="utf-8") if file.exists() else ""
        return [json.loads(line) for line in text.splitlines()]

    return alerts
