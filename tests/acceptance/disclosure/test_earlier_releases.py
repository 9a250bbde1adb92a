"""An earlier figure beside present ones reveals no more of a hidden one than the newest release.

No test names a suppressed figure or says its value: the cells named here are those withheld.
"""

from typing import Final

import pandas as pd
import pytest
from attack import Cell
from disclosed import NEW, OLDER, RELEASES, UNODC
from earlier import narrowed
from statements import as_released, printed, statements

pytestmark = pytest.mark.slow

BOYS: Final = Cell(sex="M", age="Y0T17")
KNOWN: Final = {
    "citizens, Peru": (("PER", "VIC_DETECT", "2014"), Cell()),
    "citizens, Paraguay": (("PRY", "VIC_DETECT", "2020"), Cell()),
    "forms, Peru": (("PER", "VIC_DETECT", "2014"), BOYS),
}
"""Found by a reader: earlier figures whose difference to the present parts was a hidden one."""


@pytest.fixture(scope="module")
def released(harmonised) -> pd.DataFrame:
    """The figures with the rule off: every release as it was read."""
    return as_released(each.rows for (source, _), each in harmonised.items() if source == UNODC)


def test_earlier_figures_reveal_no_more_of_a_hidden_one(connection) -> None:
    further = len(narrowed(printed(connection), NEW, OLDER))
    assert further == 0


def test_nor_beside_the_figures_that_hold_now(connection) -> None:
    """Tables of older releases stand in for some that are kept out."""
    rows = connection.sql(
        "select *, conf_status = 'A' as hides from harmonised.current "
        f"where source = '{UNODC}' order by locator, time_period"
    ).df()
    now = statements(rows).assign(world="now")
    further = len(narrowed(pd.concat([printed(connection), now]), "now", RELEASES))
    assert further == 0


def test_without_the_rule_the_attack_finds_what_they_reveal(released) -> None:
    """Of the forms of Peru the newest release tells as much by itself."""
    found = narrowed(released, NEW, OLDER)
    assert len({(each.block, each.cell) for each in found}) > 40
    told = {(each.block, cell) for each in found for cell in each.by}
    assert {KNOWN["citizens, Peru"], KNOWN["citizens, Paraguay"]} <= told


@pytest.mark.parametrize(("block", "cell"), KNOWN.values(), ids=KNOWN)
def test_known_answers_are_withheld_wherever_they_go_out(connection, block, cell: Cell) -> None:
    here = dict(zip(("ref_area", "indicator", "time_period"), block, strict=True))
    here |= cell._asdict() | {"source": UNODC}
    del here["place"], here["month"]
    where = "where " + " and ".join(f"{name} = ${name}" for name in here)
    for shown, text in (
        ("published.observation_as_of('2024-01-01')", "value_raw"),
        ("published.revision", "previous_value_raw"),
    ):
        rows = connection.execute(f"select {text} from {shown} {where}", here).fetchall()
        assert rows == [("withheld",)], shown


def test_what_reveals_nothing_stays(connection) -> None:
    """Most totals that a release changed are still printed, and many parts."""
    kept = connection.execute(
        "select is_headline(freq, sex, age, exploitation, citizenship, counterpart_role, "
        "breakdown) as is_total, count(previous_value), "
        "count(*) filter (previous_value_raw = 'withheld') from published.revision "
        "where change in ('changed', 'withdrawn') "
        "and source = 'int_unodc_glotip' group by all order by all"
    ).fetchall()
    (_, parts, parts_withheld), (_, totals, totals_withheld) = kept
    assert totals > totals_withheld > 0
    assert parts > parts_withheld / 2 > 0
