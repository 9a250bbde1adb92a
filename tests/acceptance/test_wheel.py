"""The wheel: installs into an empty environment, and owns its import names alone."""

import importlib.metadata
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest
from conftest import ROOT

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
    subprocess.run([*build, "--wheel-dir", folder, ROOT], check=True)
    [path] = folder.glob("*.whl")
    return path


def test_it_holds_code_lists_rules_and_templates(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as container:
        names = set(container.namelist())
    for package in ("pipelines", "schemas"):
        for path in (ROOT / package).rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts:
                assert path.relative_to(ROOT).as_posix() in names
    assert not [name for name in names if name.startswith(("tests/", "data/", "docs/"))]


def test_it_runs_in_an_empty_environment(wheel: Path, tmp_path: Path) -> None:
    venv.create(tmp_path / "empty", with_pip=True)
    python = tmp_path / "empty" / "bin" / "python"
    install = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    requirements = ROOT / "requirements.txt"
    installed = subprocess.run(
        [*install, "--no-compile", "--require-hashes", "-r", requirements],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if "No matching distribution" in installed.stderr or "Connection" in installed.stderr:
        pytest.skip(f"the package registry is out of reach: {installed.stderr.splitlines()[-1]}")
    assert installed.returncode == 0, installed.stderr
    subprocess.run([*install, "--no-deps", wheel], check=True)
    ended = subprocess.run(
        [tmp_path / "empty" / "bin" / "tipstat", "sources"],
        capture_output=True, text=True, cwd=tmp_path, check=False,
    )  # fmt: skip
    assert ended.returncode == 0, ended.stderr
    assert "int_unodc_glotip" in ended.stdout


def test_no_other_distribution_owns_the_import_names() -> None:
    owners = importlib.metadata.packages_distributions()
    assert set(owners.get("pipelines", [])) <= {"tipstat"}
    assert set(owners.get("schemas", [])) <= {"tipstat"}
