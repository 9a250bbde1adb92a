"""Rows as SDMX-JSON 2.0: coded values are numbers of places in lists of values."""

from typing import Any

import orjson

from pipelines.published.extracts.sdmx.structure import Component, Structures, urn
from pipelines.published.extracts.sdmx.structure_json import head, named
from pipelines.serve.sdmx.series import Rows


def written(rows: Rows, structures: Structures) -> bytes:
    """Return a data message; a missing figure is the text `NaN`."""
    shown = [each for each in rows.flow.components if each.id in rows.table.column_names]
    places = {}
    for each in shown:
        if each.role == "dimension" or each.codelist:
            values = sorted(set(rows.table[each.id].unique().to_pylist()) - {None})
            places[each.id] = {value: place for place, value in enumerate(values)}
    cells = []
    for role in ("measure", "attribute"):
        for each in shown:
            if each.role == role:
                own = str if each.text_type != "Double" else _number
                written = places[each.id].__getitem__ if each.id in places else own
                cells.append(rows.column(each.id, written))
    observations = [*zip(*cells, strict=True)] if cells else [()] * rows.table.num_rows
    times = rows.column("TIME_PERIOD", lambda text: str(places["TIME_PERIOD"][text]))
    data: dict[str, Any] = {}
    for key, its in rows.by_series():
        at = ":".join(str(places[name][code]) for name, code in zip(rows.serial, key, strict=True))
        if rows.is_flat:
            data |= {f"{at}:{times[each]}": observations[each] for each in its}
        else:
            data[at] = {"observations": {times[each]: observations[each] for each in its}}
    link = {
        "rel": "dataflow",
        "urn": urn("datastructure.Dataflow", rows.flow.name, structures.version),
    }
    body = {"structure": 0, "action": "Replace", "links": [link]}
    body["observations" if rows.is_flat else "series"] = data
    structure = {**named(rows.flow), "links": [link], "dataSets": [0], **_components(rows, places)}
    message = {
        "meta": head("data", structures.prepared),
        "data": {"structures": [structure], "dataSets": [body]},
    }
    return orjson.dumps(message)


def _components(rows: Rows, places: dict[str, dict[str, int]]) -> dict[str, Any]:
    """Return the structure of the message: components at their level, with the values used."""
    shown = [each for each in rows.flow.components if each.id in rows.table.column_names]
    dimensions = [each for each in shown if each.role == "dimension"]
    at = [_described(each, places) | {"keyPosition": at} for at, each in enumerate(dimensions)]
    series = [] if rows.is_flat else [each for each in at if each["id"] != "TIME_PERIOD"]
    return {
        "dimensions": {
            "dataSet": [],
            "series": series,
            "observation": [each for each in at if each not in series],
        },
        "measures": {
            "observation": [_described(each, places) for each in shown if each.role == "measure"]
        },
        "attributes": {
            "dataSet": [],
            "dimensionGroup": [],
            "series": [],
            "observation": [
                _described(each, places) | {"relationship": {"observation": {}}}
                for each in shown
                if each.role == "attribute"
            ],
        },
    }


def _described(component: Component, places: dict[str, dict[str, int]]) -> dict[str, Any]:
    concept = component.concept
    found: dict[str, Any] = {
        "id": component.id,
        "name": concept.names["en"],
        "names": dict(concept.names),
    }
    if not (values := places.get(component.id)):
        return found
    if component.id == "TIME_PERIOD":
        return found | {"values": [{"value": value} for value in values]}
    known = {code.id: code.names for code in component.codelist.codes} if component.codelist else {}
    return found | {
        "values": [
            {"id": value, "name": names["en"], "names": dict(names)}
            for value in values
            for names in [known.get(value, {"en": value})]
        ]
    }


def _number(text: str) -> str | float:
    if text == "NaN":
        return text
    value = float(text)
    return int(value) if value.is_integer() else value
