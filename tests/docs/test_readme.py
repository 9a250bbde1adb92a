"""What the README prints of a run is what a run of the shipped figures accounts for."""

import re
from collections.abc import Callable

from conftest import ROOT

OUTCOMES = ("in", "published", "quarantined", "set_aside")
LINE = re.compile(r"^(\w+) +(\d{4}-\d\d-\d\d) +([\d,]+) +([\d,]+) +([\d,]+) +([\d,]+)$", re.M)


def test_its_account_is_that_of_the_shipped_figures(query: Callable) -> None:
    lines = LINE.findall((ROOT / "README.md").read_text(encoding="utf-8"))
    assert len(lines) >= 5
    for source, release, *counts in lines:
        rows = dict(
            query(
                "select outcome, sum(rows)::bigint from main.row_account "
                f"where source = '{source}' and release = '{release}' group by all"
            )
        )
        printed = [int(count.replace(",", "")) for count in counts]
        assert [rows.get(outcome, 0) for outcome in OUTCOMES] == printed, source
