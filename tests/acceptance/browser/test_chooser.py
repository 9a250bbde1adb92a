"""The choice of states on a comparison: by keyboard, announced, kept in the address."""

import pytest

from browser.visiting import Visit

PAGE = "compare/vic_detect-int_unodc_glotip.html"
ALL = 30


@pytest.fixture
def compared(browser, shipped):
    """Open the comparison of detected victims in a language, at an address that may go on."""
    opened = []

    def go(language: str = "en", rest: str = "", **options) -> Visit:
        address = (shipped / language / PAGE).as_uri() + rest
        opened.append(Visit(browser, address, **options))
        return opened[-1]

    yield go
    for each in opened:
        each.close()


def shown(visit: Visit, part: str) -> list[str]:
    """The states that are to be seen in panels or tables."""
    return [
        each.get_attribute("data-state")
        for each in visit.page.locator(f"{part}[data-state]").all()
        if each.is_visible()
    ]


def status_text(visit: Visit) -> str:
    return visit.page.locator(".chooser [role=status]").inner_text()


def test_a_state_is_left_out_from_the_keyboard(compared):
    visit = compared()
    first = visit.page.get_by_role("checkbox").first
    first.focus()
    visit.page.keyboard.press("Space")
    assert status_text(visit) == "States shown: 29 of 30."
    assert "atg" not in shown(visit, "#counts li") + shown(visit, "#counts tr")
    assert "atg" not in shown(visit, "#rates li") + shown(visit, "#rates tr")
    assert len(shown(visit, "#counts li")) == len(shown(visit, "#counts tr")) == ALL - 1
    visit.page.keyboard.press("Tab")
    visit.page.keyboard.press("Space")
    assert status_text(visit) == "States shown: 28 of 30."
    assert visit.complaints == []


def test_every_control_is_reached_by_tab_and_named(compared):
    visit = compared("es")
    visit.page.get_by_role("checkbox", name="Argentina").focus()
    visit.page.keyboard.press("Space")
    for name in ("Todos los Estados", "Ningún Estado"):
        assert visit.page.get_by_role("button", name=name).is_visible()
    visit.page.get_by_role("button", name="Ningún Estado").press("Enter")
    assert status_text(visit) == "Estados mostrados: 0 de 30."
    assert shown(visit, "#counts li") == []
    visit.page.get_by_role("button", name="Todos los Estados").press("Enter")
    assert len(shown(visit, "#counts li")) == ALL


def test_the_choice_stands_in_the_address_and_is_shared_by_it(compared):
    visit = compared()
    visit.page.get_by_role("button", name="No state").click()
    for name in ("Peru", "Chile"):
        visit.page.get_by_role("checkbox", name=name).check()
    rest = visit.page.evaluate("location.hash")
    assert rest == "#states=chl,per"
    again = compared("en", rest)
    assert shown(again, "#counts li") == ["chl", "per"]
    assert status_text(again) == "States shown: 2 of 30."


def test_the_other_languages_keep_the_choice(compared):
    visit = compared("en", "#states=arg,usa")
    visit.page.get_by_role("link", name="Français").click()
    visit.page.wait_for_url("**/fr/compare/**")
    assert shown(visit, "#counts li") == ["arg", "usa"]
    assert status_text(visit) == "États affichés\u202f: 2 sur 30."


@pytest.mark.parametrize(
    ("rest", "states"),
    [
        ("#counts", ALL),
        ("#states=", 0),
        ("#states=xyz,<b>,arg", 1),
        ("#states=ARG%20OR%201", 0),
    ],
)
def test_an_address_of_other_words_does_no_harm(compared, rest, states):
    visit = compared("en", rest)
    assert len(shown(visit, "#counts li")) == states
    assert visit.complaints == []


def test_all_states_again_leave_the_address_as_it_was(compared):
    visit = compared("en", "#states=arg")
    visit.page.get_by_role("button", name="All states").click()
    assert visit.page.evaluate("location.hash") == ""


TOPS = """() => [...document.querySelectorAll('#rates li:not([hidden]) .chart')]
    .map(chart => chart._fullLayout.yaxis.range.map(Math.round).join('-')).join(' ')"""
"""The scale of each panel of rates that is shown."""


def test_rates_stay_on_one_scale_which_is_that_of_the_chosen(compared):
    """Bolivia's highest interval ends at 22.15, Guyana's at 133.71."""
    visit = compared("en", "#states=arg,bol")
    visit.page.evaluate("window.allDrawn()")
    visit.page.wait_for_function(f"({TOPS})() === '0-25 0-25'")
    visit.page.get_by_role("checkbox", name="Guyana").check()
    visit.page.wait_for_function(f"({TOPS})() === '0-154 0-154 0-154'")
    assert visit.complaints == []


def test_without_scripts_all_states_stand_in_the_tables_and_nothing_is_to_choose(compared):
    visit = compared(java_script_enabled=False)
    assert not visit.page.locator(".chooser").is_visible()
    assert len(shown(visit, "#counts tr")) == ALL
    assert visit.page.locator("noscript p").first.is_visible()
