"""Structure queries: artefacts with what they refer to, in SDMX-ML 3.0 and 2.1 and SDMX-JSON."""

from dataclasses import replace
from typing import Final

import orjson

from pipelines.published.extracts.sdmx import structure_json
from pipelines.published.extracts.sdmx.structure import Scheme, Structures
from pipelines.serve.message import Answer
from pipelines.serve.refusal import RefusedError, shown
from pipelines.serve.sdmx import negotiation
from pipelines.serve.sdmx.addresses import Address, is_current, is_ours

_KINDS: Final = {
    "dataflow": "dataflows",
    "datastructure": "data_structures",
    "codelist": "codelists",
    "conceptscheme": "schemes",
    "metadataflow": "metadataflows",
    "metadatastructure": "metadata_structures",
}
"""Kinds of artefacts by their word in an address, and where the structures have them."""
_ALL: Final = ("*", "structure")
_NOT_OFFERED: Final = (
    "agencyscheme", "categorisation", "categoryscheme", "contentconstraint", "dataconstraint",
    "dataconsumerscheme", "dataproviderscheme", "hierarchicalcodelist", "hierarchy",
    "metadataconstraint", "metadataproviderscheme", "metadataproviderscheme",
    "metadataprovisionagreement", "organisationscheme", "organisationunitscheme",
    "process", "provisionagreement", "reportingtaxonomy", "structureset", "transformationscheme",
    "rulesetscheme", "userdefinedoperatorscheme", "customtypescheme", "namepersonalisationscheme",
    "vtlmappingscheme", "valuelist", "structuremap", "representationmap", "conceptschememap",
    "categoryschememap", "organisationschememap", "reportingtaxonomymap", "geocodelist",
    "geogridcodelist", "attachmentconstraint", "allowedconstraint", "actualconstraint",
)  # fmt: skip
_DEPTH: Final = {"none": 0, "children": 1, "descendants": 3, "all": 3, "parents": 0,
                 "parentsandsiblings": 0, "ancestors": 0}  # fmt: skip

_OF_SCHEMA: Final = ("dimensionAtObservation", "explicitMeasure", "format")
_OF_STRUCTURE: Final = ("references", "detail", "format")
_DETAILS: Final = ("full", "raw", "referencepartial")
_STUBS: Final = ("allstubs", "allcompletestubs")
_REFERENCE_STUBS: Final = ("referencestubs", "referencecompletestubs")

Key = tuple[str, str]
"""Kind and id of an artefact."""


def respond(address: Address, accept: str, made: Structures, *, is_schema: bool = False) -> Answer:
    """Answer a structure query, or one for the schema of data: its structures."""
    asked = address.parameters
    address.refuse_unknown(_OF_SCHEMA if is_schema else _OF_STRUCTURE)
    form = negotiation.chosen(
        accept, asked.get("format", ""), negotiation.STRUCTURE, is_1x=address.is_1x
    )
    if address.is_1x and not is_schema:
        kind, parts = address.resource, address.parts
    else:
        kind, parts = address.part(0, "*"), address.parts[1:]
    agency, names, version, item = (*parts, *("*",) * 4)[:4]
    if item not in ("", "*", "all"):
        raise RefusedError(501, "single items of a scheme are not offered; ask for all of it")
    references = "descendants" if is_schema else asked.get("references", "none")
    keys = set[Key]()
    if is_ours(agency or "*") and is_current(version or "*"):
        keys = _keys(made, kind, names or "*", references)
    if not keys:
        raise RefusedError(404, "no such artefact")
    detail = _detail(asked.get("detail", "full"), form)
    chosen = _chosen(made, keys)
    if detail == "referencepartial":
        chosen = replace(chosen, schemes=tuple(_used(each, chosen) for each in chosen.schemes))
    if form == "jsonstructure":
        body = orjson.dumps(structure_json.written(chosen, is_stub=detail in _STUBS))
    else:
        body = chosen.xml(version="2.1" if form == "structure21" else "3.0").encode()
    return Answer(200, negotiation.STRUCTURE[form], body)


