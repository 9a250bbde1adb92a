"""Spark as an engine, for extracts that outgrow one machine: CSV and Parquet files.

Ibis compiles the expression, Spark runs its SQL, Arrow brings the result. Ibis's own backend is not
used: it goes through pandas, of a version that PySpark does not know yet.

Records are on disks and networks only encrypted, and in no log, event log or web page: these
settings win over those of an installation. What Spark would not read as DuckDB does is refused.
"""

import csv
import importlib
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import ibis

from pipelines.cases.connect import MOST_WHOLE, Records, as_text, columns_of, refuse_instants
from pipelines.cases.errors import CaseError
from pipelines.cases.extract import Extract
from pipelines.cases.texts import said
from pipelines.lib.console import plain

PRIVATE: Final = {
    "spark.io.encryption.enabled": "true",
    "spark.io.encryption.keySizeBits": "256",
    "spark.authenticate": "true",
    "spark.network.crypto.enabled": "true",
    "spark.network.crypto.cipher": "AES/GCM/NoPadding",
    "spark.network.crypto.authEngineVersion": "2",
    "spark.network.crypto.saslFallback": "false",
    "spark.eventLog.enabled": "false",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "OFF",
    "spark.executor.syncLogLevel.enabled": "true",
}
"""Settings that keep records from disks, networks, logs and pages."""

EXACT: Final = {
    "spark.sql.ansi.enabled": "true",
    "spark.sql.caseSensitive": "true",
    "spark.sql.variable.substitute": "false",  # a label may hold ${...}
    "spark.sql.csv.parser.columnPruning.enabled": "false",  # else no cell too many is seen
}
"""Settings without which Spark would read something else than what is written."""

CSV: Final = {
    "header": True, "quote": '"', "escape": '"', "multiLine": True, "mode": "FAILFAST",
    "unescapedQuoteHandling": "RAISE_ERROR",
}  # fmt: skip
"""Layout of a CSV file, but for what the mapping file says of it."""

ENCODINGS: Final = {"latin-1": "ISO-8859-1"}
"""Spark's names of encodings that it does not know by ours."""

LOOPBACK: Final = "127.0.0.1"
FLOATS: Final = ("float", "double")
TYPES: Final = (
    *FLOATS, "string", "boolean", "tinyint", "smallint", "int", "bigint", "decimal", "date",
    "timestamp_ntz",
)  # fmt: skip
"""Types of Parquet columns whose text is the same in both engines."""


@contextmanager
def opened_on_spark(
    extract: Extract, columns: Sequence[str], spill: Path, memory: str, master: str
) -> Iterator[Records]:
    """Yield the columns of an extract as text, as `connect.opened` does.

    Args:
        extract: to be read; every worker must see its files under the same path.
        columns: names of the columns to read.
        spill: folder for what is spilled on this machine.
        memory: of the process on this machine, such as "2GB"; if empty, as Spark is configured.
        master: Spark's address of the cluster, such as `local[2]`, `yarn` or `k8s://...`.

    Raises:
        CaseError: Spark is not installed, or would not read the extract as DuckDB does.
    """
    _refuse(extract, master)
    refuse_instants(extract, columns)
    session = _session(spill, memory, master)
    try:
        frame = _read(session, extract)
        types = {name: re.split("[(<]", kind)[0] for name, kind in frame.dtypes}
        for name in columns:
            if types[name] not in TYPES:
                about = {"name": extract.name, "column": name, "kind": types[name]}
                raise CaseError(said("spark_type", **about))
        texts = [f"{_text(name, types[name])} as {_quoted(name)}" for name in columns]
        frame.selectExpr(*texts).persist().createOrReplaceTempView("extract")
        table = as_text(ibis.table(dict.fromkeys(columns, "string"), name="extract"), columns)
        yield Records(
            table, lambda each: session.sql(ibis.to_sql(each, dialect="pyspark")).toArrow()
        )
    finally:
        session.stop()


