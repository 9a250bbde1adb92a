"""Files beside the figure tables of sources that are counted from case records.

Such a source is `<iso3>_case_records`. In its folder in data/raw lie, beside its figure tables,
what its authority states of it, `<id>.yml`, and the certificate of each release: with it anybody
can check that no hidden count of this release or an earlier one can be worked out.
"""

from pathlib import Path
from typing import Final

from pipelines.lib import paths
from pipelines.lib.digest import sha256
from pipelines.raw.manifest import RawFile

ENDING: Final = "_case_records"
"""End of the id of a source that is counted from records of persons."""


def identity(country: str) -> str:
    """Return the id of the source of a state, given its alpha-3 code."""
    return f"{country.lower()}{ENDING}"


def metadata(source: str) -> Path:
    """Return the file of what an authority states."""
    return paths.raw() / source / f"{source}.yml"


def certificate(source: str, release: str) -> Path:
    """Return the certificate of disclosure control of a release and all before it."""
    return paths.raw() / source / f"{release}.certificate.csv.gz"


def checksums(entry: RawFile) -> str:
    """Return the checksums of the files beside a figure table; empty for other sources."""
    if not entry.source.endswith(ENDING):
        return ""
    beside = (metadata(entry.source), certificate(entry.source, entry.release))
    return " ".join(sha256(file) if file.is_file() else "none" for file in beside)
