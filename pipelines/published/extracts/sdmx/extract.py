"""Write the SDMX extracts."""

from pathlib import Path

import duckdb
import orjson

from pipelines.published.catalogue import esms
from pipelines.published.extracts import edition
from pipelines.published.extracts.queries import by_source
from pipelines.published.extracts.sdmx import (
    common_standard,
    components,
    flow_rows,
    observation,
    said,
    structure_json,
)
from pipelines.published.extracts.sdmx.files import BY_SOURCE, NAMES
from pipelines.published.extracts.sdmx.structure import (
    AGENCY,
    VERSION,
    Flow,
    Item,
    Report,
    Structures,
    item,
    of_flows,
    table,
)


def write(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Write the files into an existing folder, from a warehouse open for reading."""
    said.register(connection)
    prepared = prepared_on(connection)
    made = structures(connection, prepared)
    for flow in made.dataflows:
        name = NAMES[flow.name]
        rows = connection.sql(in_csv(flow))
        if flow.name != BY_SOURCE:
            rows.write_csv(str(folder / f"{name}.csv.gz"))
            continue
        (folder / name).mkdir()
        figures = rows.to_arrow_table()
        for source, own in by_source(figures, figures["DATA_SOURCE"]):
            connection.from_arrow(own).write_csv(str(folder / name / f"{source}.csv.gz"))
    reports = structure_json.reported(made, esms.reports(connection))
    texts = {
        "metadata.json": orjson.dumps(reports).decode() + "\n",
        "structure.xml": made.of_data.xml(),
        "structure_2_1.xml": made.of_data.xml(version="2.1"),
        "structure.json": orjson.dumps(structure_json.written(made)).decode() + "\n",
        "standard.xml": common_standard.structures(prepared).xml(),
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


def in_csv(flow: Flow) -> str:
    """Return the query of a flow in SDMX-CSV 2.0: three columns more, in the order of keys."""
    key = ", ".join(f'"{each.id}"' for each in flow.of_role("dimension"))
    return f"""
        select
            'dataflow' as "STRUCTURE", '{AGENCY}:{flow.name}({VERSION})' as "STRUCTURE_ID",
            'R' as "ACTION", *
        from ({flow_rows.rows(flow)})
        order by {key}
    """  # noqa: S608  # names of ours


def structures(connection: duckdb.DuckDBPyConnection, prepared: str) -> Structures:
    """Return the structures of all flows; `prepared` is the day in the head of messages."""
    named = {row["code"]: item(row) for row in table("artefact")}
    concepts = {row["code"]: item(row) for row in table("concept")}
    figures = observation.flow(named["TIP"], connection)
    known = {component.id: component for component in figures.components}
    concepts |= {component.id: component.concept for component in known.values()}
    flows = (
        figures
        if flow == figures.name
        else components.flow(named[flow.removeprefix("DF_")], concepts, known)
        for flow in NAMES
    )
    about = named["ESMS"]
    report = Report(
        about.id,
        about.names,
        about.descriptions,
        attributes=tuple(Item(code, names, {}) for code, names in esms.attributes().items()),
        target="CL_DATA_SOURCE",
    )
    return of_flows(named["CS_TIPSTAT"], flows, report, prepared)


def prepared_on(connection: duckdb.DuckDBPyConnection) -> str:
    """Return the day of the newest source's first release: later ones change no structure."""
    first: dict[str, str] = {}
    for release in edition.read_edition(connection).releases:
        first.setdefault(release["source"], release["release"])
    return max(first.values(), default="1970-01-01")
