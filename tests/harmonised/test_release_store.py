"""Releases that are held back: why, for how long, and what goes on without them."""

import shutil
from pathlib import Path

import duckdb
import pandas as pd
import pytest
from command import tipstat
from conftest import observations

from pipelines.harmonised import refresh, release_files
from pipelines.harmonised.harmonise import Harmonised
from pipelines.lib import paths
from pipelines.published.versions import gate
from pipelines.raw import manifest
from pipelines.raw.corrections import COLUMNS, CorrectionError
from pipelines.sources import discover

UNSD = discover()["int_unsd_sdg"]


def test_a_release_that_lacks_a_file_does_not_replace_a_whole_one(whole_project: Path) -> None:
    [first, *_] = manifest.entries("int_unsd_sdg")
    text = paths.manifest().read_text(encoding="utf-8")
    line = next(each for each in text.splitlines() if f",{first.file}," in each)
    newer = line.replace("int_unsd_sdg,2019-06-30,", "int_unsd_sdg,2020-06-30,")
    copy = first.file.replace("2019", "2020")
    (paths.raw() / copy).write_bytes(first.path.read_bytes())
    paths.manifest().write_text(
        f"{text}{newer.replace(f',{first.file},', f',{copy},')}\n", encoding="utf-8"
    )
    release = release_files.Release(paths.harmonised(), "int_unsd_sdg", "2020-06-30")
    refresh.refresh(UNSD, release)
    assert "has 1 of the 5 files that the release of 2019-06-30 has" in release.held_back


def test_an_older_release_that_is_held_back_makes_nothing_stale(project: Path) -> None:
    for release in release_files.releases(paths.harmonised(), "int_unodc_glotip"):
        release.hold_back("damaged")
    refused = {
        each.release: each.not_refreshed_since
        for each in release_files.refusals(paths.harmonised())
    }
    assert refused == {"2023-05-30": None, "2025-04-14": None}
    newest = release_files.Release(paths.harmonised(), "int_unodc_glotip", "2025-04-14")
    rows = observations({"value": 1})
    newest.keep(Harmonised(rows, rows.head(0), rows.head(0)), "made from")
    [old] = release_files.refusals(paths.harmonised())
    assert (old.release, old.not_refreshed_since) == ("2023-05-30", None)


@pytest.mark.slow
def test_a_repaired_release_is_published_again(project: Path) -> None:
    table = project / "data/raw/int_unodc_glotip/2025-04-14.csv"
    content = table.read_bytes()
    table.write_bytes(content[:-100])
    assert tipstat("run", home=project).returncode == 1
    table.write_bytes(content)
    assert tipstat("run", home=project).returncode == 0
    with duckdb.connect(paths.warehouse(), read_only=True) as connection:
        newest = connection.execute("select max(release) from published.observation").fetchone()
        assert newest == ("2025-04-14",)
        assert connection.execute("select count(*) from main.held_back").fetchone() == (0,)


def test_files_that_are_damaged_later_take_nothing_away(published: Path) -> None:
    """The figures were read when the file was sound; the fault is named all the same."""
    table = published / "data/raw/int_unodc_glotip/2025-04-14.csv"
    table.write_bytes(table.read_bytes()[:-100])
    said = tipstat("run", home=published)
    assert said.returncode == 1
    assert said.stderr.count("the manifest says") == 1
    assert "All figures are published" in said.stderr
    assert "9,701" in said.stdout


@pytest.mark.slow
def test_a_project_without_a_good_release_says_so(project: Path) -> None:
    for entry in manifest.entries():
        entry.path.write_bytes(b"row\n")
    said = tipstat("run", home=project)
    assert said.returncode == 1
    assert "Traceback" not in said.stderr


@pytest.mark.parametrize("change", [{"release": "2025-4-14"}, {"source": "int_unodc"}])
@pytest.mark.slow
def test_a_correction_of_nothing_stops_the_run(project: Path, change: dict[str, str]) -> None:
    line = {
        "id": "STRAY", "source": "int_unodc_glotip", "release": "2025-04-14", "column": "Sex",
        "row": "", "old": "a", "new": "b", "effect": "REPLACE",
        "rows": "1", "reason": "none", "reported_to": "",
        "status": "open",
    } | change  # fmt: skip
    paths.corrections().write_text(
        f"{','.join(COLUMNS)}\n{','.join(line[name] for name in COLUMNS)}\n", encoding="utf-8"
    )
    with pytest.raises(CorrectionError, match=r"STRAY corrects .*, which is not in the manifest"):
        refresh.refuse_stray_corrections()
    said = tipstat("run", home=project)
    assert said.returncode == 1
    assert "STRAY corrects" in said.stderr


def test_a_damaged_file_is_made_again(project: Path) -> None:
    """What was made from the same inputs is not trusted for its name."""
    release = release_files.releases(paths.harmonised(), "ref_wpp")[0]
    source = discover()["ref_wpp"]
    assert refresh.refresh(source, release)
    rows = pd.read_parquet(release.files[0])
    rows.assign(value=77777.0).to_parquet(release.files[0], index=False)
    assert (
        "ref_wpp/2024-07-11: not what was harmonised"
        in release_files.damaged(paths.harmonised())[0]
    )
    assert refresh.refresh(source, release)
    assert release_files.damaged(paths.harmonised()) == []
    assert pd.read_parquet(release.files[0]).equals(rows)
    assert not refresh.refresh(source, release)


def test_a_figure_that_is_not_its_text_is_not_published(built: Path, tmp_path: Path) -> None:
    copy = tmp_path / "tipstat.duckdb"
    shutil.copy(built, copy)
    with duckdb.connect(copy) as connection:
        assert list(gate.misread(connection)) == []
        connection.execute(
            "update harmonised.observation set value = 77777, lower = 77777, upper = 77777 "
            "where source = 'jam_statin' and value_raw = '0.51'"
        )
        [said] = gate.misread(connection)
    assert said.startswith("jam_statin: '0.51' stands as 77,777 (77,777 to 77,777); remove")
