"""The rule that withholds earlier figures, case by case."""

import pytest
from conftest import suppressed
from small_warehouse import holding

from pipelines.warehouse import earlier_figures

OLD, BETWEEN = {"release": "2023-05-30"}, {"release": "2024-05-30"}
ONE_TO_FOUR = {"lower": 1}
PERU, ECUADOR = {"citizenship": "PER"}, {"citizenship": "ECU"}
WOMEN, MEN = {"sex": "F"}, {"sex": "M"}


def both(value: int, **cell: str) -> list[dict[str, object]]:
    """A figure that both releases print."""
    return [{"value": value, **cell}, {"value": value, **cell, **OLD}]


CITIZENS = [*both(253, **PERU), suppressed(**ECUADOR), suppressed(**ECUADOR, **OLD)]
SEXES = [{"value": 90, **WOMEN}, {"value": 97, **WOMEN, **OLD}, suppressed(**MEN)]
CASES = {
    "a total that the parts nearly reach": (
        [{"value": 262}, {"value": 255, **OLD}, *CITIZENS], {"_T _T": 255},
    ),
    "a total that they do not reach": ([{"value": 262}, {"value": 300, **OLD}, *CITIZENS], {}),
    "a total that they exceed": ([{"value": 262}, {"value": 200, **OLD}, *CITIZENS], {}),
    "a total where the present one gives it away, too": (
        [{"value": 255}, {"value": 256, **OLD}, *CITIZENS], {"_T _T": 256},
    ),
    "a part": ([*both(100), *SEXES], {"F _T": 97}),
    "a part, and no present figure is hidden": (
        [*both(100), *SEXES[:2], {"value": 10, **MEN}], {},
    ),
    "a part beside one that was hidden and is withdrawn": (
        [*both(100), *SEXES[:2], suppressed(**MEN, **OLD)], {"F _T": 97},
    ),
    "a total, and a part with which it can be worked out": (
        [
            {"value": 262}, {"value": 255, **OLD}, *CITIZENS,
            *both(100, **WOMEN), {"value": 162, **MEN}, {"value": 155, **MEN, **OLD},
        ],
        {"_T _T": 255, "M _T": 155},
    ),
    "one of two that reveal it together": (
        [{"value": 300}, {"value": 200, **OLD}, {"value": 150, **WOMEN},
         {"value": 198, **WOMEN, **OLD}, suppressed(**MEN)],
        {"F _T": 198},
    ),
    "one of two of different releases that reveal it together": (
        [{"value": 300}, {"value": 200, **OLD}, {"value": 150, **WOMEN},
         {"value": 198, **WOMEN, **BETWEEN}, suppressed(**MEN)],
        {"F _T": 198},
    ),
    "a part that two releases print": (
        [*both(100), *SEXES, {"value": 97, **WOMEN, **BETWEEN}], {"F _T": 97},
    ),
    "a part beside a nought that was hidden": (
        [*both(100), *SEXES[:2], {"value": 0, **MEN}, suppressed(**MEN, **OLD)], {},
    ),
    "a part beside a 1 to 4 that was 0 to 4": (
        [*both(100), *SEXES[:2], suppressed(**MEN, **ONE_TO_FOUR), suppressed(**MEN, **OLD)],
        {"F _T": 97},
    ),
    "a part that leaves all values of three hidden ones open": (
        [*both(104), *SEXES[:2], *(suppressed(sex=sex, **each) for sex in ("M", "_O", "_U")
         for each in (ONE_TO_FOUR, OLD))],
        {},
    ),
}  # fmt: skip


@pytest.mark.parametrize(("rows", "withheld"), CASES.values(), ids=CASES)
def test_what_would_narrow_a_hidden_figure_is_withheld_and_nothing_else(warehouse, rows, withheld):
    with holding(warehouse, *rows):
        before = {*_earlier(warehouse, "value is not null")}
        earlier_figures.withhold(warehouse)
        after = {*_earlier(warehouse, "value is not null")}
        assert dict(before - after) == withheld
        hidden = "value_raw = 'withheld' and conf_status = 'S' and obs_status = 'Q' and lower = 0"
        assert {cell for cell, _ in _earlier(warehouse, hidden)} == {*withheld}


def _earlier(warehouse, where: str) -> list[tuple[str, float]]:
    return warehouse.execute(
        "select concat_ws(' ', sex, citizenship), value from harmonised.observation "
        f"where release < '2025' and {where}"
    ).fetchall()
