"""The facts of the warehouse, from queries of their own that pages do not share."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from functools import cached_property
from html import unescape
from typing import Any

import duckdb
from babel.dates import format_date
from facts import Fact, Series
from pages import Chart

LOCALES = {"en": "en_GB", "es": "es_419", "pt": "pt_BR", "fr": "fr_FR"}
LANGUAGES = tuple(LOCALES)
DIMENSIONS = ("sex", "age", "exploitation", "citizenship")
PANEL_NAME = 36
"""Letters of a name by which a panel is known; it may be cut short."""
SEPARATE = "\u202f"


class Truth:
    """The published figures, and what the code lists call things."""

    def __init__(self, connection: duckdb.DuckDBPyConnection):
        self._ask = lambda sql: connection.execute(sql).fetchall()
        self._figures = _by_series(self._facts())
        self._rates = _by_series(self._facts_of_rates())
        self._sums = _by_series(self._facts_of_sums("is_whole_country and is_whole_year"))
        self._parts = _by_series(self._facts_of_sums("not (is_whole_country and is_whole_year)"))

    @cached_property
    def kept(self) -> set[str]:
        """Sources whose figures may not be passed on."""
        return {
            source
            for (source,) in self._ask("select source from main.source where not redistribute")
        }

    def fact(self, *key: str) -> dict[int, Fact]:
        """By year, what is published of a source, area, indicator, kind of year and part."""
        if set(key[4:]) == {"_T"}:
            return self._figures.get(key[:4], {})
        return self._parts_of_counts.get(key, {})

    def name(self, codelist: str, code: str, language: str) -> str:
        """Return the name of a code."""
        return self._names[codelist, language][code]

    def states(self, language: str) -> list[str]:
        """The names of the states of the OAS in the alphabet of the language."""
        return [
            name
            for (name,) in self._ask(
                f"select name_{language} from codelist.area where is_oas "
                f"order by name_{language} collate {language}"
            )
        ]

    @cached_property
    def sources(self) -> dict[str, dict[str, Any]]:
        """Publisher, title and licence of each source; whether it states its days of release."""
        named = ("publisher", "title", "licence")
        columns = [f"{name}_{code}" for name in named for code in LANGUAGES]
        columns.append("release_day")
        rows = self._ask(
            f"select distinct source, {', '.join(columns)} from "
            "(select *, publisher as publisher_en, title as title_en from main.source) "
            "join harmonised.current using (source)"
        )
        return {row[0]: dict(zip(columns, row[1:], strict=True)) for row in rows}

    def released(self, chart: Chart, source: str, basis: str) -> list[str]:
        """The days on which the figures of a source and kind of year in a chart were released.

        A panel shares the source line with the panels of the other states.
        """
        facts = [
            fact
            for series in self.series(chart)
            if (series.source, series.basis) == (source, basis)
            for each in (self._of_all_states(series) if chart.panel else [series.facts])
            for fact in each.values()
        ]
        shown = [fact for fact in facts if not fact.is_withheld] or facts
        days = sorted({fact.release for fact in shown if fact.release})
        return days or [self._newest[source]]  # a table of nothing but what is withheld

    @cached_property
    def _newest(self) -> dict[str, str]:
        return dict(self._ask("select source, release from main.release where is_newest"))

    def _of_all_states(self, series: Series) -> Iterator[dict[int, Fact]]:
        known = self._rates if series.is_rate else self._figures
        for (source, area, indicator, basis), facts in known.items():
            is_of_it = (source, indicator, basis) == (series.source, series.indicator, series.basis)
            if is_of_it and len(area) == len("ARG"):
                yield facts

    @cached_property
    def _verdicts(self) -> dict[tuple[str, str, str, str], tuple[str, float, int]]:
        """By source, area, indicator and kind of year: verdict, p-value, years with a figure."""
        rows = self._ask(
            "select source, ref_area, indicator, time_basis, trend_verdict, p_value, points "
            "from published.trend"
        )
        return {row[:4]: row[4:] for row in rows}

    @cached_property
    def units(self) -> dict[str, str]:
        """The counting unit of each indicator."""
        return dict(self._ask("select code::varchar, count_unit::varchar from codelist.indicator"))

    @cached_property
    def measures(self) -> dict[str, str]:
        """The unit of each indicator's figures: a number, a rate."""
        return dict(
            self._ask("select code::varchar, unit_measure::varchar from codelist.indicator")
        )

    def measure(self, series: Series) -> str:
        """The unit of its figures."""
        return "PER_100000_POP" if series.is_rate else self.measures[series.indicator]

    @cached_property
    def publisher_of_population(self) -> dict[str, str]:
        """Whose population the rates are of, by language."""
        [names] = self._ask(
            "select distinct publisher, publisher_es, publisher_pt, publisher_fr "
            "from published.rate join main.source on source.source = population_source"
        )
        return dict(zip(LANGUAGES, names, strict=True))

    def verdict(self, series: Series) -> tuple[str, float, int]:
        """Return the test of the trend: verdict, p-value, years with a figure."""
        key = (series.source, series.area, series.indicator, series.basis)
        return self._verdicts.get(key, ("too_few_points", 1.0, 0))

    @staticmethod
    def day(day: str, language: str) -> str:
        """A day written out; the first of a month is an ordinal in two of the languages."""
        written = format_date(date.fromisoformat(day), "long", LOCALES[language])
        return re.sub(r"^1(?= )", {"fr": "1er", "pt": "1º"}.get(language, "1"), written)

    @cached_property
    def version(self) -> str:
        """The version of the data."""
        [(version,)] = self._ask("select version from main.build")
        return version

    def series(self, chart: Chart) -> list[Series]:
        """Return what the chart must show, panel by panel; none if it is no series of years."""
        name = chart.anchor if chart.page.startswith("country/") else _of_page(chart)
        if name.startswith("sides-"):
            return self._sides(chart, name.removeprefix("sides-"))
        if not all(heading.isdigit() for heading in chart.cells):
            return []
        parts = re.fullmatch(rf"(.+)-({'|'.join(self.sources)})(?:-(\w+))?", name)
        if not parts:
            return []
        if "-by-" in parts[1]:
            return self._composition(chart)
        what, source, basis = parts[1], parts[2], (parts[3] or "CY").upper()
        return [
            self._series(axis, at, source, chart.area, what, indicator, basis)
            for at, (axis, indicator) in enumerate(self._indicators(chart, what))
        ]

    def _indicators(self, chart: Chart, what: str) -> list[tuple[str, str]]:
        """The indicator of each panel."""
        if what == "victims":
            return [("y", "VIC_DETECT")]
        if what != "chain":
            code = re.sub("^(rate|rates|sum|part)-", "", what)
            return [("y", code.replace("-", "_").upper())]
        codes = {name: code for code, name in self._names["indicator", chart.language].items()}
        return [(_axis(at), codes[name]) for at, name in enumerate(chart.columns)]

    def _series(
        self, axis: str, column: int, source: str, area: str, what: str, indicator: str, basis: str
    ) -> Series:
        key = (source, area, indicator, basis)
        kind = re.match("(rates?|sum|part)-|", what)[1]
        facts = {"rate": self._rates, "rates": self._rates, "sum": self._sums, "part": self._parts}
        found = facts.get(kind, self._figures).get(key, {})
        if (kind or "").startswith("rate"):
            found = {year: _rounded(fact) for year, fact in found.items()}
        return Series(axis, column, *key, found, kind.startswith("rate") if kind else False)

    def _composition(self, chart: Chart) -> list[Series]:
        """The parts of a count, in the order in which the chart's own file has them."""
        rows = list(csv.DictReader(io.StringIO(chart.files["codes"])))
        parts = dict.fromkeys(tuple(row[name] for name in DIMENSIONS) for row in rows)
        first = next(row for row in rows if row["time_basis"])
        one = tuple(first[name] for name in ("source", "ref_area", "indicator", "time_basis"))
        panels = _panels(chart)
        return [
            Series(panels.get(name[:PANEL_NAME], ""), at, *one, self.fact(*one, *part))
            for at, (part, name) in enumerate(zip(parts, chart.columns, strict=False))
        ]

    def _sides(self, chart: Chart, indicator: str) -> list[Series]:
        """The series of several sources, in the order in which the chart's own file has them."""
        rows = csv.DictReader(io.StringIO(chart.files["codes"]))
        keys = sorted({(row["source"], row["time_basis"]) for row in rows if row["time_basis"]})
        code = indicator.replace("-", "_").upper()
        return [
            self._series(_axis(at), at, source, chart.area, "", code, basis)
            for at, (source, basis) in enumerate(keys)
        ]

    @cached_property
    def _names(self) -> dict[tuple[str, str], dict[str, str]]:
        lists = ("indicator", "area", "time_basis", "break_reason", "count_unit", "obs_status")
        return {
            (each, language): dict(
                self._ask(f"select code::varchar, name_{language} from codelist.{each}")
            )
            for each in lists
            for language in LANGUAGES
        }

    def _facts(self) -> Iterator[Dated]:
        """Totals, then what stands in years without one."""
        yield from self._totals()
        yield from self._breaks_alone()
        yield from self._repatriated()
        yield from self._withheld()
        yield from self._withdrawn()

    def _totals(self) -> Iterator[Dated]:
        for row in self._ask(
            "select source, ref_area, indicator, time_basis, year, value, upper, obs_status, "
            "conf_status, release, coalesce(comment, '') like '%YEAR_INFERRED%', "
            "if(break_year = year, break_reason, null), "
            "previous_release, previous_value, previous_value_raw from published.headline"
        ):
            year, value, upper, status, conf, release, is_inferred, *more = row[4:]
            codes = frozenset(status.split(";"))
            hidden = "Q" in codes or conf != "F"
            top = max(4, int(upper or 0)) if hidden else None
            fact = Fact(None if hidden else value, top, codes, *more)
            yield row[:4], year, replace(fact, release=release, is_year_inferred=is_inferred)

    def _breaks_alone(self) -> Iterator[Dated]:
        """Breaks whose own year has no figure."""
        for *key, year, reason, release in self._ask(
            "select source, ref_area, indicator, time_basis, break_year, break_reason, release "
            "from published.headline where break_year < year"
        ):
            broken = Fact(None, break_reason=reason, release=release, is_break_alone=True)
            yield tuple(key), year, broken

    def _repatriated(self) -> Iterator[Dated]:
        for *key, period, value, upper, status, reason, release in self._ask(
            "select source, ref_area::varchar, indicator::varchar, time_basis::varchar, "
            "time_period, value, upper, obs_status, reason, release from published.observation "
            "left join main.series_break using (source, ref_area, indicator, time_period) "
            "where counterpart_role = 'REPAT' and counterpart_area = '_T' and freq = 'A' "
            "and sex = '_T' and age = '_T' and exploitation = '_T' and citizenship = '_T'"
        ):
            fact = _fact(value, upper, status, reason)
            yield tuple(key), int(period), replace(fact, release=release)

    def _withheld(self) -> Iterator[Dated]:
        for *key, period, release in self._ask(
            "select distinct source, ref_area, indicator, time_basis::varchar, time_period, "
            "release from published.withheld join main.quarantine "
            "using (source, release, ref_area, indicator, time_period, rule) "
            "where freq = 'A' and sex = '_T' and age = '_T' and exploitation = '_T'"
        ):
            yield tuple(key), int(period[:4]), Fact(None, is_withheld=True, release=release)

    def _withdrawn(self) -> Iterator[Dated]:
        for row in self._ask(
            "select source, ref_area::varchar, indicator::varchar, time_basis::varchar, "
            "time_period, release, previous_release, previous_value, previous_value_raw "
            "from published.revision join main.release using (source, release) "
            "where is_newest and change = 'withdrawn' and freq = 'A' and sex = '_T' "
            "and age = '_T' and exploitation = '_T' and citizenship = '_T' and breakdown = '_T' "
            "and counterpart_role = '_Z'"
        ):
            fact = Fact(None, None, frozenset(), None, *row[6:])
            yield row[:4], int(row[4]), replace(fact, release=row[5])

    def _facts_of_rates(self) -> Iterator[Dated]:
        """Rates, printed or calculated; none where one is withheld."""
        rated = set()
        for *key, year, value, release, lower, upper in self._ask(
            "select source, ref_area, indicator, time_basis, time_period, value, release, "
            "dispersed_lower, dispersed_upper from published.rate where freq = 'A' "
            "and sex = '_T' and age = '_T' and exploitation = '_T' and origin <> 'SUM'"
        ):
            facts = self._figures.get(tuple(key), {})
            fact = facts.get(int(year), Fact(None))
            limits = (lower, upper) if upper is not None else None
            rate = Fact(value, None, fact.status, fact.break_reason, interval=limits)
            doubt = fact.is_year_inferred
            rated.add(tuple(key))
            yield tuple(key), int(year), replace(rate, release=release, is_year_inferred=doubt)
        for key in rated:
            for year, fact in self._figures.get(key, {}).items():
                if fact.is_break_alone:
                    yield key, year, fact

    @cached_property
    def _parts_of_counts(self) -> dict[Key, dict[int, Fact]]:
        """Figures by sex, age, form or citizenship."""
        printed = self._ask(
            "select source, ref_area::varchar, indicator::varchar, time_basis::varchar, "
            "sex::varchar, age::varchar, exploitation::varchar, citizenship::varchar, "
            "time_period, release, coalesce(observation.comment, '') like '%YEAR_INFERRED%', "
            "observation.lower, observation.value, observation.upper, obs_status, "
            "series_break.reason, "
            "previous_release, previous_value, previous_value_raw "
            "from published.observation "
            "left join (from published.revision where change = 'changed') using (source, "
            "release, ref_area, indicator, freq, time_basis, time_period, sex, age, "
            "exploitation, citizenship, counterpart_role, counterpart_area, breakdown) "
            "left join main.series_break using (source, ref_area, indicator, time_period) "
            "where freq = 'A' and counterpart_role = '_Z' and breakdown = '_T' "
            "and length(time_period) = 4"
        )
        withdrawn = self._ask(
            "select source, ref_area::varchar, indicator::varchar, time_basis::varchar, "
            "sex::varchar, age::varchar, exploitation::varchar, citizenship::varchar, "
            "time_period, release, false, null, null, null, 'O', null, previous_release, "
            "previous_value, previous_value_raw from published.revision "
            "join main.release using (source, release) where is_newest and change = 'withdrawn' "
            "and freq = 'A' and counterpart_role = '_Z' and breakdown = '_T'"
        )
        return _by_series(
            (
                key,
                int(year),
                replace(
                    _fact(*figure),
                    release=release,
                    is_year_inferred=is_inferred,
                    bottom=0 if figure[0] is not None else int(lower or 0),
                ),
            )
            for key, year, release, is_inferred, lower, figure in (
                (row[:8], *row[8:12], row[12:]) for row in [*printed, *withdrawn]
            )
        )

    def _facts_of_sums(self, condition: str) -> Iterator[Dated]:
        """Our sums over subdivisions and months."""
        for *key, year, value, release in self._ask(
            "select source, country, indicator, time_basis, year, value, release "
            f"from published.national_sum where {condition}"
        ):
            yield tuple(key), year, Fact(value, release=release)


