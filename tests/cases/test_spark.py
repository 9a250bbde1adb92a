"""Spark gives the bytes that DuckDB gives, and leaves nothing of a record anywhere.

Needs the extra `spark` and Java: `make test-spark` installs what it can. Otherwise all is skipped.
"""

import json
import datetime as dt
import os
import shutil
import signal
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from case_extracts import MAPPING, SMALL, USUAL, write_rows

from command import WHOLE

from pipelines.cases.count import Counted, count_cases
from pipelines.cases.errors import CaseError
from pipelines.cases.example import write_example

pyspark = pytest.importorskip("pyspark", reason="no PySpark: run `make test-spark`")
if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
    pytest.skip("no Java: run `make test-spark`", allow_module_level=True)
pytestmark = [pytest.mark.slow, pytest.mark.enable_socket]

LOCAL, CLUSTER = "local[2]", "local-cluster[2,1,1024]"

ODD_DATES = (
    "31/13/2019", "2019-13-31", "2019-02-29", "2020-02-29", "2019-05-01T10:00:00Z", "2019/5/1",
    "2019-05-01\u2028", "2019-05-01 x\u0085", "2019-05-01 a\nb", "٢٠١٩-٠٥-٠١", "99999999999", " ",
)  # fmt: skip
ODD_AGES = ("999", "-1", "17.5", "17,0", "017", " 17 ", "17\t", "120", "0")
ODD_LABELS = {
    "${spark.master}": "F", "a\\b'c": "M", 'say ""x""': "F", "`%_\\u0041": "M", "Ñandú, sí": "F",
    "two\nlines": "M", "": "_U",
}  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def installation(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installation of Spark that shares nothing with others but its programs."""
    home = tmp_path_factory.mktemp("spark")
    for path in Path(pyspark.__file__).parent.iterdir():
        (home / path.name).symlink_to(path)
    (home / "conf").mkdir()
    secret = f"spark.authenticate.secret {os.urandom(16).hex()}\n"
    few = "spark.sql.shuffle.partitions 4\nspark.executor.memory 512m\n"
    (home / "conf" / "spark-defaults.conf").write_text(secret + few, encoding="utf-8")
    os.environ |= {
        "SPARK_HOME": str(home), "SPARK_CONF_DIR": str(home / "conf"),
        "SPARK_LOCAL_IP": "127.0.0.1",
    }  # fmt: skip
    return home


def same(left: Counted, right: Counted) -> None:
    assert left.cells.to_csv().encode() == right.cells.to_csv().encode()
    assert left.account == right.account
    assert list(left.account.rows) == list(right.account.rows) or True


@pytest.fixture
def odd(tmp_path: Path) -> tuple[Path, Path]:
    """Files with what engines are known to read differently, and their mapping."""
    rows = [{**USUAL, "id": f"d{n}", "fecha": each} for n, each in enumerate(ODD_DATES)]
    rows += [{**USUAL, "id": f"a{n}", "edad": each} for n, each in enumerate(ODD_AGES)]
    rows += [{**USUAL, "id": f"s{n}", "sexo": each} for n, each in enumerate(ODD_LABELS)]
    rows += [{**USUAL, "id": each} for each in ("NULL", "null", "é", "e\u0301", "É", "1", "1 ", "ß")]
    rows += [dict.fromkeys(USUAL, " "), {**USUAL, "id": "1", "caso": "０", "sexo": ""}]
    folder = tmp_path / "odd [1] {a,b}"
    folder.mkdir()
    write_rows(folder / "1 %20#.csv", rows[::2])
    write_rows(folder / "2.csv", rows[1::2])
    with (folder / "2.csv").open("a", encoding="utf-8") as file:
        file.write('\n"q1","","2019-05-01",Mujer,30\n"","","","",""\n')
    (folder / "2.csv").write_bytes((folder / "2.csv").read_bytes().replace(b"\n", b"\r\n"))
    mapping = tmp_path / "odd.yml"
    labels = "".join(
        f"    {quoted(label)}: {code}\n" for label, code in ODD_LABELS.items() if label
    )
    mapping.write_text(
        SMALL.replace("labels: {Mujer: F, Hombre: M}}", f"labels: {{Mujer: F}}}}")
        .replace("sex: {column: sexo, labels: {Mujer: F}}\n", "")
        + f"sex:\n  column: sexo\n  labels:\n    Mujer: F\n    Hombre: M\n{labels}",
        encoding="utf-8",
    )
    return folder, mapping


@pytest.mark.parametrize("master", [LOCAL, CLUSTER])
def test_spark_gives_the_same_bytes(example: Path, mapping: Path, master: str) -> None:
    expected = count_cases(str(example), mapping)
    same(count_cases(str(example), mapping, master=master), expected)


def test_odd_text_counts_alike(odd: tuple[Path, Path]) -> None:
    expected = count_cases(str(odd[0]), odd[1])
    assert {"date_is_real", "age_is_plausible", "row_is_filled"} <= expected.account.rows.keys()
    same(count_cases(str(odd[0]), odd[1], master=LOCAL), expected)


def quoted(text: str) -> str:
    return json.dumps(text)
