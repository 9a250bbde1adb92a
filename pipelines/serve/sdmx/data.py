"""Data queries: rows of one flow, in the format asked for."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Final

import duckdb
import pyarrow as pa

from pipelines.published.extracts.sdmx.structure import Flow
from pipelines.serve.message import Answer
from pipelines.serve.sdmx import csv_data, flows, json_data, negotiation, xml_data
from pipelines.serve.sdmx.addresses import Address, only_flow
from pipelines.serve.sdmx.filters import Filters
from pipelines.serve.sdmx.refusal import Refused, shown
from pipelines.serve.sdmx.series import Rows

MOST_OBSERVATIONS: Final = 20_000
"""Observations in one answer in JSON or XML; SDMX-CSV has no such limit."""
_WRITERS: Final = {
    "csv": csv_data.version_2,
    "csv10": csv_data.version_1,
    "jsondata": json_data.written,
    "xml30": xml_data.specific_30,
    "xml21": xml_data.specific_21,
    "genericdata": xml_data.generic_21,
}
_NUMBERS: Final = ("firstNObservations", "lastNObservations", "offset", "limit")
_COMMON: Final = (*_NUMBERS, "startPeriod", "endPeriod", "updatedAfter", "dimensionAtObservation",
                  "includeHistory", "format")  # fmt: skip
_OF_1X: Final = (*_COMMON, "detail")
_OF_2X: Final = (*_COMMON, "c[COMPONENT]", "asOf", "attributes", "measures", "sort")
_AT: Final = "TIME_PERIOD"


def filters_of(flow: Flow, key: str, address: Address) -> Filters:
    """Return the conditions of a key and of the parameters that filter."""
    found = Filters(flow)
    found.add_key(key, is_1x=address.is_1x)
    for name, text in address.parameters.items():
        if name.startswith("c[") and name.endswith("]") and not address.is_1x:
            found.add_component(name[2:-1], text)
        elif name in ("startPeriod", "endPeriod"):  # 2.x dropped them; clients still send them
            found.add_component(_AT, ("ge:" if name == "startPeriod" else "le:") + text)
    return found


def respond(cursor: duckdb.DuckDBPyConnection, address: Address, accept: str) -> Answer:
    """Answer a data query."""
    made = flows.structures(cursor)
    asked = dict(address.parameters)
    form = negotiation.chosen(
        accept, asked.get("format", ""), negotiation.DATA, is_1x=address.is_1x
    )
    known = _OF_1X if address.is_1x else _OF_2X
    named = [*known, *(name for name in asked if name.startswith("c[") and not address.is_1x)]
    address.refuse_unknown(named)
    address.refuse_unless("includeHistory", "false")
    address.refuse_unless("detail", "full", "dataonly")
    flow = only_flow(made.dataflows, address)
    key = address.part(1 if address.is_1x else 4, "*")
    headers = {}
    if "asOf" in asked:
        headers["tipstat-as-of"] = f"releases until {_day(asked['asOf'], 'asOf')}"
    rows = _rows(cursor, flow, filters_of(flow, key, address), asked, is_csv=form[:3] == "csv")
    if not rows.table.num_rows:
        raise Refused(404, "no observation matches")
    if rows.gone and form != "csv":
        raise Refused(501, "figures that were withdrawn are told in SDMX-CSV 2.0 alone: format=csv")
    if form[:3] == "csv":
        headers["content-disposition"] = f'attachment; filename="{flow.name}.csv"'
    body = _WRITERS[form](rows, made)
    return Answer(200, negotiation.DATA[form], body, headers)


def _rows(
    cursor: duckdb.DuckDBPyConnection,
    flow: Flow,
    filters: Filters,
    asked: Mapping[str, str],
    *,
    is_csv: bool,
) -> Rows:
    """Return the rows that are asked for.

    Raises:
        Refused: a parameter cannot be read (400), there are too many rows (413), or it is not
            offered (501).
    """
    at = asked.get("dimensionAtObservation", _AT)
    dimensions = [each.id for each in flow.of_role("dimension")]
    if at not in (_AT, "AllDimensions"):
        status = 501 if at in dimensions else 400
        raise Refused(status, f"dimensionAtObservation: {_AT} or AllDimensions, not {shown(at)}")
    numbers = {name: _number(asked[name], name) for name in _NUMBERS if name in asked}
    columns = [*dimensions, *_measures(flow, asked), *_attributes(flow, asked)]
    selected = ", ".join(f'"{name}"' for name in columns)
    where, values = filters.of(frozenset(each.id for each in flow.components))
    present, gone = flows.table(flow), ""
    if "updatedAfter" in asked:
        if "asOf" in asked:
            raise Refused(501, "asOf and updatedAfter together are not offered")
        present, gone = flows.changed_since(cursor, flow, _moment(asked["updatedAfter"]))
    elif "asOf" in asked:
        present = flows.as_of(flow, _day(asked["asOf"], "asOf"))
        cursor.execute("use version")
    order = _order(asked.get("sort", ""), dimensions, columns)
    text = f"select {selected} from {present} where {where}"  # noqa: S608
    text += _first_and_last(numbers, dimensions) + f" order by {order}"
    if not is_csv:
        text = f"from ({text}) limit {MOST_OBSERVATIONS + 1 + numbers.get('offset', 0)}"
    if "limit" in numbers or "offset" in numbers:
        limit = f"limit {numbers['limit']} " if "limit" in numbers else ""
        text = f"from ({text}) {limit}offset {numbers.get('offset', 0)}"
    try:
        table = cursor.execute(text, values).to_arrow_table()
    finally:
        cursor.execute("use memory")
    if not is_csv and table.num_rows > MOST_OBSERVATIONS:
        raise Refused(
            413,
            f"more than {MOST_OBSERVATIONS} observations; ask for a key, limit and offset, or for "
            "SDMX-CSV: format=csv",
        )
    is_flat = at == "AllDimensions"
    if not gone:
        return Rows(flow, table, is_flat)
    where, values = filters.of(frozenset(dimensions))
    named = ", ".join(f'"{name}"' for name in dimensions)
    keys = cursor.execute(f"select {named} from {gone} where {where} order by all", values)  # noqa: S608
    deleted = keys.to_arrow_table()
    whole = pa.concat_tables([deleted, table], promote_options="default").select(columns)
    return Rows(flow, whole, is_flat, gone=deleted.num_rows)


def _first_and_last(numbers: Mapping[str, int], dimensions: list[str]) -> str:
    """Return the clause that keeps the first or last observations of each series."""
    series = ", ".join(f'"{name}"' for name in dimensions if name != _AT)
    kept = [
        f"row_number() over (partition by {series} order by _first {way}) <= {numbers[name]}"
        for name, way in (("firstNObservations", "asc"), ("lastNObservations", "desc"))
        if name in numbers
    ]
    return f" qualify {' or '.join(kept)}" if kept else ""


def _order(text: str, dimensions: list[str], columns: list[str]) -> str:
    """Return the order of `sort=COMPONENT:desc+OTHER`; without it that of keys and time."""
    if not text:
        series = (f'"{name}"' for name in dimensions if name != _AT)
        return ", ".join([*series, "_first"])
    found = []
    for part in text.split("+"):
        name, _, way = part.partition(":")
        names = {"*": dimensions, "series_key": [each for each in dimensions if each != _AT]}.get(
            name, [name]
        )
        if way not in ("", "asc", "desc") or not {*names} <= {*columns}:
            raise Refused(400, f"sort: {shown(part)}; write COMPONENT, COMPONENT:desc, joined by +")
        found += [f'"{each}" {way}' for each in names]
    # The rest of the key, so that the same request has the same order, page by page.
    return ", ".join([*found, *(f'"{name}"' for name in dimensions)])


def _measures(flow: Flow, asked: Mapping[str, str]) -> list[str]:
    return _chosen(
        "measures", asked.get("measures", "all"), [each.id for each in flow.of_role("measure")], {}
    )


def _attributes(flow: Flow, asked: Mapping[str, str]) -> list[str]:
    attributes = flow.of_role("attribute")
    groups = {
        "dsd": attributes,
        "series": [each for each in attributes if each.attached_to],
        "obs": [each for each in attributes if not each.attached_to],
        "dataset": [],
        "msd": [],
    }
    wanted = "none" if asked.get("detail") == "dataonly" else asked.get("attributes", "dsd")
    named = {name: {each.id for each in group} for name, group in groups.items()}
    return _chosen("attributes", wanted, [each.id for each in attributes], named)


def _chosen(what: str, wanted: str, known: list[str], groups: Mapping[str, set[str]]) -> list[str]:
    """Return the components that a list of ids and groups names, in their order."""
    found: set[str] = set()
    for name in wanted.split(","):
        if name in groups:
            found |= groups[name]
        elif name == "all":
            found |= {*known}
        elif name in known:
            found.add(name)
        elif name != "none":
            there = ", ".join(("all", "none", *groups, *known))
            raise Refused(400, f"{what}: {shown(name)}; there are {there}")
    return [name for name in known if name in found]


def _number(text: str, name: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 10):
        raise Refused(400, f"{name} is {shown(text)}, not a whole number")
    return int(text)


def _day(text: str, name: str) -> str:
    """Return the day of a date or time of ISO 8601, as a date."""
    try:
        return date.fromisoformat(text[:10]).isoformat() if len(text) == 10 else _time(text)[:10]
    except ValueError as error:
        raise Refused(400, f"{name} is {shown(text)}, no date or time of ISO 8601") from error


def _moment(text: str) -> str:
    """Return a moment in UTC, in the form in which `row_since` has them; a day begins it."""
    try:
        return _time(text)
    except ValueError as error:
        raise Refused(400, f"updatedAfter is {shown(text)}, no date or time of ISO 8601") from error


def _time(text: str) -> str:
    found = datetime.fromisoformat(text)
    aware = found if found.tzinfo else found.replace(tzinfo=UTC)
    return aware.astimezone(UTC).isoformat(timespec="seconds")
