"""Lines over the years: the series to cite, what contradicts it, and what is newer.

The figures are those of `published.point`, which decides what is drawn. A line ends at a missing
year and at a break. A suppressed figure is an outlined bar over all that it may be; no line leads
to it. A doubted figure, and a newer one that is not yet to be cited, are hollow; a lone year, which
the usual level leaves out, is a cross.
"""

import math
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, Final, NamedTuple

import duckdb

from pipelines.published.charts import labels
from pipelines.published.charts.drawing import PALETTE, TEMPLATE, Chart, Sheet
from pipelines.published.charts.table import Cell, Table, printed
from pipelines.warehouse.rows import rows_by
from pipelines.words.disclosure import SUPPRESSED_TOP, Kind, bounds
from pipelines.words.language import Language
from pipelines.words.years import printed_year

Row = Mapping[str, Any]
"""A row of `published.point`."""

_HOLLOW: Final = ("DOUBTED", "NEWER")
_BESIDE_SERIES: Final = {
    "NEWEST": "chart_newest",
    "BESIDE": "chart_beside",
    "DOUBTED": "chart_doubted",
    "OTHER": "chart_other",
    "NEWER": "chart_newer",
}
"""Texts of what is drawn of `published.point` beside the series."""
_LEAST_TOP: Final = 18
"""The least top of an axis of counts: so that the bar of `<5` is no tower."""
_MOST_TICKS: Final = {"CY": 9}
"""Years that are written under an axis; other years than calendar years have longer names."""
_MOST_LONG_TICKS: Final = 6
_CLOSE: Final = 0.09
"""Share of the axis within which the ends of two lines would cover each other's names."""
_HEIGHT: Final = 260
"""Pixels of a chart, with its margins."""
_ROOM_FOR_NAME: Final = 0.4
"""Share of the axis behind a last figure in which its number and name have room."""
_MOST_LABELS: Final = 1
"""How many of the figures that contradict a series are written out: the newest."""
_BEYOND: Final = 1.16
"""Top of the axis of counts, in parts of the highest mark: so that its number has room."""
_SLANTS: Final = 14
"""Slanting lines, one above the other, over a year without a figure."""


class Line(NamedTuple):
    """A series with a name, its look, and the rows of `published.point`."""

    name: str
    rows: Sequence[Row]
    colour: str = "accent"
    symbol: str = "circle"


def read_lines(connection: duckdb.DuckDBPyConnection) -> Mapping[tuple[str, str], Sequence[Row]]:
    """Return the rows of `published.point` by state and indicator, in the order of the years."""
    sql = "from published.point order by ref_area, indicator, year, drawn_as, source, remark"
    return rows_by(connection, sql, "ref_area", "indicator")


