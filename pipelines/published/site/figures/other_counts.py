"""All other yearly counts of a state: a figure per indicator, source and kind of year.

If a source prints no figure for the whole state, the page shows our sum over its subdivisions and
months, labelled as ours.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import duckdb
import pandas as pd

from pipelines.published.charts import trend
from pipelines.published.i18n.language import Language
from pipelines.published.site.figures import context, national_sum, year_table
from pipelines.published.site.figures.breakdown import CAVEATS
from pipelines.published.site.figures.time_series import CHAIN, VICTIMS, FigureSpec, year_figure
from pipelines.published.site.figures.view import FigureView
from pipelines.published.site.figures.wording import headlines

CODE: Final = "others"
_ELSEWHERE: Final = VICTIMS.indicators + CHAIN.indicators
_NO_TREND: Final = ("VIC_REPATR",)
"""Indicators that `published.trend` leaves out, because their totals have a counterpart area."""
_CAVEAT_OF_UNIT: Final = {
    "COMPLAINT": "caveat_signal",
    "OFFENCE": "caveat_file",
    "INCIDENT": "caveat_file",
    "INVESTIGATION": "caveat_file",
    "CASE": "caveat_file",
}
_CAVEAT_OF_DOMAIN: Final = {
    "VIC": "caveat_victims",
    "AST": "caveat_assisted",
    "PER": "caveat_flow",
    "DEM": "caveat_demand",
}
_CAVEATS: Final = CAVEATS | {"VIC_REPATR": "caveat_repatr"}
_LACKING: Final = (
    "break_reason", "break_year", "previous_release", "previous_value", "previous_value_raw",
    "rule", "comparability", "source_note", "same_as", "doubt",
)  # fmt: skip
"""Columns of sql/figure.sql that sums do not have."""
_LEAST: Final = 3
"""Years with an exact figure that a chart needs; with fewer, a table says as much."""


@dataclass(frozen=True)
class OtherCounts:
    """The other counts of a state.

    Attributes:
        printed: the yearly figures that sources print, each part of one indicator.
        sums: rows of sql/national_sum.sql.
    """

    printed: year_table.Yearly
    sums: pd.DataFrame


def read(connection: duckdb.DuckDBPyConnection) -> dict[str, OtherCounts]:
    """Return the yearly counts that no other section shows, by state."""
    rows = pd.concat(
        [context.query(connection, "figure"), context.query(connection, "repatriated")],
        ignore_index=True,
    )
    wanted = (rows["unit_measure"] == "NUMBER") & ~rows["indicator"].isin(_ELSEWHERE)
    printed = year_table.by_state(connection, rows, wanted, ["indicator", "source"])
    sums = context.query(connection, "national_sum")
    return {
        area: OtherCounts(printed.get(area, []), sums[sums["ref_area"] == area])
        for area in sorted({*printed, *sums["ref_area"]})
    }


def figures(
    site: context.Site, area: str, facts: OtherCounts | None, language: Language
) -> list[FigureView]:
    """Return a figure per indicator, source and kind of year, in the order of the code list."""
    if facts is None:
        return []
    found = [*_printed(site, area, facts, language), *_sums(site, area, facts.sums, language)]
    order = list(language.names["indicator"])
    return sorted(found, key=lambda shown: order.index(shown.frame["indicator"].iloc[0]))


def _printed(
    site: context.Site, area: str, facts: OtherCounts, language: Language
) -> Iterator[FigureView]:
    for part in facts.printed:
        spec = _spec(part.rows["indicator"].iloc[0], part.rows["count_unit"].iloc[0])
        yield from year_table.year_figures(spec, site, area, [part], language)


def _spec(indicator: str, unit: str) -> FigureSpec:
    """Return the spec for the figures of one of these indicators."""
    return FigureSpec(
        code="other",
        anchor=indicator.replace("_", "-").lower(),
        indicators=(indicator,),
        unit=unit,
        spec=trend.spec,
        headline=lambda shown, known, area, language: headlines.other_headline(
            shown[0], None if indicator in _NO_TREND else known, area, language
        ),
        in_words=lambda shown, years, language: headlines.trend_in_words(shown[0], years, language),
        caveat=_caveat(indicator, unit),
        least=_LEAST,
    )


def _caveat(indicator: str, unit: str) -> str:
    of_domain = _CAVEAT_OF_DOMAIN.get(indicator[:3], "caveat_other")
    return _CAVEATS.get(indicator) or _CAVEAT_OF_UNIT.get(unit, of_domain)


def _sums(
    site: context.Site, area: str, sums: pd.DataFrame, language: Language
) -> Iterator[FigureView]:
    """Yield for each series the sums of the whole state and year, then those of parts of it."""
    for (source, indicator, _, _), own in sums.groupby(
        ["source", "indicator", "freq", "time_basis"]
    ):
        described = site.sources[source]
        name = language.name("area", area)
        whole, parts = own[own["is_whole"]], own[~own["is_whole"]]
        if len(whole):
            spec = _sum_spec(str(indicator), own["count_unit"].iloc[0])
            years = range(int(whole["year"].min()), int(whole["year"].max()) + 1)
            ours = language.saying({"key_observed": "key_observed_sum"})
            yield year_figure(spec, _as_figures(whole), years, name, described, {}, ours)
        if len(parts):
            yield national_sum.partial_sum_figure(parts, name, described, language)


def _as_figures(sums: pd.DataFrame) -> pd.DataFrame:
    """Return the sums with empty columns for those of sql/figure.sql that they lack."""
    nothing: dict[str, Any] = dict.fromkeys(_LACKING)
    return sums.assign(**nothing)


def _sum_spec(indicator: str, unit: str) -> FigureSpec:
    return FigureSpec(
        code="sum",
        anchor=f"sum-{indicator.replace('_', '-').lower()}",
        indicators=(indicator,),
        unit=unit,
        spec=trend.spec,
        headline=lambda shown, known, area, language: headlines.sum_headline(  # noqa: ARG005
            shown[0], area, language
        ),
        in_words=lambda shown, years, language: headlines.trend_in_words(shown[0], years, language),
        caveat="caveat_sum",
        least=_LEAST,
    )
