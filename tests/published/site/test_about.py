"""The page about tipstat: the citation, the quotation, the link to corrections."""

import re
from importlib.metadata import version

import pandas as pd
import pytest
import short_runs
from conftest import ROOT
from country_pages import edition, files
from parsed_page import Page

from pipelines.lib import settings
from pipelines.published.site import build
from pipelines.published.site.pages import about, all_figures, data


@pytest.fixture(scope="module")
def pages(built) -> dict[str, Page]:
    return {code: Page(files(built, about, code)[f"{code}/about.html"]) for code in ("en", "fr")}


def test_the_citation_names_version_and_day_and_can_be_copied(pages, built):
    assert (edition(built).version, edition(built).day) == (version("tipstat"), "2026-12-01")
    citation = pages["en"].all("blockquote")[0][1]
    assert citation.endswith(f"Version {version('tipstat')}, figures of 1 December 2026.")
    for page in (pages["en"], Page(files(built, data)["en/data.html"])):
        assert citation in [each.get("data-copy") for each, _ in page.all("button")]


def test_bibtex_is_bibtex(pages, built):
    for page in pages.values():
        ((_, entry),) = page.all("pre")
        assert re.match(r"@misc\{tipstat, ", entry)
        assert entry.count("{") == entry.count("}")
        fields = dict(re.findall(r"(\w+) = \{+(.*?)\}+(?:,| \})", entry))
        assert list(fields) == ["author", "title", "year", "version", "note"]
        assert fields["version"] == edition(built).version
        assert edition(built).day in fields["note"]


def test_the_declaration_is_quoted_in_its_words_and_marked_as_english(pages):
    readme = " ".join((ROOT / "README.md").read_text(encoding="utf-8").split())
    for page in pages.values():
        ((_, quoted),) = page.all("blockquote", lang="en")
        for words in re.findall("“(.*?)”", quoted):
            assert f'"{words}"' in readme


def test_the_page_links_to_the_corrections(pages, shipped, query):
    """They lie inside the site, so that a copy of it keeps them."""
    (address,) = {
        each["href"] for each, _ in pages["en"].all("a") if each["href"].endswith("corrections.csv")
    }
    listed = pd.read_csv(shipped / "en" / address)
    assert listed["id"].tolist() == [
        each for (each,) in query("select id from main.correction order by id")
    ]


def test_who_publishes_may_name_a_mail_address(built, tmp_path, monkeypatch):
    monkeypatch.setattr(build, "KINDS", (about, all_figures))
    short_runs.in_language("fr", monkeypatch.setattr)
    build.build_site(built, tmp_path, contact="tip@example.org")
    for file in ("fr/about.html", "fr/country/chl-figures.html"):
        text = (tmp_path / file).read_text(encoding="utf-8")
        assert '<a href="mailto:tip@example.org">tip@example.org</a>' in text


def test_a_contact_that_is_no_mail_address_is_refused(monkeypatch):
    monkeypatch.setenv("TIPSTAT_CONTACT", "javascript:alert(1)")
    with pytest.raises(settings.SettingError, match="set it to a mail address"):
        settings.contact()


def test_it_promises_no_cookie_and_sets_none(pages):
    assert "cookie" in pages["en"].all("main")[0][1]
    scripts = "".join(
        file.read_text(encoding="utf-8")
        for file in (ROOT / "pipelines" / "published" / "site" / "static").glob("*.js")
    )
    assert not re.search(r"\.cookie|localStorage|sessionStorage|sendBeacon|fetch\(", scripts)
