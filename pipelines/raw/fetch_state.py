"""What came of the last attempt to fetch each source: the memory of `tipstat fetch`.

`data/fetched/<source>/attempt.json`, beside the files as published. It is not part of the project's
figures: without it the next attempt downloads again, and finds that nothing is new.
"""

from dataclasses import asdict, dataclass
from pathlib import Path

import orjson

from pipelines.lib import paths
from pipelines.lib.atomic import replace_bytes


@dataclass(frozen=True)
class Attempt:
    """The last attempt to fetch a source.

    Attributes:
        source: source.
        moment: when it was made, UTC, ISO 8601.
        refused: why nothing was taken, in a line; "" if the publisher's file is known.
        etag: what the server called the last good file.
        last_modified: since when the server had it.
        sha256: its checksum.
    """

    source: str
    moment: str
    refused: str = ""
    etag: str = ""
    last_modified: str = ""
    sha256: str = ""


def last(source: str) -> Attempt | None:
    """The last attempt, if there was one and its record can be read."""
    try:
        return Attempt(**orjson.loads(_record(source).read_bytes()))
    except (OSError, orjson.JSONDecodeError, TypeError):
        return None


def remember(attempt: Attempt) -> None:
    """Writes the record, whole or not at all."""
    record = _record(attempt.source)
    record.parent.mkdir(parents=True, exist_ok=True)
    replace_bytes(record, orjson.dumps(asdict(attempt), option=orjson.OPT_INDENT_2))


def refused() -> list[Attempt]:
    """The attempts that brought nothing, by source."""
    found = (last(record.parent.name) for record in sorted(paths.fetched().glob("*/attempt.json")))
    return [attempt for attempt in found if attempt and attempt.refused]


def _record(source: str) -> Path:
    return paths.fetched() / source / "attempt.json"
