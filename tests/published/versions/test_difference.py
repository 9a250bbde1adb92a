"""The difference between two versions, in words and as a table."""

import pandas as pd
import pytest
from verifying import runner

from pipelines.cli.app import app
from pipelines.lib import paths
from pipelines.published.versions import difference, version
from pipelines.published.versions.publish import publish

pytestmark = pytest.mark.slow

FIGURE = "source = 'usa_sdg' and time_period = '2022' and exploitation = '_T'"


@pytest.fixture
def revised(inputs):
    """Publish a version, and a second one in which that figure has other columns."""

    def publish_both(columns: str) -> tuple[version.Version, version.Version]:
        statement = f"update harmonised.observation set {columns} where {FIGURE}"
        return publish(inputs("first")), publish(inputs("second", statement))

    return publish_both


def test_the_difference_of_a_figure(revised) -> None:
    first, second = revised("value_raw = '9', value = 9, lower = 9, upper = 9")
    count, _, line = difference.in_words(first, second)
    assert count == "usa_sdg: 1 changed"
    assert line.startswith("usa_sdg: United States, Offences recorded, 2022: ")
    assert line.endswith(" before, 9 now")
    same = [f"{first.id} and {first.id} hold the same figures."]
    assert difference.in_words(first, first) == same
    file = paths.home() / "changes.csv"
    printed = runner.invoke(app, ["diff", first.id, second.id, "--out", str(file)]).stdout
    assert printed.splitlines()[-1].endswith("1 figures")
    [row] = pd.read_csv(file, dtype=str).to_dict("records")
    found = [row[name] for name in ("ref_area", "sex", "change", "value")]
    assert found == ["USA", "_T", "changed", "9"]


def test_the_difference_of_a_status(revised) -> None:
    """A provisional figure that becomes final is the same number, and another statement."""
    count, _, line = difference.in_words(*revised("obs_status = 'E;P'"))
    assert count == "usa_sdg: 1 with another status"
    assert line.endswith(
        ", Low reliability (doubtful figure) before, Estimated value, Provisional value now"
    )


def test_a_difference_does_not_reveal_a_suppressed_figure(revised) -> None:
    hidden = (
        "value_raw = '<5', value = null, lower = 0, upper = 4, obs_status = 'Q', conf_status = 'A'"
    )
    line = difference.in_words(*revised(hidden))[-1]
    assert line.endswith("2022: another figure before, <5 now")