def _detail(asked: str, form: str) -> str:
    """Return the detail asked for, if it is offered in that format."""
    if asked not in (*_DETAILS, *_STUBS, *_REFERENCE_STUBS):
        raise RefusedError(400, f"no detail {shown(asked)}; there are {', '.join(_DETAILS)}")
    if asked in _REFERENCE_STUBS:
        raise RefusedError(501, f"detail={asked} is not offered; {', '.join(_DETAILS)} are")
    if asked in _STUBS and form != "jsonstructure":
        raise RefusedError(501, "stubs are offered in SDMX-JSON alone: format=jsonstructure")
    return asked


def _keys(made: Structures, kind: str, names: str, references: str) -> set[Key]:
    """Return the artefacts that an address names, with those that it wants beside them."""
    if kind in _NOT_OFFERED:
        raise RefusedError(501, f"{kind} is not offered; {', '.join(_KINDS)} are")
    kinds = [*_KINDS] if kind in _ALL else kind.split(",")
    if not {*kinds} <= {*_KINDS}:
        raise RefusedError(400, f"no structure {shown(kind)}; there are {', '.join(_KINDS)}")
    below = _below(made)
    wanted = None if names in ("*", "all") else {*names.split(",")}
    own = {key for key in below if key[0] in kinds and (wanted is None or key[1] in wanted)}
    found = {*own}
    if references in _KINDS:
        return own | {key for key in _descendants(own, below, 3) if key[0] == references}
    if references not in _DEPTH:
        there = ", ".join((*_DEPTH, *_KINDS))
        raise RefusedError(400, f"no references {shown(references)}; there are {there}")
    found |= _descendants(own, below, _DEPTH[references])
    if references in ("parents", "parentsandsiblings", "ancestors", "all"):
        steps = 3 if references in ("ancestors", "all") else 1
        above: set[Key] = {*own}
        for _ in range(steps):
            above |= {key for key, its in below.items() if above & its}
        found |= above
        if references == "parentsandsiblings":
            found |= _descendants(above, below, 1)
    return found


def _descendants(keys: set[Key], below: dict[Key, set[Key]], steps: int) -> set[Key]:
    found = {*keys}
    for _ in range(steps):
        found |= {other for key in found for other in below[key]}
    return found


def _below(made: Structures) -> dict[Key, set[Key]]:
    """Return every artefact with those that it refers to."""
    scheme: Key = ("conceptscheme", made.concept_scheme)
    found: dict[Key, set[Key]] = {("codelist", each.id): set() for each in made.codelists}
    found[scheme] = set()
    for flow in made.dataflows:
        lists = {("codelist", each.codelist.id) for each in flow.components if each.codelist}
        found["datastructure", flow.data_structure] = {scheme, *lists}
        found["dataflow", flow.name] = {("datastructure", flow.data_structure)}
    for report in made.metadataflows:
        found["conceptscheme", report.scheme] = set()
        found["metadatastructure", report.structure] = {("conceptscheme", report.scheme)}
        target = ("codelist", report.target)
        found["metadataflow", report.name] = {("metadatastructure", report.structure), target}
    return found


def _chosen(made: Structures, keys: set[Key]) -> Structures:
    """Return the structures with these artefacts alone."""
    return replace(
        made,
        codelists=tuple(each for each in made.codelists if ("codelist", each.id) in keys),
        schemes=tuple(each for each in made.schemes if ("conceptscheme", each.id) in keys),
        dataflows=tuple(each for each in made.dataflows if ("dataflow", each.name) in keys),
        data_structures=tuple(
            each for each in made.data_structures if ("datastructure", each.data_structure) in keys
        ),
        metadataflows=tuple(
            each for each in made.metadataflows if ("metadataflow", each.name) in keys
        ),
        metadata_structures=tuple(
            each
            for each in made.metadata_structures
            if ("metadatastructure", each.structure) in keys
        ),
    )


def _used(scheme: Scheme, made: Structures) -> Scheme:
    """Return a concept scheme with the concepts alone that the structures beside it use."""
    used = {each.id for flow in made.data_structures for each in flow.components}
    used |= {each.id for report in made.metadata_structures for each in report.attributes}
    kept = tuple(pair for pair in scheme.concepts if pair[0].id in used)
    return scheme if kept == scheme.concepts else replace(scheme, concepts=kept, is_partial=True)
