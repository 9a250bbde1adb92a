"""What the authority states of its counts: the part `publication` of the mapping file."""

from dataclasses import asdict
from pathlib import Path

import orjson

from pipelines.cases.errors import CaseError
from pipelines.cases.mapping import content
from pipelines.reader.source_metadata import MetadataError, checked_authority
from schemas.source import Authority


def read_authority(mapping: Path) -> Authority:
    """Return what the authority states in a mapping file.

    Raises:
        CaseError: the part is missing, or a line of it is not filled in.
    """
    found = content(mapping).get("publication")
    try:
        return checked_authority(found)
    except MetadataError as error:
        message = str(error)
    raise CaseError(f"{mapping}: publication: {message}")


def written(authority: Authority) -> str:
    """Return the text of the file of what an authority states, a line each."""
    lines = asdict(authority).items()
    return "".join(f"{name}: {orjson.dumps(text).decode()}\n" for name, text in lines)
