"""Rates: none of a hidden count, the interval drawn as it is printed, the denominator named."""

import copy
import re

import pytest
from country_pages import by_anchor, column, pages, shown

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


def faults(figure: dict, printed: dict[str, str]) -> list[str]:
    """What is wrong: a rate drawn that is not printed, a gap filled, an interval beside a gap."""
    wrong = [
        f"{year} is drawn"
        for year in drawn(figure)
        if not printed[str(year)].replace(".", "").isdigit()
    ]
    for trace in figure["data"]:
        for value, above in zip(trace["y"], trace["error_y"]["array"], strict=True):
            wrong += ["an interval without a rate"] if value is None and above is not None else []
    return wrong + ([] if figure["layout"]["yaxis"]["range"][0] == 0 else ["axis is cut"])


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
    told = {
        code: by_anchor(built, "MEX", "rates", "rate-vic-detect-int_unodc_glotip", code).headline
        for code in ("en", "es", "pt", "fr")
    }
    assert "0.192 detected victims per" in told["en"]
    assert "0.192 víctimas detectadas por" in told["es"]
    assert "0,192 vítima detectada por" in told["pt"]
    assert "0,192 victime détectée pour" in told["fr"]


def test_on_the_page_of_a_state_numbers_are_written_as_people_write_them_there(built):
    def told(area: str, language: str) -> str:
        figure = by_anchor(built, area, "rates", "rate-vic-detect-int_unodc_glotip", language)
        assert figure.figure["layout"]["separators"][0] in figure.headline
        return column(figure)["2022"]

    assert told("ARG", "es") == "2,61"
    assert told("MEX", "es") == "0.192"
    assert told("ARG", "en") == "2.61"
    assert told("MEX", "pt") == "0,192"


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


SPOKEN = {
    "en": ("Among the known rates, first: 0.255 (2010);",
           "Without a rate in 3 of 7 years: 2007–2009.", "calculated rate",
           "no rate for that year"),
    "es": ("Entre las tasas conocidas, primera: 0.255 (2010);",
           "Sin tasa en 3 de 7 años: 2007–2009.", "tasa calculada", "no hay tasa para ese año"),
    "pt": ("Entre as taxas conhecidas, primeira: 0,255 (2010);",
           "Sem taxa em 3 de 7 anos: 2007–2009.", "taxa calculada", "não há taxa para esse ano"),
    "fr": ("Parmi les taux connus, premier : 0,255 (2010) ;",
           "Sans taux pour 3 des 7 années : 2007–2009.", "taux calculé",
           "pas de taux cette année-là"),
}  # fmt: skip


@pytest.mark.parametrize("code", SPOKEN)
def test_where_a_count_is_suppressed_it_is_the_rate_that_is_not_known(code, built):
    """Fewer than 5 of 2.8 million may be less than the lowest rate that is known."""
    first, gaps, mark, empty = SPOKEN[code]
    figure = by_anchor(built, "JAM", "rates", "rate-vic-detect-int_unodc_glotip", code)
    words = figure.in_words.replace("\u202f", " ")
    assert first in words
    assert gaps in words
    key = dict(figure.key)
    assert key["observed"] == mark
    assert empty in key["gap"]


def test_the_range_of_rates_is_said_to_be_one_of_rates(built):
    figure = by_anchor(built, "MEX", "rates", "rate-vic-detect-int_unodc_glotip")
    assert "Among the known rates, first: " in figure.in_words
    assert "Without a rate in 1 of 15 years: 2019." in figure.in_words


def test_a_year_without_a_count_has_no_rate_and_no_word_on_its_population(built):
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
    told = {
        (figure.source, area, int(year))
        for area in pages(built)[0].states["en"]
        for figure in shown(built, area, "rates")
        if "VIC_DETECT" in set(figure.frame["indicator"])
        for year, text in column(figure).items()
        if text not in ("no rate", "no figure")
    }
    assert told
    assert told.isdisjoint(hidden)


def test_no_rate_or_limit_is_printed_with_an_exponent(built):
    for area in pages(built)[0].states["en"]:
        for figure in shown(built, area, "rates"):
            for _, cells in figure.table.rows:
                assert not any(re.search(r"\de[-+]?\d", cell.text) for cell in cells)


def test_a_printed_rate_stands_as_printed(built):
    figure = by_anchor(built, "JAM", "rates", "rate-vic-detect-rate-jam_statin")
    assert column(figure) == {
        "2018": "0.18", "2019": "0.26", "2020": "0.29", "2021": "0.44", "2022": "0.33",
    }  # fmt: skip
    assert figure.table.columns == ["Rate per 100,000"]


def test_the_chart_obeys_and_the_saboteurs_are_caught(built):
    figure = by_anchor(built, "JAM", "rates", "rate-vic-detect-int_unodc_glotip")
    printed = column(figure)
    assert figure.figure is not None
    assert faults(figure.figure, printed) == []
    for sabotage in (fill_with_zero, hang_in_the_air, cut_the_axis):
        spoilt = copy.deepcopy(figure.figure)
        sabotage(spoilt)
        assert faults(spoilt, printed), sabotage.__name__


def fill_with_zero(figure):
    trace = figure["data"][0]
    trace["y"][trace["x"].index(2007)] = 0


def hang_in_the_air(figure):
    trace = figure["data"][0]
    trace["error_y"]["array"][trace["x"].index(2007)] = 0.5


def cut_the_axis(figure):
    figure["layout"]["yaxis"]["range"][0] = 0.1


def test_a_state_whose_rates_are_all_zero_has_an_axis(built, speakers):
    """Zero victims are a rate of zero, and a chart of them still has a scale."""
    frame = by_anchor(built, "JAM", "rates", "rate-vic-detect-rate-jam_statin").frame
    zeros = frame.assign(value=0.0)
    made = rates.spec(zeros, range(2018, 2023), CAPTION, speakers["en"])
    assert made["layout"]["yaxis"]["range"][1] > 0
    assert set(drawn(made).values()) == {0.0}


def test_a_sentence_has_no_more_digits_than_it_needs(built):
    figure = by_anchor(built, "CAN", "rates", "rate-inc-recorded-rate-can_sdg")
    assert figure.headline == (
        "Canada, incidents recorded by the police per 100,000 population: 1.47 in 2024"
    )
    assert column(figure)["2024"] == "1.472561469"
