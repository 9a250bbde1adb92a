"""Tables under a wrong label in the newest release are kept out; the release before stands in."""

from collections.abc import Callable

import duckdb
import pandas as pd
import pytest
from attack import BLOCK, given_away
from statements import printed, statements

NEW, OLD = "2025-04-14", "2023-05-30"
FALSE = (
    "effect = 'KEEP_OUT' and detector in (select code from codelist.detector where whole_tables)"
)


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


def test_the_false_tables_are_kept_out_whole(query: Callable) -> None:
    tables = query(
        f"select distinct \"table\" from main.finding where {FALSE} and release = '{NEW}'"
    )
    years = range(2019, 2023)
    assert {name for (name,) in tables} == {
        f"{table} {year}"
        for table in (
            "PER_CONVICT exploitation", "PER_CONTACT sex", "PER_CONTACT age",
            "PER_CONTACT sex x age", "PER_PROSEC age",
        )
        for year in years
    }  # fmt: skip
    [(left,)] = query(
        "select count(*) from harmonised.observation where source = 'int_unodc_glotip' "
        f"and release = '{NEW}' and time_period between '2019' and '2022' "
        "and citizenship = '_T' and "
        "(indicator = 'PER_CONVICT' and exploitation <> '_T' "
        "or indicator = 'PER_CONTACT' and (sex <> '_T' or age <> '_T') "
        "or indicator = 'PER_PROSEC' and sex = '_T' and age in ('Y0T17', 'Y_GE18'))"
    )
    assert left == 0


def test_a_table_has_the_name_that_detectors_give_it(query: Callable) -> None:
    [(same, all_of_them)] = query(
        'select count(*) filter (finding."table" = table_name(indicator, exploitation, '
        "citizenship, counterpart_role, breakdown, sex, age, time_period)), count(*) "
        "from main.finding join main.quarantine using (source, release) "
        "where finding.detector = quarantine.rule and "
        "regexp_extract(locator, 'rows? (\\d+)', 1) = finding.\"row\""
    )
    assert same == all_of_them > 800


def test_no_page_says_that_guatemala_prosecuted_131_children(held: Callable) -> None:
    """They are women: row 19501 of the release of 2025."""
    assert ("_T", "Y0T17", "_T") not in held("GTM", "PER_PROSEC", 2022)


def test_the_release_before_stands_where_nothing_is_hidden(held: Callable) -> None:
    honduras = held("HND", "PER_CONTACT", 2020)
    assert honduras["_T", "_T", "_T"] == ("82", NEW)
    assert honduras["F", "_T", "_T"] == ("44", OLD)
    assert honduras["M", "_T", "_T"] == ("38", OLD)


def test_an_older_table_is_marked_as_older(query: Callable) -> None:
    marked = query(
        "select count(*) filter (comment like '%OLDER_RELEASE'), count(*) "
        f"from published.observation where source = 'int_unodc_glotip' and release = '{OLD}'"
    )
    reasons = query(
        "select count(*) from published.comparability where release = "
        f"'{OLD}' and source = 'int_unodc_glotip' and comparability_reason like '%OLDER_RELEASE%'"
    )
    [(with_mark, older)] = marked
    assert with_mark == older == reasons[0][0] > 100


def test_figures_hidden_in_both_releases_stay_hidden(query: Callable) -> None:
    [(hidden, finer)] = query(
        "select count(*), count(*) filter (lower > 0 or upper < 4 or value_raw <> '<5') "
        "from harmonised.older where value is null"
    )
    assert hidden > 100
    assert finer == 0


@pytest.mark.parametrize("area", ["DOM", "USA", "GUY"])
def test_not_of_a_state_whose_older_figures_stand_in_the_wrong_place(
    query: Callable, area: str
) -> None:
    assert query(f"select count(*) from harmonised.older where ref_area = '{area}'") == [(0,)]


@pytest.mark.parametrize("overlap", [False, True], ids=["forms", "overlap"])
def test_the_release_before_gives_away_nothing_that_the_newest_hides(built, overlap: bool) -> None:
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
