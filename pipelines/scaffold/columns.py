"""Find the meaning of each column of a sample: period, figure, dimension, one text, or unknown."""

import re
from contextlib import suppress
from dataclasses import MISSING, dataclass, field, fields
from pathlib import Path
from typing import Any, Final

import pandas as pd

from pipelines.reader.files import File
from pipelines.reader.rows import Rows
from pipelines.scaffold import dimensions, shape
from pipelines.scaffold.sample import Sample
from pipelines.scaffold.shape import is_part_column, is_period
from pipelines.scaffold.wide_columns import MARK
from schemas import codelists
from schemas.figure import FigureError, parse
from schemas.source import SHEET, Source

FIGURE: Final = "figure"
"""Column of the figures of a wide table."""

_SERIES: Final = r"label|.*(?:serie|indica|delito|measure|concept)"
_OF_PERSONS: Final = "naci|nation|citi"
_MOST_LABELS: Final = 60


@dataclass
class Columns:
    """Meaning of the columns of a sample, as far as it shows."""

    raw: pd.DataFrame  # its rows, a figure each
    figure: str  # the column with the figure
    periods: tuple[str, ...]  # the columns that state the period
    of_dimension: dict[str, str] = field(default_factory=dict)  # the column of each dimension
    constant: dict[str, str] = field(default_factory=dict)  # columns with one text in all rows
    unknown: list[str] = field(default_factory=list)  # columns of which nothing is known

    def texts(self, name: str) -> list[str]:
        """Return the distinct texts of a column, in the order of the file."""
        return list(dict.fromkeys(self.raw[name].astype(str)))


def read_columns(sample: Sample, path: Path, area: str = "") -> Columns:
    """Return what the columns of a sample mean; `area` is the state that it is about, if it is one.

    Raises:
        FileRefusedError: not a file whose figures can be read.
    """
    blank: dict[str, Any] = {  # what reading does not need
        each.name: ""
        for each in fields(Source)
        if each.default is MISSING and each.default_factory is MISSING
    }
    known = {"id": path.stem, "layouts": (sample.layout,), "number_locale": "en_US"}
    rows = Rows(File(path), Source(**blank | known))
    if sample.layout.wide:
        rows.unpivot(FIGURE)
    names = [name for name in rows.raw if name not in ("row", "column", SHEET, MARK)]
    figure = FIGURE if sample.layout.wide else sample.shape.numeric[0]
    found = Columns(rows.raw, figure, ())
    found.periods = _periods({name: found.texts(name) for name in names if name != figure})
    for name in names:
        if name not in (figure, *found.periods):
            _describe(found, name, area)
    return found


def _periods(texts: dict[str, list[str]]) -> tuple[str, ...]:
    """Return the column of periods, or that of years and that of their parts."""
    filled = {name: [*filter(None, each)] for name, each in texts.items()}
    whole = shape.period_columns(filled)
    parts = [name for name in filled if name not in whole and is_part_column(name, filled[name])]
    if whole and parts and all(len(text) == 4 for text in filled[whole[0]] if is_period(text)):
        return whole[0], parts[0]
    return whole[:1]


def _describe(found: Columns, name: str, area: str) -> None:
    labels = found.texts(name)
    dimension = dimensions.of_labels(labels, name, area)
    is_state = dimension == "citizenship" and not re.search(_OF_PERSONS, name, re.IGNORECASE)
    if len(labels) == 1 and labels[0] and (not dimension or (area and is_state)):
        found.constant[name] = labels[0]
        return
    if len(labels) > _MOST_LABELS and dimension not in ("ref_area", "citizenship"):
        dimension = ""
    elif not dimension and re.match(_SERIES, name, re.IGNORECASE):
        dimension = "indicator"
    if dimension == "citizenship" and not area:
        dimension = "ref_area"
    if not dimension or dimension in found.of_dimension:
        found.unknown.append(name)
    else:
        found.of_dimension[dimension] = name


def locale_of(columns: Columns, area: str, indicator: str) -> str:
    """Return the locale that reads most figures, counts as whole numbers; the state's if it can."""
    is_count = codelists.column("indicator", "unit_measure")[indicator] == "NUMBER"
    iso2 = codelists.column("area", "iso2").get(area, "")
    of_state = [f"{language}_{iso2}" for language in ("es", "pt", "en", "fr") if iso2]
    texts = columns.texts(columns.figure)

    def reads(locale: str) -> int:
        count = 0
        for text in texts:
            with suppress(FigureError):
                count += not is_count or (parse(text, locale).value or 0) % 1 == 0
        return count

    return max((*of_state, "en_US", "es_AR", "fr_CA", "es_MX"), key=reads)
