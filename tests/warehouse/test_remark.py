"""What is known of each figure: known answers, and each rule on planted figures."""

from collections.abc import Callable

import pytest
from conftest import suppressed
from small_warehouse import Row, holding
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


def test_each_remark_is_of_the_list_and_said_in_one_order(query: Callable) -> None:
    assert query(
        "select count(*) from published.remark anti join codelist.remark on code = remark"
    ) == [(0,)]
    places = query(
        "select list(rank order by rank) from published.remark group by source, ref_area, "
        "indicator, time_basis, year, sex, age, exploitation, citizenship"
    )
    assert all(ranks == [*range(1, len(ranks) + 1)] for (ranks,) in places)


STATES = codelists.oas_states()
OFFENCES: Row = {"indicator": "OFF_RECORDED", "time_period": "2011"}


def years(*figures: int | None, **row: object) -> list[Row]:
    """Totals of the years from 2010 on; None for a suppressed one."""
    cells = ({"value": each} if each is not None else suppressed() for each in figures)
    return [{**cell, "time_period": str(year), **row} for year, cell in enumerate(cells, 2010)]


def said(warehouse, *cases: list[Row], indicator: str = "VIC_DETECT") -> list[set[str]]:
    """The codes of the remarks on the total of 2011 in each case, which has a state of its own."""
    by_state = dict(zip(STATES, cases, strict=False))
    rows = [{"ref_area": area, **row} for area, case in by_state.items() for row in case]
    found: dict[str, set[str]] = {area: set() for area in by_state}
    with holding(warehouse, *rows):
        warehouse.execute(sql_files.query("doubt"))
        renew(warehouse)
        known = warehouse.execute(
            f"select ref_area, remark from published.remark where {TOTAL} and year = 2011 "
            f"and source = '{UNODC}' and indicator = ?",
            [indicator],
        )
        for area, code in known.fetchall():
            found[area].add(code)
    return [*found.values()]


def test_neighbouring_years_far_apart(warehouse) -> None:
    cases = [
        ((6, 20), "JUMP"),
        ((7, 20), ""),
        ((None, 20), "JUMP"),  # `<5` is at most 4
        ((6, 19), ""),
        ((20, 6), "JUMP"),
        ((100, 20, 21), "JUMP"),
        ((100, 20, 90), "SPIKE"),
        ((10, 60, 8), "SPIKE"),
        ((10, 60, 30), "JUMP"),
    ]
    doubtful = years(6, obs_status="U", flags="COPIED_YEAR") + years(6, 60)[1:]
    after_a_gap = years(6, None, 60)[::2]
    found = said(warehouse, *(years(*figures) for figures, _ in cases), doubtful, after_a_gap)
    wanted = [*({code} - {""} for _, code in cases), set(), set()]
    assert [each & {"JUMP", "SPIKE"} for each in found] == wanted


def test_a_small_figure_is_refuted_by_large_ones_alone(warehouse) -> None:
    cases: list[tuple[list[Row], bool]] = [
        ([{"value": 120}], False),
        ([{"value": 121}], True),
        ([{"value": 121, "obs_status": "U", "flags": "CONTRADICTED"}], False),
        ([{"value": 40, "indicator": "PER_PROSEC"}], True),
        ([{"value": 39, "indicator": "PER_PROSEC"}], False),
        # Where persons prosecuted are few too, the victims are the odd figure.
        ([{"value": 121}, suppressed(indicator="PER_PROSEC")], False),
        # What is doubtful by its own parts refutes nothing.
        ([{"value": 121}, {"value": 200, "sex": "F"}], False),
    ]
    rows = [
        [suppressed(**OFFENCES), *({"time_period": "2011", **other} for other in others)]
        for others, _ in cases
    ]
    found = said(warehouse, *rows, indicator="OFF_RECORDED")
    assert ["SMALL_REFUTED" in each for each in found] == [is_refuted for _, is_refuted in cases]


def test_another_figure_of_the_year_and_the_side_on_which_it_stands(warehouse) -> None:
    cases = [
        (100, 119, ""),
        (100, 120, "OTHER_FIGURE"),
        (100, 199, "OTHER_FIGURE"),
        (100, 200, "TWICE_ANOTHER"),
        (100, 50, "TWICE_ANOTHER"),
        # Nobody is far from eighteen, and not from one.
        (0, 18, "TWICE_ANOTHER"),
        (0, 1, "OTHER_FIGURE"),
    ]
    report = {"source": "usa_tip_report", "time_period": "2011"}
    rows = [[*years(one, one), {**report, "value": other}] for one, other, _ in cases]
    # By another legal definition, twice as many contradict nothing.
    rows.append(
        [*years(100, 100), {**report, "value": 250, "def_scope": "EXPLOIT", "obs_status": "D"}]
    )
    codes = {"OTHER_FIGURE", "TWICE_ANOTHER"}
    wanted = [*({code} - {""} for *_, code in cases), {"OTHER_FIGURE"}]
    assert [each & codes for each in said(warehouse, *rows)] == wanted


def test_every_code_of_the_list_has_a_severity_and_a_place() -> None:
    severities = set(codelists.column("remark", "severity").values())
    assert severities == {"doubt", "caution", "note", "absent"}
    assert all(rank.isdecimal() for rank in codelists.column("remark", "rank").values())
