"""The page of revisions: every change, and nothing that a publisher hides now."""

import csv
import io
import re
from pathlib import Path

import duckdb
import pytest
from conftest import changed
from country_pages import files
from invented_site import LANGUAGES, Page, tidy

from pipelines.published.site import context
from pipelines.published.site.figures import revision
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
        for path, text in revisions.files(site, facts, language)
    }


def repeating(files: dict[str, str], figure: int) -> list[str]:
    """Return the files that have a figure, with or without a thousands separator."""
    digits = "".join(rf"{digit}[\u202f ,.]?" for digit in str(figure))
    return [path for path, text in files.items() if re.search(rf"(?<!\d){digits}(?!\d)", text)]


@pytest.fixture(scope="module")
def cells(built) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(files(built, revisions)[revisions.CELLS])))


@pytest.fixture(scope="module")
def english(built) -> Page:
    """The page of the shipped figures."""
    return Page(files(built, revisions)["en/revisions.html"])


def accounts(page: Page) -> dict[str, list[str]]:
    """Return the counts of UNODC's newest release, by indicator."""
    (_, *rows), *_ = page.tables()
    return {row[0]: row[1:] for row in rows}


def before_and_now(page: Page) -> dict[tuple[str, str], tuple[str, str]]:
    """Return both figures of each row of a table beside a chart, by anchor and row heading."""
    anchors = [attrs["id"] for attrs, _ in page.all("figure")]
    tables = page.tables()[-len(anchors) :]
    return {
        (anchor, row[0]): (row[1], row[2])
        for anchor, (_, *rows) in zip(anchors, tables, strict=True)
        for row in rows
    }


def test_known_counts_of_the_newest_release(english):
    counts = accounts(english)
    assert counts["Detected victims"][:4] == ["272", "29", "31", "3"]
    assert counts["Persons convicted"][:4] == ["258", "5", "36", "1"]
    assert counts["Offences recorded"][:4] == ["220", "23", "26", "3"]


def test_a_figure_that_left_its_suppression_rose(english):
    """Trinidad and Tobago 2020: <5, then 5."""
    counts = "Higher: 18. Lower: 11. Suppressed before or after, so that no direction is told: 0."
    assert counts in english.text


def test_repatriated_victims_have_no_headline_figure_to_count(english):
    """Their totals have a counterpart area, and did change."""
    assert accounts(english)["Repatriated victims"] == ["–", "–", "–", "–", "51"]


def test_the_headline_counts_the_changes(english):
    words = "Detected victims: 29 figures changed, 31 new, 3 withdrawn, 272 unchanged"
    assert words in [text for _, text in english.all("p", **{"class": "headline"})]


@pytest.mark.parametrize(
    ("count", "texts"),
    [
        (0, ["0 figures changed", "0 cifras modificadas", "0 números alterados",
             "0 chiffre modifié"]),
        (1, ["1 figure changed", "1 cifra modificada", "1 número alterado", "1 chiffre modifié"]),
        (2, ["2 figures changed", "2 cifras modificadas", "2 números alterados",
             "2 chiffres modifiés"]),
    ],
)  # fmt: skip
def test_counts_are_grammatical_for_none_one_and_many(speakers, count, texts):
    assert [revision.counted({"changed": count}, speakers[code]) for code in LANGUAGES] == texts
    assert revision.counted({"withdrawn": 0}, speakers["pt"]) == "0 retirados"


def test_chart_table_and_warehouse_have_the_same_figures(english, query):
    rows = before_and_now(english)
    changes = query(
        "select previous_value, value from published.headline where previous_release is not null"
    ) + query("select previous_value, null from published.withdrawn")
    assert len(rows) == len(changes) == 94
    exact = {(before, now) for before, now in changes if before is not None and now is not None}
    numbers = [tuple(number(text) for text in pair) for pair in rows.values()]
    assert {pair for pair in numbers if None not in pair} == exact
    for anchor, figure in zip(
        dict.fromkeys(anchor for anchor, _ in rows), english.charts(), strict=True
    ):
        table = {row: pair for (own, row), pair in rows.items() if own == anchor}
        assert drawn(figure, "before", None) == column(table, 0)
        assert drawn(figure, "after", None) == column(table, 1)
        few = {row for row, pair in table.items() if "<5" in pair}
        assert drawn(figure, "suppressed", 4) == dict.fromkeys(few, 4)


def drawn(figure: dict, mark: str, top: float | None) -> dict[str, float]:
    """Return the values of the marks of one kind by row; bars go from 0 to the top."""
    traces = [trace for trace in figure["data"] if trace["meta"] == mark]
    assert all(trace.get("base") == (None if top is None else 0) for trace in traces)
    return {y: x for trace in traces for y, x in zip(trace["y"], trace["x"], strict=True)}


