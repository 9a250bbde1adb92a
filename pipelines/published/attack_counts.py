"""Read the counts of suppressed cells that published figures give away.

`attack_counts.csv` has counts, never a figure or a cell. The disclosure attack in tests/acceptance
repeats the count, and fails if the file differs.
"""

from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

from schemas import codelists

TABLE: Final = Path(__file__).with_suffix(".csv")

BESIDE: Final = {
    "newest_release": "UNODC's newest release alone",
    "release_before": "the release of April 2025, linked everywhere",
    "older_releases": "the releases of April 2025 and 2023, linked everywhere",
    "older_releases_not_contradicted": "the same, linked where no exact figure contradicts",
    "older_releases_confirmed": "the same, linked where exact figures agree and none contradicts",
    "us_reports": "the US Trafficking in Persons Reports",
    "statin": "STATIN of Jamaica",
    "unsd": "UNSD's files as shipped",
    "unsd_earlier_commits": "UNSD's files as earlier commits of `data/raw` hold them",
    "own_views": "views, shares, rates and sums of tipstat",
    "trial_least_value": "trial: always naming the smallest value",
    "trial_newest_release": "trial: the newest release alone",
    "trial_release_before": "trial: the release of April 2025, linked everywhere",
    "trial_older_releases": "trial: the releases of April 2025 and 2023, linked everywhere",
    "trial_older_releases_not_contradicted": "trial: the same, where no exact figure contradicts",
    "trial_older_releases_confirmed": "trial: the same, where exact figures agree",
    "exam_zero": "exam: always naming zero",
    "exam_release_before": "exam: the release of April 2025 alone",
    "exam_oldest_release": "exam: what the release of 2023 adds to it",
}
"""The knowledge of an attacker, in words."""


class AttackCount(NamedTuple):
    """One count."""

    # knowledge beside UNODC's newest release, by its code in `BESIDE`; `trial_` if known cells were
    # hidden to test how often the attacker is right; `exam_` if the newest release, which prints
    # zeros, tells of cells that older ones hide whether he is
    beside: str
    forms: str  # the attacker's assumption on forms of exploitation, `add_up` or `overlap`
    sought: int  # count of hidden cells
    # count of those found; beside the newest release, those that it does not give itself
    found: int
    right: int | None = None  # count of right answers in a trial or an exam


@cache
def lines() -> tuple[AttackCount, ...]:
    """Return every count, in the order of the table."""
    rows = map(dict.values, codelists.rows(TABLE))
    return tuple(
        AttackCount(beside, forms, int(sought), int(found), int(right) if right else None)
        for beside, forms, sought, found, right in rows
    )


def span(beside: str) -> tuple[int, int]:
    """Return the fewest and the most cells found, over both assumptions on forms."""
    found = [line.found for line in lines() if line.beside == beside]
    return min(found), max(found)


def percent_right(beside: str) -> int:
    """Return the percentage of right answers in a trial or an exam."""
    of_trial = [line for line in lines() if line.beside == beside]
    right = sum(line.right or 0 for line in of_trial)
    return round(100 * right / sum(line.found for line in of_trial))
