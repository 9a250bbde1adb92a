"""The rule that withholds earlier figures, case by case."""

import pytest
from small_warehouse import cells, holding
from tables import table

from pipelines.warehouse import earlier_figures


@pytest.mark.parametrize(("case", "rows", "figures"), table(__file__, "earlier_figures.csv"))
def test_what_would_narrow_a_hidden_figure_is_withheld_and_nothing_else(
    warehouse, case: str, rows: str, figures: str
) -> None:
    days = {"OLD": "release=2023-05-30", "BETWEEN": "release=2024-05-30"}
    words = (each.rpartition(" ") for each in figures.split("; ") if each)
    withheld = {cell: float(figure) for cell, _, figure in words}
    with holding(warehouse, *cells(" ".join(days.get(word, word) for word in rows.split()))):
        before = {*_earlier(warehouse, "value is not null")}
        earlier_figures.withhold(warehouse)
        after = {*_earlier(warehouse, "value is not null")}
        assert dict(before - after) == withheld, case
        hidden = "value_raw = 'withheld' and conf_status = 'S' and obs_status = 'Q' and lower = 0"
        assert {cell for cell, _ in _earlier(warehouse, hidden)} == {*withheld}


def _earlier(warehouse, where: str) -> list[tuple[str, float]]:
    return warehouse.execute(
        "select concat_ws(' ', sex, citizenship), value from harmonised.observation "
        f"where release < '2025' and {where}"
    ).fetchall()
