"""What several tests need: a project folder of their own, and observations from a few words."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import hypothesis
import pandas as pd
import pytest

import pipelines.exports
from pipelines import definitions, harmonise, manifest, paths, store, warehouse
from pipelines.exports import FORMS
from pipelines.exports import build as exports
from pipelines.site import build as site_build
from pipelines.site import shared
from pipelines.site.build import build
from pipelines.sources import discover
from schemas.contract import CONTRACTS

# The same examples at every run, and no limit of time that a busy machine would break.
hypothesis.settings.register_profile("steady", deadline=None, derandomize=True)
hypothesis.settings.load_profile("steady")

ROOT = Path(__file__).parents[1]
PUBLISHER_FILES = "TIPSTAT_PUBLISHER_FILES"
"""Environment variable: a folder with files as publishers offer them, e.g.
`unodc_glotip/2025-04-14/data_glotip.xlsx`. None of them is part of the project."""


@pytest.fixture
def publisher_file() -> Callable[[str], Path]:
    """Finds a publisher's own file, or skips the test and says how to provide it."""

    def find(name: str) -> Path:
        folder = os.environ.get(PUBLISHER_FILES)
        if not folder:
            pytest.skip(f"needs the publisher's own {name}: set {PUBLISHER_FILES} to its folder")
        path = Path(folder) / name
        if not path.is_file():
            pytest.skip(f"needs {path}")
        return path

    return find


@pytest.fixture
def whole_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An own project folder with all shipped figures, to be changed at will."""
    shutil.copytree(ROOT / "data" / "raw", tmp_path / "data" / "raw")
    shutil.copy(ROOT / "data" / "corrections.csv", tmp_path / "data")
    monkeypatch.setenv("TIPSTAT_HOME", str(tmp_path))
    _lighten(monkeypatch)
    return tmp_path


def _lighten(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets a run in this process make one page and one form of extract, as light.py does."""
    for module in (pipelines.exports, exports, definitions):
        monkeypatch.setattr(module, "FORMS", ("csv",))
    monkeypatch.setattr(site_build, "_KINDS", (site_build.home,))


@pytest.fixture
def project(whole_project: Path) -> Path:
    """An own project folder with the figures of two sources, which is enough for most tests."""
    lines = paths.manifest().read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if line.startswith(("source,", "int_unodc_glotip,", "ref_wpp,"))]
    paths.manifest().write_text("".join(kept), encoding="utf-8")
    return whole_project


@pytest.fixture(scope="session")
def harmonised() -> dict[tuple[str, str], harmonise.Harmonised]:
    """Every shipped release, harmonised once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TIPSTAT_HOME", str(ROOT))
        return {
            key: store.harmonised(discover()[key[0]], entries)
            for key, entries in _shipped().items()
        }


@pytest.fixture(scope="session")
def built(
    tmp_path_factory: pytest.TempPathFactory,
    harmonised: dict[tuple[str, str], harmonise.Harmonised],
) -> Path:
    """A warehouse of the shipped figures, made once; not to be changed."""
    folder = tmp_path_factory.mktemp("built")
    for (source, release), each in harmonised.items():
        store.Release(folder / "harmonised", source, release).keep(each, "")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TIPSTAT_HOME", str(ROOT))
        return warehouse.build(folder / "harmonised", folder / "tipstat.duckdb")


@pytest.fixture(scope="session")
def shipped(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages of the shipped figures, made once; not to be changed."""
    out = tmp_path_factory.mktemp("shipped")
    build(built, out)
    return out


@pytest.fixture
def home(built: Path, tmp_path: Path) -> Path:
    """A project folder that has nothing but the warehouse of the shipped figures."""
    return at_home(built, tmp_path)


@pytest.fixture
def query(built: Path) -> Iterator[Callable[[str], list[tuple]]]:
    """Asks the warehouse of the shipped figures."""
    with duckdb.connect(built, read_only=True) as connection:
        yield lambda sql: connection.execute(sql).fetchall()


