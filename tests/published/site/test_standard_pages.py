"""The pages of the common standard say what its sheets say, in each language, and no more."""

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from country_pages import edition, files, speaker
from parsed_page import LANGUAGES, Page, tidy
from standard_texts import plain, sheets, texts, whole

from pipelines.published.images import printing
from pipelines.published.kept import Earlier
from pipelines.published.site import build
from pipelines.published.site.pages import indicator, standard
from pipelines.published.versions.checksum import of_files
from pipelines.words.interface_text import labels
from schemas import codelists
from schemas import standard as sheets_of

BASE = "https://example.org/tip"
FOLDER = "standard/1.0"
each_language = pytest.mark.parametrize("language", ["en", "fr"])


@pytest.fixture(scope="module")
def pages(small) -> dict[str, dict[str, Page]]:
    """The pages by language and name."""
    return {
        language: {
            path.removeprefix(f"{language}/{FOLDER}/").removesuffix(".html"): Page(text)
            for path, text in files(small, standard, language).items()
        }
        for language in ("en", "fr")
    }


def main(page: Page) -> str:
    ((_, text),) = page.all("main")
    return text


@each_language
def test_each_sheet_has_a_page_at_a_versioned_address(pages, language):
    listed = {*whole()["indicators"], *whole()["variables"]}
    assert sheets().keys() == listed
    assert pages[language].keys() == listed | {"index", "document", "governance"}
    for name, sheet in sheets().items():
        ((_, title),) = pages[language][name].all("h1")
        assert title == sheet["name"][language]


@each_language
def test_pages_the_list_and_the_page_to_print_say_every_text(pages, language):
    own = {name: main(page) for name, page in pages[language].items()}
    for name, sheet in sheets().items():
        assert [text for text in texts(sheet, language) if tidy(text) not in own[name]] == []
        said = texts(sheet | {"history": []}, language)
        assert [text for text in said if tidy(text) not in own["document"]] == [], name
        assert sheet["name"][language] in own["index"]
        assert tidy(sheet["definition"][language]) in own["index"]
    assert pages[language]["document"].anchors() >= sheets().keys()
    governance = [tidy(text) for text in texts(whole()["governance"], language)]
    assert len(governance) > 8
    for name in ("governance", "document"):
        assert [text for text in governance if text not in own[name]] == []


def test_the_governance_names_the_address_for_proposals_or_says_that_there_is_none(small):
    none = labels("es")["standard_proposals_none"]
    for site in (edition(small), replace(edition(small), contact="office@example.org")):
        made = dict(standard.files(site, None, speaker(small, "es")))
        for name in ("governance", "document"):
            page = Page(made[f"es/{FOLDER}/{name}.html"])
            links = [each["href"] for each, _ in page.all("a") if "mailto:" in each["href"]]
            assert links == (["mailto:office@example.org"] if site.contact else [])
            assert (tidy(none) in main(page)) == (not site.contact)


def test_an_earlier_version_keeps_its_addresses_and_leads_to_the_newest(small, tmp_path):
    folder = shutil.copytree(sheets_of.FOLDER, tmp_path / "standard")
    with sheets_of.edition(folder):
        sheets_of.keep()
    for file, old, new in (
        ("standard.yml", "version: 1.0.0", "version: 1.1.0"),
        ("indicators/VIC_IDENT.yml", "en: Formally identified", "en: Newly identified"),
    ):
        text = (folder / file).read_text(encoding="utf-8")
        assert old in text
        (folder / file).write_text(text.replace(old, new), encoding="utf-8")
    sheets_of._standard.cache_clear(), sheets_of._indicators.cache_clear()
    before = files(small, standard, "en")
    with sheets_of.edition(folder):
        made = dict(standard.files(edition(small), None, speaker(small, "en")))
        printed = dict(standard.documents(edition(small), speaker(small, "en")))
    assert before.keys() <= made.keys()
    assert len(made) == 2 * len(before)
    later = Page(made["en/standard/1.1/VIC_IDENT.html"])
    kept = Page(made[f"en/{FOLDER}/VIC_IDENT.html"])
    assert "Newly identified" in main(later)
    assert "Newly identified" not in main(kept)
    [link] = [each["href"] for each, text in kept.all("a") if "later version: 1.1.0" in text]
    assert link.endswith("standard/1.1/index.html")
    index = Page(made["en/standard/1.1/index.html"])
    assert [each["href"] for each, text in index.all("a") if "Earlier version: 1.0.0" in text]
    assert [*printed] == [f"standard/{short}/civ-tip-{short}.0-en.pdf" for short in ("1.1", "1.0")]


