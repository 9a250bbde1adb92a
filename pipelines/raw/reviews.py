"""Reviews: a person's decisions about releases that looked wrong, with the reasons.

`data/reviews.csv` has one line per decision; the last one about a release counts. A release that
looks wrong compared with the current figures (`pipelines.harmonised.guard`) is held back until
somebody accepts it.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Final

from pipelines.lib import clock, paths
from pipelines.lib.digest import sha256_of
from pipelines.raw import manifest, record_csv
from pipelines.raw.manifest import RefusedReleaseError

ACCEPT: Final = "accept"
KEEP: Final = "keep"
COMPARED: Final = "compared"
"""Not about the release as a whole: figures of a form stand in the state's own publication."""


class ReviewError(RefusedReleaseError):
    """A table of reviews that cannot be read, or a decision that cannot be entered."""


@dataclass(frozen=True)
class Review:
    """One decision."""

    source: str
    release: str  # the reviewed release
    # `accept` to publish it, `keep` to stay with the release before; `compared` decides nothing of
    # it, but says that its figures named in the reason were published by the state itself
    decision: str
    reason: str
    reviewed: str  # day of the decision, ISO 8601
    by: str  # the person who decided
    files: str  # checksum of the files of the release that were decided about

    @property
    def is_about_its_files(self) -> bool:
        """Return whether the release has the files that it had when it was decided about.

        A decision that was written before files were recorded is about any.
        """
        return self.files in (record_csv.UNKNOWN, _checksum(self.source, self.release))


COLUMNS: Final = record_csv.columns(Review)


def entries() -> list[Review]:
    """Return all decisions, in the order of the table.

    Raises:
        ReviewError: the table has other columns, or a line is invalid.
    """
    lines = record_csv.read_record(
        paths.reviews(), Review, ReviewError, COLUMNS, later=["by", "files"]
    )
    return [_checked(place, Review(**cells)) for place, cells in lines]


def _checked(place: str, review: Review) -> Review:
    record_csv.refuse_blank(place, asdict(review), ReviewError, COLUMNS)
    record_csv.refuse_invalid_date(place, "reviewed", review.reviewed, ReviewError)
    if review.decision not in (ACCEPT, KEEP, COMPARED):
        raise ReviewError(f"{place}: decision must be {ACCEPT}, {KEEP} or {COMPARED}")
    return review


def last(source: str, release: str) -> Review | None:
    """Return the last decision about a release, if there is one."""
    of_release = [
        review
        for review in entries()
        if (review.source, review.release) == (source, release) and review.decision != COMPARED
    ]
    return of_release[-1] if of_release else None


def enter(source: str, release: str, decision: str, reason: str, by: str) -> Review:
    """Add a decision of today to the table and return it.

    Raises:
        ReviewError: reason or person is blank, or the table is invalid.
    """
    today, files = clock.today(), _checksum(source, release)
    made = Review(source, release, decision, reason.strip(), today, by.strip(), files)
    review = _checked("the decision", made)
    write([*entries(), review])
    return review


def _checksum(source: str, release: str) -> str:
    """Return one checksum of the files of a release; `UNKNOWN` if the manifest has none."""
    checksums = sorted(entry.sha256 for entry in manifest.known(source, release))
    return sha256_of("".join(checksums)) if checksums else record_csv.UNKNOWN


def write(decisions: Sequence[Review]) -> None:
    """Write the table, whole or not at all."""
    record_csv.write(paths.reviews(), Review, decisions)
