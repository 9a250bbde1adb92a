"""The files of the explorer, read as a browser does."""

import json
from collections.abc import Iterator, Mapping


def series_in(files: Mapping[str, str]) -> dict[str, dict]:
    """Return the series of each indicator, from the calls in the explorer's files."""
    calls = [text for path, text in files.items() if path.startswith("explorer/")]
    arguments = (text.removeprefix("tipstat.receive(").removesuffix(");\n") for text in calls)
    return dict(json.loads(f"[{each}]") for each in arguments)


def drawings(own: dict) -> Iterator[tuple[tuple[str, ...], dict]]:
    """Yield the drawings of a series: its totals, rates and parts."""
    yield ("total",), own["total"]
    if "rate" in own:
        yield ("rate",), own["rate"]
    for split, parts in own.get("parts", {}).items():
        for part, drawing in parts.items():
            yield (split, part), drawing


def points(drawing: dict) -> list[tuple]:
    """Return year and figure of each mark of a drawing, by year.

    A suppressed figure is a pair of its bounds, the upper one None if it is open; a rate whose
    count is suppressed is "×".
    """
    found = []
    for trace in drawing["data"]:
        if trace["meta"] in ("observed", "uncertain"):
            found += zip(trace["x"], trace["y"], strict=True)
        elif trace["meta"] == "suppressed":
            marks = zip(trace["x"], trace["base"], trace["y"], strict=True)
            found += [(x, (low, None if y is None else low + y)) for x, low, y in marks]
        elif trace["meta"] == "no_rate":
            found += [(year, "×") for year in trace["x"]]
    return sorted(point for point in found if point[0] is not None)
