"""UNODC's partial release of October 2025, which updates some cells."""

from collections.abc import Callable

import pytest
from harmonised_releases import Releases
from source_tests import account, shipped_table

from pipelines.harmonised.harmonise import Harmonised

BEFORE, PARTIAL = "2025-04-14", "2025-10-28"


@pytest.fixture
def partial(harmonised: Releases) -> Harmonised:
    return harmonised["int_unodc_glotip", PARTIAL]


KNOWN = {
    "BOL 2023": 708, "BRA 2023": 371, "CAN 2023": 452, "COL 2023": 264, "CRI 2023": 56,
    "DOM 2023": 76, "HND 2023": 105, "MEX 2023": 226, "SUR 2023": 26, "URY 2023": 30,
    "PAN 2022": 8, "GUY 2021": 174,
}  # fmt: skip


def test_victims_of_the_latest_release(partial: Harmonised) -> None:
    names = ["sex", "age", "exploitation"]
    totals = partial.rows[
        (partial.rows["indicator"] == "VIC_DETECT") & (partial.rows[names] == "_T").all(axis=1)
    ]
    places = totals["ref_area"].astype(str) + " " + totals["time_period"].astype(str)
    found = dict(zip(places, totals["value"], strict=True))
    assert len(found) == 27
    assert {place: found[place] for place in KNOWN} == KNOWN


def test_each_kind_of_figure_has_its_own_year(partial: Harmonised) -> None:
    """Guyana's victims are those of 2021, the persons prosecuted those of 2016."""
    guyana = partial.rows[partial.rows["ref_area"] == "GUY"]
    years = guyana.groupby("indicator", observed=True)["time_period"].unique()
    assert {code: list(found) for code, found in years.items()} == {
        "PER_CONVICT": ["2016"],
        "PER_PROSEC": ["2016"],
        "VIC_DETECT": ["2021"],
    }


def test_the_newest_years_are_marked_as_repeated_and_not_cited(query: Callable) -> None:
    of_2023 = "source = 'int_unodc_glotip' and indicator = 'VIC_DETECT' and time_period = '2023'"
    newest = query(
        f"select ref_area, value, provenance from published.observation where {of_2023} "
        "and sex = '_T' and age = '_T' and exploitation = '_T' order by all"
    )
    assert len(newest) == 11
    assert ("BOL", 708, "REPEATED") in newest
    assert query(f"select * from published.national_series where {of_2023}") == []


def test_a_partial_release_loses_no_cell_of_the_one_before(query: Callable, harmonised) -> None:
    """Each cell of April has a figure that holds, and it is April's own."""
    of_april = f"source = 'int_unodc_glotip' and release = '{BEFORE}'"
    assert len(harmonised["int_unodc_glotip", BEFORE].rows) == 9_701
    assert query(f"select count(*) from harmonised.current where {of_april}") == [(9_701,)]
    of_october = of_april.replace(BEFORE, PARTIAL)
    assert query(f"select count(*) from harmonised.current where {of_october}") == [(88,)]
    changes = query(f"select change, count(*) from published.revision where release = '{PARTIAL}'"
                    " group by all")  # fmt: skip
    assert changes == [("changed", 1)]
    [(withdrawn,)] = query(
        "select count(*) from published.withdrawn where source = 'int_unodc_glotip'"
    )
    assert withdrawn == 8, "those that April withdrew, Panama's"


def test_zeros_beside_small_figures_are_hidden_as_these(partial: Harmonised) -> None:
    shipped = shipped_table("int_unodc_glotip", PARTIAL)
    assert not shipped.drop(columns="row").isin(["0", "1", "2", "3", "4"]).any(axis=None)
    hidden = partial.rows[partial.rows["value"].isna()]
    assert set(hidden["value_raw"]) == {"<5"}
    assert hidden[["lower", "upper"]].drop_duplicates().to_numpy().tolist() == [[0, 4]]
    assert account(partial)["set_aside", "not_in_the_extract"] == 21


def test_perus_total_of_2023_is_doubtful_and_not_cited(query: Callable) -> None:
    """308 is the figure of sexual exploitation; women, men, girls and boys come to 583."""
    peru = "ref_area = 'PER' and indicator = 'VIC_DETECT' and time_period = '2023'"
    of_unodc = f"source = 'int_unodc_glotip' and {peru}"
    assert query(f"select value, obs_status from published.headline where {of_unodc}") == [
        (308, "U")
    ]
    assert query(f"select * from published.national_series where {peru}") == []


def test_parts_above_their_total_are_found(query: Callable) -> None:
    found = query(
        "select ref_area, detail from main.rule_result where verdict = 'exceeds' "
        f"and rule = 'women_men_girls_and_boys_add_up_to_the_total' and release = '{PARTIAL}' "
        "order by all"
    )
    assert found == [
        ("BRA", "total 371, parts 377"),
        ("CRI", "total 56, parts 59 to 63"),
        ("PER", "total 308, parts 583"),
    ]


def test_what_others_repeat_does_not_take_the_place_of_unodcs_own(query: Callable) -> None:
    """Brazil's persons prosecuted in 2022: the one figure of 134 that is not that of April."""
    prosecuted = "ref_area = 'BRA' and indicator = 'PER_PROSEC' and time_period = '2022'"
    assert query(f"select value, release from published.headline where {prosecuted}") == [
        (21, BEFORE)
    ]
