"""What the region's page says of all states together: the sentence to cite, and how they lean."""

import re

import numpy as np
import pytest
from country_pages import files, speaker
from parsed_page import LANGUAGES, Page
from scipy import stats

from pipelines.published.site.facts.region import Joint
from pipelines.published.site.pages import home
from pipelines.published.site.wording.phrases import is_short
from pipelines.published.site.wording.region import lean, sentence


def texts(built, code: str, tag: str, **attributes: str) -> list[str]:
    """Return the texts of the elements of a kind on the page of the shipped figures."""
    page = Page(files(built, home, code)[f"{code}/index.html"])
    return [text for _, text in page.all(tag, **attributes)]


@pytest.mark.parametrize(
    ("verdicts", "expected"),
    [
        (
            ["rising", "falling", "falling"],
            "Detected victims rose in 1 of 3 testable states and fell in 2; "
            "elsewhere no clear change.",
        ),
        (
            ["falling", "no_clear_change", "no_total"],
            "Detected victims fell in 1 of 2 testable states; elsewhere no clear change.",
        ),
        (
            ["no_clear_change", "no_clear_change", "no_total"],
            "In none of 2 testable states can a rise or a fall in detected victims be shown.",
        ),
    ],
)
def test_the_sentence_has_a_form_for_each_outcome(built, verdicts, expected):
    assert sentence(verdicts, "", speaker(built)) == expected


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_sentence_and_the_map_have_the_same_words_for_no_clear_change(built, code):
    language = speaker(built, code)
    verdict = language.say("verdict_no_clear_change").lower()
    assert verdict in sentence(["rising", "no_clear_change"], "", language)


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_headline_says_how_all_states_lean(built, code):
    [line] = texts(built, code, "p", **{"class": "lean"})
    [rule] = [text for text in texts(built, code, "li") if "Stouffer" in text]
    assert set(re.findall(r"\d+", line)) == set(re.findall(r"\d+", rule)[:2])
    assert all(is_short(each) for each in line.split(". "))


@pytest.mark.parametrize(
    ("joint", "expected"),
    [
        (None, ""),
        (Joint(tested=9, up=6, down=3, lean="up", p_value=0.2), ""),
        (Joint(tested=9, up=8, down=1, lean="up", p_value=0.01), "Together, 8 of 9 lean upward"),
        (
            Joint(tested=9, up=1, down=8, lean="down", p_value=0.01),
            "Together, 8 of 9 lean downward",
        ),
    ],
)
def test_a_lean_that_chance_may_explain_is_not_stated(built, joint, expected):
    assert lean(joint, speaker(built)).rpartition(", more than chance")[0] == expected


def test_the_joint_test_of_all_states(query, built):
    """Counted from the view with SciPy; the home page says it in its fold on the rule."""
    cited = query(
        "select distinct tau, p_value from published.trend "
        "join published.national_series using (source, ref_area, indicator, time_basis) "
        "where indicator = 'VIC_DETECT' and p_value is not null and ref_area = country"
    )
    taus, p_values = np.array(cited).T
    expected = stats.combine_pvalues(
        np.where(taus > 0, p_values, 2 - p_values) / 2, method="stouffer"
    )
    [line] = [text for text in texts(built, "en", "li") if "Stouffer" in text]
    printed = f"{min(expected.pvalue, 1 - expected.pvalue) * 2:.1g}"
    assert line.startswith(f"Of {len(cited)} states tested, {sum(taus > 0)} lean upwards;")
    assert line.endswith(f"p = {printed}.")
