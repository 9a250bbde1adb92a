"""The rule that withholds earlier figures, case by case."""

import pytest
from small_warehouse import cells, holding

from pipelines.warehouse import earlier_figures

CITIZENS = (
    "citizenship=PER 253; OLD citizenship=PER 253; citizenship=ECU <5; OLD citizenship=ECU <5"
)
TOTAL = "100; OLD 100; "
SEXES = TOTAL + "F 90; OLD F 97; "
CASES = {
    "a total that the parts nearly reach": (f"262; OLD 255; {CITIZENS}", {"_T _T": 255}),
    "a total that they do not reach": (f"262; OLD 300; {CITIZENS}", {}),
    "a total that they exceed": (f"262; OLD 200; {CITIZENS}", {}),
    "a total where the present one gives it away, too": (
        f"255; OLD 256; {CITIZENS}", {"_T _T": 256}),
    "a part": (SEXES + "M <5", {"F _T": 97}),
    "a part, and no present figure is hidden": (SEXES + "M 10", {}),
    "a part beside one that was hidden and is withdrawn": (SEXES + "OLD M <5", {"F _T": 97}),
    "a total, and a part with which it can be worked out": (
        f"262; OLD 255; {CITIZENS}; F 100; OLD F 100; M 162; OLD M 155",
        {"_T _T": 255, "M _T": 155}),
    "one of two that reveal it together": (
        "300; OLD 200; F 150; OLD F 198; M <5", {"F _T": 198}),
    "one of two of different releases that reveal it together": (
        "300; OLD 200; F 150; BETWEEN F 198; M <5", {"F _T": 198}),
    "a part that two releases print": (SEXES + "M <5; BETWEEN F 97", {"F _T": 97}),
    "a part beside a nought that was hidden": (SEXES + "M 0; OLD M <5", {}),
    "a part beside a 1 to 4 that was 0 to 4": (SEXES + "lower=1 M <5; OLD M <5", {"F _T": 97}),
    "a part that leaves all values of three hidden ones open": (
        "104; OLD 104; F 90; OLD F 97; lower=1 M <5; OLD M <5; lower=1 _O <5; OLD _O <5; "
        "lower=1 sex=_U <5; OLD sex=_U <5", {}),
}  # fmt: skip


@pytest.mark.parametrize(("rows", "withheld"), CASES.values(), ids=CASES)
def test_what_would_narrow_a_hidden_figure_is_withheld_and_nothing_else(warehouse, rows, withheld):
    days = {"OLD": "release=2023-05-30", "BETWEEN": "release=2024-05-30"}
    words = " ".join(days.get(word, word) for word in rows.split())
    with holding(warehouse, *cells(words)):
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
