"""Shared fixtures: project folders, warehouses and pages, and observations from a few words."""

import os
import pickle
import shutil
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import mkdtemp

import duckdb
import hypothesis
import pandas as pd
import pytest
import short_runs
from command import tipstat
from filelock import FileLock
from harmonised_releases import Releases, build_of, harmonised_releases
from kept_sources import SMALL, keep_only, keep_unodc, own_project
from warehouse_copies import at_home

import pipelines.definitions  # noqa: F401  # before a test makes its own run short
from pipelines.lib.garbage import collect_rarely
from pipelines.published.extracts import FORMS
from pipelines.published.extracts.build import build_extracts
from pipelines.published.site.build import build_site
from pipelines.questionnaire import checks_as_data
from pipelines.raw.shipped import copy_shipped, not_in_index
from schemas.contract import CONTRACTS

# The same examples at every run, and no limit of time that a busy machine would break.
hypothesis.settings.register_profile("steady", deadline=None, derandomize=True)
hypothesis.settings.load_profile("steady")

ROOT = Path(__file__).parents[1]
SLOW_FOLDERS = ("browser", "faults", "fuzz")
SLOW_FIXTURES = ("published", "site", "shipped", "extracts", "publisher_file")
PUBLISHER_FILES = "TIPSTAT_PUBLISHER_FILES"
"""Environment variable: a folder with files as publishers offer them, e.g.
`unodc_glotip/2025-04-14/data_glotip.xlsx`. None of them is part of the project."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark tests that need a whole run, all pages, all extracts or a publisher's own file."""
    for item in items:
        fixtures = item._fixtureinfo.name2fixturedefs
        ours = {name for name in fixtures if fixtures[name][-1].baseid == "tests"}
        if item.path.parent.name in SLOW_FOLDERS or not ours.isdisjoint(SLOW_FIXTURES):
            item.add_marker("slow")
    # Faults need no shipped figures: another process makes the warehouse and the pages meanwhile.
    # Files of quick tests come last, so that both processes have something to do until the end.
    long = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: (item.path.parent.name != "faults", item.path not in long))


def pytest_collection_finish() -> None:
    """Spare the tests the search for circles in what was imported, as runs do."""
    collect_rarely()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Name the figures that these tests do not know, below the line that says that all passed."""
    if reporter := config.pluginmanager.get_plugin("terminalreporter"):
        for name in not_in_index(ROOT):
            reporter.write_line(f"not tested as it stands, since not in git's index: {name}")


@pytest.fixture(scope="session")
def once(
    tmp_path_factory: pytest.TempPathFactory, worker_id: str
) -> Callable[[str, Callable[[Path], object]], Path]:
    """Make a folder once for all processes that run tests; not to be changed afterwards."""
    here = tmp_path_factory.getbasetemp()
    # pytest-xdist gives each of its processes a folder within one that is common to them.
    common = here if worker_id == "master" else here.parent

    def made(name: str, make: Callable[[Path], object]) -> Path:
        folder = common / name
        with FileLock(f"{folder}.lock"):
            if not folder.exists():
                being_made = Path(mkdtemp(dir=common))
                make(being_made)
                being_made.rename(folder)
        return folder

    return made


@pytest.fixture(scope="session", autouse=True)
def shipped_home(once) -> Iterator[Path]:
    """The project folder of every test without one of its own: the shipped figures, unchanged.

    Never data/ itself, which may hold what an installation took in since.
    """
    home = once("shipped_home", lambda folder: copy_shipped(ROOT, folder))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TIPSTAT_HOME", str(home))
        patch.setenv("TIPSTAT_WORKERS", "1")  # tests share the processors
        yield home


@pytest.fixture
def publisher_file() -> Callable[[str], Path]:
    """Find a publisher's own file, or skip the test and say how to provide it."""

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
def interruptible() -> Iterator[None]:
    """Ctrl-C does what it does in a terminal, also where a shell runs tests in the background."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture
def one_detector(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files that come in are examined by one detector."""
    short_runs.with_one_detector(monkeypatch.setattr)


