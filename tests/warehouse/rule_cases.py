"""Good and bad cases of each rule between rows: the verdicts on a few observations, as a table.

A line has the verdicts, then the observations as `small_warehouse.cells` reads them.
"""

from typing import Final

from small_warehouse import Row, cells

TABLES: Final = {
    "sexes_add_up_to_the_total": """
        holds        | 100; F 60; M 40
        falls short  | 120; F 60; M 40
        exceeds      | 90; F 60; M 40
        exceeds      | 100; F 60; M 40; _O 5
        holds        | 103; F 60; M 40; sex=_U <5
        falls short  | 105; F 60; M 40; sex=_U <5
        holds        | <5; F <5; M <5
        untestable   | 100; F 60
        exceeds      | 50; F 60
        holds        | 112; F 60; M 40; sex=_U age=_U 12
        holds        | 100; F 60; M 40; sex=_U age=_U 12
        falls short  | 120; F 60; M 40; sex=_U age=_U 12
        holds neither with nor without unknown | 106; F 60; M 40; sex=_U age=_U 12
        untestable   | F 60; M 40
    """,
    "ages_add_up_to_the_total": """
        holds        | 100; Y0T17 30; Y_GE18 70
        exceeds      | 99; Y0T17 30; Y_GE18 70
        falls short  | 101; Y0T17 30; Y_GE18 70
        untestable   | 100; Y_GE18 70
        holds        | 104; Y0T17 30; Y_GE18 70; sex=_U age=_U 4
        exceeds      | 60; Y_GE18 70
    """,
    "age_bands_stay_within_children_and_adults": """
        holds        | Y0T17 30; Y0T11 20; Y12T17 10
        exceeds      | Y0T17 30; Y0T11 25; Y12T17 10
        untestable   | Y0T11 20
    """,
    "sexes_and_ages_add_up_within_each_other": """
        exceeds, holds, untestable*2 | Y0T17 30; Y_GE18 70; Y0T17 F 20; Y0T17 M 20; Y_GE18 F 30; \
            Y_GE18 M 40
    """,
    "sexes_come_with_their_total": """
        holds        | 100; F 60; M 40
        no total     | F 60; M 40
        no total     | -; F 60; M 40; sex=_U 5
                     | -; F -; M -
                     | AR-C F 60; AR-C M 40
                     | SX F 60; SX M 40
    """,
    "women_men_girls_and_boys_add_up_to_the_total": """
        holds        | 110; Y0T17 F 20; Y0T17 M 20; Y_GE18 F 30; Y_GE18 M 40
        exceeds      | 60; Y0T17 F 20; Y0T17 M 20; Y_GE18 F 30; Y_GE18 M 40
    """,
    "forms_cover_the_total": """
        holds        | 100; SX 70; FL 20; OTH 30
        exceeds      | 60; SX 70; FL 20; OTH 30
        falls short  | 200; SX 70; FL 20; OTH 30
        untestable   | 100; SX 70; FL 20
        exceeds      | 60; SX 70
    """,
    "no_form_exceeds_its_group": """
        holds        | SX 70; SX_PORN 70
        exceeds      | SX 70; SX_PORN 71
    """,
    "citizenships_stay_within_the_total": """
        holds        | 100; citizenship=COL 90
        exceeds      | 100; citizenship=COL 90; citizenship=NAT 20
        untestable   | citizenship=COL 90
    """,
    "later_justice_stages_are_no_larger": """
        exceeds, holds | PER_CONTACT 10; PER_PROSEC 12; PER_CONVICT 4
        untestable*2   | PER_PROSEC 10
    """,
    "unknown_sex_does_not_repeat_other_sex": """
        printed twice | sex=_U age=_U 153; _O 153
        holds         | sex=_U age=_U 153; _O 15
        untestable    | sex=_U age=_U 153
    """,
    "no_large_total_stands_twice": """
        repeated*2   | 2500; BRA 2500
        holds*2      | 2500; BRA 2501
    """,
    # A hundred years without a repetition show that chance makes few; where many years are equal,
    # one more says nothing. Small totals are often equal; those of four digits have another rule.
    "no_total_repeats_the_year_before": """
        holds*100, repeated | 2010: 297 297; BRA 2010: 200..300
        holds*101           | 2010: 297 . 297 300; BRA 2010: 200..300
        holds*6             | 2010: 297 297; BRA 2010: 210 210 230 230 240 250
                            | 2010: 19 19; BRA 2010: 2500 2500
    """,
    "indicators_have_different_totals": """
        same number*4 | 2017: 397 397; OFF_RECORDED 2017: 397 397
        holds*2       | 397; OFF_RECORDED 397
                      | 2017: 19 19; OFF_RECORDED 2017: 19 19
    """,
    "sources_count_different_units": """
        same number*4 | 2017: 268 268; source=can_sdg INC_RECORDED 2017: 268 268
        same number*2 | 268; source=can_sdg INC_RECORDED 268
        holds*2       | 68; source=can_sdg INC_RECORDED 68
        holds*4       | 2017: 268 238; source=can_sdg INC_RECORDED 2017: 268 239
        same number*4 | 2017: 68 68; source=can_sdg INC_RECORDED time_basis=FY0401 2017: 68 68
    """,
    "counts_fit_the_population": """
        implausible  | GRD 1500
        holds        | USA 1500
        untestable   | ESP 1500
                     | POL_BUDGET 1500
    """,
    "no_total_is_an_outlier": """
        holds*2, outlier | 2010: 10 12 3000
        holds*3          | 2010: 10 12 200
        untestable*2     | 2010: 10 3000
    """,
    "no_jump_without_a_break": """
        rises more than threefold  | 2010: 20 61
        falls to less than a third | 2010: 100 33
        holds                      | 2010: 20 60
        untestable                 | 2010: 19 100
        untestable                 | 2010: 20 . 100
        untestable                 | 2010: 20; obs_status=U 2011: 100
        holds                      | 2010: 20; obs_status=B 2011: 100
    """,
    "no_total_is_frozen": """
        frozen       | 2010: 7 7 7 7 7 7
        holds*2      | 2010: 7 7 7 7 7 8
        holds*2      | 2010: 7 7 7 . 7 7 7
    """,
    "no_year_is_missing": """
        gap          | 2010: 7 . 7
        holds        | 2010: 7 8
    """,
    "subdivisions_stay_within_the_country": """
        holds        | 9; AR-C 5
        exceeds      | 9; AR-B 5; AR-C 5
        untestable   | AR-C 5
    """,
    "no_hidden_figure_is_recoverable": """
        recoverable  | 100; F 98; M <5
        holds*2      | 98; F 96; M <5; sex=_U <5
        untestable   | 98; M <5
        recoverable  | 9; Y_GE18 8; Y0T17 <5
        recoverable  | F 9; F Y_GE18 8; F Y0T17 <5
        recoverable  | 9; SX 4; FL 4; OTH <5
        recoverable  | OTH 9; OP 8; OG <5
        holds        | 9; SX 8; FL 8; OTH <5
        recoverable  | 9; citizenship=NAT 8; citizenship=COL <5
        holds        | 90; citizenship=NAT 8; citizenship=COL <5
    """,
    "no_large_revision": """
        changed, holds, withdrawn | release=2023-05-30 2010: 100 200 300; 2010: 112 210
    """,
}


def case(line: str) -> tuple[list[str], list[Row]]:
    """Return the verdicts of a line, in order, and its observations."""
    verdicts, _, rows = line.partition("|")
    counted = (each.strip().partition("*") for each in verdicts.split(",") if each.strip())
    return sorted(each for each, _, n in counted for _ in range(int(n or 1))), cells(rows)


CASES: Final = {
    rule: [case(line) for line in table.splitlines() if "|" in line]
    for rule, table in TABLES.items()
}
"""For each rule verdicts, and the rows that have them."""
