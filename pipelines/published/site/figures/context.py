"""What all figures and pages need to know: the edition, languages, states and sources."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final
from weakref import WeakKeyDictionary

import duckdb
import pandas as pd

from pipelines.published.charts.caption import Figure
from pipelines.published.charts.signature import signed
from pipelines.published.i18n import foreign_text, interface_text
from pipelines.published.i18n.language import Language
from pipelines.published.site.figures import citation
from pipelines.published.site.figures.view import FigureView
from schemas import codelists

_SQL: Final = Path(__file__).parents[1] / "sql"

_ANSWERS: Final[WeakKeyDictionary[duckdb.DuckDBPyConnection, dict[str, pd.DataFrame]]] = (
    WeakKeyDictionary()
)
"""What was asked of each connection."""

_TURNING: Final = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
"""Unicode's embeddings, overrides and isolates of the direction of writing."""

File = tuple[str, str]
"""A file of the site: its path below the site's folder, and its text."""


@dataclass(frozen=True)
class Site:
    """What is the same for every page.

    Attributes:
        version: of tipstat, as it built the warehouse.
        day: the newest day on which a file of the figures was retrieved, ISO 8601.
        states: the codes of the states of the OAS in the alphabet of each language, by language.
        iso2: the code of two letters of each of them.
        sources: what is said of each source that has a figure, and its newest release, by id.
        population: the same of each source of the population that rates divide by, by id.
        foreign: what stands on the pages in another language than theirs.
        languages: the languages to write.
        columns: what the columns of the published views hold, by name.
        citations: the series to cite, by state and indicator.
    """

    version: str
    day: str
    states: dict[str, list[str]]
    iso2: dict[str, str]
    sources: dict[str, dict[Any, Any]]
    population: dict[str, dict[Any, Any]]
    languages: list[Language]
    columns: dict[str, str]
    citations: citation.Citations
    foreign: foreign_text.Foreign = ()

    def told_in(self, language: Language) -> "Site":
        """The same, with the sources named as readers of the language know them."""
        said = [*self.sources.values(), *self.population.values()]
        sources, population = (
            {name: _in_words_of(source, language) for name, source in known.items()}
            for known in (self.sources, self.population)
        )
        foreign = foreign_text.foreign(said, language.code)
        return replace(self, sources=sources, population=population, foreign=foreign)

    def within(self, area: str, language: Language) -> Language:
        """The language as it is written in that state."""
        return replace(language, country=self.iso2[area])

    def edition(self, language: Language) -> str:
        """Which edition of the figures a page, a file or an image was made from, in words."""
        return language.say("edition", version=self.version, day=language.day(self.day))

    def drawn(self, figures: Iterable[FigureView], language: Language) -> dict[str, Figure]:
        """The charts among the figures of a page, by anchor."""
        edition = self.edition(language)
        return {each.anchor: signed(each.figure, edition) for each in figures if each.figure}

    def may_leave(self, shown: FigureView) -> bool:
        """Return whether the terms of all its sources allow a figure to be passed on as a file."""
        return all(self.sources[source]["redistribute"] for source in shown.sources)


def read(connection: duckdb.DuckDBPyConnection) -> Site:
    """What the pages share, from the lists and views of the warehouse."""
    area = query(connection, "area")
    [(version, day)] = connection.execute(
        "select (select version from main.build), (select max(retrieved) from main.raw_file)"
    ).fetchall()
    return Site(
        version=version,
        day=str(day),
        states={
            code: area.sort_values(f"place_{code}")["code"].tolist() for code in codelists.LANGUAGES
        },
        iso2=query(connection, "iso2").set_index("code")["iso2"].to_dict(),
        sources=_by_source(query(connection, "source")),
        population=_by_source(query(connection, "population")),
        languages=_languages(connection),
        columns=dict(connection.execute(_sql("column")).fetchall()),
        citations=citation.read(query(connection, "cited")),
    )


def _in_words_of(source: dict[Any, Any], language: Language) -> dict[Any, Any]:
    """The source in the reader's words, its citation too where the list has it in them."""
    citation = language.words.get(f"citation_{source['source']}", source["citation"])
    return foreign_text.named(source, language.code) | {"citation": citation}


def _by_source(rows: pd.DataFrame) -> dict[str, dict[Any, Any]]:
    return {row["source"]: upright(row) for row in rows.to_dict("records")}


def query(connection: duckdb.DuckDBPyConnection, name: str) -> pd.DataFrame:
    """The answer to sql/<name>.sql, asked once of a connection, which only reads."""
    known = _ANSWERS.setdefault(connection, {})
    if name not in known:
        known[name] = _plain(connection.execute(_sql(name)).df())
    return known[name].copy(deep=False)


def _plain(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with Python's texts for Arrow's, in their columns' names too.

    Arrow's, column by column of thousands of small frames, would take most of the time.
    """
    texts = {name: object for name, kind in rows.dtypes.items() if kind == "str"}
    return rows.astype(texts).set_axis(rows.columns.astype(object), axis=1)


def _sql(name: str) -> str:
    return (_SQL / f"{name}.sql").read_text(encoding="utf-8")


def _languages(connection: duckdb.DuckDBPyConnection) -> list[Language]:
    """Each language with the names of all code lists, as the warehouse has them."""
    lists = {
        name: connection.execute(
            f"select code::varchar as code, name_en, name_es, name_pt, name_fr from codelist.{name}"  # noqa: S608
        ).df()
        for name in codelists.NAMES
    }
    texts = interface_text.load("site_text")
    return [
        Language(
            code,
            _told(texts, code),
            {name: upright(_told(rows, code)) for name, rows in lists.items()},
        )
        for code in codelists.LANGUAGES
    ]


def _told(rows: pd.DataFrame, language: str) -> dict[Any, Any]:
    """The names of codes in a language; where one is missing, the English one, which says so."""
    own = rows[f"name_{language}"].fillna("")
    names = own.where(own != "", rows["name_en"] + " [en]")
    return dict(zip(rows["code"], names, strict=True))


def upright(texts: dict[Any, Any]) -> dict[Any, Any]:
    """The texts without the signs that turn around what is written after them."""
    return {
        name: text.translate(_TURNING) if isinstance(text, str) else text
        for name, text in texts.items()
    }
