"""A build is switched in whole or not at all, whatever befalls it."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import duckdb
import pandas as pd
import pytest
from conftest import observations
from two_releases import two_releases

from pipelines.harmonised.release_files import Release
from pipelines.warehouse import database, stamp


@pytest.fixture
def tens(project: Path, once, tmp_path: Path) -> Path:
    """A warehouse of two releases, each of which has the figure 10, beside their files."""
    rows = observations({"value": 10})
    made = once("tens", lambda folder: two_releases(folder / "h", rows, rows))
    return Path(shutil.copytree(made / "h", tmp_path / "h")) / "tipstat.duckdb"


def test_a_release_that_is_not_harmonised_is_named(tmp_path: Path, project: Path) -> None:
    with pytest.raises(database.WarehouseError, match=r"rows\.parquet: not there; run"):
        database.build(tmp_path / "nothing", tmp_path / "tipstat.duckdb")
    assert not (tmp_path / "tipstat.duckdb").exists()


@pytest.mark.slow
def test_a_warehouse_that_does_not_add_up_is_not_switched_in(tens: Path) -> None:
    before = tens.read_bytes()
    account = Release(tens.parent, "int_unodc_glotip", "2025-10-28").files.account
    pd.read_parquet(account).assign(rows=[3, 2]).to_parquet(account, index=False)
    with pytest.raises(database.WarehouseError, match="rows in are not published"):
        database.build(tens.parent, tens)
    assert tens.read_bytes() == before


READER = """
import sys, duckdb
connection = duckdb.connect(sys.argv[1], read_only=True)
ask = lambda: connection.execute("select sum(value) from published.observation").fetchone()[0]
print(ask(), flush=True)
sys.stdin.readline()
print(ask(), flush=True)
"""


@pytest.mark.slow
def test_an_open_reader_keeps_its_version_and_a_damaged_file_is_built_anew(tens: Path) -> None:
    reader = subprocess.Popen(
        [sys.executable, "-c", READER, str(tens)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert reader.stdout.readline().strip() == "10.0"
    assert stamp.is_current(tens.parent, tens)
    tens.unlink()  # what the reader has opened stays
    for content in (b"", b"x" * 100_000):
        tens.write_bytes(content)
        assert not stamp.is_current(tens.parent, tens)
    two_releases(tens.parent, observations({"value": 10}), observations({"value": 99}))
    assert stamp.is_current(tens.parent, tens)
    out, _ = reader.communicate("\n")
    assert out.strip() == "10.0", "the open reader saw another version"
    with duckdb.connect(tens, read_only=True) as connection:
        new = connection.execute("select sum(value) from published.observation").fetchone()
    assert new == (99.0,)


BUILDER = """
import os, sys
from pathlib import Path
from pipelines.warehouse import checks, database
every_fault = checks.every_fault
def hold(connection):
    print("building", flush=True)
    sys.stdin.readline()
    yield from every_fault(connection)
checks.every_fault = hold
database.build(Path(sys.argv[1]), Path(sys.argv[2]))
"""


@pytest.mark.exhaustive
def test_a_killed_build_leaves_the_old_one(tens: Path) -> None:
    before = tens.read_bytes()
    builder = subprocess.Popen(
        [sys.executable, "-c", BUILDER, str(tens.parent), str(tens)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=dict(os.environ),
    )  # fmt: skip
    assert builder.stdout.readline().strip() == "building"
    builder.send_signal(signal.SIGKILL)
    assert builder.wait() == -signal.SIGKILL
    builder.stdin.close()
    builder.stdout.close()
    assert list(tens.parent.glob("*.building*")), "the build was not under way when killed"
    assert tens.read_bytes() == before

    database.build(tens.parent, tens)
    assert not list(tens.parent.glob("*.building*")), "leavings of a dead build stay"
