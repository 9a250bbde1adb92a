"""The figures of the warehouse as charts must show them, by plain SQL that no page shares."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any, NamedTuple

import duckdb

from pipelines.published.languages import languages
from pipelines.warehouse import remarks
from pipelines.words.years import printed_year

VICTIMS, PROSECUTED, CONVICTED = "VIC_DETECT", "PER_PROSEC", "PER_CONVICT"

_SERIES = """
select
    ref_area, indicator, year, time_basis, source, release::varchar,
    if(list_contains(string_split(obs_status, ';'), 'Q'), null, value), lower, upper,
    list_contains(string_split(obs_status, ';'), 'B') or break_reason is not null
from {table} order by year
"""
_PARTS = """
select
    ref_area, indicator, year, time_basis, source, sex, age, exploitation, citizenship,
    if(conf_status = 'F' and obs_status not like '%Q%', value, null), lower, upper,
    list_contains(string_split(obs_status, ';'), 'U')
from published.observation
where
    freq = 'A' and counterpart_role = '_Z' and breakdown = '_T' and lower is not null
    and country = ref_area
"""
_TOTALS = """
select ref_area, indicator, year, time_basis, source, value, upper,
    list_contains(string_split(obs_status, ';'), 'U') as is_doubted
from published.headline
where lower is not null
union all by name
select country as ref_area, indicator, year, time_basis, source, value, upper, false as is_doubted
from published.national_sum
where lower is not null and is_whole_country
"""
_RATES = """
select
    indicator, source, year, ref_area, value, confidence_lower, confidence_upper, release::varchar
from published.rate
where
    freq = 'A' and time_basis = 'CY' and (sex, age, exploitation) = ('_T', '_T', '_T')
    and value is not null and origin <> 'PUBLISHED'
"""
_CONTRADICTED = """
select distinct ref_area, indicator, source, year
from published.remark
where
    (sex, age, exploitation, citizenship) = ('_T', '_T', '_T', '_T')
    and (severity = 'caution' and scope = 'figure' or remark in ('OTHER_FIGURE', 'TWICE_ANOTHER'))
"""
_LONE = """
select ref_area, year
from published.remark
join published.national_series using (ref_area, indicator, year, source)
join published.trend using (source, ref_area, indicator)
where remark = 'SPIKE' and indicator = 'VIC_DETECT' and change_size is not null
    and year between first_period::integer and last_period::integer
"""
_RELEASED = "select source, max(release)::varchar from main.release where is_newest group by source"


class Figure(NamedTuple):
    """A figure of a series: None is the value of a suppressed one."""

    year: int
    basis: str
    source: str
    release: str
    value: float | None
    lower: float
    upper: float | None
    is_break: bool


class Part(NamedTuple):
    """A group of a year's victims: None is the value of a suppressed one."""

    value: float | None
    lower: float
    upper: float | None


class Rate(NamedTuple):
    """A rate per 100,000 residents, its limits of chance, and the day of its release."""

    value: float
    lower: float
    upper: float
    release: str


class Truth:
    """What the warehouse publishes.

    Attributes:
        series: the figures to cite by year, by state and indicator.
        newest: the newest figure where another source has it, likewise.
        doubted: years and values of doubted totals, likewise.
        known: state, year, source and value of each total, part and sum of parts.
        parts: the groups of detected victims by state, source, year and way of dividing.
        totals: value and greatest value of the totals of detected victims by state, source, year.
        rates: the rates by state, by indicator, source and year.
        contradicted: state, indicator, source and year of totals that others contradict.
        lone: the years that the usual level of detected victims leaves out, by state.
        printed: the years of a source, by year, as they are printed.
        released: the day of each source's newest release.
        languages: the languages of pages, by code.
        short_names: the short names of sources, by language.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection):
        self.languages = {each.code: each for each in languages(connection)}
        self.short_names = {
            code: {source: str(row["short_name"]) for source, row in
                   remarks.named_sources(connection, each).items()}
            for code, each in self.languages.items()
        }  # fmt: skip
        ask = lambda sql: connection.execute(sql).fetchall()  # noqa: E731
        self.series: dict[tuple[str, str], dict[int, Figure]] = defaultdict(dict)
        for area, indicator, *rest in ask(_SERIES.format(table="published.national_series")):
            self.series[area, indicator][rest[0]] = Figure(*rest)
        newest = "(from published.newest where not is_of_series)"
        self.newest = {
            (area, indicator): Figure(*rest)
            for area, indicator, *rest in ask(_SERIES.format(table=newest))
        }
        self.known: set[tuple[str, int, str, float | None]] = set()
        self.doubted: dict[tuple[str, str], set[tuple[int, float]]] = defaultdict(set)
        self.printed: dict[tuple[str, int], set[str]] = defaultdict(set)
        self.totals: dict[tuple[str, str, int], tuple[float, float]] = {}
        self._read_totals(ask(_TOTALS))
        self.parts: dict[tuple[str, str, int, str], list[Part]] = defaultdict(list)
        self._read_parts(ask(_PARTS))
        self.rates: dict[tuple[str, str, int], dict[str, Rate]] = defaultdict(dict)
        for indicator, source, year, area, *rest in ask(_RATES):
            self.rates[indicator, source, year][area] = Rate(*rest)
        self.contradicted = {*ask(_CONTRADICTED)}
        self.lone: dict[str, set[int]] = defaultdict(set)
        for area, year in ask(_LONE):
            self.lone[area].add(year)
        self.released = dict(ask(_RELEASED))

    def _read_totals(self, rows: list[tuple[Any, ...]]) -> None:
        for area, indicator, year, basis, source, value, upper, is_doubted in rows:
            self.known.add((area, year, source, value))
            self.printed[source, year].add(printed_year(year, basis))
            if is_doubted:
                self.doubted[area, indicator].add((year, value))
            if indicator == VICTIMS:
                self.totals[area, source, year] = (value, upper)
        for (area, _), own in self.series.items():
            self.known |= {(area, each.year, each.source, each.value) for each in own.values()}
        self.known |= {
            (area, each.year, each.source, each.value) for (area, _), each in self.newest.items()
        }

    def _read_parts(self, rows: list[tuple[Any, ...]]) -> None:
        """Read groups; a sum of those of one way of dividing may contradict the total."""
        sums: dict[tuple[Any, ...], float] = defaultdict(float)
        for area, indicator, year, basis, source, *codes, value, lower, upper, is_doubted in rows:
            split = "".join("-" if code == "_T" else "x" for code in codes)
            self.known.add((area, year, source, value))
            sums[area, indicator, year, basis, source, split] += lower
            facet = {"xx--": "SEX_AGE", "x---": "SEX", "-x--": "AGE", "--x-": "FORM", "---x": "CIT"}
            if indicator == VICTIMS and split in facet and "_U" not in codes and not is_doubted:
                self.parts[area, source, year, facet[split]].append(Part(value, lower, upper))
        self.known |= {(key[0], key[2], key[4], total) for key, total in sums.items()}

    def rates_of(self, indicator: str, year: int) -> Iterator[tuple[str, dict[str, Rate]]]:
        """Yield each source with its rates of a year."""
        for (own, source, of), rates in self.rates.items():
            if (own, of) == (indicator, year):
                yield source, rates

    def band(self, indicator: str, source: str, area: str, years: range) -> tuple[float, float]:
        """Return the least and the greatest rate of some years."""
        known = (self.rates.get((indicator, source, year), {}).get(area) for year in years)
        values = [each.value for each in known if each]
        return min(values), max(values)