@pytest.fixture(scope="session")
def extracts(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Extracts of the shipped figures in every form, made once; not to be changed."""
    out = tmp_path_factory.mktemp("extracts") / "extracts"
    exports.build(built, out, FORMS)
    return out


@pytest.fixture(scope="session")
def hostile(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small warehouse: hostile texts, and a source that may not be passed on."""
    from invented_extracts import hostile_warehouse  # which itself needs what stands below

    return hostile_warehouse(built, tmp_path_factory.mktemp("hostile") / "tipstat.duckdb")


@pytest.fixture(scope="session")
def hostile_extracts(hostile: Path) -> Path:
    """Extracts of the small warehouse in every form; not to be changed."""
    exports.build(hostile, hostile.parent / "extracts", FORMS)
    return hostile.parent / "extracts"


@pytest.fixture(scope="session")
def invented(built, tmp_path_factory):
    """A warehouse of invented figures, for the tests of the pages."""
    from invented_site import invented_warehouse  # which itself needs what stands below

    return invented_warehouse(built, tmp_path_factory.mktemp("warehouse") / "tests.duckdb")


@pytest.fixture(scope="session")
def site(invented, tmp_path_factory):
    """The pages of the invented figures."""
    out = tmp_path_factory.mktemp("site")
    build(invented, out)
    return out


@pytest.fixture(scope="session")
def speakers(invented):
    """The four languages with the words that the pages use."""
    with duckdb.connect(invented, read_only=True) as connection:
        return {language.code: language for language in shared.read(connection).languages}


def _shipped() -> dict[tuple[str, str], list[manifest.RawFile]]:
    """The lines of the shipped manifest by source and release."""
    shipped: dict[tuple[str, str], list[manifest.RawFile]] = {}
    for entry in manifest.entries():
        shipped.setdefault((entry.source, entry.release), []).append(entry)
    return shipped


def at_home(warehouse: Path, folder: Path) -> Path:
    """A project folder that has nothing but a warehouse."""
    (folder / "data" / "warehouse").mkdir(parents=True)
    (folder / "data" / "warehouse" / "tipstat.duckdb").symlink_to(warehouse)
    return folder


def changed(warehouse: Path, folder: Path, statements: str) -> Path:
    """A copy of a warehouse in a folder, in which statements changed something."""
    copy = folder / "tipstat.duckdb"
    shutil.copy(warehouse, copy)
    with duckdb.connect(copy) as connection:
        connection.execute(statements)
    return copy


def observations(*rows: dict[str, object]) -> pd.DataFrame:
    """Observations that satisfy the contract, from what is said of each.

    A row that says only `value` is the total of detected victims of Argentina in 2020.
    """
    usual = {
        "source": "int_test", "release": "2025-01-01", "ref_area": "ARG",
        "indicator": "VIC_DETECT", "freq": "A", "time_basis": "CY", "time_period": "2020",
        "sex": "_T", "age": "_T", "exploitation": "_T", "citizenship": "_T",
        "counterpart_role": "_Z", "counterpart_area": "_Z", "breakdown": "_T",
        "obs_status": "A", "conf_status": "F", "def_scope": "PALERMO", "comment": None,
    }  # fmt: skip
    filled = []
    for number, row in enumerate(rows):
        value = row.get("value")
        bounds = {"lower": value, "upper": value, "value_raw": str(value), "value": value}
        filled.append({**usual, **bounds, "locator": f"row {number}", **row})
    columns = CONTRACTS["observation"].schema.columns
    return pd.DataFrame(filled)[list(columns)].astype(
        {name: column.dtype.type for name, column in columns.items()}
    )


def suppressed(**row: object) -> dict[str, object]:
    """A cell printed as `<5`."""
    hidden = {"value": None, "lower": 0, "upper": 4, "value_raw": "<5"}
    return {**hidden, "obs_status": "Q", "conf_status": "A", **row}