@pytest.fixture
def whole_project(shipped_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An own project folder with all shipped figures, to be changed at will."""
    return own_project(shipped_home, tmp_path, monkeypatch)


@pytest.fixture
def project(whole_project: Path) -> Path:
    """An own project folder with UNODC's releases, for what is found in them alone."""
    keep_unodc()
    return whole_project


@pytest.fixture
def small_project(whole_project: Path) -> Path:
    """An own project folder with a few small sources: a run of it takes half the time."""
    keep_only(*SMALL)
    return whole_project


@pytest.fixture
def published(small_project: Path, once) -> Path:
    """The project of a few small sources after a run."""

    def make(folder: Path) -> None:
        shutil.copytree(small_project / "data", folder / "data")
        assert tipstat("run", home=folder).returncode == 0

    after = once("published", make)
    shutil.copytree(after / "data", small_project / "data", symlinks=True, dirs_exist_ok=True)
    return small_project


@pytest.fixture(scope="session")
def harmonised(shipped_home: Path, once) -> Releases:
    """Every shipped release, harmonised once."""

    def make(folder: Path) -> None:
        (folder / "releases.pickle").write_bytes(pickle.dumps(harmonised_releases()))

    return pickle.loads((once("harmonised", make) / "releases.pickle").read_bytes())


@pytest.fixture(scope="session")
def built(shipped_home: Path, once, request: pytest.FixtureRequest) -> Path:
    """A warehouse of the shipped figures, made once; not to be changed."""
    make = lambda folder: build_of(shipped_home, request.getfixturevalue("harmonised"), folder)  # noqa: E731
    return once("built", make) / "tipstat.duckdb"


@pytest.fixture(scope="session")
def small(shipped_home: Path, once) -> Path:
    """A warehouse of a few small sources, made once; not to be changed."""

    def make(folder: Path) -> None:
        shutil.copytree(shipped_home / "data", folder / "data")
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("TIPSTAT_HOME", str(folder))
            keep_only(*SMALL)
            build_of(folder, harmonised_releases(), folder)

    return once("small", make) / "tipstat.duckdb"


@pytest.fixture(scope="module")
def warehouse(built: Path, once, tmp_path_factory: pytest.TempPathFactory) -> Iterator:
    """A warehouse without figures, for `holding`."""
    from small_warehouse import emptied  # which itself needs what stands below

    empty = once("emptied", lambda folder: emptied(built, folder)) / "emptied.duckdb"
    with duckdb.connect(shutil.copy(empty, tmp_path_factory.mktemp("emptied"))) as connection:
        yield connection


@pytest.fixture(scope="session")
def shipped(built: Path, once) -> Path:
    """The pages of the shipped figures, made once; not to be changed."""
    return once(
        "shipped", lambda folder: build_site(built, folder, form_rules=checks_as_data.data())
    )


@pytest.fixture
def home(built: Path, tmp_path: Path) -> Path:
    """A project folder that has nothing but the warehouse of the shipped figures."""
    return at_home(built, tmp_path)


@pytest.fixture(scope="module")
def connection(built: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The warehouse of the shipped figures, to be read."""
    with duckdb.connect(built, read_only=True) as opened:
        yield opened


@pytest.fixture(scope="module")
def query(connection: duckdb.DuckDBPyConnection) -> Callable[[str], list[tuple]]:
    """Query the warehouse of the shipped figures."""
    return lambda sql: connection.execute(sql).fetchall()


@pytest.fixture(scope="session")
def extracts(built: Path, once) -> Path:
    """Extracts of the shipped figures in every form, made once; not to be changed."""
    return (
        once("made", lambda folder: build_extracts(built, folder / "extracts", FORMS)) / "extracts"
    )


@pytest.fixture(scope="session")
def hostile(built: Path, once) -> Path:
    """A small warehouse: hostile texts, and a source that may not be passed on."""
    from invented_extracts import hostile_warehouse  # which itself needs what stands below

    make = lambda folder: hostile_warehouse(built, folder / "tipstat.duckdb")  # noqa: E731
    return once("hostile", make) / "tipstat.duckdb"


@pytest.fixture(scope="session")
def hostile_extracts(hostile: Path, once) -> Path:
    """Extracts of the small warehouse in every form; not to be changed."""
    make = lambda folder: build_extracts(hostile, folder / "extracts", FORMS)  # noqa: E731
    return once("hostile_extracts", make) / "extracts"


@pytest.fixture(scope="session")
def invented(built: Path, once) -> Path:
    """A warehouse of invented figures, for the tests of the pages."""
    from invented_site import invented_warehouse  # which itself needs what stands below

    make = lambda folder: invented_warehouse(built, folder / "tests.duckdb")  # noqa: E731
    return once("invented", make) / "tests.duckdb"


@pytest.fixture(scope="session")
def site(invented: Path, once) -> Path:
    """The pages of the invented figures in English; templates are the same in each language."""

    def make(folder: Path) -> None:
        with pytest.MonkeyPatch.context() as patch:
            short_runs.in_language("en", patch.setattr)
            build_site(invented, folder, form_rules=checks_as_data.data())

    return once("site", make)


def observations(*rows: dict[str, object]) -> pd.DataFrame:
    """Return observations that satisfy the contract, from a few fields of each.

    A row that says only `value` is the total of detected victims of Argentina in 2020.
    """
    usual = {
        "source": "int_test", "release": "2025-01-01", "ref_area": "ARG",
        "indicator": "VIC_DETECT", "freq": "A", "time_basis": "CY", "time_period": "2020",
        "sex": "_T", "age": "_T", "exploitation": "_T", "citizenship": "_T",
        "counterpart_role": "_Z", "counterpart_area": "_Z", "breakdown": "_T",
        "obs_status": "A", "conf_status": "F", "def_scope": "PALERMO",
        "flags": "", "correction": "", "true_since": None, "comment": None,
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
