"""The rule of what may be shown of a figure, case by case; every chart and file goes by it."""

import math
import re

import pytest

from pipelines.published.charts import table
from pipelines.published.charts.sparkline import spark
from pipelines.published.series import Point, Series, read_series
from pipelines.published.site.wording import phrases
from pipelines.words.disclosure import Disclosure, Kind, disclose, interval_text
from pipelines.words.interface_text import labels
from pipelines.words.language import Language

EXACT = {
    "ref_area": "ARG", "indicator": "VIC_DETECT", "year": 2020,
    "value": 120.0, "lower": 120.0, "upper": 120.0, "value_raw": "120",
    "obs_status": "A", "conf_status": "F", "rule": None,
    "previous_release": None, "previous_value": None, "previous_value_raw": None,
}  # fmt: skip
ZERO = {"value": 0.0, "lower": 0.0, "upper": 0.0, "value_raw": "0"}
THREE = {"value": 3.0, "lower": 3.0, "upper": 3.0, "value_raw": "3"}
UP_TO_4 = {"value": None, "lower": 0.0, "upper": 4.0, "value_raw": "<5", "obs_status": "Q"}
GONE = {**dict.fromkeys(("value", "lower", "upper", "value_raw")), "obs_status": None}
EARLIER = "2023-05-30"


def before(value: float | None, text: str) -> dict[str, object]:
    """The figure of the release before."""
    return {"previous_release": EARLIER, "previous_value": value, "previous_value_raw": text}


SUPPRESSED = Disclosure(Kind.SUPPRESSED)
CASES = {
    "exact": ({}, Disclosure(Kind.FIGURE, 120)),
    "zero": (ZERO, Disclosure(Kind.FIGURE, 0)),
    "small, but published": (THREE, Disclosure(Kind.FIGURE, 3)),
    "none": ({**GONE, "obs_status": "O"}, Disclosure(Kind.MISSING)),
    "suppressed": (UP_TO_4, SUPPRESSED),
    "suppressed beside printed zeros": ({**UP_TO_4, "lower": 1.0}, SUPPRESSED._replace(bottom=1)),
    "suppressed, with a value": ({**THREE, "obs_status": "Q"}, SUPPRESSED),
    "suppressed at a break": ({**THREE, "obs_status": "B;Q"}, SUPPRESSED),
    "confidential only": ({**THREE, "conf_status": "C"}, SUPPRESSED),
    "confidential, no status": ({**THREE, "obs_status": None, "conf_status": "C"}, SUPPRESSED),
    "suppressed below ten": ({**UP_TO_4, "upper": 9.0}, SUPPRESSED._replace(top=9)),
    "interval": (
        {**UP_TO_4, "lower": 166.0, "upper": 174.0}, SUPPRESSED._replace(bottom=166, top=174),
    ),
    "open above": (
        {**UP_TO_4, "lower": 10.0, "upper": None}, SUPPRESSED._replace(bottom=10, top=math.inf),
    ),
    "open from zero": ({**UP_TO_4, "upper": None}, SUPPRESSED._replace(top=math.inf)),
    "sum of 8 and one to four": (
        {**UP_TO_4, "lower": 9.0, "upper": 12.0}, SUPPRESSED._replace(bottom=9, top=12),
    ),
    "printed as a narrow range": (
        {**UP_TO_4, "lower": 36.0, "upper": 38.0, "conf_status": "S"},
        SUPPRESSED._replace(bottom=36, top=38),
    ),
    "suppressed rate": (
        {**UP_TO_4, "lower": 0.0, "upper": 2.2594}, SUPPRESSED._replace(top=2.2594),
    ),
    "withheld": ({**THREE, "rule": "V6"}, Disclosure(Kind.WITHHELD)),
    "withheld and revised": ({"rule": "V6", **before(83.0, "83")}, Disclosure(Kind.WITHHELD)),
    "revised": (before(83.0, "83"), Disclosure(Kind.FIGURE, 120, 0, 4, EARLIER, 83)),
    "small then": (before(3.0, "3"), Disclosure(Kind.FIGURE, 120, 0, 4, EARLIER, "<5")),
    "zero then": (before(0.0, "0"), Disclosure(Kind.FIGURE, 120, 0, 4, EARLIER, 0)),
    "a rate then": (before(1.356, "1.356"), Disclosure(Kind.FIGURE, 120, 0, 4, EARLIER, 1.356)),
    "suppressed then": (before(None, "<10"), Disclosure(Kind.FIGURE, 120, 0, 4, EARLIER, "<10")),
    "withheld then": (before(None, "withheld"), Disclosure(Kind.FIGURE, 120, 0, 4, EARLIER)),
    "small now": (
        {**THREE, **before(83.0, "83")}, Disclosure(Kind.FIGURE, 3, 0, 4, EARLIER, 83),
    ),
    "suppressed now": (
        {**UP_TO_4, **before(83.0, "83")}, SUPPRESSED._replace(previous_release=EARLIER),
    ),
    "suppressed now, small then": (
        {**UP_TO_4, **before(3.0, "3")}, SUPPRESSED._replace(previous_release=EARLIER),
    ),
    "withdrawn": (
        {**GONE, **before(83.0, "83")}, Disclosure(Kind.MISSING, None, 0, 4, EARLIER, 83),
    ),
    "withdrawn, small then": (
        {**GONE, **before(3.0, "3")}, Disclosure(Kind.MISSING, None, 0, 4, EARLIER, "<5"),
    ),
}  # fmt: skip
every_case = pytest.mark.parametrize(("row", "shown"), CASES.values(), ids=CASES)


