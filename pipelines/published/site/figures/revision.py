"""The figures that one release changed or withdrew, of one indicator, as a `FigureView`.

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
    """What a release changed of one indicator.

    Attributes:
        source: its id.
        release: the one that made the change.
        indicator: code of the indicator.
        points: the changed and withdrawn figures of each state.
        frame: the rows that they were read from.
        account: how many headline figures there are of each kind of change.
    """

    source: str
    release: str
    indicator: str
    points: dict[str, list[Point]]
    frame: pd.DataFrame
    account: dict[str, int]


def read(frame: pd.DataFrame, account: dict[tuple[str, str, str], dict[str, int]]) -> list[Revised]:
    """Each group of the rows of sql/revised.sql; `account` has the counts of each."""
    return [
        Revised(
            source, release, indicator, _points(rows), rows, account[source, release, indicator]
        )
        for (source, release, indicator), rows in frame.groupby(["source", "release", "indicator"])
    ]


def show(
    revised: Revised, states: list[str], source: dict[str, Any], language: Language
) -> FigureView:
    """The figure of one group; states in that order, `source` as `Site.sources` has it."""
    changes = [
        _change(area, point, language) for area in states for point in revised.points.get(area, [])
    ]
    points = [change.point for change in changes]
    previous = points[0].previous_release
    name = language.name("indicator", revised.indicator)
    period = spans(sorted({point.year for point in points}))
    compared = language.say(
        "revisions_subtitle",
        release=language.day(revised.release),
        previous=language.day(previous),
    )
    caption = Caption(
        headline=language.say(
            "revisions_headline", indicator=name, counts=counted(revised.account, language)
        ),
        subtitle=" · ".join([name, period, compared]),
        caveat=language.say("revisions_caveat"),
        source=time_series.origin(source, revised.frame, language),
    )
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
            language.say("revisions_table", indicator=name, release=language.day(revised.release)),
            language,
        ),
        notes=[],
        origin=caption.source,
        source=revised.source,
        indicators=[revised.indicator],
        frame=revised.frame,
    )


def counted(account: dict[str, int], language: Language) -> str:
    """Count how many headline figures changed in which way: `29 figures changed, 31 new, ...`."""
    return ", ".join(
        language.say(
            f"revisions_{change}_{'one' if language.is_one(account[change]) else 'many'}",
            count=language.number(account[change]),
        )
        for change in ("changed", "new", "withdrawn", "equal")
        if change in account
    )


def before_and_after(point: Point, language: Language) -> str:
    """The figure before, and what became of it."""
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
    said = before_and_after(point, language)
    return Change(heading, f"{heading}{language.colon}{said}", point)


def _before(point: Point, language: Language) -> str:
    if point.previous is None:
        return language.say("revisions_hidden")
    return point.previous if isinstance(point.previous, str) else language.number(point.previous)


def _after(point: Point, language: Language) -> str:
    if point.kind is Kind.MISSING:
        return language.say("withdrawn")
    return headlines.printed(point, language)


def _in_words(points: Sequence[Point], language: Language) -> str:
    """Count the figures that rose and fell, without those that a suppressed one leaves open."""
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
"""The least and the greatest number that a figure may be; None if it is not told."""


def _is_above(one: _Bounds, other: _Bounds) -> bool:
    """Return whether the one figure is the greater, whatever the two may be."""
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
