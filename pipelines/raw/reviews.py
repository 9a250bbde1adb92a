"""Reviews: what a person decided about a release that looked wrong, and why.

`data/reviews.csv` has one line per decision; the last one about a release counts. A release that
looks wrong beside what stands (`pipelines/guard`) is held back until somebody accepts it.
"""

from dataclasses import astuple, dataclass, fields
from datetime import UTC, datetime
from typing import Final

from pipelines.lib import paths
from pipelines.raw import record_csv

ACCEPT: Final = "accept"
KEEP: Final = "keep"


class ReviewError(Exception):
    """A table of reviews that cannot be read, or a decision that cannot be entered."""


@dataclass(frozen=True)
class Review:
    """One decision.

    Attributes:
        source: source.
        release: release that was looked at.
        decision: `accept` to publish it, `keep` to stay with the release before.
        reason: why.
        reviewed: day of the decision, ISO 8601.
    """

    source: str
    release: str
    decision: str
    reason: str
    reviewed: str


COLUMNS: Final = tuple(field.name for field in fields(Review))


def entries() -> list[Review]:
    """All decisions, in the order of the table.

    Raises:
        ReviewError: the table has other columns, or a line is not sound.
    """
    path = paths.reviews()
    lines = record_csv.lines(path, COLUMNS, ReviewError)
    return [_entry(f"{path}, line {number}", line) for number, line in enumerate(lines, start=2)]


def _entry(place: str, line: tuple[str, ...]) -> Review:
    if len(line) != len(COLUMNS) or not all(cell.strip() for cell in line):
        raise ReviewError(f"{place}: {', '.join(COLUMNS)} must all be filled")
    review = Review(*line)
    if review.decision not in (ACCEPT, KEEP):
        raise ReviewError(f"{place}: decision must be {ACCEPT} or {KEEP}")
    return review


def last(source: str, release: str) -> Review | None:
    """The last decision about a release, if there is one."""
    of_release = [each for each in entries() if (each.source, each.release) == (source, release)]
    return of_release[-1] if of_release else None


def enter(source: str, release: str, decision: str, reason: str) -> Review:
    """Adds a decision of today to the table.

    Raises:
        ReviewError: there is no reason, or the table is not sound.
    """
    today = datetime.now(tz=UTC).date().isoformat()
    review = _entry("the decision", (source, release, decision, reason.strip(), today))
    record_csv.write(paths.reviews(), COLUMNS, map(astuple, [*entries(), review]))
    return review
