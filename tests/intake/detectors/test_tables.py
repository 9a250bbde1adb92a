"""Tables that are wrong in most areas: columns filled with `<5`, copies, sexes as ages."""

import pandas as pd
import pytest

from detectors.invented import STATES, figures, file, found, printed_instead, tables
from pipelines.intake.detectors import examine

CELL = ["ref_area", "time_period", "sex", "age", "exploitation"]


@pytest.fixture(scope="module")
def sound() -> pd.DataFrame:
    return file()


def here(frame: pd.DataFrame, **codes: object) -> pd.Series:
    """Return whether each figure has these codes; a list matches any of its codes."""
    wanted = {name: code if isinstance(code, list) else [code] for name, code in codes.items()}
    return pd.concat([frame[name].isin(code) for name, code in wanted.items()], axis=1).all(axis=1)


def by_form(frame: pd.DataFrame, indicator: str, *years: str) -> pd.Series:
    return here(frame, indicator=indicator, time_period=list(years), exploitation=["SX", "FL"])


def with_copied_forms(frame: pd.DataFrame, share: float, *years: str) -> pd.DataFrame:
    """Convicted by form are victims by form, in a share of the areas."""
    areas = STATES[: round(40 * share)]
    target = frame[by_form(frame, "PER_CONVICT", *years) & frame["ref_area"].isin(areas)]
    copied = printed_instead(target, frame[by_form(frame, "VIC_DETECT", *years)], *CELL)
    return pd.concat([frame.drop(target.index), copied]).sort_values("row", ignore_index=True)


def test_nothing_is_found_in_a_sound_file(sound: pd.DataFrame) -> None:
    assert examine(sound, sound).empty


def test_a_copied_table_is_kept_out_with_what_is_hidden_and_was_not_caught(
    sound: pd.DataFrame,
) -> None:
    """But not that of a state which adds up to its own total and is not the other table."""
    copy = with_copied_forms(sound, 0.7, "2016")
    forms = by_form(copy, "PER_CONVICT", "2016")
    hidden = forms & (copy["ref_area"] == STATES[39])
    copy.loc[hidden, ["value", "lower", "upper"]] = [None, 0, 4]
    not_adding_up = forms & (copy["ref_area"] == STATES[38]) & (copy["exploitation"] == "SX")
    copy.loc[not_adding_up, ["value", "lower", "upper"]] += 1
    findings = found(copy, "COPIED_TABLE")
    assert set(findings["effect"]) == {"KEEP_OUT"}
    assert tables(findings) == {("PER_CONVICT", "exploitation", 2016)}
    assert set(findings["ref_area"]) == {*STATES[:28], *STATES[38:40]}
    false = forms & copy["ref_area"].isin(findings["ref_area"])
    assert set(findings["row"]) == set(copy.loc[false, "row"])
    told = ["evidence", "other_indicator", "other_kind", "other_year", "agree", "compared"]
    assert set(findings[told].itertuples(index=False, name=None)) == {
        ("SAME_AREAS", "VIC_DETECT", "exploitation", 2016, 28, 39)
    }


@pytest.fixture
def no_totals(sound: pd.DataFrame) -> pd.DataFrame:
    parts = (sound["sex"] != "_T") | (sound["age"] != "_T") | (sound["exploitation"] != "_T")
    return sound[parts]


def test_without_contradiction_both_tables_are_doubtful(no_totals: pd.DataFrame) -> None:
    findings = found(with_copied_forms(no_totals, 0.7, "2016"), "COPIED_TABLE")
    assert set(findings["effect"]) == {"DOUBTFUL"}
    assert set(findings["indicator"]) == {"PER_CONVICT", "VIC_DETECT"}


def test_the_table_that_changed_since_the_previous_release_is_the_false_one(
    no_totals: pd.DataFrame,
) -> None:
    findings = found(with_copied_forms(no_totals, 0.7, "2016"), "COPIED_TABLE", no_totals)
    assert tables(findings) == {("PER_CONVICT", "exploitation", 2016)}
    assert set(findings["effect"]) == {"KEEP_OUT"}


def test_in_a_weaker_year_beside_proven_ones_only_equal_states_are_kept_out(
    sound: pd.DataFrame,
) -> None:
    copy = with_copied_forms(sound, 0.7, "2015", "2016")
    weak = with_copied_forms(copy, 0.3, "2017")
    assert found(with_copied_forms(sound, 0.3, "2017"), "COPIED_TABLE").empty
    findings = found(weak, "COPIED_TABLE")
    assert set(findings["time_period"]) == {"2015", "2016", "2017"}
    equal = findings.loc[findings["time_period"] == "2017", "ref_area"]
    assert set(equal) == set(STATES[:12])


