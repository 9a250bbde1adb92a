"""Rules 1 to 8: what a chart draws, against what the warehouse says."""

import itertools
import re

from drawn import drawn_bars, drawn_figures, edges, lines
from facts import Series
from pages import Chart
from truth import Truth, printed

BREAK_LABELS = {
    "en": "series break", "es": "ruptura de la serie", "pt": "quebra de série",
    "fr": "rupture de série",
}  # fmt: skip
SMALL = "<5|fewer than 5|menos de 5|moins de 5"
UNCERTAIN = {
    "en": "provisional|estimated|doubtful|year inferred",
    "es": "provisional|estimad|dudos|año inferido",
    "pt": "provisóri|estimad|duvidos|ano inferido",
    "fr": "provisoire|estimé|douteu|année déduite",
}  # fmt: skip


def rule_01_a_missing_year_is_a_gap(chart: Chart, truth: Truth) -> list[str]:
    """Never 0, never bridged; and every year of the table is a place on the chart."""
    wrong = []
    for series in drawn(chart, truth):
        missing = _years(chart) - series.of("is_known").keys()
        marked = {**drawn_figures(chart.plot, series.axis), **drawn_bars(chart.plot, series.axis)}
        wrong += [f"{year} has a mark" for year in sorted(missing & marked.keys())]
        for trace in lines(chart.plot, series.axis):
            wrong += [f"a line from {a} to {b}" for a, b in edges(trace) if b - a != 1]
            if "lines" in trace["mode"] and trace.get("connectgaps") is not False:
                wrong.append("gaps are connected")
        for year in sorted(missing):
            text = chart.cells[str(year)][series.column].figure
            wrong += [] if text and not re.search(r"\d", text) else [f"{year} is printed {text!r}"]
    return wrong


def rule_02_a_true_zero_is_a_marker(chart: Chart, truth: Truth) -> list[str]:
    """On the zero line, whole, and a 0 in the table."""
    wrong = []
    for series in drawn(chart, truth):
        for year in [year for year, value in series.exact.items() if value == 0]:
            holders = [
                trace
                for trace in lines(chart.plot, series.axis)
                if "markers" in trace["mode"] and (year, 0) in _marks(trace)
            ]
            wrong += [] if holders else [f"{year}: no marker for the zero"]
            wrong += [f"{year}: cut off by the axis" for trace in holders if trace["cliponaxis"]]
            text = chart.cells[str(year)][series.column].figure.split(" ")[0]
            wrong += [] if text == "0" else [f"{year} is printed {text!r}"]
    return wrong


def rule_03_a_suppressed_figure_is_an_interval(chart: Chart, truth: Truth) -> list[str]:
    """A bar from 0 to 4 and `<5` in the table: no gap, no 0, and no figure of an older release."""
    wrong = []
    for series in drawn(chart, truth):
        bars = drawn_bars(chart.plot, series.axis)
        wanted = {year: (series.facts[year].bottom, top) for year, top in series.hidden.items()}
        wrong += [] if bars == wanted else [f"bars {bars}, not {wanted}"]
        lines_at = drawn_figures(chart.plot, series.axis).keys() & series.hidden.keys()
        wrong += [f"{year} is drawn as a figure" for year in sorted(lines_at)]
        for year in series.hidden:
            cell = chart.cells[str(year)][series.column]
            if (cell.figure, cell.kind) != (series.printed_hidden(year), "suppressed"):
                wrong.append(f"{year} is printed {cell.figure!r}")
            notes = [n for n in chart.notes_of(year, series.column) if re.search(r" \d+\.$", n)]
            wrong += [f"a note undoes the suppression: {note}" for note in notes]
        wrong += _labels_of_bars(chart, series)
    return wrong


def rule_04_a_break_cuts_the_line(chart: Chart, truth: Truth) -> list[str]:
    """No line across; a dotted rule, a label, and a footnote that says what changed."""
    wrong = []
    for series in drawn(chart, truth):
        for year in series.breaks:
            fact = series.facts[year]
            for trace in lines(chart.plot, series.axis):
                wrong += [f"{a}-{b} bridges {year}" for a, b in edges(trace) if a < year <= b]
            wrong += [] if _is_ruled(chart, series, year) else [f"{year}: no dotted rule"]
            notes = _notes_at_label(chart, series, year)
            wrong += [] if notes else [f"{year}: no label with a footnote"]
            if fact.break_reason:
                reason = truth.name("break_reason", fact.break_reason, chart.language)
                wrong += [
                    f"the note does not say {reason!r}" for text in notes if reason not in text
                ]
    return wrong


