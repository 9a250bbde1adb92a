"""Suspected, prosecuted and convicted in one row of the warehouse."""

from collections.abc import Callable


def test_the_chain_of_justice_is_no_cohort(query: Callable) -> None:
    [(reading,)] = query(
        "select distinct reading_name from published.named('published.justice', 'en')"
    )
    assert reading.startswith("Not a cohort")


def test_convicted_and_prosecuted_are_in_one_row(query: Callable) -> None:
    lost = query(
        "select count(*) from published.headline as figure anti join published.justice "
        "on justice.source = figure.source and justice.ref_area = figure.ref_area "
        "and justice.time_period = figure.time_period and figure.value_raw = case indicator "
        "when 'PER_CONTACT' then suspected_raw when 'PER_PROSEC' then prosecuted_raw "
        "else convicted_raw end where indicator in ('PER_CONTACT', 'PER_PROSEC', 'PER_CONVICT')"
    )
    both = query(
        "select count(*) from published.justice where prosecuted is not null "
        "and convicted is not null"
    )
    assert lost == [(0,)]
    assert both > [(100,)]
