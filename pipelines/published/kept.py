"""Files that are kept from the version before, since they are made from the same.

A build notes the checksum of what each such file is made from. The next build by the same code
takes over the earlier file where that is the same and its bytes are those that were published.
"""

import io
import json
import pickle
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from pipelines.lib.digest import sha256, sha256_of

RECORD: Final = "made_from.json"
"""The file beside a folder's kept files: what each is made from, by its path."""


@dataclass(frozen=True)
class Earlier:
    """A folder that was published, and the SHA-256 of each of its files by path."""

    folder: Path
    digests: Mapping[str, str]

    def below(self, path: str) -> "Earlier":
        """Return a folder in it."""
        start = f"{path}/"
        own = {name: digest for name, digest in self.digests.items() if name.startswith(start)}
        return Earlier(self.folder / path, {name.removeprefix(start): own[name] for name in own})

    def file(self, path: str) -> Path | None:
        """Return the file at the path; None unless its bytes are those that were published."""
        file = self.folder / path
        return file if file.is_file() and sha256(file) == self.digests.get(path) else None


NOTHING: Final = Earlier(Path(), {})
"""Before the first version, and for folders of which there are no versions."""


@dataclass
class Kept:
    """The files that a build may take over from an earlier one, and its own record.

    Attributes:
        earlier: the folder to take files from.
        made_from: what each file of this build is made from, by its path.
    """

    earlier: Earlier = NOTHING
    made_from: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Read the earlier record."""
        record = self.earlier.file(RECORD)
        self._before: dict[str, str] = json.loads(record.read_bytes()) if record else {}

    def file(self, path: str, made_from: str) -> Path | None:
        """Return the earlier file at the path if it is made from the same; note what from."""
        self.made_from[path] = made_from
        return self.earlier.file(path) if self._before.get(path) == made_from else None

    def files(self, paths: Sequence[str], made_from: str) -> list[Path]:
        """Return the earlier files at the paths if all are made from the same, else none."""
        known = [self.file(path, made_from) for path in paths]
        return [] if None in known else list(filter(None, known))

    def record(self) -> str:
        """Return the text of the record of this build."""
        return json.dumps(self.made_from, indent=0, sort_keys=True)


def made_from(*inputs: object) -> str:
    """Return the checksum of values; equal values have the same in any process.

    Values hold no sets, whose order differs between processes.
    """
    buffer = io.BytesIO()
    pickler = _Pickler(buffer, protocol=5)
    pickler.fast = True  # without references: whether equal texts are one object does not matter
    pickler.dump(inputs)
    return sha256_of(buffer.getbuffer())


class _Pickler(pickle.Pickler):
    """A pickler of values alone, and of nothing that objects remember."""

    def reducer_override(self, value: Any) -> Any:  # noqa: ANN401  # as in the library
        if names := _fields_of(value.__class__):
            return type(value), tuple(getattr(value, name) for name in names)
        return NotImplemented


@cache
def _fields_of(kind: type) -> list[str]:
    return [each.name for each in fields(kind)] if is_dataclass(kind) else []
