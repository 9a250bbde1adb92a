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


def test_readers_see_one_version_of_all_which_the_same_inputs_make_once(inputs) -> None:
    """What does not change lies on the disk once, but damage to it is not handed on."""
    first = publish(inputs("first"))
    second = publish(inputs("second"))
    assert set(served()) == {second.made_from}
    assert (paths.extracts() / "same.txt").samefile(paths.site() / "extracts/same.txt")
    assert paths.warehouse().samefile(paths.site() / WAREHOUSE)
    assert version.current() == second
    assert not paths.next_version().exists()
    assert publish(second.made_from) == second
    assert version.versions() == [first, second]
    for part, is_shared in (("extracts/same.txt", True), ("site/index.html", False)):
        assert (first.folder / part).samefile(second.folder / part) == is_shared
    overwrite(second.folder / "extracts/same.txt", b"always the sane")
    assert checksum.faults(publish(inputs("third"))) == []


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


def test_versions_that_say_the_same_push_none_out(inputs, monkeypatch) -> None:
    """Code that changes no figure and no text: the first, who was cited, and the last stay.

    So do the newest, whatever they say: readers may not have left them yet.
    """
    monkeypatch.setattr(publishing, "KEEP", 2)
    made = [
        publish(inputs(word, says=said))
        for word, said in zip("1234", ("one", "two", "two", "one"), strict=True)
    ]
    assert [each.id for each in version.versions()] == [each.id for each in made[1:]]
    made.append(publish(inputs("5", says="one")))
    rollback(made[3].id)
    made.append(publish(inputs("6", says="one")))
    assert [each.id for each in version.versions()] == [each.id for each in made[1:]]
    made.append(publish(inputs("7", says="one")))
    assert [each.id for each in version.versions()] == [made[n].id for n in (1, 2, 3, 5, 6)]
    assert version.origin(made[5], made[3]).endswith("the same figures and texts")
    assert version.origin(made[3], made[2]).endswith("differs in sentence")


def test_old_versions_go_but_the_one_that_is_seen_and_that_which_was_cited(
    inputs, monkeypatch
) -> None:
    monkeypatch.setattr(publishing, "KEEP", 2)
    cited, seen = publish(inputs("cited")), publish(inputs("seen"))
    kept = runner.invoke(app, ["versions", "--keep", cited.id, "--reason", "Cited by the office"])
    assert kept.exit_code == 0, kept.output
    publish(inputs("3"))
    rollback(seen.id)
    made = [publish(inputs(word)) for word in ("4", "5")]
    assert version.versions() == [cited, *made]
    assert version.current() == made[-1]
    listed = runner.invoke(app, ["versions"]).stdout
    assert re.search(
        rf"{cited.id} .*\n    kept since \d{{4}}-\d\d-\d\d: Cited by the office", listed
    )
    again = runner.invoke(app, ["versions", "--keep", cited.id, "--reason", "Twice"])
    assert isinstance(again.exception, KeptError)
    kept_versions.forget({cited.id})
    publish(inputs("6"))
    assert len(version.versions()) == 2


def test_what_is_not_kept_or_is_gone_is_told(inputs) -> None:
    """Without a reason or an id, damaged, not here."""
    first = publish(inputs("first"))
    for words in (("--keep", first.id), ("--reason", "Cited")):
        assert runner.invoke(app, ["versions", *words]).exit_code == 2
    overwrite(first.folder / "site/index.html", b"spoilt")
    refused = runner.invoke(app, ["versions", "--keep", first.id, "--reason", "Cited"])
    assert isinstance(refused.exception, VersionError)
    assert kept_versions.entries() == []
    gone = "2020-01-01T000000.000Z-00000000"
    kept_versions.enter(gone, "Cited")
    assert f"{gone} is not here" in runner.invoke(app, ["versions"]).stderr


def test_a_list_of_kept_versions_that_cannot_be_read_removes_nothing(inputs, monkeypatch) -> None:
    monkeypatch.setattr(publishing, "KEEP", 1)
    first = publish(inputs("first"))
    paths.kept().write_text("version\n", encoding="utf-8")
    with pytest.raises(KeptError, match="its columns are not version, reason, since"):
        publish(inputs("second"))
    assert version.current() == first


def test_rollback_leads_back_and_forward_and_the_same_inputs_do_not_undo_it(inputs) -> None:
    first, second = publish(inputs("first")), publish(inputs("second"))
    listed = runner.invoke(app, ["versions"]).stdout.splitlines()
    names = [line[:2] + line[2:].split()[0] for line in listed]
    assert names == [f"* {second.id}", f"  {first.id}"]
    assert runner.invoke(app, ["rollback", first.id]).stdout == f"Readers see {first.id}.\n"
    again = runner.invoke(app, ["rollback", first.id])
    assert again.stdout == f"Readers see {first.id} already: nothing changed.\n"
    assert set(served()) == {first.made_from}
    with pytest.raises(VersionError, match="was rolled back"):
        publish(second.made_from)
    rollback(second.id)
    assert version.current() == publish(second.made_from) == second
    both = f"{first.id}, {second.id}"
    with pytest.raises(VersionError, match=f"no version '1999'; .* there are: {both}"):
        rollback("1999")
    with pytest.raises(VersionError, match=f"'2' is how 2 versions begin: {both}; write more"):
        rollback("2")
    for verb in (["rollback", ""], ["diff", first.id, " "]):
        refused = runner.invoke(app, verb)
        assert "the id of a version is empty" in str(refused.exception)
    overwrite(first.folder / "site/index.html", b"spoilt")
    with pytest.raises(VersionError, match=r"index\.html: its bytes are not those"):
        rollback(first.id)
    assert version.current() == second


def test_a_folder_of_an_older_tipstat_is_replaced(inputs) -> None:
    paths.site().mkdir(parents=True)
    (paths.site() / "index.html").write_text("old", encoding="utf-8")
    paths.warehouse().parent.mkdir(parents=True)
    paths.warehouse().write_bytes(b"old")
    publish(inputs("new"))
    assert set(served()) == {fingerprint.of_texts("new")}


@pytest.mark.parametrize("one_in", [4, pytest.param(1, marks=pytest.mark.exhaustive)])
def test_a_publication_that_is_killed_anywhere_leaves_a_whole_version(inputs, one_in) -> None:
    """Kill it at one step on the disk in so many, until it ends before that step."""
    processes = multiprocessing.get_context("forkserver")
    processes.set_forkserver_preload(["pipelines.published.versions.publish"])
    good = publish(inputs("good"))
    for last in range(0, 40, one_in):
        shutil.rmtree(paths.next_version(), ignore_errors=True)
        made_from = inputs(f"next {last}")
        process = processes.Process(
            target=publish_and_be_killed, args=(paths.home(), made_from, last)
        )
        process.start()
        process.join()
        pages, figures = served()
        assert pages == figures
        for each in version.versions()[-2:]:  # the others were looked at when they were new
            assert checksum.faults(each) == []
        if process.exitcode == 0:
            break
        assert process.exitcode == -signal.SIGKILL
        assert figures in {good.made_from, made_from}
        rollback(good.id)
    assert last > 5
    assert figures == made_from