def column(table: dict[str, tuple[str, str]], at: int) -> dict[str, float]:
    """Return the exact figures of a column of a table."""
    return {row: value for row, pair in table.items() if (value := number(pair[at])) is not None}


def number(text: str) -> float | None:
    exact = re.match(r"\d+(?![\d–])", text.replace("\u202f", ""))  # a remark may follow
    return float(exact[0]) if exact else None


def test_figures_suppressed_now_are_not_repeated(english, query):
    """UNODC hides seven totals that it printed before: 22, 23, 90 and others."""
    hidden = query(
        "select ref_area, indicator, year, previous_value from published.headline "
        "where previous_value is not null and value is null"
    )
    assert sorted(previous for *_, previous in hidden) == [5, 7, 7, 22, 22, 23, 90]
    areas = codelists.labels("area", "en")
    rows = before_and_now(english)
    for area, indicator, year, _ in hidden:
        (pair,) = (
            pair
            for (anchor, heading), pair in rows.items()
            if heading == f"{areas[area]}, {year}" and anchor.startswith(indicator.lower())
        )
        assert pair == ("not repeated", "<5")
    assert len([now for _, now in rows.values() if now == "<5"]) == len(hidden)


def test_no_file_has_a_figure_that_is_hidden_now(built, tmp_path):
    shown = made(changed(built, tmp_path, BEFORE))
    assert {path.split("/")[0] for path in repeating(shown, SECRET)} == {*LANGUAGES, "data"}
    hidden = made(changed(built, tmp_path, BEFORE + NOW_HIDDEN))
    assert repeating(hidden, SECRET) == []
    assert "Brazil, 2019: not repeated → &lt;5" in unescaped(hidden["en/revisions.html"])


def unescaped(text: str) -> str:
    return text.replace("\\u0026", "&")


def test_a_small_figure_of_the_release_before_is_an_interval(built, tmp_path):
    small = BEFORE.replace(str(SECRET), "3")
    files = made(changed(built, tmp_path, small))
    assert "Brazil, 2019: &lt;5 → 66" in unescaped(files["en/revisions.html"])
    rows = csv.DictReader(io.StringIO(files[revisions.CELLS]))
    (row,) = (row for row in rows if is_brazil(row))
    assert (row["value_raw"], row["previous_value_raw"]) == ("66", "<5")


def is_brazil(row: dict[str, str]) -> bool:
    total = all(row[part] == "_T" for part in ("sex", "age", "exploitation", "citizenship"))
    return total and (row["ref_area"], row["indicator"], row["time_period"]) == (
        "BRA", "VIC_DETECT", "2019",
    )  # fmt: skip


def test_every_changed_cell_is_in_the_file(cells, query):
    ((count,),) = query("select count(*) from published.revision")
    assert len(cells) == count == 2890


def test_the_file_repeats_nothing_that_is_hidden(cells, query):
    """Neither a cell that is suppressed, nor a part beside one, which would reveal it."""
    assert {row["previous_value_raw"] for row in cells if row["value_raw"] == "<5"} == {""}
    small = re.compile(r"[0-4](\.0)?")
    assert [row for row in cells if small.fullmatch(row["previous_value_raw"])] == []
    suppressed = set(
        query(
            "select ref_area, indicator, time_period from published.observation "
            "where value is null and lower is not null"
        )
    )
    parts = [row for row in cells if row["sex"] != "_T" or row["age"] != "_T"]
    beside = [row for row in parts if table_of(row) in suppressed]
    assert len(beside) > 100
    assert {row["previous_value_raw"] for row in beside} == {""}


def table_of(row: dict[str, str]) -> tuple[str, str, str]:
    return row["ref_area"], row["indicator"], row["time_period"]


def test_withdrawn_figures_are_listed(english):
    text = tidy(english.text)
    for words in (
        "Detected victims, 2019: 36 → withdrawn",
        "Persons convicted, 2019: 10 → withdrawn",
    ):
        assert words in text
    assert len(re.findall("→ withdrawn</li>", text)) == 8


def test_each_state_with_a_change_has_an_anchor(english, query):
    anchors = {attrs.get("id") for _, attrs, _ in english.elements}
    states = query("select distinct ref_area from published.headline where previous_value > 0")
    assert {area.lower() for (area,) in states} <= anchors


def test_a_refused_release_is_named(built, tmp_path):
    refused = changed(
        built,
        tmp_path,
        "insert into main.held_back values "
        "('int_unodc_glotip', '2026-01-01', '2025-04-14', 'refused')",
    )
    page = made(refused)["en/revisions.html"]
    assert "int_unodc_glotip: Not refreshed since 14 April 2025" in page
    assert "none is held back" not in page
