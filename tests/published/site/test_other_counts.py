"""Other indicators: all that the other sections leave out, our sums named as ours."""

import re

import pytest
from country_pages import LANGUAGES, by_anchor, column, pages, shown

from pipelines.published.site.pages import country


@pytest.mark.slow
def test_every_yearly_count_of_a_state_is_on_its_page(built, query):
    """Nothing that a source prints of a whole state is left out."""
    rows = query(
        "select distinct ref_area, source, indicator, time_basis from published.headline "
        "join codelist.indicator on indicator.code = headline.indicator "
        "where unit_measure = 'NUMBER' and ref_area in (select code from codelist.area) "
        "and obs_status not in ('O', 'L', 'M')"
    )
    told = {
        (area, figure.source, indicator, basis)
        for area in pages(built)[0].states["en"]
        for section in ("victims", "chain", "others")
        for figure in shown(built, area, section)
        for indicator in figure.indicators
        for basis in figure.frame["time_basis"].dropna().unique()
    }
    assert set(rows) <= told


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


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Mexico, victims recorded in police or prosecution files: 790 in 2024, summed by "
               "tipstat over all subdivisions of the country"),
        ("es", "México, víctimas registradas en expedientes policiales o de la fiscalía: 790 en "
               "2024, suma hecha por tipstat de todas las subdivisiones del país"),
        ("pt", "México, vítimas registradas em procedimentos policiais ou do Ministério Público: "
               "790 em 2024, soma feita pelo tipstat de todas as subdivisões do país"),
        ("fr", "Mexique, victimes enregistrées dans les dossiers de la police ou du parquet\u202f: "
               "790 en 2024, somme faite par tipstat de toutes les subdivisions du pays"),
    ],
)  # fmt: skip
def test_a_sum_is_named_as_ours(language, said, built):
    figure = by_anchor(built, "MEX", "others", "sum-vic-recorded-mex_sesnsp", language)
    assert figure.headline == said
    assert list(column(figure)) == [str(year) for year in range(2015, 2025)]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "sum made by tipstat of reported figures"),
        ("es", "suma hecha por tipstat de cifras informadas"),
        ("pt", "soma feita pelo tipstat de números informados"),
        ("fr", "somme faite par tipstat de chiffres déclarés"),
    ],
)
def test_the_key_says_that_a_sum_is_ours(language, said, built):
    figure = by_anchor(built, "MEX", "others", "sum-vic-recorded-mex_sesnsp", language)
    assert dict(figure.key)["observed"] == said


@pytest.mark.parametrize(
    ("language", "table", "chart"),
    [
        ("en", "Link to this table", "Link to this chart"),
        ("es", "Enlace a esta tabla", "Enlace a este gráfico"),
        ("pt", "Link para esta tabela", "Link para este gráfico"),
        ("fr", "Lien vers ce tableau", "Lien vers ce graphique"),
    ],
)
def test_of_a_table_without_a_chart_no_chart_is_spoken(language, table, chart, built):
    site, facts = pages(built)
    [speaker] = [each for each in site.languages if each.code == language]
    [(_, page), *_] = country.page_files(site.in_language(speaker), facts, "JAM", speaker)
    said = dict(re.findall(r'<a id="([^"]+)-link"[^>]*>([^<]+)</a>', page))
    alone = by_anchor(built, "JAM", "victims", "victims-usa_tip_report", language)
    drawn = by_anchor(built, "JAM", "victims", "victims-int_unodc_glotip", language)
    assert (said[alone.anchor], said[drawn.anchor]) == (table, chart)
    assert alone.table.caption == drawn.table.caption
    assert chart.split()[-1] not in alone.table.caption


def test_sums_of_part_of_a_year_are_no_point_of_the_series(built):
    whole = by_anchor(built, "MEX", "others", "sum-vic-recorded-mex_sesnsp")
    part = by_anchor(built, "MEX", "others", "part-vic-recorded-mex_sesnsp")
    assert "2025" not in column(whole)
    assert part.figure is None
    ((year, (total, areas, months)),) = part.table.rows
    assert (year, total.text, areas.text, months.text) == ("2025", "392", "32 of 32", "6 of 12")
    assert months.remarks == [("not the whole year", None)]


def test_sums_of_some_subdivisions_say_of_how_many(built):
    figure = by_anchor(built, "USA", "others", "part-off-recorded-usa_fbi")
    assert figure.headline == (
        "United States, offences recorded: 2\u202f160 in 2020, summed by tipstat over 44 of 56 "
        "subdivisions; not a figure of the whole country"
    )
    assert column(figure, 1)["2013"] == "6 of 56"
    assert all(
        ("not the whole country", None) in cells[1].remarks for _, cells in figure.table.rows
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_counting_unit_stands_in_the_subtitle(language, built):
    unit = {"en": "offence", "es": "delito", "pt": "crime", "fr": "infraction"}[language]
    figure = by_anchor(built, "ARG", "others", "off-recorded-int_unodc_glotip", language)
    assert f": {unit} · " in figure.subtitle


def test_who_counted_stands_in_a_note_where_a_source_gathers(built):
    figure = by_anchor(built, "ARG", "others", "complaints-int_reported")
    ((number, note),) = figure.notes
    assert number == 1
    assert note.startswith("2021: what is counted, as noted in English: “Ministerio Público Fiscal")


def test_a_note_below_several_panels_names_its_own(built):
    """Notes on what is counted in 2017 would else leave open which is on whom."""
    notes = dict(by_anchor(built, "ARG", "chain", "chain-usa_tip_report").notes)
    assert notes[1].startswith("Persons prosecuted, 2017–2018: what is counted")
    assert notes[1].endswith("“suspected traffickers”.")
    assert notes[2].startswith("Persons convicted, 2017: what is counted")
    revised = by_anchor(built, "BOL", "chain", "chain-int_unodc_glotip", "fr").notes[0][1]
    assert re.match(r"Personnes [^,]+, 20\d\d\u202f: chiffre révisé", revised)


def test_no_suppressed_figure_has_such_a_note(built):
    for area in pages(built)[0].states["en"]:
        for section in ("victims", "chain", "others"):
            for figure in shown(built, area, section):
                if "said" in figure.frame:
                    hidden = figure.frame[figure.frame["conf_status"].isin(["A", "C", "N"])]
                    assert hidden["said"].isna().all()


def test_repatriations_are_totals_over_all_countries(built):
    figure = by_anchor(built, "ARG", "others", "vic-repatr-int_unodc_glotip")
    assert column(figure) == {
        "2017": "5", "2018": "<5", "2019": "<5", "2020": "10", "2021": "5", "2022": "<5",
    }  # fmt: skip
    assert figure.headline == (
        "Argentina, repatriated victims: fewer than 5 in 2022, suppressed to protect persons"
    )
