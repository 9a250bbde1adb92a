"""Availability: which codes and periods a flow has for a key, with counts."""

from collections.abc import Mapping, Sequence
from typing import Any

import duckdb
import orjson

from pipelines.published.extracts.sdmx.structure import AGENCY, Structures, urn
from pipelines.published.extracts.sdmx.structure_json import head
from pipelines.serve.message import Answer
from pipelines.serve.refusal import RefusedError, shown
from pipelines.serve.sdmx import flows, negotiation
from pipelines.serve.sdmx.addresses import Address, only_flow
from pipelines.serve.sdmx.filters import filters_of

_FORM = {"jsonstructure": negotiation.STRUCTURE["jsonstructure"]}


def respond(
    cursor: duckdb.DuckDBPyConnection, address: Address, accept: str, made: Structures
) -> Answer:
    """Answer a query of availability, in SDMX-JSON."""
    asked = address.parameters
    known = ("mode", "references", "startPeriod", "endPeriod", "format", "c[COMPONENT]")
    address.refuse_unknown(known)
    address.refuse_unless("mode", "exact")
    address.refuse_unless("references", "none")
    form = negotiation.chosen(accept, asked.get("format", ""), _FORM, is_1x=False)
    flow = only_flow(made.dataflows, address)
    places = (1, 3) if address.is_1x else (4, 5)
    key, wanted = (address.part(place, "*") for place in places)
    dimensions = [each.id for each in flow.of_role("dimension")]
    if wanted not in ("*", "all"):
        if not {*wanted.split(",")} <= {*dimensions}:
            raise RefusedError(
                400, f"no dimension {shown(wanted)}; there are {', '.join(dimensions)}"
            )
        dimensions = [name for name in dimensions if name in wanted.split(",")]
    filters = filters_of(flow, key, address)
    where, values = filters.of(frozenset(each.id for each in flow.components))
    series = ", ".join(
        f'"{each.id}"' for each in flow.of_role("dimension") if each.id != "TIME_PERIOD"
    )
    lists = ", ".join(f'list_sort(list(distinct "{name}")) as "{name}"' for name in dimensions)
    text = (
        f"select count(*) as rows, count(distinct ({series})) as series, "  # noqa: S608
        f"min(_first)::varchar as first, max(_last)::varchar as last, {lists} "
        f"from {flows.table(flow)} where {where}"
    )
    [row] = cursor.sql(text, params=values).to_arrow_table().to_pylist()
    if not row["rows"]:
        raise RefusedError(404, "no observation matches")
    constraint = {
        "id": "AVAILABLE",
        "agencyID": AGENCY,
        "version": made.version,
        "name": "Available data",
        "role": "Actual",
        "constraintAttachment": {
            "dataflows": [urn("datastructure.Dataflow", flow.name, made.version)]
        },
        "cubeRegions": [{"include": True, "keyValues": _regions(row, dimensions)}],
        "annotations": [
            {"id": "obs_count", "title": str(row["rows"])},
            {"id": "series_count", "title": str(row["series"])},
        ],
    }
    message = {"meta": head("structure", made.prepared), "data": {"dataConstraints": [constraint]}}
    return Answer(200, _FORM[form], orjson.dumps(message))


def _regions(row: Mapping[str, Any], dimensions: Sequence[str]) -> list[dict[str, object]]:
    """Return the values of each dimension; of the time period the first and last day."""
    regions: list[dict[str, object]] = [
        {"id": name, "include": True, "values": [{"value": code} for code in row[name]]}
        for name in dimensions
        if name != "TIME_PERIOD"
    ]
    if "TIME_PERIOD" in dimensions:
        ends = {"startPeriod": row["first"], "endPeriod": row["last"]}
        periods = {
            name: {"period": f"{day}T00:00:00Z", "isInclusive": True} for name, day in ends.items()
        }
        regions.append({"id": "TIME_PERIOD", "include": True, "timeRange": periods})
    return regions
