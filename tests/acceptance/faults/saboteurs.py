"""States that are broken on purpose: the invariants, and readers, must notice each."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pandas as pd

from pipelines.harmonised.release_files import Release
from pipelines.lib.digest import sha256
from pipelines.raw import fingerprint


@dataclass(frozen=True)
class Saboteur:
    """One way to break a project.

    Attributes:
        invariant: the number of the invariant that does not hold afterwards.
        act: breaks it.
        message: what the invariant must then report, besides other words.
    """

    invariant: int
    act: Callable[[Path], None]
    message: str

    def __str__(self) -> str:
        """Return its name in words."""
        return f"{self.invariant}: {self.act.__name__.replace('_', ' ').strip()}"

    def is_noticed(self, found: list[str]) -> bool:
        """Return True if the invariant that it broke is among those found."""
        return any(
            line.startswith(f"{self.invariant}: ") and self.message in line for line in found
        )


def _published(home: Path) -> Path:
    return home / "data/published"


def _writable(file: Path) -> Path:
    file.chmod(0o644)  # what is published may only be read
    return file


def _lead_the_site_elsewhere(home: Path) -> None:
    link = _published(home) / "site"
    link.unlink()
    link.symlink_to(Path("versions") / "2000-01-01T000000.000Z" / "site")


def _flip_a_bit(home: Path) -> None:
    file = _writable(_published(home) / "current/site/index.html")
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)


def _name_half_a_version(home: Path) -> None:
    (_published(home) / "versions/2001-01-01T000000.000Z/site").mkdir(parents=True)


def _change_a_figure(home: Path) -> None:
    file = _harmonised(home, "rows.parquet")
    rows = pd.read_parquet(file)
    figure = ["value", "lower", "upper"]  # all three: else the contract notices
    _write(rows.assign(**(rows[figure] + 1)), file)


def _spoil_the_manifest(home: Path) -> None:
    (home / "data/raw/manifest.csv").write_text("nothing", encoding="utf-8")


def _count_a_row_less(home: Path) -> None:
    """Take the same row from what goes in and what comes out: it still adds up."""
    file = _harmonised(home, "row_account.parquet")
    account = pd.read_parquet(file)
    _write(account.assign(rows=account["rows"] - 1), file)


def _drop_a_row(home: Path) -> None:
    file = _harmonised(home, "rows.parquet")
    _write(pd.read_parquet(file).iloc[1:], file)


def _let_out_a_secret(home: Path) -> None:
    _update(home, "set conf_status = 'C'")


def _show_a_suppressed_figure(home: Path) -> None:
    _update(home, "set obs_status = 'B;Q'")


def _harmonised(home: Path, name: str) -> Path:
    return next((home / "data/harmonised/usa_sdg").glob(f"*/{name}"))


def _write(frame: pd.DataFrame, file: Path) -> None:
    """Write a harmonised file and stamp it, as an error in the code would: no damage is seen."""
    frame.to_parquet(file, index=False)
    release = Release(file.parents[2], file.parents[1].name, file.parent.name)
    made_from, _ = release.stamp.read_text(encoding="utf-8").splitlines()
    files = fingerprint.of_texts(*map(sha256, release.files))
    release.stamp.write_text(f"{made_from}\n{files}", encoding="utf-8")


def _update(home: Path, change: str) -> None:
    file = _writable(_published(home) / "current/warehouse/tipstat.duckdb")
    with duckdb.connect(file) as connection:
        connection.execute(f"update harmonised.observation {change} where source = 'usa_sdg'")


def _mix_two_versions(home: Path) -> None:
    stamp = _writable(_published(home) / "current/site/fingerprint")
    stamp.write_text("another", encoding="utf-8")


def _take_the_version_away(home: Path) -> None:
    (_published(home) / "current").unlink()


OF_INVARIANTS = (
    Saboteur(1, _lead_the_site_elsewhere, "not of one version"),
    Saboteur(2, _flip_a_bit, "index.html: its bytes are not those that were published"),
    Saboteur(2, _name_half_a_version, "manifest.json: cannot be read"),
    Saboteur(4, _change_a_figure, "rows.parquet is not as in a run that never failed"),
    Saboteur(4, _spoil_the_manifest, "the next run fails"),
    Saboteur(5, _count_a_row_less, "rows were lost"),
    Saboteur(5, _drop_a_row, "rows were lost"),
    Saboteur(6, _let_out_a_secret, "not free for publication"),
    Saboteur(6, _show_a_suppressed_figure, "suppressed figures have a value"),
)
"""The words of a failure (3) are broken by a test of their own: no state holds them."""
OF_READERS = (
    Saboteur(2, _mix_two_versions, "not of one version"),
    Saboteur(1, _take_the_version_away, "cannot be read"),
)
"""What a reader must notice that reads once."""
