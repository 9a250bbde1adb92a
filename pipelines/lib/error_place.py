"""Where in our code an error arose."""

import traceback
from pathlib import Path

_ROOT = Path(__file__).parents[2]


def of(error: BaseException) -> str:
    """Return the file and line of ours nearest to the error; "" if none of them is.

    An error from another process has no traceback: its note has the place.
    """
    frames = [
        (Path(frame.filename).relative_to(_ROOT), frame.lineno)
        for frame in traceback.extract_tb(error.__traceback__)
        if Path(frame.filename).is_relative_to(_ROOT / "pipelines")
    ]
    noted = [*getattr(error, "__notes__", [])]
    return noted[-1] if noted else f"{frames[-1][0]}, line {frames[-1][1]}" if frames else ""
