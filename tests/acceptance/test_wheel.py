"""The wheel: runs with the locked requirements and nothing else, and owns its import names.

It has the shipped figures with it, of which `tipstat init` makes a project.
"""

import importlib.metadata
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from conftest import ROOT

pytestmark = pytest.mark.slow

IMPORT_ALL = """
import importlib, pkgutil, pipelines, schemas
for package in (pipelines, schemas):
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        importlib.import_module(module.name)
"""
GIVE = """
import importlib.metadata
[script] = importlib.metadata.entry_points(group="console_scripts", name="tipstat")
sys.argv = ["tipstat", *{arguments}]
if __name__ == "__main__":
    script.load()()
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
    subprocess.run([*build, "--wheel-dir", folder, ROOT], check=True)
    [path] = folder.glob("*.whl")
    return path


def test_the_wheel_holds_code_lists_rules_and_templates(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as container:
        names = set(container.namelist())
    for package in ("pipelines", "schemas"):
        for path in (ROOT / package).rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts:
                assert path.relative_to(ROOT).as_posix() in names
    assert not [name for name in names if name.startswith(("tests/", "data/", "docs/"))]


def test_the_wheel_holds_what_is_shipped_and_nothing_that_was_taken_in(
    wheel: Path, shipped_home: Path
) -> None:
    with zipfile.ZipFile(wheel) as container:
        held = {
            name.removeprefix("pipelines/shipped/"): container.read(name)
            for name in container.namelist()
            if name.startswith("pipelines/shipped/")
        }
    pages = {name for name in held if name.startswith("docs/")}
    assert pages == {f"docs/{page.name}" for page in (ROOT / "docs").glob("*.md")}
    files = (path for path in (shipped_home / "data").rglob("*") if path.is_file())
    shipped = {path.relative_to(shipped_home).as_posix(): path.read_bytes() for path in files}
    assert {name: held[name] for name in held.keys() - pages} == shipped


@pytest.fixture(scope="module")
def packages(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel with the locked requirements, as in an environment of its own."""
    folder = tmp_path_factory.mktemp("packages")
    lock = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    for name in re.findall(r"^([\w.-]+)(?:\[.+\])?==", lock, re.MULTILINE):
        link_distribution(name, folder)
    with zipfile.ZipFile(wheel) as container:
        container.extractall(folder)
    return folder


def installed(packages: Path, code: str, place: Path) -> subprocess.CompletedProcess[str]:
    """Run code in a folder with these packages alone, as a program of its own."""
    program = place.with_suffix(".py")
    program.write_text(f"import sys\nsys.path.append({str(packages)!r})\n{code}", "utf-8")
    environment = {**os.environ, "PYTHONPATH": str(packages)}  # of the processes that it starts
    del environment["TIPSTAT_HOME"]
    return subprocess.run(
        [sys.executable, "-S", program],
        capture_output=True, text=True, cwd=place, check=False, env=environment,
    )  # fmt: skip


def give(packages: Path, place: Path, *arguments: str) -> str:
    ended = installed(packages, GIVE.format(arguments=arguments), place)
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


def test_the_wheel_runs_with_the_locked_requirements_alone(packages: Path, tmp_path: Path) -> None:
    """Every module can be imported."""
    (place := tmp_path / "place").mkdir()
    ended = installed(packages, IMPORT_ALL, place)
    assert ended.returncode == 0, ended.stderr


def test_the_wheel_makes_a_project(packages: Path, shipped_home: Path, tmp_path: Path) -> None:
    (place := tmp_path / "place").mkdir()
    refused = installed(packages, GIVE.format(arguments=["versions"]), place)
    assert refused.returncode == 1
    assert "is no tipstat project: go to one, " in refused.stderr
    assert "or make one with 'tipstat init FOLDER'" in refused.stderr
    give(packages, place, "init", "own")
    made = (place / "own/data/raw/manifest.csv").read_bytes()
    assert made == (shipped_home / "data/raw/manifest.csv").read_bytes()
    assert (place / "own" / "docs" / "rules.md").is_file()


@pytest.mark.exhaustive
def test_a_project_of_the_wheel_publishes(packages: Path, tmp_path: Path) -> None:
    give(packages, tmp_path, "init", "own")
    own = tmp_path / "own"
    assert "'tipstat dev' shows them in Dagster" in give(packages, own, "run")
    counted = give(packages, own, "query", "select count(*) from published.newest")
    assert int(re.findall(r"│ +(\d+) │", counted)[0]) > 200
    assert "1 version" in give(packages, own, "verify")
    assert "nothing to do" in give(packages, own, "run")


def link_distribution(name: str, packages: Path) -> None:
    """Link what a distribution installed here; none is for another system or an older Python."""
    try:
        files = importlib.metadata.files(name) or []
    except importlib.metadata.PackageNotFoundError:
        return
    for top in {file.parts[0] for file in files if file.parts[0] not in ("..", "__pycache__")}:
        link = packages / top
        if not link.is_symlink():
            link.symlink_to(files[0].locate().parents[len(files[0].parts) - 1] / top)


def test_no_other_distribution_owns_the_import_names() -> None:
    owners = importlib.metadata.packages_distributions()
    assert set(owners.get("pipelines", [])) <= {"tipstat"}
    assert set(owners.get("schemas", [])) <= {"tipstat"}
