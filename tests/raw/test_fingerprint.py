"""The fingerprint of the code: what changes it, so that releases are made again."""

from pathlib import Path

import pytest

from pipelines.raw import fingerprint


@pytest.mark.parametrize("name", ["ury_example.py", "ury_example.yml", "ury_example_labels.csv"])
def test_every_file_of_a_source_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(fingerprint, "__file__", str(tmp_path / "pipelines/raw/fingerprint.py"))
    path = tmp_path / "pipelines" / "sources" / name
    path.parent.mkdir(parents=True)
    found = set()
    for text in ("one", "another"):
        path.write_text(text, encoding="utf-8")
        found.add(fingerprint._of_ours.__wrapped__())
    assert len(found) == 2
