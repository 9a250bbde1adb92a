"""The tables of a page of errata: whole tables and states first, never a row for each figure."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import pandas as pd

from pipelines.docs.errata import wording
from pipelines.docs.errata.facts import Facts
from pipelines.docs.errata.words import span
from pipelines.reader.text_tables import ROW

Row = list[Any]


class Block(NamedTuple):
    """A table of a page: its title, the heads of its columns, its rows."""

    title: str
    header: list[str]
    rows: list[Row]


class Blocks:
    """Makes tables of lines of one release, in words as `told.lines` returns them."""

    def __init__(self, source: str, facts: Facts) -> None:
        """Take the labels from what the release prints."""
        self._printed = facts.printed
        _, self._names = wording.columns(source, facts)
        self._head = " · ".join(self._names)

    def _labels(self, lines: pd.DataFrame) -> pd.DataFrame:
        return self._printed.labels.loc[lines["place"], self._names]

    def _what(self, lines: pd.DataFrame, without: Sequence[str] = ()) -> str:
        """The labels of some lines in short, some columns left out."""
        return wording.described(self._labels(lines).drop(columns=list(without), errors="ignore"))

    def tables(self, lines: pd.DataFrame) -> list[Block]:
        """A table for each that holds another's figures, with a row for each year."""
        here = "equal here, of the figures (5 or more) to compare"
        header = ["year", "areas that agree", "rows", here, "for example"]
        blocks = []
        for _, table in lines.groupby(["indicator", "kind"], sort=False):
            named = f"*{self._what(table)}* holds the figures of *{self._other(table)}*"
            title = f"{named}: {len(table)} rows."
            rows = [[int(year), *self._of_year(each)] for year, each in table.groupby("year")]
            blocks.append(Block(title, header, rows))
        return blocks

    def _of_year(self, lines: pd.DataFrame) -> Row:
        equal = lines[lines["beside"].notna()]
        share = f"{len(equal)} of {lines['compared'].sum()}"
        example = ""
        if len(equal):
            first = equal.loc[equal["value"].idxmax()]
            rows = f"rows {first[ROW]} and {first['compare']}"
            example = f"{first['state']}: {first['printed']} in {rows}"
        return [lines["agreement"].iloc[0], len(lines), share, example]

    def _other(self, table: pd.DataFrame) -> str:
        """The labels of the table whose figures another holds, where they differ."""
        others = self._printed.places["table"].isin(table["other"])
        here, there = self._labels(table), self._printed.labels.loc[others, self._names]
        differ = [name for name in self._names if set(here[name]) != set(there[name])]
        return " · ".join(wording.values(there[name]) for name in differ) or "another year"

    def columns(self, lines: pd.DataFrame) -> list[Block]:
        """A row for each filled column, with the number of rows under each entry."""
        numbers = sorted(lines["number"].unique())
        rows = []
        for (_, year), each in lines.groupby(["cell", "year"], sort=False):
            counts = each["number"].value_counts()
            under = [counts.get(number, 0) for number in numbers]
            rows.append([self._what(each), int(year), each["agreement"].iloc[0], *under])
        heads = [f"rows, no. {number}" for number in numbers]
        rows.sort(key=lambda row: row[:2])
        return [Block("", [self._head, "year", "areas of the whole file", *heads], rows)]

    def states(self, lines: pd.DataFrame) -> list[Block]:
        """A row for each state and year."""
        rows = [
            [state, year, self._what(each), span(each[ROW]), "; ".join(each["evidence"].unique())]
            for (state, year), each in lines.groupby(["state", "time_period"])
        ]
        return [Block("", ["state", "year", self._head, "rows", "evidence"], rows)]

    def figures(self, lines: pd.DataFrame) -> list[Block]:
        """A row for each figure, or for those of a state and year of which the same is said."""
        said = lines["note"].where(lines["note"] != "", lines["evidence"]).groupby(lines["place"])
        why = said.agg(lambda texts: "; ".join(filter(None, dict.fromkeys(texts))))
        once = lines.assign(why=lines["place"].map(why)).drop_duplicates("place")
        rows = [
            [number, state, year, self._what(each), span(each[ROW]),
             "; ".join(each["printed"].unique()), text]
            for (number, state, year, text), each in once.groupby(
                ["number", "state", "time_period", "why"], sort=False)
        ]  # fmt: skip
        return [Block("", ["no.", "state", "year", self._head, "rows", "printed", "why"], rows)]

    def repeats(self, lines: pd.DataFrame) -> list[Block]:
        """A row for each indicator and reason, with its states and years."""
        rows = []
        for (_, note), each in lines.groupby(["indicator", "note"], sort=False):
            years = each.groupby("state")["time_period"].agg(span)
            where = "; ".join(f"{state} {when}" for state, when in years.items())
            rows.append([self._what(each), each["group"].nunique(), len(each), where, note])
        return [Block("", [self._head, "figures", "rows", "where", "why"], rows)]

    def questions(self, lines: pd.DataFrame) -> list[Block]:
        """A row for each figure that several rows may be about."""
        rows = []
        for _, each in lines.groupby("group", sort=False):
            labels = self._printed.labels.loc[each["place"], self._printed.names]
            differ = [name for name in labels if len(labels[name].unique()) > 1]
            apart = [" · ".join(filter(None, row)) for row in labels[differ].to_numpy()]
            pairs = zip(each["printed"], apart, strict=True)
            printed = [f"{figure} ({label})" if label else figure for figure, label in pairs]
            first, what = each.iloc[0], self._what(each, without=differ)
            row = [first["state"], first["time_period"], what, span(each[ROW]), "; ".join(printed)]
            rows.append(row)
        return [Block("", ["state", "year", self._head, "rows", "printed"], rows)]

    def labels(self, lines: pd.DataFrame) -> list[Block]:
        """A row for each label that is wrong; those that are read otherwise share one."""
        pairs = zip(lines["place"], lines["label"], strict=True)
        wrong = [self._printed.labels.loc[place, column] for place, column in pairs]
        lines = lines.assign(wrong=[label or "(empty)" for label in wrong])
        if lines["id"].any():
            return [self._mended(lines)]
        rows = [
            [column, label, self._what(each, without=[column]), len(each), _states(each)]
            for (column, label), each in lines.groupby(["label", "wrong"])
        ]
        return [Block("", ["column", "printed", self._head, "rows", "states"], rows)]

    def _mended(self, lines: pd.DataFrame) -> Block:
        rows = []
        for column, of_column in lines.groupby("label"):
            pairs = of_column.groupby(["wrong", "new"]).size()
            texts = [f"`{old}` {new} ({rows})" for (old, new), rows in pairs.items()]
            rows.append([column, ", ".join(texts)])
        return Block("", ["column", "printed, and read as (rows)"], rows)


def _states(lines: pd.DataFrame) -> str:
    return ", ".join(sorted(lines["state"].unique()))
