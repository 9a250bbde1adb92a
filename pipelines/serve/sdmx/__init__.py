"""SDMX REST 2.x and 1.5: figures, structures, availability and reference metadata.

Every path below `/sdmx/v2` and `/sdmx/v1` is answered here, without knowing who carries the answer:
`load` makes the tables of a version, `respond` answers a request from them.
"""

import duckdb

from pipelines.serve.message import Answer, Ask
from pipelines.serve.sdmx import addresses, availability, data, flows, refusal, structures
from pipelines.serve.sdmx.addresses import Address
from pipelines.serve.sdmx.refusal import Refused

load = flows.load


def respond(cursor: duckdb.DuckDBPyConnection, ask: Ask) -> Answer:
    """Answer a request for a path below `/sdmx/`.

    The cursor is of a connection that `load` has filled, with the version's warehouse attached as
    `version`; it may be interrupted.
    """
    is_1x = "/sdmx/v1" in ask.path
    try:
        return _answer(cursor, addresses.read(ask), ask.accept)
    except Refused as refused:
        return refusal.answer(refused, is_1x=is_1x)


def _answer(cursor: duckdb.DuckDBPyConnection, address: Address, accept: str) -> Answer:
    resource = address.resource
    if resource == "data":
        return data.respond(cursor, address, accept)
    if resource in ("availability", "availableconstraint"):
        return availability.respond(cursor, address, accept)
    if resource == "schema":
        return structures.respond(cursor, address, accept, is_schema=True)
    if resource == "structure" or address.is_1x:
        return structures.respond(cursor, address, accept)
    if resource in ("registration", "metadata"):
        raise Refused(501, f"{resource} is not offered")
    raise Refused(
        400,
        f"no resource {refusal.shown(resource)}; there are data, structure, schema, availability "
        "and metadata",
    )
