"""The catalogue: official shapes find nothing, both forms say the same, every file is there."""

import warnings
from pathlib import Path

import duckdb
import orjson
import pytest

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import pyshacl
    from rdflib import DCAT, DCTERMS, RDF, Graph, URIRef
    from rdflib.compare import isomorphic

from pipelines.published.catalogue import dcat, turtle
from pipelines.published.extracts import catalogue
from pipelines.raw import kept_versions
from schemas import codelists

BASE = "https://example.org/tip"
HERE = f"{BASE}/extracts/"
HAS_VERSION = URIRef(f"{dcat.PREFIXES['dcat']}hasVersion")  # which rdflib does not know
CITED = "2026-11-30T152553.314Z-44666d0b"

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


@pytest.fixture(scope="module")
def document(connection, extracts: Path, tmp_path_factory) -> dict:
    """The catalogue of the shipped figures at an address, with a version that was cited."""
    with pytest.MonkeyPatch.context() as patch:
        home = tmp_path_factory.mktemp("home")
        (home / "data").mkdir()
        patch.setenv("TIPSTAT_HOME", str(home))
        kept_versions.enter(CITED, 'Cited "by"\nthe office \\ <here>')
        return catalogue.document(connection, extracts, BASE)


@pytest.fixture(scope="module")
def graph(document: dict) -> Graph:
    return read(document)


def read(document: dict) -> Graph:
    return Graph().parse(data=orjson.dumps(document), format="json-ld", base=HERE)


@pytest.mark.parametrize("shapes", ["shapes", "range"])
def test_the_official_shapes_of_dcat_ap_find_nothing(graph, publisher_file, shapes) -> None:
    file = publisher_file(f"standards/dcat-ap-3.0.0/{shapes}.ttl")
    conforms, _, text = pyshacl.validate(graph, shacl_graph=Graph().parse(file), advanced=True)
    assert conforms, text


def test_turtle_says_the_same(document, graph) -> None:
    text = turtle.written(document)
    assert isomorphic(Graph().parse(data=text, format="turtle", publicID=HERE), graph)


def test_every_file_it_offers_is_there(graph, extracts: Path) -> None:
    offered = {str(each) for each in graph.objects(None, DCAT.downloadURL)}
    assert len(offered) > 20 * len(codelists.LANGUAGES)
    paths = [extracts / each.removeprefix(HERE) for each in offered]
    assert [path for path in paths if not path.is_file()] == []


def test_each_source_has_its_terms_in_four_languages(graph, query) -> None:
    [(sources,)] = query(
        "select count(*) from main.source where redistribute and contract = 'observation'"
    )
    unodc = URIRef(f"{HERE}catalog#int_unodc_glotip")
    whole = URIRef(f"{HERE}catalog#tipstat")
    assert len([*graph.objects(whole, DCTERMS.hasPart)]) == sources
    languages = {each.language for each in graph.objects(unodc, DCTERMS.title)}
    assert languages == {*codelists.LANGUAGES}
    [terms] = graph.objects(unodc, DCTERMS.rights)
    texts = [str(text) for _, _, text in graph.triples((terms, None, None))]
    assert any("United Nations terms of use" in text for text in texts)


def test_a_cited_version_is_listed_with_its_reason(graph) -> None:
    version = URIRef(f"{BASE}/versions/{CITED}/")
    assert (URIRef(f"{HERE}catalog#tipstat"), HAS_VERSION, version) in graph
    assert [*map(str, graph.objects(version, DCTERMS.description))] == [
        'Cited "by"\nthe office \\ <here>'
    ]


def test_without_an_address_there_is_neither_service_nor_version(
    connection, extracts, tmp_path, monkeypatch
) -> None:
    (tmp_path / "data").mkdir()
    monkeypatch.setenv("TIPSTAT_HOME", str(tmp_path))
    kept_versions.enter(CITED, "Cited")
    without = catalogue.document(connection, extracts, "")
    assert "http" not in without["dcat:dataset"][0]["@id"]
    found = read(without)
    assert not [*found.subjects(RDF.type, DCAT.DataService)]
    assert not [*found.objects(None, HAS_VERSION)]


def test_hostile_names_break_neither_form(hostile: Path, hostile_extracts: Path) -> None:
    with duckdb.connect(hostile, read_only=True) as connection:
        made = catalogue.document(connection, hostile_extracts, BASE)
    text = turtle.written(made)
    assert isomorphic(Graph().parse(data=text, format="turtle", publicID=HERE), read(made))
    assert (hostile_extracts / catalogue.TURTLE).is_file()
