"""A figure table keeps the text of a publisher's file as printed."""

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from pipelines.intake import raw_table
from pipelines.raw import manifest
from pipelines.sources import File, FileRefusedError, discover
from schemas import codelists
from schemas.source import Words

pytestmark = pytest.mark.usefixtures("one_detector")


@pytest.mark.parametrize("sign", ["\r", "\n", "\r\n", ",", '"', "\0", "é", " "])
def test_any_sign_in_a_cell_is_kept(tmp_path: Path, sign: str) -> None:
    publication = discover()["int_reported"]
    header = ",".join(publication.source.layouts[0].header)
    row = "URY,COMPLAINTS,CY,2021,120,UNKNOWN,Authority,Page,https://example.org,page 1,2022"
    printed, kept = tmp_path / "printed.csv", tmp_path / "kept.csv"
    cell = sign.replace('"', '""')
    printed.write_bytes(f'{header}\n{row},"one{cell}two"\n'.encode())
    first = publication.tidy(File(printed))
    kept.write_bytes(raw_table.figure_table(first, "int_test")[1].encode())
    again = publication.tidy(File(kept))
    assert again.raw["description"].astype(str).tolist() == [f"one{sign}two"]
    pd.testing.assert_frame_equal(first.rows, again.rows)


@pytest.mark.parametrize(
    ("left", "words"),
    [
        (
            {"citation": "FILL IN: how to cite it"},
            r".*\.yml: citation: FILL IN: how to cite it; ",
        ),
        (
            {"licence": Words(**dict.fromkeys(codelists.LANGUAGES, "FILL IN"))},
            r".*: licence.en: FILL IN \(and 3 more\)",
        ),
        ({"proposed": ("number_locale: es_PE",)}, ".*: proposed: number_locale: es_PE"),
    ],
)
def test_no_release_of_a_source_that_is_still_to_be_described(
    tmp_path: Path, left: dict, words: str
) -> None:
    unsd = discover()["int_unsd_sdg"]
    begun = replace(unsd, source=replace(unsd.source, **left))
    with pytest.raises(
        FileRefusedError,
        match=f"int_unsd_sdg: to be confirmed or filled in before a release: {words}",
    ):
        raw_table.add_release(begun, tmp_path, "2020-01-01", "2020-01-01")


def test_a_cell_that_another_file_of_the_release_gives_is_refused(whole_project: Path) -> None:
    mexico = discover()["mex_sesnsp"]
    entry = manifest.entries("mex_sesnsp", "2025-06-30")[0]
    header, first, *others = raw_table.lines(entry.path)
    first[header.index("Enero")] = "99"
    corrected = whole_project / "2025-06-30 corrected.csv"
    corrected.write_text(raw_table.text([header, first, *others]), encoding="utf-8")
    with pytest.raises(manifest.ManifestError, match="here already, with other figures"):
        raw_table.add_release(
            mexico, corrected, entry.release, "2025-07-01", provenance=entry.provenance
        )
    assert manifest.entries("mex_sesnsp", entry.release) == [entry]
    later = raw_table.add_release(mexico, corrected, "2025-07-01", "2025-07-01")
    assert later.release == "2025-07-01"


def test_files_of_a_layout_with_other_cells_are_taken(whole_project: Path) -> None:
    """UNSD prints each series in a file of its own."""
    unsd = discover()["int_unsd_sdg"]
    for entry in manifest.entries("int_unsd_sdg", "2019-06-30")[:2]:
        file = whole_project / entry.publisher_file
        file.write_bytes(entry.path.read_bytes())
        raw_table.add_release(unsd, file, "2019-12-31", "2020-01-01")
    assert len(manifest.entries("int_unsd_sdg", "2019-12-31")) == 2


def test_a_file_without_a_figure_to_publish_is_not_entered(whole_project: Path) -> None:
    mexico = discover()["mex_sesnsp"]
    entry = manifest.entries("mex_sesnsp", "2025-06-30")[0]
    header, *lines = raw_table.lines(entry.path)
    place = header.index("Enero")
    unreadable = [[*line[:place], *["x"] * 12, *line[place + 12 :]] for line in lines]
    file = whole_project / "2025-07-31.csv"
    file.write_text(raw_table.text([header, *unreadable]), encoding="utf-8")
    with pytest.raises(FileRefusedError, match="not one of its rows can be published"):
        raw_table.add_release(mexico, file, "2025-07-31", "2025-08-01")
    assert [each for each in manifest.entries() if each.release == "2025-07-31"] == []
