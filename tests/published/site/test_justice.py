"""Suspected, prosecuted and convicted beside each other."""

from collections.abc import Callable

import pytest


@pytest.mark.parametrize("language", ["en", "es", "pt", "fr"])
def test_the_chain_of_justice_is_no_cohort(query: Callable, language: str) -> None:
    word = {"en": "Not a cohort", "es": "No es una cohorte", "pt": "Não é uma coorte",
            "fr": "Il ne s’agit pas d’une cohorte"}[language]  # fmt: skip
    [(reading,)] = query(f"select distinct reading_name from published.justice_{language}")
    assert reading.startswith(word)


def test_convicted_and_prosecuted_stand_beside_each_other(query: Callable) -> None:
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
