"""Footnotes to parts: what adds up to nothing, what cannot be read, what may not be repeated."""

import csv
import io

import duckdb
import pytest

from pipelines.published.site.figures import context, downloads
from pipelines.published.site.pages.sections import citizenship, forms, sex_age
from schemas import codelists

UNODC = "int_unodc_glotip"
SECTIONS = (sex_age, forms, citizenship)


@pytest.fixture(scope="module")
def site(built) -> context.Site:
    with duckdb.connect(built, read_only=True) as connection:
        return context.read_site(connection)


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
        (citizenship, "GTM", "pt", "2019–2021: o que a fonte publica com uma nacionalidade vazia "
         "ou que não pode ser interpretada fica retido."),
    ],
)  # fmt: skip
def test_what_a_reader_must_know_before_adding_up(site, facts, section, state, code, note) -> None:
    assert note in said(site, facts, section, state, code)


def test_a_state_without_such_figures_has_no_such_note(site, facts) -> None:
    told = " ".join(text for section in SECTIONS for text in said(site, facts, section, "CHL"))
    assert not any(words in told for words in ("second time", "smaller than", "citizenship label"))


@pytest.mark.parametrize(
    ("state", "year"),
    [
        ("SLV", 2019),  # 46 women and girls less 39 girls would be the women that are `<5` now
        ("PAN", 2019),  # 27 women and girls less 26 women would be the girls, withdrawn since
        ("URY", 2019),  # 21 women and girls less 19 women would be the girls, fewer than 5 then
    ],
)
def test_what_is_small_now_or_then_is_not_told_by_its_siblings(
    site, facts, state: str, year: int
) -> None:
    told = [
        text
        for text in said(site, facts, sex_age, state)
        if "30 May 2023" in text and str(year) in text.partition(": ")[0]
    ]
    assert told
    assert all("not repeated because" in text for text in told)


@pytest.mark.parametrize(
    ("section", "state", "words"),
    [
        (
            sex_age,
            "CRI",
            "exceeds their total or subtotal: 2011, 2015–2022",
        ),  # ages, or the sexes of an age
        (
            sex_age,
            "CAN",
            "exceeds their total or subtotal: 2022",
        ),  # 317 women and 95 men of 352 adults
        (citizenship, "CAN", "exceeds their total or subtotal: 2008–2009"),  # 55 of 40
    ],
)
def test_parts_that_exceed_their_total_are_named(site, facts, section, state, words) -> None:
    captions = [each.table.caption for each in shown(site, facts, section, state)]
    assert any(words in caption for caption in captions)


def test_a_headline_says_that_its_figures_contradict_each_other(site, facts) -> None:
    """Canada 2022: no sum of all parts exceeds the total, but women and men exceed the adults."""
    headlines = [each.headline for each in shown(site, facts, sex_age, "CAN")]
    assert any("317 women, 95 men" in said and "contradict" in said for said in headlines)


def test_no_figure_of_a_year_is_repeated_beside_one_that_is_suppressed_now(site, facts) -> None:
    """In no state, no section, and not in the files of the charts either."""
    seen = 0
    for state in codelists.oas_states():
        for section in SECTIONS:
            for each in shown(site, facts, section, state):
                rows = list(csv.DictReader(io.StringIO(downloads.in_codes(site, each))))
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
