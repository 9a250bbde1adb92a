"""Other indicators: all counts that the other sections leave out, and sums labelled as ours."""

import re

import pytest
from country_pages import all_shown, by_anchor, column, country_page


@pytest.mark.slow
def test_every_yearly_count_of_a_state_is_on_its_page(built, query):
    """No yearly total that a source prints is left out."""
    rows = query(
        "select distinct ref_area, source, indicator, time_basis from published.headline "
        "join codelist.indicator on indicator.code = headline.indicator "
        "where unit_measure = 'NUMBER' and ref_area in (select code from codelist.area) "
        "and obs_status not in ('O', 'L', 'M')"
    )
    on_pages = {
        (area, figure.source, indicator, basis)
        for area, figure in all_shown(built, "victims", "chain", "others")
        for indicator in figure.indicators
        for basis in figure.frame["time_basis"].dropna().unique()
    }
    assert set(rows) <= on_pages


def test_a_single_figure_is_a_table_without_a_chart(built):
    figure = by_anchor(built, "HTI", "others", "off-recorded-int_unodc_glotip")
    assert figure.figure is None
    assert figure.table.rows[0][1][0].text == "5"
    assert column(figure) == {"2012": "5"}
    assert figure.headline == "Haiti, offences recorded: 5 in 2012; one year alone shows no trend"


def test_figures_that_are_all_suppressed_are_a_table_without_a_chart(built):
    figure = by_anchor(built, "JAM", "others", "off-recorded-int_unodc_glotip")
    assert figure.figure is None
    assert set(column(figure).values()) == {"<5"}


def test_figures_that_do_not_compare_over_time_are_not_joined_by_a_line(built):
    figure = by_anchor(built, "MEX", "others", "vic-nat-abroad-usa_tip_report")
    assert figure.figure is None
    assert column(figure)["2019"] == "933"


def test_headline_and_key_label_a_sum_as_ours(built):
    figure = by_anchor(built, "MEX", "others", "sum-vic-recorded-mex_sesnsp")
    assert figure.headline == (
        "Mexico, victims recorded in police or prosecution files: 790 in 2024, summed by tipstat "
        "over all subdivisions of the country"
    )
    assert dict(figure.key)["observed"] == "sum made by tipstat of reported figures"
    assert list(column(figure)) == [str(year) for year in range(2015, 2025)]


def test_a_table_without_a_chart_does_not_mention_one(built):
    page = country_page(built, "JAM")
    links = dict(re.findall(r'<a id="([^"]+)-link"[^>]*>([^<]+)</a>', page))
    alone = by_anchor(built, "JAM", "victims", "victims-usa_tip_report")
    drawn = by_anchor(built, "JAM", "victims", "victims-int_unodc_glotip")
    assert links[alone.anchor] == "Link to this table"
    assert links[drawn.anchor] == "Link to this chart"
    assert "chart" not in alone.table.caption


def test_sums_of_part_of_a_year_are_no_point_of_the_series(built):
    whole = by_anchor(built, "MEX", "others", "sum-vic-recorded-mex_sesnsp")
    part = by_anchor(built, "MEX", "others", "part-vic-recorded-mex_sesnsp")
    assert "2025" not in column(whole)
    assert part.figure is None
    ((year, (total, areas, months)),) = part.table.rows
    assert (year, total.text, areas.text, months.text) == ("2025", "392", "32 of 32", "6 of 12")
    assert months.remarks == [("not the whole year", None)]


def test_sums_of_some_subdivisions_give_their_number(built):
    figure = by_anchor(built, "USA", "others", "part-off-recorded-usa_fbi")
    assert figure.headline == (
        "United States, offences recorded: 2\u202f160 in 2020, summed by tipstat over 44 of 56 "
        "subdivisions; not a figure of the whole country"
    )
    assert column(figure, 1)["2013"] == "6 of 56"
    assert all(
        ("not the whole country", None) in cells[1].remarks for _, cells in figure.table.rows
    )


def test_the_subtitle_has_the_counting_unit(built):
    figure = by_anchor(built, "ARG", "others", "off-recorded-int_unodc_glotip")
    assert ": offence · " in figure.subtitle


def test_a_note_names_the_authority_if_a_source_gathers_several(built):
    figure = by_anchor(built, "ARG", "others", "complaints-int_reported")
    ((number, note),) = figure.notes
    assert number == 1
    assert note.startswith("2021: what is counted, as noted in English: “Ministerio Público Fiscal")


def test_a_note_below_several_panels_names_its_own(built):
    """Two notes on 2017 are about different indicators."""
    notes = dict(by_anchor(built, "ARG", "chain", "chain-usa_tip_report").notes)
    assert notes[1].startswith("Persons prosecuted, 2017–2018: what is counted")
    assert notes[1].endswith("“suspected traffickers”.")
    assert notes[2].startswith("Persons convicted, 2017: what is counted")
    revised = by_anchor(built, "BOL", "chain", "chain-int_unodc_glotip", "fr").notes[0][1]
    assert re.match(r"Personnes [^,]+, 20\d\d\u202f: chiffre révisé", revised)


def test_no_suppressed_figure_has_such_a_note(built):
    for _, figure in all_shown(built, "victims", "chain", "others"):
        if "source_note" in figure.frame:
            hidden = figure.frame[figure.frame["conf_status"].isin(["A", "C", "N"])]
            assert hidden["source_note"].isna().all()


def test_repatriations_are_totals_over_all_countries(built):
    figure = by_anchor(built, "ARG", "others", "vic-repatr-int_unodc_glotip")
    assert column(figure) == {
        "2017": "5", "2018": "<5", "2019": "<5", "2020": "10", "2021": "5", "2022": "<5",
    }  # fmt: skip
    assert figure.headline == (
        "Argentina, repatriated victims: fewer than 5 in 2022, suppressed to protect persons"
    )
