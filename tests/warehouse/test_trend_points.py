"""Trends in the warehouse: where a series begins, and what the shipped figures say."""

import duckdb
import numpy as np
import pytest
from small_warehouse import cells, holding
from tables import table


@pytest.fixture(scope="module")
def warehouse(warehouse: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """The emptied warehouse with a break of a series."""
    warehouse.execute(
        "insert into series_break values ('int_unodc_glotip', 'ARG', 'PER_PROSEC', '2015', 'X')"
    )
    return warehouse


@pytest.mark.parametrize(("rows", "years", "why"), table(__file__, "trend_years.csv"))
def test_which_years_are_compared(warehouse, rows: str, years: str, why: str) -> None:
    with holding(warehouse, *cells(rows)):
        found = warehouse.execute("select year from judged.trend_point order by all").fetchall()
    assert " ".join(f"{year}" for (year,) in found) == years, why


@pytest.mark.parametrize(
    ("years", "marked"),
    [((2013, 2014, 2016, 2017), [2016]), ((2014, 2015, 2016), [2015]), ((2016, 2017), [])],
)
def test_a_break_stands_at_the_first_figure_since(warehouse, years, marked: list[int]) -> None:
    with holding(warehouse, *cells("; ".join(f"PER_PROSEC {year} 10" for year in years))):
        found = warehouse.execute(
            "select year from published.headline where break_reason is not null"
        ).fetchall()
    assert found == [(year,) for year in marked]


def test_inhabitants_are_those_of_the_year(warehouse) -> None:
    with holding(warehouse, *cells("MEX 2022 10; MX-JAL 2022 10")):
        found = warehouse.execute("from judged.trend_point order by all").df()
    assert found["persons"].tolist() == pytest.approx([128_613_127, np.nan], nan_ok=True)


def test_every_series_of_counts_has_a_verdict(query) -> None:
    assert query(
        "select distinct source, headline.ref_area, indicator, headline.time_basis "
        "from published.headline join main.source using (source) "
        "join codelist.indicator on indicator.code = headline.indicator "
        "where unit_measure = 'NUMBER' and upper is not null and comparability < '4' "
        "and reprints = '' and not list_contains(string_split(obs_status, ';'), 'U') "
        "except select source, ref_area, indicator, time_basis from published.trend"
    ) == []  # fmt: skip


def test_detected_victims_of_the_united_states(query) -> None:
    """Cut where they are known to be persons served, many of them already the year before."""
    assert query(
        "select first_period, last_period, points, gaps, round(tau, 3), country, count_unit, "
        "trend_verdict_name from published.named('published.trend', 'es') "
        "where source = 'int_unodc_glotip' and ref_area = 'USA' "
        "and indicator = 'VIC_DETECT' and time_basis = 'FY0701'"
    ) == [("2017", "2022", 6, 0, None, "USA", "PERSON", "Pocos años para pronunciarse")]


@pytest.mark.parametrize(
    ("source", "state", "indicator", "year"),
    [
        ("int_unodc_glotip", "CAN", "OFF_RECORDED", "2018"),
        ("usa_tip_report", "MEX", "VIC_DETECT", "2022"),
    ],
)
def test_series_begin_at_known_breaks(query, source, state, indicator, year) -> None:
    assert query(
        f"select first_period from published.trend where source = '{source}' "
        f"and ref_area = '{state}' and indicator = '{indicator}' and time_basis = 'CY'"
    ) == [(year,)]  # fmt: skip


def test_no_trend_of_figures_for_tables_only(query) -> None:
    assert query(
        "select distinct trend.* from published.trend join published.headline "
        "using (source, ref_area, indicator, time_basis) where source = 'usa_tip_report' "
        "group by all having min(comparability) = '4'"
    ) == []  # fmt: skip


def test_a_jump_of_an_older_release_is_none_now(query) -> None:
    """Paraguay 2020: 96, then 20 in the release of 2023; 96, then 170 in that of 2025."""
    [(jumps,)] = query(
        "select jumps from published.trend where source = 'int_unodc_glotip' "
        "and ref_area = 'PRY' and indicator = 'VIC_DETECT'"
    )
    assert "2020" not in jumps


def test_jumps_within_a_trend_are_named(query) -> None:
    [(jumps,)] = query(
        "select jumps from published.trend where source = 'col_fiscalia' and ref_area = 'COL' "
        "and indicator = 'VIC_RECORDED'"
    )
    assert jumps == ["2018"], "the jump of 2025 is that of one department, and left out"


def test_hidden_changes_have_no_size(query) -> None:
    assert query(
        "select * from published.trend where suppressed > 0 and coalesce(slope, slope_lower, "
        "slope_upper, annual_change, annual_change_lower, annual_change_upper) is not null"
    ) == []  # fmt: skip


def test_claims_are_those_beyond_chance_among_all_series(query) -> None:
    assert query(
        "select * from published.trend where "
        "(trend_verdict = 'too_few_points') <> "
        "(points < parameter.least_years_of_trend() or suppressed = points) "
        "or (trend_verdict in ('rising', 'falling') or trend_verdict like 'no_verdict_across%') "
        "<> coalesce(q_value <= parameter.false_claims_of_trends(), false) "
        "or (trend_verdict = 'no_verdict_across_jump') <> (jump_period is not null) "
        "or (trend_verdict = 'no_verdict_across_turn') <> (turn_period is not null) "
        "or (trend_verdict = 'falling' and tau > 0) or (trend_verdict = 'rising' and tau < 0)"
    ) == []  # fmt: skip


def test_trends_of_the_shipped_figures(query) -> None:
    """Every claim, with its q-value. Among 140 series each hangs on all others."""
    found = query(
        "select source, ref_area, indicator, trend_verdict, "
        "coalesce(jump_period, turn_period), q_value "
        "from published.trend where q_value <= 0.05 order by q_value, ref_area"
    )
    assert {tuple(row) for *row, _ in found} == {
        ("int_unodc_glotip", "GUY", "VIC_DETECT", "rising", None),
        ("col_fiscalia", "CO-DC", "VIC_RECORDED", "rising", None),
        ("int_unodc_glotip", "GTM", "PER_PROSEC", "rising", None),
        ("int_unodc_glotip", "CAN", "PER_PROSEC", "no_verdict_across_turn", "2014"),
        ("int_unodc_glotip", "USA", "VIC_DETECT", "no_verdict_across_jump", "2013"),
        ("int_unodc_glotip", "SLV", "OFF_RECORDED", "falling", None),
        ("per_mpfn", "PER", "INV_OPENED", "rising", None),
    }
    q_values = [q_value for *_, q_value in found]
    near = [0.010, 0.010, 0.031, 0.036, 0.036, 0.036, 0.037]
    assert q_values == pytest.approx(near, abs=0.003)


def test_likeness_of_neighbouring_years(query) -> None:
    """States .50; subdivisions and, of the same sources, their sums .15."""
    found = query(
        "select round(rho, 2), count(*), list(distinct source order by source) "
        "from published.trend where rho is not null group by all order by 1"
    )
    assert found == [
        (0.15, 54, ["col_fiscalia", "col_mindefensa", "per_mininter"]),
        (0.5, 88, ["int_unodc_glotip", "per_mpfn", "pry_ine"]),
    ]


def test_reprinted_figures_are_not_judged(query) -> None:
    assert query("from published.trend where source = 'int_unsd_sdg'") == []
