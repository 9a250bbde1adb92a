"""Method and definitions: every text, every rule and every code."""

import pytest
from country_pages import files
from invented_site import LANGUAGES, Page, tidy

from pipelines.published.i18n import interface_text
from pipelines.published.site.pages import about, data, home, method
from schemas import codelists
from schemas.contract import CONTRACTS
from schemas.rules import id_of

PREFIXES = (
    "about_", "card_", "data_", "door_", "find_", "home_", "kept_out_", "list_", "method_",
    "must_hold_", "standard_",
)  # fmt: skip
"""The beginnings of the codes of texts on these pages."""


@pytest.fixture(scope="module")
def methods(built) -> dict[str, Page]:
    """The page of the method in each language."""
    return {code: Page(files(built, method, code)[f"{code}/method.html"]) for code in LANGUAGES}


def list_page(built, listed: str, code: str) -> Page:
    return Page(files(built, method, code)[f"{code}/method/{listed}.html"])


def test_every_text_is_on_a_page(built):
    pages = [
        Page(text) for kind in (home, method, data, about) for text in files(built, kind).values()
    ]
    body = "\n".join(page.all("body")[0][1] for page in pages)
    texts = {
        code: tidy(text)
        for code, text in interface_text.labels("site_text", "en").items()
        if code.startswith(PREFIXES) and "{" not in text and not code.endswith("_title")
    }
    assert [code for code, text in texts.items() if text not in body] == []


def test_prevalence_has_its_anchor_and_comes_first(methods):
    for page in methods.values():
        assert [each["id"] for each, _ in page.all("h2")][:2] == ["contents", "prevalence"]


def test_every_rule_of_the_warehouse_is_explained(methods, query):
    rules = {rule for (rule,) in query("select rule_id from main.rule")}
    for page in methods.values():
        (_, *rows), _ = page.tables()
        assert {rule for rule, _ in rows} == rules
        assert len({words for _, words in rows}) == len(rules)


def test_every_check_that_keeps_a_row_out_is_explained(methods, query):
    """Notes on figures name checks by their ids, such as S5."""
    used = {rule for (rule,) in query("select rule_id from main.quarantine")}
    used |= {id_of(check.name) for check in CONTRACTS["observation"].schema.checks}
    for page in methods.values():
        _, (_, *rows) = page.tables()
        assert used <= {rule for rule, _ in rows}
        assert len({words for _, words in rows}) == len(rows)


def test_no_check_of_a_row_is_called_like_a_rule_between_figures(query):
    rules = {rule for (rule,) in query("select rule_id from main.rule")}
    assert rules.isdisjoint(method.KEEPING_OUT)


def test_english_words_of_a_rule_are_its_title(methods, query):
    """The text on the page begins with the title in the file of the rule."""
    (_, *rows), _ = methods["en"].tables()
    texts = dict(rows)
    for rule, title in query("select rule_id, title from main.rule"):
        assert texts[rule].startswith(title), rule


def test_a_headline_needs_eight_years(methods):
    assert "only if at least 8 years have a figure" in methods["en"].all("main")[0][1]


@pytest.mark.parametrize("listed", method.LISTS)
def test_a_list_has_each_code_with_its_anchor_and_name(built, listed):
    page = list_page(built, listed, "fr")
    ((_, *rows),) = page.tables()
    names = codelists.labels(listed, "fr")
    assert [(row[0], row[1]) for row in rows] == [
        (code, tidy(name)) for code, name in names.items()
    ]
    assert {each["id"] for each, _ in page.all("tr") if "id" in each} == set(names)


def test_english_definitions_are_marked_as_english(built):
    page = list_page(built, "stage", "fr")
    marked = [text for each, text in page.all("td") if each.get("lang") == "en"]
    assert marked == list(codelists.load("stage")["definition"])


def test_indicators_are_defined_in_each_language_and_link_to_their_page(built):
    page = list_page(built, "indicator", "es")
    assert not [each for each, _ in page.all("td") if "lang" in each]
    ((_, *rows),) = page.tables()
    assert rows[2][:2] == ["VIC_IDENT", "Víctimas formalmente identificadas"]
    assert rows[2][2] == "Personas que la autoridad competente confirmó como víctimas."
    assert "../../es/indicator/vic_ident.html" in [each.get("href") for each, _ in page.all("a")]


def test_the_page_links_to_every_list(methods):
    for language, page in methods.items():
        targets = {each["href"] for each, _ in page.all("a") if "/method/" in each["href"]}
        assert targets == {f"../{language}/method/{listed}.html" for listed in method.LISTS}
