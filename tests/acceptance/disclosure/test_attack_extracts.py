"""Extracts show a suppressed figure as suppressed, whatever their form and language."""

import shutil
from collections import Counter
from pathlib import Path

import duckdb
import pytest
from beside import beside_suppressed
from conftest import observations, suppressed
from small_warehouse import emptied
from warehouse_copies import renew

from pipelines.published.extracts import FORMS
from pipelines.published.extracts.build import build_extracts
from pipelines.warehouse.database import insert
from schemas import codelists

pytestmark = pytest.mark.slow
ALL = len(codelists.LANGUAGES)


@pytest.mark.parametrize("languages", [1, pytest.param(ALL, marks=pytest.mark.exhaustive)])
def test_every_file_has_every_suppressed_figure_and_says_no_more(
    built: Path, extracts: Path, languages: int
) -> None:
    with duckdb.connect(built, read_only=True) as connection:
        found = beside_suppressed(connection, extracts, languages)
        ever, now, newest, national = (
            len(connection.execute(f"from {each} where value_raw = '<5'").fetchall())
            for each in (
                "harmonised.observation",
                "harmonised.current",
                "published.newest",
                "published.national_series",
            )
        )
    assert [each.file for each in found if each.revealing] == []
    count = Counter()
    for each in found:
        kind, name, *_ = each.file.split("/")
        count[kind if kind in {"excel", "json"} else f"{kind}/{name}"] += each.suppressed
    assert count.pop("sdmx/newest.csv.gz") == newest
    assert count.pop("sdmx/national.csv.gz") == national > 0
    assert count.pop("sdmx/sdg_16_2_2.csv.gz") > 0
    assert count.pop("open_sdg/16-2-2.zip") > 0
    assert count.pop("parquet/releases") == ever
    assert count.pop("excel") == languages * now
    assert count.pop("json") == newest > 0
    assert set(count.values()) == {now}


def test_a_file_that_says_more_is_found(built: Path, once, tmp_path: Path) -> None:
    empty = once("emptied", lambda folder: emptied(built, folder)) / "emptied.duckdb"
    honest = Path(shutil.copy(empty, tmp_path))
    leaking = tmp_path / "leaking.duckdb"
    rows = ({"value": 30}, {"value": 25, "sex": "F"}, suppressed(sex="M"), suppressed(sex="_O"))
    with duckdb.connect(honest) as connection:
        frame = observations(*({"source": "int_unodc_glotip", **row} for row in rows))
        insert(connection, "harmonised.observation", frame)
        renew(connection)
    shutil.copy(honest, leaking)
    with duckdb.connect(leaking) as connection:
        changed = (
            "select * replace (if(sex = 'M', 3, value) as value, if(sex = 'M', '3', value_raw) "
        )
        connection.execute("create table honest as from published.observation")
        connection.execute(
            f"create or replace view published.observation as {changed} as value_raw) from honest"
        )
    build_extracts(
        leaking, tmp_path / "extracts", [form for form in FORMS if form != "datapackage"]
    )
    with duckdb.connect(honest, read_only=True) as connection:
        shown = beside_suppressed(connection, tmp_path / "extracts")
    [workbook] = [each.file for each in shown if each.file.endswith("/ARG.xlsx")]
    assert {each.file: each.revealing for each in shown if each.revealing} == dict.fromkeys(
        ["parquet/observation/int_unodc_glotip.parquet", "csv/observation.csv.gz",
         "sdmx/observation/int_unodc_glotip.csv.gz",
         "sdmx/sdg_16_2_2.csv.gz", "open_sdg/16-2-2.zip",
         "csv/fr/int_unodc_glotip.csv.zip", workbook], 1,
    )  # fmt: skip
