"""Certificates beside the figure tables of sources that are counted from case records.

With the certificate of a release anybody can check that no hidden count of this release or an
earlier one can be worked out.
"""

from pathlib import Path
from typing import Final

from pipelines.lib import paths
from pipelines.raw import stated_files

ENDING: Final = stated_files.CASE_RECORDS
"""End of the id of a source that is counted from records of persons."""


def certificate(source: str, release: str) -> Path:
    """Return the certificate of disclosure control of a release and all before it."""
    return paths.raw() / source / f"{release}.certificate.csv.gz"


def beside(source: str, release: str) -> tuple[Path, ...]:
    """Return the certificate of a release, if it is of such a source."""
    return (certificate(source, release),) if source.endswith(ENDING) else ()
