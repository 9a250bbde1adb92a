"""Extracts: the published figures in the formats of statisticians.

Each format is a module with `write(connection, folder)`; `build` makes the folder of all formats,
complete or not at all. Every query leaves out figures that may not be passed on. No module here
computes a figure.
"""

from pathlib import Path
from typing import Final

from pipelines.lib.errors import TipstatError
from pipelines.raw import fingerprint

FORMS: Final = ("sdmx", "parquet", "csv", "json", "excel", "datapackage", "open-sdg")

OPTIONS: Final = ("sdmx-tree",)
"""Formats that are written where they are asked for by name; none is published."""

CERTIFICATES: Final = "certificates"
"""Folder with the proofs of sources that are counted from case records, beside all formats."""


class ExportError(TipstatError):
    """Extracts that cannot be made or written, in one line; earlier ones stay."""


def stamp(out: Path) -> Path:
    """Return the path of the stamp in a folder of extracts, which marks it as ours."""
    return out / "fingerprint"


def stamped(made_from: str, forms: tuple[str, ...]) -> str:
    """Return the text of the stamp: fingerprints of warehouse and code, and the formats."""
    return f"{made_from}\n{fingerprint.of_code()}\n{' '.join(forms)}"


def forms_in(out: Path) -> tuple[str, ...]:
    """Return the formats in a folder of extracts; none if it is no such folder."""
    file = stamp(out)
    words = file.read_text(encoding="utf-8", errors="replace").split() if file.is_file() else []
    return tuple(form for form in (*FORMS, *OPTIONS) if form in words)


def are_current(out: Path, made_from: str) -> bool:
    """Return whether a folder holds every format, made from that warehouse by this code."""
    return fingerprint.is_up_to_date(stamp(out), stamped(made_from, FORMS))
