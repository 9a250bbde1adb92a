"""The format of an answer: that of `format=`, else what `Accept` prefers."""

import re
from collections.abc import Mapping
from typing import Final

from pipelines.serve.refusal import RefusedError, shown

_BASE: Final = "application/vnd.sdmx."
DATA: Final = {
    "jsondata": f"{_BASE}data+json;version=2.0.0",
    "csv": f"{_BASE}data+csv;version=2.0.0",
    "xml30": f"{_BASE}data+xml;version=3.0.0",
    "xml21": f"{_BASE}structurespecificdata+xml;version=2.1",
    "genericdata": f"{_BASE}genericdata+xml;version=2.1",
    "csv10": f"{_BASE}data+csv;version=1.0.0",
}
"""Media types of data, by the word for `format=`; the first is the default of 2.x."""
STRUCTURE: Final = {
    "jsonstructure": f"{_BASE}structure+json;version=2.0.0",
    "structure30": f"{_BASE}structure+xml;version=3.0.0",
    "structure21": f"{_BASE}structure+xml;version=2.1",
}
"""Media types of structures."""
METADATA: Final = {"jsonmetadata": f"{_BASE}metadata+json;version=2.0.0"}
"""Media types of reference metadata."""

_OTHER_VERSIONS: Final = {
    "data+csv;version=2.1.0": "csv",
    "data+json;version=2.1.0": "jsondata",
    "structure+json;version=2.1.0": "jsonstructure",
    "schema+json;version=1.0.0": "jsonstructure",
    "schema+json;version=2.0.0": "jsonstructure",
    "schema+xml;version=3.0.0": "structure30",
    "schema+xml;version=2.1": "structure21",
    "structurespecifictimeseriesdata+xml;version=2.1": "xml21",
    "generictimeseriesdata+xml;version=2.1": "genericdata",
}
"""Formats that the same message satisfies."""
_WITHOUT_VERSION: Final = {
    "data+csv": "csv",
    "data+json": "jsondata",
    "data+xml": "xml30",
    "structurespecificdata+xml": "xml21",
    "genericdata+xml": "genericdata",
    "structure+json": "jsonstructure",
    "structure+xml": "structure30",
    "metadata+json": "jsonmetadata",
    "schema+json": "jsonstructure",
    "schema+xml": "structure30",
}
_WEIGHT: Final = re.compile(r"[01](\.\d{1,3})?")


def chosen(accept: str, asked: str, offered: Mapping[str, str], *, is_1x: bool) -> str:
    """Return the word of the offered format that the client prefers.

    Raises:
        RefusedError: it takes none of them (406).
    """
    if asked in offered:
        return asked
    for media, version in _preferences(asked.replace(" ", "+") if asked else accept):
        known = media.removeprefix(_BASE)
        exact = next(
            (name for name, full in offered.items() if f"{media};version={version}" == full), ""
        )
        name = exact or (
            _OTHER_VERSIONS.get(f"{known};version={version}", "")
            if version
            else _WITHOUT_VERSION.get(known) or _default(media, offered, is_1x=is_1x)
        )
        if name in offered:
            return name
    there = ", ".join(f"{name} ({media})" for name, media in offered.items())
    raise RefusedError(406, f"{shown(asked or accept)} is not offered; there are {there}")


def _default(media: str, offered: Mapping[str, str], *, is_1x: bool) -> str:
    """Return the format for a general media type; in 1.x the standard's default is 2.1."""
    of_data, of_structure = "jsondata" in offered, "jsonstructure" in offered
    xml = "genericdata" if of_data else "structure21"
    if not is_1x:
        xml = "xml30" if of_data else "structure30"
    json = "jsondata" if of_data else "jsonstructure" if of_structure else "jsonmetadata"
    return {
        "*/*": xml if is_1x else json,
        "application/*": xml if is_1x else json,
        "text/html": xml if is_1x else json,
        "application/xml": xml,
        "text/xml": xml,
        "application/json": json,
        "text/csv": "csv",
    }.get(media, "")


def _preferences(accept: str) -> list[tuple[str, str]]:
    """Return media types with their version, the preferred first."""
    found = []
    for place, part in enumerate((accept or "*/*").split(",")[:20]):
        media, *parameters = (each.strip().lower() for each in part.split(";"))
        values = dict(each.split("=", 1) for each in parameters if "=" in each)
        quality = values.get("q", "1")
        weight = float(quality) if _WEIGHT.fullmatch(quality) else 0.0
        if weight:
            found.append((-weight, place, media, values.get("version", "")))
    return [(media, version) for _, _, media, version in sorted(found)]
