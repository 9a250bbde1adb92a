"""Every figure in a chart's file is one that the warehouse publishes."""

from pathlib import Path

import duckdb
import pytest

LOCALISED = ("-en", "-es", "-pt", "-fr")

SERIES = """
    published.source = file.source
    and published.indicator::varchar = file.indicator
    and published.time_basis::varchar = file.time_basis
"""
CELL = f"""
    {SERIES}
    and published.ref_area::varchar = file.ref_area
    and published.release = coalesce(file.release, published.release)
    and published.time_period = file.year
    and published.sex::varchar = coalesce(file.sex, '_T')
    and published.age::varchar = coalesce(file.age, '_T')
    and published.exploitation::varchar = coalesce(file.exploitation, '_T')
    and published.citizenship::varchar = coalesce(file.citizenship, '_T')
    and published.breakdown = '_T'
"""
KINDS = {
    "counts": (
        "coalesce(file.dispersed_lower, file.numerator, file.areas) is null "
        "and file.indicator <> 'VIC_REPATR'",
        "published.observation",
        f"{CELL} and published.counterpart_role = '_Z'",
    ),
    "persons repatriated, from wherever they came": (
        "file.indicator = 'VIC_REPATR'",
        "published.observation",
        f"{CELL} and (published.counterpart_role, published.counterpart_area) = ('REPAT', '_T')",
    ),
    "sums of states": (
        "file.areas is not null",
        "published.national_sum",
        f"{SERIES} and (published.country, published.year, published.freq) "
        "= (file.ref_area, file.year, file.freq)",
    ),
    "rates": (
        "coalesce(file.dispersed_lower, file.numerator) is not null",
        "published.rate",
        f"{SERIES} and (published.ref_area, published.time_period, published.sex, published.age, "
        "published.exploitation) = (file.ref_area, file.year, '_T', '_T', '_T')",
    ),
}
"""By kind: the rows of the files, the view that has their figures, by what they are joined."""


@pytest.fixture(scope="module")
def files(shipped: Path, built: Path) -> duckdb.DuckDBPyConnection:
    """The warehouse, and the rows with a figure of all files of codes as `file`."""
    canonical = [
        str(f) for f in (shipped / "data").rglob("*.csv") if not f.stem.endswith(LOCALISED)
    ]
    with duckdb.connect(built, read_only=True) as connection:
        connection.execute(
            "create temp table file as select *, row_number() over () as row from "
            "read_csv(?, union_by_name = true, all_varchar = true, filename = true) "
            "where value is not null",
            [canonical],
        )
        yield connection


@pytest.mark.parametrize("kind", KINDS)
def test_every_figure_is_the_published_one(files, kind: str) -> None:
    rows, view, joined = KINDS[kind]
    found = files.execute(
        "select file.filename, file.year, file.value::double, published.value "
        f"from file left join {view} published on {joined} where {rows}"
    ).fetchall()
    (printed,) = files.execute(f"select count(*) from file where {rows}").fetchone()
    assert len(found) == printed > 0
    assert [row for row in found if not is_printed_as(row[2], row[3], kind)] == []


def is_printed_as(figure: float, published: float | None, kind: str) -> bool:
    """Return whether a file may print the figure so: calculated rates have three digits."""
    if published is None:
        return False
    rounded = float(f"{published:.3g}") if kind == "rates" else published
    return figure == rounded or figure == pytest.approx(published, rel=1e-12)


def test_every_row_is_of_one_of_these_kinds(files) -> None:
    kinds = " or ".join(f"({rows})" for rows, *_ in KINDS.values())
    assert files.execute(f"select filename from file where not ({kinds})").fetchall() == []
