"""Nothing of a record is in a message, an exception or a file: after success, failure, kill -9."""

import signal
import subprocess
from contextlib import suppress
from pathlib import Path

import pytest
from case_extracts import MAPPING, SMALL
from case_leaks import HEADER, SENTINEL, SOUND, SPOILT, holding, start, whole

from pipelines.cases.begin import begun_mapping
from pipelines.cases.count import count_cases
from pipelines.cases.errors import CaseError
from pipelines.lib import paths

LITTLE = ("--memory", "40MB")


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
        return whole(error)


def _proposal(extract: Path) -> str:
    try:
        return begun_mapping(str(extract), "CRI", "")
    except CaseError as error:
        return whole(error)


def test_a_label_of_ten_rows_is_shown(tmp_path: Path) -> None:
    extract, mapping = tmp_path / "extract.csv", tmp_path / "mapping.yml"
    extract.write_text(HEADER + SOUND.replace("Mujer", "femenino") * 10, encoding="utf-8")
    mapping.write_text(SMALL, encoding="utf-8")
    with pytest.raises(CaseError, match=r"'femenino' \(10 rows\); add each under 'sex: labels'"):
        count_cases(str(extract), mapping)


@pytest.mark.slow
@pytest.mark.parametrize("fault", ["", "an unknown label"])
def test_nothing_is_left_after_success_and_failure(
    large: Path, places: list[Path], fault: str
) -> None:
    if fault:
        mapping = places[0].parent / "mapping.yml"
        mapping.write_text(MAPPING.replace("Otro: _O", "Outro: _O"), encoding="utf-8")
    process = start(large, places, *LITTLE)
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
    process = start(large, places, *LITTLE)
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