@pytest.mark.parametrize(
    ("cells", "effect"), [({"sex": ["F", "M"], "age": "_T"}, "KEEP_OUT"),
                          ({"exploitation": ["SX", "FL"]}, "DOUBTFUL")],
)  # fmt: skip
def test_a_table_printed_for_the_next_year_too_is_found(
    sound: pd.DataFrame, cells: dict[str, object], effect: str
) -> None:
    """Sexes must add up to the total; what a form was the year before, it may well be again."""
    target = sound[here(sound, indicator="VIC_DETECT", time_period="2017", **cells)]
    source = sound[here(sound, indicator="VIC_DETECT", time_period="2016", **cells)]
    copied = printed_instead(target, source.assign(time_period="2017"), *CELL)
    findings = found(pd.concat([sound.drop(target.index), copied]), "COPIED_TABLE")
    assert set(findings["time_period"]) == {"2017"}
    assert set(findings["effect"]) == {effect}


def with_sexes_as_ages(frame: pd.DataFrame, areas: list[str]) -> pd.DataFrame:
    ages = frame[
        here(frame, indicator="PER_CONTACT", time_period="2018", sex="_T", age=["Y0T17", "Y_GE18"],
             ref_area=areas)
    ]  # fmt: skip
    sexes = frame[
        here(frame, indicator="PER_CONTACT", time_period="2018", age="_T", sex=["F", "M"])
    ]
    as_ages = sexes.assign(age=sexes["sex"].map({"F": "Y0T17", "M": "Y_GE18"}), sex="_T")
    copy = printed_instead(ages, as_ages, *CELL)
    return pd.concat([frame.drop(ages.index), copy]).sort_values("row", ignore_index=True)


def test_ages_that_are_sexes_are_kept_out_as_a_table(sound: pd.DataFrame) -> None:
    findings = found(with_sexes_as_ages(sound, STATES[:32]), "MARGIN_IS_MARGIN")
    assert tables(findings) == {("PER_CONTACT", "age", 2018)}
    assert set(findings["other_kind"]) == {"sex"}
    assert set(findings["effect"]) == {"KEEP_OUT"}
    assert len(findings) == 2 * 40


def test_ages_of_one_area_that_are_sexes_are_doubtful(sound: pd.DataFrame) -> None:
    findings = found(with_sexes_as_ages(sound, STATES[3:4]), "MARGIN_IS_MARGIN")
    assert set(findings["effect"]) == {"DOUBTFUL"}
    assert findings[["ref_area", "age"]].to_numpy().tolist() == [
        [STATES[3], "Y0T17"], [STATES[3], "Y_GE18"],
    ]  # fmt: skip
    told = findings[["evidence", "other_kind", "agree", "compared"]]
    assert set(told.itertuples(index=False, name=None)) == {("BOTH_EQUAL", "sex", 2, 2)}


HIDDEN: dict[str, dict[str, object]] = {
    "below five": {},
    "one to four": {"lower": 1.0, "upper": 4.0},
    "nought": {"value": 0},
}
"""What a publisher prints where nothing was reported."""


def filled(areas: int, blank: dict[str, object] = HIDDEN["below five"]) -> list[dict[str, object]]:
    """Twenty areas that print a total and forms; as many more print a blank of a form alone."""
    reported = [
        {"ref_area": area, **cell}
        for area in STATES[:20]
        for cell in (
            {"value": 30},
            {"exploitation": "FL", "value": 20},
            {"exploitation": "SX", "value": 12},
        )
    ]
    alone = {"exploitation": "FL", **blank}
    return reported + [{"ref_area": area, **alone} for area in STATES[20 : 20 + areas]]


@pytest.mark.parametrize("blank", HIDDEN.values(), ids=HIDDEN)
def test_a_column_that_more_areas_print_than_the_total_is_filled(blank: dict[str, object]) -> None:
    findings = found(figures(*filled(15, blank)), "FILLED_COLUMN")
    assert list(findings["ref_area"]) == STATES[20:35]
    assert set(findings["reason"]) == {"F1"}
    assert set(findings["effect"]) == {"KEEP_OUT"}
    assert found(figures(*filled(areas=4)), "FILLED_COLUMN").empty


FORCED: dict[str, object] = {"exploitation": "FL"}
BESIDE: list[tuple[list[dict[str, object]], str | None]] = [
    ([{"value": 90}], "F2"),
    ([{"value": 90}, {"exploitation": "SX"}], "F2"),
    ([{"value": 90}, {"exploitation": "SX", "value": 80}], "F4"),
    ([{"value": 90}, {"exploitation": "SX", "sex": "F"}], "F4"),
    ([{}], "F4"),
    ([{**FORCED, "sex": "F", "value": 7}], "F3"),
    ([{**FORCED, "sex": "F"}, {"value": 90}], None),
    ([{"exploitation": "SX", "value": 80}], "F1"),
]
"""Other figures of an area that prints `<5` for forced labour, and the reason that is found."""


