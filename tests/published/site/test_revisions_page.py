"""The page of revisions: every change, and nothing that a publisher hides now."""

import csv
import io
import re
from pathlib import Path

import duckdb
import pytest
from country_pages import files, speaker
from parsed_page import LANGUAGES, Page
from warehouse_copies import changed

from pipelines.published.site import context
from pipelines.published.site.pages import revisions
from schemas import codelists

SECRET = 987_654
HIDE = "value = null, lower = 0, upper = 4, value_raw = '<5', obs_status = 'Q', conf_status = 'A'"
BRAZIL = (
    "source = 'int_unodc_glotip' and ref_area = 'BRA' and indicator = 'VIC_DETECT' "
    "and time_period = '2019' and sex = '_T' and age = '_T' and exploitation = '_T' "
    "and citizenship = '_T' and counterpart_role = '_Z'"
)
BEFORE = (
    f"update harmonised.observation set value = {SECRET}, lower = {SECRET}, upper = {SECRET}, "
    f"value_raw = '{SECRET}' where {BRAZIL} and release = '2023-05-30';"
)
NOW_HIDDEN = f"update harmonised.observation set {HIDE} where {BRAZIL} and release = '2025-04-14';"


def made(warehouse: Path) -> dict[str, str]:
    """Return every file of this kind of page, in four languages."""
    with duckdb.connect(warehouse, read_only=True) as connection:
        site, facts = context.read_site(connection), revisions.read(connection)
    return {
        path: text
        for language in site.languages
        for path, text in revisions.files(site.in_language(language), facts, language)
    }


def repeating(files: dict[str, str], figure: int) -> list[str]:
    """Return the files that have a figure, with or without a thousands separator."""
    digits = "".join(rf"{digit}[\u202f ,.]?" for digit in str(figure))
    return [path for path, text in files.items() if re.search(rf"(?<!\d){digits}(?!\d)", text)]


@pytest.fixture(scope="module")
def cells(built) -> list[dict[str, str]]:
    return changed_cells(files(built, revisions))


def changed_cells(made_files: dict[str, str]) -> list[dict[str, str]]:
    """Return the rows of the files of changed cells."""
    tables = [text for path, text in made_files.items() if path.startswith("data/revisions/")]
    return [row for text in tables for row in csv.DictReader(io.StringIO(text))]


@pytest.fixture(scope="module")
def english(built) -> Page:
    """The page of the shipped figures."""
    return Page(files(built, revisions)["en/revisions.html"])


def rows_of(page: Page, heading: str) -> list[list[str]]:
    """Return the rows of the tables whose first column has that heading."""
    return [row for head, *rows in page.tables() if head[0] == heading for row in rows]


def test_the_page_begins_with_what_all_releases_changed(english, built):
    ((_, sentence),) = english.all("p", **{"class": "sentence"})
    assert sentence == (
        "Newer releases changed 92 yearly totals of 15 states, added 157 and withdrew 8."
    )
    page = Page(files(built, revisions, "fr")["fr/revisions.html"])
    ((_, sentence),) = page.all("p", **{"class": "sentence"})
    assert sentence == (
        "Les publications plus récentes ont modifié 92 totaux annuels de 15 États, "
        "en ont ajouté 157 et retiré 8."
    )


def test_the_largest_changes_come_next(english, query):
    largest = query(
        "select abs(value - previous_value) as difference from published.headline "
        "where difference is not null order by difference desc limit 6"
    )
    shown = [row for row in rows_of(english, "State") if row[4] != "withdrawn"]
    assert [abs(number(row[4]) - number(row[3])) for row in shown] == [each for (each,) in largest]
    assert shown[0][:5] == ["Peru", "Offences recorded", "2019", "161", "509 doubtful figure"]


def test_known_counts_of_each_release(english):
    counts = [row[1:] for row in rows_of(english, "Release")]
    assert ["1\u202f170", "83", "155", "8", "2\u202f870"] in counts
    assert ["7", "1", "2", "0", "3"] in counts
    counts = {row[0]: row[1:] for row in rows_of(english, "Indicator") if len(row) == 6}
    assert counts["Persons convicted"] == ["258", "5", "36", "1", "455"]
    assert counts["Repatriated victims"][-1] == "51"


def test_every_change_is_in_the_fold_of_its_state(built, english, query):
    """Exact figures before and after equal those of the warehouse, with two decimals."""
    changes = query(
        "select ref_area, indicator, year, previous_value, value from published.headline "
        "where previous_release is not null"
    ) + query("select ref_area, indicator, year, previous_value, null from published.withdrawn")
    names = speaker(built).names["indicator"]
    shown = [row for row in rows_of(english, "Indicator") if len(row) == 5]
    assert len(changes) == 99
    assert len(shown) == 100, "and one in a release that only others repeat"
    pairs = [(row[0], row[1], number(row[2]), number(row[3])) for row in shown]
    exact = {
        (names[code], str(year), round(before, 2), round(now, 2))
        for _, code, year, before, now in changes
        if before is not None and now is not None
    }
    assert {pair for pair in pairs if None not in pair} == exact
    folds = {each.get("id"): text for each, text in english.all("details")}
    for area, code, *_ in changes:
        assert names[code] in folds[area.lower()]