def over_years(
    lines: Sequence[Line],
    sources: Mapping[str, str],
    language: Language,
    *,
    caption: str,
    until: int = 0,
) -> Chart:
    """Return the chart of one or two series over the years.

    Args:
        lines: the series; several are named at their ends, a single one is not.
        sources: short names of the sources, by id.
        language: the reader's.
        caption: what the table shows.
        until: the last year of the axis, if that is later than the last figure: so that years
            without any figure are in sight.
    """
    sheet = Sheet(language)
    rows = [row for line in lines for row in line.rows]
    top = max(_LEAST_TOP, *(_most(row) for row in rows))
    ends = [_most(_last(line.rows)) for line in lines]
    is_close = max(ends) - min(ends) < _CLOSE * top
    years = [row["year"] for row in rows] + ([until] if until else [])
    span = (min(years) - 0.6, max(years) + 0.6)
    right = 60 if len(lines) == 1 else 122
    above_axis = 12 if max(ends) < _CLOSE * top else 0  # else the lower name covers a year
    written: list[labels.Label] = []
    for at, line in enumerate(lines):
        shift = 0
        if is_close and len(lines) > 1:
            shift = above_axis + (8 if at == ends.index(max(ends)) else -8)
        is_alone = len(lines) == 1
        written += _draw(sheet, line, language, is_alone=is_alone, span=span, right=right)
        written += _label(sheet, line, language, is_alone=is_alone, shift=shift, span=span)
    margin = TEMPLATE["layout"]["margin"] | {"r": right}
    if sheet.shapes:  # the reasons of breaks are above
        margin["t"] = 52
    high = _HEIGHT - margin["t"] - margin["b"]
    frame = labels.Frame(*span, _BEYOND * top, high, margin["l"], right)
    labels.put(sheet, written, frame)
    sheet.layout |= {
        "height": _HEIGHT,
        "margin": {"r": right, "t": margin["t"]},
        "yaxis": {"range": [0, _BEYOND * top]},
        "xaxis": {"range": [*span], "tickangle": 0} | _ticks(rows, min(years), max(years)),
    }
    key = _key(lines, language, has_break=bool(sheet.shapes))
    if apart := sorted({sources[row["source"]] for line in lines for row in _apart(line)}):
        key.insert(0, ("▲", ", ".join(apart)))
    if until > (last := max(row["year"] for row in rows)) + 1:
        _hatch(sheet, range(last + 1, until + 1))
        key.append(("▨", language.say("chart_no_figure")))
    return Chart(sheet.figure(), _table(lines, sources, language, caption), key, native="line")


