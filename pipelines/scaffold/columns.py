"""Find the meaning of each column of a sample: period, figure, dimension, unit, or not known."""

import re
from collections.abc import Sequence
from dataclasses import MISSING, dataclass, field, fields
from pathlib import Path
from typing import Any, Final

import pandas as pd

from pipelines.reader.files import File
from pipelines.reader.periods import named_part
from pipelines.reader.reshape import COLUMN
from pipelines.reader.rows import Rows
from pipelines.reader.table_rows import SHEET_STEP
from pipelines.reader.text_tables import ROW
from pipelines.scaffold import dimensions, shape
from pipelines.scaffold.dimensions import Proposal
from pipelines.scaffold.sample import Sample, read_sample
from pipelines.scaffold.shape import is_part_column, is_period
from schemas import codelists
from schemas.figure import FigureError, parse
from schemas.source import SHEET, Source

FIGURE: Final = "figure"
"""Column of the figures of a wide table."""

_SERIES: Final = re.compile(r"serie|indica|delito|measure|concept", re.IGNORECASE)
_MOST_LABELS: Final = 60


@dataclass
class Columns:
    """Meaning of the columns of a sample, as far as it shows."""

    source: Source  # the sample's layout as that of a source
    raw: pd.DataFrame  # its rows, a figure each
    figure: str = ""  # the column with the figure, "" if none was found
    periods: tuple[str, ...] = ()  # the columns that state the period
    # the proposed codes of the labels of a column, by dimension
    tables: dict[str, list[Proposal]] = field(default_factory=dict)
    columns: dict[str, str] = field(default_factory=dict)  # the column of each dimension
    # columns with one text in all rows, and that text
    units: dict[str, str] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)  # columns of which nothing is known
    locale: str = "en_US"  # the locale whose signs the figures have
    # cells that are not a period or a figure, in words: a run quarantines their rows
    unread: list[str] = field(default_factory=list)


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
    texts = _texts(rows.raw, found.figure) if found.figure else []
    found.locale = _locale(texts, area, is_count=is_count)
    found.unread = [*_no_periods(found), *_no_figures(found, texts, is_count=is_count)]
    return found


def sample_source(sample: Sample, path: Path) -> Source:
    """Return a source that reads a sample; what reading does not need is blank."""
    blank: dict[str, Any] = {each.name: "" for each in fields(Source) if each.default is MISSING}
    known = {"id": path.stem, "layouts": (sample.layout,), "number_locale": "en_US"}
    return Source(**blank | known)


def _figure(sample: Sample, names: Sequence[str]) -> str:
    return next((name for name in sample.shape.numeric if name in names), "")


def _texts(raw: pd.DataFrame, name: str) -> list[str]:
    """Return the distinct texts of a column, in the order of the file."""
    return list(dict.fromkeys(raw[name].astype(str)))


def _periods(raw: pd.DataFrame, names: Sequence[str]) -> tuple[str, ...]:
    """Return the column of periods, or that of years and that of their parts."""
    texts = {name: [*filter(None, _texts(raw, name))] for name in names}
    whole = shape.period_columns(texts)
    parts = [name for name in names if name not in whole and is_part_column(name, texts[name])]
    if whole and parts and all(len(text) == 4 for text in texts[whole[0]] if is_period(text)):
        return whole[0], parts[0]
    return whole[:1]


def _describe(found: Columns, name: str, area: str) -> None:
    labels = _texts(found.raw, name)
    if len(labels) == 1 and not dimensions.of_labels(labels, name, area):
        found.units[name] = labels[0]
        return
    few = len(labels) <= _MOST_LABELS
    dimension = dimensions.of_labels(labels, name, area)
    if not few and dimension not in ("ref_area", "citizenship"):
        dimension = ""
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


def _no_periods(found: Columns) -> list[str]:
    """Return the cells in the columns of periods that are none, in words."""
    return [
        f"{_cell(found.raw, name, text)} is no {'part of a year' if year else 'period'}"
        for name, year in zip(found.periods, ("", "2000"), strict=False)
        for text in _texts(found.raw, name)
        if text and not is_period(named_part(name, text), year)
    ]


def _no_figures(found: Columns, texts: Sequence[str], *, is_count: bool) -> list[str]:
    """Return the cells that the locale does not read as figures, in words."""
    return [
        f"{_cell(found.raw, found.figure, text)} is not a figure as in {found.locale}"
        for text in texts
        if not _reads(text, found.locale, is_count=is_count)
    ]


def _cell(raw: pd.DataFrame, name: str, text: str) -> str:
    """Return the first cell of a column with a text, in words."""
    first = raw[(raw[name] == text).to_numpy()].iloc[0]
    printed = first[COLUMN] if name == FIGURE else name
    return f"column '{printed}', row {first[ROW] % SHEET_STEP}: '{text}'"


def _locale(texts: Sequence[str], area: str, *, is_count: bool) -> str:
    """Return the locale that reads most figures, counts as whole numbers; the state's if it can."""

    def reads(locale: str) -> int:
        return sum(_reads(text, locale, is_count=is_count) for text in texts)

    return max((*_of_state(area), "en_US", "es_AR", "fr_CA", "es_MX"), key=reads)


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
