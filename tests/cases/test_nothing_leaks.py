"""Nothing of a record is in a message, an exception or a file: after success, failure, kill -9."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from case_extracts import MAPPING, SMALL
from command import WHOLE

from pipelines.cases.begin import begun_mapping
from pipelines.cases.count import count_cases
from pipelines.cases.errors import CaseError
from pipelines.cases.example import write_example
from pipelines.lib import paths

SENTINEL = "SENTINEL"
HEADER = "id,caso,fecha,sexo,edad\n"
SOUND = f"{SENTINEL}1,{SENTINEL},2019-05-01,Mujer,30\n"

SPOILT = {
    "a cell too many": HEADER + SOUND + SOUND.replace("30", f"30,{SENTINEL}"),
    "a cell too few": HEADER + SOUND + f"{SENTINEL},1\n",
    "an open quotation mark": HEADER + SOUND + f'"{SOUND}' * 3,
    "no header": SOUND * 2,
    "no header, other number of cells": f"{SENTINEL},{SENTINEL}\n{SOUND}",
    "not UTF-8": (HEADER + SOUND).encode() + b"SENTINEL\xff,1,2019-05-01,Mujer,30\n",
    "a rare label": HEADER + SOUND + SOUND.replace("Mujer", SENTINEL) * 9,
    "many labels": HEADER
    + "".join(SOUND.replace("Mujer", f"{SENTINEL}{each}") * 10 for each in range(21)),
    "too long a line": HEADER + SOUND + SOUND.replace("1", SENTINEL * 300_000, 1),
    "no date": HEADER + SOUND.replace("2019-05-01", SENTINEL),
    "nothing": "",
}


@pytest.mark.parametrize("fault", SPOILT)
def test_no_message_shows_anything_of_a_record(tmp_path: Path, fault: str) -> None:
    extract, mapping = tmp_path / "extract.csv", tmp_path / "mapping.yml"
    content = SPOILT[fault]
    extract.write_bytes(content if isinstance(content, bytes) else content.encode())
    mapping.write_text(SMALL, encoding="utf-8")
    for shown in (_result(extract, mapping), _proposal(extract)):
        assert SENTINEL not in shown
    assert not paths.case_spill().exists()


def _result(extract: Path, mapping: Path) -> str:
    try:
        return str(count_cases(str(extract), mapping).account)
    except CaseError as error:
        return _whole(error)


def _proposal(extract: Path) -> str:
    try:
        return begun_mapping(str(extract), "CRI", "")
    except CaseError as error:
        return _whole(error)


def _whole(error: CaseError) -> str:
    assert error.__cause__ is None
    assert error.__context__ is None, "an engine's error quotes cells"
    return str(error)


def test_a_label_of_ten_rows_is_shown(tmp_path: Path) -> None:
    extract, mapping = tmp_path / "extract.csv", tmp_path / "mapping.yml"
    extract.write_text(HEADER + SOUND.replace("Mujer", "femenino") * 10, encoding="utf-8")
    mapping.write_text(SMALL, encoding="utf-8")
    with pytest.raises(CaseError, match=r"'femenino' \(10 rows\); add each under 'sex: labels'"):
        count_cases(str(extract), mapping)


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An extract that does not fit into the memory given, with a sentinel in each identifier."""
    path = tmp_path_factory.mktemp("large") / "extract.csv"
    write_example(path, 150_000, 1)
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("V-", f"{SENTINEL}-"), encoding="utf-8")
    return path


@pytest.fixture
def places(tmp_path: Path, own_home: Path) -> list[Path]:
    """The folders in which a process may leave something: project, user's own, temporary."""
    (tmp_path / "mapping.yml").write_text(MAPPING, encoding="utf-8")
    (tmp_path / "plan.csv").write_text("scope,dimensions\nnation,sex\n", encoding="utf-8")
    folders = [own_home, tmp_path / "user", tmp_path / "temporary"]
    for folder in folders:
        folder.mkdir(exist_ok=True)
    return folders


def start(extract: Path, places: list[Path]) -> subprocess.Popen[str]:
    """Start to plan an extract with little memory."""
    home, user, temporary = map(str, places)
    environment = {**os.environ, "TIPSTAT_HOME": home, "HOME": user, "TMPDIR": temporary}
    mapping, plan = (str(places[0].parent / name) for name in ("mapping.yml", "plan.csv"))
    arguments = ["cases", "plan", str(extract), mapping, "--plan", plan, "--memory", "40MB"]
    return subprocess.Popen(
        [sys.executable, *WHOLE, *arguments],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment, cwd=user,
    )  # fmt: skip


def holding(places: list[Path]) -> Iterator[Path]:
    """Yield the files that hold a sentinel."""
    for folder in places:
        for path in folder.rglob("*"):
            try:
                if path.is_file() and SENTINEL.encode() in path.read_bytes():
                    yield path
            except FileNotFoundError:
                continue


@pytest.mark.slow
@pytest.mark.parametrize("fault", ["", "an unknown label"])
def test_nothing_is_left_after_success_and_failure(
    large: Path, places: list[Path], fault: str
) -> None:
    if fault:
        mapping = places[0].parent / "mapping.yml"
        mapping.write_text(MAPPING.replace("Otro: _O", "Outro: _O"), encoding="utf-8")
    process = start(large, places)
    texts = process.communicate()
    assert process.returncode == int(bool(fault)), texts
    assert "'Otro'" in texts[1] if fault else "150,000 rows in" in texts[0]
    assert not [text for text in texts if SENTINEL in text or "Traceback" in text]
    assert list(holding(places)) == []
    assert [path.name for path in places[0].rglob("*") if path.is_file()] == ["cases"], "the lock"


@pytest.mark.slow
def test_what_a_killed_process_spilled_is_removed_by_the_next(
    large: Path, places: list[Path]
) -> None:
    process = start(large, places)
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
    after = start(places[0] / "no_such_file.csv", places)
    assert "no such file" in after.communicate()[1]
    assert list(holding(places)) == []
    assert not spill.exists()