def number(text: str) -> float | None:
    """Return the figure of a cell, whose remarks stand behind it."""
    return float(text.split(" ")[0].replace("\u202f", "")) if text[0].isdigit() else None


def test_figures_suppressed_now_are_not_repeated(english, query):
    """UNODC hides seven totals that it printed before; those that tell something are withheld."""
    hidden = query(
        "select previous_value_raw from published.headline "
        "where previous_release is not null and value is null"
    )
    shown = [
        row for row in rows_of(english, "Indicator") if len(row) == 5 and row[3].startswith("<5")
    ]
    assert len(shown) == len(hidden) + 1, "and one in a release that only others repeat"
    assert {row[2] for row in shown} == {"not repeated"}


def test_no_file_has_a_figure_that_is_hidden_now(built, tmp_path):
    shown = made(changed(built, tmp_path, BEFORE))
    assert {path.split("/")[0] for path in repeating(shown, SECRET)} == {*LANGUAGES, "data"}
    hidden = made(changed(built, tmp_path, BEFORE + NOW_HIDDEN))
    assert repeating(hidden, SECRET) == []
    assert ["not repeated", "<5"] in brazil_2019(hidden)


def brazil_2019(made_files: dict[str, str]) -> list[list[str]]:
    """Return the figures before and after of Brazil's detected victims of 2019."""
    rows = rows_of(Page(made_files["en/revisions.html"]), "Indicator")
    return [row[2:4] for row in rows if row[:2] == ["Detected victims", "2019"]]


def test_a_small_figure_of_the_release_before_is_an_interval(built, tmp_path):
    small = BEFORE.replace(str(SECRET), "3")
    files = made(changed(built, tmp_path, small))
    assert ["<5", "66"] in brazil_2019(files)
    (row,) = (row for row in changed_cells(files) if is_brazil(row))
    assert (row["value_raw"], row["previous_value_raw"]) == ("66", "<5")


def is_brazil(row: dict[str, str]) -> bool:
    total = all(row[part] == "_T" for part in ("sex", "age", "exploitation", "citizenship"))
    return total and (row["ref_area"], row["indicator"], row["time_period"]) == (
        "BRA", "VIC_DETECT", "2019",
    )  # fmt: skip


def test_every_changed_cell_is_in_the_file(cells, query):
    ((count,),) = query("select count(*) from published.revision")
    assert len(cells) == count == 2898


def test_the_file_repeats_nothing_that_is_hidden(cells, query):
    """Neither a cell that is suppressed, nor an earlier figure that would narrow one."""
    assert {row["previous_value_raw"] for row in cells if row["value_raw"] == "<5"} == {""}
    small = re.compile(r"[0-4](\.0)?")
    assert [row for row in cells if small.fullmatch(row["previous_value_raw"])] == []
    withheld = [row for row in cells if row["previous_value_raw"] == "withheld"]
    ((count,),) = query(
        "select count(*) from published.revision where previous_value_raw = 'withheld' "
        "and (value is not null or lower is null)"
    )
    assert len(withheld) == count > 200


def test_withdrawn_figures_are_listed(english):
    gone = [row for row in rows_of(english, "State") if row[4] == "withdrawn"]
    assert len(gone) == 8
    assert {tuple(row[:5]) for row in gone} >= {
        ("Panama", "Persons prosecuted", "2019", "13", "withdrawn"),
        ("Panama", "Persons convicted", "2019", "not repeated", "withdrawn"),
    }


def test_each_state_with_a_change_has_an_anchor(english, query):
    states = query("select distinct ref_area from published.headline where previous_value > 0")
    assert {area.lower() for (area,) in states} <= english.anchors()


def test_a_change_in_a_release_that_only_others_repeat_is_one(english):
    rows = [row for row in rows_of(english, "Indicator") if len(row) == 5]
    [now] = [
        row[3]
        for row in rows
        if row[:3] == ["Persons prosecuted", "2022", "not repeated"]
        and row[4] == "UNODC, 28 October 2025"
    ]
    assert now == "<5 doubtful figure"


def test_states_without_a_changed_total_are_named(english, query):
    """Colombia is in UNODC's newer release, and no total of it changed."""
    [text] = [text for _, text in english.all("p") if text.startswith("In a newer release without")]
    changed = query("select distinct ref_area from published.headline where previous_value > 0")
    names = codelists.labels("area", "en")
    assert "Colombia" in text
    assert not any(names[area] in text for (area,) in changed)


def test_a_refused_release_is_named(built, tmp_path):
    refused = changed(
        built,
        tmp_path,
        "insert into main.held_back values "
        "('int_unodc_glotip', '2026-01-01', '2025-04-14', 'refused')",
    )
    page = made(refused)["en/revisions.html"]
    assert "int_unodc_glotip: Not updated since 14 April 2025" in page
    assert "none is held back" not in page
