"""One target, for so many seconds: `python -m fuzz.one TARGET SECONDS FOLDER`.

Prints how many inputs were read and how many refused. The bytes that break it are kept in the
folder, the exit code is then not 0.
"""

import json
import os
import sys
import time
import warnings
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import atheris


def main(name: str, seconds: str, folder: str) -> None:
    """Fuzz. The fuzzer does not return."""
    with atheris.instrument_imports(include=["pipelines.sources", "schemas"]):
        from fuzz.targets import TARGETS
    warnings.simplefilter("error")
    [(target, sound)] = [item for item in TARGETS.items() if item[0].__name__ == name]
    begin = Path(folder) / "begin"
    begin.mkdir()
    for number, content in enumerate(sound):
        (begin / f"{number}").write_bytes(content)
    limits = ["-timeout=60", "-rss_limit_mb=4096", f"-artifact_prefix={folder}/"]
    atheris.Setup([sys.argv[0], *limits, str(begin)], _counted(target, float(seconds)))
    atheris.Fuzz()


def _counted(target: Callable[[bytes], bool], seconds: float) -> Callable[[bytes], None]:
    """The target, until time is over: the fuzzer has a limit of its own, but then no last word."""
    end = time.monotonic() + seconds
    came = Counter(read=0, refused=0)

    def once(data: bytes) -> None:
        if time.monotonic() > end:
            sys.stdout.write(json.dumps(came))
            sys.stdout.flush()
            os._exit(0)
        if data:
            came["read" if target(data) else "refused"] += 1

    return once


if __name__ == "__main__":
    main(*sys.argv[1:])
