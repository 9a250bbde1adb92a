"""The page of revisions: every change, and nothing that a publisher hides now."""

import csv
import io
import re
from collections import Counter
from pathlib import Path

import duckdb
import pytest
from country_pages import files, speaker
from parsed_page import Page
from warehouse_copies import changed

from pipelines.published.site import context
from pipelines.published.site.pages import revisions
from schemas import codelists

NOT_OF_THE_CELL = ("release", "previous_release", "change", "value_raw", "previous_value_raw")
SECRET = 987_654
HIDE = "value = null, lower = 0, upper = 4, value_raw = '<5', obs_status = 'Q', conf_status = 'A'"
BRAZIL = (
    "source = 'int_unodc_glotip' and ref_area = 'BRA' and indicator = 'VIC_DETECT' "
    "and time_period = '2019' and sex = '_T' and age = '_T' and exploitation = '_T' "
    "and citizenship = '_T' and counterpart_role = '_Z'"
)
BEFORE = (
    f"update harmonised.observation set value = {SECRET}, lower = {SECRET}, upper = {SECRET}, "
    f"value_raw = '{SECRET}' where {BRAZIL} and release = '2025-04-14';"
)
REPEATED = f"""
insert into main.release select * replace (
    date '2026-10-28' as release, 'REPEATED' as provenance, false as is_current, false as is_newest)
from main.release where source = 'int_unodc_glotip' and release = '2025-10-28';
insert into harmonised.observation select * replace (
    date '2026-10-28' as release, 612 as value, 612 as lower, 612 as upper, '612' as value_raw)
from harmonised.observation where {BRAZIL.replace("2019", "2022")} and release = '2025-10-28';
"""
"""A later release that only others repeat."""
READ = ("headline", "national_series", "not_held", "observation", "revision")
"""What the page is made of, of what figures make."""

NOW_HIDDEN = f"update harmonised.observation set {HIDE} where {BRAZIL} and release = '2025-10-28';"


