"""Fixture: the parts of a version, staged without a run."""

import shutil
from pathlib import Path

import duckdb
import pytest

from pipelines.harmonised import release_files
from pipelines.lib import paths
from pipelines.published.extracts import FORMS, stamp, stamped
from pipelines.published.extracts.build import build_extracts
from pipelines.published.versions import gate
from pipelines.published.versions.version import EXTRACTS, SITE, WAREHOUSE
from pipelines.raw import fingerprint


@pytest.fixture(scope="session")
def sdmx(small: Path, once) -> Path:
    """What publication reads of the extracts, made once."""
    return (
        once("sdmx", lambda folder: build_extracts(small, folder / "made", ["sdmx"])) / "made/sdmx"
    )


@pytest.fixture(scope="session")
def broken(small: Path) -> list[str]:
    """What the gate says of the figures of the small sources: nothing."""
    return gate._broken(small)


@pytest.fixture
def inputs(
    small: Path, sdmx: Path, broken: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """A project of a few small sources; a word that a test chooses stands for all its inputs.

    The gate looks at the same figures once for all tests: it takes longer than a publication.
    """
    monkeypatch.setenv("TIPSTAT_HOME", str(tmp_path))
    now = {"word": ""}
    of_figures = gate._broken
    monkeypatch.setattr(gate, "_broken", lambda _: broken)
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
        if statements:
            monkeypatch.setattr(gate, "_broken", of_figures)
        with duckdb.connect(staged / WAREHOUSE) as connection:
            connection.execute(statements or "select 1")
            connection.execute(f"update main.build set fingerprint = '{made_from}'")
            connection.execute(
                "update published.sentence set text = ? where (area, question, language) = "
                "(select min((area, question, language)) from published.sentence)",
                [says or word],
            )
        for folder in (SITE, EXTRACTS):
            (staged / folder).mkdir()
            (staged / folder / "same.txt").write_text("always the same", encoding="utf-8")
        shutil.copytree(sdmx, staged / EXTRACTS / "sdmx")
        (staged / SITE / "index.html").write_text(word, encoding="utf-8")
        fingerprint.write_stamp(staged / SITE / "fingerprint", made_from)
        fingerprint.write_stamp(stamp(staged / EXTRACTS), stamped(made_from, FORMS))
        return made_from

    return stage
