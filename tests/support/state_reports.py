"""A state that reports again and again: forms of invented figures, and what is printed of them."""

from pathlib import Path

import filled_forms
import pytest
from filled_forms import FORM

from pipelines.harmonised import refresh
from pipelines.lib import clock, paths
from pipelines.questionnaire import reading, submission
from pipelines.questionnaire.form import Form
from pipelines.raw import manifest
from pipelines.sources import discover

SOURCE = "hti_national_report"
TOTAL = "VIC_PRESUMED|_T|_T|_T|_T"
SMALL = 3
"""A number that no file of ours may hold: all others are of two digits or more."""


@pytest.fixture
def home(one_detector: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty project folder, without a browser; forms are read without a process of their own."""
    monkeypatch.setenv("TIPSTAT_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(reading, "read_form", reading.read_here)
    monkeypatch.setattr(submission, "_pdf", lambda _: ())
    paths.raw().mkdir(parents=True)
    return tmp_path / "home"


def answers(seed: int = 1, **changed: str) -> dict[str, str]:
    """Return answers of which one part is small."""
    given = filled_forms.stated(FORM) | filled_forms.figures(FORM, seed)
    parts = {"F": "40", "M": "50", "_O": f"{SMALL}", "_U": "20"}
    small = {f"VIC_PRESUMED|{sex}|_T|_T|_T": count for sex, count in parts.items()}
    ages = {"Y_GE18": "70", "Y0T17": "33", "_U": "10"}
    by_age = {f"VIC_PRESUMED|_T|{age}|_T|_T": count for age, count in ages.items()}
    return given | small | by_age | {TOTAL: "113"} | changed


def form(folder: Path, given: dict[str, str], asked: Form = FORM) -> Path:
    return filled_forms.write(folder / f"form_{asked.year}.xlsx", asked, given)


def figures(day: str) -> dict[tuple[str, ...], str]:
    """Return the printed figures of a release by year, indicator, sex and age."""
    found = refresh.harmonised(discover()[SOURCE], manifest.entries(SOURCE, day)).rows
    columns = ["time_period", "indicator", "sex", "age", "exploitation", "citizenship"]
    keys = found[columns].astype(str).itertuples(index=False, name=None)
    return dict(zip(keys, found["value_raw"].astype(str), strict=True))


def on(day: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: day)
