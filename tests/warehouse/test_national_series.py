"""The one figure to cite: known answers, what always holds, and the rule on planted sources."""

from collections.abc import Callable
from pathlib import Path

import pytest
from small_warehouse import cells, holding
from tables import table

from schemas import codelists


def test_known_answers(query: Callable) -> None:
    """Lines of `national_series.csv`: a figure, its source, why it is cited, and other sources."""
    for line in codelists.rows(Path(__file__).with_name("national_series.csv")):
        found = query(
            "select value, source, citation_reason, others, candidates, is_sum "
            f"from published.national_series where ref_area = '{line['state']}' "
            f"and indicator = '{line['indicator']}' and year = {line['year']}"
        )
        source, others = line["source"], line["others"].split()
        answer = (float(line["value"]), source, line["reason"], others, 1 + len(others))
        assert found == [(*answer, source == "mex_sesnsp")], line


SOURCES = {
    "OWN": "source=usa_sdg USA OFF_RECORDED", "ASKED": "source=int_unodc_glotip USA OFF_RECORDED",
    "ON_USA": "source=int_reported USA OFF_RECORDED",
    "REPORTED": "source=usa_tip_report CHL AST_ASSISTED",
    "PAGE": "source=int_reported CHL AST_ASSISTED",
}  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "source", "reason", "basis", "years", "newest", "why"),
    table(__file__, "cited_series.csv"),
)
def test_the_series_to_cite(
    warehouse, rows: str, source: str, reason: str, basis: str, years: str, newest: str, why: str
) -> None:
    """One series is cited among the sources; the newest figure may be of another."""
    words = " ".join(SOURCES.get(word, word) for word in rows.split())
    with holding(warehouse, *cells(words)):
        found = warehouse.execute(
            "select source, citation_reason, time_basis, min(year) || ' ' || max(year), "
            "count(*) = max(year) - min(year) + 1 from published.national_series group by all"
        ).fetchall()
        if newest:
            [known] = warehouse.execute(
                "select source, year, is_of_series from published.newest"
            ).fetchall()
            assert " ".join(map(str, known)).startswith(newest), why
    if source == "NONE":
        assert found == [], why
    elif source:
        [(*cited, is_whole)] = found
        expected = (source, reason or cited[1], basis, years or cited[3])
        assert (tuple(cited), is_whole) == (expected, True), why


def test_a_suppressed_figure_stays_an_interval_and_a_missing_one_is_none(warehouse) -> None:
    asked = SOURCES["ASKED"]
    with holding(warehouse, *cells(f"{asked} 2020: <5 -")):
        found = warehouse.execute(
            "select year, value, lower, upper, obs_status from published.national_series"
        ).fetchall()
    assert found == [(2020, None, 0, 4, "Q")]
