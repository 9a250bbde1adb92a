"""Reference metadata in SDMX-JSON 2.0: a report on each source, attached to its code."""

from collections.abc import Iterable, Mapping
from typing import Any

from pipelines.published.extracts.sdmx.structure import AGENCY, Structures, urn
from pipelines.published.extracts.sdmx.structure_json import head


def written(structures: Structures, rows: Iterable[Mapping[str, str]]) -> dict[str, Any]:
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
