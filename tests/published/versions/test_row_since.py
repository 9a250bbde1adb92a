"""Since when readers have a row, after versions that were damaged or rolled back."""

import csv
import gzip
import io
import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from published_versions import cut, overwrite

from pipelines.lib import paths
from pipelines.published.versions import checksum, row_since
from pipelines.published.versions.version import WAREHOUSE, Version
from pipelines.warehouse import sql_files

TABLE = Path(sql_files.__file__).parent / "sql" / "table" / "row_since.sql"
NATIONAL = Path("extracts") / "sdmx" / "national.csv.gz"
Rows = dict[str, tuple[str, ...]]


def moment(number: int) -> str:
    return f"2026-01-{number:02}T00:00:00+00:00"


class History:
    """Versions of a project, and the rows of DF_NATIONAL that each has."""

    def __init__(self, sdmx: Path) -> None:
        self._sdmx = sdmx
        text = gzip.decompress((sdmx / NATIONAL.name).read_bytes()).decode()
        self._head, *rows = csv.reader(io.StringIO(text))
        self._rows = {".".join(row[3:7]): tuple(row) for row in rows}
        self.versions: list[Rows] = []

    def _identity(self, number: int) -> str:
        return f"2026-01-{number:02}T000000.000Z-{number:08x}"

    def publish(self, **changes: str) -> Path:
        """Publish a version whose rows differ from the first ones: by place, `gone` or a word."""
        rows = dict(self._rows)
        for place, change in changes.items():
            key = [*self._rows][int(place.removeprefix("row_"))]
            if change == "gone":
                del rows[key]
            else:
                rows[key] = (*self._rows[key][:-1], change)
        self.versions.append(rows)
        number = len(self.versions)
        identity = self._identity(number)
        folder = paths.versions() / ".new"
        shutil.copytree(self._sdmx, folder / NATIONAL.parent)
        text = io.StringIO()
        csv.writer(text).writerows([self._head, *rows.values()])
        (folder / NATIONAL).write_bytes(gzip.compress(text.getvalue().encode()))
        (folder / WAREHOUSE).parent.mkdir()
        with duckdb.connect(folder / WAREHOUSE) as connection:
            connection.execute("create schema if not exists main")
            connection.execute(TABLE.read_text(encoding="utf-8"))
        row_since.write(folder, row_since.before(), moment(number))
        Version(identity, moment(number), "", 1, checksum.of_files(folder)).write(folder)
        self.lead(number)
        return folder.rename(paths.versions() / identity)

    def lead(self, number: int) -> None:
        """Let readers see a version."""
        paths.current().unlink(missing_ok=True)
        paths.current().symlink_to(Path("versions") / self._identity(number))

    def told(self, number: int) -> tuple[set[str], set[str]] | None:
        """Return the keys that the newest version tells, new or gone, to a client of a version.

        None if it tells that the client must copy all anew.
        """
        newest = max(paths.versions().iterdir())
        with duckdb.connect(newest / WAREHOUSE, read_only=True) as connection:
            rows = connection.execute(
                "select row_key, since, until from main.row_since where flow = 'DF_NATIONAL'"
            ).fetchall()
        if any(key == "" and since > moment(number) for key, since, _ in rows):
            return None
        new = {key for key, since, until in rows if key and not until and since > moment(number)}
        return new, {key for key, _, until in rows if until and until > moment(number)}

    def is_sound(self) -> bool:
        """Whether a client of any version has the newest rows after doing what it is told."""
        newest = self.versions[-1]
        for number, rows in enumerate(self.versions[:-1], 1):
            if told := self.told(number):
                new, gone = told
                copy = {key: row for key, row in rows.items() if key not in gone}
                if copy | {key: newest[key] for key in new} != newest:
                    return False
        return True

    def keys(self, *places: int) -> set[str]:
        """Return the keys of rows by their places."""
        return {[*self._rows][place] for place in places}


@pytest.fixture
def history(sdmx: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> History:
    monkeypatch.setenv("TIPSTAT_HOME", str(tmp_path))
    return History(sdmx)


def flip(file: Path) -> None:
    content = file.read_bytes()
    middle = len(content) // 2
    overwrite(file, content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :])


def destroy(folder: Path) -> None:
    flip(folder / WAREHOUSE)
    flip(folder / NATIONAL)


DAMAGE: dict[str, tuple[Callable[[Path], object], str]] = {
    "none": (lambda _: None, "all"),
    "a bit of the warehouse": (lambda folder: flip(folder / WAREHOUSE), "of the last version"),
    "the warehouse": (lambda folder: (folder / WAREHOUSE).unlink(), "of the last version"),
    "a bit of the rows": (lambda folder: flip(folder / NATIONAL), "all, but too much"),
    "both": (destroy, "nothing"),
    "the manifest": (lambda folder: cut(folder / "manifest.json", 40), "nothing"),
}
"""What happens to a version, and what is known of what changed in it and before."""


@pytest.mark.parametrize("damage", DAMAGE)
def test_after_damage_no_change_is_missed(history: History, damage: str) -> None:
    act, known = DAMAGE[damage]
    history.publish(row_0="first", row_5="gone", row_6="gone")
    folder = history.publish(row_1="second", row_2="gone", row_6="gone")
    act(folder)
    history.publish(row_3="third", row_4="gone", row_5="gone")
    assert history.is_sound()
    first, last = history.told(1), history.told(2)
    assert (first is None) == (known in {"of the last version", "nothing"})
    assert (last is None) == (known == "nothing")
    if last:
        new, gone = last
        assert gone == history.keys(4, 5)
        assert new >= history.keys(1, 2, 3, 6)
        assert new <= history.keys(*((0, 1, 2, 3, 6) if "too much" in known else (1, 2, 3, 6)))


@pytest.mark.parametrize("damage", ["none", "a bit of the warehouse", "both"])
def test_after_a_rollback_no_change_is_missed(history: History, damage: str) -> None:
    act, _ = DAMAGE[damage]
    history.publish(row_0="first")
    folder = history.publish(row_1="second", row_2="gone", row_3="second")
    act(folder)
    history.lead(1)
    history.publish(row_0="first", row_3="second")
    assert history.is_sound()
    assert (history.told(2) is None) == (damage != "none")


@pytest.mark.parametrize("before", [0, 1])
def test_what_only_a_removed_version_had_is_not_kept_by_its_readers(
    history: History, before: int
) -> None:
    """Whoever removed a damaged folder, as a message advises, has the link to it left."""
    for _ in range(before):
        history.publish()
    shutil.rmtree(history.publish(row_1="withdrawn later", row_2="gone"))
    history.publish(row_3="gone")
    assert history.is_sound()
    assert history.told(before + 1) is None


def test_several_damaged_versions_in_a_row(history: History) -> None:
    history.publish()
    for number in (2, 3):
        flip(history.publish(**{f"row_{number}": "changed"}) / NATIONAL)
    history.publish()
    assert history.is_sound()
    assert history.told(3) == (history.keys(2, 3), set())


def test_what_was_lost_stays_known_as_lost(history: History) -> None:
    history.publish()
    destroy(history.publish(row_0="gone"))
    history.publish(row_1="third")
    history.publish(row_1="third", row_2="fourth")
    assert history.is_sound()
    assert history.told(2) is None
    assert history.told(3) == (history.keys(2), set())
