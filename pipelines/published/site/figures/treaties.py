"""Treaties against trafficking and forced labour that the state is a party to, with dates."""

from typing import Any, Final

import duckdb
import pandas as pd

from pipelines.published.i18n.language import Language
from pipelines.published.series.disclosure import Kind
from pipelines.published.site.figures import context
from pipelines.published.site.figures.time_series import origin
from pipelines.published.site.figures.view import Cell, FigureView, Table

CODE: Final = "treaties"
_LENGTH_OF_DAY: Final = len("2025-12-31")


def read(connection: duckdb.DuckDBPyConnection) -> dict[str, list[pd.DataFrame]]:
    """Return the rows of sql/treaty.sql of each source, by state."""
    found: dict[str, list[pd.DataFrame]] = {}
    for (area, _), own in context.query(connection, "treaty").groupby(["ref_area", "source"]):
        found.setdefault(area, []).append(own)
    return found


def figures(
    site: context.Site, area: str, facts: list[pd.DataFrame] | None, language: Language
) -> list[FigureView]:
    """Return a figure per source, with a table and no chart."""
    name = language.name("area", area)
    return [_show(own, name, site.sources[own["source"].iloc[0]], language) for own in facts or []]


def _show(own: pd.DataFrame, area: str, source: dict[Any, Any], language: Language) -> FigureView:
    order = list(language.names["indicator"])
    rows = sorted(own.to_dict("records"), key=lambda row: order.index(row["indicator"]))
    joined = sum(_truth(row["is_party"]) is True for row in rows)
    year = max(row["last_year"] for row in rows)
    return FigureView(
        anchor=f"treaties-{source['source']}".lower(),
        headline=language.say(
            {0: "treaties_no_date", len(rows): "treaties_all"}.get(joined, "treaties_headline"),
            area=area,
            joined=joined,
            total=len(rows),
            year=year,
        ),
        publisher=source["publisher"],
        subtitle=language.say("treaties_subtitle", area=area, year=year),
        figure=None,
        in_words="",
        key=[],
        table=Table(
            caption=language.say("treaties_table", area=area),
            row_heading=language.say("treaties_treaty"),
            columns=[language.say(code) for code in ("treaties_party", "treaty_since")],
            rows=[
                (language.name("indicator", row["indicator"]), _cells(row, language))
                for row in rows
            ],
        ),
        notes=[],
        origin=origin(source, own, language),
        source=source["source"],
        indicators=[row["indicator"] for row in rows if _truth(row["is_party"]) is not None],
        frame=own,
    )


def _cells(row: dict[Any, Any], language: Language) -> list[Cell]:
    """Return the cells for party or not, and since when; no date found is not the same as no."""
    is_party = _truth(row["is_party"])
    if is_party is None:
        return [Cell(Kind.MISSING, language.say("treaties_unknown"))] * 2
    if not is_party:
        return [Cell(Kind.FIGURE, language.say("treaties_not")), Cell(Kind.MISSING, "–")]
    since = row["since"]
    day = language.day(since) if len(since) == _LENGTH_OF_DAY else since
    return [Cell(Kind.FIGURE, language.say("treaties_yes")), Cell(Kind.FIGURE, day)]


def _truth(cell: object) -> bool | None:
    """Return a frame's truth value, None if it is missing."""
    return None if pd.isna(cell) else bool(cell)
