"""What a detector is: a module of this package that declares `DETECTOR`, with its texts.

Whatever names detectors is derived from the modules; there is no list to keep.
"""

import importlib
import pkgutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum, auto
from functools import cache, cached_property
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

import pandas as pd

from pipelines.intake.detectors import sums


@dataclass(frozen=True)
class Release:
    """The figures that a detector examines.

    Attributes:
        figures: the placed figures of a release (see `figures`), from the second stage on yearly.
        before: the yearly figures of the previous release, None if there is none.
        with_kept_out: the figures with those that earlier stages keep out, but the first.
    """

    figures: pd.DataFrame
    before: pd.DataFrame | None
    with_kept_out: pd.DataFrame

    @property
    def figures_before(self) -> pd.DataFrame:
        """The figures `before`, for detectors that run only if there are some."""
        if self.before is None:
            raise ValueError("the release has no previous one")
        return self.before

    @cached_property
    def changed(self) -> pd.DataFrame:
        """The figures that changed since the previous release; `was` is the previous value."""
        old = self.figures_before
        was = old.loc[old["single"], [*sums.CELL, "value"]].rename(columns={"value": "was"})
        both = self.figures[self.figures["single"]].merge(was, on=sums.CELL)
        return both[both["value"] != both["was"]]

    @cached_property
    def added(self) -> pd.DataFrame:
        """The sums of the sexes and ages of each cell, as `sums.sums` returns them."""
        return sums.sums(self.figures)

    @cached_property
    def contradicted(self) -> pd.DataFrame:
        """The tables that other figures contradict, as `sums.contradicted` returns them."""
        return sums.contradicted(self.figures, self.added)


class Stage(IntEnum):
    """Order of the detectors. A figure that one stage keeps out is not shown to the next ones."""

    FIGURES = auto()  # single figures, of months and quarters too
    TABLES = auto()  # tables over all areas
    AREAS = auto()  # tables of one area
    CHANGES = auto()  # changes since the previous release; skipped if there is none


class Texts(NamedTuple):
    """The texts of a detector.

    Attributes:
        name: what is wrong with a figure, in each language.
        definition: when the detector finds something, in English.
        errata: its wordings for the publisher: fields of `pipelines.docs.errata.defect_texts.Words`
            without the code.
    """

    name: dict[str, str]
    definition: str
    errata: list[dict[str, str]]


@dataclass(frozen=True)
class Detector:
    """Declaration of a detector, which its module holds as `DETECTOR`.

    Attributes:
        find: returns the findings, as `findings.findings` makes them.
        stage: when it runs.
        effects: the effects that its findings may have.
        version: version of the detectors with which it was added, or last changed what it finds; of
            a change it is one more than the greatest of all, which is that of the detectors.
        texts: its texts.
        same_cell: whether equal figures have the same cell in both tables; else sexes and ages may
            be exchanged.
        whole_tables: whether a finding that keeps out names every figure of a table, hidden ones
            too. Then figures of the previous release may be published in their place.
        no_answer: whether the figure stands for no answer, so that nobody can correct it.
        doubts_before: whether the previous release may be the wrong one of the two.
    """

    find: Callable[[Release], pd.DataFrame]
    stage: Stage
    effects: tuple[str, ...]
    version: int
    texts: Texts
    same_cell: bool = False
    whole_tables: bool = False
    no_answer: bool = False
    doubts_before: bool = False

    @property
    def code(self) -> str:
        """The code of its findings: the name of its module."""
        return self._module.__name__.rpartition(".")[2].upper()

    @property
    def explanation(self) -> str:
        """The docstring of its module, for docs/rules.md."""
        return self._module.__doc__ or ""

    @property
    def _module(self) -> ModuleType:
        return sys.modules[self.find.__module__]


@cache
def discover() -> tuple[Detector, ...]:
    """Return the detectors of this package: by stage, then by name."""
    names = [module.name for module in pkgutil.iter_modules([str(Path(__file__).parent)])]
    modules = [importlib.import_module(f"{__package__}.{name}") for name in names]
    found = [module.DETECTOR for module in modules if hasattr(module, "DETECTOR")]
    return tuple(sorted(found, key=lambda detector: detector.stage))


def version() -> str:
    """Return the version of the detectors, which findings and rates name."""
    return str(max(detector.version for detector in discover()))
