"""The summary of a state: figures as published, short sentences, what is missing in order."""

from itertools import product

import pytest

from pipelines.published.extracts import edition, summary
from pipelines.published.extracts.summary import Facts, Summary, in_language
from pipelines.published.i18n import interface_text
from schemas import codelists

ENGLISH = in_language("en")
FORMS = ("summary_one", "summary_many", "summary_few")
TRENDS = [
    *(f"summary_trend_{verdict}" for verdict in codelists.codes("trend_verdict")),
    "summary_trend_hidden",
    "summary_trend_none",
]


@pytest.fixture(scope="module")
def facts(connection) -> dict[str, Facts]:
    return summary.read_facts(connection)


@pytest.fixture(scope="module")
def summaries(connection, facts) -> dict[tuple[str, str], Summary]:
    """The summary of each state in each language."""
    made = edition.read(connection)
    return {
        (area, language): summary.summarise(
            facts[area], codelists.labels("area", language)[area], language, made
        )
        for area, language in product(codelists.oas_states(), codelists.LANGUAGES)
    }


def detected(**row: object) -> dict[str, object]:
    """A row of sql/summary_figure.sql: 539 victims detected in 2022, no verdict on a trend."""
    usual = {
        "fact": "VIC_DETECT", "source": "int_test", "release": "2025-04-14", "year": 2022,
        "first_year": 2015, "time_basis": "CY", "value": 539.0, "lower": 539.0, "upper": 539.0,
        "obs_status": "A", "conf_status": "F", "is_sum": False, "is_year_inferred": False,
        "trend_verdict": "too_few_points", "points": 6, "suppressed": 0, "first": 2017,
        "jump": None, "turn": None, "jumps": [], "newest": 2022, "later": None, "exceeding": None,
    }  # fmt: skip
    return usual | row


HIDDEN = {"value": None, "lower": 0.0, "upper": 4.0, "obs_status": "Q", "conf_status": "A"}


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Brazil: 539 detected victims of trafficking in 2022; too few comparable years for "
               "a trend."),
        ("es", "Brasil: 539 víctimas de trata detectadas en 2022; pocos años comparables "
               "para una tendencia."),
        ("pt", "Brasil: 539 vítimas de tráfico de pessoas detectadas em 2022; poucos anos "
               "comparáveis para uma tendência."),
        ("fr", "Brésil\u202f: 539 victimes de traite détectées en 2022\u202f; trop peu d’années "
               "comparables pour une tendance."),
    ],
)  # fmt: skip
def test_brazil_has_539_victims_in_2022(summaries, language: str, sentence: str) -> None:
    found = summaries["BRA", language]
    assert found.sentence == sentence
    assert (found.facts[0].figure, found.facts[0].year) == (539, 2022)
    assert [fact.figure for fact in found.facts[1:3]] == [145, 89]


def test_the_notes_of_the_cards_stand_beside_the_figures(summaries) -> None:
    """Brazil: forced labour exceeds the total, <5 prosecuted later, no conviction since 2013."""
    facts = summaries["BRA", "pt"].facts
    assert facts[0].remark.endswith("Só trabalho forçado: 732")
    assert facts[3].remark == "Uma publicação posterior indica <5"
    assert facts[4].remark == "UNODC: nenhum desde 2013"
    assert summaries["PER", "pt"].facts[0].remark == ""


@pytest.mark.parametrize("language", codelists.LANGUAGES)
def test_saint_kitts_has_no_total_and_says_so(summaries, language: str) -> None:
    found, reader = summaries["KNA", language], in_language(language)
    name = codelists.labels("area", language)["KNA"]
    assert found.sentence == reader.say("summary_none", area=name)
    assert found.source == ""
    *figures, missing = found.facts
    assert {fact.figure for fact in figures} == {reader.say("no_figure")}
    assert not any(fact.is_part for fact in figures)
    assert missing.figure == reader.say("part_of_whole", part=20, whole=20)
    assert reader.say("sheet_sources") in found.citation


def test_haiti_has_no_calendar_year(summaries) -> None:
    found = summaries["HTI", "en"]
    assert found.sentence == (
        "Haiti: 11 detected victims of trafficking in 2022/23; no trend can be stated."
    )
    assert "April to March" in found.facts[0].remark


def test_figures_are_those_of_the_national_series(connection, summaries) -> None:
    rows = connection.execute(
        "select ref_area, indicator, year, value, source, release from published.national_series "
        "where indicator in ('VIC_DETECT', 'PER_PROSEC', 'PER_CONVICT') "
        "qualify year = max(year) over (partition by ref_area, indicator)"
    ).fetchall()
    names = codelists.labels("indicator", "en")
    series = {(area, names[indicator]): row for area, indicator, *row in rows}
    found = {
        (area, fact.name): fact
        for area in codelists.oas_states()
        for fact in summaries[area, "en"].facts
        if fact.name in {name for _, name in series}
    }
    assert len(found) == 3 * 35
    for key, fact in found.items():
        if key not in series:
            assert fact.figure == interface_text.labels("en")["no_figure"]
            continue
        year, value, _, release = series[key]
        assert fact.figure == value if value is not None else str(fact.figure).startswith("<")
        assert int(str(fact.year)[:4]) in (year, year - 1)
        assert fact.source.endswith(f"release of {ENGLISH.day(release)}")


