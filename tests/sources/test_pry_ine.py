"""INE's complaints: known answers with a decimal comma, and complaints are no victims."""

from collections.abc import Callable

import pytest
from source_tests import assert_quarantined

from pipelines.raw import manifest
from pipelines.sources import discover

INE = discover()["pry_ine"]
RELEASE = "2023-10-31"
PRINTED = "79,0 89,0 76,0 104,0 132,0 114,0 82,0 71,0"


def test_headline(query: Callable) -> None:
    found = query(
        "select year, value_raw, value from published.headline "
        "where source = 'pry_ine' and ref_area = 'PRY' order by year"
    )
    figures = [79, 89, 76, 104, 132, 114, 82, 71]
    assert found == list(zip(range(2015, 2023), PRINTED.split(), map(float, figures), strict=True))


def test_the_manifest_records_that_the_figures_were_typed() -> None:
    [entry] = manifest.entries("pry_ine")
    assert entry.obtained_from.startswith("typed from the page")
    assert entry.rows == "8"


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ('2015,"79,5"', "value_is_possible"),
        ('2015,"79.0"', "figure_has_one_reading"),
        ('Total,"747,0"', "period_is_well_formed"),
    ],
)
def test_an_invalid_row_is_quarantined(of_lines: Callable, line: str, rule: str) -> None:
    assert_quarantined(of_lines(line), rule)
