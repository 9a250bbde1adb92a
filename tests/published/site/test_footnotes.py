"""Footnotes to breakdowns: parts that do not add up, illegible names, hidden previous figures."""

import csv
import io
from pathlib import Path

import pytest
from country_pages import edition, shown

from pipelines.published.site.figures import downloads
from pipelines.published.site.figures.view import FigureView
from schemas import codelists

SECTIONS = ("sex_age", "forms", "citizenship")


def of_unodc(built: Path, section: str, state: str, code: str = "en") -> list[FigureView]:
    return [
        each for each in shown(built, state, section, code) if each.source == "int_unodc_glotip"
    ]


def notes(built: Path, section: str, state: str, code: str = "en") -> list[str]:
    return [text for each in of_unodc(built, section, state, code) for _, text in each.notes]


@pytest.mark.parametrize(
    ("section", "state", "code", "note"),
    [
        ("sex_age", "USA", "en", "Sex and age unknown, 2017–2022: the publisher prints persons of "
         "another sex here a second time; do not add them to the others."),
        ("forms", "USA", "en", "Sexual exploitation, 2020–2021: the printed figure is smaller than "
         "its own sexes or ages together."),
        ("citizenship", "GTM", "pt", "2019–2021: o que a fonte publica com uma nacionalidade vazia "
         "ou que não pode ser interpretada fica retido."),
    ],
)  # fmt: skip
def test_notes_that_a_reader_needs_before_adding_up(built, section, state, code, note) -> None:
    assert note in notes(built, section, state, code)


def test_a_state_without_such_figures_has_no_such_note(built) -> None:
    texts = " ".join(text for section in SECTIONS for text in notes(built, section, "CHL"))
    assert not any(words in texts for words in ("second time", "smaller than", "citizenship label"))


@pytest.mark.parametrize(
    ("state", "year"),
    [
        ("SLV", 2019),  # 46 women and girls less 39 girls would be the women that are `<5` now
        ("PAN", 2019),  # 27 women and girls less 26 women would be the girls, withdrawn since
        ("URY", 2019),  # 21 women and girls less 19 women would be the girls, fewer than 5 then
    ],
)
def test_other_parts_do_not_reveal_a_figure_that_is_or_was_small(built, state, year) -> None:
    found = [
        text
        for text in notes(built, "sex_age", state)
        if "30 May 2023" in text and str(year) in text.partition(": ")[0]
    ]
    assert found
    assert all("not repeated because" in text for text in found)


@pytest.mark.parametrize(
    ("section", "state", "words"),
    [
        ("sex_age", "CRI", "2011, 2015–2022"),  # ages, or the sexes of an age
        ("sex_age", "CAN", "2022"),  # 317 women and 95 men of 352 adults
        ("citizenship", "CAN", "2008–2009"),  # 55 of 40
    ],
)
def test_the_caption_has_the_years_in_which_parts_exceed_their_total(
    built, section, state, words
) -> None:
    captions = [each.table.caption for each in of_unodc(built, section, state)]
    assert any(f"exceeds their total or subtotal: {words}" in caption for caption in captions)


def test_a_headline_states_that_its_figures_contradict_each_other(built) -> None:
    """Canada 2022: no sum of all parts exceeds the total, but women and men exceed the adults."""
    headlines = [each.headline for each in of_unodc(built, "sex_age", "CAN")]
    assert any("317 women, 95 men" in text and "contradict" in text for text in headlines)


def test_no_figure_of_a_year_is_repeated_beside_one_that_is_suppressed_now(built) -> None:
    """In no state, no section, and not in the files of the charts either."""
    seen = 0
    for state in codelists.oas_states():
        for section in SECTIONS:
            for each in of_unodc(built, section, state):
                text = downloads.in_codes(edition(built), each)
                rows = list(csv.DictReader(io.StringIO(text)))
                hidden = {
                    row["time_period"]
                    for row in rows
                    if "Q" in row["obs_status"].split(";") and row["previous_release"]
                }
                seen += len(hidden)
                repeated = [row for row in rows if row["time_period"] in hidden]
                assert not [row for row in repeated if row["previous_value"]], (state, section)
                assert not [row for row in repeated if row["previous_value_raw"]]
    assert seen > 10
