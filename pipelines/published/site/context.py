"""The context that all figures and pages share: edition, languages, states and sources."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from functools import wraps
from pathlib import Path
from typing import Any, Final, TypeVar
from weakref import WeakKeyDictionary

import duckdb
import pandas as pd

from pipelines.published.i18n import foreign_text, interface_text
from pipelines.published.i18n.language import Language
from schemas import codelists

Facts = TypeVar("Facts")
"""The facts that pages of one kind need."""


_SQL: Final = Path(__file__).parent / "sql"

_ANSWERS: Final[WeakKeyDictionary[duckdb.DuckDBPyConnection, dict[str, pd.DataFrame]]] = (
    WeakKeyDictionary()
)
"""Answers by connection and name of the query."""

_BIDI_CONTROLS: Final = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
"""Unicode's embeddings, overrides and isolates of the direction of writing."""

EDITION: Final = "{edition}"
"""What stands for the edition in texts to copy, until a script puts it there.

Pages load it from one small file, so that they stay the same where only the edition's day changed.
"""

File = tuple[str, str]
"""A file of the site: its path below the site's folder, and its text."""


@dataclass(frozen=True)
class Site:
    """The context that is the same for every page.

    Attributes:
        version: version of tipstat that built the warehouse.
        day: the newest day on which a file of the figures was retrieved, ISO 8601.
        states: codes of the states of the Americas in alphabetical order, by language.
        iso2: two-letter code of each state.
        sources: metadata and newest release of each source with figures, by id.
        searched: number of sources that were searched for figures.
        of_states: ids of the sources with a row on each state.
        population: the same for each source of the population that rates divide by, by id.
        languages: the languages to write.
        columns: descriptions of the columns of the published views, by name.
        foreign: texts that appear untranslated, each with its language.
        base_url: the address at which the site is published; "" if it is not known.
    """

    version: str
    day: str
    states: dict[str, list[str]]
    iso2: dict[str, str]
    sources: dict[str, dict[Any, Any]]
    searched: int
    of_states: dict[str, list[str]]
    population: dict[str, dict[Any, Any]]
    languages: list[Language]
    columns: dict[str, str]
    foreign: foreign_text.Foreign = ()
    base_url: str = ""

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

        Without the edition's day, which these pages load.
        """
        own = {name: each for name, each in self.sources.items() if name in sources}
        return replace(self, day="", sources=own, of_states={}, columns={})

    def within(self, area: str, language: Language) -> Language:
        """Return the language with the decimal sign that is usual in the state."""
        return replace(language, country=self.iso2[area])

    def edition(self, language: Language) -> str:
        """Return the sentence that names the edition of the figures."""
        return language.say("edition", version=self.version, day=language.day(self.day))

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
        iso2=query(connection, "iso2").set_index("code")["iso2"].to_dict(),
        sources=sources,
        searched=len(sources),
        of_states=of_states.to_dict(),
        population=_by_source(query(connection, "population")),
        languages=_languages(connection),
        columns=dict(connection.execute(_sql("column")).fetchall()),
        base_url=base_url.rstrip("/"),
    )


def _source_in(language: Language, source: dict[Any, Any]) -> dict[Any, Any]:
    """Return the source with its names, and its citation if translated, in the language."""
    citation = language.words.get(f"citation_{source['source']}", source["citation"])
    return foreign_text.named(source, language.code) | {"citation": citation}


def _by_source(rows: pd.DataFrame) -> dict[str, dict[Any, Any]]:
    return {row["source"]: without_bidi_controls(row) for row in rows.to_dict("records")}


def query(connection: duckdb.DuckDBPyConnection, name: str) -> pd.DataFrame:
    """Return the answer to sql/<name>.sql, which is cached by (read-only) connection."""
    known = _ANSWERS.setdefault(connection, {})
    if name not in known:
        known[name] = _with_python_strings(connection.execute(_sql(name)).df())
    return known[name].copy(deep=False)


def read_once(
    read: Callable[[duckdb.DuckDBPyConnection], Facts],
) -> Callable[[duckdb.DuckDBPyConnection], Facts]:
    """Decorate a function that reads facts, so that pages of several kinds share its answer."""
    known: WeakKeyDictionary[duckdb.DuckDBPyConnection, Facts] = WeakKeyDictionary()

    @wraps(read)
    def answer(connection: duckdb.DuckDBPyConnection) -> Facts:
        if connection not in known:
            known[connection] = read(connection)
        return known[connection]

    return answer


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
    named = rows.dropna(subset=columns)
    keys = named[columns].itertuples(index=False, name=None)
    found: dict[Any, list[dict[Any, Any]]] = {}
    for key, row in zip(keys, named.to_dict("records"), strict=True):
        found.setdefault(key if len(columns) > 1 else key[0], []).append(row)
    return dict(sorted(found.items()))


def _with_python_strings(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows with Python's strings instead of Arrow's, in the column names too.

    Converting Arrow's strings in thousands of small frames would take most of the build's time.
    """
    texts = {name: object for name, kind in rows.dtypes.items() if kind == "str"}
    return rows.astype(texts).set_axis(rows.columns.astype(object), axis=1)


def _sql(name: str) -> str:
    return (_SQL / f"{name}.sql").read_text(encoding="utf-8")


def _languages(connection: duckdb.DuckDBPyConnection) -> list[Language]:
    """Return each language with the names of all code lists, as the warehouse has them."""
    lists = {
        name: connection.execute(
            "select code::varchar as code, name_en, name_es, name_pt, name_fr, definition "  # noqa: S608
            f"from codelist.{name}"
        ).df()
        for name in codelists.NAMES
    }
    texts = interface_text.load()
    return [
        Language(
            code,
            _texts_of_indicators(lists["indicator"], code) | _names_in(texts, code),
            {name: without_bidi_controls(_names_in(rows, code)) for name, rows in lists.items()},
        )
        for code in codelists.LANGUAGES
    ]


def _texts_of_indicators(rows: pd.DataFrame, language: str) -> dict[str, str]:
    """Return name and definition of each indicator, for those that have no texts of their own.

    `phrase_<code>` is the name inside a sentence; `definition_<code>` is English where the code
    list has no other, and says so.
    """
    foreign = "" if language == "en" else " [en]"
    found: dict[str, str] = {}
    for code, name in _names_in(rows, language).items():
        found[f"phrase_{code.lower()}"] = name[:1].lower() + name[1:]
    for code, text in zip(rows["code"], rows["definition"].fillna(""), strict=True):
        found[f"definition_{code.lower()}"] = f"{text}{foreign}"
    return found


def _names_in(rows: pd.DataFrame, language: str) -> dict[Any, Any]:
    """Return the names of codes in a language; a missing one is the English name and `[en]`."""
    own = rows[f"name_{language}"].fillna("")
    names = own.where(own != "", rows["name_en"] + " [en]")
    return dict(zip(rows["code"], names, strict=True))


def without_bidi_controls(texts: dict[Any, Any]) -> dict[Any, Any]:
    """Return the texts without the characters that change the direction of writing."""
    return {
        name: text.translate(_BIDI_CONTROLS) if isinstance(text, str) else text
        for name, text in texts.items()
    }
