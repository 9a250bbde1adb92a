"""Sources side by side: each as printed on one scale, never averaged, the ratio of exact pairs."""

import copy

import pytest
from country_pages import all_shown, by_anchor, column, shown, speaker
from drawn import drawn_figures


def faults(figure: dict, printed: list[dict[str, str]]) -> list[str]:
    """Return what is wrong: a figure that its source does not print, or several scales."""
    axes = {name: axis for name, axis in figure["layout"].items() if name.startswith("yaxis")}
    wrong = []
    for own, name in zip(printed, axes, strict=True):
        for year, value in drawn_figures(figure, name.replace("axis", "")).items():
            if f"{value:,.0f}".replace(",", "\u202f") != own[str(year)]:
                wrong.append(f"{name}: {year} is {value}")
    if len({tuple(axis["range"]) for axis in axes.values()}) > 1:
        wrong.append("scales differ")
    return wrong


def test_mexico_in_three_sources(built):
    figure = by_anchor(built, "MEX", "sides", "sides-vic-detect")
    assert figure.headline == (
        "Mexico, detected victims: the sources give different numbers for the same year "
        "(comparisons: 10), leaving out the comparison of sources that print the same authority’s "
        "figures"
    )
    assert [column(figure, at)["2017"] for at in range(3)] == ["970", "725", "667"]
    assert column(figure, 3)["2017"] == "(2) ÷ (1) = 0.747; (3) ÷ (1) = 0.688; (3) ÷ (2) = 0.92"
    assert column(figure, 3)["2021"] == "(3) ÷ (1) = 6.47"
    assert column(figure, 3)["2019"] == "–"


def test_a_withheld_figure_is_not_a_missing_one(built):
    figure = by_anchor(built, "GUY", "sides", "sides-vic-detect")
    assert column(figure, 2)["2020"] == "withheld"
    assert figure.notes[0][1].startswith("(3) 2020: what the publisher prints here failed")


def test_figures_that_may_be_the_same_do_not_agree(built):
    """Suriname's convicted: `<5` beside 0 twice, and 18 beside another number."""
    figure = by_anchor(built, "SUR", "sides", "sides-per-convict")
    assert figure.headline == (
        "Suriname, persons convicted: the sources may give the same number in some years, but none "
        "is known to be the same (comparisons that may agree: 2 of 3)"
    )


def test_differences_are_named_even_if_numbers_may_agree(built):
    """St. Lucia: a calendar year beside one from April to March."""
    figure = by_anchor(built, "LCA", "sides", "sides-vic-detect")
    assert "in all of them, though these differ: " in figure.notes[-1][1]
    assert "kind of year (calendar year / reporting period" in figure.notes[-1][1]


def test_a_source_that_reprints_another_confirms_nothing(built):
    """UNSD's figures are UNODC's of an earlier day: equal figures do not count as agreement."""
    figure = by_anchor(built, "JAM", "sides", "sides-vic-detect")
    assert figure.headline == (
        "Jamaica, detected victims: the sources print the same authority’s figures at different "
        "times, so that neither confirms the other"
    )
    assert figure.notes[-1][1] == (
        "(1) and (2) print the same authority’s figures at different times; where they agree, that "
        "confirms nothing. Years in common: 7; with the same number, or possibly the same: 7."
    )


def test_reasons_why_two_sources_may_differ(built):
    figure = by_anchor(built, "USA", "sides", "sides-per-prosec")
    assert figure.notes[-1][1] == (
        "(1) and (2), years in common: 5; with the same number, or possibly the same: 0. What may "
        "explain a difference: collection (several methods, not separable / international "
        "questionnaire), legal scope (also covers other sexual exploitation offences / definition "
        "of the Palermo Protocol), kind of year (fiscal year, October to September / calendar "
        "year)."
    ), "the pages of int_reported were read on a day, and released on others"


@pytest.mark.parametrize("area", ["ARG", "MEX"])
def test_the_legal_scope_is_that_of_the_figures(area, built):
    """The source as a whole has no legal scope; its figures of these states have one."""
    notes = by_anchor(built, area, "sides", "sides-vic-detect").notes
    scope = (
        "legal scope (definition of the Palermo Protocol / exploitation itself punished as "
        "trafficking)"
    )
    assert [scope in note for _, note in notes[-3:]] == [False, True, True]


def test_of_several_releases_the_first_and_the_last_day_are_named(built):
    note = by_anchor(built, "MEX", "sides", "sides-vic-detect").notes[-2][1]
    assert note.endswith("release (14 April 2025 / 25 June 2020 – 15 June 2023).")


def test_a_state_with_nothing_to_compare_says_so(built):
    assert shown(built, "HTI", "sides") == []
    assert speaker(built).say("sides_none", area="Haiti") == (
        "Haiti: no two sources have a figure of the same indicator and year"
    )


def test_a_suppressed_figure_has_no_ratio_in_any_state(built):
    for _, figure in all_shown(built, "sides"):
        for _, (*cells, ratio) in figure.table.rows:
            assert 2 <= len(cells) <= 4
            if sum(cell.kind == "figure" for cell in cells) < 2:
                assert ratio.text == "–"


def test_panels_show_what_is_printed_and_saboteurs_are_caught(built):
    figure = by_anchor(built, "MEX", "sides", "sides-vic-detect")
    printed = [column(figure, at) for at in range(3)]
    assert figure.figure is not None
    assert faults(figure.figure, printed) == []
    for sabotage in (average, own_scale):
        spoilt = copy.deepcopy(figure.figure)
        sabotage(spoilt)
        assert faults(spoilt, printed), sabotage.__name__


def average(figure):
    trace = figure["data"][0]
    trace["y"][trace["x"].index(2017)] = (970 + 725 + 667) / 3


def own_scale(figure):
    figure["layout"]["yaxis2"]["range"] = [0, 500]
