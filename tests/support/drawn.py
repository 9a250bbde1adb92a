"""Read the marks and texts of a Plotly figure from the figure itself."""

import itertools


def lines(figure: dict, axis: str = "y") -> list[dict]:
    """Return the traces of lines and markers in one panel."""
    return [t for t in figure["data"] if t["type"] == "scatter" and t["yaxis"] == axis]


def edges(trace: dict) -> list[tuple[int, int]]:
    """Return the pairs of years that Plotly joins by a line."""
    if "lines" not in trace["mode"]:
        return []
    drawn = list(zip(trace["x"], trace["y"], strict=True))
    if trace.get("connectgaps", True):
        drawn = [(x, y) for x, y in drawn if y is not None]
    pairs = itertools.pairwise(drawn)
    return [(a[0], b[0]) for a, b in pairs if a[1] is not None and b[1] is not None]


def drawn_figures(figure: dict, axis: str = "y") -> dict[int, float]:
    """Return the figure that lines and markers show for each year."""
    return {
        x: y
        for trace in lines(figure, axis)
        for x, y in zip(trace["x"], trace["y"], strict=True)
        if y is not None
    }


def drawn_bars(figure: dict, axis: str = "y") -> dict[int, tuple[float, float]]:
    """Return both ends of the bar of each year."""
    return {
        x: (base, base + y)
        for trace in figure["data"]
        if trace["type"] == "bar" and trace["yaxis"] == axis
        for x, y, base in zip(trace["x"], trace["y"], trace["base"], strict=True)
    }


def texts(figure: dict) -> list[str]:
    """Return every text that Plotly prints."""
    title = figure["layout"].get("title", {"text": "", "subtitle": {"text": ""}})
    printed = [title["text"], title["subtitle"]["text"]]
    printed += [annotation["text"] for annotation in figure["layout"]["annotations"]]
    for trace in figure["data"]:
        if trace["type"] != "heatmap":  # whose cells have signs
            printed += [*trace.get("text", []), *trace.get("hovertext", [])]
    return printed
