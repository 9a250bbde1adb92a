"""The numbers by which figures are judged: one table, whole, from which SQL and texts take them."""

import re

import pytest
from conftest import ROOT

from schemas import parameters
from schemas.parameters import number, whole

HEAD = ["code", "value", "unit", "decides", "reason"]


@pytest.mark.parametrize(
    "row",
    [
        ["least years", "8", "years", "Something.", "A reason."],
        ["least_years", "eight", "years", "Something.", "A reason."],
        ["least_years", "", "years", "Something.", "A reason."],
        ["least_years", "8", "years", "Something.", ""],
        ["least_years", "8", "years", "Something."],
        ["told", "60", "share", "Something.", "A reason."],
        ["known", "1", "years", "Something.", "A reason."],
        ["least_years", "2 * unknown", "years", "Something.", "A reason."],
        ["told", "2 * known", "share", "Something.", "A reason."],
    ],
)
def test_a_row_that_is_no_parameter_is_refused(row: list[str]) -> None:
    known = ["known", "1", "years", "Something.", "A reason."]
    with pytest.raises(ValueError, match="not the row of a parameter"):
        parameters.read_parameters([HEAD, known, row])


def test_each_parameter_is_asked_for() -> None:
    rooms = (ROOT / "pipelines", ROOT / "schemas")
    files = [file for room in rooms for kind in ("py", "sql") for file in room.rglob(f"*.{kind}")]
    used = re.compile(r'parameter\.(\w+)\(\)|"([a-z][a-z_0-9]+)"')
    names = {
        name for file in files for hit in used.findall(file.read_text("utf-8")) for name in hit
    }
    assert set(parameters.parameters()) <= names


@pytest.mark.parametrize(
    ("written", "value"), [("known", "0.8"), ("3 * known", "2.4"), ("1 / known", "1.25")]
)
def test_a_number_may_follow_that_of_a_row_above(written: str, value: str) -> None:
    rows = [
        HEAD,
        *([code, text, "x", "A.", "B."] for code, text in [("known", "0.8"), ("a", written)]),
    ]
    assert parameters.read_parameters(rows)["a"].value == value


def test_other_columns_are_refused() -> None:
    with pytest.raises(ValueError, match="columns are"):
        parameters.read_parameters([HEAD[:4]])


def test_a_name_that_no_row_has_is_refused() -> None:
    with pytest.raises(ValueError, match="least_yeers_of_trend"):
        parameters.whole("least_yeers_of_trend")
    with pytest.raises(ValueError, match="least_yeers_of_trend"):
        parameters.fill("At least {parameter.least_yeers_of_trend}.")


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("{parameter.least_years_of_trend} years", f"{whole('least_years_of_trend')} years"),
        (
            "above {parameter.least_count_beside_population}",
            f"above {whole('least_count_beside_population'):,}",
        ),
        (
            "more than {parameter.largest_revision} %",
            f"more than {100 * number('largest_revision'):g} %",
        ),
        ("at {parameter.chance_of_repeated}", f"at {number('chance_of_repeated')}"),
        ("{year}, {least_years_of_trend}", "{year}, {least_years_of_trend}"),
    ],
)
def test_texts_have_the_number_in_words(text: str, filled: str) -> None:
    assert parameters.fill(text) == filled
