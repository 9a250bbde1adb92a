"""Spark gives the bytes that DuckDB gives, and leaves nothing of a record anywhere.

Needs the extra `spark` and Java, which `make test-spark` installs if it can; otherwise all skip.
"""

import datetime as dt
import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest
from case_extracts import SMALL, USUAL, by, write_rows
from case_leaks import HEADER, SENTINEL, SOUND, SPOILT, holding, start, whole

from pipelines.cases.count import Counted, count_cases
from pipelines.cases.errors import CaseError

pyspark = pytest.importorskip("pyspark", reason="no PySpark: `make test-spark` installs it")
if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
    pytest.skip("no Java: `make test-spark` installs it", allow_module_level=True)
pytestmark = [pytest.mark.slow, pytest.mark.enable_socket]

LOCAL, CLUSTER = "local[2]", "local-cluster[2,1,1024]"
CAREFREE = """\
spark.authenticate.secret {secret}
spark.executor.memory 512m
spark.sql.shuffle.partitions 4
spark.io.encryption.enabled false
spark.network.crypto.enabled false
spark.eventLog.enabled true
spark.eventLog.dir file:{home}/events
spark.ui.enabled true
"""
"""An installation whose settings would leave records on the disk."""

DATES = (
    "31/13/2019", "2019-13-31", "2019-02-29", "2020-02-29", "2019-05-01T10:00:00Z", "2019/5/1",
    "2019-05-01\u2028", "2019-05-01 x\u0085", "2019-05-01 a\nb", "٢٠١٩-٠٥-٠١", "99999999999", " ",
)  # fmt: skip
AGES = ("999", "-1", "17.5", "17,0", "017", " 17 ", "17\t", "\u00a017", "120", "0")
LABELS = {
    "${spark.master}": "F", "a\\b'c": "M", 'say ""x""': "F", "`%_\\u0041": "M", "Ñandú, sí": "F",
    "two\nlines": "M", "Mujer": "F", "Hombre": "M",
}  # fmt: skip
PERSONS = ("NULL", "null", "é", "e\u0301", "É", "1", "1 ", "ß", "ss", "😀")


