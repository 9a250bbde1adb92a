"""The search for a state: as one types, from the keyboard, announced, and without scripts."""

import pytest
from invented_site import HOSTILE

from browser.visiting import Visit

ALL = 35


def listed(visit: Visit) -> list[str]:
    """The states that are to be seen in the list."""
    return [
        each.inner_text() for each in visit.page.locator(".states li").all() if each.is_visible()
    ]


def search(visit: Visit, words: str) -> list[str]:
    visit.page.get_by_role("searchbox").fill(words)
    return listed(visit)


def status_text(visit: Visit) -> str:
    return visit.page.locator(".finder [role=status]").inner_text()


@pytest.mark.parametrize(
    ("language", "found"),
    [
        ("en", {"bra": "Brazil", "États-unis": "United States", "estados unidos": "United States",
                "usa": "United States", "PE": "Peru", "st. lucia": "St. Lucia",
                "<script>": HOSTILE}),
        ("es", {"peru": "Perú", "República  dom": "República Dominicana"}),
        ("fr", {"haiti": "Haïti", "EQUATEUR": "Équateur"}),
        ("pt", {"lucia": "Santa Lúcia"}),
    ],
)  # fmt: skip
def test_a_state_is_found_whatever_is_typed(visit, language, found):
    opened = visit(f"{language}/index.html")
    assert [words for words, state in found.items() if state not in search(opened, words)] == []
    assert opened.complaints == []


def test_words_that_name_no_state(visit):
    opened = visit("en/index.html")
    assert search(opened, "xyz") == []
    for words in (".*", "  "):
        assert len(search(opened, words)) == ALL


def test_the_number_of_states_shown_is_announced(visit):
    opened = visit("fr/index.html")
    assert status_text(opened) == "États affichés\u202f: 35 sur 35."
    search(opened, "venez")
    assert status_text(opened) == "États affichés\u202f: 1 sur 35."


def test_the_search_works_from_the_keyboard_alone(visit):
    opened = visit("en/index.html")
    opened.page.locator(".find").focus()
    opened.page.keyboard.press("Enter")
    opened.page.wait_for_function("document.activeElement.type === 'search'")
    opened.page.keyboard.type("nev")
    assert listed(opened) == ["St. Kitts & Nevis"]
    opened.page.keyboard.press("Escape")
    assert len(listed(opened)) == ALL
    opened.page.keyboard.type("guy")
    opened.page.keyboard.press("ArrowDown")
    assert opened.page.evaluate("document.activeElement.textContent") == "Guyana"
    opened.page.keyboard.press("Enter")
    opened.page.wait_for_url("**/en/country/guy.html")


def test_enter_opens_the_only_state_left_and_none_of_several(visit):
    opened = visit("en/index.html")
    opened.page.get_by_role("searchbox").press("Enter")
    assert opened.page.url.endswith("/en/index.html")
    search(opened, "haiti")
    opened.page.keyboard.press("Enter")
    opened.page.wait_for_url("**/en/country/hti.html")


def test_every_page_leads_to_the_search(visit):
    opened = visit("es/country/arg.html")
    opened.page.get_by_role("link", name="Buscar un Estado").click()
    opened.page.wait_for_url("**/es/index.html#find")
    opened.page.wait_for_function("document.activeElement.type === 'search'")


def test_the_search_box_is_named(visit):
    opened = visit("en/index.html")
    name = "Type a name, in any of the four languages, or an ISO code"
    assert opened.page.get_by_role("searchbox", name=name).is_visible()


def test_without_scripts_the_list_is_whole_and_nothing_is_to_fill_in(visit):
    opened = visit("fr/index.html", java_script_enabled=False)
    assert len(listed(opened)) == ALL
    assert not opened.page.get_by_role("searchbox").is_visible()


def test_the_language_switch_keeps_the_place_on_the_page(visit):
    opened = visit("en/method.html")
    opened.page.locator(".contents").get_by_role("link", name="Comparability").click()
    opened.page.locator(".languages").get_by_role("link", name="Português").click()
    opened.page.wait_for_url("**/pt/method.html#comparability")


def test_at_the_first_page_of_the_folder_it_works_too(visit):
    opened = visit("index.html")
    assert search(opened, "brasil") == ["Brazil"]
    opened.page.keyboard.press("Enter")
    opened.page.wait_for_url("**/en/country/bra.html")
