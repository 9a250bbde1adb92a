"""SDMX REST: what was known on a day, and what changed since one."""

import gzip
import shutil
from pathlib import Path

import duckdb
import orjson
import pyarrow as pa
import pytest
from sdmx_answers import in_order, of_csv, rows_of
from sdmx_service import FIRST_PUBLISHED, opened

from pipelines.published.extracts.sdmx import structure_json
from pipelines.published.versions import row_since
from pipelines.published.versions.row_since import Before
from pipelines.serve.sdmx import csv_data
from pipelines.serve.sdmx.series import Rows

V2 = "v2/data/dataflow/TIPSTAT"
SECOND_PUBLISHED = "2026-12-01T00:00:00+00:00"


@pytest.mark.parametrize("day", ["2020-06-30", "2023-06-01", "2025-05-01"])
def test_as_of_is_what_was_known_on_that_day(ask, sdmx_version, day) -> None:
    answer = ask(f"{V2}/DF_TIP?asOf={day}&format=csv")
    assert answer.headers["tipstat-as-of"] == f"releases until {day}"
    warehouse = sdmx_version / "warehouse" / "tipstat.duckdb"
    with duckdb.connect(warehouse, read_only=True) as connection:
        known = connection.execute(
            "select source, ref_area, indicator, time_period, locator, value, upper "
            "from published.observation_as_of(?) "
            "where source in (select source from main.source where redistribute)",
            [day],
        ).fetchall()
    names = ("DATA_SOURCE", "REF_AREA", "INDICATOR", "TIME_PERIOD", "LOCATOR")
    found = [
        (
            *(row.get(name) for name in names),
            *map(_number, (row["OBS_VALUE"], row.get("UPPER_BOUND"))),
        )
        for row in of_csv(answer.body)
    ]
    assert len(found) > 100
    assert sorted(map(str, found)) == sorted(map(str, known))


def _number(text: str | None) -> float | None:
    return None if text in (None, "NaN") else float(text)


def test_before_the_first_release_nothing_was_known(ask) -> None:
    assert ask(f"{V2}/DF_TIP?asOf=1990-01-01").status == 204


def known(version: Path, published: str) -> Before:
    """Of a version that is the newest and that readers see."""
    return Before(version, published, are_newest=True, moments=version)


@pytest.fixture(scope="module")
def next_version(sdmx_version, tmp_path_factory):
    """The version after, in which a figure changed, one was withdrawn and one came."""
    folder = tmp_path_factory.mktemp("next") / "version"
    shutil.copytree(sdmx_version, folder)
    warehouse = folder / "warehouse" / "tipstat.duckdb"
    with duckdb.connect(warehouse) as connection:
        connection.execute("delete from main.row_since")
    file = folder / "extracts" / "sdmx" / "national.csv.gz"
    head, *lines = gzip.decompress(file.read_bytes()).decode().splitlines(keepends=True)
    kept = [line for line in lines if ",A,ARG,VIC_DETECT,2020," not in line]
    assert len(kept) == len(lines) - 1
    changed = [line.replace(",2022,539,539,539,", ",2022,540,540,540,") for line in kept]
    came = next(line for line in kept if ",A,PER,VIC_DETECT,2020," in line).replace(
        ",2020,", ",1999,", 1
    )
    file.write_bytes(gzip.compress("".join([head, *changed, came]).encode()))
    row_since.write(folder, known(sdmx_version, FIRST_PUBLISHED), SECOND_PUBLISHED)
    return folder


