"""Damaged versions are named, never believed, and made again."""

import json
import shutil

import pytest
from published_versions import cut, overwrite
from verifying import faults_of_verify, is_verified, runner

from pipelines.cli.app import app
from pipelines.lib import paths
from pipelines.published.versions import checksum, complete, links, version
from pipelines.published.versions import publish as publishing
from pipelines.published.versions.publish import publish
from pipelines.published.versions.rolled_back import rollback
from pipelines.published.versions.version import WAREHOUSE, VersionError
from pipelines.raw import manifest

pytestmark = pytest.mark.slow


def test_a_flipped_bit_and_a_file_that_is_gone_or_was_added_are_found(inputs) -> None:
    made = publish(inputs("first"))
    assert checksum.faults(made) == []
    for path in ("warehouse/tipstat.duckdb", "site/index.html", "extracts/same.txt"):
        file = made.folder / path
        right = file.read_bytes()
        middle = len(right) // 2
        overwrite(file, right[:middle] + bytes([right[middle] ^ 1]) + right[middle + 1 :])
        wrong = [f"{file}: its bytes are not those that were published"]
        assert checksum.faults(made) == wrong
        overwrite(file, right)
    (made.folder / "site/index.html").unlink()
    (made.folder / "site/more.html").write_text("more", encoding="utf-8")
    assert checksum.faults(made) == [
        f"{made.folder}/site/index.html: gone",
        f"{made.folder}/site/more.html: was not published with the version",
    ]


def test_a_manifest_that_cannot_be_read_is_named_and_stops_nothing(inputs, monkeypatch) -> None:
    old, now = publish(inputs("old")), publish(inputs("now"))
    right = (old.folder / "manifest.json").read_bytes()
    overwrite(old.folder / "manifest.json", (now.folder / "manifest.json").read_bytes())
    assert version.versions() == [now]
    assert "not that of the folder" in version.unreadable()[0]
    overwrite(old.folder / "manifest.json", right)
    cut(old.folder / "manifest.json", 40)
    no_raw_files()
    listed = runner.invoke(app, ["versions"])
    assert listed.exit_code == 0
    assert f"* {now.id}" in listed.stdout
    assert f"{old.id}/manifest.json: cannot be read" in listed.stderr
    assert "manifest.json: cannot be read" in faults_of_verify()
    assert runner.invoke(app, ["diff", now.id, now.id]).exit_code == 0
    with pytest.raises(VersionError, match=r"manifest\.json: cannot be read"):
        rollback(old.id)
    monkeypatch.setattr(publishing, "KEEP", 2)
    newest = publish(inputs("newest"))
    assert [folder.name for folder in version.folders()] == [now.id, newest.id]
    assert not old.folder.exists()


OTHER_TYPES = (
    {"figures": "x"}, {"figures": None}, {"made_from": ["a"]}, {"published": 1},
    {"files": {"a": 1}}, {"sizes": {"a": "1"}}, {"more": 1},
)  # fmt: skip


def test_a_manifest_of_other_types_or_deeply_nested_cannot_be_read(inputs) -> None:
    file = publish(inputs("one")).folder / "manifest.json"
    content = json.loads(file.read_text(encoding="utf-8"))
    for text in (*(json.dumps(content | other) for other in OTHER_TYPES), "[" * 100_000):
        overwrite(file, text.encode())
        assert version.versions() == [], text[:50]
        assert "manifest.json: cannot be read" in version.unreadable()[0]


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
    "the end of a table": lambda folder: cut(next(folder.glob("extracts/sdmx/*.csv.gz")), 1),
    "the end of a page": lambda folder: cut(folder / "site/index.html", 1),
}


def test_what_is_gone_of_the_current_version_is_made_again(inputs, tmp_path) -> None:
    made = publish(inputs("first"))
    sound = shutil.copytree(made.folder, tmp_path / "sound", symlinks=True)
    for what, act in GONE.items():
        act(made.folder)
        assert complete.place(made.made_from) == paths.next_version(), f"written into: {what}"
        shutil.rmtree(made.folder)
        shutil.copytree(sound, made.folder, symlinks=True)
    assert complete.place(made.made_from) == made.folder
    GONE["all pages"](made.folder)
    again = publish(inputs("first"))
    assert again.id != made.id
    assert again.files.keys() == made.files.keys()
    assert version.versions() == [again], "the damaged one is gone, the new one has all of it"
    assert checksum.faults(again) == []
