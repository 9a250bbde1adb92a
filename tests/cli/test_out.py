"""A place given with --out is looked at before anything is made."""

from pathlib import Path

import pytest
from command import tipstat


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["quarantine", "--out", "x.xlsx"], "'x.xlsx' must end in .csv"),
        (["report", "ARG", "--out", "x.txt"], "'x.txt' must end in .pdf"),
        (["chart", "ARG", "VIC_DETECT", "--out", "x.gif"], "'x.gif' must end in .svg or .png"),
        (["query", "select 1", "--out", "x.xls"], "must end in .csv or .json or .parquet"),
        (["questionnaire", "ARG", "--year", "2020", "--out", "x.txt"], "end in .xlsx or .csv"),
        (["questionnaire", "ARG", "--year", "2020", "--format", "sdmx", "--out", "x.xlsx"],
         "'x.xlsx' must end in .csv"),
        (["quarantine", "--out", "folder"], "'folder' is a folder; name a file in it"),
        (["questionnaire", "ARG", "--year", "2020", "--out", "folder"], "name a file in it"),
        (["report", "ARG", "--out", "file/x.pdf"], "'file' is a file; name a folder"),
        (["export", "csv", "--out", "file"], "'file' is a file; name a folder"),
        (["cases", "count", "x", "y", "--release", "2025-01-01", "--out", "file"], "is a file"),
    ],
)  # fmt: skip
def test_a_place_that_cannot_be_written_to_is_refused_and_leaves_nothing(
    tmp_path: Path, arguments: list[str], words: str
) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").touch()
    done = tipstat(*arguments, home=tmp_path)
    assert done.returncode == 2
    assert "Invalid value for '--out'" in done.stderr or "--format" in arguments
    assert words in done.stderr
    assert sorted(each.name for each in tmp_path.iterdir()) == ["file", "folder"]
