"""An attack by subtraction on all that is published: nothing of ours reveals a suppressed figure.

UNODC hides single cells, so its newest release alone gives some of them away. What each further
publication gives away beside that release is counted in `pipelines/published/attack_counts.csv`,
which pages and docs/rules.md repeat; `make attack-counts` counts anew. What is ours must give away
no further cell. Whether an identity holds is not known; the attacker takes every one that may. No
test names a suppressed figure or says its value.
"""

from collections.abc import Callable
from functools import cache
from typing import Final

import disclosed
import pandas as pd
import pytest
from attack import Found, given_away
from conftest import ROOT
from disclosed import (
    EARLIER_COMMITS,
    EXAMS,
    FORMS,
    LINKED,
    NEW,
    OLDER,
    OWN_VIEWS,
    RELEASES,
    SOURCES,
    TRIALS,
    UNODC,
    of,
    where_others_are,
)
from published_statements import TURNED_BACK, printed_rates, views
from statements import Connection, as_released, beyond, narrower, printed

from pipelines.published import attack_counts
from pipelines.published.attack_counts import AttackCount
from pipelines.warehouse import declarations

pytestmark = pytest.mark.slow

PRINT_AS_THEY_DO: Final = ("usa_tip_report", "jam_statin")
"""Sources whose print stays as it is: the US report, which has totals that UNODC leaves out, and
STATIN, though UNODC hides some of the same figures."""

RATES: Final = "int_unsd_sdg 2026-10-08"

OVERLAP: Final = pytest.mark.parametrize(
    "overlap", [False, pytest.param(True, marks=pytest.mark.exhaustive)], ids=["forms", "overlap"]
)
"""The attacker takes it that forms of exploitation add up, which reveals most, or that they
overlap: `make attack`."""


@pytest.fixture(scope="module")
def prints(connection: Connection) -> pd.DataFrame:
    """The figures that publishers print."""
    return pd.concat([printed(connection), printed_rates(connection)])


@pytest.fixture(scope="module")
def claims(connection: Connection) -> pd.DataFrame:
    """The statements of the published views."""
    return views(connection)


def everything(prints: pd.DataFrame, claims: pd.DataFrame, *releases: str) -> pd.DataFrame:
    """Return all that is published, but of UNODC only what these releases print."""
    others = prints[~prints["world"].str.startswith(UNODC)]
    new = beyond(prints, claims)
    is_other = new["world"].str.startswith(UNODC) & ~new["world"].str.startswith(releases)
    return pd.concat([of(prints, *releases), of(others, ""), of(new[~is_other], "")])


@pytest.fixture(scope="module")
def by_release(prints: pd.DataFrame) -> Callable[[str, bool], Found]:
    """The cells that a release of UNODC's alone reveals, by whether forms overlap."""
    return cache(
        lambda release, overlap: given_away(of(prints, release), overlap=overlap, together=True)
    )


@pytest.fixture(scope="module")
def released(harmonised) -> pd.DataFrame:
    """UNODC's releases as they were read."""
    return as_released(each.rows for (source, _), each in harmonised.items() if source == UNODC)


@OVERLAP
def test_the_newest_release_reveals_what_the_published_table_counts(prints, by_release, overlap):
    found = disclosed.by_newest_release(prints, by_release(NEW, overlap), overlap=overlap)
    assert found == line("newest_release", overlap)


@OVERLAP
@pytest.mark.parametrize(
    "name",
    [
        "us_reports", "statin",
        *(pytest.param(name, marks=pytest.mark.exhaustive) for name in ("unsd", OWN_VIEWS)),
    ],
)  # fmt: skip
def test_others_reveal_what_the_published_table_counts(
    prints, claims, by_release, overlap: bool, name: str
) -> None:
    others = disclosed.others_of(prints, claims, name)
    own = by_release(NEW, overlap)
    found = disclosed.by_others(prints, others, own, name, overlap=overlap)
    assert found == line(name, overlap)


@OVERLAP
def test_earlier_commits_reveal_what_the_published_table_counts(prints, by_release, overlap):
    before = disclosed.unsd_as_committed_before(ROOT)
    if before is None:
        pytest.skip("needs the earlier commits of data/raw/int_unsd_sdg")
    own = by_release(NEW, overlap)
    found = disclosed.by_others(prints, before, own, EARLIER_COMMITS, overlap=overlap)
    assert found == line(EARLIER_COMMITS, overlap)


