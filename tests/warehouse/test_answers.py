"""Answers and their sentences: known answers, and words that say no more than the numbers."""

import json
import re
from collections.abc import Callable

import pytest
from small_warehouse import MISSING, cells, holding
from warehouse_copies import renew

from pipelines.warehouse import sentences
from pipelines.words import interface_text, messages
from schemas import codelists, parameters

MOST_WORDS = {
    "HAPPENED": 28,
    "WHO": 28,
    "NEIGHBOURS": 28,
    "JUSTICE": 28,
    "NEED": 28,
    "RECOMMENDED": 48,
}
"""Words of a sentence that is read aloud, figures and signs between words not counted; what is
recommended names up to nine subjects."""


@pytest.fixture(scope="module")
def answers(query: Callable) -> dict[tuple[str, str], tuple[str, dict]]:
    rows = query("select area, question, form, args from published.answer")
    return {(area, question): (form, json.loads(args)) for area, question, form, args in rows}


@pytest.mark.parametrize(
    ("area", "size", "start", "level", "extreme"),
    [
        ("ARG", "TIMES", 263, 1186, "none"),
        ("BOL", "TIMES", 36, 560, "none"),
        ("GTM", "TIMES", 14, 425, "none"),
        ("PER", "NEARLY_THREE", 196, 535, "none"),
        ("PRY", "ALMOST_DOUBLE", 50, 96, "none"),  # 20 in 2017, but 7 in 2021, which stands alone
        ("DOM", "SAME", 72, 76, "peak"),
        ("USA", "SAME", 8375, 10070, "none"),
        ("NIC", "QUARTER", 40, 8, "peak"),
        ("MEX", "TIMES", 56, 226, "peak"),
    ],
)
def test_a_level_is_the_median_of_three_years(
    answers: dict, area: str, size: str, start: int, level: int, extreme: str
) -> None:
    form, args = answers[area, "HAPPENED"]
    assert form == "CHANGE"
    assert (args["size"], args["start"]["value"], args["level"]["value"]) == (size, start, level)
    assert args["extreme"] == extreme


def test_a_sum_of_the_same_states_tells_since_when_it_has_not_risen(answers: dict) -> None:
    """2,629 victims in 2022, more than twice those of 2014, but no more than the 2,640 of 2017."""
    _, args = answers["AMERICAS", "SAME_STATES"]
    assert (args["newest"]["number"], args["since"]) == (2629, "known")
    assert (args["since_year"]["year"], args["since_sum"]["number"]) == (2017, 2640)


def test_a_size_stands_only_where_both_ends_of_the_ratio_give_it(query: Callable) -> None:
    assert (
        query(
            "select ref_area, indicator, ratio_lower, ratio_upper, change_size "
            "from published.trend join codelist.change_size on code = change_size "
            "where at_least <> '' and not (ratio_lower >= try_cast(at_least as double) "
            "and ratio_upper < try_cast(below as double))"
        )
        == []
    )


def test_sizes_meet_without_a_gap(query: Callable) -> None:
    sizes = "from codelist.change_size where at_least <> '' order by at_least::double"
    limits = query(f"select try_cast(at_least as double), try_cast(below as double) {sizes}")
    assert [below for _, below in limits[:-1]] == [at_least for at_least, _ in limits[1:]]
    for ratio, size in (
        (30.4, "TIMES"), (3, "TIMES"), (2.99, "NEARLY_THREE"), (1.2, "SAME"), (0.8, "SAME"),
        (0.7, "FIFTH_FEWER"), (0.4, "HALF"), (0, "TENTH"),
    ):  # fmt: skip
        assert query(
            f"select code from codelist.change_size where at_least <> '' and {ratio} >= "
            f"try_cast(at_least as double) and {ratio} < try_cast(below as double)"
        ) == [(size,)]


def test_evidence_follows_from_the_q_value_alone(query: Callable) -> None:
    """Eight q-values, at the limits and on both sides of them."""
    assert query(
        "select distinct evidence, case when q_value <= parameter.evidence_strong() then 'STRONG' "
        "when q_value <= parameter.evidence_moderate() then 'MODERATE' "
        "when q_value <= parameter.evidence_weak() then 'WEAK' else 'NONE' end "
        "from published.trend where evidence <> 'UNTESTED' order by all"
    ) == [(code, code) for code in ("MODERATE", "NONE", "STRONG", "WEAK")]


def test_the_newest_figure_may_be_of_another_count_and_is_named_so(answers: dict) -> None:
    form, args = answers["PER", "HAPPENED"]
    assert (form, args["counted"], args["newest"]["value"]) == ("CHANGE", "RECORDED", 669)
    assert args["year"] == {"year": 2024, "time_basis": "CY"}
    assert answers["USA", "HAPPENED"][1]["counted"] == "SERVED"
    assert answers["USA", "NEIGHBOURS"][0] == "OTHER_COUNT"


