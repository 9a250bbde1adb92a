"""The contract of an observation: each rule lets a good row pass and catches a bad one."""

import pandera.errors
import pytest
from conftest import observations, suppressed
from small_warehouse import cells
from tables import table

from schemas.contract import OBSERVATION


def broken_rules(row: dict[str, object]) -> set[str]:
    """The rules that a row breaks."""
    try:
        OBSERVATION.validate(observations(row), lazy=True)
    except pandera.errors.SchemaErrors as errors:
        return {error.check.name for error in errors.schema_errors}
    return set()


KNOWN = [
    *((rule, cells(text)[0]) for rule, text in table(__file__, "observations.csv")),
    ("status_fits_the_value", {"conf_status": "C"}),
    ("suppressed_figure_has_bounds", suppressed(upper=None)),
]


@pytest.mark.parametrize(("rule", "row"), KNOWN)
def test_a_row_breaks_the_rule_that_it_should(rule: str, row: dict[str, object]) -> None:
    assert broken_rules(row) == {rule} - {""}


def test_every_rule_has_a_bad_row() -> None:
    assert {check.name for check in OBSERVATION.checks} == {rule for rule, _ in KNOWN} - {""}