@pytest.fixture(scope="module", autouse=True)
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """An installation of Spark that shares only its programs with others."""
    home = tmp_path_factory.mktemp("spark")
    for path in Path(pyspark.__file__).parent.iterdir():
        (home / path.name).symlink_to(path)
    for folder in ("conf", "events", "java"):
        (home / folder).mkdir()
    settings = CAREFREE.format(secret=os.urandom(16).hex(), home=home)
    (home / "conf" / "spark-defaults.conf").write_text(settings, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SPARK_HOME", str(home))
        patch.setenv("SPARK_CONF_DIR", str(home / "conf"))
        patch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
        patch.setenv("JAVA_TOOL_OPTIONS", f"-Djava.io.tmpdir={home / 'java'}")
        yield home


def same_on_spark(extract: Path, mapping: Path, master: str = LOCAL) -> Counted:
    """Return what DuckDB counts, after comparing what Spark does."""
    expected, found = (count_cases(str(extract), mapping, master=each) for each in ("", master))
    assert found.cells.to_csv().encode() == expected.cells.to_csv().encode()
    assert found.account == expected.account
    return expected


@pytest.mark.parametrize("master", [LOCAL, CLUSTER])
def test_the_example_gives_the_same_bytes(example: Path, mapping: Path, master: str) -> None:
    assert same_on_spark(example, mapping, master).account.total == 3_000


def test_odd_text_gives_the_same_bytes(tmp_path: Path) -> None:
    odd = {"fecha": DATES, "sexo": (*LABELS, ""), "edad": AGES, "id": PERSONS}
    rows = [
        {**USUAL, "id": f"{column} {number}", column: each}
        for column, several in odd.items()
        for number, each in enumerate(several)
    ]
    rows += [dict.fromkeys(USUAL, " "), {**USUAL, "caso": "", "edad": "3"}]
    folder, mapping = tmp_path / "odd [1] {a,b}", tmp_path / "odd.yml"
    folder.mkdir()
    write_rows(folder / "1 %20#.csv", rows[:-20])
    second = write_rows(folder / "2.csv", rows[-20:])
    empty = '\n"q1","","2019-05-01",Mujer,30\n"","","","",""\n'
    second.write_bytes((second.read_bytes() + empty.encode()).replace(b"\n", b"\r\n"))
    lines = "".join(f"    {json.dumps(label)}: {code}\n" for label, code in LABELS.items())
    sex = "sex: {column: sexo, labels: {Mujer: F, Hombre: M}}\n"
    mapping.write_text(
        SMALL.replace(sex, f"sex:\n  column: sexo\n  labels:\n{lines}"), encoding="utf-8"
    )
    counted = same_on_spark(folder, mapping)
    assert counted.account.quarantined.keys() == {
        "row_is_filled", "date_is_real", "age_is_plausible",
    }  # fmt: skip


def test_accents_in_latin_1_give_the_same_bytes(tmp_path: Path) -> None:
    extract, mapping = tmp_path / "latin.csv", tmp_path / "latin.yml"
    rows = [{**USUAL, "id": f"{n}", "sexo": sex} for n, sex in enumerate(("Señora", "Señor", ""))]
    write_rows(extract, rows)
    extract.write_bytes(extract.read_bytes().decode().encode("latin-1"))
    labels = SMALL.replace("{Mujer: F, Hombre: M}", "{Señora: F, Señor: M}")
    mapping.write_text(labels + "encoding: latin-1\n", encoding="utf-8")
    assert by(same_on_spark(extract, mapping), "sex") == {"F": 1, "M": 1, "_U": 1}


def test_types_of_parquet_give_the_same_bytes(tmp_path: Path) -> None:
    day = dt.datetime(2019, 5, 1, 23, 30)
    columns = {
        "id": [0.0, 1e7, 123456789012.0, 2.5, None],
        "caso": [Decimal("1.50"), Decimal("10.00"), Decimal(0), Decimal(-1), None],
        "fecha": [day] * 5,
        "sexo": ["Mujer", None, "Hombre", "", " Mujer"],
        "edad": pd.Series([17.0, 18.0, None, 17.5, 999.0]),
    }
    (tmp_path / "mapping.yml").write_text(SMALL, encoding="utf-8")
    for fecha in ([day] * 5, [day.date()] * 5):
        pd.DataFrame({**columns, "fecha": fecha}).to_parquet(tmp_path / "typed.parquet")
        counted = same_on_spark(tmp_path / "typed.parquet", tmp_path / "mapping.yml")
        assert counted.account.rows == {"counted": 3, "age_is_plausible": 1, "person_is_given": 1}


MORE_SPOILT = {
    "an open quotation mark in the last cell": HEADER + SOUND + SOUND.replace("30", '"30'),
    "text after a quotation": HEADER + SOUND + SOUND.replace("Mujer", '"Mujer" x'),
    "not UTF-8, far below": (HEADER + SOUND * 500).encode()
    + b"SENTINEL\xff,1,2019-05-01,Mujer,30\n",
}
LONG = "too long a line"


@pytest.mark.parametrize("fault", [*SPOILT, *MORE_SPOILT])
def test_what_duckdb_refuses_spark_refuses(tmp_path: Path, fault: str) -> None:
    extract, mapping = tmp_path / "extract.csv", tmp_path / "mapping.yml"
    content = (SPOILT | MORE_SPOILT)[fault]
    extract.write_bytes(content if isinstance(content, bytes) else content.encode())
    mapping.write_text(SMALL, encoding="utf-8")
    expected, found = (_result(extract, mapping, master) for master in ("", LOCAL))
    assert SENTINEL not in expected + found
    assert fault == LONG or expected == found


def _result(extract: Path, mapping: Path, master: str) -> str:
    try:
        return str(count_cases(str(extract), mapping, master=master).account)
    except CaseError as error:
        return re.sub(r" line \d+:", "", whole(error))  # only DuckDB knows the line


@pytest.mark.parametrize(
    ("name", "layout", "message"),
    [
        ("_part.csv", "", "would skip the file '_part.csv'; rename it"),
        ("cases.sqlite", "table: x\n", "or save its table as Parquet"),
        ("cases.csv", "encoding: utf-16\n", "save the extract as UTF-8"),
        ("cases.parquet", "", "column 'id' is of type array; save it as text"),
    ],
)
def test_what_spark_would_read_otherwise_is_refused(
    tmp_path: Path, name: str, layout: str, message: str
) -> None:
    extract, mapping = tmp_path / name, tmp_path / "mapping.yml"
    mapping.write_text(SMALL + layout, encoding="utf-8")
    extract.write_text(HEADER, encoding="utf-16" if layout else "utf-8")
    if name.endswith("parquet"):
        pd.DataFrame([{**USUAL, "id": ["1"]}]).to_parquet(extract)
    if name.endswith("sqlite"):
        extract.unlink()
        with sqlite3.connect(extract) as database:
            pd.DataFrame([USUAL]).to_sql("x", database, index=False)
        database.close()
    with pytest.raises(CaseError, match=message):
        count_cases(str(extract), mapping, master=LOCAL)


def test_why_spark_did_not_start_is_named(example: Path, mapping: Path) -> None:
    with pytest.raises(CaseError, match=r"Spark did not start: .*Could not parse Master URL"):
        count_cases(str(example), mapping, master="nowhere")


def test_nothing_is_left_on_any_disk(large: Path, places: list[Path], installation: Path) -> None:
    process = start(large, places, "--engine", "spark", "--master", CLUSTER)
    texts = process.communicate()
    assert process.returncode == 0, texts
    assert "150 000 filas leídas" in texts[0]
    assert not [text for text in texts if SENTINEL in text or "Traceback" in text]
    assert list(holding([*places, *own_folders(installation)])) == []
    assert not list((installation / "events").iterdir()), "its event log is another's to read"
    assert [path.name for path in places[0].rglob("*") if path.is_file()] == ["cases"], "the lock"


def test_what_is_left_after_a_kill_cannot_be_read(
    large: Path, places: list[Path], installation: Path
) -> None:
    spill = places[0] / "data" / ".case_spill"
    process = start(large, places, "--engine", "spark", "--master", CLUSTER)
    while process.poll() is None and not _shuffled(spill):
        with suppress(subprocess.TimeoutExpired):
            process.wait(0.02)
    assert process.poll() is None, process.communicate()
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    assert _shuffled(spill), "it was killed while records were on the disk"
    assert list(holding([*places, *own_folders(installation)])) == [], "they are encrypted"
    after = start(places[0] / "no_such_file.csv", places)
    assert "no existe ese archivo" in after.communicate()[1]
    assert not spill.exists()


def own_folders(installation: Path) -> list[Path]:
    """Return the folders that Spark may write to, without its programs."""
    assert (installation / "work").is_dir(), "what the workers of a local cluster print is there"
    return [path for path in installation.iterdir() if not path.is_symlink()]


def _shuffled(spill: Path) -> list[Path]:
    """Return the files with records on their way from one worker to another."""
    with suppress(FileNotFoundError):
        return [path for path in spill.rglob("shuffle_*.data") if path.stat().st_size]
    return []
