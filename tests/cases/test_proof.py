"""The checker refuses forgeries of a printed table or its certificate, and needs Python alone."""

import csv
import gzip
import itertools
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from case_tables import (
    STATE,
    by_area,
    plan,
    random_cells,
    releases,
    with_late_cases,
)

from pipelines.cases import certify, check, printed
from pipelines.cases.block import thresholds
from pipelines.cases.protect import Policy, protect

Rows = list[dict[str, str]]
CHECKER = Path(check.__file__)


@pytest.fixture(scope="module")
def pair() -> tuple[Rows, Rows]:
    """Return a printed table of two releases and its certificate."""
    cells = random_cells(11, (4, 2, 2, 3), 300)
    figures = releases([cells, with_late_cases(cells, 1, 12)], plan(1, 1))
    certificate, gaps = certify.certify(figures)
    assert gaps == 0
    return _rows(figures[list(printed.COLUMNS)]), _rows(certificate)


def _rows(frame: pd.DataFrame) -> Rows:
    text = frame.astype(object).where(frame.notna(), "").astype(str)
    return text.to_dict("records")


def _first(rows: Rows, status: str) -> dict[str, str]:
    return next(row for row in rows if row["conf_status"] == status)


def _exact(row: dict[str, str], value: str) -> None:
    row.update(value=value, lower="", upper="", conf_status="F")


def _one_more(table: Rows, _: Rows) -> None:
    row = _first(table, "F")
    row["value"] = str(int(row["value"]) + 1)


def _without(table: Rows, key: Callable[[dict[str, str]], bool]) -> None:
    table[:] = [row for row in table if not key(row)]


def _later(witnesses: Rows) -> dict[str, str]:
    return next(row for row in witnesses if row["release"] == "2022-06-30")


FORGERIES: dict[str, Callable[[Rows, Rows], object]] = {
    "a printed figure is one higher": _one_more,
    "a complementary figure is printed": lambda t, _: _exact(_first(t, "S"), "17"),
    "a small count is printed": lambda t, _: _exact(_first(t, "A"), "3"),
    "a small count has narrower bounds": lambda t, _: _first(t, "A").update(upper="7"),
    "a small count may be zero": lambda t, _: _first(t, "A").update(lower="0"),
    "a count of detail is small below 5": lambda t, _: _first(t, "A").update(upper="4"),
    "a complementary figure may be small": lambda t, _: _first(t, "S").update(lower="0"),
    "a hidden figure has a value too": lambda t, _: _first(t, "S").update(value="17"),
    "a small change has narrower bounds": lambda t, _: _first(t, "Q").update(upper="99"),
    "an unknown status": lambda t, _: _first(t, "A").update(conf_status="N"),
    "a figure is printed twice": lambda t, _: t.append(dict(t[3])),
    "a figure of another state": lambda t, _: t[0].update(ref_area="ARG"),
    "a block without certificate": lambda t, _: t.extend([r | {"time_period": "9"} for r in t]),
    "a witness of a block not printed": lambda _, c: c[0].update(time_period="2031"),
    "no certificate": lambda _, c: c.clear(),
    "a person more in a witness": lambda _, c: c[0].update(count=str(int(c[0]["count"]) + 1)),
    "a negative count": lambda _, c: c[0].update(count="-3"),
    "half a person": lambda _, c: c[0].update(count="1.5"),
    "a witness is left out": lambda _, c: _without(c, lambda row: row["witness"] == "1"),
    "a cell twice": lambda _, c: c.insert(1, dict(c[0])),
    "a total in a witness": lambda _, c: c[0].update(sex="_T"),
    "a code that is not printed": lambda _, c: c[0].update(sex="X"),
    "a release that is not printed": lambda _, c: c[0].update(release="2020-01-01"),
    "cases withdrawn": lambda _, c: c.remove(_later(c)),
    "a column is missing": lambda _, c: [row.pop("citizenship") for row in c],
    "only one release is certified": lambda _, c: _without(c, lambda r: r["release"] > "2022"),
}


@pytest.mark.parametrize("forgery", ["", *FORGERIES])
def test_only_the_untouched_pair_is_accepted(
    forgery: str, pair: tuple[Rows, Rows], tmp_path: Path
) -> None:
    table, witnesses = ([dict(row) for row in rows] for rows in pair)
    names = list(witnesses[0])
    if forgery:
        FORGERIES[forgery](table, witnesses)
    files = [tmp_path / "printed.csv", tmp_path / "certificate.csv.gz"]
    with files[0].open("w", encoding="utf-8") as file:
        _write(file, table, list(table[0]))
    with gzip.open(files[1], "wt", encoding="utf-8") as file:
        _write(file, witnesses, list(witnesses[0]) if witnesses else names)
    assert _exit_code(files) == (1 if forgery else 0)


