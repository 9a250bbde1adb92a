"""SDMX extracts: SDMX-CSV 2.0 of the figures, and the SDMX-ML 3.0 message of their structure.

| file | holds |
|---|---|
| `structure.xml` | code lists, concepts, data structures and dataflows of both flows |
| `standard.xml` | the common standard: its variables as concepts, with indicators and codes |
| `observation/<source>.csv.gz` | flow `TIPSTAT:DF_TIP(1.3.0)`: current figures (`observation`) |
| `sdg_16_2_2.csv.gz` | flow `TIPSTAT:DF_SDG_16_2_2(1.3.0)`: the SDG indicator (`sdg`) |

The action of each row is R: a system that loads the file replaces its row with that key. Rows are
in the order of keys, so that the same figures give the same bytes. pysdmx and sdmx1 read all of
them, the figures once they are unpacked.
"""

from pathlib import Path

import duckdb

from pipelines.published.extracts import edition
from pipelines.published.extracts.queries import by_source, query
from pipelines.published.extracts.sdmx import common_standard, observation, sdg
from pipelines.published.extracts.sdmx.structure import item, of_flows
from pipelines.published.extracts.sdmx.tables import table


def write(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Write the files into an existing folder, from a warehouse open for reading."""
    figures = connection.sql(query("sdmx/observation")).to_arrow_table()
    (folder / "observation").mkdir()
    for source, rows in by_source(figures, figures["DATA_SOURCE"]):
        place = folder / "observation" / f"{source}.csv.gz"
        connection.from_arrow(rows).write_csv(str(place))
    connection.sql(query("sdmx/sdg_16_2_2")).write_csv(str(folder / "sdg_16_2_2.csv.gz"))
    messages = {
        "structure": structure_message(connection),
        "standard": common_standard.message(_prepared(connection)),
    }
    for name, text in messages.items():
        (folder / f"{name}.xml").write_text(text, encoding="utf-8", newline="\n")


def structure_message(connection: duckdb.DuckDBPyConnection) -> str:
    """Return the SDMX-ML 3.0 message of the structures of all flows."""
    named = {row["code"]: item(row) for row in table("artefact").to_dict("records")}
    concepts = {row["code"]: item(row) for row in table("concept").to_dict("records")}
    figures = observation.flow(named["TIP"], connection)
    concepts |= {component.id: component.concept for component in figures.components}
    indicator = sdg.flow(named["SDG_16_2_2"], concepts)
    return of_flows(named["CS_TIPSTAT"], (figures, indicator), _prepared(connection))


def _prepared(connection: duckdb.DuckDBPyConnection) -> str:
    """Return the day of the newest source's first release: later ones change no structure."""
    first: dict[str, str] = {}
    for release in edition.read(connection).releases:
        first.setdefault(release["source"], release["release"])
    return max(first.values(), default="1970-01-01")
