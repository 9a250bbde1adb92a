"""Versions: complete or absent, published in one step, kept, rolled back."""

import multiprocessing
import os
import re
import shutil
import signal

import pytest
from published_versions import overwrite, publish_and_be_killed, served
from verifying import runner

from pipelines.cli.app import app
from pipelines.lib import paths
from pipelines.published.versions import checksum, version
from pipelines.published.versions import publish as publishing
from pipelines.published.versions.publish import publish
from pipelines.published.versions.rolled_back import rollback
from pipelines.published.versions.version import PACKED, WAREHOUSE, VersionError
from pipelines.raw import fingerprint, kept_versions
from pipelines.raw.kept_versions import KeptError

pytestmark = pytest.mark.slow


def test_readers_see_warehouse_pages_and_extracts_of_one_version(inputs) -> None:
    for word in ("first", "second"):
        made = publish(inputs(word))
        assert set(served()) == {fingerprint.of_texts(word)}
        assert (paths.extracts() / "same.txt").samefile(paths.site() / "extracts/same.txt")
        assert paths.warehouse().samefile(paths.site() / WAREHOUSE)
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


def test_a_warehouse_that_readers_left_is_compressed_and_proven_as_published(inputs) -> None:
    first = publish(inputs("first"))
    plain, small = first.folder / WAREHOUSE, first.folder / PACKED
    right = plain.read_bytes()
    second = publish(inputs("second"))
    assert plain.read_bytes() == right, "who still reads it finds it there"
    publish(second.made_from)
    assert plain.read_bytes() == right, "who has just followed the link is opening it"
    os.utime(version.current().folder, (0, 0))
    publish(second.made_from)
    assert not plain.exists()
    assert small.stat().st_size < len(right) / 4
    assert checksum.faults(first) == []
    bytes_of = small.read_bytes()
    for spoilt in (bytes_of[:-40], bytes_of[:900] + bytes([bytes_of[900] ^ 1]) + bytes_of[901:]):
        overwrite(small, spoilt)
        assert checksum.faults(first) == [f"{plain}: its bytes are not those that were published"]
    overwrite(small, bytes_of)
    rollback(first.id)
    assert plain.read_bytes() == right
    assert not small.exists()


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


def test_versions_that_say_the_same_push_none_out(inputs, monkeypatch) -> None:
    """Code that changes no figure and no text: the first, who was cited, and the last stay.

    So do the newest, whatever they say: readers may not have left them yet.
    """
    monkeypatch.setattr(publishing, "KEEP", 2)
    made = [
        publish(inputs(word, says=said))
        for word, said in zip("123456", ("one", "one", "one", "two", "two", "one"), strict=True)
    ]
    assert [each.id for each in version.versions()] == [each.id for each in made[3:]]
    made.append(publish(inputs("7", says="one")))
    assert [each.id for each in version.versions()] == [each.id for each in made[3:]]
    rollback(made[5].id)
    made.append(publish(inputs("8", says="one")))
    assert [each.id for each in version.versions()] == [each.id for each in made[3:]]
    made.append(publish(inputs("9", says="one")))
    assert [each.id for each in version.versions()] == [made[n].id for n in (3, 4, 5, 7, 8)]
    assert version.origin(made[7], made[5]).endswith("the same figures and texts")
    assert version.origin(made[5], made[4]).endswith("differs in sentence")


def test_a_version_that_was_cited_outlives_the_others(inputs, monkeypatch) -> None:
    monkeypatch.setattr(publishing, "KEEP", 2)
    cited = publish(inputs("cited"))
    kept = runner.invoke(app, ["versions", "--keep", cited.id, "--reason", "Cited by the office"])
    assert kept.exit_code == 0, kept.output
    for word in ("2", "3", "4"):
        publish(inputs(word))
    assert version.versions()[0].id == cited.id
    assert len(version.versions()) == 3
    listed = runner.invoke(app, ["versions"]).stdout
    assert re.search(
        rf"{cited.id} .*\n    kept since \d{{4}}-\d\d-\d\d: Cited by the office", listed
    )
    again = runner.invoke(app, ["versions", "--keep", cited.id, "--reason", "Twice"])
    assert isinstance(again.exception, KeptError)
    kept_versions.forget({cited.id})
    publish(inputs("5"))
    assert len(version.versions()) == 2


