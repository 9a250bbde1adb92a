"""Statements of the authority about its counts: the part `publication` of the mapping file."""

from pathlib import Path

from pipelines.cases.errors import CaseError
from pipelines.cases.mapping import OPEN, content
from pipelines.cases.texts import said
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
        raise CaseError(said("publication_missing", mapping=mapping))
    unfilled = [name for name in found if found[name] == OPEN] if isinstance(found, dict) else []
    if unfilled:
        raise CaseError(said("publication_open", mapping=mapping, names="', '".join(unfilled)))
    try:
        return checked_authority(found)
    except MetadataError as error:
        message = str(error)
    raise CaseError(f"{mapping}: publication: {message}")
