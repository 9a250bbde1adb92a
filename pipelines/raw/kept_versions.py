"""Published versions that are kept for good, such as those that somebody cited, with the reasons.

`data/kept.csv` has one line for each. Who no longer needs a version removes its line.

The table is no input of a version: docs/decisions/versions.md says why.
"""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from typing import Final

from pipelines.lib import clock, paths
from pipelines.lib.errors import TipstatError
from pipelines.raw import record_csv


class KeptError(TipstatError):
    """A table of kept versions that cannot be read, or a version that cannot be entered."""


@dataclass(frozen=True)
class KeptVersion:
    """One line."""

    version: str  # its id
    reason: str
    since: str  # day on which it was entered, ISO 8601


COLUMNS: Final = record_csv.columns(KeptVersion)


def entries() -> list[KeptVersion]:
    """Return all lines, in the order of the table.

    Raises:
        KeptError: the table has other columns, or a line is invalid.
    """
    found = []
    for place, cells in record_csv.read_record(paths.kept(), KeptVersion, KeptError, COLUMNS):
        record_csv.refuse_invalid_date(place, "since", cells["since"], KeptError)
        found.append(KeptVersion(**cells))
    return found


def enter(version: str, reason: str) -> KeptVersion:
    """Add a version to the table, from today on, and return its line.

    Raises:
        KeptError: the reason is blank, the version is in the table, or that is invalid.
    """
    known = entries()
    if there := next((each for each in known if each.version == version), None):
        raise KeptError(f"{version} is kept already, since {there.since}: {there.reason}")
    kept = KeptVersion(version, reason.strip(), clock.today())
    record_csv.refuse_blank("the version", asdict(kept), KeptError, COLUMNS)
    record_csv.write(paths.kept(), KeptVersion, [*known, kept])
    return kept


def forget(versions: Collection[str]) -> None:
    """Remove versions from the table, since they show what should never have been published."""
    known = entries()
    left = [each for each in known if each.version not in versions]
    if left != known:
        record_csv.write(paths.kept(), KeptVersion, left)
