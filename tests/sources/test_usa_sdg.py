"""The US platform's offences: known answers, the total apart from its forms, a break in 2021."""

from collections.abc import Callable

from pipelines.harmonised.harmonise import Harmonised

RELEASE = "2023-09-30"


def test_forms_are_not_added_to_the_total(shipped: Harmonised, query: Callable) -> None:
    rows = shipped.rows.assign(year=shipped.rows["time_period"].astype(str))
    by_form = rows.pivot_table("value", "year", "exploitation", observed=True).dropna()
    assert by_form[["_T", "SX", "FL"]].to_numpy().tolist() == [
        [443, 300, 141],
        [965, 744, 219],
        [1_234, 1_051, 183],
    ]
    assert not query("select * from published.national_sum where source = 'usa_sdg'")


def test_the_change_of_reporting_is_marked(shipped: Harmonised) -> None:
    broken = shipped.rows[shipped.rows["flags"].str.contains("USA_NIBRS_2021")]
    assert broken["time_period"].tolist() == ["2021"]
    assert broken["obs_status"].tolist() == ["U;B"]


def test_all_are_of_low_reliability_since_the_fbi_says_so(shipped: Harmonised) -> None:
    assert shipped.rows["obs_status"].str.startswith("U").all()
    assert shipped.rows["flags"].str.contains("NOT_REPRESENTATIVE").all()


def test_the_two_vintages_disagree_in_public(query: Callable) -> None:
    found = query(
        "select headline.year, any_value(headline.value) - sum(part.value) "
        "from published.headline join published.observation as part "
        "on part.year = headline.year and part.indicator = headline.indicator "
        "where headline.source = 'usa_sdg' and part.source = 'usa_fbi' "
        "group by headline.year order by all"
    )
    differences = [-22, 168, -6, -4, -11, -11, -22, -57, -273]
    assert found == list(enumerate(map(float, differences), start=2014))
