"""The flow of all current figures, in the project's own data structure.

Dimensions, attributes, code lists and descriptions are those of the contract; `concept.csv` has the
names and the order. What the common standard has too is described as there. Differences:

- A cell has one current figure, so the release is an attribute and no dimension.
- An observation has one status (`OBS_STATUS`, the primary) and up to two more (`OBS_STATUS_2`,
  `OBS_STATUS_3`). SDMX 3.0 allows one attribute with several values, but existing readers refuse
  it or do not split it.
- A missing figure is `NaN`, as SDMX writes intentionally missing values; a missing attribute is
  empty. A suppressed figure keeps its bounds.
- Publisher, licence and citation are in the code list of the sources.
"""

from collections.abc import Mapping
from typing import Final

import duckdb

from pipelines.published.extracts.sdmx import codes
from pipelines.published.extracts.sdmx.structure import Component, Flow, Item, item, table
from pipelines.warehouse import named_views
from schemas import codelists, standard
from schemas.observation import CELL, COLUMNS

_USAGE: Final = {
    "value": "mandatory",
    "value_raw": "optional",
    "flags": "optional",
    "correction": "optional",
    "remarks": "optional",
}
"""Exceptions from the contract: a missing figure is `NaN`; a cell may be printed empty."""


def flow(named: Item, connection: duckdb.DuckDBPyConnection) -> Flow:
    """Return the dataflow of the observations and its data structure.

    Its components are the columns of `observation.sql`, in their order.
    """
    rows = [row for row in table("concept") if row["column"]]
    columns = [row["column"] for row in rows]
    described = dict(
        connection.execute(
            "select column_name, comment from duckdb_columns() "
            "where (schema_name, table_name) = ('published', 'observation')"
        ).fetchall()
    )
    components = tuple(
        _component(row, described, connection, is_further=row["column"] in columns[:place])
        for place, row in enumerate(rows)
    )
    return Flow(named.id, named.names, named.descriptions, components=components)


def _component(
    row: Mapping[str, str],
    described: Mapping[str, str],
    connection: duckdb.DuckDBPyConnection,
    *,
    is_further: bool,
) -> Component:
    """Return a component, from a row of `concept.csv` and the contract of its column.

    A further one of the same column has what does not fit into the first.
    """
    column, known = row["column"], COLUMNS.get(row["column"])
    definition = row["definition"] or described[column]
    sheet = standard.variables().get(column)
    concept = item({**row, "definition": definition}, sheet.definition if sheet else None)
    lists = named_views.lists_of(column) or tuple({column}.intersection(codelists.NAMES))
    codelist = codes.of_lists(concept, *lists) if lists else None
    role = "dimension" if column in ("source", *CELL) else "attribute"
    text_type = "Double" if column in ("value", "lower", "upper") else "String"
    usage = _USAGE.get(column, "optional" if known and known.nullable else "mandatory")
    return Component(
        concept=concept,
        role="measure" if column == "value" else role,
        codelist=codes.of_sources(concept, connection) if column == "source" else codelist,
        text_type="ObservationalTimePeriod" if column == "time_period" else text_type,
        usage="optional" if is_further else usage,
        attached_to=row["attached_to"],
    )
