"""Read how many suppressed cells can be recovered from what is published.

`disclosure.csv` holds counts, never a figure or a cell. The disclosure attack in tests/acceptance
counts them again, and fails if the file says otherwise.
"""

import csv
from pathlib import Path
from typing import Final, NamedTuple

BESIDE: Final = {
    "newest_release": "UNODC's newest release alone",
    "older_release": "the release of 2023, linked everywhere",
    "older_release_not_contradicted": "the same, linked where no exact figure contradicts",
    "older_release_confirmed": "the same, linked where exact figures agree and none contradicts",
    "us_reports": "the US Trafficking in Persons Reports",
    "statin": "STATIN of Jamaica",
    "unsd": "UNSD's files as shipped",
    "unsd_earlier_commits": "UNSD's files as earlier commits of `data/raw` hold them",
    "own_views": "views, shares, rates and sums of tipstat",
    "trial_least_value": "trial: always naming the smallest value",
    "trial_newest_release": "trial: the newest release alone",
    "trial_older_release": "trial: the release of 2023, linked everywhere",
    "trial_older_release_not_contradicted": "trial: the same, where no exact figure contradicts",
    "trial_older_release_confirmed": "trial: the same, where exact figures agree",
}
"""What an attacker has, in words."""


class Line(NamedTuple):
    """One count.

    Attributes:
        beside: what an attacker has beside UNODC's newest release, by its code in `BESIDE`;
            `trial_` if cells that are known were hidden to see how often he is right.
        forms: what he takes of forms of exploitation, `add_up` or `overlap`.
        sought: hidden cells.
        found: those that he finds; beside the newest release, those that it does not give itself.
        right: those of a trial of which he is right.
    """

    beside: str
    forms: str
    sought: int
    found: int
    right: int | None = None


def lines() -> list[Line]:
    """Return every count, in the order of the table."""
    path = Path(__file__).with_suffix(".csv")
    with path.open(encoding="utf-8", newline="") as file:
        _, *rows = csv.reader(file)
    return [
        Line(beside, forms, int(sought), int(found), int(right) if right else None)
        for beside, forms, sought, found, right in rows
    ]


def span(beside: str) -> tuple[int, int]:
    """Return the fewest and the most cells that are found, whatever the attacker takes of forms."""
    found = [line.found for line in lines() if line.beside == beside]
    return min(found), max(found)


def percent_right(beside: str) -> int:
    """Return of how many in a hundred cells of a trial the attacker is right."""
    of_trial = [line for line in lines() if line.beside == beside]
    right = sum(line.right or 0 for line in of_trial)
    return round(100 * right / sum(line.found for line in of_trial))