def test_a_state_without_figures_has_its_answers(answers: dict) -> None:
    asked = ("HAPPENED", "EVIDENCE", "WHO", "JUSTICE", "NEED")
    forms = ["NO_SOURCE", "NO_SERIES", "NONE", "NONE", "BEGIN"]
    assert [answers["DMA", each][0] for each in asked] == forms
    assert answers["GRD", "HAPPENED"][0] == "STATED_NIL"


def test_a_state_whose_figures_are_doubtful_or_withheld_is_not_without_a_source(warehouse) -> None:
    withheld = {**MISSING, "lower": 0, "obs_status": "Q", "conf_status": "S"}
    with holding(
        warehouse,
        {"ref_area": "DMA", "value": 7, "obs_status": "U"},
        {"ref_area": "KNA", "value_raw": "withheld", **withheld},
    ):
        renew(warehouse)
        said = warehouse.execute(
            "select area, form, text from published.answer join published.sentence "
            "using (area, question) where question = 'HAPPENED' and language = 'en' "
            "and area in ('DMA', 'KNA', 'GRD') order by area"
        ).fetchall()
    assert [(area, form) for area, form, _ in said] == [
        ("DMA", "ONLY_DOUBTFUL"), ("GRD", "NO_SOURCE"), ("KNA", "WITHHELD"),
    ]  # fmt: skip
    assert re.fullmatch(
        "How many victims were detected in .+ in 2020 is withheld to protect persons.", said[2][2]
    )


def test_who_names_a_group_that_nothing_untold_can_overtake(answers: dict) -> None:
    _, args = answers["DOM", "WHO"]
    assert (args["person"], args["person_figure"]["number"]) == ("F_Y0T17", 38)
    assert (args["form"], args["form_figure"]["number"], args["form_joined"]) == ("SX", 68, "same")
    assert args["citizenship_from"] == {"area": "COL"}
    assert (args["citizenship_figure"]["number"], args["citizenship_joined"]) == (79, "other")


GROUPS = {
    "F 70; M 30; Y_GE18 88; Y0T17 12": "person: F M, person_other: Y0T17 Y_GE18",
    "F 70; M 30": "person: F M",
    "Y_GE18 88; Y0T17 12": "person: Y0T17 Y_GE18",
    "F 70; M 30; Y_GE18 88; Y0T17 12; F Y_GE18 90; M Y0T17 10": "person: F Y_GE18 M Y0T17",
    "F 70; M 30; Y0T17 12": "person: F M",  # too little is told of ages
}
"""Parts of a hundred victims, and the groups that are drawn of them."""


def test_children_and_adults_have_a_group_where_sex_and_age_are_not_crossed(warehouse) -> None:
    cases = dict(zip(codelists.oas_states(), GROUPS, strict=False))
    rows = [{"ref_area": area, **row} for area, parts in cases.items()
            for row in cells(f"100; {parts}")]  # fmt: skip
    with holding(warehouse, *rows):
        renew(warehouse)
        found = warehouse.execute(
            "select ref_area, string_agg(facet || ': ' || codes, ', ' order by facet) from ("
            "select ref_area, facet, string_agg(trim(replace(sex || ' ' || age, '_T', '')), ' ' "
            "order by sex || age) as codes from published.victim_group "
            "where shown = 'DRAWN' and shown_at = 'FIRST' group by all) group by all"
        ).fetchall()
    assert {cases[area]: groups for area, groups in found} == GROUPS


def test_parts_that_exceed_their_total_name_no_group(answers: dict, query: Callable) -> None:
    assert answers["BRA", "WHO"][1]["form"] == "none"
    assert query("select bool_or(is_told) from judged.told where told > 1") == [(False,)]


def test_a_contradicted_rate_is_not_ranked(answers: dict) -> None:
    form, _ = answers["BRA", "NEIGHBOURS"]
    assert form == "CONTRADICTED"


def test_all_states_together(answers: dict) -> None:
    assert answers["AMERICAS", "HAPPENED"] == (
        "POOLED",
        {"compared": 23, "doubled": 11, "halved": 5},
    )
    form, args = answers["AMERICAS", "EVIDENCE"]
    assert (form, args["leaning"], args["tested"], args["only"]) == (
        "ROSE",
        14,
        20,
        {"area": "GUY"},
    )


