"""Charts and sentences of breakdowns in extreme cases: none, one, few, many, hostile, a thousand.

All figures are invented.
"""

from dataclasses import replace

import pandas as pd
import plotly.graph_objects as go
import pytest
from chart_rules import (
    CAPTION,
    YEARS,
    breaks_cut,
    counts_start_at_zero,
    figure_row,
    frame,
    gaps_stay_gaps,
    language,
    suppressed_is_an_interval,
    text_is_safe,
    uncertain_is_dashed,
    words_are_there,
    zero_is_marked,
)
from drawn import texts
from pipelines.published.site.figures.wording import breakdowns
from pipelines.published.site.figures.wording.breakdowns import Count

from pipelines.published.charts import citizenship, sex_age
from pipelines.published.charts.panels_by_part import MOST_PANELS, forms_spec, read_parts
from pipelines.published.i18n.language import Language
from pipelines.published.series.disclosure import Kind
from pipelines.published.series.series import Point, Series
from schemas import codelists

LISTS = ("sex", "age", "exploitation", "citizenship")
HOSTILE = '<a href="javascript:alert(1)">link</a><script>bad()</script>'
NEWEST = range(2022, 2023)


def speaker(code: str = "en", **names: dict[str, str]) -> Language:
    """Return a language with the lists that parts need; `area={...}` replaces or adds names."""
    spoken = language(code)
    lists = {each: codelists.labels(each, code) for each in LISTS} | dict(spoken.names)
    return replace(
        spoken, names={each: {**known, **names.get(each, {})} for each, known in lists.items()}
    )


def part(code: str, **changes: dict) -> pd.DataFrame:
    """Return a series with every kind of figure, as one part."""
    return frame(**changes).assign(part=code)


def newest(**figures: float | None) -> pd.DataFrame:
    """Return a row per citizenship in 2022; None stands for a suppressed figure."""
    rows = [
        figure_row("VIC_DETECT", 2022, value, **({"obs_status": "Q"} if value is None else {}))
        | {"part": code}
        for code, value in figures.items()
    ]
    return pd.DataFrame(rows)


def forms_chart() -> dict:
    return forms_spec(pd.concat([part("SX"), part("FL")]), YEARS, CAPTION, speaker())


RULES = [
    gaps_stay_gaps, zero_is_marked, suppressed_is_an_interval, breaks_cut, uncertain_is_dashed,
    counts_start_at_zero, words_are_there, text_is_safe,
]  # fmt: skip


@pytest.mark.parametrize("rule", RULES)
def test_panels_of_parts_obey_the_rules_of_every_chart(rule):
    figure = forms_chart()
    # The suppressed figure of each panel: the rules look at one.
    first = [trace for trace in figure["data"] if trace["yaxis"] == "y"]
    assert rule(figure | {"data": first}) == []


def test_a_part_that_is_only_missing_or_withheld_has_no_panel():
    lost = figure_row("VIC_DETECT", 2022, None) | {"part": "OTH", "rule": "S5", "obs_status": None}
    data = pd.concat([part("SX"), pd.DataFrame([lost])])
    panels = [name for name in forms_spec(data, YEARS, CAPTION, speaker())["layout"]
              if name.startswith("yaxis")]  # fmt: skip
    assert panels == ["yaxis"]


def test_ages_have_a_panel_of_their_own_only_if_they_tell_more():
    both = pd.DataFrame(
        [figure_row("VIC_DETECT", year, 9) | {"part": "F.Y0T17"} for year in (2021, 2022)]
    )
    no_more = pd.DataFrame([figure_row("VIC_DETECT", 2022, 9) | {"part": "_T.Y0T17"}])
    more = pd.DataFrame([figure_row("VIC_DETECT", 2012, 9) | {"part": "_T.Y0T17"}])

    def drawn(data: pd.DataFrame) -> list[str]:
        return [each.indicator for each in sex_age.drawn(read_parts(data, YEARS))]

    assert drawn(pd.concat([both, no_more])) == ["F.Y0T17"]
    assert drawn(pd.concat([both, more])) == ["F.Y0T17", "_T.Y0T17"]
    assert drawn(no_more) == ["_T.Y0T17"]


