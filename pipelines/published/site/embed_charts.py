"""The charts of a page as JSON for chart.js, with the properties they share stored only once.

An item is an axis, a trace, an annotation or a title. Items of one kind have most of their
properties in common, such as the style of a chart's foot. A page holds

    {"common": {kind: {...}}, "own": {anchor: figure}}

and chart.js restores a figure by merging each of its items into the common part of its kind.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

import orjson
from markupsafe import Markup

from pipelines.published.charts.caption import Figure

Item = dict[str, Any]

_NAMES: Final = ("name", "meta")
"""Properties that identify the kind of an annotation, shape or trace; they stay with each item."""


def as_json(figures: Mapping[str, Figure]) -> Markup:
    """Return the figures of a page, by anchor, as JSON that is safe inside a script element."""
    common = _common(figures.values())

    def own(kind: str, item: Item) -> Item:
        known = common.get(kind, {})
        return {key: value for key, value in item.items() if key not in known}

    page = {"common": common, "own": {name: changed(each, own) for name, each in figures.items()}}
    text = orjson.dumps(page).decode()
    for sign, code in (("&", "\\u0026"), ("<", "\\u003c"), (">", "\\u003e")):
        text = text.replace(sign, code)
    return Markup(text)  # noqa: S704  # nothing is left in it that could end the element


def changed(figure: Figure, change: Callable[[str, Item], Item]) -> Figure:
    """Return the figure with `change` applied to each kind and item, as chart.js does."""

    def part(name: str, value: object) -> object:
        if isinstance(value, list):
            return [change(f"{name} {each.get('name', '')}", each) for each in value]
        return change(name.rstrip("0123456789"), value) if isinstance(value, dict) else value

    layout = {name: part(name, value) for name, value in figure["layout"].items()}
    data = [change(f"data {trace.get('meta', '')}", trace) for trace in figure["data"]]
    return {"data": data, "layout": layout}


def _common(figures: Iterable[Figure]) -> dict[str, Item]:
    """Return by kind the properties that all its items have in common; none for a single item."""
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
