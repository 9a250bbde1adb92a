"""Ten questions that a reader brings, with six states; each answered in at most so many clicks.

`make test` asks of two of the states, one of them without a figure. What the pages
should say is read from the warehouse, not repeated here.
"""

import re
from pathlib import Path

import pytest
from openpyxl import load_workbook
from parsed_page import tidy, word_count

STATES = {
    "DOM": ("en", "DR"),
    "PER": ("es", "Pérou"),
    "BRA": ("pt", "Brésil"),
    "USA": ("fr", "EE. UU."),
    "DMA": ("es", "dominique"),
    "GTM": ("fr", "Guatemla"),
}
"""The language in which a state is read, and what the reader types: a name, a typing error."""

FULL_DOTS = {"STRONG": 3, "MODERATE": 2, "WEAK": 1, "NONE": 0}
"""Full dots beside the evidence; where it cannot be tested there are no dots at all."""

BLOCKS = {"HAPPENED": "happened", "WHO": "who", "NEIGHBOURS": "neighbours", "JUSTICE": "justice"}
WINDOW = 900
LATER = ("DOM", "PER", "BRA", "GTM")
"""States that `make test-browser` has too: published/site/test_state_page.py reads them all."""
each_state = pytest.mark.parametrize(
    "area",
    [
        pytest.param(area, marks=pytest.mark.exhaustive) if area in LATER else area
        for area in STATES
    ],
)


class Reader:
    """A reader of a page who counts clicks."""

    def __init__(self, tab, address: str):
        self.page = tab.open(address, height=WINDOW).page
        self.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        self.clicks = 0

    def click(self, selector: str) -> None:
        """Click the first element in sight of a selector."""
        self.page.locator(selector).locator("visible=true").first.click()
        self.clicks += 1

    def copied(self, selector: str) -> str:
        """Press a button that copies, and return what is on the clipboard."""
        self.page.evaluate("navigator.clipboard.writeText('')")
        self.click(selector)
        self.page.wait_for_function("async () => await navigator.clipboard.readText()")
        return self.page.evaluate("navigator.clipboard.readText()")

    def saved(self, selector: str, folder: Path) -> Path:
        """Press what saves a file, and return the file."""
        with self.page.expect_download() as download:
            self.click(selector)
        file = folder / download.value.suggested_filename
        download.value.save_as(file)
        return file

    def text(self, selector: str) -> str:
        """Return the text in sight of an element."""
        return tidy(self.page.locator(selector).first.inner_text().replace("\n", " "))

    def count(self, selector: str) -> int:
        """Return the number of elements, in sight or not."""
        return self.page.locator(selector).count()

    def is_on_first_screen(self, selector: str) -> bool:
        """Return True if an element is whole in the window, before anyone scrolls."""
        box = self.page.locator(selector).first.bounding_box()
        return box["y"] >= 0 and box["y"] + box["height"] <= WINDOW


@pytest.fixture
def reader(tab, shipped):
    """Open the page of a state in its reader's language, or another page in a language."""

    def opened(area: str = "", language: str = "") -> Reader:
        path = f"country/{area.lower()}.html" if area else "index.html"
        return Reader(tab, (shipped / (language or STATES[area][0]) / path).as_uri())

    return opened


@pytest.fixture
def said(query):
    """The sentence of the warehouse that answers a question on a state."""

    def find(area: str, question: str, language: str = "") -> str:
        [(text,)] = query(
            f"select text from published.sentence where area = '{area}' "
            f"and question = '{question}' and language = '{language or STATES[area][0]}'"
        )
        return tidy(text)

    return find


@each_state
def test_find_the_state_by_any_name(reader, query, area):
    """One click, and typing."""
    language, words = STATES[area]
    page = reader(language=language).page
    page.locator(".find input").click()
    page.locator(".find input").type(words)
    page.locator("#found [role=option]").first.wait_for()
    page.locator(".find input").press("Enter")
    page.wait_for_url("**/country/*.html")
    [(name,)] = query(f"select name_{language} from codelist.area where code = '{area}'")
    assert tidy(page.locator("h1").inner_text()) == name


