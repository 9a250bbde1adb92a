"""Checksums of files, texts and bytes."""

import hashlib
from pathlib import Path


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file, as hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def sha256_of(content: str | bytes | memoryview) -> str:
    """Return the SHA-256 of a text in UTF-8, or of bytes, as hexadecimal digits."""
    read = content.encode() if isinstance(content, str) else content
    return hashlib.sha256(read).hexdigest()
