"""Detected victims per 100,000 residents, and rates that sources print.

Of the sources that count detected victims, only the one to cite has a figure here; `published.rate`
has the rates of all of them.
"""

from dataclasses import replace
from typing import Any, Final

import duckdb
import pandas as pd

from pipelines.published.charts import rates
from pipelines.published.charts.caption import Caption
from pipelines.published.i18n.language import Language
from pipelines.published.series.disclosure import Kind
from pipelines.published.series.series import Point, Series, notes, read_series
from pipelines.published.site.figures import citation, context
from pipelines.published.site.figures.time_series import denominator, key, origin
from pipelines.published.site.figures.view import Cell, FigureView, Table
from pipelines.published.site.figures.wording import headlines

CODE: Final = "rates"
_COUNTED: Final = "VIC_DETECT"
"""The indicator that is divided by the population."""
_LEAST: Final = 3
"""Years with a rate that a chart needs; with fewer, there is only a table."""
_DIGITS: Final = 3
"""Significant digits of a limit, and of a printed rate in a sentence, as of a calculated rate."""
_SMALLEST: Final = 0.0001
"""The smallest limit that is printed as a number: one in a thousand million residents."""


def read(connection: duckdb.DuckDBPyConnection) -> dict[str, list[pd.DataFrame]]:
    """Return the rows of sql/rate.sql for each figure, by state.

    A state has a figure for the source whose count of victims is to be cited, and one for each
    source that prints a rate.
    """
    rows = context.query(connection, "rate")
    citations = citation.read_citations(context.query(connection, "cited"))
    return {
        str(area): _chosen(own, citations.get((str(area), _COUNTED)))
        for area, own in rows.groupby("ref_area")
    }


def figures(
    site: context.Site, area: str, facts: list[pd.DataFrame] | None, language: Language
) -> list[FigureView]:
    """Return a figure per source of a rate."""
    name = language.name("area", area)
    return [_show(own, name, site, language) for own in facts or []]


def _chosen(rows: pd.DataFrame, cited: citation.Cited | None) -> list[pd.DataFrame]:
    groups = dict(list(rows.groupby(["indicator", "source", "time_basis"])))
    key = (_COUNTED, cited.source, cited.basis) if cited else None
    calculated = [own for each, own in groups.items() if each == key]
    return calculated + [own for (indicator, *_), own in groups.items() if indicator != _COUNTED]


def _show(frame: pd.DataFrame, area: str, site: context.Site, language: Language) -> FigureView:
    source = site.sources[frame["source"].iloc[0]]
    indicator = frame["indicator"].iloc[0]
    years = range(int(frame["year"].min()), int(frame["year"].max()) + 1)
    (series,) = read_series(frame, [indicator], years)
    rows = {int(row["year"]): row for row in frame.to_dict("records")}
    is_ours = bool(frame["population"].notna().any())
    if is_ours:
        language = headlines.of_rates(language)
    caption = Caption(
        headline=_headline(series, rows[int(frame["year"].max())], area, language),
        subtitle=_subtitle(series, is_ours, area, years, language),
        caveat=language.say("caveat_rate" if is_ours else "caveat_other"),
        source=_origin(source, frame, site, language),
    )
    drawn = len(series.of(Kind.FIGURE)) >= _LEAST
    named = headlines.within(language.name("indicator", indicator))
    return FigureView(
        anchor=_anchor(frame),
        headline=caption.headline,
        publisher=source["publisher"],
        subtitle=caption.subtitle,
        figure=rates.spec(frame, years, caption, language) if drawn else None,
        in_words=headlines.trend_in_words(_shortened(series), years, language),
        key=key([series], language) + _interval_key(is_ours, language),
        table=Table(
            caption=language.say("rate_table", area=area, indicator=named),
            row_heading=language.say("year"),
            columns=_columns(is_ours, language),
            rows=[
                (str(point.year), _cells(point, rows.get(point.year), is_ours, language))
                for point in series.points
            ],
        ),
        notes=[(each.number, headlines.note(each, language)) for each in notes([series])],
        origin=caption.source,
        source=source["source"],
        indicators=[indicator] if series.latest else [],
        frame=frame,
    )