@every_case
def test_each_case_shows_what_the_rule_allows(row, shown):
    assert disclose({**EXACT, **row}) == shown


@pytest.mark.parametrize(
    ("bottom", "top", "printed"),
    [
        (0, 4, "<5"),
        (1, 4, "<5"),
        (2, 4, "2–4"),
        (0, 725, "≤725"),
        (10, 57, "10–57"),
        (10, math.inf, "≥10"),
    ],
)
def test_an_interval_reads_alike_in_text_and_chart(bottom, top, printed) -> None:
    spanish = Language("es", labels("es"), {})
    shown = Point(2020, Kind.SUPPRESSED, bottom=bottom, top=top)
    assert shown.bounds == printed == phrases.printed(shown, spanish)
    upper = None if top == math.inf else top
    row = {"value": None, "lower": bottom, "upper": upper}
    assert table.printed(row, spanish) == printed
    (height,) = re.findall(
        r'height="([\d.]+)"/>', spark(Series("VIC_DETECT", (shown,)), range(2019, 2021)).svg
    )
    assert float(height) > 0


@pytest.mark.parametrize(
    ("lower", "upper"), [(36, 38), (7, 8), (2, 4), (1, 3), (0, 2), (0, 9), (166, 174), (0, 2.25)]
)
def test_pages_and_files_print_the_bounds_of_the_database(lower, upper) -> None:
    spanish = Language("es", labels("es"), {})
    row = {**EXACT, "value": None, "lower": float(lower), "upper": float(upper)}
    shown = disclose({**row, "obs_status": "Q", "conf_status": "S"})
    (point,) = read_series(
        [{**row, "obs_status": "Q", "conf_status": "S", "time_basis": "CY", "break_reason": None}],
        ["VIC_DETECT"], range(2020, 2021),
    )[0].points  # fmt: skip
    texts = {
        table.printed(row, spanish), phrases.printed(point, spanish), point.bounds,
        interval_text(shown.bottom, shown.top),
    }  # fmt: skip
    (text,) = texts
    found = re.fullmatch(r"≤([\d.]+)|([\d.]+)–([\d.]+)", text)
    assert found
    assert (float(found[2] or 0), float(found[1] or found[3])) == (lower, upper)
