"""Cross-row rules: each says `holds` of a good case and names a bad one."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from conftest import observations, suppressed

from pipelines.warehouse import sql_files
from schemas import codelists, rules

RULES = {rule.name: rule for rule in sql_files.rules()}


@pytest.fixture(scope="module")
def empty(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator:
    """A warehouse without observations, in which the rules can be tried."""
    copy = tmp_path_factory.mktemp("rules") / "empty.duckdb"
    copy.write_bytes(built.read_bytes())
    with duckdb.connect(copy) as connection:
        connection.execute("delete from harmonised.observation; delete from quarantine")
        yield connection


def verdicts(connection: duckdb.DuckDBPyConnection, rule: str, *rows: dict) -> list[str]:
    """Return the verdicts of a rule on a few observations, in a transaction that is undone."""
    frame = observations(*rows)
    connection.execute("begin")
    connection.execute("insert into harmonised.observation by name select * from frame")
    if rule == "no_large_revision":  # it compares two releases
        for table in ("release", "source"):
            connection.execute(
                f"update {table} set source = 'int_test' where source = 'int_unodc_glotip'"
            )
    else:
        connection.execute(
            "insert into release select * replace ('int_test' as source, '2025-01-01' as release) "
            "from release where source = 'int_unodc_glotip' and is_newest"
        )
    statement = RULES[rule].text.rstrip().removesuffix(";")
    found = connection.execute(f"select verdict from ({statement})").fetchall()
    connection.execute("rollback")
    del frame
    return sorted(verdict for (verdict,) in found)


def series(*values: float | None, **row: object) -> list[dict]:
    """A yearly series from 2010 on; None is a missing year."""
    years = enumerate(values, start=2010)
    return [{"value": v, "time_period": str(y), **row} for y, v in years if v is not None]


SEXES = [{"value": 60, "sex": "F"}, {"value": 40, "sex": "M"}]
AGES = [{"value": 30, "age": "Y0T17"}, {"value": 70, "age": "Y_GE18"}]
FORMS = [{"value": 70, "exploitation": "SX"}, {"value": 20, "exploitation": "FL"}]
OTHER = {"value": 30, "exploitation": "OTH"}
OF_INCIDENTS = {"source": "can_sdg", "release": "2026-03-10", "indicator": "INC_RECORDED"}
CASES = [
    ("sexes_add_up_to_the_total", ["holds"], [{"value": 100}, *SEXES]),
    ("sexes_add_up_to_the_total", ["falls short"], [{"value": 120}, *SEXES]),
    ("sexes_add_up_to_the_total", ["exceeds"], [{"value": 90}, *SEXES]),
    ("sexes_add_up_to_the_total", ["exceeds"], [{"value": 100}, *SEXES, {"value": 5, "sex": "_O"}]),
    ("sexes_add_up_to_the_total", ["holds"], [{"value": 103}, *SEXES, suppressed(sex="_U")]),
    ("sexes_add_up_to_the_total", ["falls short"], [{"value": 105}, *SEXES, suppressed(sex="_U")]),
    (
        "sexes_add_up_to_the_total",
        ["holds"],
        [suppressed(), suppressed(sex="F"), suppressed(sex="M")],
    ),
    ("sexes_add_up_to_the_total", ["untestable"], [{"value": 100}, SEXES[0]]),
    ("sexes_add_up_to_the_total", ["exceeds"], [{"value": 50}, SEXES[0]]),
    (
        "sexes_add_up_to_the_total",
        ["holds"],
        [{"value": 112}, *SEXES, {"value": 12, "sex": "_U", "age": "_U"}],
    ),
    (
        "sexes_add_up_to_the_total",
        ["holds"],
        [{"value": 100}, *SEXES, {"value": 12, "sex": "_U", "age": "_U"}],
    ),
    (
        "sexes_add_up_to_the_total",
        ["falls short"],
        [{"value": 120}, *SEXES, {"value": 12, "sex": "_U", "age": "_U"}],
    ),
    (
        "sexes_add_up_to_the_total",
        ["holds neither with nor without unknown"],
        [{"value": 106}, *SEXES, {"value": 12, "sex": "_U", "age": "_U"}],
    ),
    ("sexes_add_up_to_the_total", ["untestable"], SEXES),
    ("ages_add_up_to_the_total", ["holds"], [{"value": 100}, *AGES]),
    ("ages_add_up_to_the_total", ["exceeds"], [{"value": 99}, *AGES]),
    ("ages_add_up_to_the_total", ["falls short"], [{"value": 101}, *AGES]),
    ("ages_add_up_to_the_total", ["untestable"], [{"value": 100}, AGES[1]]),
    (
        "ages_add_up_to_the_total",
        ["holds"],
        [{"value": 104}, *AGES, {"value": 4, "sex": "_U", "age": "_U"}],
    ),
    ("ages_add_up_to_the_total", ["exceeds"], [{"value": 60}, AGES[1]]),
    (
        "age_bands_stay_within_children_and_adults",
        ["holds"],
        [AGES[0], {"value": 20, "age": "Y0T11"}, {"value": 10, "age": "Y12T17"}],
    ),
    (
        "age_bands_stay_within_children_and_adults",
        ["exceeds"],
        [AGES[0], {"value": 25, "age": "Y0T11"}, {"value": 10, "age": "Y12T17"}],
    ),
    ("age_bands_stay_within_children_and_adults", ["untestable"], [{"value": 20, "age": "Y0T11"}]),
    (
        "sexes_and_ages_add_up_within_each_other",
        ["exceeds", "holds", "untestable", "untestable"],
        [
            *AGES,
            {"value": 20, "age": "Y0T17", "sex": "F"},
            {"value": 20, "age": "Y0T17", "sex": "M"},
            {"value": 30, "age": "Y_GE18", "sex": "F"},
            {"value": 40, "age": "Y_GE18", "sex": "M"},
        ],
    ),
    ("forms_cover_the_total", ["holds"], [{"value": 100}, *FORMS, OTHER]),
    ("forms_cover_the_total", ["exceeds"], [{"value": 60}, *FORMS, OTHER]),
    ("forms_cover_the_total", ["falls short"], [{"value": 200}, *FORMS, OTHER]),
    ("forms_cover_the_total", ["untestable"], [{"value": 100}, *FORMS]),
    ("forms_cover_the_total", ["exceeds"], [{"value": 60}, FORMS[0]]),
    ("no_form_exceeds_its_group", ["holds"], [FORMS[0], {"value": 70, "exploitation": "SX_PORN"}]),
    (
        "no_form_exceeds_its_group",
        ["exceeds"],
        [FORMS[0], {"value": 71, "exploitation": "SX_PORN"}],
    ),
    (
        "citizenships_stay_within_the_total",
        ["holds"],
        [{"value": 100}, {"value": 90, "citizenship": "COL"}],
    ),
    (
        "citizenships_stay_within_the_total",
        ["exceeds"],
        [{"value": 100}, {"value": 90, "citizenship": "COL"}, {"value": 20, "citizenship": "NAT"}],
    ),
    ("citizenships_stay_within_the_total", ["untestable"], [{"value": 90, "citizenship": "COL"}]),
    (
        "later_justice_stages_are_no_larger",
        ["exceeds", "holds"],
        [
            {"value": 10, "indicator": "PER_CONTACT"},
            {"value": 12, "indicator": "PER_PROSEC"},
            {"value": 4, "indicator": "PER_CONVICT"},
        ],
    ),
    (
        "later_justice_stages_are_no_larger",
        ["untestable", "untestable"],
        [{"value": 10, "indicator": "PER_PROSEC"}],
    ),
    (
        "unknown_sex_does_not_repeat_other_sex",
        ["printed twice"],
        [{"value": 153, "sex": "_U", "age": "_U"}, {"value": 153, "sex": "_O"}],
    ),
    (
        "unknown_sex_does_not_repeat_other_sex",
        ["holds"],
        [{"value": 153, "sex": "_U", "age": "_U"}, {"value": 15, "sex": "_O"}],
    ),
    (
        "unknown_sex_does_not_repeat_other_sex",
        ["untestable"],
        [{"value": 153, "sex": "_U", "age": "_U"}],
    ),
    (
        "no_large_total_stands_twice",
        ["repeated", "repeated"],
        [{"value": 2500}, {"value": 2500, "ref_area": "BRA"}],
    ),
    (
        "no_large_total_stands_twice",
        ["holds", "holds"],
        [{"value": 2500}, {"value": 2501, "ref_area": "BRA"}],
    ),
    (
        "indicators_have_different_totals",
        ["same number"] * 4,
        [
            {"value": 397, "indicator": indicator, "time_period": year}
            for indicator in ("VIC_DETECT", "OFF_RECORDED")
            for year in ("2017", "2018")
        ],
    ),
    (
        "indicators_have_different_totals",
        ["holds"] * 2,
        [{"value": 397}, {"value": 397, "indicator": "OFF_RECORDED"}],
    ),
    (
        "indicators_have_different_totals",
        [],
        [
            {"value": 19, "indicator": indicator, "time_period": year}
            for indicator in ("VIC_DETECT", "OFF_RECORDED")
            for year in ("2017", "2018")
        ],
    ),
    (
        "sources_count_different_units",
        ["same number"] * 4,
        [
            {"value": 268, "time_period": year, **source}
            for source in ({}, OF_INCIDENTS)
            for year in ("2017", "2018")
        ],
    ),
    (
        "sources_count_different_units",
        ["same number"] * 2,
        [{"value": 268}, {"value": 268, **OF_INCIDENTS}],
    ),
    (
        "sources_count_different_units",
        ["holds"] * 2,
        [{"value": 68}, {"value": 68, **OF_INCIDENTS}],
    ),
    (
        "sources_count_different_units",
        ["holds"] * 4,
        [
            {"value": 268, "time_period": "2017"},
            {"value": 238, "time_period": "2018"},
            {"value": 268, "time_period": "2017", **OF_INCIDENTS},
            {"value": 239, "time_period": "2018", **OF_INCIDENTS},
        ],
    ),
    (
        "sources_count_different_units",
        ["same number"] * 4,
        [
            {"value": 68, "time_period": year, **source}
            for source in ({}, {**OF_INCIDENTS, "time_basis": "FY0401"})
            for year in ("2017", "2018")
        ],
    ),
    ("counts_fit_the_population", ["implausible"], [{"value": 1500, "ref_area": "GRD"}]),
    ("counts_fit_the_population", ["holds"], [{"value": 1500, "ref_area": "USA"}]),
    ("counts_fit_the_population", ["untestable"], [{"value": 1500, "ref_area": "ESP"}]),
    ("counts_fit_the_population", [], [{"value": 1500, "indicator": "POL_BUDGET"}]),
    ("no_total_is_an_outlier", ["holds", "holds", "outlier"], series(10, 12, 3000)),
    ("no_total_is_an_outlier", ["holds"] * 3, series(10, 12, 200)),
    ("no_total_is_an_outlier", ["untestable"] * 2, series(10, 3000)),
    ("no_jump_without_a_break", ["rises more than threefold"], series(20, 61)),
    ("no_jump_without_a_break", ["falls to less than a third"], series(100, 33)),
    ("no_jump_without_a_break", ["holds"], series(20, 60)),
    ("no_jump_without_a_break", ["untestable"], series(19, 100)),
    ("no_jump_without_a_break", ["untestable"], series(20, None, 100)),
    (
        "no_jump_without_a_break",
        ["untestable"],
        [*series(20), {"value": 100, "time_period": "2011", "obs_status": "U"}],
    ),
    (
        "no_jump_without_a_break",
        ["holds"],
        [*series(20), {"value": 100, "time_period": "2011", "obs_status": "B"}],
    ),
    ("no_total_is_frozen", ["frozen"], series(7, 7, 7, 7, 7, 7)),
    ("no_total_is_frozen", ["holds", "holds"], series(7, 7, 7, 7, 7, 8)),
    ("no_total_is_frozen", ["holds", "holds"], series(7, 7, 7, None, 7, 7, 7)),
    ("no_year_is_missing", ["gap"], series(7, None, 7)),
    ("no_year_is_missing", ["holds"], series(7, 8)),
    (
        "subdivisions_stay_within_the_country",
        ["holds"],
        [{"value": 9}, {"value": 5, "ref_area": "AR-C"}],
    ),
    (
        "subdivisions_stay_within_the_country",
        ["exceeds"],
        [{"value": 9}, *({"value": 5, "ref_area": f"AR-{s}"} for s in "BC")],
    ),
    ("subdivisions_stay_within_the_country", ["untestable"], [{"value": 5, "ref_area": "AR-C"}]),
    (
        "no_hidden_figure_is_recoverable",
        ["recoverable"],
        [{"value": 100}, {"value": 98, "sex": "F"}, suppressed(sex="M")],
    ),
    (
        "no_hidden_figure_is_recoverable",
        ["holds", "holds"],
        [{"value": 98}, {"value": 96, "sex": "F"}, suppressed(sex="M"), suppressed(sex="_U")],
    ),
    ("no_hidden_figure_is_recoverable", ["untestable"], [{"value": 98}, suppressed(sex="M")]),
    (
        "no_hidden_figure_is_recoverable",
        ["recoverable"],
        [{"value": 9}, {"value": 8, "age": "Y_GE18"}, suppressed(age="Y0T17")],
    ),
    (
        "no_hidden_figure_is_recoverable",
        ["recoverable"],
        [
            {"value": 9, "sex": "F"},
            {"value": 8, "sex": "F", "age": "Y_GE18"},
            suppressed(sex="F", age="Y0T17"),
        ],
    ),
    (
        "no_hidden_figure_is_recoverable",
        ["recoverable"],
        [
            {"value": 9},
            *({"value": 4, "exploitation": form} for form in ("SX", "FL")),
            suppressed(exploitation="OTH"),
        ],
    ),
    (
        "no_hidden_figure_is_recoverable",
        ["recoverable"],
        [
            {"value": 9, "exploitation": "OTH"},
            {"value": 8, "exploitation": "OP"},
            suppressed(exploitation="OG"),
        ],
    ),
    (
        "no_hidden_figure_is_recoverable",
        ["holds"],
        [
            {"value": 9},
            *({"value": 8, "exploitation": form} for form in ("SX", "FL")),
            suppressed(exploitation="OTH"),
        ],
    ),
    (
        "no_hidden_figure_is_recoverable",
        ["recoverable"],
        [{"value": 9}, {"value": 8, "citizenship": "NAT"}, suppressed(citizenship="COL")],
    ),
    (
        "no_hidden_figure_is_recoverable",
        ["holds"],
        [{"value": 90}, {"value": 8, "citizenship": "NAT"}, suppressed(citizenship="COL")],
    ),
    (
        "no_large_revision",
        ["changed", "holds", "withdrawn"],
        [
            *series(100, 200, 300, source="int_test", release="2023-05-30"),
            *series(112, 210, source="int_test", release="2025-04-14"),
        ],
    ),
]


@pytest.mark.parametrize(("rule", "expected", "rows"), CASES)
def test_verdict(empty, rule: str, expected: list[str], rows: list[dict]) -> None:
    assert verdicts(empty, rule, *rows) == expected


def test_every_rule_is_tried_both_ways() -> None:
    for rule in RULES:
        outcomes = {verdict for name, expected, _ in CASES if name == rule for verdict in expected}
        assert "holds" in outcomes, rule
        assert outcomes - {"holds", "untestable"}, rule


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_header_says_what_the_rule_is(rule: sql_files.SqlFile) -> None:
    assert set(rule.fields) == {"severity", "kind", "title"}
    assert rule.fields["severity"] in {"WARN", "INFO"}


def test_a_description_goes_on_in_the_lines_indented_below_it(tmp_path: Path) -> None:
    file = tmp_path / "thing.sql"
    file.write_text(
        "-- One row per thing,\n-- or two.\n-- a: First\n--   and more.\n-- b: Second.\n"
    )
    read = sql_files.read(file)
    assert read.grain == "One row per thing, or two."
    assert read.fields == {"a": "First and more.", "b": "Second."}


OVER_ALL = "release = '2025-04-14' and indicator = 'VIC_DETECT' and exploitation = '_T'"


def test_sexes_of_the_shipped_headline(query) -> None:
    found = query(
        "select verdict, count(*) from rule_result where rule = 'sexes_add_up_to_the_total' "
        f"and {OVER_ALL} and citizenship = '_T' group by verdict"
    )
    assert dict(found) == {
        "exceeds": 14,
        "falls short": 38,
        "holds neither with nor without unknown": 2,
    }
    paraguay = query(
        "select detail from rule_result where rule = 'sexes_add_up_to_the_total' "
        f"and {OVER_ALL} and ref_area = 'PRY' and time_period = '2020'"
    )
    assert paraguay == [("total 170, parts 172",)]


def test_parts_of_which_one_is_printed_in_two_rows(query) -> None:
    """Bolivia 2019: 254 women, 108 men, and 78 + 107 others, against 373."""
    found = query(
        "select verdict, detail from rule_result where rule = 'sexes_add_up_to_the_total' "
        f"and {OVER_ALL} and ref_area = 'BOL' and time_period = '2019'"
    )
    assert found == [("exceeds", "total 373, parts 547, unknown 43")]


def test_unknown_of_the_united_states_repeats_other(query) -> None:
    found = query(
        "select time_period from rule_result where rule = 'unknown_sex_does_not_repeat_other_sex' "
        f"and {OVER_ALL} and ref_area = 'USA' order by all"
    )
    assert [year for (year,) in found] == ["2017", "2018", "2019", "2020", "2021", "2022"]


def test_every_row_kept_out_is_under_a_rule_or_a_detector_that_there_is(query) -> None:
    known = rules.ids() | {code: code for code in codelists.codes("detector")}
    found = query("select distinct rule, rule_id from main.quarantine")
    assert [rule for rule, rule_id in found if known.get(rule) != rule_id] == []