@each_language
def test_no_number_and_no_code_on_a_page_is_beyond_its_sheet(pages, language):
    titles = [*plain(whole()["documents"]), *texts(whole(), language)]
    for name, sheet in sheets().items():
        page = pages[language][name]
        names = codelists.labels(sheet.get("codelist", "count_unit"), language).values()
        linked = [sheets()[each]["name"][language] for each in {*plain(sheet)} & {*sheets()}]
        known = " ".join([*texts(sheet, language), *plain(sheet), *names, *titles, *linked])
        known = f"{known} CIV-TIP {whole()['version']} {whole()['id']}"
        shown = " ".join(page.root.xpath("//main//text()"))
        found = {*re.findall(r"\d+|\b[A-Z]{2,}[A-Z_]*_\w+", shown)}
        found |= {code for _, code in page.all("code")}
        assert {each for each in found if each not in known} == set(), name


@each_language
def test_every_page_says_that_it_is_a_proposal(pages, small, language):
    word = whole()["statuses"]["PROPOSAL"][language]
    first, _, rest = word.partition(", ")
    of_indicators = files(small, indicator, language)
    own = [Page(text) for path, text in of_indicators.items() if path.endswith("vic_detect.html")]
    for page in (*pages[language].values(), *own):
        ((_, status),) = page.all("p", **{"class": "status"})
        assert status.endswith(f"{first.upper()}, {rest}")
        assert "1.0.0" in status


@each_language
def test_a_sheet_is_cited_with_its_address_if_the_site_has_one(pages, small, language):
    addressed = replace(edition(small), base_url=BASE)
    status = whole()["statuses"]["PROPOSAL"][language]
    for name in ("VIC_IDENT", "age"):
        ((_, cited),) = pages[language][name].all("blockquote")
        assert all(part in cited for part in (whole()["title"][language], "1.0.0", status))
        assert cited.endswith(name)
        with_address = standard.citation(addressed, name, speaker(small, language))
        assert with_address == f"{cited}, {BASE}/{language}/{FOLDER}/{name}.html"


@pytest.fixture
def of_standard(monkeypatch):
    """Builds that make the pages of the standard alone."""
    monkeypatch.setattr(build, "KINDS", (standard,))


def pdf_links(site: Path, language: str) -> list[str]:
    page = Page(site / language / FOLDER / "index.html")
    return [each["href"] for each, _ in page.all("a") if each["href"].endswith(".pdf")]


def test_a_pdf_is_kept_while_its_page_is_the_same(small, tmp_path, of_standard):
    """A language that could not be printed has no link, and is tried again."""
    asked: list[Path] = []

    def print_pages(opened: list[Path]) -> list[bytes | None]:
        asked.extend(opened)
        assert all((page.parents[3] / "static/style.css").is_file() for page in opened)
        return [None if "pt" in page.parts else page.read_bytes()[:99] for page in opened]

    before, now = tmp_path / "before", tmp_path / "now"
    build.build_site(small, before, BASE, print_pages=print_pages)
    assert [page.parts[-4] for page in asked] == [*LANGUAGES]
    for language in LANGUAGES:
        links = pdf_links(before, language)
        assert len(links) == (language != "pt")
        assert all((before / language / FOLDER / link).is_file() for link in links)

    asked.clear()
    build.build_site(small, now, BASE, Earlier(before, of_files(before)), print_pages=print_pages)
    assert [page.parts[-4] for page in asked] == ["pt"]
    assert len(pdf_links(now, "fr")) == 1


def test_without_a_browser_or_an_address_there_is_no_pdf(small, tmp_path, of_standard):
    assert printing.printer("") is None
    build.build_site(small, tmp_path)
    assert not [*tmp_path.rglob("*.pdf")]
    assert pdf_links(tmp_path, "en") == []


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("chromium"), reason="no Chromium: apt-get install chromium")
def test_the_same_page_is_the_same_pdf(small, tmp_path, monkeypatch):
    """With tags, for those who have it read to them."""
    page = tmp_path / "page.html"
    page.write_text(files(small, standard, "es")[f"es/{FOLDER}/VIC_IDENT.html"], encoding="utf-8")
    once, again = printing.print_pages([page, page])
    assert once.startswith(b"%PDF")
    assert b"/StructTreeRoot" in once
    assert once == again
    monkeypatch.setenv("PATH", "")  # the browser is gone
    assert printing.print_pages([page]) == [None]