Key = tuple[str, ...]
Dated = tuple[Key, int, Fact]


def _fact(value: float | None, upper: float | None, status: str, *more: Any) -> Fact:
    codes = frozenset(status.split(";"))
    top = max(4, int(upper or 0)) if "Q" in codes else None
    return Fact(None if top else value, top, codes, *more)


def _by_series(facts: Iterable[Dated]) -> dict[Key, dict[int, Fact]]:
    found: dict[Key, dict[int, Fact]] = {}
    for key, year, fact in facts:
        found.setdefault(key, {})[year] = fact
    return found


def _rounded(fact: Fact) -> Fact:
    """A calculated rate as it is shown: to three digits."""
    if fact.value is None or fact.interval is None:
        return fact
    return replace(fact, value=float(f"{fact.value:.3g}"))


def _axis(at: int) -> str:
    return f"y{at + 1}" if at else "y"


def _panels(chart: Chart) -> dict[str, str]:
    """The axis of each panel by the name that stands above it."""
    return {
        unescape(re.sub("<[^>]*>", "", each["text"]))[:PANEL_NAME]: each["yref"].split(" ")[0]
        for each in chart.layout["annotations"]
        if each.get("name") == "panel"
    }


def _of_page(chart: Chart) -> str:
    """The name of a chart on a page of an indicator, as it would be on a country page."""
    folder, _, stem = chart.page.removesuffix(".html").partition("/")
    prefix = "rates-" if chart.anchor == "rates" else ""
    return prefix + (stem if folder == "compare" else f"{stem}-{chart.anchor}")


def printed(value: float, decimal: str = ".") -> str:
    """A figure as a table must print it: groups of three, parted by a narrow no-break space."""
    whole, _, rest = f"{value:.15g}".partition(".")
    grouped = re.sub(r"(?<=\d)(?=(\d{3})+$)", SEPARATE, whole)
    return grouped + (decimal + rest if rest else "")
