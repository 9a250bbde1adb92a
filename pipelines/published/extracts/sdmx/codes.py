"""The code lists of the structure message: copies of `schemas/codelists`, and what else is coded.

A list is named after the concept that it was first copied for.
"""

from collections.abc import Iterable, Mapping

import duckdb
import pandas as pd

from pipelines.published.extracts.queries import query, records
from pipelines.published.extracts.sdmx.structure import Annotation, Codelist, Item, item
from pipelines.published.extracts.sdmx.tables import table
from schemas import codelists


def of_lists(concept: Item, *lists: str) -> Codelist:
    """One of the project's code lists, or several joined."""
    joined = pd.concat(map(codelists.load, lists)).drop_duplicates("code").fillna("")
    return _codelist("_".join(lists).upper(), concept, map(item, joined.to_dict("records")))


def of_indicator(concept: Item, name: str) -> Codelist:
    """The codes that SDG indicator 16.2.2 has and no list of the project."""
    if name == "m49":
        codes = codelists.load("area").query("m49 != ''").assign(code=_without_zeros)
    else:
        codes = table("sdg_code").query("list == @name")
    return _codelist(concept.id, concept, map(item, codes.to_dict("records")))


def of_sources(concept: Item, connection: duckdb.DuckDBPyConnection) -> Codelist:
    """The sources whose figures may be passed on; what they count, and under which terms."""
    rows = records(connection, query("sdmx/source"))
    return _codelist(concept.id, concept, map(_source, rows))


def _without_zeros(area: pd.DataFrame) -> pd.Series:
    return area["m49"].str.lstrip("0")


def _source(row: Mapping[str, str]) -> Item:
    """A source as a code. Its title is a name of its own, which is not translated."""
    said = {
        what: {language: row[f"{what}_{language}"] for language in codelists.LANGUAGES}
        for what in ("counted", "licence")
    }
    notes = (
        Annotation("LICENCE", texts=said["licence"]),
        Annotation("CITATION", texts={"en": row["citation"]}),
        Annotation("PAGE", url=row["page"]),
    )
    return Item(row["source"], {"en": row["name"]}, said["counted"], annotations=notes)


def _codelist(name: str, concept: Item, codes: Iterable[Item]) -> Codelist:
    """A list of ours; an annotation names the standard's list whose codes they are."""
    identity = f"CL_{name}"
    origin = table("codelist_origin").query("codelist == @identity")["urn"]
    notes = tuple(Annotation("ORIGIN", url=urn) for urn in origin)
    return Codelist(identity, concept.names, {}, annotations=notes, codes=tuple(codes))
