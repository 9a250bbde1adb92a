"""Peru's prosecution service: known answers, and cases are no victims."""

from collections.abc import Callable

from source_tests import headlines

from pipelines.harmonised.harmonise import Harmonised

CASES = "103 124 298 403 457 458 501 1022 1332 1464 1355"


def test_headline(query: Callable) -> None:
    found = headlines(query, "per_mpfn", "INV_OPENED", "PER")
    assert found == dict(enumerate(map(float, CASES.split()), start=2008))
    assert sum(found.values()) == 7517


def test_cases_in_the_records_of_prosecutors(
    harmonised: dict[tuple[str, str], Harmonised],
) -> None:
    rows = harmonised["per_mpfn", "2018-12-31"].rows
    assert set(rows["indicator"]) == {"INV_OPENED"}
    assert set(rows["obs_status"]) == {"A"}


def test_unodc_prints_two_of_the_years_as_offences(query: Callable) -> None:
    """So agreement of the two confirms nothing."""
    found = headlines(query, "int_unodc_glotip", "OFF_RECORDED", "PER")
    assert (found[2012], found[2013]) == (457, 458)
