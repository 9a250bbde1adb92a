"""Canada's platform: rates of incidents, which are never rates of victims."""

from collections.abc import Callable

import pytest
from source_tests import assert_quarantined, headlines

from pipelines.harmonised.harmonise import Harmonised

RELEASE = "2026-03-10"
RATES = [0.92, 0.97, 1.02, 0.96, 1.45, 1.45, 1.45, 1.53, 1.51, 1.47]


def test_headline(query: Callable) -> None:
    found = headlines(query, "can_sdg", "INC_RECORDED_RATE", "CAN")
    rounded = {year: round(rate, 2) for year, rate in found.items()}
    assert rounded == dict(enumerate(RATES, start=2015))


def test_the_rate_of_2022_was_revised(query: Callable) -> None:
    revised = query(
        "select year, previous_value, value from published.revision "
        "where source = 'can_sdg' and change = 'changed'"
    )
    assert [(year, round(old, 3), round(new, 3)) for year, old, new in revised] == [
        (2022, 1.356, 1.533)
    ]


def test_texts_are_as_printed(shipped: Harmonised) -> None:
    printed = dict(zip(shipped.rows["time_period"], shipped.rows["value_raw"], strict=True))
    assert printed["2015"] == "0.924253297"
    assert printed["2022"] == "1.533287990", "the zero at the end is the publisher's"


def test_never_a_rate_of_victims(shipped: Harmonised) -> None:
    assert len(shipped.rows) == 10
    assert len(shipped.quarantine) == 0
    assert set(shipped.rows["indicator"]) == {"INC_RECORDED_RATE"}


def test_scope_and_break_are_marked(shipped: Harmonised) -> None:
    assert set(shipped.rows["def_scope"]) == {"NOMEANS"}
    status = dict(zip(shipped.rows["time_period"], shipped.rows["obs_status"], strict=True))
    assert status.pop("2018") == "D;B"
    assert set(status.values()) == {"D"}
    comment = shipped.rows.loc[shipped.rows["time_period"] == "2018", "comment"]
    assert comment.tolist() == ["CAN_FOUNDED_2018"]


def test_the_rate_of_2022_is_that_of_597_incidents(query: Callable) -> None:
    """Statistics Canada's Daily: 597 incidents of both violations; the population is the UN's."""
    [(incidents,)] = query(
        "select any_value(headline.value) * sum(population.value) / 100000 "
        "from published.headline join population using (ref_area, time_period) "
        "where headline.source = 'can_sdg' and headline.year = 2022"
    )
    assert incidents == pytest.approx(597, rel=0.02)


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ('2020,"0,61"', "figure_has_one_reading"),
        ("2020,-0.2", "value_is_possible"),
        ("2026,1.4", "period_is_over_and_not_before_1990"),
    ],
)
def test_an_invalid_row_is_quarantined(of_lines: Callable, line: str, rule: str) -> None:
    assert_quarantined(of_lines(line), rule)
