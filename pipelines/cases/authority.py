"""Statements of the authority about its counts: the part `publication` of the mapping file."""

from pathlib import Path

from pipelines.cases.errors import CaseError
from pipelines.cases.mapping import OPEN, content
from pipelines.reader.source_metadata import checked_authority
from pipelines.reader.yaml_fields import MetadataError
from schemas.source import Authority


def read_authority(mapping: Path) -> Authority:
    """Return the statements of the authority in a mapping file.

    Raises:
        CaseError: the part is missing, or a line of it is not filled in.
    """
    found = content(mapping).get("publication")
    if found is None:
        raise CaseError(f"{mapping}: publication: is missing; see 'tipstat cases begin'")
    if isinstance(found, dict) and OPEN in found.values():
        name = next(name for name, text in found.items() if text == OPEN)
        raise CaseError(f"{mapping}: publication: '{name}' is not filled in")
    try:
        return checked_authority(found)
    except MetadataError as error:
        message = str(error)
    raise CaseError(f"{mapping}: publication: {message}")