def _ticks(rows: Iterable[Row], first: int, last: int) -> dict[str, Any]:
    """Return the years that are written under the axis, the last one among them."""
    bases = {row["year"]: row["time_basis"] for row in rows if row["drawn_as"] == "SERIES"}
    any_basis = next(iter(bases.values()), "CY")
    most = _MOST_TICKS.get(any_basis, _MOST_LONG_TICKS)
    step = -(-(last - first + 1) // most)
    ticks = [*range(last, first - 1, -step)][::-1]
    texts = [printed_year(year, bases.get(year, any_basis)) for year in ticks]
    return {"tickvals": ticks, "ticktext": texts}


def _hatch(sheet: Sheet, years: Iterable[int]) -> None:
    """Draw slanting lines over years without a figure, as high as the chart: no mark is such."""
    steps = [step / _SLANTS for step in range(_SLANTS)]
    strokes = [
        f"M{year - 0.5},{step}L{year + 0.5},{step + 1 / _SLANTS}"
        for year in years
        for step in steps
    ]
    sheet.shape(
        type="path", path="".join(strokes), yref="y domain", layer="below",
        line={"color": PALETTE["band"], "width": 1},
    )  # fmt: skip


def _last(rows: Sequence[Row]) -> Row:
    """Return the newest figure, of those that are not hollow if there are any."""
    sure = [row for row in rows if row["drawn_as"] not in _HOLLOW] or rows
    return max(sure, key=lambda row: row["year"])


def _most(row: Row) -> float:
    """Return the top of a mark."""
    if row["value"] is not None:
        return float(row["value"])
    bottom, top = bounds(row["lower"], row["upper"])
    return top if top < math.inf else bottom


def _draw(
    sheet: Sheet,
    line: Line,
    language: Language,
    *,
    is_alone: bool,
    span: tuple[float, float],
    right: int,
) -> Iterator[labels.Label]:
    """Draw a series: its runs, marks and bars, then what stands beside it; yield numbers.

    Args:
        sheet: what it is drawn on.
        line: the series.
        language: the reader's.
        is_alone: whether it is the only one, of which lone years are marked.
        span: both ends of the axis of years.
        right: pixels of the margin behind that axis.
    """
    own, alike, apart, beside = _split(line)
    last_break = max((row["year"] for row in own if row["is_break"]), default=0)
    for run in _runs([*own, *alike]):
        tint = PALETTE["earlier" if run[-1]["year"] < last_break else line.colour]
        for before, after in pairwise(run):
            is_sure = not {before["drawn_as"], after["drawn_as"]} & {*_HOLLOW}
            sheet.scatter(
                x=[before["year"], after["year"]],
                y=[before["value"], after["value"]],
                mode="lines",
                hoverinfo="skip",
                line={"color": tint, "width": 2.4, "dash": "solid" if is_sure else "dot"},
            )
        sheet.scatter(
            x=[row["year"] for row in run],
            y=[row["value"] for row in run],
            mode="markers",
            text=[_hover(line, row, language) for row in run],
            hovertemplate="%{text}<extra></extra>",
            marker={
                "color": [PALETTE["paper"] if row["drawn_as"] in _HOLLOW else tint for row in run],
                "size": 8,
                "symbol": ["x-thin" if is_alone and row["is_lone"] else line.symbol for row in run],
                "line": {"color": tint, "width": 2},
            },
        )
    for row in own:
        if row["value"] is None:
            _bar_of_suppressed(sheet, line, row, language)
        if row["is_break"] and row["year"] > own[0]["year"]:
            _break(sheet, row, language, span, right)
    for row in apart:
        if row["value"] is None:
            _bar_of_suppressed(sheet, line, row, language)
        else:
            hover, is_hollow = _hover(line, row, language), row["drawn_as"] in _HOLLOW
            _mark(sheet, row, hover, "triangle-up", line.colour, is_hollow=is_hollow, size=11)
    yield from _beside(sheet, line, beside, language)


def _split(line: Line) -> tuple[list[Row], list[Row], list[Row], list[Row]]:
    """Return the figures of the series, newer ones, those of other sources, other measures."""
    apart = _apart(line)
    rest = [row for row in line.rows if row not in apart]
    newer = [row for row in rest if row["drawn_as"] in ("NEWEST", "NEWER")]
    return (
        [row for row in rest if row["drawn_as"] in ("SERIES", "DOUBTED")],
        [row for row in newer if row["of_indicator"] == row["indicator"]],
        apart,
        [row for row in newer if row["of_indicator"] != row["indicator"]],
    )


def _apart(line: Line) -> list[Row]:
    """Return the figures of the same measure from another source than the series: no line."""
    of_series = {row["source"] for row in line.rows if row["drawn_as"] == "SERIES"}
    return [
        row
        for row in line.rows
        if row["drawn_as"] in ("NEWEST", "BESIDE", "DOUBTED")
        and row["of_indicator"] == row["indicator"]
        and row["source"] not in of_series
    ]


def _mark(
    sheet: Sheet, row: Row, hover: str, symbol: str, colour: str, *, is_hollow: bool, size: int = 9
) -> None:
    """Draw a figure that belongs to no line, hollow if it is not to be cited."""
    sheet.scatter(
        x=[row["year"]],
        y=[row["value"]],
        mode="markers",
        text=[hover],
        hovertemplate="%{text}<extra></extra>",
        marker={
            "color": PALETTE["paper" if is_hollow else colour],
            "size": size,
            "symbol": symbol,
            "line": {"color": PALETTE[colour], "width": 2},
        },
    )


def _runs(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """Yield the figures of consecutive years without a break or a suppressed one between."""
    run: list[Row] = []
    for row in sorted(rows, key=lambda row: row["year"]):
        if run and (row["year"] != run[-1]["year"] + 1 or row["is_break"]):
            yield run
            run = []
        if row["value"] is None:
            if run:
                yield run
            run = []
        else:
            run.append(row)
    if run:
        yield run


def _bar_of_suppressed(sheet: Sheet, line: Line, row: Row, language: Language) -> None:
    """Draw a bar from the least to the most that a suppressed figure may be; open ones a mark."""
    bottom, top = bounds(row["lower"], row["upper"])
    top = top if top < math.inf else bottom + SUPPRESSED_TOP
    sheet.bar(
        x=[row["year"]],
        y=[top - bottom],
        base=[bottom],
        width=0.5,
        text=[_hover(line, row, language)],
        textposition="none",
        hovertemplate="%{text}<extra></extra>",
        marker={
            "color": PALETTE["paper"],
            "line": {"color": PALETTE[line.colour], "width": 1.5},
        },
    )


def _break(
    sheet: Sheet, row: Row, language: Language, span: tuple[float, float], right: int
) -> None:
    """Draw a dotted line before the year of a break, with its short reason above the chart.

    The reason is on the side with more room, in lines that fit there on the narrowest screen.
    """
    at = (row["break_year"] or row["year"]) - 0.5
    line = {"color": PALETTE["warm"], "width": 1.5, "dash": "dot"}
    sheet.shape(type="line", x0=at, x1=at, y0=0, y1=1, yref="y domain", line=line)
    left = TEMPLATE["layout"]["margin"]["l"]
    before = left + (labels.NARROWEST - left - right) * (at - span[0]) / (span[1] - span[0])
    is_left = before < labels.NARROWEST / 2
    reason = language.words.get(f"break_short_{row['break_reason'] or ''}")
    folded = textwrap.wrap(
        reason or language.say("break_mark"),
        int(max(before, labels.NARROWEST - before) / labels.LETTER),
        break_long_words=False,
        break_on_hyphens=False,
    )
    sheet.text(
        at,
        1,
        "<br>".join(folded),
        "warm",
        yref="y domain",
        yanchor="bottom",
        xanchor="left" if is_left else "right",
        align="left" if is_left else "right",
        xshift=-2 if is_left else 2,
    )


def _beside(
    sheet: Sheet, line: Line, newer: Sequence[Row], language: Language
) -> Iterator[labels.Label]:
    """Draw squares for other figures of the same years, diamonds for newer ones that count else.

    A square is hollow where it cannot be told which of the two figures is right. Yield the numbers
    to be written out.
    """
    others = [row for row in line.rows if row["drawn_as"] == "OTHER"]
    written = [*others[-_MOST_LABELS:], *newer]
    for row in [*others, *newer]:
        is_hollow = row["drawn_as"] == "NEWER" or row["preference"] == "UNTOLD"
        symbol = "diamond" if row in newer else "square"
        _mark(sheet, row, _hover(line, row, language), symbol, "warm", is_hollow=is_hollow)
        if row in written:
            figure = printed(row, language)
            yield labels.Label(
                row["year"], row["value"], figure, "warm", labels.RIGHT, is_bold=False
            )


def _label(
    sheet: Sheet,
    line: Line,
    language: Language,
    *,
    is_alone: bool,
    shift: int,
    span: tuple[float, float],
) -> Iterator[labels.Label]:
    """Yield the last figure, and the highest one too; of two series write the last with its name.

    Args:
        sheet: what it is drawn on.
        line: the series.
        language: the reader's.
        is_alone: whether it is the only one, which is not named at its end.
        shift: pixels by which the name at its end is higher than the mark.
        span: both ends of the axis of years.
    """
    own, alike, apart, _ = _split(line)
    rows = [*own, *alike, *apart]
    last = _last(rows)
    later = min((row["year"] for row in rows if row["year"] > last["year"]), default=math.inf)
    is_inside = later - last["year"] < _ROOM_FOR_NAME * (span[1] - span[0])
    figure = printed(last, language)
    if not is_alone:
        place = {"xanchor": "left", "xshift": 9, "yshift": shift}
        if is_inside:
            place = {"yanchor": "bottom", "yshift": 6}
        text = f"<b>{figure}</b> {line.name}"
        sheet.text(last["year"], _most(last), text, line.colour, **place)
        return
    usual = labels.ABOVE if is_inside else labels.RIGHT
    yield labels.Label(last["year"], _most(last), figure, line.colour, usual)
    known = [row for row in rows if row["drawn_as"] not in _HOLLOW and row["value"] is not None]
    highest = max(known, key=lambda row: row["value"], default=last)
    if highest["value"] != last["value"]:
        figure = printed(highest, language)
        yield labels.Label(highest["year"], highest["value"], figure, line.colour, labels.ABOVE)


def _hover(line: Line, row: Row, language: Language) -> str:
    """Return the text at a mark: what is counted, the year, the figure."""
    year = printed_year(row["year"], row["time_basis"])
    name = line.name
    if row["of_indicator"] != row["indicator"]:
        name = language.name("indicator", row["of_indicator"])
    return f"{name}, {year}{language.colon}{printed(row, language)}"


def _key(lines: Sequence[Line], language: Language, *, has_break: bool) -> list[tuple[str, str]]:
    """Return the meaning of the marks that the lines have; a doubted bar is a bar like others."""
    rows = [row for line in lines for row in line.rows]
    roles = {row["drawn_as"] for row in rows if row["value"] is not None}
    hollow = "hollow" if roles >= {*_HOLLOW} else "doubted" if "DOUBTED" in roles else "newer"
    others = [row for row in rows if row["drawn_as"] == "OTHER"]
    measures = {row["drawn_as"] for row in rows if row["of_indicator"] != row["indicator"]}
    marks = {
        ("○", f"chart_key_{hollow}"): bool(roles & {*_HOLLOW}),
        ("×", "chart_key_lone"): len(lines) == 1 and any(row["is_lone"] for row in rows),
        ("■", "chart_key_other"): any(row["preference"] != "UNTOLD" for row in others),
        ("□", "chart_key_untold"): any(row["preference"] == "UNTOLD" for row in others),
        ("◆", "chart_key_measure"): "NEWEST" in measures,
        ("◇", "chart_key_measure"): "NEWER" in measures,
        ("▯", "chart_key_suppressed"): any(row["value"] is None for row in rows),
        ("┊", "chart_key_break"): has_break,
    }
    return [(mark, language.say(text)) for (mark, text), is_there in marks.items() if is_there]


def _table(
    lines: Sequence[Line], sources: Mapping[str, str], language: Language, caption: str
) -> Table:
    """Return a row per figure of a single series, or per year of several."""
    if len(lines) == 1:
        return Table(
            caption,
            language.say("year"),
            [language.say("chart_figure"), language.say("chart_source")],
            [
                (
                    printed_year(row["year"], row["time_basis"]),
                    [_cell(row, language), Cell(_named(row, sources, language))],
                )
                for row in lines[0].rows
            ],
        )
    known: list[dict[tuple[int, str], Row]] = []
    for line in lines:
        apart = _apart(line)
        known.append({
            (row["year"], row["source"] if row in apart else ""): row for row in line.rows
        })  # fmt: skip
    bases = {at: row["time_basis"] for rows in known for at, row in rows.items()}
    return Table(
        caption,
        language.say("year"),
        [line.name for line in lines],
        [
            (
                printed_year(year, bases[year, source]),
                [_cell(rows.get((year, source)), language, sources.get(source)) for rows in known],
            )
            for year, source in sorted(bases)
        ],
    )


def _named(row: Row, sources: Mapping[str, str], language: Language) -> str:
    """Return the source of a figure, and what it counts where that is something else."""
    name = sources[row["source"]]
    if row["of_indicator"] == row["indicator"]:
        return name
    return f"{name}, {language.name('indicator', row['of_indicator'])}"


def _cell(row: Row | None, language: Language, source: str | None = None) -> Cell:
    """Return a figure, with its source, or what it is drawn as, if it is not the series'."""
    if row is None:
        return Cell("–", Kind.MISSING)
    remarks = [language.say("break_mark")] if row["is_break"] else []
    if row["is_lone"]:
        remarks.append(language.say("chart_key_lone"))
    if row["drawn_as"] != "SERIES":
        remarks.append(source or language.say(_BESIDE_SERIES[row["drawn_as"]]))
    kind = Kind.SUPPRESSED if row["value"] is None else Kind.FIGURE
    role = "ASIDE" if row["drawn_as"] != "SERIES" else "BREAK" if row["is_break"] else ""
    return Cell(printed(row, language), kind, remarks, row["value"], role)