def _headline(shown: Series, last: dict[Any, Any], area: str, language: Language) -> str:
    """Return the sentence on the last rate, or on why the last year has none."""
    if pd.isna(last["value"]):
        reason = headlines.within(language.name("withholding", last["withholding"]))
        none = language.say("rate_none", area=area, year=last["year"])
        return headlines.clauses([none, reason], language)
    if pd.isna(last["dispersed_upper"]):
        return headlines.other_headline(_shortened(shown), None, area, language)
    sentence = language.say(
        "rate_exact_one" if language.is_one(last["value"]) else "rate_exact_many",
        area=area,
        rate=language.number(last["value"]),
        year=last["year"],
        lower=_limit(last["dispersed_lower"], language),
        upper=_limit(last["dispersed_upper"], language),
    )
    return headlines.headline(sentence, shown, None, language)


def _shortened(shown: Series) -> Series:
    """Return the series with as many digits as a sentence needs; a source may print ten."""
    return replace(
        shown,
        points=tuple(
            point if point.value is None else replace(point, value=_rounded(point.value))
            for point in shown.points
        ),
    )


def _subtitle(shown: Series, is_ours: bool, area: str, years: range, language: Language) -> str:
    text = "subtitle_rate" if is_ours else "subtitle_rate_printed"
    return headlines.subtitle(text, [shown], "PERSON", area, years, language)


def _origin(
    source: dict[Any, Any], frame: pd.DataFrame, site: context.Site, language: Language
) -> str:
    """Return the source lines of the count and of the population."""
    people = denominator(frame, site.population, language)
    return f"{origin(source, frame, language)} {people}".strip()


def _anchor(frame: pd.DataFrame) -> str:
    first = frame.iloc[0]
    basis = "" if first["time_basis"] == "CY" else f"-{first['time_basis']}"
    indicator = first["indicator"].replace("_", "-")
    return f"rate-{indicator}-{first['source']}{basis}".lower()


def _interval_key(is_ours: bool, language: Language) -> list[tuple[str, str]]:
    return [("interval", language.say("key_interval"))] if is_ours else []


def _columns(is_ours: bool, language: Language) -> list[str]:
    parts = ["rate_interval", "rate_numerator", "rate_population"] if is_ours else []
    return [language.say(code) for code in ("rate", *parts)]


def _cells(
    point: Point, row: dict[Any, Any] | None, is_ours: bool, language: Language
) -> list[Cell]:
    """Return the cells of a rate and of its components; words if there is no rate."""
    if row is None:
        texts = ("no_rate", "no_rate", "no_figure") if is_ours else ("no_figure",)
        unknown = [Cell(Kind.MISSING, "–")] if is_ours else []
        return [Cell(Kind.MISSING, language.say(text)) for text in texts] + unknown
    if point.value is None:
        reason = language.name("withholding", row["withholding"])
        rate = Cell(Kind.MISSING, language.say("no_rate"), [(headlines.within(reason), None)])
    else:
        remarks = [(language.say(word), None) for word in point.reservations]
        if point.is_break:
            remarks.append((language.name("obs_status", "B"), None))
        rate = Cell(Kind.FIGURE, headlines.printed(point, language), remarks)
    return [rate, *_parts(point, row, language)] if is_ours else [rate]


def _parts(point: Point, row: dict[Any, Any], language: Language) -> list[Cell]:
    """Return the cells of interval, count and population."""
    if point.value is None:
        hidden = row["withholding"] == "SUPPRESSED"
        count = Cell(
            Kind.SUPPRESSED if hidden else Kind.MISSING,
            language.say("suppressed" if hidden else "no_figure"),
        )
        interval = Cell(Kind.MISSING, language.say("no_rate"))
    else:
        count = Cell(Kind.FIGURE, language.number(row["numerator"]))
        lower, upper = (_limit(row[f"dispersed_{end}"], language) for end in ("lower", "upper"))
        interval = Cell(Kind.FIGURE, language.say("rate_limits", lower=lower, upper=upper))
    people = row["population"]
    if pd.isna(people):
        return [interval, count, Cell(Kind.MISSING, language.say("no_figure"))]
    return [interval, count, Cell(Kind.FIGURE, language.number(people))]


def _limit(value: float, language: Language) -> str:
    if 0 < value < _SMALLEST:
        return f"<{language.number(_SMALLEST)}"
    return language.number(_rounded(value))


def _rounded(value: float) -> float:
    return float(f"{value:.{_DIGITS}g}")
