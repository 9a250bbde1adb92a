"""Canada's platform: rates of incidents, which are never rates of victims."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from pipelines.harmonised.harmonise import Harmonised, harmonise
from pipelines.sources import File, discover

PLATFORM = discover()["can_sdg"]
RELEASE = "2026-03-10"
RATES = [0.92, 0.97, 1.02, 0.96, 1.45, 1.45, 1.45, 1.53, 1.51, 1.47]


@pytest.fixture
def shipped(harmonised: dict[tuple[str, str], Harmonised]) -> Harmonised:
    return harmonised["can_sdg", RELEASE]


def made(tmp_path: Path, *lines: str) -> Harmonised:
    """What becomes of a few lines in the platform's columns; invented figures."""
    path = tmp_path / "indicator_16-2-2.csv"
    path.write_text("\n".join(["Year,Value", *lines]), encoding="utf-8")
    return harmonise(PLATFORM, RELEASE, File(path))


def test_headline(query: Callable) -> None:
    found = query(
        "select year, round(value, 2) from published.headline where source = 'can_sdg' "
        "and indicator = 'INC_RECORDED_RATE' and ref_area = 'CAN' order by year"
    )
    assert found == list(enumerate(RATES, start=2015))


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
def test_what_is_not_known_is_kept_out(tmp_path: Path, line: str, rule: str) -> None:
    found = made(tmp_path, line)
    assert len(found.rows) == 0
    assert found.quarantine["rule"].tolist() == [rule]


def test_a_blank_is_missing(tmp_path: Path) -> None:
    found = made(tmp_path, "2019,").rows
    assert found["value"].isna().tolist() == [True]
    assert found["obs_status"].tolist() == ["O;D"]


def test_file_and_figure_table_are_one(
    publisher_file: Callable[[str], Path], shipped: Harmonised
) -> None:
    found = harmonise(PLATFORM, RELEASE, File(publisher_file("can_sdg/indicator_16-2-2.csv")))
    pd.testing.assert_frame_equal(shipped.rows.astype(object), found.rows.astype(object))
    pd.testing.assert_frame_equal(shipped.quarantine, found.quarantine)