@pytest.mark.parametrize(("blank", "effect"), [("below five", "DOUBTFUL"), ("nought", "KEEP_OUT")])
def test_the_other_figures_of_an_area_show_whether_it_reported(blank: str, effect: str) -> None:
    """A `<5` may be a small figure; a `0` of a filled column says nothing."""
    areas = STATES[60 : 60 + len(BESIDE)]
    rows = [
        {"ref_area": area, **each}
        for area, (beside, _) in zip(areas, BESIDE, strict=True)
        for each in ({**FORCED, **HIDDEN[blank]}, *beside)
    ]
    findings = found(figures(*filled(areas=15), *rows), "FILLED_COLUMN")
    ours = findings[(findings["exploitation"] == "FL") & (findings["sex"] == "_T")]
    reasons = dict(zip(ours["ref_area"], ours["reason"], strict=True))
    assert [reasons.get(area) for area in areas] == [reason for _, reason in BESIDE]
    undecided = findings["reason"] == "F4"
    assert set(findings.loc[undecided, "effect"]) == {effect}
    assert set(findings.loc[~undecided, "effect"]) == {"KEEP_OUT"}


def test_ages_alone_and_hidden_were_not_reported() -> None:
    ages = [{"age": "Y0T17"}, {"age": "Y_GE18"}]
    total = [{"value": 30}, {"age": "Y_GE18", "value": 26}, {"age": "Y0T17"}]
    reported = [{"ref_area": area, **cell} for area in STATES[:20] for cell in total]
    alone = [{"ref_area": area, **age} for area in STATES[20:40] for age in ages]
    shown = [{"ref_area": "ZWE", **age} for age in ages] + [{"ref_area": "ZWE", "sex": "F"}]
    findings = found(figures(*reported, *alone, *shown), "FILLED_COLUMN")
    assert set(findings["reason"]) == {"FA"}
    assert set(findings["ref_area"]) == set(STATES[20:40])


def ordered(areas: int = 12, years: range = range(2015, 2020)) -> pd.DataFrame:
    """Victims by sex and form, of which women and sexual exploitation are clearly more."""
    rows = []
    for at, area in enumerate(STATES[:areas]):
        for year in years:
            usual = {"ref_area": area, "time_period": str(year)}
            women = 30 + 3 * at + year % 5
            rows += [
                {**usual, "sex": "F", "value": women},
                {**usual, "sex": "M", "value": at or None},
            ]
            rows += [{**usual, "exploitation": form, "value": value}
                     for form, value in (("SX", women), ("FL", 9), ("OTH", 2 * women))]  # fmt: skip
    return figures(*rows)


def exchanged(frame: pd.DataFrame, label: str, one: str, other: str, year: str) -> pd.DataFrame:
    """The file with two labels of a year exchanged, over hidden figures too."""
    here = frame["time_period"] == year
    turned = frame[label].where(~here, frame[label].replace({one: other, other: one}))
    return frame.assign(**{label: turned})


@pytest.mark.parametrize("year", ["2015", "2017", "2019"])
@pytest.mark.parametrize(
    ("label", "one", "other", "reason"),
    [("sex", "F", "M", "SEXES"), ("exploitation", "FL", "SX", "FORMS")],
)
def test_two_labels_that_are_exchanged_in_a_year_are_kept_out(
    label: str, one: str, other: str, reason: str, year: str
) -> None:
    """Of three forms only those two; hidden figures of both as well."""
    frame = exchanged(ordered(), label, one, other, year)
    here = found(frame, "LABELS_EXCHANGED")
    assert set(here["effect"]) == {"KEEP_OUT"}
    assert set(here["reason"]) == {reason}
    kept_out = frame[frame[label].isin([one, other]) & (frame["time_period"] == year)]
    assert set(here["row"]) == set(kept_out["row"])


def test_labels_exchanged_in_one_state_or_in_all_years_are_not_seen() -> None:
    frame = ordered()
    one_state = frame["ref_area"] == STATES[3]
    of_one = pd.concat([exchanged(frame[one_state], "sex", "F", "M", "2017"), frame[~one_state]])
    assert found(of_one, "LABELS_EXCHANGED").empty
    always = frame.assign(sex=frame["sex"].replace({"F": "M", "M": "F"}))
    assert found(always, "LABELS_EXCHANGED").empty
