"""Reports that would close the gaps of a state: every need."""

import duckdb
import pytest
from conftest import suppressed
from small_warehouse import Row, holding

OTHER_STATE = [{"value": 10, "ref_area": "BRA", "time_period": str(y)} for y in range(2016, 2023)]
WHOLE = [{"value": 10, "time_period": str(y)} for y in range(2016, 2023)]
PARTS: dict[str, Row] = {
    "BY_SEX": {"sex": "F"},
    "BY_AGE": {"age": "Y0T17"},
    "BY_FORM": {"exploitation": "SX"},
    "BY_CITIZENSHIP": {"citizenship": "NAT"},
}
KEPT_OUT = (
    "insert into quarantine by name select 'int_unodc_glotip' as source, '2025-01-01' as release, "
    "? as locator, ? as rule, 'Category' as column, '145' as found, 'unknown' as message, "
    "'{}' as row, 'ARG' as ref_area, 'VIC_DETECT' as indicator, ? as time_period, '_T' as sex"
)


def asked(warehouse: duckdb.DuckDBPyConnection, indicator: str = "VIC_DETECT") -> dict[str, list]:
    """The years of each need of Argentina."""
    found = warehouse.execute(
        "select need, periods from published.need where ref_area = 'ARG' and indicator = ?",
        [indicator],
    )
    return dict(found.fetchall())


def needs(warehouse: duckdb.DuckDBPyConnection, *rows: Row) -> dict[str, list]:
    """The years of each need of Argentina, which has these rows, beside a state that reports."""
    with holding(warehouse, *OTHER_STATE, *rows):
        return asked(warehouse)


def parted(*without: str, **total: object) -> list[Row]:
    """Seven years of totals of Argentina, in 2020 with a part by each dimension but some."""
    of_2020 = [
        {"value": 10, **total, **part} for need, part in PARTS.items() if need not in without
    ]
    return [{**row, **total} if row["time_period"] == "2020" else row for row in WHOLE] + of_2020


def test_a_state_without_a_figure_is_to_begin(warehouse) -> None:
    assert needs(warehouse) == {"BEGIN": []}


def test_an_indicator_that_no_source_has_is_not_asked_for(warehouse) -> None:
    """It is a need of the project, not of a state."""
    with holding(warehouse, *OTHER_STATE):
        assert asked(warehouse, "PRV_TRAINED") == {}
        [states] = warehouse.execute("select list(distinct states) from published.need").fetchone()
    assert states == [1]


def test_gaps_are_to_be_filled_and_newer_years_reported(warehouse) -> None:
    few = [{"value": 4, "time_period": year} for year in ("2017", "2020")]
    assert needs(warehouse, *few) == {"FILL": ["2018", "2019"], "UPDATE": ["2021", "2022"]}


def test_a_withdrawn_figure_is_to_be_filled(warehouse) -> None:
    before = {"value": 12, "time_period": "2019", "release": "2023-05-30"}
    kept = [row for row in WHOLE if row["time_period"] != "2019"]
    assert needs(warehouse, before, *kept)["FILL"] == ["2019"]


def test_years_that_are_printed_as_missing_are_asked_for(warehouse) -> None:
    nothing = {"value": None, "lower": None, "upper": None, "obs_status": "O"}
    years = {"2018": {"value": 4}, "2019": nothing, "2020": {"value": 4}, "2021": nothing}
    found = needs(warehouse, *({"time_period": year, **row} for year, row in years.items()))
    assert (found["FILL"], found["UPDATE"]) == (["2019"], ["2021", "2022"])


def test_parts_need_their_total(warehouse) -> None:
    parts = [{"value": 4, "sex": "F", "time_period": year} for year in ("2021", "2022")]
    assert needs(warehouse, *parts) == {"COMPLETE": ["2021", "2022"]}


@pytest.mark.parametrize("need", PARTS)
def test_a_total_without_parts_is_to_be_divided(warehouse, need: str) -> None:
    asked_of = set(needs(warehouse, *parted(need))[need])
    assert asked_of == {row["time_period"] for row in WHOLE}
    assert "2020" not in needs(warehouse, *parted())[need]


