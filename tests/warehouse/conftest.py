"""Questions to the warehouse of the shipped figures."""

from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pytest

from pipelines.warehouse import query


@pytest.fixture
def asked(built: Path, tmp_path: Path) -> Callable[[str], pa.Table]:
    """Asks the warehouse of the shipped figures, in this process."""
    return lambda sql: query.answer(built, sql, str(tmp_path))
