"""The manifest: every raw file is entered, unchanged, with its origin."""

import csv
import datetime
from dataclasses import replace
from pathlib import Path

import pytest

from pipelines.intake import raw_table
from pipelines.lib import paths
from pipelines.raw import findings, manifest
from pipelines.sources import discover


def test_every_shipped_file_is_entered(whole_project: Path) -> None:
    tables = {entry.path for entry in manifest.entries()}
    entered = tables | {findings.path_of(entry) for entry in manifest.entries()}
    there = {path for path in paths.raw().rglob("*") if path.is_file()} - {paths.manifest()}
    assert entered == there
    assert {entry.source for entry in manifest.entries()} == set(discover())


def test_every_line_is_complete(whole_project: Path) -> None:
    for entry in manifest.entries():
        manifest.verify(entry)
        for name in manifest.COLUMNS:
            assert getattr(entry, name).strip(), f"{entry.file}: no {name}"
        datetime.date.fromisoformat(entry.release)
        datetime.datetime.fromisoformat(entry.retrieved)
        assert len(entry.publisher_sha256) == 64


def test_no_person_level_row_is_shipped(whole_project: Path) -> None:
    for entry in manifest.entries():
        with entry.path.open(encoding="utf-8", newline="") as file:
            header = next(csv.reader(file))
        layouts = discover()[entry.source].source.layouts
        columns = [set(layout.figure_columns) for layout in layouts]
        assert set(header) - {"row", "rows"} in columns


def test_a_changed_byte_is_found(project: Path) -> None:
    entry = manifest.entries("ref_wpp")[0]
    content = bytearray(entry.path.read_bytes())
    content[1000] ^= 1
    entry.path.write_bytes(content)
    with pytest.raises(manifest.ManifestError, match=r"sha256 is .* the manifest says"):
        manifest.verify(entry)
    entry.path.unlink()
    with pytest.raises(manifest.ManifestError, match="not in the folder"):
        manifest.verify(entry)


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (("2024-07-11,REPLACE", "2024-13-45,REPLACE"), "'2024-13-45' in release is not a date"),
        (("2024-07-11,REPLACE", "2999-01-01,REPLACE"), "'2999-01-01' in release is not a date"),
        (("2024-07-11,REPLACE", "2026-11-25,REPLACE"), "released on 2026-11-25, but retrieved on"),
        (("ref_wpp/2024-07-11.csv", "../../evil.csv"), "lies outside"),
        (("2024-07-11,REPLACE", "2024-07-11,DELETE"), "neither REPLACE nor MERGE"),
        (("ref_wpp,2024-07-11", "ref_wpp,"), "line 5: release must be filled"),
        (("/wpp/,COPY", "/wpp/,FOUND"), "'FOUND' in provenance is none of OWN, COPY, REPEATED"),
        (("ref_wpp,2024-07-11,", "ref_wpp,2024-07-11,more,"), "has 17 cells instead of 16"),
    ],
)
def test_an_invalid_line_is_named(project: Path, fault: tuple, words: str) -> None:
    text = paths.manifest().read_text(encoding="utf-8")
    assert fault[0] in text
    paths.manifest().write_text(text.replace(*fault, 1), encoding="utf-8")
    with pytest.raises(manifest.ManifestError, match=r"line 5: ") as caught:
        manifest.entries()
    assert words in str(caught.value)


def test_a_release_entered_twice_is_named(project: Path) -> None:
    text = paths.manifest().read_text(encoding="utf-8")
    paths.manifest().write_text(text + text.splitlines()[-1] + "\n", encoding="utf-8")
    with pytest.raises(manifest.ManifestError, match="line 6: this file is entered already"):
        manifest.entries()


def test_a_file_of_another_provenance_than_its_release_is_not_entered(project: Path) -> None:
    before = paths.manifest().read_bytes()
    entry = manifest.entries("int_unodc_glotip", "2025-10-28")[0]
    other = next(code for code in ("OWN", "COPY") if code != entry.provenance)
    second = replace(entry, file="int_unodc_glotip/other.csv", provenance=other)
    with pytest.raises(manifest.ManifestError, match="another provenance"):
        manifest.enter(second)
    assert paths.manifest().read_bytes() == before


def test_a_release_is_never_overwritten_by_other_figures(project: Path) -> None:
    entry = manifest.entries("ref_wpp")[0]
    other = project / "other.csv"
    other.write_text(entry.path.read_text("utf-8").replace("5745858", "5745859"), "utf-8")
    with pytest.raises(manifest.ManifestError, match="here already, with other figures"):
        raw_table.add_release(discover()["ref_wpp"], other, entry.release, entry.retrieved)
    manifest.verify(entry)


def test_outside_the_project_the_remedy_is_named(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("TIPSTAT_HOME", str(tmp_path))
    with pytest.raises(manifest.ManifestError, match="set TIPSTAT_HOME"):
        manifest.entries()


def test_a_table_made_again_from_the_publishers_file_is_the_shipped_one(
    whole_project: Path, publisher_file
) -> None:
    before = paths.manifest().read_bytes()
    [entry] = manifest.entries("jam_statin")
    again = raw_table.add_release(
        discover()["jam_statin"],
        publisher_file(f"jam_statin/{entry.publisher_file}"),
        entry.release,
        entry.retrieved,
        entry.obtained_from,
        provenance=entry.provenance,
        by=entry.by,
    )
    assert again == entry
    assert paths.manifest().read_bytes() == before