def test_states_are_named_by_the_greatest_changes_of_their_levels(
    answers: dict, query: Callable
) -> None:
    _, args = answers["AMERICAS", "EACH_STATE"]
    assert [each["area"] for each in args["rose"]] == ["GUY", "GTM", "VEN"]
    assert [each["area"] for each in args["fell"]] == ["NIC", "URY", "SLV"]
    ratios = dict(
        query(
            "select ref_area, ratio_lower from published.trend semi join published.national_series "
            "using (source, ref_area, indicator, time_basis) where indicator = 'VIC_DETECT'"
        )
    )
    named = [*args["rose"], *args["fell"]]
    assert [each["ratio"] for each in named] == [ratios[each["area"]] for each in named]


def test_groups_of_victims_of_several_states_are_the_sums_of_their_figures(
    answers: dict, query: Callable
) -> None:
    _, args = answers["AMERICAS", "WHO"]
    groups = {"women": ("F", "Y_GE18"), "men": ("M", "Y_GE18"), "girls": ("F", "Y0T17"),
              "boys": ("M", "Y0T17")}  # fmt: skip
    shares = {
        (sex, age): share
        for sex, age, share in query(
            "select sex, age, share from published.region_group where facet = 'person'"
        )
    }
    assert {name: args[name] for name in groups} == {
        name: shares[group] for name, group in groups.items()
    }
    assert (
        query(
            "select sex, age from published.region_group as summed where (lower, upper) <> ("
            "select (sum(figure.lower), sum(figure.upper)) from published.observation as figure "
            "where list_contains(summed.areas, figure.ref_area) "
            "and list_contains(summed.sources, figure.source) "
            "and figure.indicator = summed.indicator and figure.time_period = summed.year::varchar "
            "and (figure.sex, figure.age, figure.exploitation, figure.citizenship) "
            "= (summed.sex, summed.age, summed.exploitation, '_T') "
            "and figure.breakdown = '_T' and not has_status(figure.obs_status, 'U'))"
        )
        == []
    )


def test_a_change_of_the_region_is_sure_only_if_no_state_or_caution_makes_it(
    query: Callable,
) -> None:
    changes = query(
        "select year, states, round(change_lower), round(left_out_lower), round(left_out_upper), "
        "round(uncautioned_lower), direction from published.region_change "
        "where indicator = 'VIC_DETECT' and comparison = 'YEAR_BEFORE' and year in (2020, 2022) "
        "order by all"
    )
    assert changes == [
        (2020, 21, -25, -28, -15, -23, "FELL"),
        (2022, 22, 12, 3, 26, -6, "UNSURE"),
    ]


def test_every_text_is_used_or_may_be(query: Callable) -> None:
    """Each form that SQL can give has its words."""
    asked = {question for question, _ in messages.texts("answer")}
    assert asked == {*codelists.codes("question")}


@pytest.mark.parametrize("language", codelists.LANGUAGES)
def test_a_sentence_is_short_and_whole(query: Callable, language: str) -> None:
    for area, question, text in query(
        f"select area, question, text from published.sentence where language = '{language}'"
    ):
        assert not re.search(r"[{}]|::|None|\bnan\b|\b[A-Z]+_[A-Z_]+\b|  ", text), (area, text)
        assert text.endswith(".") and text[0] == text[0].upper(), (area, text)
        words = [word for word in text.split(" ") if re.search(r"\w", word)]
        assert len(words) <= MOST_WORDS.get(question, 32), (len(words), area, text)


def test_every_number_of_a_sentence_is_one_of_its_answer(query: Callable) -> None:
    rows = query(
        "select area, question, args, text from published.answer "
        "join published.sentence using (area, question) where language = 'en'"
    )
    for area, question, args, text in rows:
        known = {number.replace("\u202f", "") for number in re.findall(r"[\d.]+", args)}
        known |= {number.removesuffix(".0") for number in known} | {"0", "5", "100000", "100"}
        known |= {parameters.printed(code) for code in parameters.parameters()}
        years = [int(year) for year in re.findall(r'"year":(\d{4})', args)]
        known |= {str(year) for year in [*years, *(year - 1 for year in years)]}
        plain = re.sub(r"(\d{4})/\d\d", r"\1", re.sub(r"[×÷][\d.]+", "", text))
        printed = re.findall(r"\d[\d\u202f]*(?:\.\d+)?", plain)
        unknown = {each.replace("\u202f", "") for each in printed} - known
        assert not unknown, (area, question, unknown, text)


def test_answers_on_all_states_name_the_sources_that_they_compare(query: Callable) -> None:
    assert query(
        "select distinct answer.sources = region.sources from published.answer "
        "join published.region using (indicator) "
        "where area = 'AMERICAS' and question in ('HAPPENED', 'EVIDENCE')"
    ) == [(True,)]


def test_a_figure_is_printed_as_the_one_rule_says() -> None:
    values = dict(sentences._of_figure("x", None, 1, 4, interface_text.language("en")))
    assert values == {"x": "<5", "x_n": 4, "x_kind": "few"}
