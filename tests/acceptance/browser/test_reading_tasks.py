"""Ten questions that a reader brings, each answered from the first page in at most three clicks."""

import csv
import io
import re
from pathlib import Path

import pytest


class Reader:
    """A reader who starts at the region's page and counts clicks."""

    def __init__(self, tab, site, language: str = "en"):
        self.page = tab.open((site / language / "index.html").as_uri(), height=900).page
        self.clicks = 0

    def click(self, selector: str) -> None:
        """Click the first visible element of a selector."""
        self.page.locator(selector).locator("visible=true").first.click()
        self.clicks += 1
        assert self.clicks <= 3

    def find(self, words: str) -> None:
        """Type into the search and take the first result: one click, and typing."""
        box = self.page.locator(".find input")
        box.click()
        box.type(words)
        self.page.locator("#found [role=option]").first.wait_for()
        box.press("Enter")
        self.clicks += 1
        assert self.clicks <= 3
        self.page.wait_for_load_state()

    def save(self, form: str, folder: Path) -> Path:
        """Press the button of a form of file, and return the file."""
        with self.page.expect_download() as download:
            self.click(f"[data-save={form}]")
        download.value.save_as(folder / f"chart.{form}")
        return folder / f"chart.{form}"

    def text(self, selector: str = "main") -> str:
        """Return the visible text of an element."""
        return re.sub(r"\s+", " ", self.page.locator(selector).first.inner_text())


@pytest.fixture
def reader(tab, shipped):
    return lambda language="en": Reader(tab, shipped, language)


def test_find_a_state_by_an_alias(reader):
    person = reader("fr")
    person.find("Trinidad and Tobago")
    assert person.text("h1") == "Trinité-et-Tobago"


def test_the_sentence_to_cite_with_its_source(reader):
    person = reader()
    person.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    person.find("Brazil")
    person.click(".cite [data-copy]")
    person.page.wait_for_function("() => document.querySelector('.cite [role=status]').textContent")
    copied = person.page.evaluate("navigator.clipboard.readText()")
    assert "Brazil detected 539 victims in 2022" in copied
    assert "UNODC" in copied
    assert re.search(r"tipstat \d", copied)


def test_why_a_source_is_the_one_to_cite(reader):
    """The link leads to the rule that decided, from any tab."""
    person = reader("es")
    person.find("Chile")
    person.page.locator("#justice-tab").click()
    person.click(".cite a")
    reason = person.page.locator("#trend-why")
    assert "Del cuestionario internacional, que pregunta lo mismo a todos" in reason.inner_text()
    person.page.locator("#trend .main-svg").first.wait_for()  # the chart above it is drawn only now
    person.page.wait_for_function(
        "() => document.getElementById('trend-why').getBoundingClientRect().bottom <= innerHeight"
    )


def test_the_chart_as_png_and_as_csv_with_source_and_licence(reader, tmp_path):
    person = reader()
    person.find("Mexico")
    head = person.save("png", tmp_path).read_bytes()[:24]
    assert (int.from_bytes(head[16:20]), int.from_bytes(head[20:24])) == (2400, 1350)
    file = person.save("csv", tmp_path)
    rows = list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8-sig"))))
    assert {row["year"]: row["value"] for row in rows}["2022"] == "247"
    assert all("UNODC" in row["source"] and "tipstat" in row["edition"] for row in rows)


def test_whether_it_is_rising(reader):
    person = reader()
    assert re.search(r"doubled in \d+ of \d+ states", person.text(".sentence"))
    person.find("Costa Rica")
    assert re.search("times the level at the start", person.text(".sentence"))


def test_what_is_missing_in_haiti(reader):
    person = reader()
    person.find("Haiti")
    assert re.search(r"\d+ of \d+ core indicators", person.text(".cards .missing"))
    person.click(".cards .missing a")
    assert "First" in person.text() or "report" in person.text()


def test_treaty_dates_of_suriname(reader):
    person = reader()
    person.find("Suriname")
    person.click("summary:has-text('Treaties')")
    assert "2007" in person.text(".folds details[open]")


def test_women_among_victims_with_the_caveat(reader):
    person = reader()
    person.find("Mexico")
    assert re.search(r"128.*2023", person.text(".cards"))
    person.click("#sex_age-tab, #sexage-tab, [role=tab]:has-text('Sex and age')")
    assert "72%" in person.text("main")


def test_compare_peru_and_colombia_per_100_000(reader):
    person = reader()
    person.find("Peru")
    person.click("summary:has-text('Compare')")
    person.click("#compare li:has-text('Rates beside') a:has-text('Colombia')")
    person.page.wait_for_url("**/explorer.html**")
    person.page.locator(".chart .main-svg").first.wait_for()
    assert re.search("per 100.000.*Colombia.*Peru", person.text("main"))
    assert re.search(r"Colombia.*\d\.\d+ in 20.*Peru.*\d\.\d+ in 20", person.text(".chart"))


def test_what_the_last_release_changed(reader):
    person = reader()
    person.click("footer a:has-text('Revisions')")
    assert re.search(r"\d", person.text(".sentence"))


def test_how_to_cite(reader):
    person = reader()
    person.click("footer a:has-text('About')")
    assert "tipstat" in person.text("main")
    assert person.page.locator("#cite").count() == 1
