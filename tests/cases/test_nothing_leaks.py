"""Nothing of a record is in a message, an exception or a file: after success, failure, kill -9."""

import signal
import subprocess
from contextlib import suppress
from pathlib import Path

import duckdb
import pandas as pd
import pytest
from case_leaks import HEADER, SENTINEL, SOUND, SPOILT, holding, start, whole
from command import process as on_its_own
from command import tipstat

from pipelines.cases.begin import begun_mapping
from pipelines.cases.count import count_cases
from pipelines.cases.errors import CaseError
from pipelines.cases.example import write_example
from pipelines.lib import paths

LITTLE = ("--memory", "70MB")
RELEASE = ("--release", "2026-01-31", "--out", "out")
"""Options of a count; the folder is in that of the user."""


@pytest.mark.parametrize("fault", SPOILT)
def test_no_message_shows_anything_of_a_record(tmp_path: Path, small: Path, fault: str) -> None:
    extract, content = tmp_path / "extract.csv", SPOILT[fault]
    extract.write_bytes(content if isinstance(content, bytes) else content.encode())
    for read in (
        lambda: count_cases(str(extract), small).account,
        lambda: begun_mapping(str(extract), "CRI", ""),
    ):
        try:
            shown = str(read())
        except CaseError as error:
            shown = whole(error)
        assert SENTINEL not in shown
    assert not paths.case_spill().exists()


@pytest.mark.parametrize(
    ("persons", "shown"),
    [(10, r"'femenino' \(10 persons\); add"), (1, "1 that fewer than 10 persons have")],
)
def test_a_label_is_shown_that_ten_persons_have(
    tmp_path: Path, small: Path, persons: int, shown: str
) -> None:
    extract = tmp_path / "extract.csv"
    row = SOUND.replace("Mujer", "femenino")
    rows = [row.replace(SENTINEL, f"{SENTINEL}{each % persons}", 1) for each in range(10)]
    extract.write_text(HEADER + "".join(rows), encoding="utf-8")
    with pytest.raises(CaseError, match=shown) as refused:
        count_cases(str(extract), small)
    assert persons > 1 or "femenino" not in str(refused.value)


@pytest.mark.slow
@pytest.mark.parametrize("is_full", [False, True], ids=["success", "a full disk"])
def test_nothing_is_left_after_success_and_failure(
    large: Path, places: list[Path], *, is_full: bool
) -> None:
    process = start(large, places, *LITTLE, most_bytes=1_000_000 if is_full else -1)
    texts = process.communicate()
    assert process.returncode == int(is_full), texts
    assert "el disco está lleno" in texts[1] if is_full else "150 000 filas leídas" in texts[0]
    assert bool(texts[0]) != is_full
    assert not [text for text in texts if SENTINEL in text or "Traceback" in text]
    assert list(holding(places)) == []
    assert [path.name for path in places[0].rglob("*") if path.is_file()] == ["cases"], "the lock"


@pytest.mark.slow
def test_nothing_of_a_record_is_in_release_report_or_version(places: list[Path]) -> None:
    home, user, _ = places
    extract = home.parent / "extract.csv"
    write_example(extract, 2_000, 1)
    text = extract.read_text(encoding="utf-8")
    extract.write_text(text.replace("V-", f"{SENTINEL}-").replace("C-", f"{SENTINEL}-"), "utf-8")
    process = start(extract, places, *RELEASE, verb="count")
    counted = process.communicate()
    assert process.returncode == 0, counted
    assert sorted(path.name for path in (user / "out").iterdir()) == [
        "certificate.csv.gz", "mex_case_records.yml", "printed.csv",
    ]  # fmt: skip
    printed = pd.read_csv(user / "out" / "printed.csv")
    assert set(printed["conf_status"]) > {"F", "A"}
    is_known = ~printed.isin(["_U"]).any(axis=1)
    assert not printed.loc[is_known, "value"].between(1, 4).any()
    report = (user / "out-report.html").read_text(encoding="utf-8")
    assert "Filas del extracto" in report
    assert "<td>2\u202f000" in report, "the account adds up to the rows of the extract"
    added = tipstat("cases", "add", str(user / "out"), home=home)
    ran = on_its_own("run", home=home)  # the graph of this process has no such source
    assert (added.returncode, ran.returncode) == (0, 0), (added.stderr, ran.stderr)
    proofs = home / "data" / "published" / "extracts" / "certificates" / "mex_case_records"
    proven = tipstat(
        "prove", *(str(proofs / name) for name in ("printed.csv", "certificate.csv.gz")), home=home
    )
    assert proven.returncode == 0, proven.stdout
    assert list(holding(places)) == []
    assert not [text for text in (added, ran, *counted) if SENTINEL in str(text)]
    _assert_no_table_holds(home / "data" / "published" / "current" / "warehouse" / "tipstat.duckdb")


def _assert_no_table_holds(warehouse: Path) -> None:
    """Look into the columns themselves, which DuckDB compresses."""
    with duckdb.connect(warehouse, read_only=True) as connection:
        tables = connection.execute(
            "select schema_name || '.' || table_name from duckdb_tables()"
        ).fetchall()
        for (table,) in tables:
            found = connection.execute(
                f"select count(*) from {table} as line where line::varchar like '%{SENTINEL}%'"
            ).fetchall()
            assert found == [(0,)], table


@pytest.mark.slow
def test_what_a_killed_process_spilled_is_removed_by_the_next(
    large: Path, places: list[Path]
) -> None:
    process = start(large, places, *LITTLE, *RELEASE, verb="count")
    while process.poll() is None and not list(holding(places)):
        with suppress(subprocess.TimeoutExpired):
            process.wait(0.02)
    assert process.poll() is None, process.communicate()
    process.send_signal(signal.SIGKILL)
    process.communicate()
    left = list(holding(places))
    assert left, "it was killed while records were on the disk"
    spill = places[0] / "data" / ".case_spill"
    assert {path.parent for path in left} == {spill}
    assert spill.stat().st_mode & 0o77 == 0, "nobody else may look into it"
    assert [path.name for path in places[1].iterdir() if "out" in path.name] == []
    after = start(places[0] / "no_such_file.csv", places)
    assert "no existe ese archivo" in after.communicate()[1]
    assert list(holding(places)) == []
    assert not spill.exists()
