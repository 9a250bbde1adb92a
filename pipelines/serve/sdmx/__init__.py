"""SDMX REST 2.x and 1.5: figures, structures, availability and reference metadata.

Every path below `/sdmx/v2` and `/sdmx/v1` is answered here, without knowing who carries the answer:
`load` makes the tables of a version, `respond` answers a request from them.
"""

import duckdb

from pipelines.published.extracts.sdmx.structure import Structures
from pipelines.serve.message import Answer, Ask
from pipelines.serve.refusal import RefusedError, shown
from pipelines.serve.sdmx import addresses, availability, data, flows, metadata, structures
from pipelines.serve.sdmx.addresses import Address

load = flows.load


def respond(cursor: duckdb.DuckDBPyConnection, ask: Ask, made: Structures) -> Answer:
    """Answer a request for a path below `/sdmx/`.

    The cursor is of a connection that `load` has filled and made the structures of, with the
    version's warehouse attached as `version`; it may be interrupted. In 2.x no results are an
    answer without a body.

    Raises:
        RefusedError: the request cannot be read (400), has no results (404, 1.x), no format that
            the client takes (406), is too large (413) or not offered (501).
    """
    address = addresses.read_address(ask)
    try:
        return _answer(cursor, address, ask.accept, made)
    except RefusedError as refused:
        if refused.status == 404 and not address.is_1x:
            return Answer(204, "application/json")
        raise


def _answer(
    cursor: duckdb.DuckDBPyConnection, address: Address, accept: str, made: Structures
) -> Answer:
    resource = address.resource
    if resource == "data":
        return data.respond(cursor, address, accept, made)
    if resource in ("availability", "availableconstraint"):
        return availability.respond(cursor, address, accept, made)
    if resource == "schema":
        return structures.respond(address, accept, made, is_schema=True)
    if resource == "structure" or address.is_1x:
        return structures.respond(address, accept, made)
    if resource == "metadata":
        return metadata.respond(cursor, address, accept, made)
    if resource == "registration":
        raise RefusedError(501, f"{resource} is not offered")
    raise RefusedError(
        400,
        f"no resource {shown(resource)}; there are data, structure, schema, availability "
        "and metadata",
    )
