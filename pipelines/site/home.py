"""The first page: the way to every state, and for which years the sources hold a figure."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import duckdb
import pandas as pd

from pipelines.charts.language import Language
from pipelines.charts.series import Kind
from pipelines.charts.series import read as read_series
from pipelines.site import shared
from pipelines.site.figures import VICTIMS

_ROOT_LANGUAGE: Final = "en"


@dataclass(frozen=True)
class Coverage:
    """For which years the sources hold a figure on detected victims in one state."""

    area: str
    years: list[int]
    suppressed: list[int]


def read(connection: duckdb.DuckDBPyConnection) -> dict[str, Coverage]:
    """By state, what is known of detected victims."""
    figures = shared.query(connection, "figure")
    own = figures[figures["indicator"].isin(VICTIMS.indicators)]
    return {str(area): _coverage(str(area), rows) for area, rows in own.groupby("ref_area")}


def files(
    site: shared.Site, known: dict[str, Coverage], language: Language
) -> Iterator[shared.File]:
    """The page, which in English is also the first of the site."""
    coverage = [known.get(area, Coverage(area, [], [])) for area in site.states[language.code]]
    facts = {"sources": list(site.sources.values()), "coverage": coverage}
    yield site.page("home", "index.html", language, **facts)
    if language.code == _ROOT_LANGUAGE:
        yield site.first_page("home", "index.html", language, **facts)


def _coverage(area: str, rows: pd.DataFrame) -> Coverage:
    """Years with an exact figure in any source, and those with none but a suppressed one."""
    known: dict[Kind, set[int]] = {Kind.FIGURE: set(), Kind.SUPPRESSED: set()}
    for _, own in rows.groupby("source"):
        years = range(int(own["year"].min()), int(own["year"].max()) + 1)
        (series,) = read_series(own, VICTIMS.indicators, years)
        for kind, found in known.items():
            found |= {point.year for point in series.of(kind)}
    years_known = known[Kind.FIGURE] | known[Kind.SUPPRESSED]
    return Coverage(area, sorted(years_known), sorted(known[Kind.SUPPRESSED] - known[Kind.FIGURE]))