def rule_05_an_uncertain_figure_is_dashed_and_hollow(chart: Chart, truth: Truth) -> list[str]:
    """A hollow marker, dashes to its neighbours, and the word for it.

    It is provisional, estimated, or of a year that was inferred.
    """
    wrong = []
    for series in drawn(chart, truth):
        for year in series.of("is_uncertain"):
            around = [t for t in lines(chart.plot, series.axis) if year in dict(_marks(t))]
            markers = [t["marker"] for t in around if "markers" in t["mode"]]
            hollow = [m for m in markers if m["color"] == chart.layout["paper_bgcolor"]]
            wrong += [] if markers and hollow == markers else [f"{year}: no hollow marker"]
            joined = [t for t in around if any(year in edge for edge in edges(t))]
            wrong += [f"{year}: solid line" for t in joined if t["line"].get("dash") != "dash"]
            text = chart.cells[str(year)][series.column].remarks
            word = r"\b[peiu]\d*\b" if chart.panel else UNCERTAIN[chart.language]
            if not re.search(word, text, re.IGNORECASE):
                wrong.append(f"{year}: the table does not say that it is uncertain")
    return wrong


def rule_06_a_revision_is_noted(chart: Chart, truth: Truth) -> list[str]:
    """A footnote with the figure before and its release; but none that undoes a suppression.

    Of parts, none of a year is repeated of which one is suppressed now or was small: the others
    would tell it.
    """
    wrong = []
    protected = _protected_years(chart, truth)
    for series in truth.series(chart):
        for year, fact in series.of("previous_release").items():
            if chart.anchor.startswith("sides-") and str(year) not in chart.cells:
                continue  # withdrawn: no longer of the years that several sources have
            day = truth.day(fact.previous_release, chart.language)
            notes = [n for n in chart.notes_of(year, series.column) if day in n]
            text = " ".join(note.removeprefix(str(year)).replace(day, "") for note in notes)
            if chart.panel and re.search(r"\b[rw]\d*\b", chart.cells[str(year)][0].remarks):
                continue  # a small panel has a letter for it, and room for no more
            wrong += [] if notes else [f"{year}: no note of the release of {day}"]
            if year in protected:
                repeated = [note for note in notes if re.search(r"\d\.$", note)]
                wrong += [f"{year}: a note tells what is suppressed: {note}" for note in repeated]
            elif fact.top is None and not re.search(rf"(?<!\d)({_before(fact)})(?!\d)", text):
                wrong.append(f"{year}: no figure before")
    return wrong


def _protected_years(chart: Chart, truth: Truth) -> set[int]:
    """The years of parts of which one is suppressed now, or was small before it was revised."""
    if "-by-" not in chart.anchor:
        return set()
    return {
        year
        for series in truth.series(chart)
        for year, fact in series.facts.items()
        if fact.top is not None
        or (fact.previous_release and (fact.previous is None or fact.previous <= 4))
    }


def rule_07_axes_start_at_zero(chart: Chart, truth: Truth) -> list[str]:
    """Each holds its marks and has its panel to itself: no second axis, no logarithm."""
    is_lying = chart.layout.get("yaxis", {}).get("visible") is False or any(
        trace.get("orientation") == "h" for trace in chart.traces
    )
    across = "x" if is_lying else "y"
    axes = {name: axis for name, axis in chart.layout.items() if name.startswith(f"{across}axis")}
    if not chart.is_drawn or any(trace["type"] == "heatmap" for trace in chart.traces):
        return []
    wrong = []
    for name, axis in axes.items():
        least, greatest = axis["range"]
        tops = _tops(chart, name.replace("axis", ""))
        if least != 0 or greatest < max(tops, default=0) or axis.get("type") == "log":
            wrong.append(f"{name} goes from {least} to {greatest}")
        if "overlaying" in axis or axis.get("side") in ("right", "top"):
            wrong.append(f"{name} is a second axis")
    places = sorted(_place(chart, axis) for axis in axes.values())
    return wrong + [
        f"panels overlap: {one} and {other}"
        for one, other in itertools.combinations(places, 2)
        if all(a[0] < b[1] and b[0] < a[1] for a, b in zip(one, other, strict=True))
    ]


def rule_08_counts_and_rates_are_apart(chart: Chart, truth: Truth) -> list[str]:
    """One measure a panel; a rate with its interval, and none of a suppressed count."""
    wrong = []
    for series in truth.series(chart):
        drawn_here = drawn_figures(chart.plot, series.axis).values()
        if truth.measure(series) == "NUMBER" and any(figure % 1 for figure in drawn_here):
            wrong.append(f"{series.axis}: parts of persons")
        known = {year: fact.interval for year, fact in series.facts.items() if fact.interval}
        if not series.is_rate or (series.exact and not known):
            continue
        found = _intervals(chart)
        wrong += [
            f"{year}: {found.get(year)} is not {interval}"
            for year, interval in known.items()
            if chart.is_drawn and not _is_near(found.get(year), interval)
        ]
        drawn_years = {int(y) for y, cells in chart.cells.items() if cells[0].kind == "figure"}
        wrong += [
            f"{year}: a rate of no published count" for year in sorted(drawn_years - known.keys())
        ]
        people = truth.publisher_of_population[chart.language]
        wrong += [] if people in chart.origin else [f"no denominator: {people}"]
    return wrong


