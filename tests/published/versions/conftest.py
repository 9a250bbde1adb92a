"""Fixture: the parts of a version, staged without a run."""

import shutil
from pathlib import Path

import duckdb
import pytest

from pipelines.harmonised import release_files
from pipelines.lib import paths
from pipelines.lib.digest import sha256
from pipelines.published.extracts import FORMS, stamp, stamped
from pipelines.published.extracts.build import build_extracts
from pipelines.published.versions.version import CHECKED, EXTRACTS, SITE, WAREHOUSE
from pipelines.raw import fingerprint


@pytest.fixture(scope="session")
def sdmx(small: Path, once) -> Path:
    """What publication reads of the extracts, made once."""
    return (
        once("sdmx", lambda folder: build_extracts(small, folder / "made", ["sdmx"])) / "made/sdmx"
    )


@pytest.fixture
def inputs(small: Path, sdmx: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A project of a few small sources; a word that a test chooses stands for all its inputs.

    The build that made the small warehouse has checked it: the gate looks at what a test spoils.
    """
    monkeypatch.setenv("TIPSTAT_HOME", str(tmp_path))
    now = {"word": ""}
    monkeypatch.setattr(release_files, "made_from", lambda _: fingerprint.of_texts(now["word"]))

    def stage(word: str, statements: str = "", *, says: str | None = None) -> str:
        """Stage a version of that word, whose first sentence says it, or what it `says`.

        The statements spoil its warehouse, after all that is made of the figures.
        """
        now["word"] = word
        made_from = fingerprint.of_texts(word)
        staged = paths.next_version()
        (staged / WAREHOUSE).parent.mkdir(parents=True)
        shutil.copy(small, staged / WAREHOUSE)
        with duckdb.connect(staged / WAREHOUSE) as connection:
            connection.execute(statements or "select 1")
            connection.execute(f"update main.build set fingerprint = '{made_from}'")
            connection.execute(
                "update published.sentence set text = ? where (area, question, language) = "
                "(select min((area, question, language)) from published.sentence)",
                [says or word],
            )
        if not statements:
            (staged / CHECKED).write_text(sha256(staged / WAREHOUSE), encoding="utf-8")
        for folder in (SITE, EXTRACTS):
            (staged / folder).mkdir()
            (staged / folder / "same.txt").write_text("always the same", encoding="utf-8")
        shutil.copytree(sdmx, staged / EXTRACTS / "sdmx")
        (staged / SITE / "index.html").write_text(word, encoding="utf-8")
        fingerprint.write_stamp(staged / SITE / "fingerprint", made_from)
        fingerprint.write_stamp(stamp(staged / EXTRACTS), stamped(made_from, FORMS))
        return made_from

    return stage
