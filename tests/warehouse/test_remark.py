"""What is known of each figure: known answers, and each rule on planted figures."""

from collections.abc import Callable

import pytest
from small_warehouse import cells, holding
from tables import table
from warehouse_copies import renew

from pipelines.warehouse import sql_files
from schemas import codelists

UNODC = "int_unodc_glotip"
TOTAL = "(sex, age, exploitation, citizenship) = ('_T', '_T', '_T', '_T')"


@pytest.fixture(scope="module")
def remarked(query: Callable) -> set[tuple[str, str, str, int]]:
    """Code, state, indicator and year of the remarks on UNODC's totals."""
    return {
        *query(
            "select remark, ref_area, indicator, year from published.remark "
            f"where source = '{UNODC}' and {TOTAL}"
        )
    }


def of(remarked: set[tuple[str, str, str, int]], code: str) -> set[tuple[str, str, int]]:
    return {found[1:] for found in remarked if found[0] == code}


def test_small_figures_that_other_counts_refute(remarked) -> None:
    offences = {
        ("BOL", 2015), ("BOL", 2016), ("DOM", 2019), ("DOM", 2021), ("DOM", 2022), ("DOM", 2023),
        ("GUY", 2019), ("GUY", 2020), ("HND", 2019), ("HND", 2020), ("HND", 2021),
    }  # fmt: skip
    assert of(remarked, "SMALL_REFUTED") == {
        *((state, "OFF_RECORDED", year) for state, year in offences),
        ("CRI", "PER_CONTACT", 2019),
    }


def test_the_ratios_behind_it_are_still_the_largest(query: Callable) -> None:
    """A release that moves them asks for other limits."""
    found = query(
        "with total as (from published.headline "
        f"where source = '{UNODC}' and not has_status(obs_status, 'U') and value > 0) "
        "select other.indicator, max(other.value / total.value) from total join total as other "
        "using (ref_area, time_basis, time_period) where total.indicator = 'OFF_RECORDED' "
        "and other.indicator in ('VIC_DETECT', 'PER_PROSEC', 'PER_CONTACT') group by all"
    )
    assert dict(found) == {"VIC_DETECT": 30, "PER_PROSEC": 9.9, "PER_CONTACT": 9.25}


def test_single_odd_years(remarked) -> None:
    spikes = of(remarked, "SPIKE")
    victims = {("PRY", 2021), ("TTO", 2019), ("TTO", 2020), ("CRI", 2010), ("BRA", 2020)}
    assert {(state, "VIC_DETECT", year) for state, year in victims} <= spikes
    # The year after a single odd year is back on its level, and that is no jump.
    back = {("PRY", "VIC_DETECT", 2022), ("CRI", "VIC_DETECT", 2011)}
    assert not back & (of(remarked, "JUMP") | spikes)


def test_jumps_that_something_explains(remarked, query: Callable) -> None:
    assert of(remarked, "JUMP_CONFIRMED") == {("BRA", "VIC_DETECT", 2022)}
    assert ("BRA", "VIC_DETECT", 2017) in of(remarked, "JUMP_AT_BREAK")
    assert query(
        "select sex, age, detail, other_value from published.remark "
        f"where remark = 'FORM_EXCEEDS' and ref_area = 'BRA' and year = 2022 and source = '{UNODC}'"
        " order by all"
    ) == [("M", "Y_GE18", "FL", 645), ("_T", "Y_GE18", "FL", 707), ("_T", "_T", "FL", 732)]


def test_a_form_that_exceeds_its_sex_and_age_is_known_of_that_total(query: Callable) -> None:
    exceeding = """
        select ref_area, whole.year, whole.sex, whole.age, max(form.value)
        from published.observation as whole
        join published.observation as form
            using (source, ref_area, indicator, freq, time_basis, time_period, sex, age,
                citizenship, counterpart_role, breakdown)
        join codelist.area on area.code = ref_area and is_oas
        where
            freq = 'A' and citizenship = '_T' and counterpart_role = '_Z' and breakdown = '_T'
            and whole.exploitation = '_T' and form.exploitation <> '_T'
            and form.value > whole.upper
            and not regexp_matches(whole.obs_status || ';' || form.obs_status, '\\bU\\b')
            and (sex, age) <> ('_T', '_T')
        group by all order by all
    """
    told = query(
        "select ref_area, year, sex, age, other_value from published.remark "
        "where remark = 'FORM_EXCEEDS' and (sex, age) <> ('_T', '_T') order by all"
    )
    assert len(told) > 50
    assert told == query(exceeding)


