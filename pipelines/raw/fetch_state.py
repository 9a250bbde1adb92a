"""The result of the last attempt to fetch each source, for `tipstat fetch`.

It is in `data/fetched/<source>/attempt.json`, beside the files as published, and not part of the
project's figures: without it the next attempt downloads the file again and finds nothing new.
"""

from dataclasses import asdict, dataclass
from pathlib import Path

import orjson

from pipelines.lib import paths
from pipelines.lib.atomic import replace_bytes


@dataclass(frozen=True)
class Attempt:
    """The last attempt to fetch a source."""

    source: str
    moment: str  # time of the attempt, UTC, ISO 8601
    # why it took nothing, or where it did not look, on one line; "" if the attempt succeeded
    refused: str = ""
    etag: str = ""  # the server's ETag for the last good file
    last_modified: str = ""
    sha256: str = ""
    address: str = ""  # where that file was asked for


def last(source: str) -> Attempt | None:
    """Return the last attempt, if there was one and its record can be read."""
    try:
        return Attempt(**orjson.loads(_record(source).read_bytes()))
    except (OSError, orjson.JSONDecodeError, TypeError):
        return None


def remember(attempt: Attempt) -> None:
    """Write the record, whole or not at all."""
    record = _record(attempt.source)
    record.parent.mkdir(parents=True, exist_ok=True)
    replace_bytes(record, orjson.dumps(asdict(attempt), option=orjson.OPT_INDENT_2))


def refused() -> list[Attempt]:
    """Return the attempts that were refused, by source."""
    found = (last(record.parent.name) for record in sorted(paths.fetched().glob("*/attempt.json")))
    return [attempt for attempt in found if attempt and attempt.refused]


def _record(source: str) -> Path:
    return paths.fetched() / source / "attempt.json"
