"""A run in several processes: how it begins, fails and ends; cli/test_run.py compares its bytes."""

import json
import os
import re
import select
import shutil
import signal
import subprocess
import sys
from concurrent.futures.process import _RemoteTraceback
from pathlib import Path

import dagster as dg
import pytest
from command import tipstat

from pipelines.lib import error_place, progress
from pipelines.orchestration import assets, failures, processes
from pipelines.published.versions import version
from pipelines.raw import reviews
from pipelines.reader.source_metadata import read_source
from pipelines.reader.yaml_fields import MetadataError
from pipelines.sources import discover

PARENT = """
import os, signal, sys
from pipelines.orchestration.processes import executor
with executor(2) as executor:
    print(executor.submit(os.getpid).result(), flush=True)
    executor.submit(signal.pause).result()
"""

PROGRESS_BAR = """
from pipelines.orchestration.processes import executor
asked = "select current_setting('enable_progress_bar')"
setting = f"__import__('duckdb').execute({asked!r}).fetchall()"
with executor(2) as executor:
    print(executor.submit(eval, setting).result())
"""


def _killed(*_: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def test_a_step_whose_process_is_killed_ends_the_run_in_one_line(
    published: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = version.current()
    reviews.enter("can_sdg", "2026-03-10", reviews.ACCEPT, "read again", "The office")
    monkeypatch.setenv("TIPSTAT_WORKERS", "2")
    monkeypatch.setattr(assets, "build_extracts", _killed)
    ended = tipstat("run", home=published, width=1000)
    assert ended.returncode == 1
    [line] = [line for line in ended.stderr.splitlines() if line.startswith("error: ")]
    assert line.startswith("error: published/extracts: a process was killed")
    assert version.current() == before


def test_a_step_tells_the_first_line_of_its_innermost_error() -> None:
    @dg.op
    def reads() -> None:
        error = ValueError("\n\n  no number\nmore")
        error.__cause__ = _RemoteTraceback("Traceback")
        raise error

    @dg.job
    def job() -> None:
        reads()

    assert failures.of_run(job.execute_in_process(raise_on_error=False)) == [
        "reads: ValueError: no number"
    ]


def test_an_error_of_a_process_is_told_in_one_line_of_kind_text_and_place(tmp_path: Path) -> None:
    with processes.executor(2) as executor:
        refused = executor.submit(read_source, tmp_path / "absent.yml").exception()
        failed = executor.submit(read_source, "no path").exception()
    place = r"pipelines/reader/.*\.py, line \d+"
    assert isinstance(refused, MetadataError)
    assert re.fullmatch(place, error_place.of(refused))
    failed.args = ("no\npath",)
    with pytest.raises(dg.Failure) as told, failures.one_line("published/extracts"):
        raise failed
    line = f"published/extracts: AttributeError: no path \\({place}\\)"
    assert re.fullmatch(line, told.value.description)


def test_other_processes_are_started_for_much_work_only(
    published: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TIPSTAT_WORKERS", "2")
    assert processes.count(["jam_statin"]) == 1
    assert processes.count(sorted(discover())) == 2
    [file] = (published / "data/published/versions").glob("*/manifest.json")
    file.chmod(0o644)
    file.write_text(json.dumps(json.loads(file.read_text()) | {"code": "other"}))
    assert processes.count() == 2


def test_processes_draw_no_progress_bar() -> None:
    asked = [sys.executable, "-c", PROGRESS_BAR]
    assert subprocess.check_output(asked, text=True, timeout=120) == "[(False,)]\n"


def _interrupted(*_: object) -> None:
    signal.raise_signal(signal.SIGINT)


@pytest.mark.usefixtures("interruptible")
def test_ctrl_c_ends_the_run_in_one_line(published: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = version.current()
    reviews.enter("can_sdg", "2026-03-10", reviews.ACCEPT, "read again", "The office")
    monkeypatch.setattr(assets, "build_site", _interrupted)
    ended = tipstat("run", home=published, width=1000)
    assert ended.stderr == "interrupted: nothing is half-written; give the command again\n"
    assert ended.returncode == 130
    assert version.current() == before


def test_a_script_that_calls_main_without_a_guard_is_refused(published: Path) -> None:
    """Each process of the run imports the script; the run would wait for them for ever."""
    shutil.rmtree(published / "data" / "published")
    script = published / "script.py"
    script.write_text("from pipelines.cli.app import main\nmain()\n", encoding="utf-8")
    ended = subprocess.run(
        [sys.executable, str(script), "run"],
        env=os.environ | {"TIPSTAT_WORKERS": "2"}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ended.returncode == 1
    assert f"error: {script}: calls main() whenever it is imported; write it under" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_what_processes_report_is_reported_by_the_run() -> None:
    seen: list[str] = []
    with progress.listening(seen.append), processes.executor(2) as executor:
        executor.submit(progress.report, "excel").result()
        executor.submit(progress.report, "JAM, 3 of 35").result()
    assert sorted(seen) == ["JAM, 3 of 35", "excel"]


def test_processes_end_with_a_run_that_is_killed() -> None:
    """Or they would go on to write where the next run writes."""
    with subprocess.Popen(
        [sys.executable, "-c", PARENT], stdout=subprocess.PIPE, text=True
    ) as parent:
        other = os.pidfd_open(int(parent.stdout.readline()))
        parent.kill()
        ended, _, _ = select.select([other], [], [], 60)
    os.close(other)
    assert ended