def test_citizenships_show_zero_exact_and_suppressed_each_by_its_mark():
    figure = citizenship.spec(newest(NAT=12, BOL=0, BRA=None), NEWEST, CAPTION, speaker())
    exact, hidden = figure["data"]
    assert dict(zip(exact["y"], exact["x"], strict=True)) == {0: 12, -1: 0}
    assert exact["text"] == ["<b>12</b>", "<b>0</b>"]
    assert dict(zip(hidden["y"], hidden["x"], strict=True)) == {-2: 4}
    assert (hidden["base"], hidden["text"]) == (0, ["&lt;5"])
    assert figure["layout"]["xaxis"]["range"][0] == 0
    assert words_are_there(figure) == text_is_safe(figure) == []


def test_a_provisional_citizenship_is_hollow():
    data = newest(NAT=12).assign(obs_status="P")
    (exact,) = citizenship.spec(data, NEWEST, CAPTION, speaker())["data"]
    assert exact["marker"]["color"] == ["#ffffff"]


@pytest.mark.parametrize("spec", [forms_spec, citizenship.spec])
def test_hostile_names_stay_text(spec):
    spoken = speaker(exploitation={"SX": HOSTILE}, area={"BOL": HOSTILE})
    data = part("SX") if spec is forms_spec else newest(BOL=3)
    figure = spec(data, YEARS, CAPTION, spoken)
    assert text_is_safe(figure) == []
    assert any("&lt;a href" in text for text in texts(figure))


@pytest.mark.parametrize("spec", [forms_spec, citizenship.spec])
def test_a_name_of_300_letters_takes_one_line(spec):
    long = "Trafficking " * 25
    spoken = speaker(exploitation={"SX": long}, area={"BOL": long})
    data = part("SX") if spec is forms_spec else newest(BOL=3)
    notes = spec(data, YEARS, CAPTION, spoken)["layout"]["annotations"]
    (name,) = [note["text"] for note in notes if note["name"] in ("panel", "row")]
    assert len(name) < 50
    assert "…" in name


def thousand() -> dict[str, float]:
    return {f"X{number}": float(number) for number in range(1000)}


def test_of_a_thousand_citizenships_the_greatest_are_drawn():
    names = {code: f"Country {code}" for code in thousand()}
    figure = citizenship.spec(newest(**thousand()), NEWEST, CAPTION, speaker(area=names))
    (exact,) = figure["data"]
    assert sorted(exact["x"]) == list(range(1000 - citizenship.MOST, 1000))
    assert figure["layout"]["height"] < 2000
    go.Figure(figure)


def test_of_a_thousand_forms_the_first_are_drawn_and_the_words_state_it():
    names = {code: f"Form {code}" for code in thousand()}
    spoken, data = speaker(exploitation=names), newest(**thousand())
    figure = forms_spec(data, NEWEST, CAPTION, spoken)
    assert len([n for n in figure["layout"]["annotations"] if n["name"] == "panel"]) == MOST_PANELS
    count = Count("VIC_DETECT", "form", "ARG", Series("VIC_DETECT"), read_parts(data, NEWEST),
                  NEWEST)  # fmt: skip
    words = breakdowns.forms_in_words(count, spoken)
    assert words.endswith("The chart shows 12 of 1000 parts; the table has all of them.")


# Sentences ------------------------------------------------------------------------------------


def figure(value: float) -> Point:
    return Point(2022, Kind.FIGURE, value=value, basis="CY")


FEW = Point(2022, Kind.SUPPRESSED, basis="CY")
WIDE = Point(2022, Kind.SUPPRESSED, top=541, basis="CY")
LOST = Point(2022, Kind.WITHHELD, rule="S5", basis="")
NONE = Point(2022)


def count(split: str, total: Point, **parts: Point) -> Count:
    series = [Series(code.replace("__", "."), (point,)) for code, point in parts.items()]
    return Count("VIC_DETECT", split, "PER", Series("VIC_DETECT", (total,)), series, NEWEST)


WOMEN = [
    (figure(0), "0 women", "0 mujeres", "0 mulheres", "0 femme"),
    (figure(1), "1 woman", "1 mujer", "1 mulher", "1 femme"),
    (figure(2), "2 women", "2 mujeres", "2 mulheres", "2 femmes"),
    (figure(1247), "1 247 women", "1 247 mujeres", "1 247 mulheres", "1 247 femmes"),
    (FEW, "fewer than 5 women", "menos de 5 mujeres", "menos de 5 mulheres",
     "moins de 5 femmes"),
    (WIDE, "women (18 years or over) (figure suppressed)",
     "mujeres (18 años o más) (cifra suprimida)", "mulheres (18 anos ou mais) (número suprimido)",
     "femmes (18 ans et plus) (chiffre masqué)"),
]  # fmt: skip


