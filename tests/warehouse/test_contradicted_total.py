"""Totals that their own parts contradict are doubtful: neither cited nor tested for a trend."""

import duckdb
import pytest
from conftest import suppressed
from small_warehouse import Row, once_doubted

TOTAL: Row = {"value": 100}
TOO_MANY_BY_SEX: list[Row] = [{"value": 90, "sex": "F"}, {"value": 40, "sex": "M"}]
BY_AGE: list[Row] = [{"value": 30, "age": "Y0T17"}, {"value": 70, "age": "Y_GE18"}]
UNKNOWN: Row = {"value": 30, "sex": "_U", "age": "_U"}


def status(warehouse: duckdb.DuckDBPyConnection, *rows: Row) -> tuple[str, list[str]]:
    """Return status and flags of the total once doubt is marked."""
    total = (
        "select obs_status, flags from harmonised.observation "
        "where sex = '_T' and age = '_T' and exploitation = '_T' and citizenship = '_T'"
    )
    return once_doubted(warehouse, total, TOTAL, *rows)[0]


@pytest.mark.parametrize(
    ("rows", "is_doubtful"),
    [
        ([], False),
        (BY_AGE, False),
        (TOO_MANY_BY_SEX, True),
        ([TOO_MANY_BY_SEX[0], {"value": 130, "sex": "M"}], True),
        ([{"value": 130, "age": "Y_GE18"}], True),
        ([{"value": 60, "citizenship": "NAT"}, {"value": 60, "citizenship": "COL"}], True),
        # What adds up confirms the total, and leaves the doubt to the other parts.
        ([*TOO_MANY_BY_SEX, *BY_AGE], False),
        ([*TOO_MANY_BY_SEX, {"value": 98, "age": "Y_GE18"}, suppressed(age="Y0T17")], False),
        ([*TOO_MANY_BY_SEX, {"value": 100, "citizenship": "NAT"}], False),
        ([*TOO_MANY_BY_SEX, {"value": 100, "exploitation": "SX"}], False),
        ([*TOO_MANY_BY_SEX, {"value": 70, "age": "Y_GE18"}, UNKNOWN], False),
        # What falls short confirms nothing.
        ([*TOO_MANY_BY_SEX, {"value": 60, "age": "Y_GE18"}], True),
        # One form alone counts each person once.
        ([{"value": 130, "exploitation": "SX"}], True),
        ([{"value": 130, "exploitation": "SX"}, *BY_AGE], False),
        # A person may stand in several forms, and one of unknown sex in two cells.
        ([{"value": 80, "exploitation": "SX"}, {"value": 60, "exploitation": "FL"}], False),
        ([{"value": 60, "sex": "F"}, {"value": 40, "sex": "M"}, UNKNOWN], False),
        # Parts of another year say nothing.
        ([row | {"time_period": "2019"} for row in TOO_MANY_BY_SEX], False),
    ],
)
def test_a_total_that_parts_exceed_and_none_confirms_is_doubtful(warehouse, rows, is_doubtful):
    assert status(warehouse, *rows) == (("U", ["BELOW_PARTS"]) if is_doubtful else ("A", []))


def test_a_total_that_was_doubtful_before_keeps_its_reason(warehouse):
    doubted = {"obs_status": "U", "flags": "CONTRADICTED"}
    total = "select obs_status, flags from harmonised.observation where sex = '_T'"
    found = once_doubted(warehouse, total, TOTAL | doubted, *TOO_MANY_BY_SEX)
    assert found == [("U", ["CONTRADICTED"])]


BEFORE: Row = {"release": "2023-05-30"}
HELD: list[Row] = [
    row | BEFORE for row in (TOTAL, {"value": 60, "sex": "F"}, {"value": 40, "sex": "M"})
]
MEN: Row = {"value": 40, "sex": "M"}


def doubtful(warehouse: duckdb.DuckDBPyConnection, *rows: Row) -> dict[str, str]:
    """Return the reason of each doubtful figure of the newest release, by sex and age."""
    reasons = (
        "select concat_ws(' ', sex, age), flags[1] "
        "from harmonised.observation where release = '2025-01-01' and has_status(obs_status, 'U')"
    )
    return dict(once_doubted(warehouse, reasons, *rows))


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        # The parts of the release before made up the same total: what was revised is doubtful.
        ([*HELD, TOTAL, {"value": 90, "sex": "F"}, MEN], {"F _T": "PARTS_REVISED"}),
        ([*HELD, TOTAL, {"value": 90, "sex": "F"}, {"value": 70, "sex": "M"}],
         {"F _T": "PARTS_REVISED", "M _T": "PARTS_REVISED"}),
        ([*HELD, TOTAL, {"value": 60, "sex": "F"}, MEN, {"value": 9, "sex": "_O"}],
         {"_O _T": "PARTS_REVISED"}),
        # The total was revised as well, or the parts of then did not make it up.
        ([HELD[0] | {"value": 99}, *HELD[1:], TOTAL, {"value": 90, "sex": "F"}, MEN],
         {"_T _T": "BELOW_PARTS"}),
        ([*HELD[:2], HELD[2] | {"value": 50}, TOTAL, {"value": 90, "sex": "F"}, MEN],
         {"_T _T": "BELOW_PARTS"}),
        # Another release confirms nothing if its parts may have been as many as they are now.
        ([*HELD[:2], suppressed(sex="M", upper=90, **BEFORE),
          TOTAL, {"value": 90, "sex": "F"}, MEN],
         {"_T _T": "BELOW_PARTS"}),
        # Parts that are narrower now, and were not revised, leave the doubt to the total.
        ([TOTAL | BEFORE, {"value": 100, "sex": "F"} | BEFORE, suppressed(sex="M", **BEFORE),
          TOTAL, {"value": 100, "sex": "F"}, suppressed(sex="M", lower=1)],
         {"_T _T": "BELOW_PARTS"}),
        # Parts that fall short contradict nothing.
        ([*HELD, TOTAL, {"value": 20, "sex": "F"}, MEN], {}),
    ],
)  # fmt: skip
def test_parts_that_were_revised_beyond_a_total_that_stayed_are_doubtful(
    warehouse, rows: list[Row], expected: dict[str, str]
) -> None:
    assert doubtful(warehouse, *rows) == expected


