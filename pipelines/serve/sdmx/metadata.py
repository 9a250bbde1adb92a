"""Reference metadata: reports on the sources, by the concepts of ESMS, in SDMX-JSON."""

import duckdb
import orjson

from pipelines.published.extracts.sdmx.structure import AGENCY, Structures
from pipelines.serve.message import Answer
from pipelines.serve.refusal import RefusedError, shown
from pipelines.serve.sdmx import flows, negotiation
from pipelines.serve.sdmx.addresses import Address, is_current, is_ours


def respond(
    cursor: duckdb.DuckDBPyConnection, address: Address, accept: str, made: Structures
) -> Answer:
    """Answer a query of metadata: by report, by metadataflow, or by what they are attached to."""
    address.refuse_unknown(("detail", "format"))
    address.refuse_unless("detail", "full")
    form = negotiation.chosen(
        accept, address.parameters.get("format", ""), negotiation.METADATA, is_1x=False
    )
    [report] = made.metadataflows
    kind = address.part(0, "*")
    of_kind = address.part(1, "*") if kind == "structure" else ""
    agency, names, version = (address.part(at + bool(of_kind), "*") for at in (1, 2, 3))
    wanted = None if names in ("*", "all") else {*names.split(",")}
    message = orjson.loads(flows.metadata(cursor))
    found = [*message["data"]["metadataSets"]] if is_ours(agency) and is_current(version) else []
    if kind == "metadataset":
        found = [each for each in found if wanted is None or each["id"] in wanted]
    elif kind in ("metadataflow", "structure"):
        attached = {"metadataflow": report.name, "codelist": report.target}
        own = attached.get(of_kind or kind)
        if own is None and of_kind != "*":
            raise RefusedError(404, f"nothing is known of {shown(of_kind)}; of {own} there is")
        if wanted is not None and own not in wanted:
            found = []
        if kind == "metadataflow" and address.part(4, "*") not in ("*", "all", AGENCY):
            found = []
    else:
        there = "metadataset, metadataflow and structure"
        raise RefusedError(400, f"no metadata by {shown(kind)}; there are {there}")
    if not found:
        raise RefusedError(404, "no such report")
    message["data"]["metadataSets"] = found
    return Answer(200, negotiation.METADATA[form], orjson.dumps(message))
