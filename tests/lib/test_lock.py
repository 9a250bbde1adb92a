"""One run at a time, with real processes: the second waits, and says for whom."""

import os
import subprocess
import sys
from pathlib import Path

from pipelines.lib.lock import alone

HOLDER = """
import sys
from pathlib import Path
from pipelines.lib.lock import alone
with alone(Path(sys.argv[1]), lambda text: print(text, flush=True)):
    print("mine", flush=True)
    sys.stdin.read()
"""


def holder(lock: Path) -> subprocess.Popen:
    """A process that holds the lock until its input ends."""
    return subprocess.Popen(
        [sys.executable, "-c", HOLDER, lock],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip


def test_the_second_says_who_holds_the_lock_and_waits(tmp_path: Path) -> None:
    lock = tmp_path / ".lock"
    with holder(lock) as first:
        assert first.stdout.readline() == "mine\n"
        with holder(lock) as second:
            message = second.stdout.readline()
            assert message.startswith(
                f"Waiting for another run to end: process {first.pid} on {os.uname().nodename}, "
                "since 20"
            )
            assert message.endswith(" UTC\n")
            first.stdin.close()
            assert second.stdout.readline() == "mine\n"
            assert f"process {second.pid} on" in lock.read_text(encoding="utf-8")
            second.stdin.close()


def test_a_free_lock_is_held_without_a_message(tmp_path: Path) -> None:
    messages: list[str] = []
    for _ in range(2):
        with alone(tmp_path / "new" / ".lock", messages.append):
            pass
    assert messages == []


def test_a_lock_ends_with_a_process_that_is_killed(tmp_path: Path) -> None:
    lock = tmp_path / ".lock"
    with holder(lock) as first:
        assert first.stdout.readline() == "mine\n"
        first.kill()
        first.wait()
        first.stdin.close()
    messages: list[str] = []
    with alone(lock, messages.append):
        assert f"process {os.getpid()} on" in lock.read_text(encoding="utf-8")
    assert messages == []
