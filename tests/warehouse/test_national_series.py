"""The one figure to cite: known answers, what always holds, and the rule on planted sources."""

from collections.abc import Callable
from pathlib import Path

import duckdb
from conftest import suppressed
from small_warehouse import MISSING, Row, holding

from schemas import codelists

UNODC, REPORT = "int_unodc_glotip", "usa_tip_report"
OWN: Row = {"source": "usa_sdg", "ref_area": "USA", "indicator": "OFF_RECORDED"}
ASKED: Row = {"source": UNODC, "ref_area": "USA", "indicator": "OFF_RECORDED"}
REPORTED: Row = {"source": REPORT, "ref_area": "CHL", "indicator": "AST_ASSISTED"}
PAGE: Row = {"source": "int_reported", "ref_area": "CHL", "indicator": "AST_ASSISTED"}


def over(row: Row, *years: int, **others: object) -> list[Row]:
    """Repeat a row in each of the years, with another figure in each."""
    return [{**row, "time_period": str(year), "value": year % 100, **others} for year in years]


def cited(warehouse: duckdb.DuckDBPyConnection, *rows: Row) -> tuple[str, str, list[int]]:
    """Source, reason and years of the one series that is cited among these rows."""
    with holding(warehouse, *rows):
        [found] = warehouse.execute(
            "select source, citation_reason, list(year order by year) "
            "from published.national_series group by all"
        ).fetchall()
    return found


def test_known_answers(query: Callable) -> None:
    """Lines of `national_series.csv`: a figure, its source, why it is cited, and other sources."""
    for line in codelists.rows(Path(__file__).with_name("national_series.csv")):
        found = query(
            "select value, source, citation_reason, others, candidates, is_sum "
            f"from published.national_series where ref_area = '{line['state']}' "
            f"and indicator = '{line['indicator']}' and year = {line['year']}"
        )
        source, others = line["source"], line["others"].split()
        answer = (float(line["value"]), source, line["reason"], others, 1 + len(others))
        assert found == [(*answer, source == "mex_sesnsp")], line


def test_a_state_and_indicator_have_one_source_and_each_year_once(query: Callable) -> None:
    several = query(
        "select ref_area, indicator from published.national_series group by all "
        "having count(distinct (source, time_basis, citation_reason)) > 1 "
        "or count(distinct year) < count(*)"
    )
    assert several == []
    assert len(query("from published.national_series")) > 1000


def test_no_reprint_no_doubt_and_no_missing_figure_is_cited(query: Callable) -> None:
    found = query(
        "select 1 from published.national_series join main.source using (source) "
        "where reprints <> '' or list_contains(string_split(obs_status, ';'), 'U') "
        "or upper is null"
    )
    assert found == []


def test_a_figure_comes_with_its_legal_scope_and_the_publishers_remark(
    query: Callable,
) -> None:
    found = query(
        "select distinct ref_area, def_scope, comment from published.national_series "
        "where (ref_area, indicator, year) in (('HTI', 'VIC_DETECT', 2016), "
        "('MEX', 'VIC_RECORDED', 2022), ('PER', 'VIC_DETECT', 2022)) order by all"
    )
    assert found == [
        ("HTI", "UNKNOWN", "victims"),
        ("MEX", "EXPLOIT", None),
        ("PER", "PALERMO", None),
    ]


def test_every_state_and_indicator_with_a_total_has_one_to_cite(query: Callable) -> None:
    forgotten = query(
        "select distinct ref_area, indicator from published.headline "
        "join main.source using (source) join codelist.area on area.code = ref_area "
        "join main.release using (source, release) "
        "where upper is not null and reprints = '' and obs_status not like '%U%' "
        "and provenance <> 'REPEATED' "
        "and headline.time_basis not in ('PIT', 'CUM', 'OTHER', 'UNK') "
        "except select ref_area, indicator from published.national_series"
    )
    assert forgotten == []


def test_the_questionnaire_goes_before_an_authority_as_new(warehouse) -> None:
    rows = [*over(OWN, *range(2010, 2023)), *over(ASKED, 2021, 2022)]
    assert cited(warehouse, *rows) == (UNODC, "QUESTIONNAIRE", [2021, 2022])


def test_as_long_a_series_that_reaches_later_goes_before_the_questionnaire(warehouse) -> None:
    rows = [*over(OWN, 2021, 2022, 2023), *over(ASKED, 2020, 2021, 2022)]
    assert cited(warehouse, *rows) == ("usa_sdg", "NATIONAL_NEWER", [2021, 2022, 2023])


def test_a_newer_year_takes_the_newest_figure_and_not_the_series(warehouse) -> None:
    rows = [*over(OWN, 2023), *over(ASKED, *range(2010, 2023))]
    assert cited(warehouse, *rows) == (UNODC, "QUESTIONNAIRE", [*range(2010, 2023)])
    with holding(warehouse, *rows):
        newest = "select source, year, is_of_series from published.newest"
        assert warehouse.execute(newest).fetchall() == [("usa_sdg", 2023, False)]


def test_a_later_year_of_a_report_on_the_state_changes_nothing(warehouse) -> None:
    rows = [*over(REPORTED, *range(2010, 2024)), *over({**REPORTED, "source": UNODC}, 2012)]
    assert cited(warehouse, *rows) == (UNODC, "QUESTIONNAIRE", [2012])


