"""Method and definitions: whole in four languages, every rule and every code, links that hold."""

import re
from pathlib import Path

import duckdb
import pytest
from invented_site import LANGUAGES, Page, tidy

from pipelines.published.i18n import interface_text
from pipelines.published.site.build import static_files
from pipelines.published.site.figures import context
from pipelines.published.site.pages import about, data, home, method
from schemas import codelists, rules
from schemas.contract import CONTRACTS

LIGHT = 250_000
"""Bytes of a page."""
PREFIXES = (
    "about_", "card_", "data_", "door_", "find_", "home_", "kept_out_", "list_", "method_",
    "must_hold_", "standard_",
)  # fmt: skip
"""Texts of the pages that are built here."""


@pytest.fixture(scope="module")
def folder(built, tmp_path_factory) -> Path:
    """The pages that are no page of a state or an indicator, in four languages."""
    out = tmp_path_factory.mktemp("pages")
    with duckdb.connect(built, read_only=True) as connection:
        site = context.read(connection)
        made = [*static_files()]
        for kind in (home, method, data, about):
            facts = kind.read(connection)
            made += [
                each for language in site.languages for each in kind.files(site, facts, language)
            ]
    for path, text in made:
        (out / path).parent.mkdir(parents=True, exist_ok=True)
        (out / path).write_text(text, encoding="utf-8")
    return out


@pytest.fixture(scope="module")
def methods(folder) -> dict[str, Page]:
    return {code: Page(folder / code / "method.html") for code in LANGUAGES}


def own_texts(language: str) -> dict[str, str]:
    """The texts of these pages that have no placeholder."""
    texts = interface_text.labels("site_text", language)
    return {
        code: tidy(text)
        for code, text in texts.items()
        if code.startswith(PREFIXES) and "{" not in text and not code.endswith("_title")
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_stands_on_a_page(folder, language):
    pages = [
        Page(file)
        for file in [
            *(folder / language).glob("*.html"),
            *(folder / language).glob("method/*.html"),
        ]
    ]
    said = "\n".join(page.all("body")[0][1] for page in pages)
    assert [code for code, text in own_texts(language).items() if text not in said] == []


def test_prevalence_has_its_anchor_and_comes_first(methods):
    for page in methods.values():
        assert [each["id"] for each, _ in page.all("h2")][:2] == ["contents", "prevalence"]


def test_every_rule_of_the_warehouse_is_told(methods, query):
    between = {rule for (rule,) in query("select rule_id from main.rule")}
    for page in methods.values():
        (_, *rows), _ = page.tables()
        assert {rule for rule, _ in rows} == between
        assert len({words for _, words in rows}) == len(between)


def test_every_check_that_keeps_a_row_out_is_told(methods, query):
    """A note that a figure failed check S5 says nothing to whom S5 is not explained."""
    used = {rule for (rule,) in query("select rule_id from main.quarantine")}
    used |= {rules.id_of(check.name) for check in CONTRACTS["observation"].schema.checks}
    for page in methods.values():
        _, (_, *rows) = page.tables()
        assert used <= {rule for rule, _ in rows}
        assert len({words for _, words in rows}) == len(rows)


def test_no_check_of_a_row_is_called_like_a_rule_between_figures(query):
    between = {rule for (rule,) in query("select rule_id from main.rule")}
    assert between.isdisjoint(method.KEEPING_OUT)


def test_english_words_of_a_rule_are_its_title(methods, query):
    """What the page says in four languages begins with the title in the file of the rule."""
    (_, *rows), _ = methods["en"].tables()
    said = dict(rows)
    for rule, title in query("select rule_id, title from main.rule"):
        assert said[rule].startswith(title), rule


def test_a_headline_needs_eight_years(methods):
    assert "only if at least 8 years have a figure" in methods["en"].all("main")[0][1]
    assert "solo si al menos 8 años tienen cifra" in methods["es"].all("main")[0][1]


@pytest.mark.parametrize("listed", method.LISTS)
def test_a_list_has_each_code_with_its_anchor_and_name(folder, listed):
    for language in LANGUAGES:
        page = Page(folder / language / "method" / f"{listed}.html")
        ((_, *rows),) = page.tables()
        names = codelists.labels(listed, language)
        assert [(row[0], row[1]) for row in rows] == [
            (code, tidy(name)) for code, name in names.items()
        ]
        anchors = {each["id"] for each, _ in page.all("tr") if "id" in each}
        assert anchors == set(names)


def test_english_definitions_are_marked_as_english(folder):
    page = Page(folder / "fr" / "method" / "stage.html")
    marked = [text for each, text in page.all("td") if each.get("lang") == "en"]
    assert marked == list(codelists.load("stage")["definition"])


def test_indicators_are_defined_in_each_language_and_lead_to_their_page(folder):
    page = Page(folder / "es" / "method" / "indicator.html")
    assert not [each for each, _ in page.all("td") if "lang" in each]
    ((_, *rows),) = page.tables()
    assert rows[2][:2] == ["VIC_IDENT", "Víctimas formalmente identificadas"]
    assert rows[2][2] == "Personas que la autoridad competente confirmó como víctimas."
    assert "../../es/indicator/vic_ident.html" in [each.get("href") for each, _ in page.all("a")]


def test_every_list_is_reached_from_the_page(folder, methods):
    for language, page in methods.items():
        targets = {each["href"] for each, _ in page.all("a") if "/method/" in each["href"]}
        assert targets == {f"../{language}/method/{listed}.html" for listed in method.LISTS}


def test_links_within_these_pages_hold(folder):
    kinds = re.compile(r"(method|data|about|index)(\.html|/)")
    for file in folder.glob("??/**/*.html"):
        for attributes, _ in Page(file).all("a"):
            path, _, fragment = attributes["href"].partition("#")
            target = (file.parent / path).resolve() if path else file
            below = target.relative_to(folder) if target.is_relative_to(folder) else None
            if below is None or not kinds.match("/".join(below.parts[1:])):
                continue
            assert target.is_file(), (file, attributes)
            assert not fragment or f'id="{fragment}"' in target.read_text(encoding="utf-8")


def test_pages_are_light(folder):
    sizes = {file: file.stat().st_size for file in folder.glob("??/**/*.html")}
    assert {file: size for file, size in sizes.items() if size > LIGHT} == {}
