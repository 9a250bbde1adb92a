"""The figures of a page as chart.js reads them: what they have in common stands there once.

An item is an axis, a trace, an annotation, a title. Most of what is said of one is said of each
other of its kind too, as how the foot of a chart looks. A page holds

    {"common": {kind: {...}}, "own": {anchor: figure}}

and a figure is whole again once each of its items is laid over what is common to its kind.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

import orjson
from markupsafe import Markup

from pipelines.published.charts.caption import Figure

Item = dict[str, Any]

_NAMES: Final = ("name", "meta")
"""What tells annotations, shapes and traces of several kinds apart stays with each of them."""


def as_json(figures: Mapping[str, Figure]) -> Markup:
    """The figures of a page, by anchor, as JSON that may stand inside a script element."""
    common = _common(figures.values())

    def own(kind: str, item: Item) -> Item:
        known = common.get(kind, {})
        return {key: value for key, value in item.items() if key not in known}

    said = {"common": common, "own": {name: changed(each, own) for name, each in figures.items()}}
    text = orjson.dumps(said).decode()
    for sign, code in (("&", "\\u0026"), ("<", "\\u003c"), (">", "\\u003e")):
        text = text.replace(sign, code)
    return Markup(text)  # noqa: S704  # nothing is left in it that could end the element


def changed(figure: Figure, change: Callable[[str, Item], Item]) -> Figure:
    """The figure with each item changed, given its kind; chart.js does the same."""

    def part(name: str, value: object) -> object:
        if isinstance(value, list):
            return [change(f"{name} {each.get('name', '')}", each) for each in value]
        return change(name.rstrip("0123456789"), value) if isinstance(value, dict) else value

    layout = {name: part(name, value) for name, value in figure["layout"].items()}
    data = [change(f"data {trace.get('meta', '')}", trace) for trace in figure["data"]]
    return {"data": data, "layout": layout}


def _common(figures: Iterable[Figure]) -> dict[str, Item]:
    """By kind, what is said of each of its items in the same way; one item shares nothing."""
    items: dict[str, list[Item]] = {}

    def keep(kind: str, item: Item) -> Item:
        items.setdefault(kind, []).append(item)
        return item

    for figure in figures:
        changed(figure, keep)
    shared = {kind: _same(of_kind) for kind, of_kind in items.items() if len(of_kind) > 1}
    return {kind: item for kind, item in shared.items() if item}


def _same(items: list[Item]) -> Item:
    first, *others = items
    return {
        key: value
        for key, value in first.items()
        if key not in _NAMES and all(key in each and each[key] == value for each in others)
    }