@pytest.mark.parametrize("need", PARTS)
def test_a_suppressed_part_is_a_part(warehouse, need: str) -> None:
    found = needs(warehouse, *WHOLE, suppressed(**PARTS[need]))
    assert "2020" not in found[need]


@pytest.mark.parametrize("rule", ["labels_are_readable", "labels_are_known", "COPIED_TABLE"])
def test_a_breakdown_that_is_kept_out_is_not_asked_for(warehouse, rule: str) -> None:
    """What a publisher's file spoils, or a reader cannot read, was reported."""
    with holding(warehouse, *OTHER_STATE, *parted("BY_CITIZENSHIP")):
        before = asked(warehouse)
        warehouse.execute(KEPT_OUT, ["row 1", rule, "2020"])
        found = asked(warehouse)
    assert "2020" in before["BY_CITIZENSHIP"]
    assert "2020" not in found["BY_CITIZENSHIP"]
    assert found.keys() == before.keys()


def test_a_filled_column_is_no_breakdown(warehouse) -> None:
    """Its signs stand in place of no answer."""
    with holding(warehouse, *OTHER_STATE, *parted("BY_CITIZENSHIP")):
        warehouse.execute(KEPT_OUT, ["row 1", "FILLED_COLUMN", "2020"])
        assert "2020" in asked(warehouse)["BY_CITIZENSHIP"]


def test_unknown_alone_is_no_breakdown(warehouse) -> None:
    assert "2020" in needs(warehouse, *parted("BY_SEX"), {"value": 10, "sex": "_U"})["BY_SEX"]


@pytest.mark.parametrize("total", [{"value": 4}, {"value": 0}, suppressed()])
def test_a_small_or_hidden_total_is_not_to_be_divided(warehouse, total: Row) -> None:
    small = [{"time_period": row["time_period"], **total} for row in WHOLE]
    assert needs(warehouse, *small) == {}


def test_a_total_that_only_others_repeat_is_not_to_be_divided(warehouse) -> None:
    """The state may have reported parts that they left out."""
    repeated = {"value": 10, "time_period": "2023", "source": "int_repeated"}
    assert needs(warehouse, *parted(), repeated) == needs(warehouse, *parted())


def test_only_what_an_indicator_provides_for_is_asked(warehouse) -> None:
    rows = [{**row, "indicator": "OFF_RECORDED"} for row in [*WHOLE, *OTHER_STATE]]
    with holding(warehouse, *rows):
        assert set(asked(warehouse, "OFF_RECORDED")) == {"BY_FORM"}


def test_rates_and_further_indicators_are_not_asked_for(warehouse) -> None:
    rows = [{**row, "indicator": code} for row in OTHER_STATE
            for code in ("VIC_DETECT_RATE", "PER_ARREST")]  # fmt: skip
    with holding(warehouse, *rows):
        assert (asked(warehouse, "VIC_DETECT_RATE"), asked(warehouse, "PER_ARREST")) == ({}, {})


def by_sex(women: int, men: int, **other: object) -> list[Row]:
    return [{"value": 100}, {"value": women, "sex": "F"}, {"value": men, "sex": "M"}, other]


@pytest.mark.parametrize(
    ("rows", "years"),
    [
        (by_sex(50, 40, value=10, sex="_U"), ["2020"]),
        (by_sex(50, 40, value=10, sex="_U", age="_U"), ["2020"]),
        (by_sex(50, 40, value=10, sex="_O"), None),
        (by_sex(50, 41, value=9, sex="_U"), None),
        (by_sex(50, 40, **suppressed(sex="_U")), None),
        ([{"value": 20}, {"value": 9, "sex": "F"}, {"value": 7, "sex": "M"}], None),
        ([{"value": 20}, {"value": 9, "sex": "F"}, {"value": 6, "sex": "M"}], ["2020"]),
        ([{"value": 20}, {"value": 9, "age": "Y0T17"}, {"value": 6, "age": "Y_GE18"}], ["2020"]),
        (
            [
                {"value": 20},
                {"value": 9, "sex": "F", "age": "Y0T17"},
                suppressed(sex="M", age="Y0T17"),
            ],
            None,
        ),
    ],
)
def test_persons_of_unknown_sex_or_age(warehouse, rows: list[Row], years: list | None) -> None:
    """A tenth at least, five persons at least, and nothing hidden."""
    assert needs(warehouse, *rows).get("TELL_UNKNOWN") == years


