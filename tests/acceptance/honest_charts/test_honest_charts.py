"""Honest trend charts: 21 rules, on every chart and page of the shipped figures.

Each rule has saboteurs, and must catch each of them: a rule that cannot fail is worse than none.
"""

import copy
import inspect
import random
from collections.abc import Callable
from pathlib import Path

import duckdb
import pages
import pytest
import rules_of_looks as looks
import rules_of_marks as marks
import rules_of_pages as whole
import rules_of_words as words
import saboteurs_of_marks as drawn
import saboteurs_of_words as stated
from pages import Chart, Page
from truth import LANGUAGES, Truth

CATALOGUE: dict[Callable, tuple[Callable, ...]] = {
    marks.rule_01_a_missing_year_is_a_gap: (
        drawn.fill_a_gap_with_zero, drawn.guess_a_gap, drawn.connect_the_gaps,
        drawn.leave_the_gap_out, drawn.print_zero_for_a_gap, drawn.print_nothing_for_a_gap,
    ),
    marks.rule_02_a_true_zero_is_a_marker: (
        drawn.drop_a_zero, drawn.take_the_marker_of_a_zero, drawn.cut_a_zero_in_half,
        drawn.print_a_dash_for_zero,
    ),
    marks.rule_03_a_suppressed_figure_is_an_interval: (
        drawn.draw_suppressed_as_two, drawn.draw_suppressed_as_a_line_at_four,
        drawn.draw_suppressed_as_zero, drawn.draw_suppressed_as_a_gap,
        drawn.take_the_label_of_suppressed, drawn.print_a_figure_for_suppressed,
        drawn.print_suppressed_as_a_gap, drawn.tell_the_figure_of_an_older_release,
    ),
    marks.rule_04_a_break_cuts_the_line: (
        drawn.bridge_a_break, drawn.take_the_rule_of_a_break, drawn.take_the_label_of_a_break,
        drawn.drop_the_reason_of_a_break,
    ),
    marks.rule_05_an_uncertain_figure_is_dashed_and_hollow: (
        drawn.draw_provisional_solid, drawn.fill_the_marker_of_a_provisional_figure,
        drawn.call_provisional_final,
    ),
    marks.rule_06_a_revision_is_noted: (
        drawn.drop_the_notes, drawn.lead_to_no_note, drawn.leave_the_figure_before_out,
        drawn.give_another_release, drawn.repeat_a_figure_beside_a_suppressed_one,
    ),
    marks.rule_08_counts_and_rates_are_apart: (
        drawn.drop_the_intervals, drawn.narrow_the_intervals,
        drawn.print_a_rate_of_a_suppressed_count, drawn.drop_the_denominator,
        drawn.draw_a_rate_among_counts,
    ),
    marks.rule_07_axes_start_at_zero: (
        drawn.cut_the_axis, drawn.lower_the_axis, drawn.squeeze_the_axis, drawn.add_a_second_axis,
    ),
    words.rule_09_the_unit_is_in_the_subtitle: (stated.drop_the_unit, stated.drop_the_kind_of_year),
    words.rule_10_two_titles: (
        stated.drop_the_headline, stated.drop_the_subtitle, stated.repeat_the_headline,
        stated.drop_the_period, stated.drop_the_headline_of_the_picture,
        stated.drop_the_subtitle_of_the_picture,
    ),
    words.rule_11_a_trend_is_claimed_only_where_there_is_one: (
        stated.call_a_short_series_rising, stated.call_a_series_rising_that_ends_where_it_began,
        stated.call_a_series_falling_that_ends_higher,
    ),
    words.rule_11_the_headline_says_the_last_figure: (
        stated.say_another_last_figure, stated.say_nothing_above,
    ),
    words.rule_12_the_source_is_on_the_chart: (
        stated.drop_the_source_line, stated.drop_the_source_on_the_chart,
        stated.give_a_wrong_release, stated.drop_the_licence, stated.drop_the_version,
    ),
    whole.rule_13_detected_is_not_prevalence: (
        stated.drop_the_caveat, stated.drop_the_link_to_the_method,
    ),
    words.rule_14_the_same_in_words: (
        stated.say_a_wrong_last_figure, stated.say_nothing_of_gaps, stated.say_nothing,
    ),
    whole.rule_15_a_table_equal_to_the_chart: (
        stated.change_a_cell, stated.change_a_mark, stated.drop_a_row, stated.drop_the_table,
        stated.draw_the_same_twice,
    ),
    whole.rule_16_files_with_every_chart: (
        stated.lose_a_file, stated.change_a_file_of_codes, stated.shorten_a_file_of_codes,
        stated.change_a_file_of_words, stated.describe_another_chart,
    ),
    looks.rule_17_four_series_a_panel: (stated.add_four_more_series,),
    looks.rule_18_colours_are_distinguishable: (
        stated.pale_the_line, stated.pale_the_words, stated.add_a_twin_in_green_beside_red,
    ),
    words.rule_19_numbers_are_the_language_s_own: (
        stated.part_thousands_otherwise, stated.part_the_axis_by_points,
    ),
    whole.rule_19_the_page_is_in_its_language: (stated.say_another_language, stated.mix_languages),
    whole.rule_20_states_are_not_ranked: (stated.rank_the_states,),
    whole.rule_21_no_regional_total: (stated.speak_for_the_region,),
}  # fmt: skip
"""Every rule, and who breaks it."""

