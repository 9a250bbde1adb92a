"""The ranked dot plot: its numbers, and what stands for a state without a rate.

Bands, doubts and the order are asked of every such chart by the rules in `honest_ranks`.
"""

from functools import cache
from pathlib import Path
from typing import NamedTuple

import duckdb
from country_pages import speaker

from pipelines.published.charts import ranked
from pipelines.published.charts.drawing import Chart
from pipelines.published.charts.rates import Rate, neighbours, read_rates
from pipelines.words.disclosure import Kind
from schemas import codelists


@cache
def rates(built: Path) -> dict[str, list[Rate]]:
    with duckdb.connect(built, read_only=True) as connection:
        return read_rates(connection)


def chart(built: Path, own: str, code: str = "en", indicator: str = "VIC_DETECT") -> Chart:
    return ranked.ranked(indicator, rates(built)[indicator], own, speaker(built, code))


class Dot(NamedTuple):
    """A dot: its rate and height, its fill, and the colour of its edge."""

    rate: float
    at: float
    fill: str
    edge: str


def dots(drawn: Chart) -> dict[str, Dot]:
    """Return each dot by the name of its state, from the top."""
    found = {
        text.split(":")[0]: Dot(x, y, fill, trace["marker"]["line"]["color"])
        for trace in drawn.figure["data"]
        if trace["mode"] == "markers"
        for text, x, y, fill in zip(
            trace["text"], trace["x"], trace["y"], trace["marker"]["color"], strict=True
        )
    }
    return dict(sorted(found.items(), key=lambda item: item[1].at))


def words(drawn: Chart) -> list[str]:
    return [
        text.strip("\N{NO-BREAK SPACE}")
        for trace in drawn.figure["data"]
        if trace["mode"] == "text"
        for text in trace["text"]
    ]


def test_each_state_is_compared_with_at_most_five_others() -> None:
    listed = neighbours()
    assert listed.keys() == set(codelists.oas_states())
    for area, others in listed.items():
        assert 0 < len(others) < 6
        assert area not in others
        assert listed.keys() >= set(others)


def test_the_rates_are_those_of_one_source_and_year_the_highest_first(built, query) -> None:
    named = codelists.labels("area", "en")
    for indicator, known in rates(built).items():
        [(source, year)] = {(each.source, each.year) for each in known if each.value is not None}
        expected = query(f"""
            select ref_area, value, numerator, confidence_lower, confidence_upper
            from published.rate
            join codelist.area on code = ref_area and is_oas
            where (indicator, source, time_period) = ('{indicator}', '{source}', '{year}')
                and (sex, age, exploitation, freq, time_basis) = ('_T', '_T', '_T', 'A', 'CY')
                and value is not null and origin <> 'PUBLISHED'
            order by value desc, ref_area
        """)
        drawn = chart(built, "", indicator=indicator)
        shown = [
            (name, *(cell.value for cell in cells[:4]))
            for name, cells in drawn.table.rows
            if cells[0].kind is Kind.FIGURE
        ]
        assert shown == [(named[area], *numbers) for area, *numbers in expected], indicator
        assert [each.rate for each in dots(drawn).values()] == [row[1] for row in expected]


def test_a_neighbour_without_a_rate_has_a_row_that_says_so(built) -> None:
    rows = {name: cells[0] for name, cells in chart(built, "DOM", "es").table.rows}
    assert rows["Haití"].text == "sin tasa de 2022"
    assert rows["Haití"].value is None
    assert "sin tasa de 2022" in words(chart(built, "DOM", "es"))
    assert "Granada" not in rows


def test_a_state_that_counts_something_else_has_words_and_no_dot(built) -> None:
    drawn = chart(built, "USA", "fr")
    name = codelists.labels("area", "fr")["USA"]
    assert name not in dots(drawn)
    [cells] = [cells for each, cells in drawn.table.rows if each == name]
    assert cells[0].text == speaker(built, "fr").say("ranked_served")
    assert not [cell for cell in cells if cell.value is not None]
