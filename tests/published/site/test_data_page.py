"""The page of data: every extract has a link, and each source its terms and caveats."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from country_pages import files
from parsed_page import Page

from pipelines.published.site.pages import data


@pytest.fixture(scope="module")
def pages(built) -> dict[str, Page]:
    """The page in each language."""
    return {code: Page(files(built, data, code)[f"{code}/data.html"]) for code in ("en", "fr")}


def below(page: Page, folder: str) -> Iterator[str]:
    """Yield the links of the page to a folder at the root of the site."""
    for attributes, _ in page.all("a"):
        before, found, path = attributes["href"].partition(f"/{folder}/")
        if found:
            assert before == ".."
            yield path


def test_every_linked_extract_is_made_and_every_form_is_linked(pages, extracts, query):
    [(sources,)] = query("select count(distinct source) from published.observation")
    for language, page in pages.items():
        linked = set(below(page, "extracts"))
        assert [path for path in linked if not (extracts / path).is_file()] == []
        for place in (f"csv/{language}/*.csv.zip", "parquet/observation/*", "sdmx/observation/*"):
            made = {path.relative_to(extracts).as_posix() for path in extracts.glob(place)}
            assert made <= linked
            assert len(made) == sources
        assert len([path for path in linked if path.endswith(".xlsx")]) == 35
        assert len([path for path in linked if path.startswith("json/")]) == 36
        forms = {path.split("/")[0] for path in linked}
        made = {path.name for path in extracts.iterdir()}
        assert made - forms == {"fingerprint", "codelists"}


def test_the_database_lies_below_the_site(pages):
    """In a version, the site has a link to the folder."""
    addresses = [each["href"] for each, _ in pages["en"].all("a")]
    (database,) = [each for each in addresses if each.endswith(".duckdb")]
    assert os.path.normpath(Path("site/en") / database) == "site/warehouse/tipstat.duckdb"


def test_the_sentence_counts_figures_and_sources(pages, query):
    [(rows,)] = query("select count(*) from published.observation")
    [(sources,)] = query("select count(*) from main.source where contract = 'observation'")
    ((_, sentence),) = pages["en"].all("p", **{"class": "sentence"})
    figures = f"{rows:,}".replace(",", "\u202f")
    assert sentence.startswith(f"All {figures} figures of {sources} sources can be downloaded")


def test_every_release_is_in_the_table(pages, query):
    [(releases,)] = query("select count(*) from main.release")
    (table,) = pages["fr"].tables()
    assert len(table) - 1 == releases
    copied = "Lue dans une copie de la publication"
    unodc = [row[2:] for row in table if row[1].startswith("Traite des personnes\u202f: v")]
    assert unodc == [
        ["30 mai 2023", copied, "24 novembre 2024", "8\u202f871"],
        ["14 avril 2025", copied, "11 juillet 2025", "10\u202f911"],
        ["28 octobre 2025", copied, "3 août 2026", "11\u202f591"],
    ]


def test_every_source_has_a_fold_with_terms_and_caveats(pages, query):
    for language, page in pages.items():
        folds = {each.get("id"): text for each, text in page.all("details")}
        listed = page.all("ul", lang="en")
        texts = f"licence_{language}, caution_{language}, caveats"
        rows = query(f"select source, {texts} from main.source order by all")
        assert len(listed) == len([caveats for *_, caveats in rows if caveats])
        for source, licence, caution, caveats in rows:
            assert " ".join(licence.split(" ")) in folds[source]
            assert caution in folds[source]
            assert all(" ".join(each.split()) in folds[source] for each in caveats)
