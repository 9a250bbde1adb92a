"""The folder of extracts: its contents, and that it is complete or not there at all."""

import os
import shutil
import subprocess
import sys
import threading
from collections import defaultdict
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest
import yaml
from invented_extracts import HIDDEN, HIDDEN_FIGURE, HIDDEN_INDICATOR, SHOWN, SHOWN_FIGURE, contents
from readable_files import everything
from verifying import runner
from warehouse_copies import at_home

from pipelines.cli.app import app
from pipelines.published.extracts import delimited, forms_in, open_sdg, parquet, stamp, state_json
from pipelines.published.extracts.build import build_extracts
from pipelines.published.extracts.sdmx import extract as sdmx
from pipelines.raw import fingerprint
from schemas import codelists


def test_every_form_is_there(extracts: Path) -> None:
    names = contents(extracts)
    assert {name.split("/")[0] for name in names} == {
        "CITATION.cff", "README.md", "catalog.jsonld", "catalog.ttl", "codelists", "csv",
        "datapackage.json", "excel", "fingerprint", "json", "open_sdg", "parquet", "releases.csv",
        "sdmx", "standard",
    }  # fmt: skip
    books = {name for name in names if name.startswith("excel/")}
    assert books == {"excel/made_from.json"} | {
        f"excel/{language}/{area}.xlsx"
        for language in codelists.LANGUAGES
        for area in codelists.oas_states()
    }
    assert {name for name in names if name.startswith("json/")} == {
        f"json/{area}.json" for area in (*codelists.oas_states(), "AMERICAS")
    }
    assert {name for name in names if name.startswith("codelists/")} == {
        f"codelists/{name}.csv" for name in codelists.NAMES
    }


def test_what_may_not_be_passed_on_is_in_no_file(hostile_extracts: Path) -> None:
    texts: dict[str, str] = defaultdict(str)
    for path, text in everything(hostile_extracts):
        texts[path.relative_to(hostile_extracts).as_posix()] += text
    for words in (HIDDEN, str(HIDDEN_FIGURE), "int_hidden"):
        assert [path for path, text in texts.items() if words in text] == []
    books = {path: text for path, text in texts.items() if path.startswith("excel/")}
    assert [path for path, text in books.items() if HIDDEN_INDICATOR in text] == []
    shown = {path.split("/")[0] for path, text in texts.items() if SHOWN in text}
    # The newest figure is of the source that may not be passed on: no other takes its place.
    without = {"codelists", "fingerprint", "json", "standard"}
    assert shown == {path.name for path in hostile_extracts.iterdir()} - without
    figures = {path.split("/")[0] for path, text in texts.items() if str(SHOWN_FIGURE) in text}
    assert figures == {"csv", "excel", "open_sdg", "parquet", "sdmx"}


def test_parquet_has_every_figure_of_every_release(extracts: Path, query) -> None:
    expected = query("select source, release, locator, value from harmonised.observation")
    files = sorted((extracts / "parquet" / "releases").rglob("*.parquet"))
    found = [
        tuple(row[name] for name in ("source", "release", "locator", "value"))
        for file in files
        for row in pq.read_table(file).to_pylist()
    ]
    assert sorted(found, key=repr) == sorted(expected, key=repr)
    assert {(file.parent.name, file.stem) for file in files} == {row[:2] for row in expected}


def test_parquet_has_the_figures_that_hold_now(extracts: Path, query) -> None:
    columns = "source, release, ref_area, time_period, value, lower, upper, value_raw, locator"
    rows = pq.read_table(extracts / "parquet" / "observation").to_pylist()
    found = [tuple(row[name] for name in columns.split(", ")) for row in rows]
    expected = query(f"select {columns} from published.observation")
    assert sorted(found, key=repr) == sorted(expected, key=repr)


def test_parquet_says_terms_and_citation_itself(extracts: Path) -> None:
    file = pq.ParquetFile(extracts / "parquet" / "releases" / "jam_statin" / "2026-08-05.parquet")
    metadata = {key.decode(): text.decode() for key, text in file.schema_arrow.metadata.items()}
    assert set(metadata) == {"tipstat_version", "releases"}
    for words in ("MIT licence", "release of 2026-08-05", "Statistical Institute of Jamaica"):
        assert words in metadata["releases"]
    assert file.metadata.row_group(0).column(0).compression == "ZSTD"


