"""The gate refuses what is not whole, not proven, or not the reading of its text."""

import shutil
from pathlib import Path

import case_release as case_records
import duckdb
import pytest
from published_versions import served

from pipelines.intake import case_release
from pipelines.lib import paths
from pipelines.published.extracts import stamp
from pipelines.published.versions import gate, version
from pipelines.published.versions.publish import publish
from pipelines.published.versions.version import CHECKED, EXTRACTS, SITE, VersionError
from pipelines.raw import fingerprint
from pipelines.warehouse import checks

pytestmark = pytest.mark.slow


def test_a_figure_that_is_not_its_text_is_not_published(small: Path, tmp_path: Path) -> None:
    with duckdb.connect(small, read_only=True) as connection:
        assert list(checks.misread(connection)) == []
    with duckdb.connect(shutil.copy(small, tmp_path)) as connection:
        connection.execute(
            "update harmonised.observation set value = 77777, lower = 77777, upper = 77777 "
            "where source = 'jam_statin' and value_raw = '0.51'"
        )
        [fault] = checks.misread(connection)
    assert fault.text.startswith("jam_statin: '0.51' stands as 77,777 (77,777 to 77,777); remove")


def test_the_gate_refuses_what_was_made_from_other_inputs(inputs) -> None:
    made_from = inputs("first")
    staged = paths.next_version()
    fingerprint.write_stamp(staged / SITE / "fingerprint", "other")
    stamp(staged / EXTRACTS).unlink()
    reasons = gate.reasons(staged, made_from)
    assert [each.split(": ")[0] for each in reasons] == [f"{staged / SITE}", f"{staged / EXTRACTS}"]
    with pytest.raises(VersionError):
        publish(made_from)
    assert version.current() is None


def test_the_gate_refuses_a_secret_that_a_step_let_through(inputs) -> None:
    """A figure that somebody unsuppressed after the warehouse was checked."""
    good, checked = inputs("good"), paths.next_version() / CHECKED
    of_good = checked.read_text("utf-8")
    publish(good)
    made_from = inputs(
        "bad",
        "update harmonised.observation set conf_status = 'F', value = 3, lower = 3, upper = 3 "
        "where rowid = (select min(rowid) from harmonised.observation where value_raw = '<10')",
    )
    checked.write_text(of_good)
    with pytest.raises(VersionError, match="value and obs_status contradict"):
        publish(made_from)
    assert set(served()) == {fingerprint.of_texts("good")}


def test_the_gate_refuses_counts_from_records_without_their_proof(inputs) -> None:
    first = publish(inputs("first"))
    figures = case_records.printed_release(case_records.cells(5), "2021-06-30", None)
    case_release.add(case_records.write_folder(paths.home() / "folder", figures))
    made_from = inputs(
        "second",
        "insert into harmonised.observation by name "
        f"select * replace ('{case_records.SOURCE}' as source) from harmonised.observation "
        "where source = 'arg_linea145' and value > 10 limit 1",
    )
    with pytest.raises(VersionError, match=f"{case_records.SOURCE}: .*'tipstat cases add'"):
        publish(made_from)
    assert version.current() == first
    assert set(served()) == {fingerprint.of_texts("first")}


def test_the_gate_refuses_lost_rows(inputs) -> None:
    made_from = inputs("bad", "delete from harmonised.observation where source = 'jam_statin'")
    with pytest.raises(VersionError):
        publish(made_from)
