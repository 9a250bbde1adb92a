"""Totals that their own parts contradict are doubtful: neither cited nor tested for a trend."""

import pytest
from small_warehouse import cells, once_doubted
from tables import table


@pytest.mark.parametrize(
    ("earlier", "rows", "doubtful", "why"), table(__file__, "contradicted_totals.csv")
)
def test_a_total_or_its_revised_parts_are_doubtful(
    warehouse, earlier: str, rows: str, doubtful: str, why: str
) -> None:
    """Of a release and, before it, of an earlier one; sex, age and reason of what is doubtful."""
    reasons = (
        "select concat_ws(' ', sex, age, flags[1]) from harmonised.observation "
        "where release = '2025-01-01' and time_period = '2020' and has_status(obs_status, 'U')"
    )
    before = ({**row, "release": "2023-05-30"} for row in cells(earlier))
    found = once_doubted(warehouse, reasons, *before, *cells(rows))
    assert "; ".join(sorted(text for (text,) in found)) == doubtful, why


def test_a_total_that_was_doubtful_before_keeps_its_reason(warehouse):
    total = "select obs_status, flags from harmonised.observation where sex = '_T'"
    rows = cells("obs_status=U flags=CONTRADICTED 100; F 90; M 40")
    assert once_doubted(warehouse, total, *rows) == [("U", ["CONTRADICTED"])]


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


IN_USE = """
    BOL PER_CONVICT 2020 11 20, BRA PER_CONTACT 2018 25 63, BRA VIC_DETECT 2023 371 377,
    CAN VIC_DETECT 2008 8 9, CHL PER_CONVICT 2013 4 14, COL PER_CONVICT 2018 28 32,
    COL PER_PROSEC 2017 29 47, CRI PER_CONVICT 2017 5 6, CRI VIC_DETECT 2023 56 63,
    DOM PER_CONTACT 2017 14 39, DOM PER_CONVICT 2017 10 15, ECU PER_CONVICT 2010 4 19,
    ECU VIC_DETECT 2013 86 279, GTM PER_CONVICT 2010 4 5, GTM PER_CONVICT 2015 12 17,
    GTM PER_CONVICT 2016 20 21, GTM PER_CONVICT 2018 15 20, GTM VIC_DETECT 2008 7 10,
    GUY VIC_DETECT 2015 58 78, GUY VIC_DETECT 2017 60 81, GUY VIC_DETECT 2018 197 245,
    HND VIC_DETECT 2018 64 70, MEX PER_CONVICT 2012 51 91, MEX PER_CONVICT 2013 56 160,
    MEX PER_CONVICT 2014 96 156, PER VIC_DETECT 2023 308 583, PRY PER_CONVICT 2014 13 14,
    PRY VIC_DETECT 2013 66 69, SLV VIC_DETECT 2009 51 59, URY PER_CONVICT 2008 0 1,
    URY PER_PROSEC 2021 11 15, URY PER_PROSEC 2022 6 9, USA PER_CONVICT 2017 449 471
"""


def test_the_doubtful_totals_in_use(query):
    """Guyana 2018: women and men come to 245, children and adults to 221, the total is 197.

    United States 2017: 471 convicted of sexual exploitation, 28 of forced labour, the total is 449.
    """
    assert query(
        "select ref_area::varchar, indicator::varchar, time_period, total_upper, parts_lower "
        "from harmonised.contradicted_total semi join published.headline "
        "using (source, release, ref_area, indicator, time_basis, time_period) order by all"
    ) == [
        (*codes, int(total), int(parts))
        for *codes, total, parts in map(str.split, IN_USE.split(","))
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
