"""Persons by citizenship in the newest year: one state, one source, a row per citizenship.

The table beside the chart has earlier years: a source may name a hundred citizenships, each in a
few years.
"""

import unicodedata
from collections.abc import Sequence
from typing import Any, Final

import pandas as pd

from pipelines.published.charts import marks, panels_by_part, theme
from pipelines.published.charts.caption import Caption, Figure
from pipelines.published.i18n.language import Language
from pipelines.published.series.disclosure import Kind, below
from pipelines.published.series.series import Point, Series

MOST: Final = 24
"""Rows that a reader can take in; the table beside the chart has every citizenship."""
_ROW: Final = 40
_LEFT: Final = 12
"""Pixels left of the zero line: half of its label, and half of a marker."""
_FIRST: Final = ("NAT", "FOR")
_LAST: Final = ("XXA", "_O", "_X", "_U")


def spec(frame: pd.DataFrame, years: range, caption: Caption, language: Language) -> Figure:
    """Return the chart as a Plotly figure.

    Args:
        frame: rows of one state, source and indicator: the columns of `published.headline`, `rule`
            where figures are withheld, and `part`: codes of citizenships.
        years: the chart shows the newest of them with a figure.
        caption: the texts on the chart.
        language: the reader's.
    """
    rows = drawn(in_order(panels_by_part.read_parts(frame, years), language))
    greatest = max((point.most for _, point in rows), default=0)
    layout = theme.layout(
        caption, language, _ROW * len(rows), theme.side_room([greatest], language)
    )
    layout["margin"] |= {"l": _LEFT}
    return theme.figure(
        [trace for trace in (_exact(rows, language), _suppressed(rows, language)) if trace["y"]],
        layout,
        xaxis=theme.scale(greatest, lines=3),
        yaxis={"range": [0.35 - len(rows), 0.75], "visible": False, "fixedrange": True},
        shapes=[],
        annotations=[
            *(_name(name(code, language), -at) for at, (code, _) in enumerate(rows)),
            theme.foot(caption, _LEFT),
        ],
    )


def name(part: str, language: Language) -> str:
    """Return the name of a citizenship: that of the country, or of a group."""
    codelist = "citizenship" if part in language.names["citizenship"] else "area"
    return language.name(codelist, part)


def in_order(parts: Sequence[Series], language: Language) -> list[Series]:
    """Sort parts: nationals, foreigners, countries in the language's alphabet, rest, unknown."""

    def place(part: Series) -> tuple[int, int, str]:
        code = part.indicator
        for group, codes in ((0, _FIRST), (2, _LAST)):
            if code in codes:
                return group, codes.index(code), ""
        return 1, 0, _plain(name(code, language))

    return sorted(parts, key=place)


def drawn(parts: Sequence[Series]) -> list[tuple[str, Point]]:
    """Return the figures of the newest year in the chart, in the order of the parts.

    If there is no room for all, the smallest are left out.
    """
    rows = [row for row in panels_by_part.newest_year(parts) if row[1].is_known]
    by_size = sorted(rows, key=lambda row: -1 if row[1].value is None else row[1].value)
    kept = {code for code, _ in by_size[-MOST:]}
    return [row for row in rows if row[0] in kept]


def _exact(rows: list[tuple[str, Point]], language: Language) -> dict[str, Any]:
    """Return a marker at each exact figure, on a stem from zero; hollow if it is uncertain."""
    at = [place for place, (_, point) in enumerate(rows) if point.kind is Kind.FIGURE]
    points = [rows[place][1] for place in at]
    values = [point.value or 0 for point in points]
    return {
        "type": "scatter",
        "mode": "markers+text",
        "meta": "observed",
        "x": values,
        "y": [-place for place in at],
        "yaxis": "y",
        "cliponaxis": False,
        "error_x": {
            "type": "data",
            "symmetric": False,
            "array": [0] * len(at),
            "arrayminus": values,
            "thickness": 2.5,
            "width": 0,
            "color": theme.LINE,
        },
        "marker": {
            "color": [theme.PAPER if point.is_uncertain else theme.LINE for point in points],
            "size": 8,
            "line": {"color": theme.LINE, "width": 2},
        },
        "text": [f"<b>{language.number(value)}</b>" for value in values],
        "textposition": "middle right",
        "textfont": {"size": 13, "color": theme.LINE},
        **_hover([rows[place] for place in at], language),
    }


def _suppressed(rows: list[tuple[str, Point]], language: Language) -> dict[str, Any]:
    """Return a pale bar from 0 to the greatest number that a suppressed figure may be."""
    at = [place for place, (_, point) in enumerate(rows) if point.kind is Kind.SUPPRESSED]
    tops = [rows[place][1].top for place in at]
    return {
        "type": "bar",
        "orientation": "h",
        "meta": "suppressed",
        "x": tops,
        "y": [-place for place in at],
        "yaxis": "y",
        "base": 0,
        "width": 0.3,
        "cliponaxis": False,
        "marker": {
            "color": theme.SUPPRESSED_FILL,
            "line": {"color": theme.SUPPRESSED, "width": 2},
        },
        "text": [theme.safe(below(top)) for top in tops],
        "textposition": "outside",
        "constraintext": "none",
        "textfont": {"size": 12, "color": theme.SUPPRESSED},
        **_hover([rows[place] for place in at], language),
    }


def _hover(rows: list[tuple[str, Point]], language: Language) -> dict[str, Any]:
    texts = [
        f"{theme.safe(theme.short(name(code, language)))}<br>{marks.hover_text(point, language)}"
        for code, point in rows
    ]
    return {"hoverinfo": "text", "hovertext": texts}


def _name(text: str, place: int) -> dict[str, Any]:
    return {
        "name": "row",
        "text": theme.safe(theme.short(text)),
        "font": {"size": 13, "color": theme.INK},
        "showarrow": False,
        "xref": "paper",
        "x": 0,
        "xanchor": "left",
        "xshift": 4,
        "yref": "y",
        "y": place,
        "yanchor": "bottom",
        "yshift": 5,
    }


def _plain(text: str) -> str:
    """Strip accents and capitals, for alphabetical order."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign)).casefold()
