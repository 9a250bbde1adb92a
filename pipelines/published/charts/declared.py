"""The charts of the site, each declared once: at the end of the module that draws it.

A module of this package that ends with `CHARTS` declares the charts that it draws; nothing else
lists them. Most pages give their charts places of their own, with sentences of the warehouse. A
chart that names a page stands there by that alone, in a block whose texts are the rows of
`pipelines/words/messages/chart.csv` with its name.
"""

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import duckdb

from pipelines.published.charts.drawing import Chart
from pipelines.warehouse.sentences import AMERICAS as AMERICAS
from pipelines.words import messages
from pipelines.words.language import Language

STATE: Final = "area"
INDICATOR: Final = "indicator"
ASSESSED: Final = "assessment_code"
"""What a chart is of, by the code list of its codes: a state, an indicator, what reports assess.

Charts of the region are of `AMERICAS`, which is their only code.
"""

Draw = Callable[[Any, str, Mapping[str, str], Language], Chart | None]
"""Draws a chart of facts, for a code, with the short names of sources by id, in a language."""

TEXTS: Final = ("QUESTION", "SENTENCE")
"""Texts of a block in any case."""
MORE_TEXTS: Final = ("EVIDENCE", "CALM")
"""Texts that a block may have beside them; a chart may have others for its table."""


def of_rows(rows: Iterable[Mapping[str, Any]]) -> list[tuple[str, str]]:
    """Return the sources of rows with the columns `source` and `release`."""
    return [(row["source"], row["release"]) for row in rows]


def words(chart: str, part: str, language: Language, **values: str | float) -> str:
    """Return a text of a chart, a row of `messages/chart.csv`, with its values filled.

    Raises:
        KeyError: there is no such row.
    """
    return messages.said("chart", chart, part, language=language.code, values=values)


@dataclass(frozen=True)
class Declared:
    """A chart of the site.

    Attributes:
        draw: draws it of what `read` returns; None where there is nothing to draw. Its name is that
            of the chart, and the first line of its docstring says what the chart shows.
        of: what it is of: `STATE`, `INDICATOR`, `ASSESSED` or `AMERICAS`.
        read: reads what it draws; for a chart with a page the rows of each code that has some.
        page: the kind of page on which it stands by this alone, a module of `site/pages`; "" where
            a page gives it a place of its own.
        origins: source and release of each row of a code, for the source line of the page.
        has_rates: whether the sources of the population stand there too.
    """

    draw: Draw
    of: str
    read: Callable[[duckdb.DuckDBPyConnection], Any]
    page: str = ""
    origins: Callable[[Any], Iterable[tuple[str, str]]] = of_rows
    has_rates: bool = False

    def __str__(self) -> str:
        """Return its name, and what it is of."""
        return f"{self.name} of {self.of}"

    @property
    def name(self) -> str:
        """Return its name, which is the id of its block."""
        return self.draw.__name__

    @property
    def shows(self) -> str:
        """Return what it shows: the first line of the docstring, without `Return`."""
        line = (self.draw.__doc__ or "").partition("\n")[0].removeprefix("Return ")
        return line.partition(";")[0].rstrip(".")

    def said(self, chart: Chart, language: Language) -> list[str]:
        """Return `TEXTS` and `MORE_TEXTS` of the block of a drawn chart; "" for one it has not."""
        known = messages.texts("chart")
        return [
            words(self.name, part, language, **chart.values) if (self.name, part) in known else ""
            for part in (*TEXTS, *MORE_TEXTS)
        ]


@cache
def every() -> tuple[Declared, ...]:
    """Return the charts of this package, by module."""
    names = [module.name for module in pkgutil.iter_modules([str(Path(__file__).parent)])]
    modules = [importlib.import_module(f"{__package__}.{name}") for name in names]
    return tuple(chart for module in modules for chart in getattr(module, "CHARTS", ()))


@dataclass(frozen=True)
class Placed:
    """Rows of the charts that stand on a kind of page by their declaration.

    Attributes:
        rows: the rows by chart and code.
    """

    rows: Mapping[Declared, Mapping[str, Any]]

    def of(self, code: str) -> "Placed":
        """Return the rows of one code."""
        own = {chart: rows[code] for chart, rows in self.rows.items() if code in rows}
        return Placed({chart: {code: rows} for chart, rows in own.items()})

    @property
    def sources(self) -> set[str]:
        """Return the sources of all that they draw."""
        return {
            source
            for chart, by_code in self.rows.items()
            for rows in by_code.values()
            for source, _ in chart.origins(rows)
        }

    def charts(
        self, code: str, sources: Mapping[str, str], language: Language
    ) -> Iterator[tuple[Declared, Chart, list[tuple[str, str]]]]:
        """Yield each chart of a code with its declaration, and source and release of each row."""
        for declared, rows in self.rows.items():
            if code in rows and (chart := declared.draw(rows, code, sources, language)):
                yield declared, chart, [*declared.origins(rows[code])]


def read_placed(connection: duckdb.DuckDBPyConnection, page: str) -> Placed:
    """Return what the charts draw that name a page, a module of `site/pages`."""
    return Placed({
        chart: chart.read(connection)
        for chart in every()
        if chart.page == page
    })  # fmt: skip
