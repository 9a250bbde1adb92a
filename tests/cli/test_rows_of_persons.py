"""Rows that describe persons are counted and dropped: nothing of one is kept, shown or shipped."""

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from command import tipstat
from conftest import ROOT
from hotline import FILES, LINE, PEOPLE, PERSONS, written

from pipelines.harmonised.harmonise import harmonise
from pipelines.sources import File, FileRefusedError
from pipelines.sources.arg_linea145 import LISTED
from schemas import codelists

pytestmark = pytest.mark.usefixtures("one_detector")

MOMENT = r"\d{4}-\d\d-\d\d \d\d:\d\d"


def spoilt(path: Path, fault: str) -> Path:
    """Spoils a file of persons as files are spoilt."""
    header, *lines = path.read_text("utf-8-sig").splitlines()
    if fault == "a column missing":
        header = header.replace("genero,", "")
    elif fault == "no header":
        header = lines[0]
    elif fault == "a ragged row":
        lines[3] = "SENTINELA-0," + lines[3]
    text = "\n".join([header, *lines]) + "\n"
    path.write_bytes(text.encode() + (b"SENTINELA-\xff," if fault == "not UTF-8" else b""))
    return path


SPOILT = ("a column missing", "no header", "a ragged row", "not UTF-8")
UNKNOWN = ("genero", "referido_tipo", "edad_aparente", "fecha_ingreso_denuncia")


@pytest.mark.parametrize("fault", [*SPOILT, *UNKNOWN, "subtema"])
def test_a_refusal_shows_nothing_of_a_row(tmp_path: Path, fault: str) -> None:
    odd = {fault: "SENTINELA-0"} if fault in (*UNKNOWN, "subtema") else {}
    copies = 400 if fault == "subtema" else 1  # one text of a caller's own is no fault
    path = written(tmp_path / "p.csv", PERSONS, *PEOPLE, (odd, copies))
    with pytest.raises(FileRefusedError) as caught:
        harmonise(LINE, "2022-12-31", File(spoilt(path, fault)))
    assert "SENTINELA" not in str(caught.value)
    assert str(caught.value).startswith(f"{path}: ")
    assert caught.value.__cause__ is None


@pytest.mark.parametrize("fault", ["none", "a column missing", "a ragged row"])
@pytest.mark.slow
def test_nothing_of_a_row_is_kept_or_shown(tmp_path: Path, fault: str) -> None:
    home, path = tmp_path / "home", tmp_path / "persons.csv"
    (home / "data").mkdir(parents=True)
    spoilt(written(path, PERSONS, *PEOPLE), fault)
    days = ("--release", "2022-12-31", "--retrieved", "2023-01-02", "--by", "A")
    runs = [
        tipstat("validate", str(path), "--source", "arg_linea145", home=home),
        tipstat("add-release", str(path), "--source", "arg_linea145", *days, home=home),
    ]
    assert [each.returncode for each in runs] == [int(fault != "none")] * 2
    assert not any("Traceback" in each.stderr for each in runs)
    kept = [file for file in home.rglob("*") if file.is_file()]
    kept = [path for path in kept if path.name != ".lock"]
    assert len(kept) == (3 if fault == "none" else 0), "figure table, findings, manifest"
    texts = [each.stdout + each.stderr for each in runs] + [file.read_text() for file in kept]
    assert not [text for text in texts if "SENTINELA" in text]


def test_nothing_of_the_publishers_rows_is_in_the_project(publisher_file: Callable) -> None:
    tables = [codelists.read_list(publisher_file(f"arg_linea145/{name}")) for name in FILES]
    cells = {
        text
        for table in tables
        for name in table.columns.drop(list(table.filter(regex="provincia|localidad")))
        for text in table[name].unique()
    }
    ids = {text for table in tables for text in table["nro_registro_interno"]}
    moments = {text for text in cells if re.fullmatch(MOMENT, text)}
    words = {text for text in cells if len(text) > 20 and text.casefold() not in LISTED}
    words -= {"Ministerio de Seguridad"}  # other states have one too
    assert [len(texts) > 100 for texts in (ids, moments, words)] == [True] * 3
    listed = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listed, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for path in (ROOT / name for name in names.splitlines()):
        text = path.read_text("utf-8", errors="ignore") if path.is_file() else ""
        assert ids.isdisjoint(re.findall(r"\b\d{9,10}\b", text)), path
        assert moments.isdisjoint(re.findall(MOMENT, text)), path
        assert not any(word in text for word in words), path
