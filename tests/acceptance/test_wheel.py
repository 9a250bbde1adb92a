"""The wheel: runs with the locked requirements and nothing else, and owns its import names."""

import importlib.metadata
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from conftest import ROOT

pytestmark = pytest.mark.slow

IMPORT_ALL = """
import importlib, pkgutil, sys, pipelines, schemas
for package in (pipelines, schemas):
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        importlib.import_module(module.name)
[script] = importlib.metadata.entry_points(group="console_scripts", name="tipstat")
sys.argv = ["tipstat", "sources"]
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


def test_the_wheel_runs_with_the_locked_requirements_alone(wheel: Path, tmp_path: Path) -> None:
    """Every module can be imported, and the command answers."""
    packages = tmp_path / "packages"
    packages.mkdir()
    lock = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    for name in re.findall(r"^([\w.-]+)(?:\[.+\])?==", lock, re.MULTILINE):
        link_distribution(name, packages)
    with zipfile.ZipFile(wheel) as container:
        container.extractall(packages)
    ended = subprocess.run(
        [sys.executable, "-I", "-S", "-c", f"import sys; sys.path.append({str(packages)!r})\n"
         f"{IMPORT_ALL}"],
        capture_output=True, text=True, cwd=tmp_path, check=False,
    )  # fmt: skip
    assert ended.returncode == 0, ended.stderr
    assert "int_unodc_glotip" in ended.stdout


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