def test_parts_are_printed_beside_the_total_by_the_same_release(connection, facts) -> None:
    for area, own in facts.items():
        for part, column in (("F", "sex"), ("Y0T17", "age")):
            if (row := own.figures.get(part)) is None:
                continue
            other = {"sex": "age", "age": "sex"}[column]
            [found] = connection.execute(
                "select value, obs_status from published.observation where indicator = "
                f"'VIC_DETECT' and freq = 'A' and {column} = ? and {other} = '_T' and ref_area = ? "
                "and source = ? and release = ? and year = ? and exploitation = '_T' "
                "and citizenship = '_T' and counterpart_role = '_Z' and breakdown = '_T'",
                [part, area, row["source"], row["release"], row["year"]],
            ).fetchall()
            assert found == (row["value"], row["obs_status"])


def test_no_sentence_has_more_than_20_words(summaries) -> None:
    lengths = {key: len(each.sentence.split(" ")) for key, each in summaries.items()}
    assert {key: words for key, words in lengths.items() if words > 20} == {}


@pytest.mark.parametrize("language", codelists.LANGUAGES)
def test_no_sentence_could_have_more_than_20_words(language: str) -> None:
    reader = in_language(language)
    areas = codelists.labels("area", language)
    for area, form, trend in product(codelists.oas_states(), FORMS, TRENDS):
        clause = reader.say(trend, first=2010, jump=2015, turn=2015)
        sentence = reader.say(
            form, area=areas[area], figure="16390", limit=5, year="2022/23", trend=clause
        )
        assert len(sentence.split(" ")) <= 20, sentence


@pytest.mark.parametrize(
    ("row", "figure"),
    [
        (HIDDEN, "fewer than 5 detected victims"),
        (HIDDEN | {"lower": 2.0, "upper": 3.0}, "fewer than 5 detected victims"),
        (HIDDEN | {"value": 3.0}, "fewer than 5 detected victims"),
        (HIDDEN | {"upper": 9.0}, "fewer than 10 detected victims"),
        (HIDDEN | {"lower": 166.0, "upper": 174.0}, "166–174 detected victims"),
        ({"value": 0.0}, "0 detected victims"),
        ({"value": 1.0}, "1 detected victim of"),
        ({"value": 16390.0}, "16\u202f390 detected victims"),
    ],
)
def test_a_suppressed_figure_stays_suppressed(row: dict[str, object], figure: str) -> None:
    assert figure in summary.sentence(detected(**row), "Brazil", ENGLISH)


@pytest.mark.parametrize(
    ("row", "clause"),
    [
        ({"trend_verdict": "rising", "first": 2009}, "rising since 2009"),
        ({"trend_verdict": "falling", "first": 2009}, "falling since 2009"),
        ({"trend_verdict": "no_clear_change"}, "no clear change since 2017"),
        ({"trend_verdict": "no_verdict_across_jump", "jump": 2015},
         "no trend across the jump of 2015"),
        ({"trend_verdict": "no_verdict_across_turn", "turn": 2015}, "no trend: turned in 2015"),
        ({}, "too few comparable years for a trend"),
        ({"suppressed": 6}, "figures suppressed, so no trend"),
        ({"trend_verdict": None}, "no trend can be stated"),
    ],
)  # fmt: skip
def test_the_trend_is_the_verdict(row: dict[str, object], clause: str) -> None:
    assert summary.trend_text(detected(**row), ENGLISH) == clause


@pytest.mark.parametrize(
    ("basis", "year"),
    [("CY", "2022"), ("TIPR", "2022/23"), ("FY0401", "2022/23"), ("FY0701", "2021/22"),
     ("FY1001", "2021/22")],
)  # fmt: skip
def test_a_year_that_begins_in_july_or_later_ends_in_that_of_its_label(
    basis: str, year: str
) -> None:
    assert summary.year_text(detected(time_basis=basis)) == year


def test_what_is_missing_stands_in_the_order_of_the_needs(connection, summaries) -> None:
    """As on the state's page: both follow published.need."""
    ordered = connection.execute(
        "select ref_area, list((need_step, indicator) order by priority) from published.need "
        "group by all"
    ).fetchall()
    names = codelists.labels("indicator", "en")
    for area, asked in ordered:
        steps = list(dict.fromkeys(step for step, _ in asked))
        wanted = [(steps.index(step) + 1, names[code]) for step, code in dict.fromkeys(asked)]
        assert [(gap.step, gap.indicator) for gap in summaries[area, "en"].gaps] == wanted


def test_the_source_to_cite_has_release_and_reason(summaries) -> None:
    source = summaries["BRA", "en"].source
    assert "United Nations Office on Drugs and Crime (UNODC)" in source
    assert "release of 14 April 2025. From the international questionnaire" in source
    assert "release of 14 April 2025. Harmonised by tipstat" in summaries["BRA", "en"].citation
    assert "Oficina de las Naciones Unidas" in summaries["BRA", "es"].source


def test_remarks_warn_of_breaks_and_jumps(summaries) -> None:
    remark = summaries["BRA", "en"].facts[0].remark
    assert "Comparable since 2017 only" in remark
    assert "Sharp change in 2022" in remark
