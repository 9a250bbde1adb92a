"""The context that all figures and pages share: edition, languages, states and sources."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import wraps
from operator import itemgetter
from pathlib import Path
from typing import Any, Final, TypeVar
from weakref import WeakKeyDictionary

import duckdb
import pandas as pd

from pipelines.published.languages import languages, without_bidi_controls
from pipelines.warehouse import sql_files
from pipelines.words import foreign_text, place_names
from pipelines.words.language import Language
from schemas import codelists, standard

Item = TypeVar("Item")
Facts = TypeVar("Facts")
"""The facts that pages of one kind need."""


_SQL: Final = Path(__file__).parent / "sql"

EDITION: Final = "{edition}"
"""What stands for the edition in texts to copy, until a script puts it there.

Pages load it from one small file, so that they stay the same where only the edition's day changed.
"""

Row = dict[Any, Any]
"""A row of a query, by column."""

Key = tuple[str, str, str, str]
"""What names a series: state, indicator, source and kind of year."""

File = tuple[str, str | bytes]
"""A file of the site: its path below the site's folder, and its text or bytes."""


def standard_path(page: str) -> str:
    """Return the path of a page of the common standard below the language's folder.

    That is the page of a sheet, by its id, or `index`, `governance` or `document`.
    """
    return standard.address(page, language="").removeprefix("/")


@dataclass(frozen=True)
class Site:
    """The context that is the same for every page.

    Attributes:
        version: version of tipstat that built the warehouse.
        day: the newest day on which a file of the figures was retrieved, ISO 8601.
        own_day: the same of the sources of one state or indicator, where pages know no others.
        states: codes of the states of the Americas in alphabetical order, by language.
        iso2: two-letter code of each state.
        sources: metadata and newest release of each source with figures, by id.
        of_states: ids of the sources with a row on each state.
        paged: codes of the indicators that have a page.
        population: the same for each source of the population that rates divide by, by id.
        languages: the languages to write.
        columns: descriptions of the columns of the published views, by name.
        foreign: texts that appear untranslated, each with its language.
        base_url: the address at which the site is published; "" if it is not known.
        contact: the mail address for errors in the pages; "" for none.
        has_pictures: whether pages have pictures of their own, for links to them.
        documents: paths of the common standard as PDF, for the languages in which it is printed.
        has_check: whether there is a page that checks a filled questionnaire.
    """

    version: str
    day: str
    states: dict[str, list[str]]
    iso2: dict[str, str]
    sources: dict[str, dict[Any, Any]]
    of_states: dict[str, list[str]]
    paged: list[str]
    population: dict[str, dict[Any, Any]]
    languages: list[Language]
    columns: dict[str, str]
    foreign: foreign_text.Foreign = ()
    base_url: str = ""
    contact: str = ""
    own_day: str = ""
    has_pictures: bool = False
    documents: tuple[str, ...] = ()
    has_check: bool = False

    def in_language(self, language: Language) -> "Site":
        """Return the context with the sources' names and citations in the language."""
        all_sources = [*self.sources.values(), *self.population.values()]
        sources, population = (
            {name: _source_in(language, source) for name, source in known.items()}
            for known in (self.sources, self.population)
        )
        foreign = foreign_text.foreign(all_sources, language.code)
        return replace(self, sources=sources, population=population, foreign=foreign)

    def of_state(self, area: str) -> "Site":
        """Return the context of the pages of one state, which know nothing of other states."""
        return replace(
            self.of_sources(self.of_states.get(area, [])),
            states={code: [area] for code in self.states},
            iso2={area: self.iso2[area]},
        )

    def of_sources(self, sources: Collection[str]) -> "Site":
        """Return the context of pages that know nothing of other sources.

        Their edition is that of their own sources: they stay the same while these do.
        """
        own = {name: each for name, each in self.sources.items() if name in sources}
        newest = max((str(each["retrieved"]) for each in own.values()), default="")
        return replace(self, day="", own_day=newest, sources=own, of_states={}, columns={})

    def edition(self, language: Language) -> str:
        """Return the sentence that names the edition of the figures; the version without a day."""
        if not (day := self.own_day or self.day):
            return f"tipstat {self.version}"
        text = "edition_own" if self.own_day else "edition"
        return language.say(text, version=self.version, day=language.day(day))

    @property
    def short_edition(self) -> str:
        """Return version and day for a citation: `tipstat 0.1.0, 2026-11-30`."""
        return ", ".join(filter(None, [f"tipstat {self.version}", self.own_day or self.day]))

    def short_name(self, source: str) -> str:
        """Return the short name of a source's publisher: `UNODC`; its full name without one."""
        return str(self.sources[source]["short_name"])

    def indicator_path(self, code: str) -> str:
        """Return where an indicator is told of, below the language's folder: page, or row."""
        name = code.lower()
        return f"indicator/{name}.html" if code in self.paged else f"indicator/index.html#{name}"

    def may_redistribute(self, source: str) -> bool:
        """Return whether the terms of a source allow redistributing its figures as a file."""
        return bool(self.sources[source]["redistribute"])


