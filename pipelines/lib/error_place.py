"""Where in our code an error arose."""

import traceback
from pathlib import Path

from pipelines.lib import paths

_ROOT = Path(__file__).parents[2]


def of(error: BaseException) -> str:
    """Return the file and line nearest to the error of ours, or of a project's own sources; or "".

    An error from another process has no traceback: its note has the place.
    """
    own = paths.own_sources().absolute()
    frames = [
        (Path(frame.filename).relative_to(root), frame.lineno)
        for frame in traceback.extract_tb(error.__traceback__)
        for root, code in ((_ROOT, _ROOT / "pipelines"), (own.parent, own))
        if Path(frame.filename).is_relative_to(code)
    ]
    noted = [*getattr(error, "__notes__", [])]
    return noted[-1] if noted else f"{frames[-1][0]}, line {frames[-1][1]}" if frames else ""