@pytest.mark.exhaustive
@pytest.mark.parametrize("overlap", FORMS, ids=FORMS.values())
def test_older_releases_reveal_what_the_published_table_counts(prints, by_release, overlap):
    found = disclosed.by_older_releases(prints, by_release(NEW, overlap), overlap=overlap)
    assert found == [line(each.beside, overlap) for each in found]


@pytest.mark.exhaustive
@pytest.mark.parametrize("overlap", FORMS, ids=FORMS.values())
def test_what_follows_is_true_as_often_as_the_published_table_says(prints, overlap: bool) -> None:
    found = disclosed.on_trial(prints, overlap=overlap)
    assert found == [line(each.beside, overlap) for each in found]


@OVERLAP
def test_printed_zeros_examine_what_older_releases_gave_away(released, overlap: bool) -> None:
    found = disclosed.examined(released, overlap=overlap)
    assert found == [line(each.beside, overlap) for each in found]


def test_every_line_of_the_published_table_is_counted() -> None:
    counted = {"newest_release", *LINKED, *SOURCES, EARLIER_COMMITS, OWN_VIEWS}
    counted |= {f"trial_{name}" for name in TRIALS} | {f"exam_{name}" for name in EXAMS}
    assert {each.beside for each in attack_counts.lines()} == counted == {*attack_counts.BESIDE}


def line(name: str, overlap: bool) -> AttackCount:
    """Return a published count for an attacker's belief about forms."""
    [found] = [
        each
        for each in attack_counts.lines()
        if (each.beside, each.forms) == (name, FORMS[overlap])
    ]
    return found


def test_what_older_releases_add_is_less_true_than_what_one_release_tells() -> None:
    share = {
        (each.beside, each.forms): each.right / each.found
        for each in attack_counts.lines()
        if each.right is not None
    }
    for forms in FORMS.values():
        assert share["trial_newest_release", forms] > 0.75
        assert share["trial_older_releases", forms] < 0.45
        assert share["exam_release_before", forms] > 0.85
        assert share["exam_oldest_release", forms] < 0.8


@pytest.fixture(scope="module")
def by_unodc(prints: pd.DataFrame, by_release) -> Callable[[bool], Found]:
    """The cells that UNODC's releases reveal together, or the newest alone.

    Two releases together may suggest what is not true, and hide what one reveals.
    """
    together = of(where_others_are(of(prints, "")), UNODC)
    return cache(
        lambda overlap: (
            given_away(together, overlap=overlap, together=True) | by_release(NEW, overlap)
        )
    )


@OVERLAP
def test_all_publications_reveal_no_further_cell(prints, claims, by_unodc, overlap: bool) -> None:
    as_they_do = where_others_are(of(prints, UNODC, *PRINT_AS_THEY_DO))
    known = given_away(as_they_do, overlap=overlap, together=True)
    whole = where_others_are(everything(prints, claims, UNODC))
    found = given_away(whole, overlap=overlap, together=True)
    further = len(found - known - by_unodc(overlap))
    assert further == 0


@OVERLAP
@pytest.mark.parametrize(
    "release", [NEW, *(pytest.param(each, marks=pytest.mark.exhaustive) for each in OLDER)]
)
def test_one_release_and_others_reveal_no_further_cell(
    prints, claims, by_unodc, overlap: bool, release: str
) -> None:
    own = given_away(of(prints, release), overlap=overlap)
    as_they_do = where_others_are(of(prints, release, *PRINT_AS_THEY_DO))
    whole = where_others_are(everything(prints, claims, release))
    found = given_away(whole, overlap=overlap) - given_away(as_they_do, overlap=overlap)
    further = len(found - own - by_unodc(overlap))
    assert further == 0


def test_shares_and_sums_reveal_no_further_cell(prints, claims) -> None:
    whole = pd.concat([of(prints, UNODC), of(beyond(prints, claims), UNODC)])
    own = given_away(of(prints, UNODC), overlap=False)
    further = len(given_away(whole, overlap=False) - own)
    assert further == 0


def test_no_view_says_more_of_a_suppressed_figure_than_is_printed(prints, claims) -> None:
    further = len(narrower(prints, claims))
    assert further == 0


@pytest.mark.parametrize("release", RELEASES)
def test_no_rate_says_more_of_a_count_than_unodc_prints(prints: pd.DataFrame, release: str) -> None:
    """A rate of two decimals stands for few counts in all but the largest states."""
    rates = prints[prints["world"].str.startswith(RATES)].assign(world=release)
    assert len(rates) > 600
    further = len(narrower(of(prints, release), rates))
    assert further == 0