def test_another_source_that_tells_sex_and_age_is_enough(warehouse) -> None:
    other = [{**row, "source": "int_unsd_sdg"} for row in by_sex(50, 49, value=1, sex="_U")]
    assert "TELL_UNKNOWN" not in needs(warehouse, *by_sex(50, 40, value=10, sex="_U"), *other)


def test_the_share_that_is_unknown_is_that_of_the_worst_year(warehouse) -> None:
    later = [{**row, "time_period": "2021"} for row in by_sex(40, 10, value=50, sex="_U")]
    with holding(warehouse, *by_sex(50, 40, value=10, sex="_U"), *later):
        [found] = warehouse.execute(
            "select periods, unknown_share from published.need where need = 'TELL_UNKNOWN'"
        ).fetchall()
    assert found == (["2020", "2021"], 0.5)


def test_a_state_whose_rows_are_all_kept_out_is_not_to_begin(warehouse) -> None:
    with holding(warehouse, *OTHER_STATE):
        warehouse.execute(KEPT_OUT, ["row 7", "one_row_per_cell", "2021"])
        assert asked(warehouse) == {}


REPEATED: Row = {"value": 9, "time_period": "2022", "source": "int_repeated"}


def test_years_before_one_that_only_others_repeat_are_newer_years(warehouse) -> None:
    few = [{"value": 4, "time_period": year} for year in ("2017", "2019")]
    assert needs(warehouse, *few, REPEATED) == {"FILL": ["2018"], "UPDATE": ["2020", "2021"]}


def test_only_the_total_to_cite_is_to_be_divided(warehouse) -> None:
    """What another source reports of a later year stands on no page as the figure to cite."""
    other = {"value": 51, "time_period": "2023", "source": "usa_tip_report"}
    assert needs(warehouse, *WHOLE, other)["BY_SEX"] == needs(warehouse, *WHOLE)["BY_SEX"]


def test_order_of_priority(warehouse) -> None:
    """The three main counts first, then newer years, gaps, totals, break-downs, other counts."""
    few = [{"value": 6, "time_period": year} for year in ("2017", "2019")]
    part = {"value": 6, "sex": "F", "time_period": "2020", "indicator": "VIC_PRESUMED"}
    others = [
        {**row, "indicator": code} for row in OTHER_STATE
        for code in ("PER_CONVICT", "VIC_PRESUMED", "INV_OPENED")
    ]  # fmt: skip
    with holding(warehouse, *OTHER_STATE, *others, *few, part):
        found = warehouse.execute(
            "select priority, need_step, indicator, need from published.need "
            "where ref_area = 'ARG' order by priority"
        ).fetchall()
    assert [rank for rank, *_ in found] == list(range(1, len(found) + 1))
    assert [step for _, *step in found] == [
        ["BEGIN_MAIN", "PER_CONVICT", "BEGIN"],
        ["UPDATE", "VIC_DETECT", "UPDATE"],
        ["UPDATE", "VIC_PRESUMED", "UPDATE"],
        ["FILL", "VIC_DETECT", "FILL"],
        ["COMPLETE", "VIC_PRESUMED", "COMPLETE"],
        ["BREAK_DOWN", "VIC_DETECT", "BY_AGE"],
        ["BREAK_DOWN", "VIC_DETECT", "BY_CITIZENSHIP"],
        ["BREAK_DOWN", "VIC_DETECT", "BY_FORM"],
        ["BREAK_DOWN", "VIC_DETECT", "BY_SEX"],
        ["BEGIN_OTHER", "INV_OPENED", "BEGIN"],
    ]
