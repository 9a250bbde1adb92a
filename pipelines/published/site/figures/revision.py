"""The figures of one indicator that one release changed or withdrew, as a `FigureView`.

A previous figure is never repeated where the figure is suppressed now, and is `<5` where it was
small: `pipelines.published.series.disclosure` has the rule.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from pipelines.published.charts import revisions
from pipelines.published.charts.caption import Caption
from pipelines.published.charts.revisions import Change
from pipelines.published.i18n.language import Language, spans
from pipelines.published.series import series
from pipelines.published.series.disclosure import SUPPRESSED_TOP, Kind
from pipelines.published.series.series import Point
from pipelines.published.site.figures import time_series
from pipelines.published.site.figures.view import Cell, FigureView, Table
from pipelines.published.site.figures.wording import headlines


@dataclass(frozen=True)
class Revised:
    """The changes that a release made to one indicator.

    Attributes:
        source: id of the source.
        release: the release that made the changes.
        indicator: code of the indicator.
        points: the changed and withdrawn figures of each state.
        frame: the rows that they were read from.
        account: number of headline figures by kind of change.
    """

    source: str
    release: str
    indicator: str
    points: dict[str, list[Point]]
    frame: pd.DataFrame
    account: dict[str, int]


def read_changes(
    frame: pd.DataFrame, account: dict[tuple[str, str, str], dict[str, int]]
) -> list[Revised]:
    """Return the changes by source, release and indicator.

    Args:
        frame: the rows of sql/revised.sql.
        account: number of headline figures by kind of change, of each source, release, indicator.
    """
    return [
        Revised(
            source, release, indicator, _points(rows), rows, account[source, release, indicator]
        )
        for (source, release, indicator), rows in frame.groupby(["source", "release", "indicator"])
    ]


def revision_figure(
    revised: Revised, states: list[str], source: dict[str, Any], language: Language
) -> FigureView:
    """Return the figure of one group of changes.

    Args:
        revised: the changes.
        states: the states in the order of the figure.
        source: the metadata of the source, as in `Site.sources`.
        language: the reader's language.
    """
    changes = [
        _change(area, point, language) for area in states for point in revised.points.get(area, [])
    ]
    points = [change.point for change in changes]
    caption = _caption(revised, points, source, language)
    name, release = language.name("indicator", revised.indicator), language.day(revised.release)
    return FigureView(
        anchor=f"{revised.indicator}-{revised.source}-{revised.release}".lower(),
        headline=caption.headline,
        publisher=source["publisher"],
        subtitle=caption.subtitle,
        figure=revisions.spec(changes, caption, language),
        in_words=_in_words(points, language),
        key=_key(points, language),
        table=_table(
            changes,
            language.say("revisions_table", indicator=name, release=release),
            language,
        ),
        notes=[],
        origin=caption.source,
        source=revised.source,
        indicators=[revised.indicator],
        frame=revised.frame,
    )


def _caption(
    revised: Revised, points: Sequence[Point], source: dict[str, Any], language: Language
) -> Caption:
    name = language.name("indicator", revised.indicator)
    compared = language.say(
        "revisions_subtitle",
        release=language.day(revised.release),
        previous=language.day(points[0].previous_release),
    )
    return Caption(
        headline=language.say(
            "revisions_headline", indicator=name, counts=counted(revised.account, language)
        ),
        subtitle=" · ".join([name, spans(sorted({point.year for point in points})), compared]),
        caveat=language.say("revisions_caveat"),
        source=time_series.origin(source, revised.frame, language),
    )


def counted(account: dict[str, int], language: Language) -> str:
    """Return the number of headline figures by kind of change: `29 figures changed, 31 new`."""
    return ", ".join(
        language.say(
            f"revisions_{change}_{'one' if language.is_one(account[change]) else 'many'}",
            count=language.number(account[change]),
        )
        for change in ("changed", "new", "withdrawn", "equal")
        if change in account
    )


def before_and_after(point: Point, language: Language) -> str:
    """Return the previous and the present figure in words: `36 → withdrawn`."""
    return language.say(
        "revisions_from_to", before=_before(point, language), after=_after(point, language)
    )


def _points(rows: pd.DataFrame) -> dict[str, list[Point]]:
    years = range(int(rows["year"].min()), int(rows["year"].max()) + 1)
    found = {}
    for area, own in rows.groupby("ref_area"):
        (shown,) = series.read_series(own, own["indicator"].unique(), years)
        found[str(area)] = [point for point in shown.points if point.previous_release]
    return found


def _change(area: str, point: Point, language: Language) -> Change:
    heading = language.say("revisions_of", area=language.name("area", area), year=point.year)
    change = before_and_after(point, language)
    return Change(heading, f"{heading}{language.colon}{change}", point)


def _before(point: Point, language: Language) -> str:
    if point.previous is None:
        return language.say("revisions_hidden")
    return point.previous if isinstance(point.previous, str) else language.number(point.previous)


def _after(point: Point, language: Language) -> str:
    if point.kind is Kind.MISSING:
        return language.say("withdrawn")
    return headlines.printed(point, language)


def _in_words(points: Sequence[Point], language: Language) -> str:
    """Return the number of figures that rose, fell or were withdrawn; the rest is suppressed."""
    withdrawn = sum(point.kind is Kind.MISSING for point in points)
    higher = sum(_is_above(_now(point), _earlier(point)) for point in points)
    lower = sum(_is_above(_earlier(point), _now(point)) for point in points)
    return language.say(
        "revisions_alt",
        higher=higher,
        lower=lower,
        few=len(points) - withdrawn - higher - lower,
        withdrawn=withdrawn,
    )


_Bounds = tuple[float, float] | None
"""The least and the greatest number that a figure may be; None if it is unknown."""


def _is_above(one: _Bounds, other: _Bounds) -> bool:
    """Return whether one figure is certainly greater than the other."""
    return one is not None and other is not None and one[0] > other[1]


def _now(point: Point) -> _Bounds:
    if point.kind is Kind.MISSING:
        return None
    return (point.bottom, point.top) if point.value is None else (point.value, point.value)


def _earlier(point: Point) -> _Bounds:
    before = point.previous
    if before is None:
        return None
    return (0, SUPPRESSED_TOP) if isinstance(before, str) else (before, before)


def _key(points: Sequence[Point], language: Language) -> list[tuple[str, str]]:
    used = {
        "before": any(isinstance(point.previous, float) for point in points),
        "after": any(point.kind is Kind.FIGURE for point in points),
        "suppressed": any(
            point.kind is Kind.SUPPRESSED or isinstance(point.previous, str) for point in points
        ),
    }
    return [(mark, language.say(f"revisions_key_{mark}")) for mark, is_in in used.items() if is_in]


def _table(changes: Sequence[Change], caption: str, language: Language) -> Table:
    rows = [
        (
            change.heading,
            [
                Cell(_kind_before(change.point), _before(change.point, language)),
                Cell(
                    change.point.kind,
                    _after(change.point, language),
                    [(language.say(word), None) for word in change.point.reservations],
                ),
            ],
        )
        for change in changes
    ]
    return Table(
        caption=caption,
        row_heading=language.say("revisions_state_year"),
        columns=[language.say("revisions_before"), language.say("revisions_after")],
        rows=rows,
    )


def _kind_before(point: Point) -> Kind:
    return Kind.FIGURE if isinstance(point.previous, float) else Kind.SUPPRESSED
