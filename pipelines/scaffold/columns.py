"""Find the meaning of each column of a sample: period, figure, dimension, unit, or not known."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

import pandas as pd

from pipelines.reader.files import File
from pipelines.reader.periods import named_part, to_period
from pipelines.reader.rows import Rows
from pipelines.scaffold import dimensions
from pipelines.scaffold.dimensions import Proposal
from pipelines.scaffold.sample import Sample, read_sample
from pipelines.scaffold.shape import is_figure, is_period
from pipelines.sources import discover
from schemas import codelists
from schemas.figure import FigureError, parse
from schemas.source import SHEET, Source

FIGURE: Final = "figure"
"""Column of the figures of a wide table."""

_SERIES: Final = re.compile(r"serie|indica|delito|measure|concept", re.IGNORECASE)
_MOST_LABELS: Final = 60


@dataclass
class Columns:
    """Meaning of the columns of a sample, as far as it shows.

    Attributes:
        source: the sample's layout as that of a source.
        raw: its rows, a figure each.
        figure: the column with the figure, "" if none was found.
        periods: the columns that state the period.
        tables: the proposed codes of the labels of a column, by dimension.
        columns: the column of each dimension.
        units: columns with one text in all rows, and that text.
        unknown: columns of which nothing is known.
        locale: the locale whose signs the figures have.
    """

    source: Source
    raw: pd.DataFrame
    figure: str = ""
    periods: tuple[str, ...] = ()
    tables: dict[str, list[Proposal]] = field(default_factory=dict)
    columns: dict[str, str] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)
    locale: str = "en_US"


def read_columns(path: Path, area: str, indicator: str) -> Columns:
    """Return what the columns of a sample mean.

    `area` is the state that it is about, "" for many; `indicator` is what is counted.

    Raises:
        FileRefusedError: not a file whose table can be read.
    """
    sample = read_sample(path)
    source = sample_source(sample, path)
    rows = Rows(File(path), source)
    if sample.layout.wide:
        rows.unpivot(FIGURE)
    found = Columns(source, rows.raw)
    names = [name for name in rows.raw if name not in ("row", "column", SHEET)]
    found.figure = FIGURE if sample.layout.wide else _figure(sample, names)
    found.periods = _periods(rows.raw, [name for name in names if name != found.figure])
    for name in names:
        if name not in (found.figure, *found.periods):
            _describe(found, name, area)
    is_count = codelists.column("indicator", "unit_measure")[indicator] == "NUMBER"
    found.locale = _locale(rows.raw, found.figure, area, is_count=is_count)
    return found


def sample_source(sample: Sample, path: Path) -> Source:
    """Return a source that reads a sample, for want of its own."""
    some = next(iter(discover().values())).source
    return replace(
        some, id=path.stem, layouts=(sample.layout,), contract="observation", number_locale="en_US",
        person_level=False, former_layouts=(),
    )  # fmt: skip


def _figure(sample: Sample, names: Sequence[str]) -> str:
    return next((name for name in sample.shape.numeric if name in names), "")


def _texts(raw: pd.DataFrame, name: str) -> list[str]:
    """Return the distinct texts of a column, in the order of the file."""
    return list(dict.fromkeys(raw[name].astype(str)))


def _periods(raw: pd.DataFrame, names: Sequence[str]) -> tuple[str, ...]:
    """Return the column of periods, or that of years and that of their parts."""
    whole = [name for name in names if _all(raw, name, "")]
    parts = [name for name in names if name not in whole and _all(raw, name, "2000")]
    if whole and parts and all(len(text) == 4 for text in _texts(raw, whole[0])):
        return whole[0], parts[0]
    return tuple(whole[:1])


def _all(raw: pd.DataFrame, name: str, year: str) -> bool:
    """Return whether all texts are periods, or with `year` parts of that year and not only it."""
    texts = [text for text in _texts(raw, name) if text]
    if not year:
        return bool(texts) and all(map(is_period, texts))
    parts = [named_part(name, text) for text in texts]
    is_divided = any(is_period(f"{year} {text}") and not _is_whole(text) for text in parts)
    return is_divided and all(is_period(text, year) for text in parts)


def _is_whole(text: str) -> bool:
    """Return whether a text beside a year means the whole of it, as `Total` does."""
    return to_period("2000", text) == "2000"


def _describe(found: Columns, name: str, area: str) -> None:
    labels = _texts(found.raw, name)
    if len(labels) == 1 and not dimensions.of_labels(labels, name, area):
        found.units[name] = labels[0]
        return
    few = len(labels) <= _MOST_LABELS
    dimension = dimensions.of_labels(labels, name, area) if few or not area else ""
    if len(labels) > _MOST_LABELS:
        wide = dimensions.of_labels(labels, name, area)
        dimension = wide if wide in ("ref_area", "citizenship") else ""
    if few and not dimension and _is_of_indicators(name):
        dimension = "indicator"
    if dimension == "citizenship" and not area:
        dimension = "ref_area"
    if not dimension or dimension in found.columns:
        found.unknown.append(name)
        return
    found.columns[dimension] = name
    if dimension != "ref_area":
        found.tables[dimension] = dimensions.proposals(labels, dimension, area)


def _is_of_indicators(name: str) -> bool:
    return name.startswith("label") or bool(_SERIES.search(name))


def _locale(raw: pd.DataFrame, figure: str, area: str, *, is_count: bool) -> str:
    """Return a locale that reads all figures, counts as whole numbers: the state's if it does."""
    texts = [text for text in _texts(raw, figure) if is_figure(text)] if figure else []
    for locale in (*_of_state(area), "en_US", "es_AR", "fr_CA", "es_MX"):
        if all(_reads(text, locale, is_count=is_count) for text in texts):
            return locale
    return "en_US"


def _of_state(area: str) -> list[str]:
    """Return the locales of a state in our languages, the likeliest first."""
    states = codelists.column("area", "iso2")
    found = [f"{language}_{states.get(area, '')}" for language in ("es", "pt", "en", "fr")]
    return [locale for locale in found if area and _reads("0", locale)]


def _reads(text: str, locale: str, *, is_count: bool = False) -> bool:
    try:
        value = parse(text, locale).value
    except FigureError:
        return False
    return not is_count or (value or 0) % 1 == 0
