"""What a page says of itself to search engines and to other sites."""

import io
import json
from dataclasses import replace

import duckdb
import extruct
import openpyxl
import pytest
from country_pages import edition, facts, speaker
from lxml import html

from pipelines.published.extracts import excel
from pipelines.published.site import dataset, downloads, rendering
from pipelines.published.site.facts.sentences import Sentence, read_sentences, sources_of
from pipelines.published.site.pages import country, data, explorer, home, indicator
from schemas import codelists

BASE = "https://example.org/tip"
FOUR = ("HAPPENED", "WHO", "NEIGHBOURS", "JUSTICE")
REQUIRED = {"@context", "@type", "name", "description", "creator", "distribution"}
HOSTILE = "</script><script>window.bad=1</script><!-- &amp;"


@pytest.fixture(scope="module")
def sentences(connection) -> dict[tuple[str, str, str], Sentence]:
    return read_sentences(connection)


def read(built, sentences, area: str, code: str = "en", base_url: str = "") -> dict:
    """The Dataset as a program reads it in a page."""
    language = speaker(built, code)
    site = replace(edition(built).in_language(language), base_url=base_url)
    own = site.of_state(area) if area else site
    said = [sentences[area or "AMERICAS", each, code] for each in FOUR if (
        (area or "AMERICAS", each, code) in sentences)]  # fmt: skip
    path = f"country/{area.lower()}.html" if area else "index.html"
    title = language.name("area", area) if area else "Americas"
    text = " ".join(each.text for each in said)
    found = dataset.described(
        f"{code}/{path}", title, text, sources_of(said), own, language, [2008, 2023], area
    )
    text = rendering.as_json(found)
    assert "<" not in text
    return json.loads(text)


def test_a_dataset_has_what_search_engines_ask_for(built, sentences):
    for area in ("DOM", "DMA", "MEX", ""):
        found = read(built, sentences, area)
        assert found.keys() > REQUIRED
        assert (found["@context"], found["@type"]) == ("https://schema.org/", "Dataset")
        assert 50 <= len(found["description"]) <= 5000
        assert found["temporalCoverage"] == "2008/2023"
        assert found["spatialCoverage"]["identifier"] == (area or "019")
        forms = [each["encodingFormat"].rpartition("/")[2] for each in found["distribution"]]
        assert len(forms) == 2
        assert "csv" in forms
    [unodc] = read(built, sentences, "DOM")["isBasedOn"]
    assert unodc["url"] == "https://data.unodc.org/datareport/tip-victims"
    assert read(built, sentences, "DMA")["isBasedOn"] == [unodc]  # the rates of others alone


def test_addresses_of_the_site_are_there_only_where_they_are_known(built, sentences):
    without, known = (read(built, sentences, "DOM", base_url=each) for each in ("", BASE))
    assert not without.keys() & {"@id", "url"}
    assert not any("contentUrl" in each for each in without["distribution"])
    page = f"{BASE}/en/country/dom.html"
    assert (known["url"], known["@id"]) == (page, f"{page}#dataset")
    assert {each["contentUrl"] for each in known["distribution"]} == {*downloads.paths(page)[1:]}


@pytest.mark.parametrize("code", ["en", "fr"])
def test_a_program_that_reads_pages_finds_one_dataset(built, code):
    """Of each kind of page that shows figures; `extruct` reads pages as search engines do."""
    language = speaker(built, code)
    site = replace(edition(built).in_language(language), base_url=BASE)
    for kind, path in (
        (home, "index"),
        (indicator, "indicator/vic_detect"),
        (explorer, "explorer"),
        (data, "data"),
    ):
        known = facts(built, kind)
        if kind is indicator:
            known = known.of("VIC_DETECT")
        text = dict(kind.files(site, known, language))[f"{code}/{path}.html"]
        [found] = extruct.extract(text, syntaxes=["json-ld"])["json-ld"]
        assert found.keys() >= REQUIRED, path
        assert (found["@type"], found["inLanguage"]) == ("Dataset", code)
        assert 50 <= len(found["description"]) <= 5000
        assert found["url"] == f"{BASE}/{code}/{path}.html"
        assert found["includedInDataCatalog"]["url"] == f"{BASE}/extracts/catalog.jsonld"
        assert all(each["contentUrl"].startswith(f"{BASE}/") for each in found["distribution"])
        assert found["isBasedOn"]


def test_no_text_ends_the_element(built, sentences):
    said = {key: replace(each, text=HOSTILE) for key, each in sentences.items()}
    assert HOSTILE in read(built, said, "DOM")["description"]


def test_a_page_and_its_workbooks_have_one_day(built, tmp_path, monkeypatch):
    """The workbook beside a state's page, and that among the extracts."""
    language, of_states = speaker(built), facts(built)
    site = edition(built).in_language(language)
    monkeypatch.setattr(codelists, "LANGUAGES", codelists.LANGUAGES[:1])
    with duckdb.connect(built, read_only=True) as connection:
        excel.write(connection, tmp_path)
    for area in [*site.iso2][::4]:
        own = site.of_state(area)
        _, text = next(iter(country.files(own, of_states.of(area), language)))
        stated = html.fromstring(text).get("data-edition")
        assert stated == f"tipstat {site.version}, these sources as of {language.day(own.own_day)}"
        (_, beside), _ = downloads.beside("en/country/x.html", [], own, language, area)
        book, extract = map(
            openpyxl.load_workbook, (io.BytesIO(beside), tmp_path / f"en/{area}.xlsx")
        )
        assert stated in [cell for (cell,) in book["Answers"].iter_rows(values_only=True)]
        days = {each.properties.created.date().isoformat() for each in (book, extract)}
        assert days == {own.own_day}, area