def _intervals(chart: Chart) -> dict[int, tuple[float, float]]:
    """By year, from where to where the interval on a marker goes."""
    return {
        x: (y - below, y + above)
        for trace in chart.traces
        if "error_y" in trace
        for x, y, below, above in zip(
            trace["x"], trace["y"], trace["error_y"]["arrayminus"], trace["error_y"]["array"],
            strict=True,
        )
        if y is not None and above is not None
    }  # fmt: skip


def _is_near(found: tuple[float, float] | None, wanted: tuple[float, float]) -> bool:
    """Within what rounding the rate moves its interval."""
    return found is not None and all(
        abs(a - b) <= 0.006 + 0.01 * b for a, b in zip(found, wanted, strict=True)
    )


def drawn(chart: Chart, truth: Truth) -> list[Series]:
    """Return the series that the chart must draw; none where there is only a table."""
    return [series for series in truth.series(chart) if series.axis] if chart.is_drawn else []


def _years(chart: Chart) -> set[int]:
    return {int(heading) for heading in chart.cells}


def _marks(trace: dict) -> list[tuple[int, float]]:
    return [(x, y) for x, y in zip(trace["x"], trace["y"], strict=True) if y is not None]


def _before(fact) -> str:
    """Return how a note prints the figure before; a small one is not repeated."""
    if fact.previous is None:
        return SMALL if fact.previous_raw == "<5" else fact.previous_raw
    return SMALL if fact.previous <= 4 else printed(fact.previous)


def _labels_of_bars(chart: Chart, series: Series) -> list[str]:
    return [
        f"the bar of {year} says {label!r}"
        for trace in chart.traces
        if trace["type"] == "bar" and trace["yaxis"] == series.axis and not chart.panel
        for year, label in zip(trace["x"], trace["text"], strict=True)
        if label != _label(series, year)
    ]


def _label(series: Series, year: int) -> str:
    """Return the label of a bar: none for a figure between two bounds, which would not fit."""
    is_sum = year in series.facts and series.facts[year].bottom
    return "" if is_sum else f"&lt;{series.hidden.get(year, -2) + 1}"


def _is_ruled(chart: Chart, series: Series, year: int) -> bool:
    return any(
        shape["x0"] == shape["x1"] == year - 0.5
        and shape["yref"] == f"{series.axis} domain"
        and shape["line"]["dash"] == "dot"
        for shape in chart.layout["shapes"]
    )


def _notes_at_label(chart: Chart, series: Series, year: int) -> list[str]:
    """The footnotes to which the labels of a break lead."""
    labels = [
        re.fullmatch(_label_of_a_break(chart), each["text"])
        for each in chart.layout["annotations"]
        if each["x"] == year - 0.5 and each["yref"] == f"{_labelled(chart, series)} domain"
    ]
    return [chart.notes[int(found[1]) - 1] for found in labels if found]


def _labelled(chart: Chart, series: Series) -> str:
    """The panel with the label; parts of one count break together, and have one on top."""
    return "y" if "-by-" in chart.anchor else series.axis


def _label_of_a_break(chart: Chart) -> str:
    """Words and the number of the footnote; a small panel has room for the number alone."""
    return r"(\d+)" if chart.panel else rf"{BREAK_LABELS[chart.language]} <sup>(\d+)</sup>"


def _tops(chart: Chart, axis: str) -> list[float]:
    """The ends of all marks in a panel, intervals included."""
    tops: list[float] = []
    for trace in chart.traces:
        if trace.get(f"{axis[0]}axis", axis[0]) == axis:
            reach = trace.get("error_y", {}).get("array") or [0] * len(trace["x"])
            ends = zip(trace[axis[0]], reach, strict=True)
            tops += [end + (above or 0) for end, above in ends if end is not None]
    return tops


def _place(chart: Chart, axis: dict) -> tuple[list[float], list[float]]:
    """Return the place of a panel: from left to right, from bottom to top."""
    across = chart.layout.get("xaxis" + axis.get("anchor", "x").replace("free", "x")[1:], {})
    return across.get("domain", [0, 1]), axis.get("domain", [0, 1])
