"""Dagster's daemon as an installation runs it: a real one, killed in between."""

import os
import pty
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import dagster as dg
import pytest
import short_runs
import yaml
from command import SHORT
from conftest import ROOT
from kept_sources import keep_only

from pipelines.cli.local_run import prepare_home
from pipelines.lib import paths
from pipelines.raw import manifest

pytestmark = [pytest.mark.slow, pytest.mark.exhaustive]

PATIENCE = 300
"""Seconds without progress until what should have happened is missing; a busy machine is slow."""


@pytest.fixture
def daemon(whole_project: Path) -> Iterator[Callable[[], subprocess.Popen]]:
    """Start a daemon on an own project folder, printing into a pipe; all are ended afterwards."""
    home = prepare_home()
    change(home, run_queue={"dequeue_interval_seconds": 1})
    change(home, run_monitoring={"poll_interval_seconds": 1})
    environment = os.environ | {
        "DAGSTER_HOME": str(home),
        "PYTHONPATH": os.pathsep.join((str(ROOT), str(Path(short_runs.__file__).parent))),
    }
    command = [Path(sys.executable).with_name("dagster-daemon"), "run", "-m", "short_definitions"]
    started = []

    def start() -> subprocess.Popen:
        started.append(
            subprocess.Popen(
                command, env=environment, cwd=ROOT, stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT, start_new_session=True,
            )
        )  # fmt: skip
        return started[-1]

    yield start
    for each in started:
        kill(each)


def change(home: Path, **settings: dict[str, object]) -> None:
    """Change some settings of an installation; others of the same part stay."""
    file = home / "dagster.yaml"
    before = yaml.safe_load(file.read_text(encoding="utf-8"))
    changed = {part: before.get(part, {}) | some for part, some in settings.items()}
    file.write_text(yaml.safe_dump(before | changed), encoding="utf-8")


def kill(process: subprocess.Popen) -> None:
    """Kill a daemon with all that it started."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    process.stdout.close()


def until(
    happened: Callable[[bytes], bool], output: int, progress: Callable[[], object] = lambda: None
) -> bytes:
    """Ask whether something has happened each time that a process prints; return what it printed.

    A daemon prints at each look for work, of which there are several a minute.
    """
    said, seen, end = b"", progress(), time.monotonic() + PATIENCE
    while not happened(said):
        if (now := progress()) != seen:
            seen, end = now, time.monotonic() + PATIENCE
        printed, _, _ = select.select([output], [], [], max(0, end - time.monotonic()))
        assert printed, said[-3000:]
        more = os.read(output, 100_000)
        assert more, said[-3000:]
        said += more
    return said


def figures_of(day: int) -> bytes:
    """A release of its own for each day: one figure of a small table differs."""
    text = (paths.raw() / "pry_ine" / "2023-10-31.csv").read_text(encoding="utf-8")
    header, first, *rest = text.splitlines()
    cells = first.split(",")
    place = next(at for at in reversed(range(len(cells))) if cells[at].isdecimal())
    cells[place] = str(1000 + day)
    return "\n".join([header, ",".join(cells), *rest, ""]).encode()


def waiting() -> list[str]:
    return sorted(file.name for file in paths.inbox().glob("*.csv"))


@pytest.mark.parametrize("count", [4, 200])
def test_every_dropped_file_is_taken_once_though_the_daemon_is_killed(
    daemon, whole_project: Path, count: int
) -> None:
    keep_only("pry_ine")
    paths.inbox().mkdir(parents=True)
    for day in range(count):
        name = f"figures {2024 + day // 300}-{1 + day // 28 % 10:02}-{1 + day % 28:02}.csv"
        (paths.inbox() / name).write_bytes(figures_of(day))
        os.utime(paths.inbox() / name, (1_700_000_000 + day,) * 2)
    first = daemon()
    until(lambda _: len(manifest.entries("pry_ine")) > 1, first.stdout.fileno())
    kill(first)
    until(lambda _: not waiting(), daemon().stdout.fileno(), waiting)
    days = [entry.release for entry in manifest.entries("pry_ine")]
    assert len(days) == len(set(days)) == 1 + count
    kept = [file.name for file in (paths.fetched() / "pry_ine").glob("*.csv")]
    assert len(kept) == count


def test_a_killed_run_of_the_command_line_does_not_block_the_queue(
    daemon, whole_project: Path
) -> None:
    """The daemon counts it as one that goes on, until its longest time is over: a second here."""
    keep_only("int_unodc_glotip", "ref_wpp")
    screen, terminal = pty.openpty()  # on which a run shows how far it is
    with (
        dg.DagsterInstance.get() as instance,
        subprocess.Popen(
            [sys.executable, *SHORT, "run"], cwd=whole_project, stdout=terminal, stderr=terminal
        ) as run,
    ):
        until(lambda _: bool(_with_status(instance, dg.DagsterRunStatus.STARTED)), screen)
        run.kill()
        change(paths.dagster_home(), run_monitoring={"max_runtime_seconds": 1})
        output = daemon().stdout.fileno()
        [killed] = instance.get_run_records()
        until(lambda _: bool(_with_status(instance, dg.DagsterRunStatus.FAILURE)), output)
        until(lambda _: _is_launched(instance, killed.dagster_run.run_id), output)
    os.close(screen), os.close(terminal)


def test_the_web_interface_warns_of_nothing_and_stops_on_sigterm(whole_project: Path) -> None:
    """Also as the background job of a shell, which ignores SIGINT."""
    settings = prepare_home() / "dagster.yaml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("max_concurrent_runs: 1", "max_concurrent_runs: 0"))
    started = subprocess.Popen(
        ["sh", "-c", "trap '' INT; exec \"$0\" -m pipelines.cli.app dev", sys.executable],
        cwd=whole_project, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        start_new_session=True, env=os.environ | {"PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    try:
        said = until(lambda said: b"Serving dagster-webserver" in said, started.stdout.fileno())
        started.terminate()
        said += started.communicate(timeout=PATIENCE)[0]
        assert started.returncode == 0
    finally:
        kill(started)
    assert b"warning" not in said.lower()


def _is_launched(instance: dg.DagsterInstance, killed: str) -> bool:
    """Whether the queue let another run go."""
    queued = dg.DagsterRunStatus.QUEUED
    others = [each.dagster_run for each in instance.get_run_records()]
    return any(run.run_id != killed and run.status != queued for run in others)


def _with_status(instance: dg.DagsterInstance, status: dg.DagsterRunStatus) -> list[dg.RunRecord]:
    return list(instance.get_run_records(dg.RunsFilter(statuses=[status])))
