"""Figures that a source hides are in none of its outputs: rows, quarantine, figure table."""

import dataclasses
from pathlib import Path

import pandas as pd
import pytest

from pipelines.raw.recalls import RECALLED
from pipelines.reader.reshape import UNREADABLE, hidden_below
from pipelines.reader.rows import Rows
from pipelines.sources import File, discover
from pipelines.words.disclosure import WITHHELD
from schemas.source import Layout

SOURCE = dataclasses.replace(
    discover()["ref_wpp"].source,
    layouts=(Layout(file="a.csv", header=("area", "first", "last"), minimum_rows=1),),
)


@pytest.mark.parametrize("text", ["0", "4", "4.0", "0.0", "<5", "<3", "≤4", "3 p", "1.5"])
def test_figures_that_can_only_be_small_are_hidden(text: str) -> None:
    found = hidden_below(5, pd.Series([text, "7"], dtype="category"), "en_US")
    assert list(found) == ["<5", "7"]


@pytest.mark.parametrize(
    "text", ["5", "5.0", "1,234", "", "-", "n/a", "<6", "≤5", WITHHELD, RECALLED]
)
def test_all_else_stays_as_printed(text: str) -> None:
    found = hidden_below(5, pd.Series([text, "7"], dtype="category"), "en_US")
    assert list(found) == [text, "7"]


@pytest.mark.parametrize(
    "text",
    ["3,0", "+3", "1e0", "\uff13", "(3)", "3 persons", "3-4", "3.", "3/", "three", "-3", "x" * 99],
)
def test_what_cannot_be_read_may_be_below_and_is_hidden(text: str) -> None:
    found = hidden_below(5, pd.Series([text, "7"], dtype="category"), "en_US")
    assert list(found) == [UNREADABLE, "7"]
    assert list(hidden_below(5, pd.Series(found), "en_US")) == [UNREADABLE, "7"]


def test_a_hidden_figure_goes_nowhere(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("area,first,last\nARG,3,30\nBRA,40,2\nCAN,three,50\n", encoding="utf-8")
    rows = Rows(File(path), SOURCE)
    rows.hide_below(5, ["first", "last"])
    rows.melt({"first": "2019", "last": "2020"}, into="year", figure="figure")
    rows.reject(rows.raw["area"] == "ARG", "labels_are_known", "figure", "invented")
    figure = rows.figure("figure")
    tidy = rows.tidy(ref_area="ARG", time_period="2019", sex="F", age="Y0T17", **figure)
    assert list(tidy.raw["figure"]) == ["<5", "30", "40", "<5", "unreadable", "50"]
    assert tidy.table[["first", "last"]].to_numpy().tolist() == [
        ["<5", "30"], ["40", "<5"], ["unreadable", "50"]
    ]  # fmt: skip
    assert tidy.problems["found"].tolist() == ["<5", "30", "unreadable"]
    assert list(tidy.rows["upper"].fillna(-1)) == [4, 30, 40, 4, -1, 50]