def test_the_authority_goes_before_a_report_on_its_state(warehouse) -> None:
    rows = [*over(OWN, 2019), *over({**OWN, "source": "int_reported"}, *range(2016, 2023))]
    assert cited(warehouse, *rows) == ("usa_sdg", "NATIONAL", [2019])


def test_an_authority_that_begins_to_report_takes_no_series_that_has_a_verdict(warehouse) -> None:
    reported = over({**OWN, "source": "int_reported"}, *range(2010, 2023))
    years = [*range(2010, 2023)]
    assert cited(warehouse, *over(OWN, 2023), *reported) == ("int_reported", "LONGEST_RUN", years)
    broken = over(ASKED, *range(2010, 2021)) + over(ASKED, 2021, obs_status="A;B")
    assert cited(warehouse, *over(OWN, 2022), *broken)[0] == UNODC


def test_an_authority_makes_no_newest_figure_older_and_goes_first_in_one_year(warehouse) -> None:
    reported = {**OWN, "source": "int_reported"}
    newest = "select source, year from published.newest"
    for rows, found in (
        ([*over(OWN, 2019), *over(reported, 2021)], ("int_reported", 2021)),
        ([*over(OWN, 2021), *over(reported, 2021)], ("usa_sdg", 2021)),
        ([*over(OWN, 2021), *over(ASKED, 2020, 2021)], ("usa_sdg", 2021)),
        ([*over(ASKED, 2020), *over(reported, 2021)], (UNODC, 2020)),
    ):
        with holding(warehouse, *rows):
            assert warehouse.execute(newest).fetchall() == [found]


def test_a_figure_of_low_reliability_is_out_and_may_decide(warehouse) -> None:
    doubtful = over(OWN, 2023, obs_status="A;U")
    rows = [*over(OWN, 2021, 2022), *doubtful, *over(ASKED, 2022)]
    assert cited(warehouse, *rows) == (UNODC, "QUESTIONNAIRE", [2022])
    assert cited(warehouse, *over(OWN, 2022), *doubtful) == ("usa_sdg", "ONLY_SOURCE", [2022])


def test_a_reprint_is_no_candidate(warehouse) -> None:
    detected: Row = {"indicator": "VIC_DETECT"}
    rows = [*over(detected, 2012), *over({**detected, "source": "int_unsd_sdg"}, 2012, 2017)]
    assert cited(warehouse, *rows) == (UNODC, "ONLY_SOURCE", [2012])


def test_what_only_others_repeat_is_never_cited(warehouse, query: Callable) -> None:
    repeated = over({**REPORTED, "source": "bra_sit", "ref_area": "BRA"}, *range(2010, 2025))
    better = over({**REPORTED, "ref_area": "BRA"}, 2012)
    assert cited(warehouse, *repeated, *better) == (REPORT, "OTHERS_REPEATED", [2012])
    with holding(warehouse, *repeated):
        assert warehouse.execute("from published.national_series").fetchall() == []
    known = query("select distinct provenance from published.national_series order by all")
    assert known == [("COPY",), ("OWN",)]


def test_years_before_a_break_do_not_count_for_the_longest_run(warehouse) -> None:
    longer = over(REPORTED, *range(2010, 2020))
    page = over(PAGE, 2019, 2020, 2021)
    assert cited(warehouse, *longer, *page)[0] == REPORT
    longer[-2]["obs_status"] = "B"
    assert cited(warehouse, *longer, *page) == ("int_reported", "LONGEST_RUN", [2019, 2020, 2021])


def test_years_before_a_break_do_not_count_in_another_kind_of_year(warehouse) -> None:
    """Where a source goes over to other twelve months, those since are cited, though few."""
    usa: Row = {"source": UNODC, "ref_area": "USA"}
    calendar, fiscal = over(usa, *range(2007, 2017)), over(usa, 2018, 2019, time_basis="FY0701")
    first = over(usa, 2017, time_basis="FY0701", obs_status="B")
    assert cited(warehouse, *calendar, *first, *fiscal)[2] == [2017, 2018, 2019]


def test_among_runs_of_equal_length_the_newer_is_cited_then_the_calendar_year(warehouse) -> None:
    fiscal = over(REPORTED, 2018, 2019, time_basis="TIPR")
    assert cited(warehouse, *fiscal, *over(REPORTED, 2017, 2018))[2] == [2018, 2019]
    calendar = over(REPORTED, 2018, 2019)
    with holding(warehouse, *fiscal, *calendar):
        kinds = warehouse.execute(
            "select distinct time_basis from published.national_series"
        ).fetchall()
    assert kinds == [("CY",)]


def test_a_suppressed_figure_stays_an_interval_and_a_missing_one_is_none(warehouse) -> None:
    hidden = suppressed(**ASKED, time_period="2020")
    missing = {**ASKED, **MISSING, "time_period": "2021"}
    with holding(warehouse, hidden, missing):
        found = warehouse.execute(
            "select year, value, lower, upper, obs_status from published.national_series"
        ).fetchall()
    assert found == [(2020, None, 0, 4, "Q")]


def test_sums_over_many_years_and_figures_of_parts_are_none_to_cite(warehouse) -> None:
    rows = [
        {**PAGE, "value": 8551, "time_basis": "CUM"},
        {**REPORTED, "value": 7, "sex": "F"},
        {**OWN, "ref_area": "US-TX", "value": 9},
    ]
    with holding(warehouse, *rows):
        assert warehouse.execute("from published.national_series").fetchall() == []
