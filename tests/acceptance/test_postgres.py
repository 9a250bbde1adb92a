"""The graph on PostgreSQL with two workers, as `deploy/` runs it: a real server, a real run."""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import short_runs
from case_extracts import MAPPING
from conftest import ROOT
from kept_sources import keep_only

from pipelines.cases.count import count_cases
from pipelines.cases.errors import CaseError
from pipelines.cases.example import write_example
from pipelines.lib import paths
from pipelines.published.versions import version

pytestmark = [pytest.mark.slow, pytest.mark.enable_socket]

BINARIES = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"))
AS_SERVER = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
"""PostgreSQL refuses to run as root; Debian's package brings the user."""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The address of a server of these tests."""
    if not BINARIES:
        pytest.skip("no PostgreSQL: apt-get install postgresql (Debian's package)")
    binaries = BINARIES[-1].parent
    folder = Path("/tmp") / f"tipstat-postgres-{os.getpid()}"  # short: it holds a socket
    folder.mkdir(mode=0o755)
    if AS_SERVER:
        shutil.chown(folder, "postgres", "postgres")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    data = folder / "data"
    options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off"
    control = [*AS_SERVER, binaries / "pg_ctl", "-D", data, "-s", "-w"]
    _do(*AS_SERVER, binaries / "initdb", "-D", data, "-A", "trust", "-U", "tipstat", "-N")
    _do(*control, "-l", folder / "log", "-o", options, "start")
    try:
        yield f"postgresql://tipstat@127.0.0.1:{port}/postgres"
    finally:
        _do(*control, "-m", "immediate", "stop")
        shutil.rmtree(folder)


def _do(*command: str | Path) -> str:
    ended = subprocess.run(
        [str(word) for word in command], capture_output=True, text=True, check=False, cwd="/"
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return ended.stdout


def test_case_records_are_counted_from_a_table(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TIPSTAT_HOME", str(tmp_path / "home"))
    extract, mapping = tmp_path / "example.csv", tmp_path / "mapping.yml"
    write_example(extract, 60_000, 1)
    mapping.write_text(MAPPING, encoding="utf-8")
    expected = count_cases(str(extract), mapping)
    header = extract.read_text(encoding="utf-8").partition("\n")[0]
    columns = ", ".join(f'"{name}" text' for name in header.split(","))
    broken = "case when n = 55000 then pg_terminate_backend(pg_backend_pid())::text end"
    psql = [BINARIES[-1].with_name("psql"), address, "-qAt"]
    _do(
        *psql, "-c", f"create table cases ({columns})",
        "-c", f"\\copy cases from '{extract}' csv header",
        "-c", "alter table cases add n serial",
        "-c", f"create view broken as select *, {broken} as pais from cases",
    )  # fmt: skip
    mapping.write_text(MAPPING + "table: public.cases\n", encoding="utf-8")
    counted = count_cases(address, mapping)
    assert counted.account == expected.account
    assert counted.cells.equals(expected.cells)
    goes_away = MAPPING.replace("prs_Citizenship", "pais") + "table: broken\n"
    mapping.write_text(goes_away, encoding="utf-8")
    with pytest.raises(CaseError, match=r"the PostgreSQL database: .* went away") as caught:
        count_cases(address, mapping)
    assert "127.0.0.1" not in str(caught.value), "an address may hold a password"
    assert not paths.case_spill().exists()


HOLDS = """
import sys
from pathlib import Path
from pipelines.lib.lock import alone
with alone(Path(sys.argv[1]) / ".lock", lambda who: print(who, flush=True)):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_lock_holds_between_hosts_and_is_free_once_its_holder_is_killed(
    address: str, tmp_path: Path
) -> None:
    """Two folders stand for the disks of two hosts."""

    def start(host: str) -> subprocess.Popen[str]:
        home = tmp_path / host
        home.mkdir()
        places = {"TIPSTAT_HOME": str(home), "PYTHONPATH": str(ROOT), "TIPSTAT_POSTGRES": address}
        return subprocess.Popen(
            [sys.executable, "-c", HOLDS, home], env=os.environ | places,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip

    with start("one") as one:
        assert one.stdout.readline() == "held\n"
        with start("other") as other:
            assert (
                f"Waiting for another run to end: process {one.pid} on" in other.stdout.readline()
            )
            one.kill()
            assert other.stdout.readline() == "held\n"
            other.stdin.close()


@pytest.mark.exhaustive
def test_a_run_with_two_workers_on_postgresql(address: str, whole_project: Path) -> None:
    keep_only("can_sdg", "pry_ine")
    home = whole_project / "data" / "dagster"
    home.mkdir()
    shutil.copy(ROOT / "deploy" / "dagster.yaml", home)
    environment = os.environ | {
        "DAGSTER_HOME": str(home),
        "TIPSTAT_HOME": str(whole_project),
        "TIPSTAT_POSTGRES": address,
        "TIPSTAT_WORKERS": "2",
        "PYTHONPATH": os.pathsep.join((str(ROOT), str(Path(short_runs.__file__).parent))),
    }
    command = [Path(sys.executable).with_name("dagster"), "job", "execute"]
    ended = subprocess.run(
        [*command, "-m", "short_definitions", "-j", "publish"],
        env=environment, cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ended.returncode == 0, ended.stderr[-2000:]
    psql = [BINARIES[-1].with_name("psql"), address, "-At", "-c"]
    assert _do(*psql, "select status, count(*) from runs group by 1") == "SUCCESS|1\n"
    assert version.current() is not None, "a version is published"