def test_figures_printed_as_below_five_are_nothing_finer(connection: Connection) -> None:
    """The release that prints zeros says that its `<5` is 1 to 4."""
    figures = connection.sql("from harmonised.observation").df()
    world = figures["source"] + " " + figures["release"]
    zeros_printed = world == NEW
    suppressed = figures["value_raw"] == "<5"
    as_printed = (
        figures["value"].isna()
        & (figures["lower"] == zeros_printed.astype(float))
        & (figures["upper"] == 4)
    )
    of_unodc = figures["source"].isin([UNODC, "int_unsd_sdg"])
    is_count = ~figures["indicator"].astype(str).str.endswith("_RATE")
    is_zero = zeros_printed & figures["value_raw"].str.fullmatch(r"0( \+ 0)*")
    small = of_unodc & is_count & ~is_zero & (figures["value"] < 5)
    assert suppressed.sum() > 8000
    assert is_zero.sum() > 2000
    assert ((suppressed & ~as_printed).sum(), small.sum()) == (0, 0)


def test_every_view_from_which_figures_can_be_computed_is_turned_back() -> None:
    derived = {view.name for view in declarations.every() if "derived" in view.classes}
    assert derived == set(TURNED_BACK)


def test_the_views_that_select_figures_of_others_are_examined_below() -> None:
    selected = [view.name for view in declarations.every() if "selected" in view.classes]
    assert sorted(selected) == ["compared_rate", "point", "remark"]


def test_the_figures_of_charts_are_those_of_views_that_are_attacked(connection: Connection) -> None:
    """Points of a series repeat totals or our sums; others are in remarks, examined below."""
    of_remarks = "(select other_value from published.remark where other_value is not null)"
    lost = connection.execute(f"""
        select drawn_as, count(*) from published.point
        anti join published.headline as total
            on (total.source, total.ref_area, total.indicator, total.year)
            = (point.source, point.ref_area, of_indicator, point.year)
            and (total.value, total.lower, total.upper)
            is not distinct from (point.value, point.lower, point.upper)
        anti join published.national_sum as ours
            on (ours.source, ours.country, ours.indicator, ours.year)
            = (point.source, point.ref_area, of_indicator, point.year)
            and (ours.lower, ours.upper) is not distinct from (point.lower, point.upper)
        where drawn_as not in ('OTHER', 'NEWER') or value not in {of_remarks}
        group by all
    """).fetchall()
    assert lost == []
    lost = connection.execute(
        "select count(*) from published.compared_rate anti join published.rate "
        "using (source, ref_area, indicator, time_basis, year, value)"
    ).fetchone()
    assert lost == (0,)


def test_the_figures_of_remarks_are_those_of_views_that_are_attacked(
    connection: Connection,
) -> None:
    """All but sums of printed parts, and figures of a later release that others repeat."""
    where = {
        "REVISED": "published.revision as other on other.previous_value = remark.other_value",
        "FORM_EXCEEDS": "published.observation as other on other.value = remark.other_value "
        "and other.exploitation = remark.detail",
        "": "(select source, ref_area, indicator, time_period, value, lower, upper "
        "from published.headline union all select source, country, indicator, year::varchar, "
        "value, lower, upper from published.national_sum) as other "
        "on (other.value, other.lower, other.upper) "
        "is not distinct from (remark.other_value, remark.other_lower, remark.other_upper)",
    }
    elsewhere = "'PARTS_EXCEED', 'LATER_RELEASE', 'LATER_RELEASE_NEAR', 'REVISED', 'FORM_EXCEEDS'"
    for code, view in where.items():
        of_code = f"remark = '{code}'" if code else f"remark not in ({elsewhere})"
        lost = connection.execute(
            f"select count(*) from published.remark anti join {view} "
            "and other.source = remark.other_source and other.ref_area = remark.ref_area "
            "and other.indicator = remark.other_indicator and year_of(other.time_period) "
            f"= remark.other_year where {of_code} and other_lower is not null"
        ).fetchone()
        assert lost == (0,), code


@OVERLAP
def test_figures_that_we_hide_cannot_be_recovered(prints, claims, overlap: bool) -> None:
    ours = pd.concat([prints, beyond(prints, claims)])
    ours = ours[ours["world"].str.startswith("arg_linea145")]
    assert ours["hides"].sum() > 0
    recovered = len(given_away(ours, overlap=overlap, together=True))
    assert recovered == 0