def read_site(connection: duckdb.DuckDBPyConnection, base_url: str = "") -> Site:
    """Read the pages' shared context from the lists and views of the warehouse."""
    area = query(connection, "area")
    [(version, day)] = connection.execute(
        "select (select version from main.build), (select max(retrieved) from main.raw_file)"
    ).fetchall()
    sources = _by_source(query(connection, "source"))
    of_states = query(connection, "source_of_state").groupby("ref_area")["source"].agg(list)
    return Site(
        version=version,
        day=str(day),
        states={
            code: area.sort_values(f"place_{code}")["code"].tolist() for code in codelists.LANGUAGES
        },
        iso2=area.set_index("code")["iso2"].to_dict(),
        sources=sources,
        of_states=of_states.to_dict(),
        paged=query(connection, "paged")["indicator"].tolist(),
        population=_by_source(query(connection, "population")),
        languages=languages(connection),
        columns=dict(connection.execute(_sql("column")).fetchall()),
        base_url=base_url.rstrip("/"),
    )


def _source_in(language: Language, source: dict[Any, Any]) -> dict[Any, Any]:
    """Return the source with its names and texts in the language."""
    named, code = foreign_text.named(source, language.code), source["source"]
    short_name = language.words.get(f"short_{code}", named["publisher"])
    return named | {
        "short_name": short_name,
        "in_sentence": place_names.named(language.code, code, short_name),
        "of_publisher": place_names.possessive(language.code, code, short_name),
        "citation": language.words.get(f"citation_{code}", source["citation"]),
        "licence": source[f"licence_{language.code}"].rstrip("."),
        "counted": source.get(f"counted_{language.code}", ""),
        "caution": source.get(f"caution_{language.code}", ""),
    }


def _by_source(rows: pd.DataFrame) -> dict[str, dict[Any, Any]]:
    return {row["source"]: without_bidi_controls(row) for row in rows.to_dict("records")}


def read_once(read: Callable[..., Facts]) -> Callable[..., Facts]:
    """Decorate a function that reads from a (read-only) connection, so that it does so once."""
    known: WeakKeyDictionary[duckdb.DuckDBPyConnection, dict[Any, Facts]] = WeakKeyDictionary()

    @wraps(read)
    def answer(connection: duckdb.DuckDBPyConnection, *args: str) -> Facts:
        answers = known.setdefault(connection, {})
        if args not in answers:
            answers[args] = read(connection, *args)
        return answers[args]

    return answer


@read_once
def _answer(connection: duckdb.DuckDBPyConnection, name: str) -> pd.DataFrame:
    """Return an answer with Python's strings instead of Arrow's, in the column names too.

    Converting Arrow's strings in thousands of small frames would take most of the build's time.
    """
    rows = connection.execute(_sql(name)).df()
    texts = {column: object for column, kind in rows.dtypes.items() if kind == "str"}
    return rows.astype(texts).set_axis(rows.columns.astype(object), axis=1)


def query(connection: duckdb.DuckDBPyConnection, name: str) -> pd.DataFrame:
    """Return the answer to sql/<name>.sql."""
    return _answer(connection, name).copy(deep=False)


def of_state(by_state: Mapping[Any, Facts], area: str) -> dict[Any, Facts]:
    """Return what a mapping has of a state, which is its key or the first part of it."""
    return {
        key: fact
        for key, fact in by_state.items()
        if (key[0] if isinstance(key, tuple) else key) == area
    }


def rows_by(rows: pd.DataFrame, columns: list[str]) -> dict[Any, list[dict[Any, Any]]]:
    """Return rows as mappings, in lists by the values of some columns, which are in order.

    A row without one of the values is left out.
    """
    named = rows.dropna(subset=columns).to_dict("records")
    return dict(sorted(grouped(named, itemgetter(*columns)).items()))


def grouped(items: Iterable[Item], key: Callable[[Item], Any]) -> dict[Any, list[Item]]:
    """Return items in lists by their key, in the order in which these come."""
    found: dict[Any, list[Item]] = {}
    for item in items:
        found.setdefault(key(item), []).append(item)
    return found


def key(row: Row) -> Key:
    """Return what names the series of a row."""
    return row["ref_area"], row["indicator"], row["source"], row["time_basis"]


def _sql(name: str) -> str:
    return sql_files.read_sql_file(_SQL / f"{name}.sql").text
