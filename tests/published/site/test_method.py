"""Method and definitions: every text, every rule, every code and every word of the glossary."""

import pytest
from country_pages import files
from lxml.html import HtmlElement
from parsed_page import Page, spaced, tidy

from pipelines.published import attack_counts
from pipelines.published.site.pages import method
from schemas import codelists, standard
from schemas.contract import CONTRACTS
from schemas.rules import id_of


@pytest.fixture(scope="module")
def methods(built) -> dict[str, Page]:
    """The page of the method in each language."""
    return {code: Page(files(built, method, code)[f"{code}/method.html"]) for code in ("en", "fr")}


def code_list(page: Page, listed: str) -> HtmlElement:
    """Return the fold of a code list."""
    [found] = page.root.xpath(f"//details[@id='{method.anchor(listed)}']")
    return found


def rows(fold: HtmlElement) -> list[list[str]]:
    found = fold.xpath(".//tbody/tr")
    return [[tidy(cell.text_content()) for cell in row.xpath("th|td")] for row in found]


def test_what_other_pages_link_to_is_there(methods):
    for page in methods.values():
        assert page.anchors() >= {
            "prevalence", "trends", "cite", "comparability", "S5", "I1", "glossary-suppressed",
            "glossary-break", "glossary-rate", "glossary-unit", "glossary-detected",
        }  # fmt: skip


def test_every_rule_of_the_warehouse_is_explained_by_its_title(methods, query):
    titles = dict(query("select rule_id, title from main.rule"))
    for code, page in methods.items():
        (_, *must_hold), *_ = page.tables()
        assert {rule for rule, _ in must_hold} == titles.keys()
        assert len({words for _, words in must_hold}) == len(must_hold)
        if code == "en":
            assert all(words.startswith(tidy(spaced(titles[rule]))) for rule, words in must_hold)


def test_every_check_that_keeps_a_row_out_is_explained(methods, query):
    """Notes on figures name checks by their ids, such as S5."""
    used = {rule for (rule,) in query("select rule_id from main.quarantine")}
    used |= {id_of(check.name) for check in CONTRACTS["observation"].schema.checks}
    for page in methods.values():
        _, (_, *kept_out), *_ = page.tables()
        assert used <= {rule for rule, _ in kept_out}
        assert len({words for _, words in kept_out}) == len(kept_out)


def test_the_numbers_of_the_disclosure_attack_are_those_of_its_file(methods):
    text = methods["en"].all("main")[0][1]
    least, most = attack_counts.span("newest_release")
    hidden = attack_counts.lines()[0].sought
    numbers = [f"{number:,}".replace(",", "\u202f") for number in (least, most, hidden)]
    assert (
        "Of the {2} cells that it hides for these states, {0} to {1} can be worked out".format(
            *numbers
        )
        in text
    )
    assert f"right in {attack_counts.percent_right('trial_newest_release')} of 100 cases" in text


@pytest.mark.parametrize("listed", codelists.NAMES)
def test_a_list_has_each_code_with_its_anchor_and_name(methods, query, listed):
    page = methods["fr"]
    names = codelists.labels(listed, "fr")
    if listed == "subdivision":  # of some six hundred, those with figures
        printed = {code for (code,) in query("select ref_area from published.observation")}
        names = {code: name for code, name in names.items() if code in printed}
    assert [(code, name) for code, name, *_ in rows(code_list(page, listed))] == [
        (code, tidy(name)) for code, name in names.items()
    ]
    assert {f"{listed}-{code}" for code in names} <= page.anchors()


def test_citizenships_go_on_with_the_areas(methods):
    """A column of citizenships may have either, so the file of the list has both."""
    own = codelists.codes("citizenship")
    assert {*codelists.whole("citizenship")["code"]} <= {*own, *codelists.codes("area")}
    assert code_list(methods["fr"], "citizenship").xpath(".//p/a/@href")[1] == "#area"


def test_english_definitions_are_marked_as_english(methods):
    marked = code_list(methods["fr"], "stage").xpath(".//td[@lang='en']")
    assert [each.text for each in marked] == list(codelists.load("stage")["definition"])


def test_indicators_are_defined_in_each_language_and_link_to_their_page(methods):
    fold = code_list(methods["fr"], "indicator")
    assert not fold.xpath(".//td/@lang")
    assert rows(fold)[2] == [
        "VIC_IDENT",
        "Victimes formellement identifiées",
        standard.indicators()["VIC_IDENT"].definition.fr,
    ]
    assert "../fr/indicator/vic_ident.html" in fold.xpath(".//td/a/@href")
