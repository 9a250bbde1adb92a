"""Sums of subdivisions: of an invented source of a state, and what they may lead to."""

import itertools
from collections.abc import Iterator
from contextlib import contextmanager

import duckdb
from conftest import suppressed
from small_warehouse import Row, cells, holding

from pipelines.warehouse import checks, sql_files
from schemas import codelists

[HIDES_NOTHING] = [
    file for file in sql_files.folder("check") if file.name == "no_sum_of_hidden_figures"
]
SUBDIVISIONS = codelists.load("subdivision")
SUM = "value, lower, level, areas, areas_of_country, is_whole_country"


def parts(country: str, level: str = "1", **row: object) -> list[Row]:
    """A figure of 20 of each required subdivision of a level."""
    wanted = SUBDIVISIONS.query("country == @country and level == @level and is_required == '1'")
    return [{"value": 20, "ref_area": code, **row} for code in wanted["code"]]


@contextmanager
def printed(
    warehouse: duckdb.DuckDBPyConnection, *rows: Row, nationwide: bool = True
) -> Iterator[None]:
    """Figures of an invented source of each state whose subdivisions these are."""
    own = [codelists.state_of(str(row["ref_area"])).lower() + "_example" for row in rows]
    given = (
        {"source": source, "indicator": "VIC_RECORDED", **row}
        for source, row in zip(own, rows, strict=True)
    )
    with holding(warehouse, *given):
        for table, source in itertools.product(("source", "release"), sorted({*own})):
            warehouse.execute(
                f"insert into {table} select * replace ('{source}' as source) from {table} "
                "where source = 'col_fiscalia' limit 1"
            )
        warehouse.execute(
            "update source set nationwide = ? where source like '%_example'", [nationwide]
        )
        yield


def sums(warehouse: duckdb.DuckDBPyConnection) -> list[tuple]:
    """Value, least value, level, areas, areas of the country, whether it is whole."""
    return warehouse.execute(f"select {SUM} from published.national_sum").fetchall()


def test_all_departments_of_a_nationwide_source_are_a_headline_and_no_others(warehouse) -> None:
    """Six of Nicaragua's are none, nor are El Salvador's of a source that is not nationwide."""
    rows = [*parts("HND"), {"value": 3, "ref_area": "HN-_U"}, *parts("NIC")[:6], *parts("SLV")]
    with printed(warehouse, *rows):
        warehouse.execute("update source set nationwide = false where source = 'slv_example'")
        found = warehouse.execute(f"select country, {SUM} from published.national_sum").fetchall()
        assert {country: tuple(rest) for country, *rest in found} == {
            "HND": (363, 363, 1, 18, 18, True),
            "NIC": (120, 120, 1, 6, len(parts("NIC")), False),
        }
        cited = warehouse.execute(
            "select 'newest', source from published.newest union "
            "select 'national_series', source from published.national_series union "
            "select 'rate', source from published.rate where value > 0"
        ).fetchall()
        assert {*cited} == {
            (table, "hnd_example") for table in ("newest", "national_series", "rate")
        }
        statuses = warehouse.execute(
            "select ref_area, coverage_status from published.coverage where time_period = '2020' "
            "and indicator = 'VIC_RECORDED' and ref_area in ('HND', 'NIC', 'SLV')"
        ).fetchall()
        assert dict(statuses) == {"HND": "reported", "NIC": "partial", "SLV": "partial"}


def test_a_level_is_summed_and_not_what_it_contains_too(warehouse) -> None:
    regions, provinces = parts("DOM"), parts("DOM", "2")
    with printed(warehouse, *regions, *provinces[:9]):
        assert sums(warehouse) == [(200, 200, 1, 10, 10, True)]
    with printed(warehouse, *regions[:3], *provinces, {"value": 5, "ref_area": "DO-_U"}):
        assert sums(warehouse) == [(645, 645, 2, 32, 32, True)]


def test_a_hidden_figure_counts_where_it_is_summed(warehouse) -> None:
    """A suppressed province lies in a printed region, whose sum hides nothing."""
    with printed(warehouse, *parts("DOM"), suppressed(ref_area="DO-02")):
        assert sums(warehouse) == [(200, 200, 1, 10, 10, True)]
        [(_, check), *_] = checks.statements(HIDES_NOTHING, warehouse)
        assert not warehouse.execute(check).fetchall()
    hidden = suppressed(ref_area="HN-YO")
    with printed(warehouse, *parts("HND")[:-1], hidden):
        assert sums(warehouse) == [(None, 340, 1, 18, 18, True)]


def test_a_territory_that_stands_as_a_country_is_in_no_sum(warehouse) -> None:
    with printed(warehouse, *parts("USA"), {"value": 900, "ref_area": "US-PR"}):
        assert sums(warehouse) == [(1020, 1020, 1, 51, 51, True)]


def test_provinces_of_a_printed_region_are_no_further_parts(warehouse) -> None:
    rows = [{"value": 200, "ref_area": "DOM"}, *parts("DOM"), *parts("DOM", "2")[:9]]
    with printed(warehouse, *rows):
        found = warehouse.execute(
            "select parts, parts_lower from harmonised.margin where dimension = 'ref_area' "
            "and parts > 0"
        )
        assert found.fetchall() == [(10, 200)]


SEXES = {
    "HND": ("F 60; M 40; sex=_U 5", (105, 105, 0, 1, 1, True)),
    "GTM": ("F 60; M 40; sex=_U 5; -", (105, 105, 0, 1, 1, True)),
    "SLV": ("F 60; M 40; sex=_U <5", (None, 100, 0, 1, 1, True)),
    "NIC": ("F 60; M 40", None),
    "CRI": ("F 60; sex=_U 5", None),
    "PAN": ("F 60; M 40; sex=_U 5; 105", None),
    "ECU": ("F 60; M 40; sex=_U 5; EC-_U 7", (105, 105, 0, 1, 1, True)),
}
"""Figures of a state, and the sum of sexes that is made of them."""


def test_sexes_without_a_total_are_summed_where_all_are_printed(warehouse) -> None:
    rows = [{"ref_area": state, **row} for state, (text, _) in SEXES.items() for row in cells(text)]
    with printed(warehouse, *rows, nationwide=False):
        assert not sums(warehouse), "only where the source is declared so"
        warehouse.execute("update source set sums_sexes = true where source like '%_example'")
        summed = {state: found for state, (_, found) in SEXES.items() if found}
        found = warehouse.execute(f"select country, {SUM} from published.national_sum").fetchall()
        assert {state: tuple(rest) for state, *rest in found} == summed
        newest = warehouse.execute("select count(*) from published.newest where is_sum").fetchall()
        assert newest == [(len(summed),)]
        [(_, check), *_] = checks.statements(HIDES_NOTHING, warehouse)
        assert not warehouse.execute(check).fetchall()
