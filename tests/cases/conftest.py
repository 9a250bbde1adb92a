"""Fixtures: small extracts of invented records."""

from collections.abc import Callable
from pathlib import Path

import pytest
from case_extracts import MAPPING, SMALL, USUAL, CountSmall, write_rows
from case_leaks import SENTINEL

from pipelines.cases.count import Counted, count_cases
from pipelines.cases.example import write_example
from pipelines.cases.texts import LANGUAGE


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project folder of its own."""
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("TIPSTAT_HOME", str(home))
    LANGUAGE.set("en")  # verbs of an earlier test may have set another
    return home


@pytest.fixture
def example(tmp_path: Path) -> Path:
    """The invented extract that ships."""
    path = tmp_path / "example.csv"
    write_example(path, 3_000, 1)
    return path


@pytest.fixture
def mapping(tmp_path: Path) -> Path:
    """A mapping of the invented extract."""
    path = tmp_path / "mapping.yml"
    path.write_text(MAPPING, encoding="utf-8")
    return path


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A mapping of small extracts."""
    path = tmp_path / "small.yml"
    path.write_text(SMALL, encoding="utf-8")
    return path


@pytest.fixture
def count_small(tmp_path: Path) -> CountSmall:
    """Count rows of which only the named cells differ from a usual one."""

    def count(*rows: dict[str, str], mapping: str = SMALL) -> Counted:
        extract, mapping_file = tmp_path / "small.csv", tmp_path / "small.yml"
        write_rows(extract, [{**USUAL, **row} for row in rows])
        mapping_file.write_text(mapping, encoding="utf-8")
        return count_cases(str(extract), mapping_file)

    return count


@pytest.fixture(scope="session")
def large(once: Callable) -> Path:
    """An extract that does not fit into the memory given, with a sentinel in each identifier."""

    def make(folder: Path) -> None:
        path = folder / "extract.csv"
        write_example(path, 150_000, 1)
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("V-", f"{SENTINEL}-"), encoding="utf-8")

    return once("large", make) / "extract.csv"


@pytest.fixture
def places(tmp_path: Path, own_home: Path) -> list[Path]:
    """The folders in which a process may leave something: project, user's own, temporary."""
    (tmp_path / "mapping.yml").write_text(MAPPING, encoding="utf-8")
    (tmp_path / "plan.csv").write_text("scope,dimensions\nnation,sex\n", encoding="utf-8")
    folders = [own_home, tmp_path / "user", tmp_path / "temporary"]
    for folder in folders:
        folder.mkdir(exist_ok=True)
    return folders
