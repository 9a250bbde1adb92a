"""SDMX extracts: SDMX-CSV 2.0 of the figures, and the messages of their structure.

| file | holds |
|---|---|
| `structure.xml`, `structure_2_1.xml`, `structure.json` | code lists, concepts, data structures and dataflows of all flows: SDMX-ML 3.0 and 2.1, SDMX-JSON 2.0 |
| `standard.xml` | the common standard: its variables as concepts, with indicators and codes |
| `newest.csv.gz` | flow `DF_NEWEST`: the newest figure to cite of each state and indicator (`components`) |
| `national.csv.gz` | flow `DF_NATIONAL`: the series to cite |
| `observation/<source>.csv.gz` | flow `DF_TIP`: current figures (`observation`) |
| `sdg_16_2_2.csv.gz` | flow `DF_SDG_16_2_2`: the SDG indicator |

The action of each row is R: a system that loads the file replaces its row with that key. Rows are
in the order of keys, so that the same figures give the same bytes. pysdmx and sdmx1 read all of
them, the figures once they are unpacked.
"""

from pathlib import Path
from typing import Final

import duckdb
import orjson

from pipelines.published.extracts import edition
from pipelines.published.extracts.queries import by_source, query
from pipelines.published.extracts.sdmx import (
    common_standard,
    components,
    observation,
    said,
    structure_json,
)
from pipelines.published.extracts.sdmx.structure import (
    AGENCY,
    VERSION,
    Structures,
    item,
    of_flows,
)
from pipelines.published.extracts.sdmx.tables import table

QUERIES: Final = {
    "DF_NEWEST": "newest",
    "DF_NATIONAL": "national",
    "DF_TIP": "observation",
    "DF_SDG_16_2_2": "sdg_16_2_2",
}
"""The query of each dataflow, by which its files are named too, the figure to cite first."""


def write(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Write the files into an existing folder, from a warehouse open for reading."""
    said.register(connection)
    for flow, name in QUERIES.items():
        rows = connection.sql(in_csv(flow, query(f"sdmx/{name}")))
        if flow != "DF_TIP":
            rows.write_csv(str(folder / f"{name}.csv.gz"))
            continue
        (folder / name).mkdir()
        figures = rows.to_arrow_table()
        for source, own in by_source(figures, figures["DATA_SOURCE"]):
            connection.from_arrow(own).write_csv(str(folder / name / f"{source}.csv.gz"))
    prepared = _prepared(connection)
    made = structures(connection, prepared)
    texts = {
        "structure.xml": made.xml(),
        "structure_2_1.xml": made.xml(version="2.1"),
        "structure.json": orjson.dumps(structure_json.written(made)).decode() + "\n",
        "standard.xml": common_standard.structures(prepared).xml(),
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


def in_csv(flow: str, rows: str, action: str = "'R'") -> str:
    """Return a query of a flow with the first three columns of SDMX-CSV 2.0.

    `action` is the expression of a row's action.
    """
    return f"""
        select
            'dataflow' as "STRUCTURE", '{AGENCY}:{flow}({VERSION})' as "STRUCTURE_ID",
            {action} as "ACTION", *
        from ({rows.rstrip().removesuffix(";")})
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
        for flow in QUERIES
    )
    return of_flows(named["CS_TIPSTAT"], flows, prepared)


def _prepared(connection: duckdb.DuckDBPyConnection) -> str:
    """Return the day of the newest source's first release: later ones change no structure."""
    first: dict[str, str] = {}
    for release in edition.read(connection).releases:
        first.setdefault(release["source"], release["release"])
    return max(first.values(), default="1970-01-01")