def test_the_same_number_for_several_years(query: Callable) -> None:
    pairs = query(
        "select distinct ref_area, indicator, other_indicator, same, years from published.remark "
        "where remark = 'SAME_NUMBER_YEARS' and indicator < other_indicator order by all"
    )
    assert pairs == [
        ("BLZ", "OFF_RECORDED", "VIC_DETECT", 4, 4),
        ("BOL", "OFF_RECORDED", "VIC_DETECT", 7, 10),
        ("CRI", "OFF_RECORDED", "PER_PROSEC", 6, 11),
        ("MEX", "OFF_RECORDED", "VIC_DETECT", 3, 11),
        ("PAN", "OFF_RECORDED", "VIC_DETECT", 5, 10),
        ("VEN", "OFF_RECORDED", "VIC_DETECT", 5, 11),
    ]


def test_how_many_newest_main_counts_have_each_remark(query: Callable) -> None:
    found = query(
        f"select remark, count(*) from published.remark where {TOTAL} "
        "and (is_last or severity = 'absent') "
        "and indicator in ('VIC_DETECT', 'PER_PROSEC', 'PER_CONVICT') group by all"
    )
    assert dict(found) == {
        "LATE": 63, "NEWER_RATE": 16, "NEWER_SOURCE": 12, "NO_SOURCE": 8, "METHOD": 5,
        "PARTS_EXCEED": 5, "FISCAL": 5, "SCOPE_UNKNOWN": 5, "JUMP": 4, "SAME_NUMBER_YEARS": 3,
        "COUNTS_INSTEAD": 3, "TWICE_ANOTHER": 1, "OTHER_FIGURE": 5, "SAME_STAGE_YEARS": 2,
        "RECORDED_NEWER": 3, "COMPARABLE_SINCE": 2, "STAGES_REVERSED": 2, "SAME_NUMBER": 2,
        "STATED_NIL": 1, "KEPT_OUT": 1, "INCIDENTS_NEWER": 1, "FORM_EXCEEDS": 1,
        "JUMP_CONFIRMED": 1,
    }  # fmt: skip


def test_a_doubtful_figure_is_not_cited_and_a_caution_forbids_comparison(query: Callable) -> None:
    assert query("select count(*) from published.remark where severity = 'doubt' and is_cited") == [
        (0,)
    ]
    assert (
        query(
            "select distinct remark from published.remark where severity = 'caution' "
            "and (comparability is null or comparability < '3')"
        )
        == []
    )
    levels = query(
        "select count(*) from published.remark join published.observation as level "
        "using (source, ref_area, indicator, time_basis, year, sex, age, exploitation, citizenship)"
        " where freq = 'A' and counterpart_role = '_Z' and breakdown = '_T' "
        "and severity in ('doubt', 'caution') and level.comparability < '3'"
    )
    assert levels == [(0,)]


def test_remarks_are_said_in_one_order(query: Callable) -> None:
    places = query(
        "select list(rank order by rank) from published.remark group by source, ref_area, "
        "indicator, time_basis, year, sex, age, exploitation, citizenship"
    )
    assert all(ranks == [*range(1, len(ranks) + 1)] for (ranks,) in places)


def test_what_is_known_of_a_total_beside_others(warehouse) -> None:
    """Of lines of `remarks.csv`, a state each: the remarks, among some, on the total of 2011."""
    cases = dict(zip(codelists.oas_states(), table(__file__, "remarks.csv"), strict=False))
    rows = [{"ref_area": area, **row} for area, case in cases.items() for row in cells(case[0])]
    with holding(warehouse, *rows):
        warehouse.execute(sql_files.query("doubt"))
        renew(warehouse)
        known = warehouse.execute(
            "select ref_area, indicator, list(remark) from published.remark "
            f"where {TOTAL} and year = 2011 and source = '{UNODC}' group by all"
        ).fetchall()
    found = {(area, indicator): {*remarks} for area, indicator, remarks in known}
    for area, (observations, indicator, among, remark, why) in cases.items():
        here = found.get((area, indicator), set()) & {*among.split()}
        assert here == {*remark.split()}, (observations, why)


def test_every_code_of_the_list_has_a_severity_and_a_place() -> None:
    severities = set(codelists.column("remark", "severity").values())
    assert severities == {"doubt", "caution", "note", "absent"}
    assert all(rank.isdecimal() for rank in codelists.column("remark", "rank").values())