def plain(text: str) -> str:
    return text.replace("\u202f", " ").replace("\u00a0", " ")


@pytest.mark.parametrize(("women", *codelists.LANGUAGES), WOMEN)
def test_women_are_counted_in_the_grammar_of_each_language(women, en, es, pt, fr):
    peru = {
        "en": "Peru, detected victims in 2022:",
        "es": "Perú, víctimas detectadas en 2022:",
        "pt": "Peru, vítimas detectadas em 2022:",
        "fr": "Pérou, victimes détectées en 2022 :",
    }
    headlines = {
        code: plain(
            breakdowns.sex_age_headline(count("sex_age", NONE, F__Y_GE18=women), speaker(code))
        )
        for code in codelists.LANGUAGES
    }
    words = {"en": en, "es": es, "pt": pt, "fr": fr}
    assert headlines == {code: f"{peru[code]} {words[code]}" for code in codelists.LANGUAGES}


@pytest.mark.parametrize(
    ("total", "headline"),
    [
        (figure(1), "Peru, 2022: 1 boy, among 1 detected victim"),
        (
            figure(3),
            "Peru, 2022: 1 boy, among 3 detected victims; for the rest sex, age or both are not "
            "stated",
        ),
        (FEW, "Peru, 2022: 1 boy, among fewer than 5 detected victims"),
        (NONE, "Peru, detected victims in 2022: 1 boy"),
        (LOST, "Peru, detected victims in 2022: 1 boy"),
    ],
)
def test_a_headline_has_the_total_of_the_same_year(total, headline):
    one = count("sex_age", total, M__Y0T17=figure(1))
    assert breakdowns.sex_age_headline(one, speaker()) == headline


@pytest.mark.parametrize(
    ("total", "parts", "is_short"),
    [
        (figure(10), {"SX": figure(7)}, True),
        (figure(7), {"SX": figure(7)}, False),
        (figure(10), {"SX": figure(7), "FL": figure(5)}, False),
        (figure(12), {"SX": figure(7), "FL": FEW}, True),
        (figure(11), {"SX": figure(7), "FL": FEW}, False),
        (figure(10), {"SX": figure(7), "FL": LOST}, False),
        (WIDE, {"SX": figure(7)}, False),
        (NONE, {"SX": figure(7)}, False),
    ],
)
def test_the_rest_without_a_form_is_mentioned_only_if_it_must_exist(total, parts, is_short):
    """A suppressed form counts with its upper bound; a withheld one may be any number."""
    headline = breakdowns.forms_headline(count("form", total, **parts), speaker())
    assert headline.endswith("; form of exploitation of the rest not stated") is is_short


@pytest.mark.parametrize(
    ("total", "unknown", "is_short"),
    [(15, NONE, True), (14, NONE, False), (15, figure(1), True), (15, LOST, True)],
)
def test_the_rest_without_a_citizenship_is_mentioned(total, unknown, is_short):
    """It includes those whom the source itself counts as unknown."""
    some = count("citizenship", figure(total), NAT=figure(10), BOL=FEW, _U=unknown)
    headline = breakdowns.citizenship_headline(some, speaker())
    assert headline.endswith("; citizenship of the rest not stated") is is_short


@pytest.mark.parametrize(
    ("total", "parts", "is_short"),
    [
        (372, {"PER": figure(561)}, True),
        (561, {"PER": figure(561)}, False),
        (21, {"NAT": figure(16), "_U": figure(9)}, True),
        (17, {"NAT": figure(9), "BOL": figure(5), "BRA": figure(4)}, True),
        (18, {"NAT": figure(9), "BOL": figure(5), "BRA": figure(4)}, False),
        (10, {"NAT": figure(10), "BOL": FEW}, False),
        (10, {"NAT": figure(10), "PER": figure(10)}, False),
        (10, {"NAT": figure(4), "FOR": figure(6), "BOL": figure(5)}, False),
    ],
)
def test_citizens_are_not_among_a_total_that_is_smaller(total, parts, is_short):
    """A suppressed figure may be none; nationals and their country are the same persons."""
    some = count("citizenship", figure(total), **parts)
    headline = breakdowns.citizenship_headline(some, speaker())
    text = "the total printed for that year is smaller than the sum of its parts"
    assert (text in headline) is is_short
    assert ("among" in headline) is not is_short


