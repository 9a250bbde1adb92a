"""The gate refuses a version with a figure that is not the reading of its text."""

from pathlib import Path

import duckdb
from conftest import changed

from pipelines.published.versions import gate


def test_a_figure_that_is_not_its_text_is_not_published(built: Path, tmp_path: Path) -> None:
    with duckdb.connect(built, read_only=True) as connection:
        assert list(gate.misread(connection)) == []
    copy = changed(
        built,
        tmp_path,
        "update harmonised.observation set value = 77777, lower = 77777, upper = 77777 "
        "where source = 'jam_statin' and value_raw = '0.51'",
    )
    with duckdb.connect(copy, read_only=True) as connection:
        [message] = gate.misread(connection)
    assert message.startswith("jam_statin: '0.51' stands as 77,777 (77,777 to 77,777); remove")