def test_updates_are_what_came_changed_and_went(next_version) -> None:
    with opened(next_version) as answer:
        since = f"{V2}/DF_NATIONAL?updatedAfter=2026-11-15&format=csv"
        told = {line.split(b",")[2] for line in answer(since).body.splitlines()}
        assert told == {b"ACTION", b'"R"', b'"D"'}
        rows = of_csv(answer(since).body)
        found = {(row["REF_AREA"], row["TIME_PERIOD"], row.get("OBS_VALUE")) for row in rows}
        assert ("BRA", "2022", "540") in found
        assert ("ARG", "2020", None) in found
        assert {area for area, *_ in found} == {"ARG", "BRA", "PER"}
        assert len(found) == 3
        # What was withdrawn is its key alone, found by its key alone.
        gone = of_csv(answer(f"{since}&c[REF_AREA]=ARG&c[OBS_STATUS]=A").body)
        assert [*gone[0]] == ["FREQ", "REF_AREA", "INDICATOR", "TIME_PERIOD"]
        assert answer(f"{since}&c[REF_AREA]=MEX").status == 204
        assert answer(since.replace("csv", "xml30")).status == 501
        assert answer(f"{since}&c[REF_AREA]=BRA".replace("csv", "xml30")).status == 200
        assert answer(f"{V2}/DF_NATIONAL?updatedAfter=2026-12-01T00:00:00Z").status == 204
        assert answer(f"{V2}/DF_NEWEST?updatedAfter=2026-11-15").status == 204
        whole = answer(f"{V2}/DF_NATIONAL?updatedAfter=2020-01-01&format=csv&c[REF_AREA]=MEX")
        all_of_it = answer(f"{V2}/DF_NATIONAL?format=csv&c[REF_AREA]=MEX")
        assert in_order(rows_of(whole, "csv")) == in_order(rows_of(all_of_it, "csv"))


def test_after_a_version_of_an_older_tipstat_all_rows_are_new(sdmx_version, tmp_path) -> None:
    older, folder = tmp_path / "older", tmp_path / "version"
    for version in (older, folder):
        shutil.copytree(sdmx_version, version)
        with duckdb.connect(version / "warehouse" / "tipstat.duckdb") as connection:
            connection.execute("delete from main.row_since")
    (older / "extracts" / "sdmx" / "national.csv.gz").unlink()
    (older / "extracts" / "sdmx" / "sdg_16_2_2.csv.gz").write_bytes(gzip.compress(b"other\n1\n"))
    row_since.write(folder, known(older, FIRST_PUBLISHED), "2026-12-24T00:00:00+00:00")
    with duckdb.connect(folder / "warehouse" / "tipstat.duckdb", read_only=True) as connection:
        flows = connection.execute("select distinct flow from main.row_since").fetchall()
        rows = connection.execute(
            "select distinct since[:10], until from main.row_since where flow = 'DF_NATIONAL'"
        ).fetchall()
    assert len(flows) == 4
    assert rows == [("2026-12-24", None)]
    with opened(folder) as answer:
        refused = answer(f"{V2}/DF_NATIONAL?updatedAfter=2026-12-23&format=csv")
        assert (refused.status, b"in place of your copy" in refused.body) == (501, True)
        assert answer(f"{V2}/DF_NATIONAL?updatedAfter=2026-12-24&format=csv").status == 204


def test_a_row_that_comes_back_is_new(next_version, sdmx_version, tmp_path) -> None:
    folder = tmp_path / "version"
    shutil.copytree(sdmx_version, folder)
    with duckdb.connect(folder / "warehouse" / "tipstat.duckdb") as connection:
        connection.execute("delete from main.row_since")
    row_since.write(folder, known(next_version, SECOND_PUBLISHED), "2026-12-24T00:00:00+00:00")
    with duckdb.connect(folder / "warehouse" / "tipstat.duckdb", read_only=True) as connection:
        rows = connection.execute(
            "select since, until, count(*) from main.row_since group by all order by all"
        ).fetchall()
        columns = {name for name, *_ in connection.execute("describe main.row_since").fetchall()}
    assert [(since[:10], until and until[:10], count) for since, until, count in rows[1:]] == [
        ("2026-12-01", "2026-12-24", 1),
        ("2026-12-24", None, 2),
    ]
    assert rows[0][0] == FIRST_PUBLISHED
    assert columns == {"flow", "row_key", "since", "until"}


def test_rows_behind_none_that_are_gone_are_written_as_they_are(sdmx_version) -> None:
    """Without the header pyarrow 26 writes other memory of the process in place of the rows."""
    texts = pa.chunked_array([pa.array([], pa.string()), pa.array(["a", 'b, "c"', None])])
    message = sdmx_version / "extracts" / "sdmx" / "structure.json"
    made = structure_json.read(orjson.loads(message.read_bytes()))
    rows = Rows(made.dataflows[0], pa.table({"FREQ": texts}), is_flat=True)
    written = of_csv(csv_data.version_2(rows, made))
    assert written == [{"FREQ": "a"}, {"FREQ": 'b, "c"'}, {}]
