"""SDMX extracts: SDMX-CSV 2.0 of the figures, and the SDMX-ML 3.0 message of their structure.

| file | holds |
|---|---|
| `structure.xml` | code lists, concepts, data structures and dataflows of both flows |
| `observation.csv.gz` | flow `TIPSTAT:DF_TIP(1.0.0)`: every current figure (`observation`) |
| `sdg_16_2_2.csv.gz` | flow `TIPSTAT:DF_SDG_16_2_2(1.0.0)`: the SDG indicator (`sdg`) |

The action of each row is R: a system that loads the file replaces its row with that key. Rows are
in the order of keys, so that the same figures give the same bytes. pysdmx and sdmx1 read all three,
the figures once they are unpacked.
"""

from pathlib import Path
from typing import Final

import duckdb

from pipelines.published.extracts import edition
from pipelines.published.extracts.queries import query
from pipelines.published.extracts.sdmx import observation, sdg
from pipelines.published.extracts.sdmx.structure import item, message
from pipelines.published.extracts.sdmx.tables import table

FLOWS: Final = ("observation", "sdg_16_2_2")
"""The names of the flows' queries and files."""


def write(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Write the three files into an existing folder, from a warehouse open for reading."""
    for flow in FLOWS:
        write_csv(connection, flow, folder / f"{flow}.csv.gz")
    text = structure_message(connection)
    (folder / "structure.xml").write_text(text, encoding="utf-8", newline="\n")


def write_csv(connection: duckdb.DuckDBPyConnection, flow: str, path: Path) -> None:
    """Write the figures of a flow as SDMX-CSV 2.0, a row each, in the order of keys.

    A name that ends in `.gz` says that the file is to be compressed.
    """
    connection.sql(query(f"sdmx/{flow}")).write_csv(str(path))


def structure_message(connection: duckdb.DuckDBPyConnection) -> str:
    """Return the SDMX-ML 3.0 message of the structures of all flows."""
    named = {row["code"]: item(row) for row in table("artefact").to_dict("records")}
    concepts = {row["code"]: item(row) for row in table("concept").to_dict("records")}
    figures = observation.flow(named["TIP"], connection)
    concepts |= {component.id: component.concept for component in figures.components}
    indicator = sdg.flow(named["SDG_16_2_2"], concepts)
    prepared = edition.read(connection).day
    return message(named["CS_TIPSTAT"], (figures, indicator), prepared)
