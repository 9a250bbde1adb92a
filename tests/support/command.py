"""The command as a person gives it, in a project folder: in this process, or in one of its own."""

import io
import os
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest
import short_runs

from pipelines.cli.app import main
from pipelines.lib import console

SHORT, WHOLE = [str(Path(short_runs.__file__))], ["-m", "pipelines.cli.app"]
Ended = subprocess.CompletedProcess[str]


def tipstat(*arguments: str, home: Path, width: int = 100) -> Ended:
    """Give the command within this process, which spares it the imports; runs are short."""
    texts = [io.TextIOWrapper(io.BytesIO(), "utf-8") for _ in range(2)]
    with (
        pytest.MonkeyPatch.context() as patch,
        redirect_stdout(texts[0]),
        redirect_stderr(texts[1]),
    ):
        if arguments[:1] != ("export",):  # which has every form
            short_runs.shorten(patch.setattr)
        short_runs.without_child(patch.setattr)
        for name in ("TIPSTAT_HOME", "DAGSTER_HOME"):  # a run sets the second one itself
            patch.setenv(name, str(home))
        patch.chdir(home)
        patch.setattr(sys, "argv", ["tipstat", *arguments])
        for each in (console.out, console.err):
            patch.setattr(each, "_width", width)
        code = _exit_code()
    return subprocess.CompletedProcess(arguments, code, *map(_content, texts))


def _exit_code() -> int:
    try:
        main()
    except SystemExit as ended:
        return int(ended.code or 0)
    return 0


def _content(text: io.TextIOWrapper) -> str:
    text.flush()
    return text.buffer.getvalue().decode()


def process(*arguments: str, home: Path, width: int = 100) -> Ended:
    """Give the command in a process of its own, as a person does; runs are short."""
    environment = {**os.environ, "TIPSTAT_HOME": str(home), "COLUMNS": str(width)}
    command = [sys.executable, *(SHORT if arguments[0] == "run" else WHOLE), *arguments]
    return subprocess.run(
        command, capture_output=True, text=True, env=environment, cwd=home, check=False
    )
