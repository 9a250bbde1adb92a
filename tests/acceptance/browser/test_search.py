"""The search in the bar: by any name, from the keyboard, announced, from disk."""

import pytest

PAGES = {"en": "country/arg.html", "es": "indicator/index.html", "fr": "index.html"}
"""A page of each depth, by language."""


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


NAMED = {
    "en": {
        "Saint Kitts": "St. Kitts & Nevis", "st lucia": "St. Lucia", "USA": "United States",
        "ee. uu.": "United States", "estados unidos": "United States",
        "Trinidad and Tobago": "Trinidad & Tobago", "Mex": "Mexico", "VE": "Venezuela",
        "brésil": "Brazil", "  haiti ": "Haiti", "peru 2022": "Peru",
        "prosecu": "Persons prosecuted", "treaty": "Efforts credited by the United States",
        "per_convict": "Persons convicted", "glotip": "UNODC", "suppressed": "Suppressed figure",
        # One letter wrong, missing, added, or exchanged with its neighbour.
        "Brazul": "Brazil", "Brzil": "Brazil", "Brazzil": "Brazil", "Barzil": "Brazil",
        "onduras": "Honduras", "nited states": "United States",
        # Two, in a long word; while it is typed; several words.
        "Gutemela": "Guatemala", "venzue": "Venezuela", "domincan repulbic": "Dominican Republic",
        "prosecuted persnos": "Persons prosecuted", "supressed figure": "Suppressed figure",
        # Abbreviations.
        "DR": "Dominican Republic", "RD": "Dominican Republic", "US": "United States",
        "T&T": "Trinidad & Tobago", "T and T": "Trinidad & Tobago", "Vzla": "Venezuela",
        "sta lucia": "St. Lucia", "san kitts": "St. Kitts & Nevis",
    },
    "es": {
        "U.S.A.": "Estados Unidos", "EE.UU": "Estados Unidos", "peru": "Perú",
        "Rep. Dom": "República Dominicana", "persons convicted": "Personas condenadas",
        "sesnsp": "SESNSP (México)", "trata": "Víctimas detectadas",
        "trata laboral": "Tendencias y características", "ruptura": "Ruptura de la serie",
        "nicargua": "Nicaragua", "Antigua e Barbuda": "Antigua y Barbuda",
    },
}  # fmt: skip
"""What is typed, by any name of any language, with errors, and what is found first."""


@pytest.mark.parametrize("language", NAMED)
def test_what_is_found_by_its_names_in_any_language_in_spite_of_errors(search, language):
    page = search(language)
    assert {words: page.first(words) for words in NAMED[language]} == NAMED[language]
    assert page.type("xyzzy <b>") == []
    status = page.page.locator(".find [role=status]")
    assert status.is_visible()
    assert "BRA" in status.inner_text()


def test_a_group_of_states_lists_its_members(search):
    page = search("en")
    for words in ("caricom", "Caribbean Community", "caricon"):
        results = [each.split("\n") for each in page.type(words)]
        assert [note.split(" · ")[0] for _, note in results] == ["CARICOM"] * 14, words
        assert {"Haiti", "Guyana"} <= {name for name, _ in results}
    page.options.first.click()
    page.page.wait_for_url("**/en/country/*.html")


def test_what_comes_first_and_what_its_second_line_says(search, query):
    """What is right before errors, states before indicators, a code before a group's name."""
    page = search("en")
    assert "Chile" in [each.split("\n")[0] for each in page.type("child")][1:]
    assert page.first("cub") == "Cuba"
    assert page.type("qzx") == page.type("qzxwvk") == []
    results = [each.split("\n") for each in page.type("per")]
    assert results[0][0] == "Peru"
    assert "Indicator" in {note for _, note in results}
    assert all(note for _, note in results)
    members = ["Canada", "Bolivia", "Colombia", "Ecuador", "Peru"]
    assert [each.split("\n")[0] for each in page.type("CAN")[:5]] == members
    [(said,)] = query(
        "select text from published.sentence "
        "where question = 'HAPPENED' and language = 'en' and area = 'GRD'"
    )
    assert page.type("Grenada")[0] == f"Grenada\n{said}"


def test_a_state_s_figures_treaties_and_needs_are_found(search):
    page = search("es")
    for words in ("tratados haiti", "recomendaciones Haití"):
        assert page.first(words) == "Tratados; informes de los Estados Unidos: Haití"
    for words in ("todas las cifras de Haití", "haiti necesidades"):
        assert page.first(words) == "Todas las cifras de Haití"
    page.page.keyboard.press("Enter")
    page.page.wait_for_url("**/es/country/hti-figures.html")


def test_subjects_are_found(search):
    """Of assessments, and sections of the page of item 26."""
    page = search("es")
    for words, address in (
        ("inspectores laborales", "knowledge/labour_inspection.html"),
        ("demanda", "knowledge/demand.html"),
        ("demanda", "item26.html#demand"),
        ("ratific", "item26.html#practices"),
    ):
        page.type(words)
        found = [each.get_attribute("data-address") for each in page.options.all()]
        assert any(each.endswith(f"/es/{address}") for each in found), (words, address)
    page.type("inspectores laborales")
    page.page.keyboard.press("Enter")
    page.page.wait_for_url("**/es/knowledge/labour_inspection.html")


def test_arrows_home_end_escape_and_enter(search):
    page = search("en")
    last = len(page.type("victims")) - 1
    assert page.active == 0
    steps = {"ArrowDown": 1, "End": last, "ArrowUp": last - 1, "Home": 0}
    for key, place in steps.items():
        page.page.keyboard.press(key)
        assert page.active == place
    page.page.keyboard.press("Escape")
    assert page.box.get_attribute("aria-expanded") == "false"
    assert page.options.count() == 0
    assert page.box.input_value() == "victims"
    page.page.keyboard.press("Escape")
    assert page.box.input_value() == ""
    page.type("nevis")
    page.page.keyboard.press("Enter")
    page.page.wait_for_url("**/en/country/kna.html")
    assert page.page.locator("h1").inner_text() == "St. Kitts & Nevis"


def test_a_result_opens_by_click_in_the_readers_language(search):
    page = search("fr")
    page.type("brasil")
    page.options.first.click()
    page.page.wait_for_url("**/fr/country/bra.html")
    assert page.page.locator("h1").inner_text() == "Brésil"


def test_every_result_leads_to_a_page_of_the_site(search, shipped):
    page = search("fr")
    page.type("a")
    addresses = page.page.evaluate("window.tipstat.index.map((entry) => entry[2].split('#')[0])")
    assert [each for each in addresses if not (shipped / "fr" / each).is_file()] == []
