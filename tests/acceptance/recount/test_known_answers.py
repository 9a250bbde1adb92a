"""UNODC's release of October 2025: known answers, worked out by other code than ours.

The list of them stands beside the publisher's files; some of its lines stand here, for everybody.
"""

from collections import defaultdict
from typing import NamedTuple

import duckdb
import pandas as pd
import pytest

LIST = "unodc_glotip/2025-10-28_known_answers.csv"
RELEASE = "2025-10-28"
KINDS = {
    "R1": "one sex by both ages, which add up",
    "R2": "victims by sub-forms of other exploitation, which mostly add up",
    "R3": "convicted persons by sub-forms, which are no figure",
    "filled": "columns that are filled with zeros",
    "label": "states that are translated wrongly",
    "D1 but right": "convicted persons by form, which only look like victims",
    "D3 but right": "contact by sex, which only looks like convicted persons",
    "another year and indicator": "tables of another indicator's year before",
    "new zero": "zeros where older releases print nothing",
    "withdrawn printed as 0": "zeros where April 2025 prints 5 or more",
    "zero below its parts": "zeros that their own sexes, ages or parts exceed",
    "parts revised beyond the total": "sexes and ages that no longer fit a confirmed total",
}


class Answer(NamedTuple):
    """A line of the list: a cell, the rows that print it, and what is to become of them.

    Attributes:
        rows: a row of the sheet, or the first and the last one.
        printed: the text of each row.
        expected: for rows that add up their sum or its bounds, with `doubtful` if it is; for others
            `published`, which is without doubt, `doubtful`, or `citizenship` and its code; `kept
            out` or `quarantine`. What is doubtful or adds up may be kept out as well, for what is
            wrong with its whole table.
    """

    ref_area: str
    indicator: str
    exploitation: str
    sex: str
    age: str
    time_period: str
    rows: str
    printed: str
    expected: str


SAMPLE = (
    Answer("BOL", "VIC_DETECT", "_T", "_O", "_T", "2022", "53134-53135", "<5 <5", "[2,8]"),
    Answer("VEN", "PER_PROSEC", "_T", "M", "_T", "2022", "59091-59092", "<5 115", "[116,119]"),
    Answer("USA", "VIC_DETECT", "OTH", "_T", "_T", "2022", "65181-65183", "0 1,228 1,533", "2761"),
    Answer("SUR", "VIC_DETECT", "OTH", "_T", "_T", "2018", "64362-64363", "0 0", "0"),
    Answer("PER", "VIC_DETECT", "OTH", "_T", "_T", "2021", "63713-63716", "199 24 70 5",
           "quarantine"),
    Answer("COL", "PER_CONVICT", "OTH", "_T", "_T", "2019", "60387-60388", "36 28", "quarantine"),
    Answer("ATG", "VIC_DETECT", "SX", "_T", "_T", "2017", "2092", "0", "kept out"),
    Answer("BRA", "VIC_DETECT", "FL", "_T", "_T", "2019", "7309", "0", "kept out"),
    Answer("ARG", "VIC_DETECT", "_T", "_T", "_T", "2019", "1629", "53", "citizenship DOM"),
    Answer("USA", "PER_CONVICT", "SX", "_T", "_T", "2019", "50476", "454", "published"),
    Answer("CAN", "PER_CONTACT", "_T", "M", "_T", "2023", "53372", "156", "published"),
    Answer("VEN", "PER_CONTACT", "_T", "_T", "_T", "2023", "51490", "212", "doubtful"),
    Answer("BRA", "PER_PROSEC", "_T", "_T", "_T", "2022", "7364", "0", "doubtful"),
    Answer("BLZ", "VIC_DETECT", "SX", "_T", "_T", "2017", "6395", "0", "doubtful"),
    Answer("PER", "VIC_DETECT", "_T", "F", "_T", "2019", "57198", "907", "doubtful"),
)  # fmt: skip

FALSE_TOTALS = (
    ("BOL", "PER_CONTACT", 2019, 2023),  # detected victims
    ("USA", "PER_CONTACT", 2015, 2022),  # investigations of one agency
    ("VEN", "PER_CONTACT", 2022, 2023),  # persons prosecuted the year before
    ("PER", "VIC_DETECT", 2023, 2023),  # victims of sexual exploitation
)


OTHERWISE = {
    "43904": "published",  # Suriname 2022: its other years are 0 and `<5`, nothing speaks against 0
    "60840": "published",  # Dominican Republic 2019, 2020: the part that exceeds is the year, typed
    "60849": "published",  # as a figure; the other forms come to the total
}
"""Rows of the list about which the file says otherwise."""


@pytest.fixture
def known(publisher_file) -> pd.DataFrame:
    return pd.read_csv(publisher_file(LIST), dtype=str, keep_default_na=False)


