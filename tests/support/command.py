"""The command as a person gives it: a process of its own, in a project folder of its own."""

import os
import subprocess
import sys
from pathlib import Path

import light

LIGHT, WHOLE = [str(Path(light.__file__))], ["-m", "pipelines.cli.app"]


def tipstat(*arguments: str, home: Path, width: int = 100) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "TIPSTAT_HOME": str(home), "COLUMNS": str(width)}
    command = [sys.executable, *(LIGHT if arguments[0] == "run" else WHOLE), *arguments]
    return subprocess.run(
        command, capture_output=True, text=True, env=environment, cwd=home, check=False
    )
