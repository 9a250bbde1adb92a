"""Reports that would close the gaps of the shipped states."""

from collections.abc import Callable

import pytest

from schemas import codelists


@pytest.mark.parametrize("codelist", ["need", "need_step"])
def test_every_code_occurs_and_no_other(query: Callable, codelist: str) -> None:
    found = {code for (code,) in query(f"select distinct {codelist} from published.need")}
    assert found == {*codelists.codes(codelist)}


def test_a_year_with_a_total_is_no_gap(query: Callable) -> None:
    """Suppressed totals included; but newer years that only the United States print of others."""
    found = query(
        "select need, unnest(sources) from (select ref_area, indicator, need, "
        "unnest(periods) as time_period from published.need "
        "where need in ('FILL', 'UPDATE', 'COMPLETE')) "
        "join published.coverage using (ref_area, indicator, time_period) "
        "where coverage_status in ('reported', 'suppressed')"
    )
    assert set(found) == {("UPDATE", "usa_tip_report")}


def test_a_newer_year_that_only_another_state_prints_is_asked_for(query: Callable) -> None:
    """UNODC has Chile until 2021 and others until 2022; the United States print Chile's 2022."""
    assert query(
        "select periods from published.need "
        "where ref_area = 'CHL' and indicator = 'VIC_DETECT' and need = 'UPDATE'"
    ) == [(["2022", "2023"],)]


def test_what_no_source_but_another_state_has_is_not_asked_for_again(query: Callable) -> None:
    assert query(
        "select * from (select ref_area, indicator, unnest(periods) as time_period "
        "from published.need where need = 'UPDATE') "
        "join published.coverage using (ref_area, indicator, time_period) "
        "where coverage_status = 'reported' and (ref_area, indicator) not in "
        "(select (ref_area, indicator) from published.national_series "
        "where source <> 'usa_tip_report')"
    ) == []  # fmt: skip


def test_grenada_s_detected_victims(query: Callable) -> None:
    """It stated that there was none until 2017, so it has begun; Dominica has not."""
    assert query(
        "select ref_area, need, periods, states from published.need "
        "where ref_area in ('DMA', 'GRD') and indicator = 'VIC_DETECT' order by 1"
    ) == [("DMA", "BEGIN", [], 33), ("GRD", "COMPLETE", ["2017"], 33)]


def test_mexico_s_persons_of_unknown_sex_and_age(query: Callable) -> None:
    """UNODC prints 94 of 115 detected victims of 2021 as unknown."""
    [(years, share)] = query(
        "select periods, unknown_share from published.need where ref_area = 'MEX' "
        "and indicator = 'VIC_DETECT' and need = 'TELL_UNKNOWN'"
    )
    assert "2021" in years
    assert share == pytest.approx(94 / 115)


def test_the_order_is_the_same_at_every_reading(query: Callable) -> None:
    rows = query("select ref_area, indicator, need from published.need")
    assert rows == sorted(rows)
