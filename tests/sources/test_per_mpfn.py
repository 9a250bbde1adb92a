"""Peru's prosecution service: known answers, and cases are no victims."""

from collections.abc import Callable

from source_tests import headlines

CASES = "103 124 298 403 457 458 501 1022 1332 1464 1355"


def test_headline(query: Callable) -> None:
    found = headlines(query, "per_mpfn", "INV_OPENED", "PER")
    assert found == dict(enumerate(map(float, CASES.split()), start=2008))
    assert sum(found.values()) == 7517


def test_unodc_prints_two_of_the_years_as_offences(query: Callable) -> None:
    """So agreement of the two confirms nothing."""
    found = headlines(query, "int_unodc_glotip", "OFF_RECORDED", "PER")
    assert (found[2012], found[2013]) == (457, 458)
