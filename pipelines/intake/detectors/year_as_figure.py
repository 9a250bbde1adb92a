"""QUESTION_NUMBER and OWN_YEAR: a number that is no count.

A figure of 100,000 or more that ends in a year of the file is the number of a question, such as
6,112,019 for question 61.1 about 2019. No chance is calculated, since whole files have no other
figure as large. A figure equals its own year by chance once in some files: a single one is
doubtful; where an area prints two, of two years, they are no counts.
"""

from typing import Final

import numpy as np
import pandas as pd

from pipelines.intake.detectors.findings import findings, texts
from pipelines.raw.findings import DOUBTFUL, KEEP_OUT
from schemas import codelists

LARGE: Final = 100_000


def question_number(figures: pd.DataFrame) -> pd.DataFrame:
    """Return findings about numbers of questions that were printed as figures."""
    large = _is_count(figures) & (figures["value"] >= LARGE)
    found = figures[large & (figures["value"] % 10_000).isin(figures["year"].unique())]
    return findings(found, "QUESTION_NUMBER", KEEP_OUT, _printed(found))


def own_year(figures: pd.DataFrame) -> pd.DataFrame:
    """Return findings about figures that are their own year."""
    found = figures[_is_count(figures) & (figures["value"] == figures["year"])]
    several = found.groupby("ref_area")["year"].transform("nunique") > 1
    effect = np.where(several, KEEP_OUT, DOUBTFUL)
    return findings(found, "OWN_YEAR", effect, _printed(found))


def _is_count(figures: pd.DataFrame) -> pd.Series:
    return figures["indicator"].map(codelists.column("indicator", "unit_measure")) == "NUMBER"


def _printed(figures: pd.DataFrame) -> list[str]:
    return texts("{:.0f}", figures["value"])
