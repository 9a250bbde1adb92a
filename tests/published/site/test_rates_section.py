"""Rates: none of a hidden count, the interval drawn as printed, the source of the population."""

import re

import pytest
from country_pages import all_shown, by_anchor, column

from pipelines.published.charts import rates
from pipelines.published.charts.caption import Caption

CAPTION = Caption("A headline", "A subtitle", "A caveat.", "Source: an office.")


def drawn(figure: dict) -> dict[int, float]:
    return {
        year: value
        for trace in figure["data"]
        for year, value in zip(trace["x"], trace["y"], strict=True)
        if value is not None
    }


def test_the_rate_of_mexico_with_its_interval_and_denominator(built):
    figure = by_anchor(built, "MEX", "rates", "rate-vic-detect-int_unodc_glotip")
    assert figure.headline == (
        "Mexico: 0.192 detected victims per 100,000 residents in 2022; 95% interval: 0.0794 to "
        "0.921"
    )
    assert column(figure, 1)["2022"] == "0.0794 to 0.921"
    assert column(figure, 2)["2022"] == "247"
    assert "Population: United Nations, Department of Economic and Social Affairs" in figure.origin


def test_a_rate_below_two_stands_in_the_singular_where_the_language_has_it_so(built):
    for code, words in (
        ("en", "0.192 detected victims per"),
        ("es", "0.192 víctimas detectadas por"),
        ("pt", "0,192 vítima detectada por"),
        ("fr", "0,192 victime détectée pour"),
    ):
        figure = by_anchor(built, "MEX", "rates", "rate-vic-detect-int_unodc_glotip", code)
        assert words in figure.headline


@pytest.mark.parametrize(
    ("area", "language", "rate"),
    [("ARG", "es", "2,61"), ("MEX", "es", "0.192"), ("ARG", "en", "2.61"), ("MEX", "pt", "0,192")],
)
def test_a_page_has_the_decimal_sign_of_its_state(built, area, language, rate):
    figure = by_anchor(built, area, "rates", "rate-vic-detect-int_unodc_glotip", language)
    assert figure.figure["layout"]["separators"][0] in figure.headline
    assert column(figure)["2022"] == rate


def test_a_rate_is_the_count_over_the_population(built):
    figure = by_anchor(built, "ARG", "rates", "rate-vic-detect-int_unodc_glotip")
    for _, cells in figure.table.rows:
        rate, _, count, people = (cell.text.replace("\u202f", "") for cell in cells)
        assert abs(float(rate) / (float(count) / float(people) * 100_000) - 1) < 0.006


def test_a_suppressed_count_has_no_rate_and_says_why(built):
    figure = by_anchor(built, "JAM", "rates", "rate-vic-detect-int_unodc_glotip")
    hidden = {"2007", "2008", "2009"}
    assert {year for year, text in column(figure).items() if text == "no rate"} == hidden
    for year, cells in figure.table.rows:
        if year in hidden:
            reason = "the figure is suppressed to protect persons"
            assert cells[0].remarks == [(reason, None)]
            assert cells[2].text == "suppressed to protect persons"
    assert figure.figure is not None
    assert hidden.isdisjoint(map(str, drawn(figure.figure)))


def test_with_suppressed_counts_the_range_is_that_of_the_known_rates(built):
    """Fewer than 5 of 2.8 million may be less than the lowest known rate."""
    figure = by_anchor(built, "JAM", "rates", "rate-vic-detect-int_unodc_glotip")
    assert "Among the known rates, first: 0.255 (2010);" in figure.in_words
    assert "Without a rate in 3 of 7 years: 2007–2009." in figure.in_words
    key = dict(figure.key)
    assert key["observed"] == "calculated rate"
    assert "no rate for that year" in key["gap"]


def test_a_year_without_a_count_has_no_rate_and_no_population(built):
    figure = by_anchor(built, "MEX", "rates", "rate-vic-detect-int_unodc_glotip")
    cells = dict(figure.table.rows)["2019"]
    assert [cell.text for cell in cells] == ["no rate", "no rate", "no figure", "–"]


def test_a_rate_that_a_source_prints_is_a_reported_figure(built):
    figure = by_anchor(built, "JAM", "rates", "rate-vic-detect-rate-jam_statin")
    assert dict(figure.key)["observed"] == "reported figure"


def test_no_state_has_a_rate_of_a_suppressed_count(built, query):
    hidden = query(
        "select source, ref_area, year from published.headline "
        "where indicator = 'VIC_DETECT' and conf_status <> 'F'"
    )
    printed = {
        (figure.source, area, int(year))
        for area, figure in all_shown(built, "rates")
        if "VIC_DETECT" in set(figure.frame["indicator"])
        for year, text in column(figure).items()
        if text not in ("no rate", "no figure")
    }
    assert printed
    assert printed.isdisjoint(hidden)


def test_no_rate_or_limit_is_printed_with_an_exponent(built):
    for _, figure in all_shown(built, "rates"):
        for _, cells in figure.table.rows:
            assert not any(re.search(r"\de[-+]?\d", cell.text) for cell in cells)


def test_a_printed_rate_stands_as_printed(built):
    figure = by_anchor(built, "JAM", "rates", "rate-vic-detect-rate-jam_statin")
    assert column(figure) == {
        "2018": "0.18", "2019": "0.26", "2020": "0.29", "2021": "0.44", "2022": "0.33",
    }  # fmt: skip
    assert figure.table.columns == ["Rate per 100,000"]


def test_a_state_whose_rates_are_all_zero_has_an_axis(built, speakers):
    """A chart of rates of zero still has a scale."""
    frame = by_anchor(built, "JAM", "rates", "rate-vic-detect-rate-jam_statin").frame
    zeros = frame.assign(value=0.0)
    made = rates.spec(zeros, range(2018, 2023), CAPTION, speakers["en"])
    assert made["layout"]["yaxis"]["range"][1] > 0
    assert set(drawn(made).values()) == {0.0}


def test_a_sentence_rounds_a_printed_rate_to_three_digits(built):
    figure = by_anchor(built, "CAN", "rates", "rate-inc-recorded-rate-can_sdg")
    assert figure.headline == (
        "Canada, incidents recorded by the police per 100,000 population: 1.47 in 2024"
    )
    assert column(figure)["2024"] == "1.472561469"
