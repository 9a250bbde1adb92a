"""About: how to cite, whose words are quoted, where corrections stand."""

import posixpath
import re

import duckdb
import pytest
from conftest import ROOT
from invented_site import LANGUAGES, Page

from pipelines.lib import paths
from pipelines.published.site.figures import context
from pipelines.published.site.pages import about


@pytest.fixture(scope="module")
def edition(built) -> context.Site:
    with duckdb.connect(built, read_only=True) as connection:
        return context.read_site(connection)


@pytest.fixture(scope="module")
def pages(edition, tmp_path_factory) -> dict[str, Page]:
    folder = tmp_path_factory.mktemp("about")
    for language in edition.languages:
        ((_, text),) = about.files(edition, None, language)
        (folder / f"{language.code}.html").write_text(text, encoding="utf-8")
    return {code: Page(folder / f"{code}.html") for code in LANGUAGES}


def test_the_citation_names_version_and_day(pages, edition):
    assert (edition.version, edition.day) == ("0.1.0", "2026-11-24")
    citation = {code: page.all("blockquote")[1][1] for code, page in pages.items()}
    assert citation["en"].endswith("Version 0.1.0, figures of 24 November 2026.")
    assert citation["es"].endswith("Versión 0.1.0, cifras del 24 de noviembre de 2026.")
    assert citation["pt"].endswith("Versão 0.1.0, números de 24 de novembro de 2026.")
    assert citation["fr"].endswith("Version 0.1.0, chiffres du 24 novembre 2026.")


def test_bibtex_is_bibtex(pages, edition):
    for page in pages.values():
        ((_, entry),) = page.all("pre")
        assert re.match(r"@misc\{tipstat, ", entry)
        assert entry.count("{") == entry.count("}")
        fields = dict(re.findall(r"(\w+) = \{+(.*?)\}+(?:,| \})", entry))
        assert list(fields) == ["author", "title", "year", "version", "note"]
        assert fields["version"] == edition.version
        assert fields["year"] == edition.day[:4]
        assert edition.day in fields["note"]


def test_the_declaration_is_quoted_in_its_words_and_marked_as_english(pages):
    for page in pages.values():
        (attributes, quoted), _ = page.all("blockquote")
        assert attributes["lang"] == "en"
        readme = " ".join((ROOT / "README.md").read_text(encoding="utf-8").split())
        for words in re.findall("“(.*?)”", quoted):
            assert f'"{words}"' in readme


def test_corrections_stand_in_the_open(pages):
    """data/corrections.csv, as seen from data/published/site/en."""
    (address,) = {
        each["href"] for each, _ in pages["en"].all("a") if each["href"].endswith("corrections.csv")
    }
    assert posixpath.normpath(f"data/published/site/en/{address}") == "data/corrections.csv"
    assert paths.corrections().is_file()


def test_what_the_foot_of_every_page_leads_to_is_there(pages):
    for page in pages.values():
        assert {"cite", "licence", "corrections"} <= {each["id"] for each, _ in page.all("h2")}


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_promises_no_cookie_and_sets_none(pages, language):
    assert "cookie" in pages[language].all("main")[0][1]
    scripts = "".join(
        file.read_text(encoding="utf-8")
        for file in (ROOT / "pipelines" / "published" / "site" / "static").glob("*.js")
    )
    assert not re.search(r"\.cookie|localStorage|sessionStorage|sendBeacon|fetch\(", scripts)
