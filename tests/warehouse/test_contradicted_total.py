"""Totals that their own parts contradict are doubtful."""

from collections import defaultdict

from small_warehouse import cells, once_doubted
from tables import table

from schemas import codelists


def test_totals_or_their_revised_parts_are_doubtful(warehouse) -> None:
    """Lines of `contradicted_totals.csv`, a state each: of a release and, before it, of another."""
    cases = dict(
        zip(codelists.oas_states(), table(__file__, "contradicted_totals.csv"), strict=False)
    )
    rows = [
        {**row, "ref_area": area, "release": release}
        for area, (earlier, newest, *_) in cases.items()
        for release, given in (("2023-05-30", earlier), ("2025-01-01", newest))
        for row in cells(given)
    ]
    reasons = (
        "select ref_area, concat_ws(' ', sex, age, flags[1]) from harmonised.observation "
        "where release = '2025-01-01' and time_period = '2020' and has_status(obs_status, 'U')"
    )
    found = defaultdict(list)
    for area, reason in once_doubted(warehouse, reasons, *rows):
        found[area].append(reason)
    for area, (*_, doubtful, why) in cases.items():
        assert "; ".join(sorted(found[area])) == doubtful, (cases[area], why)


def test_a_total_that_was_doubtful_before_keeps_its_reason(warehouse) -> None:
    total = "select obs_status, flags from harmonised.observation where sex = '_T'"
    rows = cells("obs_status=U flags=CONTRADICTED 100; F 90; M 40")
    assert once_doubted(warehouse, total, *rows) == [("U", ["CONTRADICTED"])]
