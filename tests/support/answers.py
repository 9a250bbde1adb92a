"""Files that are as the shipped figures make them, each compared by a test."""

import os
from pathlib import Path


def compare(kept: Path, fresh: str) -> None:
    """Fail where a file is not as it should be; `make answers` writes it."""
    if "TIPSTAT_WRITE_ANSWERS" in os.environ:
        kept.write_text(fresh, encoding="utf-8", newline="")
    assert kept.read_text(encoding="utf-8") == fresh, "`make answers` writes it: read git diff"
