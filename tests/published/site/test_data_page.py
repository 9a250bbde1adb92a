"""The page of data: every extract has a link, and each source its terms."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from country_pages import files
from invented_site import LANGUAGES, Page

from pipelines.published.site.pages import data


@pytest.fixture(scope="module")
def pages(built) -> dict[str, Page]:
    """The page in each language."""
    return {code: Page(files(built, data, code)[f"{code}/data.html"]) for code in LANGUAGES}


def below(page: Page, folder: str) -> Iterator[str]:
    """Yield the links of the page to a folder beside the site's."""
    for attributes, _ in page.all("a"):
        before, found, path = attributes["href"].partition(f"/{folder}/")
        if found:
            assert set(before.split("/")) == {".."}
            yield path


def test_every_linked_extract_is_made(pages, extracts):
    for language, page in pages.items():
        files = set(below(page, "extracts"))
        assert [path for path in files if not (extracts / path).is_file()] == []
        assert f"csv/observation_{language}.csv" in files
        assert len([path for path in files if path.endswith(".xlsx")]) == 35


def test_every_form_of_extract_has_a_link(pages, extracts):
    linked = {path.split("/")[0] for path in below(pages["en"], "extracts")}
    made = {path.name for path in extracts.iterdir()}
    assert made - linked == {"fingerprint", "codelists"}


def test_links_lead_out_of_the_site_to_its_neighbours(pages):
    """Pages, extracts and warehouse are beside each other in a version."""
    folder = Path("site/en")
    addresses = [each["href"] for each, _ in pages["en"].all("a")]
    (database,) = [each for each in addresses if each.endswith(".duckdb")]
    (readme,) = [each for each in addresses if each.endswith("README.md")]
    assert os.path.normpath(folder / database) == "warehouse/tipstat.duckdb"
    assert os.path.normpath(folder / readme) == "extracts/README.md"


def test_the_lead_counts_figures_and_sources(pages, query):
    [(rows,)] = query("select count(*) from published.observation")
    [(sources,)] = query("select count(*) from main.source where contract = 'observation'")
    lead = pages["en"].all("p", **{"class": "lead"})[0][1]
    assert f"{rows:,}".replace(",", "\u202f") + f" figures of {sources} sources" in lead


def test_every_release_is_in_the_table(pages, query):
    [(releases,)] = query("select count(*) from main.release")
    (table,) = pages["es"].tables()
    assert len(table) - 1 == releases
    unodc = [row[2:] for row in table if row[0].endswith("(UNODC)")]
    assert unodc == [
        ["30 de mayo de 2023", "24 de noviembre de 2024", "8\u202f871"],
        ["14 de abril de 2025", "11 de julio de 2025", "10\u202f911"],
    ]


def test_every_source_has_its_terms_in_the_language(pages, query):
    found = dict(query("select source, licence_es from main.source"))
    described = {
        each["id"].removeprefix("source-"): text
        for each, text in pages["es"].all("dl", **{"class": "source"})
    }
    assert set(described) == set(found)
    for source, licence in found.items():
        assert " ".join(licence.split(" ")) in described[source]
