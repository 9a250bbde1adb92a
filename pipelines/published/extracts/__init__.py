"""Extracts: the published figures in the forms that statisticians take away.

Each form is a module with `write(connection, folder)`; `build` makes the folder of all of them,
whole or not at all. What may not be passed on is left out in every query. Nothing here computes a
figure.
"""

from pathlib import Path
from typing import Final

from pipelines.raw import fingerprint

FORMS: Final = ("sdmx", "parquet", "csv", "excel", "datapackage", "open-sdg")


class ExportError(Exception):
    """Extracts that cannot be made or written, in a line; those that were there stay."""


def stamp(out: Path) -> Path:
    """What the extracts in a folder were made from; it lies among them, and marks them as ours."""
    return out / "fingerprint"


def stamped(made_from: str, forms: tuple[str, ...]) -> str:
    """The text of the stamp: the fingerprints of the warehouse and of the code, and the forms."""
    return f"{made_from}\n{fingerprint.of_code()}\n{' '.join(forms)}"


def forms_in(out: Path) -> tuple[str, ...]:
    """The forms that a folder of extracts holds; none if it is no such folder."""
    file = stamp(out)
    said = file.read_text(encoding="utf-8", errors="replace").split() if file.is_file() else []
    return tuple(form for form in FORMS if form in said)


def are_current(out: Path, made_from: str) -> bool:
    """Return whether a folder holds every form, made from that warehouse by this code."""
    return fingerprint.is_up_to_date(stamp(out), stamped(made_from, FORMS))