PAIRS = [(rule, saboteur) for rule, all_of_it in CATALOGUE.items() for saboteur in all_of_it]
FEW_ENOUGH = 8
"""Charts or pages that each saboteur spoils, chosen by a seed."""


@pytest.fixture(scope="module")
def truth(built: Path):
    with duckdb.connect(str(built), read_only=True) as connection:
        yield Truth(connection)


@pytest.fixture(scope="module")
def of_years(shown: list[Page], truth: Truth) -> list[Chart]:
    """The charts with a year in each row."""
    return [chart for page in shown for chart in page.charts if truth.series(chart)]


@pytest.fixture(scope="module")
def shown(shipped: Path) -> list[Page]:
    """Every page of the shipped figures, in four languages."""
    return [page for language in LANGUAGES for page in pages.read(shipped, language)]


def is_of_pages(rule: Callable) -> bool:
    return "page" in inspect.signature(rule).parameters


def subjects(rule: Callable, shown: list[Page]) -> list[Page] | list[Chart]:
    """Return the pages or charts that a rule examines."""
    return shown if is_of_pages(rule) else [chart for page in shown for chart in page.charts]


@pytest.mark.parametrize("rule", CATALOGUE, ids=lambda rule: rule.__name__)
def test_rule_holds_for_every_chart_of_every_page(rule, shown, truth):
    found = {str(each): wrong for each in subjects(rule, shown) if (wrong := rule(each, truth))}
    assert found == {}


@pytest.mark.parametrize(
    ("rule", "saboteur"),
    PAIRS,
    ids=[f"{rule.__name__[:7]}-{done.__name__}" for rule, done in PAIRS],
)
def test_rule_catches_the_saboteur(rule, saboteur, shown, of_years, truth):
    order = list(shown if is_of_pages(rule) else of_years)
    random.Random(saboteur.__name__).shuffle(order)
    spoilt = []
    for each in order:
        changed = copy.deepcopy(each)
        try:
            saboteur(changed)
        except StopIteration:
            continue
        if changed != each:
            spoilt.append(changed)
        if len(spoilt) == FEW_ENOUGH:
            break
    assert spoilt, "no chart or page has what this saboteur spoils"
    assert [str(each) for each in spoilt if not rule(each, truth)] == []


def test_every_rule_is_in_the_catalogue():
    rules = {
        rule
        for module in (marks, words, whole, looks)
        for name, rule in vars(module).items()
        if name.startswith("rule_")
    }
    assert rules == set(CATALOGUE)