def test_releases_are_listed_with_terms_and_citation(extracts: Path, query) -> None:
    listed = codelists.rows(extracts / "releases.csv")
    expected = query(
        "select source, release, count(*) from harmonised.observation group by all union all "
        "select source, release, count(*) from published.assessment_statement group by all"
    )
    assert {(row["source"], row["release"], int(row["figures"])) for row in listed} == set(expected)
    readme = (extracts / "README.md").read_text(encoding="utf-8")
    for row in listed:
        assert row["licence"]
        assert row["citation"].endswith(row["release"])
        assert row["citation"] in readme


def test_a_source_that_was_not_refreshed_is_named(hostile_extracts: Path) -> None:
    readme = (hostile_extracts / "README.md").read_text(encoding="utf-8")
    assert "`int_shown` was not refreshed since 2025-01-01: a later file was refused." in readme


def test_citation_is_a_citation_file(extracts: Path) -> None:
    citation = yaml.safe_load((extracts / "CITATION.cff").read_text(encoding="utf-8"))
    assert {"cff-version", "message", "title", "authors"} <= set(
        citation
    )  # what CFF 1.2.0 requires
    assert (citation["type"], str(citation["date-released"])) == ("dataset", "2026-12-01")
    for reference in citation["references"]:
        assert {"type", "title", "authors"} <= set(reference)
    releases = codelists.rows(extracts / "releases.csv")
    assert len(citation["references"]) == len(releases)


def test_bytes_do_not_depend_on_the_order_of_duckdb(
    built: Path, extracts: Path, tmp_path: Path
) -> None:
    writers = {
        "sdmx": sdmx, "parquet": parquet, "csv": delimited, "json": state_json,
        "open_sdg": open_sdg,
    }  # fmt: skip
    warehouse = shutil.copy(built, tmp_path)  # settings hold for all connections to a file
    with duckdb.connect(warehouse, read_only=True, config={"threads": 1}) as connection:
        connection.execute("set preserve_insertion_order = false")
        for name, writer in writers.items():
            (tmp_path / name).mkdir()
            writer.write(connection, tmp_path / name)
            assert contents(tmp_path / name) == contents(extracts / name), name


@pytest.mark.slow
def test_the_same_figures_give_the_same_bytes_elsewhere(
    hostile: Path, hostile_extracts: Path, tmp_path: Path
) -> None:
    """In another time zone and locale, with another hash seed."""
    home = at_home(hostile, tmp_path)
    setting = {"TZ": "Asia/Kathmandu", "LC_ALL": "tr_TR.UTF-8", "PYTHONHASHSEED": "7"}
    command = [sys.executable, "-m", "pipelines.cli.app", "export", "--all"]
    environment = {**os.environ, **setting, "TIPSTAT_HOME": str(home)}
    subprocess.run(command, env=environment, cwd=home, check=True, capture_output=True)
    assert contents(home / "data" / "published" / "extracts") == contents(hostile_extracts)


def test_unchanged_extracts_are_kept_added_to_and_made_again_by_other_code(
    hostile: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    assert not build_extracts(hostile, out, ["open-sdg"]).unchanged
    inode = out.stat().st_ino
    assert build_extracts(hostile, out, ["open-sdg"]).unchanged
    assert out.stat().st_ino == inode
    made = build_extracts(hostile, out, ["datapackage"])
    assert made.forms == forms_in(out) == ("csv", "json", "datapackage", "open-sdg")
    assert (out / "open_sdg").is_dir()
    text = stamp(out).read_text(encoding="utf-8")
    assert fingerprint.of_code() in text
    stamp(out).write_text(text.replace(fingerprint.of_code(), "f" * 64), encoding="utf-8")
    assert not build_extracts(hostile, out, ["open-sdg"]).unchanged


@pytest.mark.slow
def test_two_exports_at_once_lose_no_form(hostile: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    forms = ("open-sdg", "parquet")
    starts = [
        threading.Thread(target=build_extracts, args=(hostile, out, [form])) for form in forms
    ]
    for start in starts:
        start.start()
    for start in starts:
        start.join()
    assert set(forms_in(out)) == set(forms)


def test_export_to_a_folder(hostile: Path, tmp_path: Path, monkeypatch) -> None:
    home = at_home(hostile, tmp_path)
    monkeypatch.setenv("TIPSTAT_HOME", str(home))
    monkeypatch.chdir(home)
    made = runner.invoke(app, ["export", "parquet", "open-sdg", "--out", "mine"])
    assert (made.exit_code, made.stderr) == (0, "")
    assert made.stdout.startswith("mine: ")
    assert made.stdout.endswith("(parquet, open-sdg)\n")
    assert (home / "mine" / "parquet" / "observation").is_dir()
    again = runner.invoke(app, ["export", "parquet", "--out", "mine"])
    assert again.stdout.endswith("(unchanged, nothing to do)\n")
