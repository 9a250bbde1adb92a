"""Tables of single areas that are another indicator's, year's or area's, or that moved."""

import pandas as pd
import pytest

from detectors.invented import FIGURE, file, found, printed_instead
from pipelines.intake.detectors import examine

CELL = ["sex", "age", "exploitation"]


@pytest.fixture(scope="module")
def sound() -> pd.DataFrame:
    return file(areas=25, years=range(2014, 2019))


def table(frame: pd.DataFrame, area: str, indicator: str, year: int) -> pd.DataFrame:
    """An indicator's figures of an area and year, but those by form."""
    here = (frame["ref_area"] == area) & (frame["indicator"] == indicator)
    return frame[here & (frame["time_period"] == str(year)) & (frame["exploitation"] == "_T")]


def exchanged(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.assign(sex=frame["sex"].replace({"F": "M", "M": "F"}))


def with_instead(frame: pd.DataFrame, target: pd.DataFrame, source: pd.DataFrame) -> pd.DataFrame:
    new = printed_instead(target, source, *CELL)
    return pd.concat([frame.drop(target.index), new]).sort_values("row", ignore_index=True)


def test_a_table_of_another_indicator_is_doubtful_on_both_sides(sound: pd.DataFrame) -> None:
    target = table(sound, "ABW", "PER_CONTACT", 2016)
    copy = with_instead(sound, target, table(sound, "ABW", "PER_CONVICT", 2016))
    findings = found(copy, "OTHER_INDICATOR")
    assert set(findings["indicator"]) == {"PER_CONTACT", "PER_CONVICT"}
    assert set(findings["effect"]) == {"DOUBTFUL"}


def test_the_side_that_its_own_total_contradicts_is_doubtful_alone(sound: pd.DataFrame) -> None:
    target = table(sound, "ABW", "PER_CONTACT", 2016)
    finest = target[(target["sex"] != "_T") & (target["age"] != "_T")]
    copy = with_instead(sound, finest, table(sound, "ABW", "PER_CONVICT", 2016))
    assert set(found(copy, "OTHER_INDICATOR")["indicator"]) == {"PER_CONTACT"}


def test_another_indicators_table_of_the_year_before_is_doubtful_whole(
    sound: pd.DataFrame,
) -> None:
    """With its hidden figures; in a year beside it a level that is equal, and no other."""
    frame, rows = sound.copy(), []
    for year in (2016, 2017):
        target = table(frame, "AFG", "PER_CONTACT", year)
        if year == 2017:
            target = target[target["age"] == "_T"]
        frame = with_instead(frame, target, table(frame, "AFG", "PER_CONVICT", year - 1))
        rows += target["row"].tolist()
    girls = (frame["ref_area"] == "AFG") & (frame["sex"] == "F") & (frame["age"] == "Y0T17")
    girls &= frame["time_period"].isin(["2015", "2016"])
    frame.loc[girls, ["value", "lower", "upper"]] = [None, 0, 4]
    findings = found(frame, "OTHER_INDICATOR_BEFORE")
    assert sorted(findings["row"]) == sorted(rows)
    assert set(findings["effect"]) == {"DOUBTFUL"}


@pytest.mark.parametrize("sexes", ["as printed", "exchanged"])
def test_a_copied_year_is_doubtful_in_the_later_year(sound: pd.DataFrame, sexes: str) -> None:
    source = table(sound, "AFG", "VIC_DETECT", 2015)
    source = exchanged(source) if sexes == "exchanged" else source
    findings = found(with_instead(sound, table(sound, "AFG", "VIC_DETECT", 2016), source),
                     "COPIED_YEAR")  # fmt: skip
    assert set(findings["time_period"]) == {"2016"}
    assert set(findings["ref_area"]) == {"AFG"}
    assert set(findings["effect"]) == {"DOUBTFUL"}
    assert set(findings["other_year"]) == {2015}
    assert set(findings["exchanged"]) == {sexes == "exchanged"}


@pytest.mark.parametrize("sexes", ["as printed", "exchanged"])
def test_a_copied_area_is_doubtful_in_both(sound: pd.DataFrame, sexes: str) -> None:
    source = table(sound, "AFG", "VIC_DETECT", 2018)
    source = exchanged(source) if sexes == "exchanged" else source
    target = table(sound, "ABW", "VIC_DETECT", 2018)
    findings = found(with_instead(sound, target, source), "COPIED_AREA")
    assert set(findings["ref_area"]) == {"ABW", "AFG"}
    assert set(findings["effect"]) == {"DOUBTFUL"}


def test_only_the_published_side_of_a_copied_area_is_found(sound: pd.DataFrame) -> None:
    source, target = (table(sound, area, "VIC_DETECT", 2018) for area in ("AFG", "ARG"))
    findings = examine(with_instead(sound, target, source), None, {"ARG"})
    here = findings.merge(sound, on=FIGURE)
    assert set(here["detector"]) == {"COPIED_AREA"}
    assert set(here["ref_area"]) == {"ARG"}
    assert set(here["other_area"]) == {"AFG"}


def test_three_small_equal_figures_are_no_copied_area(sound: pd.DataFrame) -> None:
    source, target = (table(sound, area, "VIC_DETECT", 2018) for area in ("AFG", "ABW"))
    cells = target[target["age"] == "_T"]
    assert found(with_instead(sound, cells, source), "COPIED_AREA").empty


def test_sexes_exchanged_since_the_release_before_are_listed(sound: pd.DataFrame) -> None:
    target = table(sound, "AFG", "VIC_DETECT", 2016)
    findings = found(with_instead(sound, target, exchanged(target)), "MOVED", sound)
    assert set(findings["ref_area"]) == {"AFG"}
    assert set(findings["effect"]) == {"LIST"}
    assert set(findings["sex"]) == {"F", "M"}


def test_figures_a_year_late_are_listed(sound: pd.DataFrame) -> None:
    """The old release has them a year late; in the new one all years are right."""
    late = sound.assign(time_period=(sound["time_period"].astype(int) + 1).astype(str))
    before = pd.concat([sound[sound["ref_area"] != "AFG"], late[late["ref_area"] == "AFG"]])
    findings = found(sound, "MOVED", before)
    assert set(findings["ref_area"]) == {"AFG"}
    assert set(findings["time_period"]) == {"2015", "2016", "2017", "2018"}
    assert set(findings["evidence"]) == {"WAS_ELSEWHERE"}
    assert (findings["other_year"] == findings["year"] + 1).all()
    assert not findings["exchanged"].any()


def test_figures_that_became_another_indicators_are_doubtful(sound: pd.DataFrame) -> None:
    target = table(sound, "AFG", "PER_CONTACT", 2016)
    copy = with_instead(sound, target, table(sound, "AFG", "VIC_DETECT", 2016))
    findings = found(copy, "RESTATED", sound)
    assert set(findings["indicator"]) == {"PER_CONTACT"}
    assert set(findings["effect"]) == {"DOUBTFUL"}
