"""Releases that are held back, repaired or made again."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from command import tipstat
from conftest import observations
from kept_sources import keep_only
from table_changes import times

from pipelines.harmonised import refresh, release_files
from pipelines.harmonised.harmonise import Harmonised
from pipelines.harmonised.release_files import Release
from pipelines.intake import raw_table
from pipelines.lib import paths
from pipelines.lib.digest import sha256
from pipelines.raw import corrections, manifest, reviews
from pipelines.raw.corrections import CorrectionError
from pipelines.sources import discover

pytestmark = pytest.mark.usefixtures("one_detector")

UNSD = discover()["int_unsd_sdg"]


def test_a_release_that_lacks_a_file_does_not_replace_a_whole_one(whole_project: Path) -> None:
    [first, *_] = manifest.entries("int_unsd_sdg")
    newer = replace(
        first, release="2020-06-30", retrieved="2020-07-01", file=first.file.replace("2019", "2020")
    )
    newer.path.write_bytes(first.path.read_bytes())
    manifest.enter(newer)
    release = release_files.Release(paths.harmonised(), "int_unsd_sdg", "2020-06-30")
    refresh.refresh(UNSD, release)
    assert "has 1 of the 5 files that the release of 2019-06-30 has" in release.held_back


def after_the_shipped(change: Callable[[pd.DataFrame], pd.DataFrame], day: str) -> Release:
    """Refresh Canada's newest release, then a file that came later and bears another day."""
    lines = paths.manifest().read_text(encoding="utf-8").splitlines(keepends=True)
    alone = [line for line in lines if not line.startswith("can_sdg,2022-12-31,")]
    paths.manifest().write_text("".join(alone), encoding="utf-8")
    canada = discover()["can_sdg"]
    [shipped] = release_files.releases(paths.harmonised(), "can_sdg")
    refresh.refresh(canada, shipped)
    assert shipped.held_back == ""
    [entry] = manifest.entries("can_sdg")
    file = paths.raw().parent / "indicator_16-2-2.csv"
    change(pd.read_csv(entry.path, dtype=str)).to_csv(file, index=False)
    raw_table.add_release(canada, file, day, "2026-11-01")
    release = Release(paths.harmonised(), "can_sdg", day)
    refresh.refresh(canada, release)
    return release


def test_a_release_with_an_earlier_day_is_compared_with_the_one_after(whole_project: Path) -> None:
    false = after_the_shipped(times(["Value"], 10), "2022-06-01")
    assert "are about 10 times the current figures" in false.held_back


def test_what_was_accepted_is_the_files_of_that_day_and_no_others(whole_project: Path) -> None:
    false = after_the_shipped(times(["Value"], 10), "2022-06-01")
    reviews.enter("can_sdg", "2022-06-01", reviews.ACCEPT, "looked at", "The office")
    refresh.refresh(discover()["can_sdg"], false)
    assert false.held_back == ""
    [entry] = manifest.entries("can_sdg", "2022-06-01")
    other = entry.path.read_text("utf-8").replace("2015,", "2014,")
    entry.path.write_text(other, encoding="utf-8")
    manifest.enter(replace(entry, sha256=sha256(entry.path)))
    refresh.refresh(discover()["can_sdg"], false)
    assert false.held_back != ""


def test_an_earlier_release_with_the_same_figures_but_one_passes(whole_project: Path) -> None:
    """Releases are refreshed in the order in which they came."""
    earlier = after_the_shipped(times(["Value"], 1.3, "Year == '2021'"), "2023-06-01")
    assert earlier.held_back == ""
    ordered = release_files.by_arrival(release_files.releases(paths.harmonised(), "can_sdg"))
    assert [each.release for each in ordered] == ["2026-03-10", "2023-06-01"]


def test_a_release_of_which_no_row_can_be_published_is_held_back(whole_project: Path) -> None:
    empty = after_the_shipped(lambda table: table, "2010-01-01")
    assert empty.held_back == "can_sdg 2010-01-01: not one of its rows can be published"


def test_an_older_release_that_is_held_back_leaves_the_source_refreshed(project: Path) -> None:
    for release in release_files.releases(paths.harmonised(), "int_unodc_glotip"):
        release.hold_back("damaged")
    refused = {
        each.release: each.not_refreshed_since
        for each in release_files.refusals(paths.harmonised())
    }
    assert refused == {"2023-05-30": None, "2025-04-14": None, "2025-10-28": None}
    newest = release_files.Release(paths.harmonised(), "int_unodc_glotip", "2025-10-28")
    rows = observations({"value": 1})
    newest.keep(Harmonised(rows, rows.head(0), rows.head(0)), "made from")
    refused = [*release_files.refusals(paths.harmonised())]
    assert [each.release for each in refused] == ["2023-05-30", "2025-04-14"]
    assert not any(each.not_refreshed_since for each in refused)


def test_a_repaired_release_is_no_longer_held_back(whole_project: Path) -> None:
    table = paths.raw() / "can_sdg" / "2026-03-10.csv"
    release = release_files.Release(paths.harmonised(), "can_sdg", "2026-03-10")
    content = table.read_bytes()
    table.write_bytes(content[:-100])
    refresh.refresh(discover()["can_sdg"], release)
    assert "the manifest says" in release.held_back
    table.write_bytes(content)
    refresh.refresh(discover()["can_sdg"], release)
    assert not release.held_back
    assert all(file.is_file() for file in release.files)


def test_a_file_that_is_damaged_later_stays_published_and_is_named(published: Path) -> None:
    table = published / "data/raw/can_sdg/2026-03-10.csv"
    table.write_bytes(table.read_bytes()[:-10])
    run = tipstat("run", home=published)
    assert run.returncode == 1
    assert run.stderr.count("the manifest says") == 1
    assert "All figures are published" in run.stderr
    assert re.search(r"^can_sdg +2026-03-10 +10 +10 ", run.stdout, re.MULTILINE)


@pytest.mark.slow
def test_a_project_without_a_good_release_fails_without_a_traceback(small_project: Path) -> None:
    keep_only("usa_sdg")
    for entry in manifest.entries():
        entry.path.write_bytes(b"row\n")
    run = tipstat("run", home=small_project)
    assert run.returncode == 1
    assert "Traceback" not in run.stderr


@pytest.mark.parametrize("change", [{"found_in": "2025-4-14"}, {"source": "int_unodc"}])
@pytest.mark.slow
def test_a_correction_of_an_unknown_release_stops_the_run(
    project: Path, change: dict[str, str]
) -> None:
    [first, *_] = corrections.entries()
    corrections.write([replace(first, id="STRAY", **change)])
    with pytest.raises(CorrectionError, match=r"STRAY corrects .*, which is not in the manifest"):
        corrections.refuse_stray()
    run = tipstat("run", home=project)
    assert run.returncode == 1
    assert "STRAY corrects" in run.stderr


def test_a_damaged_file_is_made_again(project: Path) -> None:
    release = release_files.releases(paths.harmonised(), "ref_wpp")[0]
    source = discover()["ref_wpp"]
    assert refresh.refresh(source, release)
    rows = pd.read_parquet(release.files.rows)
    rows.assign(value=77777.0).to_parquet(release.files.rows, index=False)
    assert (
        "ref_wpp/2024-07-11: not what was harmonised"
        in release_files.damaged(paths.harmonised())[0]
    )
    assert refresh.refresh(source, release)
    assert release_files.damaged(paths.harmonised()) == []
    assert pd.read_parquet(release.files.rows).equals(rows)
    assert not refresh.refresh(source, release)
