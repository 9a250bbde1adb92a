"""The files of the explorer, read as a browser does."""

import json
from collections.abc import Mapping


def series_in(files: Mapping[str, str]) -> dict[str, dict]:
    """Return the series of each indicator, from the calls in the explorer's files."""
    calls = [text for path, text in files.items() if path.startswith("explorer/")]
    arguments = (text.removeprefix("tipstat.receive(").removesuffix(");\n") for text in calls)
    return dict(json.loads(f"[{each}]") for each in arguments)
