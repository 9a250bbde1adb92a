"""Structures and reports in SDMX-JSON 2.0: written, and structures read as the service does."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from pipelines.published.extracts.sdmx.structure import (
    AGENCY,
    Annotation,
    Codelist,
    Component,
    Flow,
    Item,
    Report,
    Scheme,
    Structures,
    urn,
)

Object = dict[str, Any]

SCHEMA: Final = (
    "https://raw.githubusercontent.com/sdmx-twg/sdmx-json/master/"
    "{message}-message/tools/schemas/2.0.0/sdmx-json-{message}-schema.json"
)
"""Address of the official schema of a kind of message."""


def head(message: str, prepared: str) -> Object:
    """Return the part `meta` of a message: `structure`, `data` or `metadata`."""
    return {
        "schema": SCHEMA.format(message=message),
        "id": AGENCY,
        "test": False,
        "prepared": f"{prepared}T00:00:00Z",
        "contentLanguages": ["en", "es", "pt", "fr"],
        "sender": {"id": AGENCY},
    }


def written(structures: Structures, *, is_stub: bool = False) -> Object:
    """Return a structure message; a stub has the names of its artefacts alone."""
    version = structures.version
    groups: dict[str, list[Object]] = {
        "codelists": [
            _artefact("codelist.Codelist", each.id, version, each)
            | {
                "codes": [
                    {
                        "id": code.id,
                        **named(code),
                        **({"parent": code.parent} if code.parent else {}),
                    }
                    for code in each.codes
                ]
            }
            for each in structures.codelists
        ],
        "conceptSchemes": [
            _artefact("conceptscheme.ConceptScheme", each.id, version, each)
            | {"concepts": [_concept(*pair, version) for pair in each.concepts]}
            | ({"isPartial": True} if each.is_partial else {})
            for each in structures.schemes
        ],
        "dataflows": [
            _artefact("datastructure.Dataflow", each.name, version, each)
            | {"structure": urn("datastructure.DataStructure", each.data_structure, version)}
            for each in structures.dataflows
        ],
        "dataStructures": [
            _artefact("datastructure.DataStructure", each.data_structure, version, each)
            | {"dataStructureComponents": _components(each, structures)}
            for each in structures.data_structures
        ],
        "metadataflows": [
            _artefact("metadatastructure.Metadataflow", each.name, version, each)
            | {
                "structure": urn("metadatastructure.MetadataStructure", each.structure, version),
                "targets": [urn("codelist.Codelist", each.target, version)],
            }
            for each in structures.metadataflows
        ],
        "metadataStructures": [
            _artefact("metadatastructure.MetadataStructure", each.structure, version, each)
            | {"metadataStructureComponents": _attributes(each, version)}
            for each in structures.metadata_structures
        ],
    }
    if is_stub:
        parts = ("codes", "concepts", "structure", "targets", "dataStructureComponents",
                 "metadataStructureComponents")  # fmt: skip
        groups = {
            name: [
                {key: value for key, value in each.items() if key not in parts}
                | {"isExternalReference": True}
                for each in group
            ]
            for name, group in groups.items()
        }
    data = {name: group for name, group in groups.items() if group}
    return {"meta": head("structure", structures.prepared), "data": data}


def named(item: Item) -> Object:
    """Return names, descriptions and annotations; the first language is the default."""
    found: Object = {"name": item.names["en"], "names": dict(item.names)}
    if item.descriptions:
        descriptions = dict(item.descriptions)
        found |= {"description": descriptions["en"], "descriptions": descriptions}
    if item.annotations:
        found["annotations"] = [
            {"id": note.id}
            | ({"links": [{"rel": "external", "href": note.url}]} if note.url else {})
            | (
                {"text": next(iter(note.texts.values())), "texts": dict(note.texts)}
                if note.texts
                else {}
            )
            for note in item.annotations
        ]
    return found


def _artefact(kind: str, name: str, version: str, item: Item) -> Object:
    links = [{"rel": "self", "urn": urn(kind, name, version)}]
    return {"id": name, "agencyID": AGENCY, "version": version, **named(item), "links": links}


def _concept(concept: Item, codelist: Codelist | None, version: str) -> Object:
    found = {"id": concept.id, **named(concept)}
    if codelist:
        enumeration = urn("codelist.Codelist", codelist.id, version)
        found["coreRepresentation"] = {"enumeration": enumeration}
    return found


def _components(flow: Flow, structures: Structures) -> Object:
    def one(component: Component, **more: object) -> Object:
        codelist, version = component.codelist, structures.version
        scheme = structures.concept_scheme
        return {
            "id": component.id,
            "conceptIdentity": urn("conceptscheme.Concept", scheme, version, component.id),
            "localRepresentation": {"enumeration": urn("codelist.Codelist", codelist.id, version)}
            if codelist
            else {"format": {"dataType": component.text_type}},
            **more,
        }

    def attribute(component: Component) -> Object:
        at: Object = (
            {"dimensions": [component.attached_to]}
            if component.attached_to
            else {"observation": {}}
        )
        return one(component, usage=component.usage, attributeRelationship=at)

    dimensions = flow.of_role("dimension")
    serial = [each for each in dimensions if each.id != "TIME_PERIOD"]
    [time] = (each for each in dimensions if each.id == "TIME_PERIOD")
    return {
        "dimensionList": {
            "id": "DimensionDescriptor",
            "dimensions": [one(each, position=at) for at, each in enumerate(serial, start=1)],
            "timeDimension": one(time),
        },
        "attributeList": {
            "id": "AttributeDescriptor",
            "attributes": [attribute(each) for each in flow.of_role("attribute")],
        },
        "measureList": {
            "id": "MeasureDescriptor",
            "measures": [one(each, usage=each.usage) for each in flow.of_role("measure")],
        },
    }


def _attributes(report: Report, version: str) -> Object:
    shown = {"format": {"dataType": "String", "isMultiLingual": True}}
    listed = [
        {
            "id": each.id,
            "conceptIdentity": urn("conceptscheme.Concept", report.scheme, version, each.id),
            "localRepresentation": shown,
            "minOccurs": 0,
            "maxOccurs": 1,
        }
        for each in report.attributes
    ]
    listing = {"id": "MetadataAttributeDescriptor", "metadataAttributes": listed}
    return {"metadataAttributeList": listing}


def reported(structures: Structures, rows: Iterable[Mapping[str, str]]) -> dict[str, Any]:
    """Return a metadata message: a report on each source, attached to its code.

    Args:
        structures: those of the flows and of the one report.
        rows: `source`, `attribute`, `language` and `text`, in their order.
    """
    [report], version = structures.metadataflows, structures.version
    [sources] = (each for each in structures.codelists if each.id == report.target)
    texts: dict[str, dict[str, dict[str, str]]] = {}
    for row in rows:
        own = texts.setdefault(row["source"], {}).setdefault(row["attribute"], {})
        own[row["language"]] = row["text"]
    sets = [
        {
            "id": f"{report.id}_{source.id.upper()}",
            "agencyID": AGENCY,
            "version": version,
            "name": source.names["en"],
            "names": dict(source.names),
            "action": "Replace",
            "metadataflow": urn("metadatastructure.Metadataflow", report.name, version),
            "targets": [urn("codelist.Code", report.target, version, source.id)],
            "attributes": [
                {
                    "id": name,
                    "format": {"dataType": "String", "isMultiLingual": True},
                    "value": said,
                }
                for name, said in texts[source.id].items()
            ],
        }
        for source in sources.codes
        if source.id in texts
    ]
    return {"meta": head("metadata", structures.prepared), "data": {"metadataSets": sets}}


def read(message: Mapping[str, Any]) -> Structures:
    """Return the structures of a message that `written` made of those of flows."""
    data = message["data"]
    lists = {
        each["id"]: Codelist(
            **_of_item(each), codes=tuple(Item(**_of_item(c)) for c in each["codes"])
        )
        for each in data["codelists"]
    }
    schemes = tuple(
        Scheme(
            **_of_item(each),
            concepts=tuple((Item(**_of_item(concept)), None) for concept in each["concepts"]),
        )
        for each in data["conceptSchemes"]
    )
    scheme, of_report = schemes
    concepts = {concept.id: concept for concept, _ in scheme.concepts}
    components = {
        each["id"].removeprefix("DSD_"): tuple(
            _component(role, part, concepts, lists)
            for parts in [each["dataStructureComponents"]]
            for role, own in (
                ("dimension", parts["dimensionList"]["dimensions"]),
                ("dimension", [parts["dimensionList"]["timeDimension"]]),
                ("measure", parts["measureList"]["measures"]),
                ("attribute", parts["attributeList"]["attributes"]),
            )
            for part in own
        )
        for each in data["dataStructures"]
    }
    flows = tuple(
        Flow(**(_of_item(each) | {"id": name}), components=components[name])
        for each in data["dataflows"]
        for name in [each["id"].removeprefix("DF_")]
    )
    [found] = data["metadataflows"]
    report = Report(
        **(_of_item(found) | {"id": found["id"].removeprefix("MDF_")}),
        attributes=tuple(concept for concept, _ in of_report.concepts),
        target=_name(found["targets"][0]),
    )
    return Structures(
        version=data["conceptSchemes"][0]["version"],
        prepared=message["meta"]["prepared"][:10],
        concept_scheme=scheme.id,
        codelists=tuple(lists.values()),
        schemes=schemes,
        dataflows=flows,
        data_structures=flows,
        metadataflows=(report,),
        metadata_structures=(report,),
    )


def _name(reference: str) -> str:
    """Return the id of the artefact that a URN names; of none, an empty text."""
    return reference.rpartition(":")[2].partition("(")[0]


def _of_item(found: Mapping[str, Any]) -> Object:
    notes = (
        Annotation(
            each["id"],
            url=next((link["href"] for link in each.get("links", [])), ""),
            texts=each.get("texts", {}),
        )
        for each in found.get("annotations", [])
    )
    return {
        "id": found["id"],
        "names": found["names"],
        "descriptions": found.get("descriptions", {}),
        "parent": found.get("parent", ""),
        "annotations": tuple(notes),
    }


def _component(
    role: str, found: Mapping[str, Any], concepts: Mapping[str, Item], lists: Mapping[str, Codelist]
) -> Component:
    shape, at = found["localRepresentation"], found.get("attributeRelationship", {})
    return Component(
        concept=concepts[found["id"]],
        role=role,
        codelist=lists.get(_name(shape.get("enumeration", ""))),
        text_type=shape.get("format", {}).get("dataType", "String"),
        usage=found.get("usage", "mandatory"),
        attached_to=next(iter(at.get("dimensions", [])), ""),
    )