@each_state
def test_what_is_read_and_seen_without_a_click(reader, query, said, area):
    """Is it rising, how sure is that, who are they, how are the neighbours, what is missing?"""
    person = reader(area)
    forms = dict(query(f"select question, form from published.answer where area = '{area}'"))
    is_drawn = {
        "happened": forms["HAPPENED"] != "NO_SOURCE",
        "who": forms["WHO"] == "TOLD",
        "neighbours": True,
        "justice": forms["JUSTICE"] != "NONE",
    }
    first = [f"#{block} .chart" for block in ("happened", "who") if is_drawn[block]]
    late = [each for each in ("#happened .evidence", *first) if not person.is_on_first_screen(each)]
    assert late == []
    for question, block in BLOCKS.items():
        assert person.text(f"#{block} h2") == said(area, question)
        assert person.count(f"#{block} .chart") == is_drawn[block]
        if is_drawn[block]:
            person.page.locator(f"#{block} .chart").scroll_into_view_if_needed()
            person.page.locator(f"#{block} .chart .main-svg").first.wait_for()
    assert person.text("#happened .evidence") == said(area, "EVIDENCE")
    full = FULL_DOTS.get(forms["EVIDENCE"])
    assert person.count("#happened .dots i") == (0 if full is None else 3)
    assert person.count("#happened .dots .full") == (full or 0)
    assert person.text(".ask p") == said(area, "NEED")


@each_state
def test_what_is_taken_away_with_a_click_each(reader, query, said, tmp_path, area):
    """The sentence to cite, the whole answer, a picture for a slide, its data in Excel."""
    person = reader(area)
    one = person.copied("#happened [data-copy]")
    assert one.startswith(said(area, "HAPPENED"))
    assert re.search(r"tipstat \d", one)
    assert word_count(one) <= 45
    whole = tidy(person.copied(".takes [data-copy]"))
    assert [each for each in BLOCKS if said(area, each) not in whole] == []
    block = "happened" if person.count("#happened .chart") else "neighbours"
    head = person.saved(f"#{block} [data-save=png]", tmp_path).read_bytes()[:24]
    assert head.startswith(b"\x89PNG")
    assert int.from_bytes(head[16:20]) == 1800
    book = load_workbook(person.saved(".takes a[href$='.xlsx']", tmp_path))
    sheets = [sheet for sheet in book.worksheets if sheet._charts]
    assert len(sheets) == person.count(".chart")
    assert any(isinstance(cell, int | float) for row in sheets[0].values for cell in row)
    assert person.clicks == 4


@each_state
def test_what_is_one_click_away(reader, query, area):
    """Figures that disagree, the rates of the neighbours, all that is asked for."""
    pairs = query(
        "select own.year, own.value, other.value from published.point own "
        "join published.point other using (ref_area, indicator, year) "
        "where own.drawn_as = 'SERIES' and other.drawn_as = 'OTHER' and indicator = 'VIC_DETECT' "
        f"and ref_area = '{area}' order by year desc"
    )
    person = reader(area)
    digits = lambda text: re.findall(r"\d+", re.sub(r"(?<=\d)[\u202f.](?=\d{3})", "", text))  # noqa: E731
    for newest, (year, own, other) in enumerate(pairs):
        if newest == 1:
            person.click("#happened summary")
        shown = person.text("#happened > .calm") if newest == 0 else person.text("#happened")
        wanted = {f"{other:.0f}"} if newest == 0 else {str(year), f"{own:.0f}", f"{other:.0f}"}
        assert wanted <= {*digits(shown)}, (year, shown)
    if not pairs:
        assert person.count("#happened .below-chart .calm") == 0
    person.click("#neighbours summary")
    names = query(
        f"select name_{STATES[area][0]} from codelist.area where code = '{area}' or code in "
        "(select ref_area from published.compared_rate where indicator = 'VIC_DETECT')"
    )
    heads = person.page.locator("#neighbours tbody th").all_inner_texts()
    assert {name for (name,) in names} <= {tidy(each) for each in heads}
    person.click(".onward a[href$='#needs']")
    person.page.wait_for_url("**-figures.html#needs")
    assert 0 <= person.page.locator("#needs").bounding_box()["y"] < WINDOW
    assert person.count(".asked tbody tr") >= 1
    assert person.clicks == 2 + (len(pairs) > 1)


@pytest.mark.parametrize(
    "language",
    ["pt", *(pytest.param(each, marks=pytest.mark.exhaustive) for each in ("en", "es", "fr"))],
)
def test_the_region_in_one_paragraph_and_one_chart(reader, said, tmp_path, language):
    """The map is on the first screen."""
    person = reader(language=language)
    assert person.is_on_first_screen(".tiles")
    paragraph = tidy(person.copied(".takes [data-copy]"))
    for question in ("HAPPENED", "EVIDENCE", "SAME_STATES", "WHO", "EACH_STATE"):
        assert said("AMERICAS", question, language) in paragraph
    picture = person.saved("#same-states [data-save=png]", tmp_path)
    assert picture.read_bytes().startswith(b"\x89PNG")
    assert person.clicks == 2
