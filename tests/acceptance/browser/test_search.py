"""The search in the bar: by any name, from the keyboard, announced, from disk."""

import pytest

PAGES = {
    "en": "country/arg.html",
    "es": "indicator/index.html",
    "pt": "indicator/vic_detect.html",
    "fr": "country/kna.html",
}
"""A page of each depth and kind, by language."""


class Search:
    """The search of a page, used from the keyboard alone."""

    def __init__(self, visit):
        self.visit, self.page = visit, visit.page
        self.box = self.page.get_by_role("combobox")
        self.options = self.page.get_by_role("option")

    def type(self, words: str) -> list[str]:
        """Enter words in place of others, and return the results."""
        self.box.focus()
        self.page.keyboard.press("Escape")
        self.page.keyboard.press("Escape")
        self.page.evaluate("document.querySelector('.find [role=status]').textContent = ''")
        self.page.keyboard.insert_text(words)
        self.page.wait_for_function(
            "() => document.querySelector('.find [role=status]').textContent"
        )
        return self.options.all_inner_texts()

    def first(self, words: str) -> str:
        """Return the name of the first result."""
        return next(iter(self.type(words)), "").split("\n")[0]

    @property
    def active(self) -> int:
        """Return the place of the active result among all."""
        [chosen] = [
            at
            for at, each in enumerate(self.options.all())
            if each.get_attribute("aria-selected") == "true"
        ]
        identity = self.options.nth(chosen).get_attribute("id")
        assert self.box.get_attribute("aria-activedescendant") == identity
        return chosen


@pytest.fixture
def search(tab, shipped):
    yield lambda language: Search(tab.open((shipped / language / PAGES[language]).as_uri()))
    assert tab.complaints == []


@pytest.mark.parametrize(
    ("language", "demand", "expected"),
    [
        ("en", "demand", {
                "Saint Kitts": "St. Kitts & Nevis", "st lucia": "St. Lucia", "USA": "United States",
                "EEUU": "United States", "ee. uu.": "United States",
                "estados unidos": "United States", "trinidad & t": "Trinidad & Tobago",
                "Trinidad and Tobago": "Trinidad & Tobago",
                "Mex": "Mexico", "VE": "Venezuela", "brésil": "Brazil", "  haiti ": "Haiti",
                "peru 2022": "Peru", "prosecu": "Persons prosecuted",
                "treaty": "Good practices",
                "per_convict": "Persons convicted", "glotip": "UNODC",
                "suppressed": "Suppressed figure"}),
        ("es", "demanda", {"eeuu": "Estados Unidos", "U.S.A.": "Estados Unidos", "peru": "Perú",
                "Rep. Dom": "República Dominicana",
                "saint vincent and the": "San Vicente y las Granadinas",
                "persons convicted": "Personas condenadas", "sesnsp": "SESNSP (México)",
                "trata": "Víctimas detectadas", "niños": "Tendencias y características",
                "trata laboral": "Tendencias y características",
                "explotacion sexual": "Tendencias y características",
                "ruptura": "Ruptura de la serie"}),
        ("pt", "procura", {"EUA": "Estados Unidos", "St Lucia": "Santa Lúcia", "equador": "Equador",
                "méjico": "México", "vitimas detectadas": "Vítimas detectadas", "taxa": "Taxa",
                "lacunas": "Lacunas", "crianças": "Tendências e características"}),
        ("fr", "demande", {
                "etats-unis d'amerique": "États-Unis", "l’équateur": "Équateur", "GY": "Guyana",
                "saint kitts": "Saint-Christophe-et-Niévès",
                "trinidad y tobago": "Trinité-et-Tobago",
                "victimes detectees": "Victimes détectées", "methode": "Méthode"}),
    ],
)  # fmt: skip
def test_what_is_found_by_its_names_in_any_language_and_help_where_nothing_is(
    search, language, demand, expected
):
    page = search(language)
    assert {words: page.first(words) for words in expected} == expected
    for words, section in ((demand, "demand"), ("ratific", "practices")):
        page.type(words)
        addresses = [each.get_attribute("data-address") for each in page.options.all()]
        assert any(each.endswith(f"/{language}/item26.html#{section}") for each in addresses)
    assert page.type("xyzzy <b>") == []
    status = page.page.locator(".find [role=status]")
    assert status.is_visible()
    assert "BRA" in status.inner_text()


def test_states_come_before_indicators_and_each_result_has_a_second_line(search):
    results = search("en").type("per")
    assert results[0].startswith("Peru\n")
    assert any(result.split("\n")[1] == "Indicator" for result in results)
    assert all(len(result.split("\n")) == 2 and result.split("\n")[1] for result in results)


def test_the_second_line_of_a_state_is_its_verdict_and_last_figure(search):
    page = search("en")
    assert page.type("Brazil")[0] == "Brazil\nToo few years · 539 in 2022"
    assert page.type("Grenada")[0] == "Grenada\nNo yearly total"


def test_arrows_home_end_and_enter(search):
    page = search("en")
    last = len(page.type("victims")) - 1
    assert page.active == 0
    steps = {"ArrowDown": 1, "End": last, "ArrowUp": last - 1, "Home": 0}
    for key, place in steps.items():
        page.page.keyboard.press(key)
        assert page.active == place
    page.type("nevis")
    page.page.keyboard.press("Enter")
    page.page.wait_for_url("**/en/country/kna.html")


def test_escape_closes_the_list_and_then_empties_the_box(search):
    page = search("en")
    page.type("chile")
    page.page.keyboard.press("Escape")
    assert page.box.get_attribute("aria-expanded") == "false"
    assert page.options.count() == 0
    assert page.box.input_value() == "chile"
    page.page.keyboard.press("Escape")
    assert page.box.input_value() == ""


def test_a_result_opens_by_click_in_the_readers_language(search):
    page = search("fr")
    page.type("brasil")
    page.options.first.click()
    page.page.wait_for_url("**/fr/country/bra.html")


def test_every_result_leads_to_a_page_of_the_site(search, shipped):
    page = search("pt")
    page.type("a")
    addresses = page.page.evaluate("window.tipstat.index.map((entry) => entry[2].split('#')[0])")
    assert [each for each in addresses if not (shipped / "pt" / each).is_file()] == []
