"""Versions: complete or absent, published in one step, kept, rolled back, compared, verified."""

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import case_release as case_records
import duckdb
import pandas as pd
import pytest
from conftest import ROOT, changed
from verifying import faults_of_verify, is_verified, runner

from pipelines.cli.app import app
from pipelines.harmonised import release_files
from pipelines.intake import case_release
from pipelines.lib import paths
from pipelines.published.extracts import FORMS, stamp, stamped
from pipelines.published.versions import checksum, complete, difference, gate, links, version
from pipelines.published.versions import publish as publishing
from pipelines.published.versions.publish import publish
from pipelines.published.versions.rolled_back import rollback
from pipelines.published.versions.version import EXTRACTS, SITE, WAREHOUSE, VersionError
from pipelines.raw import fingerprint, manifest

pytestmark = pytest.mark.slow


@pytest.fixture
def inputs(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A project of the shipped figures; a word that a test chooses stands for all its inputs."""
    monkeypatch.setenv("TIPSTAT_HOME", str(tmp_path))
    now = {"word": ""}
    monkeypatch.setattr(release_files, "made_from", lambda _: fingerprint.joined(now["word"]))

    def stage(word: str, statements: str = "") -> str:
        """Stage a version of that word; the statements change its warehouse."""
        now["word"] = word
        made_from = fingerprint.joined(word)
        staged = paths.next_version()
        (staged / WAREHOUSE).parent.mkdir(parents=True)
        if statements:
            changed(built, (staged / WAREHOUSE).parent, statements)
        else:
            shutil.copy(built, staged / WAREHOUSE)
        with duckdb.connect(staged / WAREHOUSE) as connection:
            connection.execute(f"update main.build set fingerprint = '{made_from}'")
        for folder in (SITE, EXTRACTS):
            (staged / folder).mkdir()
            (staged / folder / "same.txt").write_text("always the same", encoding="utf-8")
        (staged / SITE / "index.html").write_text(word, encoding="utf-8")
        fingerprint.write_stamp(staged / SITE / "fingerprint", made_from)
        fingerprint.write_stamp(stamp(staged / EXTRACTS), stamped(made_from, FORMS))
        return made_from

    return stage


def served() -> tuple[str, str]:
    """Return the inputs of the pages and of the warehouse that readers see."""
    page = (paths.site() / "index.html").read_text(encoding="utf-8")
    with duckdb.connect(paths.warehouse(), read_only=True) as connection:
        [(made_from,)] = connection.execute("select fingerprint from main.build").fetchall()
    return fingerprint.joined(page), made_from


def overwrite(file: Path, content: bytes) -> None:
    """Change a published file, which is read-only."""
    file.chmod(0o644)
    file.write_bytes(content)


def test_readers_see_warehouse_pages_and_extracts_of_one_version(inputs) -> None:
    for word in ("first", "second"):
        made = publish(inputs(word))
        assert set(served()) == {fingerprint.joined(word)}
        assert (paths.extracts() / "same.txt").is_file()
        assert version.current() == made
        assert not paths.next_version().exists()


def test_the_same_inputs_are_published_once(inputs) -> None:
    made_from = inputs("first")
    assert publish(made_from) == publish(made_from)
    assert len(version.versions()) == 1


def test_what_does_not_change_lies_on_the_disk_once(inputs) -> None:
    first, second = publish(inputs("first")), publish(inputs("second"))
    one, other = (each.folder / "extracts" / "same.txt" for each in (first, second))
    assert one.samefile(other)
    assert not (first.folder / "site/index.html").samefile(second.folder / "site/index.html")


def test_old_versions_go_and_the_one_that_is_seen_stays(inputs, monkeypatch) -> None:
    few = 3
    monkeypatch.setattr(publishing, "KEEP", few)
    first = publish(inputs("0"))
    publish(inputs("1"))
    rollback(first.id)
    for word in range(2, 2 + few):
        kept = publish(inputs(str(word)))
    assert version.current() == kept
    assert len(version.versions()) == few
    assert first.id not in {each.id for each in version.versions()}


def test_rollback_leads_back_and_the_same_inputs_do_not_undo_it(inputs) -> None:
    first = publish(inputs("good"))
    bad = publish(inputs("bad"))
    rollback(first.id)
    assert set(served()) == {fingerprint.joined("good")}
    with pytest.raises(VersionError, match="was rolled back"):
        publish(bad.made_from)
    better = publish(inputs("better"))
    assert version.current() == better


def test_rollback_leads_forward_too(inputs) -> None:
    first, second = publish(inputs("first")), publish(inputs("second"))
    rollback(first.id)
    rollback(second.id)
    assert version.current() == second
    assert publish(second.made_from) == second


def test_a_damaged_version_is_not_chosen(inputs) -> None:
    first, second = publish(inputs("first")), publish(inputs("second"))
    overwrite(first.folder / "site/index.html", b"spoilt")
    with pytest.raises(VersionError, match=r"index\.html: its bytes are not those"):
        rollback(first.id)
    assert version.current() == second


@pytest.mark.parametrize(("identity", "count"), [("1999", 0), ("2", 2)])
def test_an_id_must_name_one_version(inputs, identity: str, count: int) -> None:
    publish(inputs("first"))
    publish(inputs("second"))
    with pytest.raises(VersionError, match=f"'{identity}' names {count} versions; there are: 2"):
        rollback(identity)


@pytest.mark.parametrize(
    "path", ["warehouse/tipstat.duckdb", "site/index.html", "extracts/same.txt"]
)
def test_one_flipped_bit_is_found(inputs, path: str) -> None:
    made = publish(inputs("first"))
    assert checksum.faults(made) == []
    file = made.folder / path
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    overwrite(file, data)
    assert checksum.faults(made) == [f"{file}: its bytes are not those that were published"]


def test_a_file_that_is_gone_or_was_added_is_found(inputs) -> None:
    made = publish(inputs("first"))
    (made.folder / "site/index.html").unlink()
    (made.folder / "site/more.html").write_text("more", encoding="utf-8")
    assert checksum.faults(made) == [
        f"{made.folder}/site/index.html: gone",
        f"{made.folder}/site/more.html: was not published with the version",
    ]


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
    publish(inputs("good"))
    made_from = inputs(
        "bad",
        "update harmonised.observation set conf_status = 'F', value = 3, lower = 3, upper = 3 "
        "where rowid = (select min(rowid) from harmonised.observation where obs_status = 'Q')",
    )
    with pytest.raises(VersionError, match="value and obs_status contradict"):
        publish(made_from)
    assert set(served()) == {fingerprint.joined("good")}


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
    assert set(served()) == {fingerprint.joined("first")}


def test_the_gate_refuses_lost_rows(inputs) -> None:
    made_from = inputs("bad", "delete from harmonised.observation where source = 'jam_statin'")
    with pytest.raises(VersionError):
        publish(made_from)


TOTAL = (
    "source = 'int_unodc_glotip' and release = '2025-04-14' and indicator = 'VIC_DETECT' "
    "and ref_area = 'ARG' and time_period = '2022' and sex = '_T' and age = '_T' "
    "and exploitation = '_T' and citizenship = '_T'"
)
"""One figure."""


@pytest.fixture
def revised(inputs):
    """Publish a version, and a second one in which that figure has other columns."""

    def publish_both(columns: str) -> tuple[version.Version, version.Version]:
        statement = f"update harmonised.observation set {columns} where {TOTAL}"
        return publish(inputs("first")), publish(inputs("second", statement))

    return publish_both


def test_the_difference_of_a_figure(revised) -> None:
    first, second = revised("value_raw = '9', value = 9, lower = 9, upper = 9")
    count, _, line = difference.in_words(first, second)
    assert count == "int_unodc_glotip: 1 changed"
    assert line.startswith("int_unodc_glotip: Argentina, Detected victims, 2022: ")
    assert line.endswith(" before, 9 now")
    same = [f"{first.id} and {first.id} hold the same figures."]
    assert difference.in_words(first, first) == same
    file = paths.home() / "changes.csv"
    printed = runner.invoke(app, ["diff", first.id, second.id, "--out", str(file)]).stdout
    assert printed.splitlines()[-1].endswith("1 figures")
    [row] = pd.read_csv(file, dtype=str).to_dict("records")
    found = [row[name] for name in ("ref_area", "sex", "change", "value")]
    assert found == ["ARG", "_T", "changed", "9"]


def test_the_difference_of_a_status(revised) -> None:
    """A provisional figure that becomes final is the same number, and another statement."""
    count, _, line = difference.in_words(*revised("obs_status = 'E;P'"))
    assert count == "int_unodc_glotip: 1 with another status"
    assert line.endswith(", Normal value before, Estimated value, Provisional value now")


def test_a_difference_does_not_reveal_a_suppressed_figure(revised) -> None:
    hidden = (
        "value_raw = '<5', value = null, lower = 0, upper = 4, obs_status = 'Q', conf_status = 'A'"
    )
    line = difference.in_words(*revised(hidden))[-1]
    assert line.endswith("2022: another figure before, <5 now")


@pytest.fixture
def damaged(inputs) -> tuple[version.Version, version.Version]:
    """Two versions, the older with a truncated manifest."""
    old, now = publish(inputs("old")), publish(inputs("now"))
    cut(old.folder / "manifest.json", 40)
    return old, now


def cut(file: Path, size: int) -> None:
    """Truncate a published file, which is read-only."""
    file.chmod(0o644)
    os.truncate(file, size)


def test_a_manifest_that_cannot_be_read_is_named_and_stops_no_verb(damaged) -> None:
    old, now = damaged
    no_raw_files()
    listed = runner.invoke(app, ["versions"])
    assert listed.exit_code == 0
    assert f"* {now.id}" in listed.stdout
    assert f"{old.id}/manifest.json: cannot be read" in listed.stderr
    assert "manifest.json: cannot be read" in faults_of_verify()
    assert runner.invoke(app, ["diff", now.id, now.id]).exit_code == 0
    with pytest.raises(VersionError, match=r"manifest\.json: cannot be read"):
        rollback(old.id)


@pytest.mark.parametrize("changed", [
    {"figures": "x"}, {"figures": None}, {"made_from": ["a"]}, {"published": 1},
    {"files": {"a": 1}}, {"sizes": {"a": "1"}}, {"more": 1},
])  # fmt: skip
def test_a_manifest_of_other_types_cannot_be_read(inputs, changed: dict[str, object]) -> None:
    file = publish(inputs("one")).folder / "manifest.json"
    content = json.loads(file.read_text(encoding="utf-8"))
    file.chmod(0o644)
    file.write_text(json.dumps(content | changed), encoding="utf-8")
    assert version.versions() == []
    assert "manifest.json: cannot be read" in version.unreadable()[0]


def test_a_deeply_nested_manifest_cannot_be_read(inputs) -> None:
    file = publish(inputs("one")).folder / "manifest.json"
    file.chmod(0o644)
    file.write_text("[" * 100_000, encoding="utf-8")
    assert "manifest.json: cannot be read" in version.unreadable()[0]


def test_beside_an_unreadable_manifest_versions_are_published_and_pruned(
    damaged, inputs, monkeypatch
) -> None:
    old, now = damaged
    monkeypatch.setattr(publishing, "KEEP", 2)
    newest = publish(inputs("newest"))
    assert [folder.name for folder in version.folders()] == [now.id, newest.id]
    assert not old.folder.exists()


def test_the_manifest_of_another_version_is_not_believed(inputs) -> None:
    first, second = publish(inputs("first")), publish(inputs("second"))
    (first.folder / "manifest.json").write_bytes((second.folder / "manifest.json").read_bytes())
    assert version.versions() == [second]
    assert "not that of the folder" in version.unreadable()[0]


def no_raw_files() -> None:
    """Write an empty manifest, so that `verify` has no raw files to look for."""
    paths.manifest().parent.mkdir(parents=True)
    paths.manifest().write_text(",".join(manifest.COLUMNS) + "\n", encoding="utf-8")


def test_verify_names_a_link_that_leads_readers_nowhere(inputs) -> None:
    no_raw_files()
    made = publish(inputs("first"))
    for link in (paths.current(), paths.site(), paths.extracts(), paths.warehouse()):
        for target in (None, "nowhere"):
            assert is_verified()
            link.unlink()
            if target:
                link.symlink_to(target)
            assert f"error: {link}: " in faults_of_verify()
            links.lead(made)


GONE = {
    "a page": lambda folder: (folder / "site/index.html").unlink(),
    "all pages": lambda folder: shutil.rmtree(folder / "site"),
    "the warehouse": lambda folder: (folder / WAREHOUSE).unlink(),
    "half of the warehouse": lambda folder: cut(folder / WAREHOUSE, 4096),
    "the end of a page": lambda folder: cut(folder / "site/index.html", 1),
}


@pytest.mark.parametrize("act", GONE.values(), ids=GONE)
def test_what_is_gone_of_the_current_version_is_made_again(inputs, act) -> None:
    made_from = inputs("first")
    first = publish(made_from)
    act(first.folder)
    assert complete.place(made_from) == paths.next_version(), "nothing is written into a version"
    inputs("first")
    again = publish(made_from)
    assert again.id != first.id
    assert again.files.keys() == first.files.keys()
    assert version.versions() == [again], "the damaged one is gone, the new one has all of it"
    assert checksum.faults(again) == []


def test_a_flipped_bit_is_not_handed_on_to_the_next_version(inputs) -> None:
    first = publish(inputs("first"))
    overwrite(first.folder / "extracts/same.txt", b"always the sane")
    assert checksum.faults(publish(inputs("second"))) == []


def test_the_verbs(inputs) -> None:
    first, second = publish(inputs("first")), publish(inputs("second"))
    listed = runner.invoke(app, ["versions"]).stdout.splitlines()
    names = [line[:2] + line[2:].split()[0] for line in listed]
    assert names == [f"* {second.id}", f"  {first.id}"]
    assert runner.invoke(app, ["rollback", first.id]).stdout == f"Readers see {first.id}.\n"


def test_a_folder_of_an_older_tipstat_is_replaced(inputs) -> None:
    paths.site().mkdir(parents=True)
    (paths.site() / "index.html").write_text("old", encoding="utf-8")
    paths.warehouse().parent.mkdir(parents=True)
    paths.warehouse().write_bytes(b"old")
    publish(inputs("new"))
    assert set(served()) == {fingerprint.joined("new")}


KILLED = """
import os, signal, sys
from pathlib import Path
from pipelines.published.versions import publish as module
steps = {"rename": Path.rename, "replace": Path.replace, "symlink_to": Path.symlink_to}
count, last = 0, int(sys.argv[2])
def counted(real):
    def step(*arguments, **named):
        global count
        if count == last:
            os.kill(os.getpid(), signal.SIGKILL)
        count += 1
        return real(*arguments, **named)
    return step
for name, real in steps.items():
    setattr(Path, name, counted(real))
from pipelines.harmonised import release_files
release_files.made_from = lambda _: sys.argv[1]
module.publish(sys.argv[1])
"""


def test_a_publication_that_is_killed_anywhere_leaves_a_whole_version(inputs, tmp_path) -> None:
    """Kill it at the first, second, ... step on the disk, until it ends before that step."""
    good = publish(inputs("good"))
    for last in range(40):
        shutil.rmtree(paths.next_version(), ignore_errors=True)
        made_from = inputs(f"next {last}")
        command = [sys.executable, "-c", KILLED, made_from, str(last)]
        ended = subprocess.run(
            command, env=os.environ | {"PYTHONPATH": str(ROOT)}, cwd=tmp_path, check=False
        )
        pages, figures = served()
        assert pages == figures
        for each in version.versions():
            assert checksum.faults(each) == []
        if ended.returncode == 0:
            break
        assert ended.returncode == -signal.SIGKILL
        assert figures in {good.made_from, made_from}
        rollback(good.id)
    assert last > 5
    assert figures == made_from
