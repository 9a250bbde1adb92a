"""Tables under a wrong label in the newest release are kept out; older ones stand in."""

from collections.abc import Callable

import duckdb
import pandas as pd
import pytest
from attack import BLOCK, given_away
from small_warehouse import holding
from statements import printed, statements

from pipelines.warehouse import sql_files

NEW, BETWEEN, OLD = "2025-10-28", "2025-04-14", "2023-05-30"
FALSE = "effect = 'KEEP_OUT' and detector in (select code from codelist.remark where whole_tables)"


@pytest.fixture
def held(query: Callable) -> Callable[..., list[tuple]]:
    """The figures that hold of a state, indicator and year: by sex, age and form, with release."""

    def of(area: str, indicator: str, year: int) -> dict[tuple, tuple]:
        rows = query(
            "select sex, age, exploitation, value_raw, release from published.observation where "
            f"source = 'int_unodc_glotip' and ref_area = '{area}' and indicator = '{indicator}' "
            f"and time_period = '{year}' and citizenship = '_T' and counterpart_role = '_Z'"
        )
        return {tuple(row[:3]): tuple(row[3:]) for row in rows}

    return of


@pytest.mark.parametrize("release", [NEW, BETWEEN])
def test_the_false_tables_of_a_state_are_kept_out_whole(query: Callable, release: str) -> None:
    false = (
        'select distinct ref_area, indicator, kind, "year" from main.finding '
        f"where {FALSE} and release = '{release}'"
    )
    [(tables, states)] = query(
        f'select count(distinct (indicator, kind, "year")), count(distinct ref_area) from ({false})'
    )
    assert tables >= 20
    assert states > 20
    left = query(
        f"select kept_out.ref_area, kept_out.indicator from ({false}) as kept_out "
        "join harmonised.observation on observation.ref_area = kept_out.ref_area "
        "where source = 'int_unodc_glotip' "
        f"and release = '{release}' and kept_out.indicator = observation.indicator::varchar "
        'and kept_out."year" = left(time_period, 4)::integer and kind = kind_of('
        "exploitation, citizenship, counterpart_role, breakdown, sex, age)"
    )
    assert left == []


def test_a_table_has_the_name_that_detectors_give_it(query: Callable) -> None:
    [(same, all_of_them)] = query(
        "select count(*) filter (finding.indicator = quarantine.indicator::varchar "
        'and "year" = left(time_period, 4)::integer and kind = kind_of('
        "exploitation, citizenship, counterpart_role, breakdown, sex, age)), count(*) "
        "from main.finding join main.quarantine using (source, release) "
        "where finding.detector = quarantine.rule and "
        "regexp_extract(locator, 'rows? (\\d+)', 1) = finding.\"row\""
    )
    assert same == all_of_them > 800


def test_no_page_says_that_guatemala_prosecuted_131_children(held: Callable) -> None:
    """They are women: row 19501 of the release of April 2025."""
    assert ("_T", "Y0T17", "_T") not in held("GTM", "PER_PROSEC", 2022)


def test_a_release_before_stands_where_nothing_is_hidden(held: Callable) -> None:
    """The release between has the false table, too."""
    honduras = held("HND", "PER_CONTACT", 2020)
    assert honduras["_T", "_T", "_T"] == ("82", NEW)
    assert honduras["F", "_T", "_T"] == ("44", OLD)
    assert honduras["M", "_T", "_T"] == ("38", OLD)


def test_an_older_table_is_marked_as_older(query: Callable) -> None:
    marked = query(
        "select count(*) filter (list_contains(flags, 'OLDER_RELEASE')), count(*) "
        f"from published.observation where source = 'int_unodc_glotip' and release = '{OLD}'"
    )
    reasons = query(
        "select count(*) from published.observation where source = 'int_unodc_glotip' and release "
        f"= '{OLD}' and comparability >= '2' and list_contains(remarks, 'OLDER_RELEASE')"
    )
    [(with_mark, older)] = marked
    assert with_mark == older == reasons[0][0] > 30


STANDS_IN = {
    "kept out in the newest": ({"ARG": [NEW]}, [(33, BETWEEN)]),
    "kept out in two": ({"ARG": [NEW, BETWEEN]}, [(30, OLD)]),
    "kept out in all": ({"ARG": [NEW, BETWEEN, OLD]}, []),
    "kept out in an older one only": ({"ARG": [BETWEEN]}, []),
    "kept out of another state": ({"BRA": [NEW, BETWEEN]}, []),
}


@pytest.mark.parametrize(("false", "expected"), STANDS_IN.values(), ids=STANDS_IN)
def test_the_last_release_before_without_the_false_table_stands_in(
    warehouse, false: dict[str, list[str]], expected: list[tuple]
) -> None:
    contact = {"indicator": "PER_CONTACT", "sex": "F"}
    [older] = [file for file in sql_files.folder("harmonised") if file.name == "older"]
    with holding(
        warehouse,
        {"value": 33, "release": BETWEEN, **contact},
        {"value": 30, "release": OLD, **contact},
    ):
        warehouse.execute(
            "update release set release = ? where source = 'int_unodc_glotip' and is_newest", [NEW]
        )
        warehouse.execute(
            "insert into release select * replace (? as release) from release "
            "where source = 'int_unodc_glotip' and release = ?",
            [BETWEEN, OLD],
        )
        for area, releases in false.items():
            for release in releases:
                warehouse.execute(
                    "insert into finding by name select 'int_unodc_glotip' as source, "
                    "? as release, 'a.csv' as file, '1' as \"row\", '' as \"column\", "
                    "? as ref_area, 'COPIED_TABLE' as detector, '' as reason, "
                    "'KEEP_OUT' as effect, 'PER_CONTACT' as indicator, 'sex' as kind, "
                    "2020 as \"year\", 'SAME_AREAS' as evidence, '' as other_area, "
                    "'' as other_indicator, '' as other_kind, '1' as version, '' as sha256",
                    [release, area],
                )
        warehouse.execute(older.text.replace("create table", "create or replace view"))
        found = warehouse.execute("select value, release from harmonised.older").fetchall()
    assert found == expected


def test_no_hidden_figure_stands_in(query: Callable) -> None:
    assert query("select count(*) from harmonised.older where value is null") == [(0,)]


@pytest.mark.parametrize("area", ["DOM", "USA", "GUY"])
def test_not_of_a_state_whose_older_figures_stand_in_the_wrong_place(
    query: Callable, area: str
) -> None:
    assert query(f"select count(*) from harmonised.older where ref_area = '{area}'") == [(0,)]


@pytest.mark.parametrize("overlap", [False, True], ids=["forms", "overlap"])
def test_older_releases_give_away_nothing_that_the_newest_hides(built, overlap: bool) -> None:
    with duckdb.connect(built, read_only=True) as connection:
        figures = printed(connection)
        older = connection.sql("select locator, ref_area, indicator from harmonised.older").df()
        carried = printed_older(connection)
    newest = figures[figures["world"] == f"int_unodc_glotip {NEW}"]
    beside = newest.merge(carried[BLOCK].drop_duplicates())
    assert len(carried) == len(older)
    alone = given_away(beside, overlap=overlap, together=True)
    both = given_away(pd.concat([beside, carried]), overlap=overlap, together=True)
    assert both - alone == set()


def printed_older(connection: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """The older figures as statements of the newest release, among which they are shown."""
    rows = connection.sql("select *, conf_status = 'A' as hides from harmonised.older").df()
    return statements(rows).assign(world=f"int_unodc_glotip {NEW}")
