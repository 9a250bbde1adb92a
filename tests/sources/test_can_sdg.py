"""Canada's platform: rates of incidents, which are never rates of victims."""

from collections.abc import Callable

import pytest

from pipelines.harmonised.harmonise import Harmonised

RELEASE = "2026-03-10"


def test_the_rate_of_2022_was_revised(query: Callable) -> None:
    revised = query(
        "select year, previous_value, value from published.revision "
        "where source = 'can_sdg' and change = 'changed'"
    )
    assert [(year, round(old, 3), round(new, 3)) for year, old, new in revised] == [
        (2022, 1.356, 1.533)
    ]


def test_scope_and_break_are_marked(shipped: Harmonised) -> None:
    assert set(shipped.rows["def_scope"]) == {"NOMEANS"}
    status = dict(zip(shipped.rows["time_period"], shipped.rows["obs_status"], strict=True))
    assert status.pop("2018") == "D;B"
    assert set(status.values()) == {"D"}
    flags = shipped.rows.loc[shipped.rows["time_period"] == "2018", "flags"]
    assert flags.tolist() == ["CAN_FOUNDED_2018"]


def test_the_rate_of_2022_is_that_of_597_incidents(query: Callable) -> None:
    """Statistics Canada's Daily: 597 incidents of both violations; the population is the UN's."""
    [(incidents,)] = query(
        "select any_value(headline.value) * sum(population.value) / 100000 "
        "from published.headline join population using (ref_area, time_period) "
        "where headline.source = 'can_sdg' and headline.year = 2022"
    )
    assert incidents == pytest.approx(597, rel=0.02)
