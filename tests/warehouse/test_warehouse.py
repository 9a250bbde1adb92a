"""The DuckDB file: described and complete."""

from collections.abc import Callable
from pathlib import Path

import duckdb
import pandas as pd
import pytest
from conftest import observations, suppressed
from two_releases import two_releases
from warehouse_copies import renew

from pipelines.warehouse import sql_files
from schemas import codelists
from schemas.contract import CONTRACTS

TABLES = """
    harmonised.observation harmonised.older main.assessment main.build main.correction
    main.count_limit main.dispersion main.erratum main.finding main.held_back main.joint_trend
    main.objection main.parameter main.population main.quarantine
    main.questionnaire main.raw_file main.release main.row_account main.row_since main.rule
    main.rule_account main.rule_result main.series_break main.source main.trend main.word
"""


def test_tables_and_views_of_the_warehouse(query: Callable) -> None:
    found = query(
        "select schema_name || '.' || table_name from duckdb_tables() union all "
        "select schema_name || '.' || view_name from duckdb_views() where not internal"
    )
    lists = {f"codelist.{name}" for name in codelists.NAMES}
    made = {
        f"{schema}.{file.name}"
        for schema in ("harmonised", "judged", "published")
        for file in sql_files.folder(schema)
    }
    assert {name for (name,) in found} == {*TABLES.split()} | lists | made


def test_everything_is_described(query: Callable) -> None:
    silent = query(
        "select schema_name, table_name from duckdb_tables() where comment is null union all "
        "select schema_name, view_name from duckdb_views() where comment is null and not internal "
        "union all select table_name, column_name from duckdb_columns() "
        "where comment is null and not internal"
    )
    assert silent == []


@pytest.mark.slow
def test_stored_answers_are_those_of_their_statements(built: Path, tmp_path: Path) -> None:
    """Whoever runs the statements on the figures once more gets what is stored."""
    copy = tmp_path / "again.duckdb"
    copy.write_bytes(built.read_bytes())
    stored = {file.name for file in sql_files.folder("published") if file.makes == "table"}
    with duckdb.connect(copy) as connection:
        connection.execute(f"attach '{built}' as built (read_only)")
        renew(connection)
        for name in stored:
            now, then = f"from published.{name}", f"from built.published.{name}"
            assert len(connection.execute(now).fetchall()) > 0
            for statement in (f"{now} except all {then}", f"{then} except all {now}"):
                assert connection.execute(statement).fetchall() == [], name


LISTS = ("flags", "remarks")
WITHOUT_A_NAME = [
    f"len(string_split(coalesce({codes}_name, ''), '; ')) < len({codes})" for codes in LISTS
]


def test_no_code_is_without_a_name(query: Callable) -> None:
    """A code that has a name in one language has one in each."""
    empty = " or ".join(f"trim(name_{language}) = ''" for language in codelists.LANGUAGES)
    assert query(f"from main.word where {empty}") == []
    view = "published.named('published.observation', 'fr')"
    names = [
        name
        for (name, *_) in query(f"describe from {view}")
        if name.endswith("_name") and name.removesuffix("_name") not in LISTS
    ]
    anything = " or ".join([*(f"{name} is null" for name in names), *WITHOUT_A_NAME])
    assert query(f"select count(*) from {view} where {anything}") == [(0,)]


def test_each_cell_of_merged_releases_has_its_newest_figure(query: Callable) -> None:
    cell = ", ".join(CONTRACTS["observation"].cell)
    newest = (
        f"select {cell}, max(release) from harmonised.observation "
        "where source = 'usa_tip_report' group by all"
    )
    shown = f"select {cell}, release from published.observation where source = 'usa_tip_report'"
    assert sorted(query(newest)) == sorted(query(shown))
    assert len(query(f"select distinct release from ({shown})")) > 5


@pytest.fixture
def restated(project: Path, once: Callable) -> Path:
    """A warehouse of two releases: Peru's figures change, and Argentina's are kept out or gone."""
    early = [
        {"value": 10, "time_period": "2017"},
        {"value": 11, "time_period": "2018"},
        {"value": 12, "time_period": "2019"},
        suppressed(time_period="2020"),
        suppressed(time_period="2021"),
        # What lies within the bounds before was not changed.
        suppressed(time_period="2015"),
        suppressed(time_period="2016"),
    ]
    late = [
        {"value": 10, "time_period": "2017"},
        {"value": 15, "time_period": "2018"},
        {"value": 20, "time_period": "2022"},
        suppressed(time_period="2020", lower=1),
        {"value": 8, "time_period": "2021"},
        {"value": 0, "time_period": "2015"},
        suppressed(time_period="2016", lower=1),
    ]
    of_peru = [
        observations(*({**row, "ref_area": "PER"} for row in rows)) for rows in (early, late)
    ]
    # Nationals printed twice: the second time under a label with a broken letter.
    before = observations(
        {"value": 43, "citizenship": "NAT"}, {"value": 7, "citizenship": "BRA"}, {"value": 50}
    )
    unread = {**observations({"value": 43}).iloc[0].astype(str), "citizenship": None}
    conflict = {**observations({"value": 50}).iloc[0].astype(str)}
    kept_out = pd.DataFrame([unread, conflict])[list(CONTRACTS["observation"].cell)].assign(
        source="int_unodc_glotip", release="2025-10-28", locator="row", rule="labels_are_readable",
        column="Category", found="?", message="broken", row="{}", correction="", why_not="",
    )  # fmt: skip
    releases = [
        pd.concat([of_peru[0], before], ignore_index=True),
        pd.concat([of_peru[1], observations({"value": 51, "ref_area": "CHL"})], ignore_index=True),
    ]
    made = once("two_releases", lambda folder: two_releases(folder / "h", *releases, kept_out))
    return made / "h" / "tipstat.duckdb"


def test_revisions_cell_by_cell(restated: Path) -> None:
    with duckdb.connect(restated, read_only=True) as connection:
        found = connection.execute(
            "select time_period, change, previous_value_raw, value_raw "
            "from published.revision where ref_area = 'PER' order by time_period"
        ).fetchall()
    assert found == [
        ("2015", "narrowed", "<5", "0"),
        ("2018", "changed", "11", "15"),
        ("2019", "withdrawn", "12", None),
        ("2021", "changed", "<5", "8"),
        ("2022", "new", None, "20"),
    ]


@pytest.mark.slow
def test_quarantine_is_no_withdrawal(restated: Path) -> None:
    with duckdb.connect(restated, read_only=True) as connection:
        found = connection.execute(
            "select citizenship, change from published.revision where ref_area = 'ARG'"
        ).fetchall()
    assert dict(found) == {"NAT": "undetermined", "BRA": "undetermined", "_T": "kept_out"}