def test_the_revised_parts_in_use(query):
    """Peru's 509 and 372 victims of 2019 and 2020, Brazil's 19 and 539 of 2020 and 2022 stand."""
    known = dict(
        query(
            "select concat_ws(' ', ref_area, indicator, time_period), "
            "list(concat_ws(' ', sex, age) order by sex, age) from harmonised.current "
            "where list_contains(flags, 'PARTS_REVISED') and has_status(obs_status, 'U') "
            "group by all"
        )
    )
    ages = ["_T Y0T17", "_T Y_GE18"]
    of_sexes = [f"{sex} {age}" for sex in "FM" for age in ("_T", "Y0T17", "Y_GE18")]
    assert known["BRA VIC_DETECT 2020"] == ["_T Y0T17", "M _T", "M Y0T17"]
    assert known["BRA VIC_DETECT 2022"] == ["M _T", "M Y0T17"]
    assert known["PER VIC_DETECT 2019"] == known["PER VIC_DETECT 2020"] == [*ages, *of_sexes]
    others = {"BOL VIC_DETECT 2019", "CRI VIC_DETECT 2020", "DOM VIC_DETECT 2020"}
    assert {cell for cell in known if cell[:3] not in ("BRA", "PER")} == others


def test_the_doubtful_totals_in_use(query):
    """Guyana 2018: women and men come to 245, children and adults to 221, the total is 197.

    United States 2017: 471 convicted of sexual exploitation, 28 of forced labour, the total is 449.
    """
    assert query(
        "select ref_area::varchar, indicator::varchar, time_period, total_upper, parts_lower "
        "from harmonised.contradicted_total semi join published.headline "
        "using (source, release, ref_area, indicator, time_basis, time_period) order by all"
    ) == [
        ("BOL", "PER_CONVICT", "2020", 11, 20),
        ("BRA", "PER_CONTACT", "2018", 25, 63),
        ("BRA", "VIC_DETECT", "2023", 371, 377),
        ("CAN", "VIC_DETECT", "2008", 8, 9),
        ("CHL", "PER_CONVICT", "2013", 4, 14),
        ("COL", "PER_CONVICT", "2018", 28, 32),
        ("COL", "PER_PROSEC", "2017", 29, 47),
        ("CRI", "PER_CONVICT", "2017", 5, 6),
        ("CRI", "VIC_DETECT", "2023", 56, 63),
        ("DOM", "PER_CONTACT", "2017", 14, 39),
        ("DOM", "PER_CONVICT", "2017", 10, 15),
        ("ECU", "PER_CONVICT", "2010", 4, 19),
        ("ECU", "VIC_DETECT", "2013", 86, 279),
        ("GTM", "PER_CONVICT", "2010", 4, 5),
        ("GTM", "PER_CONVICT", "2015", 12, 17),
        ("GTM", "PER_CONVICT", "2016", 20, 21),
        ("GTM", "PER_CONVICT", "2018", 15, 20),
        ("GTM", "VIC_DETECT", "2008", 7, 10),
        ("GUY", "VIC_DETECT", "2015", 58, 78),
        ("GUY", "VIC_DETECT", "2017", 60, 81),
        ("GUY", "VIC_DETECT", "2018", 197, 245),
        ("HND", "VIC_DETECT", "2018", 64, 70),
        ("MEX", "PER_CONVICT", "2012", 51, 91),
        ("MEX", "PER_CONVICT", "2013", 56, 160),
        ("MEX", "PER_CONVICT", "2014", 96, 156),
        ("PER", "VIC_DETECT", "2023", 308, 583),
        ("PRY", "PER_CONVICT", "2014", 13, 14),
        ("PRY", "VIC_DETECT", "2013", 66, 69),
        ("SLV", "VIC_DETECT", "2009", 51, 59),
        ("URY", "PER_CONVICT", "2008", 0, 1),
        ("URY", "PER_PROSEC", "2021", 11, 15),
        ("URY", "PER_PROSEC", "2022", 6, 9),
        ("USA", "PER_CONVICT", "2017", 449, 471),
    ]


def test_no_trend_is_judged_by_a_doubtful_total(query):
    doubtful = (
        "select source, ref_area, indicator, time_basis, time_period from published.headline "
        "where list_contains(string_split(obs_status, ';'), 'U')"
    )
    assert query(
        "select count(*) from judged.trend_point as point semi join "
        f"(select * replace (time_period::integer as time_period) from ({doubtful})) as doubt "
        "on doubt.source = point.source and doubt.ref_area = point.ref_area "
        "and doubt.indicator = point.indicator and doubt.time_basis = point.time_basis "
        "and doubt.time_period = point.year"
    ) == [(0,)]
