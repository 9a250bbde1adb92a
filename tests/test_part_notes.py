"""Footnotes to parts: what adds up to nothing, what cannot be read, what may not be repeated."""

import csv
import io

import duckdb
import pytest

from pipelines.site import chart_files, shared
from pipelines.site.sections import citizenship, forms, sex_age
from schemas import codelists

UNODC = "int_unodc_glotip"
SECTIONS = (sex_age, forms, citizenship)


@pytest.fixture(scope="module")
def site(built) -> shared.Site:
    with duckdb.connect(built, read_only=True) as connection:
        return shared.read(connection)


@pytest.fixture(scope="module")
def facts(built) -> dict[str, dict]:
    with duckdb.connect(built, read_only=True) as connection:
        return {section.CODE: section.read(connection) for section in SECTIONS}


def shown(site, facts, section, state, code="en"):
    (language,) = [each for each in site.languages if each.code == code]
    found = section.figures(site, state, facts[section.CODE].get(state), language)
    return [each for each in found if each.source == UNODC]


def said(site, facts, section, state, code="en"):
    return [text for each in shown(site, facts, section, state, code) for _, text in each.notes]


@pytest.mark.parametrize(
    ("section", "state", "code", "note"),
    [
        (sex_age, "USA", "en", "Sex and age unknown, 2017–2022: the publisher prints persons of "
         "another sex here a second time; do not add them to the others."),
        (sex_age, "USA", "es", "Sexo y edad desconocidos, 2017–2022: la fuente publica aquí por "
         "segunda vez a personas de otro sexo; no deben sumarse a las demás."),
        (forms, "USA", "en", "Sexual exploitation, 2020–2021: the printed figure is smaller than "
         "its own sexes or ages together."),
        (citizenship, "GTM", "pt", "2019–2021: outros números trazem um rótulo de nacionalidade "
         "vazio ou que não pode ser interpretado; não passaram na verificação D2 ou D3 e ficam "
         "retidos."),
    ],
)  # fmt: skip
def test_what_a_reader_must_know_before_adding_up(site, facts, section, state, code, note) -> None:
    assert note in said(site, facts, section, state, code)


def test_a_state_without_such_figures_has_no_such_note(site, facts) -> None:
    told = " ".join(text for section in SECTIONS for text in said(site, facts, section, "CHL"))
    assert not any(words in told for words in ("second time", "smaller than", "citizenship label"))


def test_what_is_suppressed_now_is_not_told_by_its_siblings(site, facts) -> None:
    """El Salvador 2019: 46 women and girls less 39 girls would be the women that are `<5` now."""
    told = [text for text in said(site, facts, sex_age, "SLV") if ", 2019: " in text]
    beside = "one that the publisher now suppresses could be worked out from it"
    assert any(text.startswith("Women (18 years or over)") for text in told)
    assert any(text.startswith("Girls (0 to 17 years)") and beside in text for text in told)
    assert all("another figure, which is not repeated" in text for text in told if "30 May" in text)


def test_no_figure_of_a_year_is_repeated_beside_one_that_is_suppressed_now(site, facts) -> None:
    """In no state, no section, and not in the files of the charts either."""
    seen = 0
    for state in codelists.oas_states():
        for section in SECTIONS:
            for each in shown(site, facts, section, state):
                rows = list(csv.DictReader(io.StringIO(chart_files.in_codes(site, each))))
                hidden = {
                    row["time_period"]
                    for row in rows
                    if "Q" in row["obs_status"].split(";") and row["previous_release"]
                }
                seen += len(hidden)
                repeated = [row for row in rows if row["time_period"] in hidden]
                assert not [row for row in repeated if row["previous_value"]], (state, section.CODE)
                assert not [row for row in repeated if row["previous_value_raw"]]
    assert seen > 10
