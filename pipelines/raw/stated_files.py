"""What authorities state of the sources that have no module of their own.

Each state may have a source of either kind: counts from case records, `<iso3>_case_records`, and
answers to the questionnaire of this database, `<iso3>_national_report`. In its folder in data/raw
lies, beside its figure tables, what its authority states of it, `<id>.yml`.
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
    """Return the alpha-3 code of the state that a source with such an id is of."""
    return source.partition("_")[0].upper()


def metadata(source: str) -> Path:
    """Return the file of what an authority states."""
    return paths.raw() / source / f"{source}.yml"


def beside(source: str) -> tuple[Path, ...]:
    """Return the file of what an authority states of a source, if it is of such a kind."""
    return (metadata(source),) if source.endswith(ENDINGS) else ()
