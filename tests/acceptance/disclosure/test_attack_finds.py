"""The attack of `test_attack` is worth something: it finds a leak of each kind that is planted."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import duckdb
import pandas as pd
import pytest
from attack import Cell, given_away
from conftest import observations, suppressed
from published_statements import views
from scipy import optimize, stats
from small_warehouse import emptied, holding
from statements import Connection, beyond, narrower, printed

from pipelines.warehouse.database import insert
from pipelines.warehouse.statistics import trend
from pipelines.warehouse.statistics.series import series_of
from schemas import codelists

UNODC: Final = "int_unodc_glotip 2025-01-01"
UNSD: Final = {"source": "int_unsd_sdg"}
OLD: Final = {"release": "2023-05-30"}
FORM: Final = {"exploitation": "SX"}
MAN, ALL = Cell(sex="M"), Cell()

YEARS: Final = dict(zip(range(2015, 2021), (5, None, 8, 6, 7, 5), strict=True))
RECORDED: Final = {"source": "mex_sesnsp", "indicator": "VIC_RECORDED", "obs_status": "D",
                   "def_scope": "EXPLOIT"}  # fmt: skip
ROWS: Final = {
    # Men and others are five together, and nobody knows how many of each.
    "sexes": [
        {"value": 30}, {"value": 25, "sex": "F"}, suppressed(sex="M"), suppressed(sex="_O"),
    ],
    "unknown": [{"value": 30}, suppressed(sex="_U")],
    "revised": [
        *({"value": 30, "sex": "F", **each} for each in (OLD, {})),
        {"value": 7, "sex": "M"},
        suppressed(sex="M", **OLD),
        suppressed(time_period="2019", **OLD),
    ],
    "two sources": [{"value": 30}, suppressed(**UNSD)],
    "places": [
        *({"value": 20, "ref_area": area, **RECORDED} for area in ("MX-JAL", "MX-CHP")),
        suppressed(**{"ref_area": "MX-COL", **RECORDED, "obs_status": "D;Q"}),
    ],
    "years": [
        {"value": value, "time_period": str(year)} if value
        else suppressed(time_period=str(year))
        for year, value in YEARS.items()
    ],
    "form": [
        {"value": 6, "sex": "F", "age": "Y_GE18", **FORM},
        *(suppressed(sex=sex, age=age, **FORM)
          for sex, age in (("F", "Y0T17"), ("M", "Y0T17"), ("M", "Y_GE18"))),
    ],
}  # fmt: skip
SLOPE: Final = stats.theilslopes([4 if value is None else value for value in YEARS.values()]).slope
LIMIT: Final = stats.chi2.isf(0.025, 8) / 2
WIDE_LIMIT: Final = optimize.brentq(
    lambda mean: stats.nbinom.cdf(3, 2, 2 / (2 + mean)) - 0.025, 3, 99
)
"""The same where the dispersion is 0.5."""
PLANTED: Final = {
    "total less the other parts": ("sexes", MAN, "observation", "if({man}, 3, value) as value"),
    "narrower bounds": ("sexes", MAN, "observation", "if({man}, 3, lower) as lower"),
    "headline": ("years", ALL, "headline", "if({here}, coalesce(value, 3), value) as value"),
    "figure to cite": (
        "years", ALL, "national_series", "if({here}, coalesce(value, 3), value) as value",
    ),
    "share": ("sexes", MAN, "share", "if({man}, 10, value) as value"),
    "narrower share": (
        "sexes", MAN, "share", "if({man}, 9, lower) as lower, if({man}, 11, upper) as upper",
    ),
    "rate": ("sexes", MAN, "rate", "if({man}, 3e5 / population, value) as value"),
    "count of a rate": ("sexes", MAN, "rate", "if({man}, 3, numerator) as numerator"),
    "limit of a rate": (
        "sexes", MAN, "rate",
        f"if({{man}}, {LIMIT}e5 / population, confidence_upper) as confidence_upper",
    ),
    "wider limit of a rate": (
        "sexes", MAN, "rate",
        f"if({{man}}, {WIDE_LIMIT}e5 / population, dispersed_upper) as dispersed_upper, "
        "if({man}, 0.5, dispersion) as dispersion",
    ),
    "figure before": (
        "revised", MAN, "revision", "if({man}, 3, previous_value) as previous_value",
    ),
    "withdrawn": ("revised", ALL, "not_held", "if({here}, 3, previous_value) as previous_value"),
    "another source": (
        "two sources", ALL, "discrepancy", "if({here}, 3, other_value) as other_value",
    ),
    "ratio of sources": ("two sources", ALL, "discrepancy", "if({here}, 0.1, ratio) as ratio"),
    "extreme": ("sexes", MAN, "series", "if({man}, 3, greatest) as greatest"),
    "slope": ("years", ALL, "trend", f"if({{here}}, {SLOPE}, slope) as slope"),
    "sum": (
        "places", Cell(place="MX-COL"), "national_sum", "if(country = 'MEX', 43, value) as value",
    ),
    "unknown share": (
        "unknown", Cell(sex="_U"), "need",
        "if({here}, 0.1, unknown_share) as unknown_share, if({here}, ['2020'], periods) as periods",
    ),
}  # fmt: skip
"""Rows, a suppressed cell of them, and the view that is made to reveal it, with its value then."""

GIRLS: Final = Cell(sex="F", age="Y0T17", exploitation="SX")
PRINTED: Final = {
    "by another source": ("sexes", {"value": 3, "sex": "M", **UNSD}, {MAN, Cell(sex="_O")}),
    "by an earlier release": ("sexes", {"value": 3, "sex": "M", **OLD}, {MAN, Cell(sex="_O")}),
    "their total by another source": (
        "form", {"value": 6, **FORM, **UNSD},
        {GIRLS, GIRLS._replace(sex="M"), GIRLS._replace(sex="M", age="Y_GE18")},
    ),
}  # fmt: skip
"""Rows, one more row, and the cells that it gives away."""

STATES: Final = {
    kind: "MEX" if kind == "sum" else state
    for kind, state in zip(
        [*PLANTED, *PRINTED], sorted({*codelists.oas_states()} - {"MEX"}), strict=False
    )
}
"""Each leak is in a state of its own."""

Cells = set[tuple[str, Cell]]


@pytest.fixture(scope="module")
def warehouse(built: Path, once, tmp_path_factory) -> Iterator[Connection]:
    """A warehouse with the rows of all leaks, none of which is there yet."""
    rows = [
        {"ref_area": STATES[kind], **row}
        for kind, (name, *_) in {**PLANTED, **PRINTED}.items()
        for row in ROWS[name]
    ]
    empty = once("emptied", lambda folder: emptied(built, folder)) / "emptied.duckdb"
    with duckdb.connect(shutil.copy(empty, tmp_path_factory.mktemp("attacked"))) as connection:
        connection.execute("delete from main.trend")
        with holding(connection, *rows):
            points = connection.execute("from judged.trend_point order by all").df()
            connection.register("trends", trend.trends(series_of(points)))
            connection.execute("insert into main.trend by name from trends")
            yield connection


@pytest.fixture(scope="module")
def found_cells(warehouse: Connection) -> tuple[Cells, Cells]:
    """The cells that the attack finds before and after all leaks are planted."""
    before = found(warehouse)
    for number, (kind, (_, _, view, change)) in enumerate(PLANTED.items()):
        here = f"ref_area = '{STATES[kind]}'"
        plant(warehouse, view, change.format(here=here, man=f"{here} and sex = 'M'"), number)
    rows = [{"ref_area": STATES[kind], **row} for kind, (_, row, _) in PRINTED.items()]
    insert(
        warehouse,
        "harmonised.observation",
        observations(*({"source": "int_unodc_glotip", **row} for row in rows)),
    )
    return before, found(warehouse)


def plant(connection: Connection, view: str, change: str, number: int) -> None:
    """Change what a view shows."""
    connection.execute(f"create table honest_{number} as from published.{view}")
    connection.execute(
        f"create or replace view published.{view} as "
        f"select * replace ({change}) from honest_{number}"
    )


def found(connection: Connection) -> Cells:
    """Suppressed cells of which more is revealed than by UNODC's newest release."""
    prints, claims = printed(connection), views(connection)
    own = given_away(prints[prints["world"] == UNODC], overlap=False)
    recovered = given_away(pd.concat([prints, beyond(prints, claims)]), overlap=False) - own
    more = narrower(prints, claims)
    narrowed = zip(more["area"], more["cell"], strict=True)
    return {(area, cell) for area, *_, cell in recovered} | set(narrowed)


def test_nothing_is_found_before_leaks_are_planted(found_cells: tuple[Cells, Cells]) -> None:
    assert found_cells[0] == set()


@pytest.mark.parametrize("kind", PLANTED)
def test_a_view_that_reveals_a_suppressed_figure_is_found(found_cells, kind: str) -> None:
    assert (STATES[kind], PLANTED[kind][1]) in found_cells[1]


@pytest.mark.parametrize("kind", PRINTED)
def test_figures_that_are_given_away_are_found(found_cells, kind: str) -> None:
    assert {cell for state, cell in found_cells[1] if state == STATES[kind]} == PRINTED[kind][2]


def test_nothing_else_is_found(found_cells: tuple[Cells, Cells]) -> None:
    assert {state for state, _ in found_cells[1]} == {*STATES.values()}
