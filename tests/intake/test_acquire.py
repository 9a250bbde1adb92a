"""Fetching new releases: a publisher's file becomes a figure table, or nothing is touched."""

import csv
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from command import tipstat
from glotip_rows import titled
from handmade import workbook
from kept_sources import keep_only
from misbehaving_server import BEHAVIOURS, BODIES, LIMITS, Answer, Server, near, serving

from pipelines.harmonised import refresh, release_files
from pipelines.intake import acquire
from pipelines.lib import paths
from pipelines.raw import fetch_state, manifest
from pipelines.raw.transport import NetworkEnvironment
from pipelines.sources import Publication, discover
from schemas.source import Layout

pytestmark = [
    pytest.mark.allow_hosts(["127.0.0.1"]), pytest.mark.slow,
    pytest.mark.usefixtures("one_detector"),
]  # fmt: skip
FETCHED = [name for name, each in discover().items() if not each.source.by_hand]
IN_THEIR_OWN_COLUMNS = [
    name for name in FETCHED if not discover()[name].source.layouts[0].shipped
]  # fmt: skip


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as running:
        yield running


def forgotten(source: str, folder: Path) -> bytes:
    """Remove the releases of a source; return the newest in the publisher's form."""
    entries = manifest.entries(source)
    body = as_published(entries[-1], discover()[source].source.layouts[0], folder)
    keep_only(*(each.source for each in manifest.entries() if each.source != source))
    for entry in entries:
        entry.path.unlink()
    return body


def as_published(entry: manifest.RawFile, layout: Layout, folder: Path) -> bytes:
    """The rows of a figure table in the publisher's form."""
    with entry.path.open(encoding="utf-8", newline="") as file:
        header, *rows = [line[1:] for line in csv.reader(file)]
    if layout.sheet:
        return workbook(folder / "served.xlsx", titled(*rows, header=header)).read_bytes()
    path = folder / "served.csv"
    with path.open("w", encoding=layout.encoding, newline="") as file:
        csv.writer(file, delimiter=layout.delimiter).writerows([header, *rows])
    return path.read_bytes()


def served_by(server: Server, source: str, path: str) -> Publication:
    """A publication whose file is on the test's server."""
    publication = discover()[source]
    own = replace(publication.source, address=server.at(path), listing="", pages=())
    return replace(publication, source=own)


def fetch(publication: Publication, limits=LIMITS) -> acquire.Outcome:
    network = NetworkEnvironment(public=near, wait=lambda _: None)
    return acquire.fetch(publication, network=network, limits=limits)


@pytest.mark.parametrize("source", IN_THEIR_OWN_COLUMNS)
def test_a_file_in_the_publishers_layout_is_entered_once(
    source, server, whole_project, tmp_path, monkeypatch
) -> None:
    publication = served_by(server, source, "real.data")
    monkeypatch.setitem(BODIES, "real.data", (forgotten(source, tmp_path),))
    first, second = fetch(publication), fetch(publication)
    assert first.new, first.message
    assert not second.new
    assert not second.refused
    assert "the same as the release of" in second.message
    [entry] = manifest.entries(source)
    assert entry.obtained_from == server.at("real.data")
    assert len(entry.publisher_sha256) == 64
    assert entry.retrieved.endswith("Z")


def test_an_unmodified_file_is_not_downloaded_again(server, whole_project, tmp_path, monkeypatch):
    publication = served_by(server, "ref_wpp", "conditional")
    publication = replace(publication, source=replace(publication.source, by_hand=""))
    body = forgotten("ref_wpp", tmp_path)

    def conditional(to: Answer) -> None:
        known = to.headers.get("If-None-Match") == '"one"'
        to.send(304 if known else 200, b"" if known else body, ETag='"one"')

    monkeypatch.setitem(BEHAVIOURS, "conditional", conditional)
    assert fetch(publication).new
    assert fetch(publication).message == "nothing new: not modified since the last download"


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("404", "no such file"),
        ("500", "try again later"),
        ("page.csv", "a web page instead of data"),
        ("good.csv", "it must have the columns Year, exploitation"),
    ],
)
def test_a_refusal_leaves_all_as_it_was(path, words, server, whole_project) -> None:
    before = {file: file.read_bytes() for file in _raw(whole_project)}
    outcome = fetch(served_by(server, "usa_sdg", path))
    assert outcome.refused
    assert outcome.unreachable == (path == "500"), "else it fails again tomorrow"
    assert words in outcome.message
    assert "\n" not in outcome.message
    assert {file: file.read_bytes() for file in _raw(whole_project)} == before
    assert [file.name for file in (whole_project / "data/fetched/usa_sdg").iterdir()] == [
        "attempt.json"
    ]


def test_a_refusal_is_reported_until_an_attempt_succeeds(
    server, whole_project, tmp_path, monkeypatch
):
    keep_only("usa_sdg")
    newest = manifest.entries("usa_sdg")[-1].release
    refresh.refresh_all(discover()["usa_sdg"], paths.harmonised())
    assert fetch(served_by(server, "usa_sdg", "404")).refused
    [refused] = release_files.refusals(paths.harmonised())
    assert (refused.source, str(refused.not_refreshed_since)) == ("usa_sdg", newest)
    monkeypatch.setitem(BODIES, "back", (forgotten("usa_sdg", tmp_path),))
    assert fetch(served_by(server, "usa_sdg", "back")).new
    assert not release_files.refusals(paths.harmonised())


def test_an_older_date_does_not_hide_new_figures(server, whole_project, tmp_path, monkeypatch):
    """A file that the server dates before our newest release is filed under today."""
    publication = served_by(server, "usa_sdg", "dated")
    newest = manifest.entries("usa_sdg")[-1]
    body = as_published(newest, publication.source.layouts[0], tmp_path)
    changed = body.replace(b",2799", b",2800")
    assert changed != body
    monkeypatch.setitem(
        BEHAVIOURS,
        "dated",
        lambda to: to.send(200, changed, Last_Modified="Sat, 01 Jan 2022 00:00:00 GMT"),
    )
    assert fetch(publication).new
    assert manifest.entries("usa_sdg")[-1].release > newest.release


def test_a_source_without_automatic_download_names_the_manual_one(project) -> None:
    run = tipstat("fetch", "mex_sesnsp", home=project)
    assert run.returncode == 0
    assert "mex_sesnsp: manual download: " in run.stdout
    assert fetch_state.last("mex_sesnsp") is None


def test_a_source_that_is_not_confirmed_is_not_asked_for(server, whole_project) -> None:
    canada = served_by(server, "can_sdg", "good.csv")
    proposed = replace(canada, source=replace(canada.source, proposed=("number_locale: en_CA",)))
    outcome = fetch(proposed)
    assert outcome.refused
    assert "can_sdg: to be confirmed or filled in before a release: " in outcome.message
    assert not server.asked


def test_persons_are_never_fetched() -> None:
    assert not [name for name in FETCHED if discover()[name].source.person_level]


def _raw(project: Path) -> list[Path]:
    return [file for file in (project / "data" / "raw").rglob("*") if file.is_file()]