def test_a_small_count_is_never_exact(tmp_path: Path) -> None:
    table, witness = tmp_path / "printed.csv", tmp_path / "certificate.csv.gz"
    figures = protect(by_area([10, 30]), plan(0, 0), Policy(STATE, "2021-06-30"))
    for small, code in ((10, 0), (9, 1)):
        printed.write(figures.replace({"value": {10: small, 40: small + 30}}), table)
        rows = certify.certify(printed.figures(table))[0]
        certify.write(rows, witness)
        assert _exit_code([table, witness]) == code


def test_thresholds_are_those_of_the_protection() -> None:
    codes = [("BRA", "BR-SP"), ("F", "_T"), ("Y0T17", "_T"), ("SX", "_T"), ("NAT", "_T")]
    cells = [*itertools.product(*codes)]
    told = "it knows nothing of ours: write SMALL and SMALL_DETAIL in pipelines/cases/check.py"
    assert [*map(check.threshold, cells)] == [*thresholds(cells)], told


def _write(file: object, rows: Rows, names: list[str]) -> None:
    writer = csv.DictWriter(file, names)  # type: ignore[arg-type]
    writer.writeheader()
    writer.writerows(rows)


def _exit_code(files: list[Path]) -> int:
    command = [sys.executable, "-I", CHECKER, *files]
    return subprocess.run(command, check=False, capture_output=True).returncode


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    good, damaged = tmp_path / "printed.csv", tmp_path / "certificate.csv.gz"
    printed.write(protect(by_area([20, 30]), plan(0, 0), Policy(STATE, "2021-06-30")), good)
    assert _exit_code([good, damaged]) == 2
    damaged.write_bytes(gzip.compress(b"indicator,time_period" * 99)[:-20])
    assert _exit_code([good, damaged]) == 2
    damaged.write_bytes(b"no archive")
    assert _exit_code([good, damaged]) == 2
    assert _exit_code([good]) == 2


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\x89\xff\x00random", "printed.csv: cannot be read ('utf-8' codec"),
        (b"", "printed.csv: empty; the columns are not indicator,"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(
    tmp_path: Path, content: bytes, words: str, capsys: pytest.CaptureFixture
) -> None:
    table = tmp_path / "printed.csv"
    table.write_bytes(content)
    assert check.main([str(table), str(table)]) > 0
    assert words in capsys.readouterr().out


CELL_ZERO = "V,2020,0,2021-06-30,BR-00,_T,_T,_T,_T,0\n"


@pytest.mark.parametrize(
    ("start", "content", "fault"),
    [
        ("", "x", "the columns are not"),
        (",".join(certify.COLUMNS) + "\n", "x,", "line 2: not a row"),
        (",".join(certify.COLUMNS) + "\n", CELL_ZERO, "doubled"),
        (",".join(certify.COLUMNS) + "\n", '"', "line 2: not a row"),
    ],
)
def test_a_bomb_is_refused_before_it_fills_the_memory(
    start: str, content: str, fault: str, tmp_path: Path
) -> None:
    good, bomb = tmp_path / "printed.csv", tmp_path / "certificate.csv.gz"
    printed.write(protect(by_area([20, 30]), plan(0, 0), Policy(STATE, "2021-06-30")), good)
    members = [start.encode(), *[content.encode() * (5_000_000 // len(content))] * 2]
    head, *rest = map(gzip.compress, members)
    bomb.write_bytes(head + b"".join(rest) * 20)
    limited = subprocess.run(
        [sys.executable, "-I", CHECKER, good, bomb], check=False, capture_output=True, text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (200_000_000, 200_000_000)),
    )  # fmt: skip
    assert (limited.returncode, limited.stderr) == (1, "")
    assert fault in limited.stdout


def test_the_checker_is_short_and_needs_python_alone() -> None:
    text = CHECKER.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 175
    lines = [line.split()[1] for line in text.splitlines() if line.startswith(("import", "from"))]
    assert {name.split(".")[0] for name in lines} <= sys.stdlib_module_names


def test_the_certificate_has_the_same_bytes_each_time(tmp_path: Path) -> None:
    figures = protect(random_cells(12), plan(1, 1), Policy(STATE, "2021-06-30"))
    written = []
    for name in ("a.csv.gz", "b.csv.gz"):
        certify.write(certify.certify(figures)[0], tmp_path / name)
        written.append((tmp_path / name).read_bytes())
    assert written[0] == written[1]
