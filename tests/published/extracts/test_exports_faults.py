"""Extracts that cannot be made or written: the earlier ones stay, and the error says what to do."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
import small_disks
from conftest import ROOT
from invented_extracts import contents
from warehouse_copies import at_home

from pipelines.published.extracts import FORMS, ExportError, forms_in, stamp
from pipelines.published.extracts.build import build_extracts
from pipelines.published.extracts.folder import held, whole


def test_a_folder_with_anything_else_in_it_is_refused(hostile: Path, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("dear reader", encoding="utf-8")
    with pytest.raises(ExportError, match=r"holds letter.txt, which tipstat did not write; rem"):
        build_extracts(hostile, tmp_path, ["parquet"])
    build_extracts(hostile, tmp_path / "out", ["parquet"])
    (tmp_path / "out" / "mine.txt").write_text("work", encoding="utf-8")
    with pytest.raises(ExportError, match=r"holds mine.txt"):
        build_extracts(hostile, tmp_path / "out", ["csv"])
    assert (tmp_path / "out" / "mine.txt").read_text(encoding="utf-8") == "work"


def test_what_a_file_manager_leaves_is_nobodys_work_and_an_empty_stamp_names_no_forms(
    hostile: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    for name, form in ((".DS_Store", "parquet"), ("Thumbs.db", "open-sdg")):
        out.mkdir(exist_ok=True)
        (out / name).touch()
        build_extracts(hostile, out, [form])
    assert forms_in(out) == ("parquet", "open-sdg")
    stamp(out).write_bytes(b"")
    assert forms_in(out) == ()
    assert build_extracts(hostile, out, ["open-sdg"]).forms == ("open-sdg",)


@pytest.mark.parametrize(
    "statement",
    [
        "drop table main.build",
        "drop view published.observation",
        "alter table main.build rename version to edition",
    ],
)
def test_a_warehouse_of_another_age(hostile: Path, tmp_path: Path, statement: str) -> None:
    old = Path(shutil.copy(hostile, tmp_path / "old.duckdb"))
    with duckdb.connect(old) as connection:
        connection.execute(statement)
    with pytest.raises(ExportError, match="built by another version of tipstat; rebuild it"):
        build_extracts(old, tmp_path / "out", ["parquet"])
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("content", "words"),
    [(None, "no such file; make it with 'tipstat run'"), (b"broken" * 999, "cannot be read")],
)
def test_without_a_sound_warehouse_it_says_what_to_do(
    tmp_path: Path, content: bytes | None, words: str
) -> None:
    if content:
        (tmp_path / "tipstat.duckdb").write_bytes(content)
    with pytest.raises(ExportError) as caught:
        build_extracts(tmp_path / "tipstat.duckdb", tmp_path / "out", FORMS)
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)
    assert not (tmp_path / "out").exists()


@pytest.mark.slow
def test_a_killed_export_leaves_the_old_one(built: Path, hostile: Path, tmp_path: Path) -> None:
    out, aside = tmp_path / "out", tmp_path / ".out.new"
    build_extracts(hostile, out, ["parquet"])
    before = contents(out)
    home = at_home(built, tmp_path / "home")
    process = subprocess.Popen(
        [sys.executable, "-m", "pipelines.cli.app", "export", "--all", "--out", str(out)],
        env={**os.environ, "TIPSTAT_HOME": str(home)}, cwd=ROOT, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    while not (aside / "sdmx").exists():
        assert process.poll() is None
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert contents(out) == before
    assert aside.exists()
    build_extracts(hostile, out, ["open-sdg"])
    assert {path.name for path in tmp_path.iterdir()} == {"home", "out", ".out.lock"}


def test_the_old_folder_is_put_back_if_the_switch_was_cut_off(tmp_path: Path) -> None:
    (tmp_path / ".out.old").mkdir()
    (tmp_path / ".out.old" / "file").touch()
    out = tmp_path / "out"
    with pytest.raises(ZeroDivisionError), held(out), whole(out) as aside:
        (aside / "half").touch()
        raise ZeroDivisionError
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["file"]
    assert not aside.exists()


def test_forms_outlive_a_switch_that_was_cut_off(hostile: Path, tmp_path: Path) -> None:
    build_extracts(hostile, tmp_path / "out", ["parquet"])
    (tmp_path / "out").rename(tmp_path / ".out.old")
    made = build_extracts(hostile, tmp_path / "out", ["open-sdg"])
    assert made.forms == ("parquet", "open-sdg")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 400 KB."""
    with small_disks.small_disk(tmp_path / "disk", "900k") as disk:
        if disk is None:
            pytest.skip("needs to be root, to mount a small file system")
        yield disk


@pytest.mark.parametrize("form", ["sdmx", "parquet", "csv", "excel", "open-sdg"])
def test_a_full_disk_leaves_the_old_one(
    built: Path, hostile: Path, small_disk: Path, form: str
) -> None:
    out = small_disk / "out"
    build_extracts(hostile, out, ["open-sdg"])
    before = contents(out)
    with pytest.raises(ExportError) as caught:
        build_extracts(built, out, [form])
    message = str(caught.value)
    assert message.startswith(f"{out}: not written (")
    assert message.endswith("free some space, or name another folder with --out")
    assert "No space left on device" in message
    assert "\n" not in message
    assert contents(out) == before
    assert {path.name for path in small_disk.iterdir()} == {"out", ".out.lock"}


def test_a_folder_that_may_only_be_read(hostile: Path, small_disk: Path) -> None:
    out = small_disk / "out"
    build_extracts(hostile, out, ["open-sdg"])
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    with pytest.raises(ExportError, match="Read-only file system"):
        build_extracts(hostile, out, ["parquet"])
    assert forms_in(out) == ("open-sdg",)