@pytest.mark.parametrize("kind", KINDS)
def test_the_answers_of_a_kind(kind: str, known: pd.DataFrame, connection) -> None:
    answers = known[known["kind"] == kind].rename(columns={"year": "time_period"})
    answers = answers.assign(expected=answers["rows"].map(OTHERWISE).fillna(answers["expected"]))
    assert len(answers) > 0
    assert _faults(connection, *map(Answer._make, answers[list(Answer._fields)].to_numpy())) == []


def test_every_answer_is_of_one_of_the_kinds(known: pd.DataFrame) -> None:
    assert set(known["kind"]) == set(KINDS)


@pytest.mark.parametrize("answer", SAMPLE, ids=lambda answer: f"{answer.ref_area} {answer.rows}")
def test_an_answer(answer: Answer, connection) -> None:
    assert _faults(connection, answer) == []


def test_bounds_of_what_is_printed_as_below_five(query) -> None:
    """Only the release that prints zeros has none behind `<5`."""
    bounds = query(
        "select distinct release, lower, upper from harmonised.observation "
        "where source = 'int_unodc_glotip' and value_raw = '<5'"
    )
    assert set(bounds) == {("2023-05-30", 0, 4), ("2025-04-14", 0, 4), (RELEASE, 1, 4)}


def test_no_figure_of_one_to_four_is_published(query) -> None:
    small = "select distinct value from harmonised.observation where source = 'int_unodc_glotip'"
    assert query(f"{small} and value < 5") == [(0,)]


@pytest.mark.parametrize(("area", "indicator", "first", "last"), FALSE_TOTALS)
def test_a_false_total_is_not_cited(area, indicator, first, last, query) -> None:
    cited = query(
        "select year, value_raw from published.national_series where source = 'int_unodc_glotip' "
        f"and ref_area = '{area}' and indicator = '{indicator}' and year between {first} and {last}"
    )
    assert cited == []


def _faults(connection: duckdb.DuckDBPyConnection, *answers: Answer) -> list[str]:
    """What has become of the rows of each answer that are not as expected."""
    published = _by_row(connection, "harmonised.observation")
    kept_out = _by_row(connection, "quarantine")
    faults = []
    for answer in answers:
        first, _, last = answer.rows.partition("-")
        rows = range(int(first), int(last or first) + 1)
        figures = {each["locator"]: each for row in rows for each in published[row]}.values()
        refusals = [kept_out[row] for row in rows]
        if not _is_as_expected(answer, list(figures), refusals):
            here = [f"{each['value_raw']} ({each['obs_status']})" for each in figures]
            rules = {each["rule"] for refused in refusals for each in refused}
            faults.append(f"{answer}: published {here}, kept out by {sorted(rules)}")
    return faults


def _by_row(connection: duckdb.DuckDBPyConnection, table: str) -> dict[int, list[dict]]:
    """The lines of a table of the warehouse by each row of the sheet that they stand for."""
    ends = "string_split(regexp_extract(locator, 'rows? ([0-9-]+)$', 1), '-')::int[] as ends"
    of_release = f"where source = 'int_unodc_glotip' and release = '{RELEASE}'"
    lines = defaultdict(list)
    for line in (
        connection.sql(f"from {table} select *, {ends} {of_release}").df().to_dict("records")
    ):
        for row in range(line["ends"][0], line["ends"][-1] + 1):
            lines[row].append(line)
    return lines


def _is_as_expected(answer: Answer, figures: list[dict], refusals: list[list[dict]]) -> bool:
    expected, text = answer.expected, answer.printed.replace(" ", " + ")
    adds_up = expected[0] in "[0123456789"
    if expected.startswith(("kept out", "quarantine")):
        return not figures and all(refusals)
    if not figures and adds_up:
        return all(any(each["found"] == text for each in refused) for refused in refusals)
    if not figures and expected == "doubtful":
        return all(refusals)
    if len(figures) != 1 or not _is_of(answer, figures[0]):
        return False
    [figure] = figures
    is_doubtful = "U" in figure["obs_status"].split(";")
    if not adds_up:
        is_printed = answer.printed in figure["value_raw"].split(" + ")
        return is_printed and is_doubtful == (expected == "doubtful")
    ends = expected.removesuffix(" doubtful").strip("[]").split(",")
    has_bounds = [figure["lower"], figure["upper"]] == [float(ends[0]), float(ends[-1])]
    return has_bounds and figure["value_raw"] == text and is_doubtful >= ("doubtful" in expected)


def _is_of(answer: Answer, figure: dict) -> bool:
    """Return whether a figure has the codes of an answer."""
    named = Answer._fields[: Answer._fields.index("rows")]
    _, _, citizenship = answer.expected.partition("citizenship ")
    return all(figure[name] == getattr(answer, name) for name in named) and figure[
        "citizenship"
    ] == (citizenship or "_T")