def _refuse(extract: Extract, master: str) -> None:
    """Refuse what Spark cannot read, would not read as DuckDB does, or would not keep secret."""
    if master.startswith("sc:"):
        raise CaseError(said("spark_connect"))
    if extract.format not in ("csv", "parquet"):
        raise CaseError(said("spark_format", name=extract.name))
    if extract.encoding == "utf-16":
        raise CaseError(said("spark_utf16", name=extract.name))
    hidden = [file.name for file in extract.files if file.name.startswith(("_", "."))]
    if hidden:
        raise CaseError(said("spark_hidden", name=extract.name, file=hidden[0]))


def _session(spill: Path, memory: str, master: str) -> Any:  # noqa: ANN401 - a class of an extra
    """Return a session with our settings; no record has been read when this fails.

    Raises:
        CaseError: Spark is not installed, or did not start; the message quotes it.
    """
    try:
        builder = importlib.import_module("pyspark.sql").SparkSession.builder
    except ImportError:
        raise CaseError(said("spark_absent")) from None
    folder = str(spill.resolve())
    settings = PRIVATE | EXACT | {"spark.local.dir": folder, "spark.sql.warehouse.dir": folder}
    if master.startswith("local"):
        settings |= {"spark.driver.host": LOOPBACK, "spark.driver.bindAddress": LOOPBACK}
    if memory:
        settings["spark.driver.memory"] = memory.upper().removesuffix("B")
    for name, value in settings.items():
        builder = builder.config(name, value)
    try:
        return builder.master(master).appName("tipstat").getOrCreate()
    except Exception as error:
        java = re.search(r"^: (.*)", str(error), re.MULTILINE)  # below Python's own words
        reason = java[1] if java else str(error).partition("\n")[0]
        raise CaseError(said("spark_start", reason=plain(reason))) from None


def _read(session: Any, extract: Extract) -> Any:  # noqa: ANN401
    """Return the records of an extract's files."""
    files = [
        "file:" + re.sub(r"[][*?{}\\]", r"\\\g<0>", str(file.resolve())) for file in extract.files
    ]
    if extract.format == "parquet":
        return session.read.parquet(*files)
    _refuse_odd_text(session.read.text(files), extract)
    schema = ", ".join(f"{_quoted(name)} string" for name in columns_of(extract))
    encoding = ENCODINGS.get(extract.encoding, extract.encoding)
    layout = {"sep": extract.delimiter, "encoding": encoding}
    return session.read.csv(files, schema, **CSV, **layout)


def _refuse_odd_text(lines: Any, extract: Extract) -> None:  # noqa: ANN401
    """Refuse CSV files that are not in their encoding, or in which a quotation mark is left open.

    Spark would replace what it cannot decode, and take the rest of the file for a cell. The errors
    are those that Python has of such files.
    """
    each = lines.selectExpr(
        "_metadata.file_path as file", "not is_valid_utf8(value) as odd",
        """octet_length(value) - octet_length(replace(value, '"', '')) as marks""",
    )  # fmt: skip
    for file in each.groupBy("file").agg({"odd": "max", "marks": "sum"}).collect():
        if file["max(odd)"] and extract.encoding == "utf-8":
            raise UnicodeError
        if file["sum(marks)"] % 2:
            raise csv.Error("CSV error: a quotation mark is open")


def _text(name: str, kind: str) -> str:
    """Return a column as text, in Spark's SQL; of floating-point numbers as `connect` does."""
    column = _quoted(name)
    if kind not in FLOATS:
        return f"cast({column} as string)"
    whole = f"{column} % 1 = 0 and abs({column}) < {MOST_WHOLE}"
    return f"if({whole}, cast(cast({column} as bigint) as string), cast({column} as string))"


def _quoted(name: str) -> str:
    """Return a name as an identifier of Spark's SQL."""
    return "`" + name.replace("`", "``") + "`"