def made(warehouse: Path) -> dict[str, str]:
    """Return every file of this kind of page, in two languages."""
    with duckdb.connect(warehouse, read_only=True) as connection:
        site, facts = context.read_site(connection), revisions.read(connection)
    return {
        path: text
        for language in site.languages
        if language.code in ("en", "fr")
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


def test_the_page_begins_with_what_all_releases_changed(english):
    ((_, sentence),) = english.all("p", **{"class": "sentence"})
    assert re.findall(r"\d+", sentence) == ["23", "8", "77", "0"]


def test_the_largest_changes_come_next(english, query):
    largest = query(
        "select abs(value - previous_value) as difference from published.headline "
        "where difference is not null order by difference desc limit 6"
    )
    shown = [row for row in rows_of(english, "State") if row[4] != "withdrawn"]
    assert [abs(number(row[4]) - number(row[3])) for row in shown] == [each for (each,) in largest]
    assert shown[0][:5] == [
        "Brazil", "Workers found in forced or slavery-like labour", "2024",
        "2\u202f004", "2\u202f186",
    ]  # fmt: skip


def test_known_counts_of_each_release(english):
    counts = [row[1:] for row in rows_of(english, "Release")]
    assert ["1\u202f258", "137", "13", "55", "0", "837"] in counts
    replaced = ["–", "0", "82", "155", "8"]
    assert replaced in [row[:5] for row in counts], "of a release that was replaced since"
    assert ["7", "0", "1", "2", "0", "3"] in counts
    counts = [row for row in rows_of(english, "Indicator") if len(row) == 7]
    assert [row[1:] for row in counts if row[0] == "Persons convicted"] == [
        ["231", "64", "4", "7", "0", "104"],
        ["–", "0", "4", "36", "1", "452"],
    ]
    assert [row[-1] for row in counts if row[0] == "Repatriated victims"] == ["39", "51"]


def test_every_change_is_in_the_fold_of_its_state(built, english, query):
    """Exact figures before and after equal those of the warehouse, with two decimals."""
    changes = query(
        "select ref_area, indicator, year, previous_value, value from published.headline "
        "where previous_release is not null"
    ) + query(
        "select ref_area, indicator, year, previous_value, null from published.not_held "
        "where why = 'WITHDRAWN'"
    )
    names = speaker(built).names["indicator"]
    shown = [row for row in rows_of(english, "Indicator") if len(row) == 5]
    assert len(changes) == len(shown) == 23
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


@pytest.fixture(scope="module")
def spoilt(built, tmp_path_factory) -> dict[str, str]:
    """The files had April 2025 printed other figures of Brazil: a secret one, and a small one.

    And had UNODC withdrawn Brazil's total of 2018 and the few of Suriname, a file been refused, and
    others repeated a later release.
    """
    small = BEFORE.replace(str(SECRET), "3").replace("2019", "2020")
    withdrawn = f"{BRAZIL.replace('2019', '2018')} or {BRAZIL.replace('BRA', 'SUR')}"
    statements = (
        f"{BEFORE} {small} {REPEATED} delete from harmonised.observation where ({withdrawn}) "
        "and release = '2025-10-28'; insert into main.held_back values "
        "('int_unodc_glotip', '2026-01-01', '2025-04-14', 'refused')"
    )
    return made(changed(built, tmp_path_factory.mktemp("spoilt"), statements, *READ))


def of_brazil(made_files: dict[str, str], year: str) -> list[list[str]]:
    """Return the figures before and after of Brazil's detected victims."""
    rows = rows_of(Page(made_files["en/revisions.html"]), "Indicator")
    return [row[2:4] for row in rows if row[:2] == ["Detected victims", year]]


def test_no_file_has_a_figure_that_is_hidden_now(built, tmp_path, spoilt):
    """Had UNODC hidden 2021 of each state too, none of the figures before would be repeated."""
    assert {path.split("/")[0] for path in repeating(spoilt, SECRET)} == {"en", "fr", "data"}
    every_state = BRAZIL.replace("ref_area = 'BRA' and ", "").replace("2019", "2021")
    hiding = NOW_HIDDEN + NOW_HIDDEN.replace(BRAZIL, every_state)
    hidden = made(changed(built, tmp_path, BEFORE + hiding, *READ))
    assert repeating(hidden, SECRET) == []
    assert ["not repeated", "<5"] in of_brazil(hidden, "2019")
    rows = rows_of(Page(hidden["en/revisions.html"]), "Indicator")
    shown = [row[2] for row in rows if (row[0], row[1]) == ("Detected victims", "2021")
             and row[3].startswith("<5")]  # fmt: skip
    assert len(shown) > 10
    assert {*shown} == {"not repeated"}


def test_a_small_figure_of_the_release_before_is_an_interval(spoilt, query):
    total = query(f"select value from published.observation where {BRAZIL.replace('2019', '2020')}")
    now = f"{total[0][0]:.0f}"
    assert ["<5", now] in of_brazil(spoilt, "2020")
    part = ("sex", "age", "exploitation", "citizenship")
    [row] = [
        row
        for row in changed_cells(spoilt)
        if (row["ref_area"], row["indicator"], row["time_period"]) == ("BRA", "VIC_DETECT", "2020")
        and row["release"] == "2025-10-28" and {row[each] for each in part} == {"_T"}
    ]  # fmt: skip
    assert (row["value_raw"], row["previous_value_raw"]) == (now, "<5")


def test_withdrawn_figures_are_listed_and_a_refused_release_is_named(english, spoilt, query):
    """None is withdrawn or refused as shipped."""
    total = query(f"select value from published.observation where {BRAZIL.replace('2019', '2018')}")
    page = Page(spoilt["en/revisions.html"])
    assert [row[:5] for row in rows_of(page, "State") if row[4] == "withdrawn"] == [
        ["Brazil", "Detected victims", "2018", f"{total[0][0]:.0f}", "withdrawn"],
        ["Suriname", "Detected victims", "2019", "<5", "withdrawn"],
    ]
    assert "added 77 and withdrew 2." in page.text
    assert "int_unodc_glotip: Not updated since 14 April 2025" in page.text
    assert not re.search("withdrawn: [1-9]|Not updated since", english.text)


def test_every_changed_cell_is_in_the_file(cells, query):
    ((count,),) = query("select count(*) from published.revision")
    assert len(cells) == count == 6228


def test_no_row_of_an_older_release_has_a_figure_that_is_hidden_now(cells):
    """Bolivia's victims of unknown form of 2022 and Peru's men and boys of 2019, exact in April."""
    keys = [each for each in cells[0] if each not in NOT_OF_THE_CELL]
    hidden = {
        tuple(row[each] for each in keys)
        for row in cells
        if row["value_raw"] == "<5" and row["release"] == "2025-10-28"
    }
    older = [
        row
        for row in cells
        if row["release"] == "2025-04-14" and tuple(row[each] for each in keys) in hidden
    ]
    assert len(older) > 3
    assert {row["value_raw"] for row in older} <= {"", "<5", "<9", "≥0", "withheld"}
    assert {row["previous_value_raw"] for row in older} <= {"", "withheld"}


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


def test_totals_that_a_release_narrowed_are_counted_by_state(english, query):
    """UNODC's <5 of 0 to 4 became 0 in October 2025, which contradicts nothing."""
    narrowed = query(
        "select ref_area, previous_value_raw, value_raw from published.revision "
        "where change = 'narrowed' and "
        "is_headline(freq, sex, age, exploitation, citizenship, counterpart_role, breakdown)"
    )
    assert {row[1:] for row in narrowed} == {("<5", "0")}
    [text] = [text for _, text in english.all("p") if text.startswith("Narrowed")]
    names = codelists.labels("area", "en")
    counted = Counter(names[area] for area, *_ in narrowed)
    listed = [f"{name} {counted[name]}" for name in sorted(counted)]
    assert text.endswith(f"<5. {', '.join(listed)}.")
    assert "Trinidad & Tobago 28" in text


def test_a_change_in_a_release_that_only_others_repeat_is_one(spoilt):
    rows = [row for row in rows_of(Page(spoilt["en/revisions.html"]), "Indicator") if len(row) == 5]
    assert ["Detected victims", "2022", "539", "612", "UNODC, 28 October 2026"] in rows
