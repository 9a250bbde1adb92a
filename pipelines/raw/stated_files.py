"""Files beside the figure tables of the sources that share a description.

Each state may have a source of either kind: counts from case records, `<iso3>_case_records`, and
answers to the questionnaire of this database, `<iso3>_national_report`. Its folder in data/raw has
the description of the source by its authority, `<id>.yml`; that of counts also a certificate for
each release, with which anybody can check that no hidden count can be worked out.
"""

from pathlib import Path
from typing import Final

from pipelines.lib import paths

CASE_RECORDS: Final = "_case_records"
"""End of the id of a source that is counted from records of persons."""

NATIONAL_REPORT: Final = "_national_report"
"""End of the id of a source whose figures a state reported in a questionnaire."""

ENDINGS: Final = (CASE_RECORDS, NATIONAL_REPORT)


def identity(country: str, ending: str) -> str:
    """Return the id of the source of a state, given its alpha-3 code."""
    return f"{country.lower()}{ending}"


def state_of(source: str) -> str:
    """Return the alpha-3 code of the state whose source has this id."""
    return source.partition("_")[0].upper()


def metadata(source: str) -> Path:
    """Return the authority's description of a source."""
    return paths.raw() / source / f"{source}.yml"


def certificate(source: str, release: str) -> Path:
    """Return the certificate of disclosure control of a release and all before it."""
    return paths.raw() / source / f"{release}.certificate.csv.gz"


def beside(source: str, release: str) -> tuple[Path, ...]:
    """Return the files beside the figure table of a release, of a source of these kinds."""
    described = (metadata(source),) if source.endswith(ENDINGS) else ()
    proof = (certificate(source, release),) if source.endswith(CASE_RECORDS) else ()
    return (*described, *proof)
