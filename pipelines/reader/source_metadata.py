"""Metadata of sources: `<id>.yml`, checked against `schemas.source.Source` and its tables.

An error names the file, the field and what to write.
"""

import re
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import orjson

from pipelines.lib import did_you_mean
from pipelines.raw import source_files, stated_files
from pipelines.reader import open_sdg, table_checks
from pipelines.reader.yaml_fields import MetadataError, checked, content
from schemas import codelists
from schemas.source import Authority, Layout, Source


def read_source(path: Path) -> Source:
    """Return the source that a metadata file describes; the file's name is its id.

    Raises:
        MetadataError: there is no such file, or it is not a complete and valid description.
    """
    try:
        return _source(path.stem, content(path))
    except MetadataError as error:
        raise MetadataError(f"{source_files.shown(path)}: {error}") from None


def _source(identity: str, given: dict[str, Any]) -> Source:
    """Return a source of these fields, with the table that `open_sdg` stands for."""
    source = Source(id=identity, **checked(Source, given, known="id"))
    _check_columns(source.layouts)
    if source.open_sdg:
        try:
            source = replace(source, tables=(open_sdg.table(source),))
        except open_sdg.OpenSdgError as error:
            raise MetadataError(str(error)) from None
    for mistake in table_checks.mistakes(source):
        raise MetadataError(mistake)
    return source


def read_stated_source(path: Path, common: Path) -> Source:
    """Return the source that an authority states in a file, whose name is the source's id.

    Args:
        path: what the authority states.
        common: what such sources have in common.

    Raises:
        MetadataError: a file is missing, or not a complete and valid description.
    """
    try:
        stated = checked_authority(content(path))
    except MetadataError as error:
        raise MetadataError(f"{path}: {error}") from None
    shared = content(common)
    title = str(shared["title_in"].get(stated.language, shared["title"]))
    state = {"ref_area": stated_files.state_of(path.stem)}
    own = asdict(stated) | {
        "counted": {
            language: text.format(**asdict(stated)) for language, text in shared["counted"].items()
        },
        "caveats": [*shared["caveats"], *stated.caveats],
        "licence": dict.fromkeys(codelists.LANGUAGES, stated.licence),
        "citation": f"{stated.publisher}, {title}",
        "address": stated.page,
        "tables": [table | {"cells": state | table["cells"]} for table in shared["tables"]],
    }
    return _source(path.stem, shared | own)


def checked_authority(given: object) -> Authority:
    """Return what an authority states about its figures.

    Raises:
        MetadataError: a field is unknown, missing or of another form.
    """
    return Authority(**checked(Authority, given))


def stated_text(authority: Authority) -> str:
    """Return the text of an authority's statement: one line for each filled field."""
    lines = asdict(authority).items()
    return "".join(f"{name}: {orjson.dumps(given).decode()}\n" for name, given in lines if given)


def _check_columns(layouts: Sequence[Layout]) -> None:
    """Refuse a layout that uses a column which its header does not have."""
    for number, layout in enumerate(layouts):
        place = f"layouts[{number}]"
        for field in ("used", "fill_down"):
            for name in sorted({*getattr(layout, field)} - {*layout.header, *layout.optional}):
                raise MetadataError(
                    f"field '{place}.{field}' has '{name}', which is not in 'header': "
                    f"{did_you_mean.hint(name, layout.header)}"
                )
        if layout.wide and not re.compile(layout.wide).groupindex:
            raise MetadataError(
                f"field '{place}.wide' names no group: write one for what a column's name means, "
                r"such as '(?P<year>\d{4})'"
            )