@pytest.mark.parametrize(
    ("total", "parts", "is_short"),
    [
        (10, {"F___T": figure(6), "M___T": figure(4)}, False),
        (11, {"F___T": figure(6), "M___T": figure(4)}, True),
        (10, {"F___T": figure(6), "M___T": figure(4), "_T__Y0T17": figure(9)}, True),
        (10, {"F___T": figure(6), "M___T": figure(4), "_T__Y0T17": figure(9), "_T___U": FEW},
         False),
        (11, {"F___T": figure(6), "M___T": FEW}, True),
        (10, {"F___T": figure(6), "M___T": FEW}, False),
        (11, {"F___T": figure(6), "M___T": LOST}, False),
        (11, {"F___T": figure(6), "F__Y_GE18": LOST}, False),
    ],
)  # fmt: skip
def test_the_rest_without_sex_or_age_is_mentioned_if_either_falls_short(total, parts, is_short):
    some = count("sex_age", figure(total), **parts)
    headline = breakdowns.sex_age_headline(some, speaker())
    assert headline.endswith("; for the rest sex, age or both are not stated") is is_short


def test_persons_printed_twice_are_in_the_headline_once():
    """Rule I15 finds the second print in one year, and in no other."""
    some = count("sex_age", figure(9), F__Y_GE18=figure(6), _O__Y_GE18=figure(3), _U___U=figure(3))
    once = replace(some, twice=frozenset({2022}))
    assert breakdowns.sex_age_headline(once, speaker()) == (
        "Peru, 2022: 6 women, 3 adults of another sex, among 9 detected victims"
    )
    other = replace(some, twice=frozenset({2021}))
    assert "3 persons of unknown sex and age" in breakdowns.sex_age_headline(other, speaker())


def test_a_headline_omits_missing_parts_and_has_withheld_ones():
    some = count("form", NONE, SX=figure(7), FL=NONE, OTH=LOST)
    assert breakdowns.forms_headline(some, speaker()) == (
        "Peru, detected victims by form of exploitation in 2022: sexual exploitation (7); "
        "other forms of exploitation (figure withheld)"
    )


def test_a_headline_has_sexes_if_the_parts_by_both_are_withheld():
    some = count("sex_age", NONE, F__Y_GE18=LOST, F___T=figure(9))
    assert breakdowns.sex_age_headline(some, speaker()).endswith("9 women and girls")


def test_a_provisional_figure_is_called_provisional():
    early = replace(figure(7), status=("P",))
    headline = breakdowns.sex_age_headline(count("sex", NONE, F___T=early), speaker())
    assert headline == "Peru, detected victims in 2022: 7 women and girls (provisional figure)"


CITIZENS = [
    ({"NAT": figure(0), "BOL": FEW, "_U": figure(9)}, "0 nationals of the country, "
     "1 foreign citizenship named"),
    ({"NAT": figure(1), "BOL": FEW, "BRA": figure(0)}, "1 national of the country, "
     "2 foreign citizenships named"),
    ({"PER": FEW}, "fewer than 5 nationals of the country, no foreign citizenship "
     "named"),
    ({"BOL": figure(3)}, "no figure on nationals of the country, 1 foreign "
     "citizenship named"),
]  # fmt: skip


@pytest.mark.parametrize(("parts", "figures"), CITIZENS)
def test_nationals_and_named_citizenships(parts, figures):
    headline = breakdowns.citizenship_headline(count("citizenship", NONE, **parts), speaker())
    assert headline == f"Peru, detected victims in 2022: {figures}"


def test_no_suppressed_part_is_derived_from_the_total():
    """Of 10 victims 7 are women and the men are hidden: no text may have a 3."""
    some = count("sex_age", figure(10), F__Y_GE18=figure(7), M__Y_GE18=FEW)
    assert "3" not in breakdowns.sex_age_headline(some, speaker())
    assert "3" not in breakdowns.sex_age_in_words(some, speaker())
