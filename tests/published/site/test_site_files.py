"""The index, the interface texts and the files of the site as a whole."""

import re
from pathlib import Path

import pytest
from invented_site import HOSTILE, LANGUAGES, Page, every_page, invented_warehouse, tidy

from pipelines import published
from pipelines.published.i18n import interface_text
from pipelines.published.site.build import build_site


def index_rows(site: Path, language: str) -> list[list[str]]:
    ((_, *rows),) = Page(site / language / "index.html").tables()
    return [row for row in rows if row[0] != HOSTILE]


def with_figures(rows: list[list[str]]) -> list[list[str]]:
    return [row for row in rows if len(row) > 2]


def test_index_shows_coverage(site):
    assert with_figures(index_rows(site, "en")) == [
        ["Argentina", "2014", "2022", "8", "1"],
        ["Brazil", "2020", "2020", "1", "0"],
        ["Chile", "2021", "2022", "2", "2"],
        ["Dominica", "2013", "2013", "1", "0"],
        ["United States", "2021", "2022", "2", "0"],
    ]


def test_index_is_in_the_alphabet_of_its_language(site):
    names = [row[0] for row in index_rows(site, "fr")]
    assert len(names) == 34
    assert [name for name in names if name[0] in "DEÉ"] == [
        "Dominique", "Équateur", "États-Unis",
    ]  # fmt: skip


def test_only_sources_that_are_used_are_described(site):
    described = Page(site / "en" / "data.html").all("dl", **{"class": "source"})
    assert [attributes["id"] for attributes, _ in described] == [
        "source-int_tests", "source-ref_wpp",
    ]  # fmt: skip


def test_every_text_is_used():
    folder = Path(published.__file__).parent
    sources = [*folder.rglob("*.py"), *folder.rglob("*.j2")]
    used = "\n".join(file.read_text(encoding="utf-8") for file in sources)
    composed = (
        r"(victims|chain|per_contact|per_prosec|per_convict|rule|key|subtitle|home|definition"
        r"|trend|others?|sum|rates|sides|treaties|status"
        r"|sex_age|forms|citizenship|told|parts?|by|named|figure"
        r"|alt_\w+(?=_rate)"
        r"|dimension|multiples_counts|multiples_rates|needs_why|gaps_years|revisions"
        r"|citation|card|door|method|must_hold|kept_out|standard|list|data|about)_\w+"
    )
    idle = [
        code
        for code in interface_text.labels("site_text", "en")
        if f'"{code}"' not in used and f"'{code}'" not in used and not re.fullmatch(composed, code)
    ]
    assert idle == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_words_of_another_language_stand_on_a_page(site, language):
    """Every interface text of the other languages that is longer than a word is absent."""
    others = {
        text
        for code in LANGUAGES
        if code != language
        for text in interface_text.labels("site_text", code).values()
        if "{" not in text and re.search(r"\w \w", text)
    } - set(interface_text.labels("site_text", language).values())
    for file in every_page(site / language):
        text = in_its_own_language(Page(file), language)
        assert [words for words in others if words in text and is_said(words, text)] == []


def in_its_own_language(page: Page, language: str) -> str:
    """The text of a page without what it marks as another language, such as a definition."""
    ((_, text),) = page.all("body")
    for _, attributes, texts in page.elements:
        foreign = tidy("".join(texts))
        if foreign and attributes.get("lang", language) != language:
            text = text.replace(foreign, " ")
    return text


def is_said(words: str, text: str) -> bool:
    """Return whether the words stand there as words, not as a part of longer ones."""
    return bool(re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text))


def test_a_second_build_writes_nothing(invented, site):
    before = {file: file.read_bytes() for file in site.rglob("*") if file.is_file()}
    built = build_site(invented, site)
    assert (built.pages, built.written) == (len(every_page(site)), 0)
    assert built.index == site / "index.html"
    assert {file: file.read_bytes() for file in site.rglob("*") if file.is_file()} == before


def test_another_folder_gets_the_same_bytes(invented, site, tmp_path):
    build_site(invented, tmp_path)
    for file in every_page(site):
        assert (tmp_path / file.relative_to(site)).read_bytes() == file.read_bytes()


@pytest.mark.slow
def test_only_what_changed_is_written_and_stale_pages_go(invented, tmp_path):
    build_site(invented, tmp_path)
    changed, stale = tmp_path / "en/country/arg.html", tmp_path / "en/country/old.html"
    right = changed.read_text(encoding="utf-8")
    changed.write_text("spoilt", encoding="utf-8")
    stale.write_text("old", encoding="utf-8")
    assert build_site(invented, tmp_path).written == 1
    assert changed.read_text(encoding="utf-8") == right
    assert not stale.exists()


def test_a_warehouse_without_any_figure_gives_kind_pages(built, site, tmp_path):
    """Only what states have in common goes: comparisons, and the coverage of an indicator."""
    empty = invented_warehouse(built, tmp_path / "empty.duckdb", figures="", withheld="")
    build_site(empty, tmp_path / "site")
    whole, bare = (
        {file.relative_to(folder) for file in every_page(folder)}
        for folder in (site, tmp_path / "site")
    )
    assert bare < whole
    assert {page.parts[1] for page in whole - bare} <= {"compare", "gaps"}
