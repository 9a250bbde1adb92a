"""Code lists of the structure message: copies of `schemas/codelists`, and a few more.

A copy has the names of the first concept that uses it.
"""

from collections.abc import Iterable, Mapping

import duckdb

from pipelines.published.extracts.queries import query, records
from pipelines.published.extracts.sdmx.structure import Annotation, Codelist, Item, item, table
from schemas import codelists, standard
from schemas.standard.sheet import Text


def of_lists(concept: Item, *lists: str) -> Codelist:
    """Return one of the project's code lists, or several joined."""
    joined: dict[str, Mapping[str, str]] = {}
    for row in (row for name in lists for row in codelists.listed(name)):
        joined.setdefault(row["code"], row)
    described = {code: text for name in lists for code, text in definitions(name).items()}
    codes = (item(row, described.get(code)) for code, row in joined.items())
    return _codelist("_".join(lists).upper(), concept, codes)


def definitions(name: str) -> dict[str, Text]:
    """Return what the common standard says that the codes of a list mean, where it says so."""
    if name == "indicator":
        return {code: sheet.definition for code, sheet in standard.indicators().items()}
    return {
        code: each.definition
        for sheet in reversed([*standard.variables().values()])
        if sheet.codelist == name
        for code, each in sheet.codes.items()
    }


def of_indicator(concept: Item, name: str) -> Codelist:
    """Return a code list of SDG indicator 16.2.2 that the project does not have."""
    if name == "m49":
        areas = codelists.listed("area")
        codes = [area | {"code": area["m49"].lstrip("0")} for area in areas if area["m49"]]
    else:
        codes = [row for row in table("sdg_code") if row["list"] == name]
    return _codelist(concept.id, concept, map(item, codes))


def of_sources(concept: Item, connection: duckdb.DuckDBPyConnection) -> Codelist:
    """Return the sources whose figures may be passed on, their counts and terms of use."""
    rows = records(connection, query("sdmx/source"))
    return _codelist(concept.id, concept, map(_source, rows))


def _source(row: Mapping[str, str]) -> Item:
    """Return a source as a code, with what it counts, its terms and how to cite it."""
    texts = {
        column: {language: row[f"{column}_{language}"] for language in codelists.LANGUAGES}
        for column in ("name", "counted", "licence")
    }
    notes = (
        Annotation("LICENCE", texts=texts["licence"]),
        Annotation("CITATION", texts={"en": row["citation"]}),
        Annotation("PAGE", url=row["page"]),
    )
    return Item(row["source"], texts["name"], texts["counted"], annotations=notes)


def _codelist(name: str, concept: Item, codes: Iterable[Item]) -> Codelist:
    """Return a list of ours; an annotation names the standard list that its codes come from."""
    identity = f"CL_{name}"
    origin = [row["urn"] for row in table("codelist_origin") if row["codelist"] == identity]
    notes = tuple(Annotation("ORIGIN", url=urn) for urn in origin)
    return Codelist(identity, concept.names, {}, annotations=notes, codes=parents_first(codes))


def parents_first(codes: Iterable[Item]) -> tuple[Item, ...]:
    """Return codes in their order, but no code before its parent: readers look for that above."""
    known = {code.id: code for code in codes}
    ordered: dict[str, Item] = {}

    def add(code: Item) -> None:
        if code.parent in known and code.parent not in ordered:
            add(known[code.parent])
        ordered[code.id] = code

    for code in known.values():
        if code.id not in ordered:
            add(code)
    return tuple(ordered.values())
