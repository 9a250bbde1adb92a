"""Good and bad cases of each rule between rows: a few observations and the verdicts on them."""

from typing import Final

from conftest import suppressed
from small_warehouse import MISSING

Row = dict[str, object]


def series(*values: float | None, **row: object) -> list[dict]:
    """A yearly series from 2010 on; None is a missing year."""
    years = enumerate(values, start=2010)
    return [{"value": v, "time_period": str(y), **row} for y, v in years if v is not None]


SEXES = [{"value": 60, "sex": "F"}, {"value": 40, "sex": "M"}]
AGES = [{"value": 30, "age": "Y0T17"}, {"value": 70, "age": "Y_GE18"}]
SEXES_BY_AGE = [
    {"value": 20, "age": "Y0T17", "sex": "F"},
    {"value": 20, "age": "Y0T17", "sex": "M"},
    {"value": 30, "age": "Y_GE18", "sex": "F"},
    {"value": 40, "age": "Y_GE18", "sex": "M"},
]
FORMS = [{"value": 70, "exploitation": "SX"}, {"value": 20, "exploitation": "FL"}]
OTHER = {"value": 30, "exploitation": "OTH"}
OF_INCIDENTS = {"source": "can_sdg", "indicator": "INC_RECORDED"}
CASES: Final = {
    "sexes_add_up_to_the_total": [
        (["holds"], [{"value": 100}, *SEXES]),
        (["falls short"], [{"value": 120}, *SEXES]),
        (["exceeds"], [{"value": 90}, *SEXES]),
        (["exceeds"], [{"value": 100}, *SEXES, {"value": 5, "sex": "_O"}]),
        (["holds"], [{"value": 103}, *SEXES, suppressed(sex="_U")]),
        (["falls short"], [{"value": 105}, *SEXES, suppressed(sex="_U")]),
        (["holds"], [suppressed(), suppressed(sex="F"), suppressed(sex="M")]),
        (["untestable"], [{"value": 100}, SEXES[0]]),
        (["exceeds"], [{"value": 50}, SEXES[0]]),
        (["holds"], [{"value": 112}, *SEXES, {"value": 12, "sex": "_U", "age": "_U"}]),
        (["holds"], [{"value": 100}, *SEXES, {"value": 12, "sex": "_U", "age": "_U"}]),
        (["falls short"], [{"value": 120}, *SEXES, {"value": 12, "sex": "_U", "age": "_U"}]),
        (
            ["holds neither with nor without unknown"],
            [{"value": 106}, *SEXES, {"value": 12, "sex": "_U", "age": "_U"}],
        ),
        (["untestable"], SEXES),
    ],
    "ages_add_up_to_the_total": [
        (["holds"], [{"value": 100}, *AGES]),
        (["exceeds"], [{"value": 99}, *AGES]),
        (["falls short"], [{"value": 101}, *AGES]),
        (["untestable"], [{"value": 100}, AGES[1]]),
        (["holds"], [{"value": 104}, *AGES, {"value": 4, "sex": "_U", "age": "_U"}]),
        (["exceeds"], [{"value": 60}, AGES[1]]),
    ],
    "age_bands_stay_within_children_and_adults": [
        (["holds"], [AGES[0], {"value": 20, "age": "Y0T11"}, {"value": 10, "age": "Y12T17"}]),
        (["exceeds"], [AGES[0], {"value": 25, "age": "Y0T11"}, {"value": 10, "age": "Y12T17"}]),
        (["untestable"], [{"value": 20, "age": "Y0T11"}]),
    ],
    "sexes_and_ages_add_up_within_each_other": [
        (
            ["exceeds", "holds", "untestable", "untestable"],
            [
                *AGES,
                {"value": 20, "age": "Y0T17", "sex": "F"},
                {"value": 20, "age": "Y0T17", "sex": "M"},
                {"value": 30, "age": "Y_GE18", "sex": "F"},
                {"value": 40, "age": "Y_GE18", "sex": "M"},
            ],
        ),
    ],
    "sexes_come_with_their_total": [
        (["holds"], [{"value": 100}, *SEXES]),
        (["no total"], SEXES),
        (["no total"], [MISSING, *SEXES, {"value": 5, "sex": "_U"}]),
        ([], [MISSING, {**MISSING, "sex": "F"}, {**MISSING, "sex": "M"}]),
        ([], [{"ref_area": "AR-C", **row} for row in SEXES]),
        ([], [{"exploitation": "SX", **row} for row in SEXES]),
    ],
    "women_men_girls_and_boys_add_up_to_the_total": [
        (["holds"], [{"value": 110}, *SEXES_BY_AGE]),
        (["exceeds"], [{"value": 60}, *SEXES_BY_AGE]),
    ],
    "forms_cover_the_total": [
        (["holds"], [{"value": 100}, *FORMS, OTHER]),
        (["exceeds"], [{"value": 60}, *FORMS, OTHER]),
        (["falls short"], [{"value": 200}, *FORMS, OTHER]),
        (["untestable"], [{"value": 100}, *FORMS]),
        (["exceeds"], [{"value": 60}, FORMS[0]]),
    ],
    "no_form_exceeds_its_group": [
        (["holds"], [FORMS[0], {"value": 70, "exploitation": "SX_PORN"}]),
        (["exceeds"], [FORMS[0], {"value": 71, "exploitation": "SX_PORN"}]),
    ],
    "citizenships_stay_within_the_total": [
        (["holds"], [{"value": 100}, {"value": 90, "citizenship": "COL"}]),
        (
            ["exceeds"],
            [
                {"value": 100},
                {"value": 90, "citizenship": "COL"},
                {"value": 20, "citizenship": "NAT"},
            ],
        ),
        (["untestable"], [{"value": 90, "citizenship": "COL"}]),
    ],
    "later_justice_stages_are_no_larger": [
        (
            ["exceeds", "holds"],
            [
                {"value": 10, "indicator": "PER_CONTACT"},
                {"value": 12, "indicator": "PER_PROSEC"},
                {"value": 4, "indicator": "PER_CONVICT"},
            ],
        ),
        (["untestable", "untestable"], [{"value": 10, "indicator": "PER_PROSEC"}]),
    ],
    "unknown_sex_does_not_repeat_other_sex": [
        (
            ["printed twice"],
            [{"value": 153, "sex": "_U", "age": "_U"}, {"value": 153, "sex": "_O"}],
        ),
        (["holds"], [{"value": 153, "sex": "_U", "age": "_U"}, {"value": 15, "sex": "_O"}]),
        (["untestable"], [{"value": 153, "sex": "_U", "age": "_U"}]),
    ],
    "no_large_total_stands_twice": [
        (["repeated", "repeated"], [{"value": 2500}, {"value": 2500, "ref_area": "BRA"}]),
        (["holds", "holds"], [{"value": 2500}, {"value": 2501, "ref_area": "BRA"}]),
    ],
    "no_total_repeats_the_year_before": [
        # A hundred years without a repetition show that chance makes few.
        (
            ["holds"] * 100 + ["repeated"],
            [*series(297, 297), *series(*range(200, 301), ref_area="BRA")],
        ),
        (
            ["holds"] * 101,
            [*series(297, None, 297, 300), *series(*range(200, 301), ref_area="BRA")],
        ),
        # Where many years are equal, one more says nothing.
        (["holds"] * 6, [*series(297, 297), *series(210, 210, 230, 230, 240, 250, ref_area="BRA")]),
        # Small totals are often equal; those of four digits have another rule.
        ([], [*series(19, 19), *series(2500, 2500, ref_area="BRA")]),
    ],
    "indicators_have_different_totals": [
        (
            ["same number"] * 4,
            [
                {"value": 397, "indicator": indicator, "time_period": year}
                for indicator in ("VIC_DETECT", "OFF_RECORDED")
                for year in ("2017", "2018")
            ],
        ),
        (["holds"] * 2, [{"value": 397}, {"value": 397, "indicator": "OFF_RECORDED"}]),
        (
            [],
            [
                {"value": 19, "indicator": indicator, "time_period": year}
                for indicator in ("VIC_DETECT", "OFF_RECORDED")
                for year in ("2017", "2018")
            ],
        ),
    ],
    "sources_count_different_units": [
        (
            ["same number"] * 4,
            [
                {"value": 268, "time_period": year, **source}
                for source in ({}, OF_INCIDENTS)
                for year in ("2017", "2018")
            ],
        ),
        (["same number"] * 2, [{"value": 268}, {"value": 268, **OF_INCIDENTS}]),
        (["holds"] * 2, [{"value": 68}, {"value": 68, **OF_INCIDENTS}]),
        (
            ["holds"] * 4,
            [
                {"value": 268, "time_period": "2017"},
                {"value": 238, "time_period": "2018"},
                {"value": 268, "time_period": "2017", **OF_INCIDENTS},
                {"value": 239, "time_period": "2018", **OF_INCIDENTS},
            ],
        ),
        (
            ["same number"] * 4,
            [
                {"value": 68, "time_period": year, **source}
                for source in ({}, {**OF_INCIDENTS, "time_basis": "FY0401"})
                for year in ("2017", "2018")
            ],
        ),
    ],
    "counts_fit_the_population": [
        (["implausible"], [{"value": 1500, "ref_area": "GRD"}]),
        (["holds"], [{"value": 1500, "ref_area": "USA"}]),
        (["untestable"], [{"value": 1500, "ref_area": "ESP"}]),
        ([], [{"value": 1500, "indicator": "POL_BUDGET"}]),
    ],
    "no_total_is_an_outlier": [
        (["holds", "holds", "outlier"], series(10, 12, 3000)),
        (["holds"] * 3, series(10, 12, 200)),
        (["untestable"] * 2, series(10, 3000)),
    ],
    "no_jump_without_a_break": [
        (["rises more than threefold"], series(20, 61)),
        (["falls to less than a third"], series(100, 33)),
        (["holds"], series(20, 60)),
        (["untestable"], series(19, 100)),
        (["untestable"], series(20, None, 100)),
        (["untestable"], [*series(20), {"value": 100, "time_period": "2011", "obs_status": "U"}]),
        (["holds"], [*series(20), {"value": 100, "time_period": "2011", "obs_status": "B"}]),
    ],
    "no_total_is_frozen": [
        (["frozen"], series(7, 7, 7, 7, 7, 7)),
        (["holds", "holds"], series(7, 7, 7, 7, 7, 8)),
        (["holds", "holds"], series(7, 7, 7, None, 7, 7, 7)),
    ],
    "no_year_is_missing": [
        (["gap"], series(7, None, 7)),
        (["holds"], series(7, 8)),
    ],
    "subdivisions_stay_within_the_country": [
        (["holds"], [{"value": 9}, {"value": 5, "ref_area": "AR-C"}]),
        (["exceeds"], [{"value": 9}, *({"value": 5, "ref_area": f"AR-{s}"} for s in "BC")]),
        (["untestable"], [{"value": 5, "ref_area": "AR-C"}]),
    ],
    "no_hidden_figure_is_recoverable": [
        (["recoverable"], [{"value": 100}, {"value": 98, "sex": "F"}, suppressed(sex="M")]),
        (
            ["holds", "holds"],
            [{"value": 98}, {"value": 96, "sex": "F"}, suppressed(sex="M"), suppressed(sex="_U")],
        ),
        (["untestable"], [{"value": 98}, suppressed(sex="M")]),
        (["recoverable"], [{"value": 9}, {"value": 8, "age": "Y_GE18"}, suppressed(age="Y0T17")]),
        (
            ["recoverable"],
            [
                {"value": 9, "sex": "F"},
                {"value": 8, "sex": "F", "age": "Y_GE18"},
                suppressed(sex="F", age="Y0T17"),
            ],
        ),
        (
            ["recoverable"],
            [
                {"value": 9},
                *({"value": 4, "exploitation": form} for form in ("SX", "FL")),
                suppressed(exploitation="OTH"),
            ],
        ),
        (
            ["recoverable"],
            [
                {"value": 9, "exploitation": "OTH"},
                {"value": 8, "exploitation": "OP"},
                suppressed(exploitation="OG"),
            ],
        ),
        (
            ["holds"],
            [
                {"value": 9},
                *({"value": 8, "exploitation": form} for form in ("SX", "FL")),
                suppressed(exploitation="OTH"),
            ],
        ),
        (
            ["recoverable"],
            [{"value": 9}, {"value": 8, "citizenship": "NAT"}, suppressed(citizenship="COL")],
        ),
        (
            ["holds"],
            [{"value": 90}, {"value": 8, "citizenship": "NAT"}, suppressed(citizenship="COL")],
        ),
    ],
    "no_large_revision": [
        (
            ["changed", "holds", "withdrawn"],
            [
                *series(100, 200, 300, release="2023-05-30"),
                *series(112, 210),
            ],
        ),
    ],
}
"""For each rule verdicts, and the rows that have them."""