@pytest.mark.parametrize("words", [("--keep", "2"), ("--reason", "Cited")])
def test_a_version_is_not_kept_without_a_reason(inputs, words) -> None:
    publish(inputs("one"))
    assert runner.invoke(app, ["versions", *words]).exit_code == 2
    assert kept_versions.entries() == []


def test_a_damaged_version_is_not_kept(inputs) -> None:
    first = publish(inputs("first"))
    overwrite(first.folder / "site/index.html", b"spoilt")
    refused = runner.invoke(app, ["versions", "--keep", first.id, "--reason", "Cited"])
    assert isinstance(refused.exception, VersionError)
    assert kept_versions.entries() == []


def test_a_kept_version_that_is_gone_is_told(inputs) -> None:
    publish(inputs("one"))
    kept_versions.enter("2020-01-01T000000.000Z-00000000", "Cited")
    assert "2020-01-01T000000.000Z-00000000 is not here" in runner.invoke(app, ["versions"]).stderr


def test_a_list_of_kept_versions_that_cannot_be_read_removes_nothing(inputs, monkeypatch) -> None:
    monkeypatch.setattr(publishing, "KEEP", 1)
    first = publish(inputs("first"))
    paths.kept().write_text("version\n", encoding="utf-8")
    with pytest.raises(KeptError, match="its columns are not version, reason, since"):
        publish(inputs("second"))
    assert version.current() == first


def test_rollback_leads_back_and_the_same_inputs_do_not_undo_it(inputs) -> None:
    first = publish(inputs("good"))
    bad = publish(inputs("bad"))
    rollback(first.id)
    assert set(served()) == {fingerprint.of_texts("good")}
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


def test_an_id_must_name_one_version(inputs) -> None:
    first, second = publish(inputs("first")), publish(inputs("second"))
    both = f"{first.id}, {second.id}"
    with pytest.raises(VersionError, match=f"no version '1999'; .* there are: {both}"):
        rollback("1999")
    with pytest.raises(VersionError, match=f"'2' is how 2 versions begin: {both}; write more"):
        rollback("2")
    for verb in (["rollback", ""], ["diff", first.id, " "]):
        refused = runner.invoke(app, verb)
        assert "the id of a version is empty" in str(refused.exception)
    assert version.current() == second


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
    again = runner.invoke(app, ["rollback", first.id])
    assert again.stdout == f"Readers see {first.id} already: nothing changed.\n"


def test_a_folder_of_an_older_tipstat_is_replaced(inputs) -> None:
    paths.site().mkdir(parents=True)
    (paths.site() / "index.html").write_text("old", encoding="utf-8")
    paths.warehouse().parent.mkdir(parents=True)
    paths.warehouse().write_bytes(b"old")
    publish(inputs("new"))
    assert set(served()) == {fingerprint.of_texts("new")}


def test_a_publication_that_is_killed_anywhere_leaves_a_whole_version(inputs) -> None:
    """Kill it at the first, second, ... step on the disk, until it ends before that step."""
    processes = multiprocessing.get_context("forkserver")
    processes.set_forkserver_preload(["pipelines.published.versions.publish"])
    good = publish(inputs("good"))
    for last in range(40):
        shutil.rmtree(paths.next_version(), ignore_errors=True)
        made_from = inputs(f"next {last}")
        process = processes.Process(
            target=publish_and_be_killed, args=(paths.home(), made_from, last)
        )
        process.start()
        process.join()
        pages, figures = served()
        assert pages == figures
        for each in version.versions():
            assert checksum.faults(each) == []
        if process.exitcode == 0:
            break
        assert process.exitcode == -signal.SIGKILL
        assert figures in {good.made_from, made_from}
        rollback(good.id)
    assert last > 5
    assert figures == made_from
