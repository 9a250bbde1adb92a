"""Save the body of a response: whole, within a size, and in the expected format, or not at all."""

import hashlib
import os
import re
import secrets
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

import httpx

from pipelines.raw.network_errors import AbsentError, FetchError, RefusedError, TransientError

_PIECE: Final = 65_536
_BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"
FORMATS: Final = {
    ".csv": re.compile(rb"(?!\s*(?:PK[\x03\x05\x07]|%PDF))[^\0]+"),
    ".json": re.compile(rb"\s*[{\[][^\0]*"),
    ".xlsx": re.compile(rb"PK\x03\x04.*", re.DOTALL),
    ".zip": re.compile(rb"PK\x03\x04.*", re.DOTALL),
}
"""Patterns of the first thousand bytes of a file, after a byte order mark, by suffix."""


def save(response: httpx.Response, target: Path, largest_bytes: int) -> str:
    """Write the body of a response to `target`, and return its SHA-256 checksum.

    It is written to a file beside, which gets its name once it is whole and sound.

    Raises:
        FetchError: there is a file at `target`, or none can be written.
        RefusedError: the body is too large, empty or not in the format of the suffix; a web page
            is an `AbsentError`.
        TransientError: the body is damaged.
    """
    beside = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
    digest = hashlib.sha256()
    try:
        with beside.open("xb") as file:
            for piece in _content(response, largest_bytes):
                file.write(piece)
                digest.update(piece)
            file.flush()
            os.fsync(file.fileno())
        _refuse_content(beside, target.suffix.lower())
        target.hardlink_to(beside)  # unlike a rename, it fails if the target exists
    except FileExistsError as error:
        raise FetchError(
            f"{target}: was created in the meantime, and is not overwritten"
        ) from error
    except OSError as error:
        raise FetchError(f"{target}: cannot be written ({error.strerror})") from error
    finally:
        beside.unlink(missing_ok=True)
    return digest.hexdigest()


def text(response: httpx.Response, largest_bytes: int) -> str:
    """Return the body of a response as text in UTF-8, with a mark for each letter that is not.

    Raises:
        RefusedError: the body is too large.
        TransientError: the body is damaged.
    """
    return b"".join(_content(response, largest_bytes)).decode(errors="replace")


def _content(response: httpx.Response, largest: int) -> Iterator[bytes]:
    """Return the body in pieces, decompressed if the server compressed it unasked."""
    length = response.headers.get("Content-Length", "")
    if length.isdigit() and int(length) > largest:
        _refuse_size(largest)
    encoding = response.headers.get("Content-Encoding", "identity").strip().lower()
    raw = _within(largest, response.iter_raw())
    if encoding == "identity":
        return raw
    if encoding in {"gzip", "x-gzip"}:
        return _within(largest, _decompressed(raw))
    raise RefusedError(
        f"compressed as {encoding[:40]!r}, which was not asked for; download by hand"
    )


def _within(largest: int, pieces: Iterable[bytes]) -> Iterator[bytes]:
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > largest:
            _refuse_size(largest)
        yield piece


def _refuse_size(largest: int) -> None:
    raise RefusedError(f"larger than {largest:,} bytes; see what it is, or raise the limit")


def _decompressed(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Decompress gzip in small steps: a few bytes may hold gigabytes."""
    unpack = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    try:
        for piece in pieces:
            packed = piece
            while packed:
                yield unpack.decompress(packed, _PIECE)
                packed = unpack.unconsumed_tail
    except zlib.error as error:
        raise TransientError(f"damaged gzip ({error})") from error
    if not unpack.eof or unpack.unused_data:
        raise TransientError("gzip that is cut off, or goes on after its end")


def _refuse_content(path: Path, suffix: str) -> None:
    with path.open("rb") as file:
        head = file.read(1024).removeprefix(_BYTE_ORDER_MARK)
    if not head.strip():
        raise RefusedError("the file is empty; try again later, or download by hand")
    if head.lstrip().startswith(b"<"):
        raise AbsentError("a web page instead of data; look at the address in a browser")
    if not FORMATS[suffix].fullmatch(head):
        what = "text in UTF-16 or no text" if b"\0" in head else "something else"
        raise RefusedError(f"not {suffix} but {what}; look at the address in a browser")
