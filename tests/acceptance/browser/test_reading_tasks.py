"""Ten questions that a reader brings, with six states; each answered in at most so many clicks.

`make test` asks of three of the states, one of them without a figure. What the pages
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

WINDOW = 900
LATER = ("DOM", "PER", "GTM")
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

    def find(self, words: str) -> None:
        """Type into the search and take the first result: one click, and typing."""
        self.page.locator(".find input").click()
        self.page.locator(".find input").type(words)
        self.page.locator("#found [role=option]").first.wait_for()
        self.page.locator(".find input").press("Enter")
        self.clicks += 1
        self.page.wait_for_load_state()

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

    def is_on_first_screen(self, selector: str) -> bool:
        """Return True if an element is whole in the window, before anyone scrolls."""
        box = self.page.locator(selector).first.bounding_box()
        return box["y"] >= 0 and box["y"] + box["height"] <= WINDOW

    def draw(self, block: str) -> None:
        """Wait until the chart of a block is drawn, as it is when it comes into sight."""
        self.page.locator(f"#{block} .chart").scroll_into_view_if_needed()
        self.page.locator(f"#{block} .chart .main-svg").first.wait_for()


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


@pytest.fixture
def form(query):
    """The code of the form that an answer on a state has."""
    return lambda area, question: query(
        f"select form from published.answer where area = '{area}' and question = '{question}'"
    )[0][0]


@each_state
def test_find_the_state_by_any_name(reader, query, area):
    language, words = STATES[area]
    person = reader(language=language)
    person.find(words)
    [(name,)] = query(f"select name_{language} from codelist.area where code = '{area}'")
    assert person.text("h1") == name
    assert person.clicks == 1


@each_state
def test_the_sentence_to_cite_and_the_whole_answer(reader, said, area):
    """One click each; a sentence has its source and at most 45 words."""
    person = reader(area)
    one = person.copied("#happened [data-copy]")
    assert one.startswith(person.text("#happened h2"))
    assert person.text("#happened h2") == said(area, "HAPPENED")
    assert re.search(r"tipstat \d", one)
    assert word_count(one) <= 45
    whole = person.copied(".takes [data-copy]")
    questions = ("HAPPENED", "WHO", "NEIGHBOURS", "JUSTICE")
    assert [each for each in questions if said(area, each) not in tidy(whole)] == []
    assert person.clicks == 2


@each_state
def test_whether_it_is_rising_how_much_and_how_sure(reader, said, form, area):
    """Sentence, evidence with its dots, and the line are seen as the page opens."""
    person = reader(area)
    assert person.text("#happened h2") == said(area, "HAPPENED")
    assert person.text("#happened .evidence") == said(area, "EVIDENCE")
    full, dots = FULL_DOTS.get(form(area, "EVIDENCE")), person.page.locator("#happened .dots i")
    assert dots.count() == (0 if full is None else 3)
    assert person.page.locator("#happened .dots .full").count() == (full or 0)
    assert person.is_on_first_screen("#happened .evidence")
    if form(area, "HAPPENED") != "NO_SOURCE":
        person.draw("happened")
        assert person.is_on_first_screen("#happened .chart")
    assert person.clicks == 0


@each_state
def test_who_the_victims_are(reader, said, form, area):
    person = reader(area)
    assert person.text("#who h2") == said(area, "WHO")
    if form(area, "WHO") == "TOLD":
        person.draw("who")
        assert person.is_on_first_screen("#who .chart")
    else:
        assert person.page.locator("#who .chart").count() == 0
    assert person.clicks == 0


@each_state
def test_the_place_among_the_neighbours(reader, query, said, area):
    """Every state with a rate of that year is in the chart's table, and the state itself."""
    person = reader(area)
    assert person.text("#neighbours h2") == said(area, "NEIGHBOURS")
    person.draw("neighbours")
    assert person.clicks == 0
    person.click("#neighbours summary")
    language = STATES[area][0]
    names = query(
        f"select name_{language} from codelist.area where code = '{area}' or code in "
        "(select ref_area from published.compared_rate where indicator = 'VIC_DETECT')"
    )
    heads = person.page.locator("#neighbours tbody th").all_inner_texts()
    assert {name for (name,) in names} <= {tidy(each) for each in heads}


@each_state
def test_justice(reader, said, form, area):
    person = reader(area)
    assert person.text("#justice h2") == said(area, "JUSTICE")
    assert person.page.locator("#justice .chart").count() == (form(area, "JUSTICE") != "NONE")
    if form(area, "JUSTICE") != "NONE":
        person.draw("justice")
    assert person.clicks == 0


@each_state
def test_what_is_missing_and_what_helps_first(reader, said, area):
    """The first ask stands on the page; one click leads to all of them."""
    person = reader(area)
    assert person.text(".ask p") == said(area, "NEED")
    assert person.clicks == 0
    person.click(".onward a[href$='#needs']")
    person.page.wait_for_url("**-figures.html#needs")
    place = person.page.locator("#needs").bounding_box()
    assert 0 <= place["y"] < WINDOW
    assert person.page.locator(".asked tbody tr").count() >= 1


@each_state
def test_a_chart_for_a_slide_with_its_data_in_excel(reader, form, tmp_path, area):
    """One click for each: a picture, and a workbook whose sheet has a chart over the figures."""
    person = reader(area)
    block = "neighbours" if form(area, "HAPPENED") == "NO_SOURCE" else "happened"
    head = person.saved(f"#{block} [data-save=png]", tmp_path).read_bytes()[:24]
    assert head.startswith(b"\x89PNG")
    assert int.from_bytes(head[16:20]) == 1800
    book = load_workbook(person.saved(".takes a[href$='.xlsx']", tmp_path))
    sheets = [sheet for sheet in book.worksheets if sheet._charts]
    assert len(sheets) == person.page.locator(".chart").count()
    assert any(isinstance(cell, int | float) for row in sheets[0].values for cell in row)
    assert person.clicks == 2


@pytest.mark.parametrize(
    "language",
    ["pt", *(pytest.param(each, marks=pytest.mark.exhaustive) for each in ("en", "es", "fr"))],
)
def test_the_region_in_one_paragraph_and_one_chart(reader, said, tmp_path, language):
    person = reader(language=language)
    paragraph = tidy(person.copied(".takes [data-copy]"))
    for question in ("HAPPENED", "EVIDENCE", "SAME_STATES", "WHO", "EACH_STATE"):
        assert said("AMERICAS", question, language) in paragraph
    assert person.is_on_first_screen(".tiles")
    picture = person.saved("#same-states [data-save=png]", tmp_path)
    assert picture.read_bytes().startswith(b"\x89PNG")
    assert person.clicks == 2


@each_state
def test_two_figures_that_disagree_which_and_why(reader, query, area):
    """The newest pair stands below the chart, the others one click away with the table."""
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
        assert person.page.locator("#happened .below-chart .calm").count() == 0
    assert person.clicks <= 1
