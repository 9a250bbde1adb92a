"""Tables of a page of errata: they group figures by table, column or state where they can."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import pandas as pd

from pipelines.docs.errata import counterpart, defect_lines
from pipelines.docs.errata.defect_texts import span
from pipelines.docs.errata.defects import Defects
from pipelines.reader.text_tables import ROW

Row = list[Any]


class ErrataTable(NamedTuple):
    """A table of a page: title, column headings, rows."""

    title: str
    header: list[str]
    rows: list[Row]


class ErrataTables:
    """Tables of the lines of one release, from `defect_lines.lines`.

    The last column says what became of the lines in the other release, if there is one.
    """

    def __init__(self, source: str, defects: Defects, other: str) -> None:
        """Take the labels from what the release prints; `other` is the other release, or ""."""
        self._when = [f"in {other}"] if other else []
        self._printed = defects.printed
        _, self._names = defect_lines.columns(source, defects)
        self._head = " · ".join(self._names)

    def _labels(self, lines: pd.DataFrame) -> pd.DataFrame:
        return self._printed.labels.loc[lines["place"], self._names]

    def _what(self, lines: pd.DataFrame, without: Sequence[str] = ()) -> str:
        """Return the labels of lines in short, without some columns."""
        return defect_lines.described(
            self._labels(lines).drop(columns=list(without), errors="ignore")
        )

    def _became(self, lines: pd.DataFrame) -> list[str]:
        return [defect_lines.what_became(lines)] if self._when else []

    def tables(self, lines: pd.DataFrame) -> list[ErrataTable]:
        """Return a table per printed table with another's figures: a row per year."""
        here = "equal here, of the comparable figures (5 or more)"
        header = ["year", "areas that agree", "rows", here, "for example", *self._when]
        tables = []
        for _, table in lines.groupby(["indicator", "kind"], sort=False):
            named = f"*{self._what(table)}* holds the figures of *{self._labels_of_other(table)}*"
            rows = []
            for year, each in table.groupby("year"):
                equal = each[each["beside"].notna()]
                share = f"{len(equal)} of {each['compared'].sum()}"
                example = ""
                if len(equal):
                    first = equal.loc[equal["value"].idxmax()]
                    both = f"rows {first[ROW]} and {first['compare']}"
                    example = f"{first['state']}: {first['printed']} in {both}"
                counts = [each["agreement"].iloc[0], len(each), share, example]
                rows.append([int(year), *counts, *self._became(each)])
            tables.append(ErrataTable(f"{named}: {len(table)} rows.", header, rows))
        return tables

    def _labels_of_other(self, table: pd.DataFrame) -> str:
        """Return the labels of the table with the same figures, as far as they differ."""
        places = self._printed.places
        tables = pd.MultiIndex.from_frame(table[counterpart.OTHER[1:]])
        others = pd.MultiIndex.from_frame(places[counterpart.TABLE[1:]]).isin(tables)
        here, there = self._labels(table), self._printed.labels.loc[others, self._names]
        differ = [name for name in self._names if set(here[name]) != set(there[name])]
        return " · ".join(defect_lines.values(there[name]) for name in differ) or "another year"

    def columns(self, lines: pd.DataFrame) -> list[ErrataTable]:
        """Return a table with a row per filled column: the number of rows under each entry."""
        numbers = sorted(lines["number"].unique())
        rows = []
        for (_, year), each in lines.groupby(["cell", "year"], sort=False):
            counts = each["number"].value_counts()
            under = [counts.get(number, 0) for number in numbers]
            what = [self._what(each), int(year), each["agreement"].iloc[0]]
            rows.append([*what, *under, *self._became(each)])
        heads = [f"rows, no. {number}" for number in numbers]
        rows.sort(key=lambda row: row[:2])
        return [
            ErrataTable(
                "", [self._head, "year", "areas of the whole file", *heads, *self._when], rows
            )
        ]

    exchanged = columns

    def states(self, lines: pd.DataFrame) -> list[ErrataTable]:
        """Return a table with a row per state and year."""
        rows = [
            [state, year, self._what(each), span(each[ROW]), "; ".join(each["evidence"].unique()),
             *self._became(each)]
            for (state, year), each in lines.groupby(["state", "time_period"])
        ]  # fmt: skip
        header = ["state", "year", self._head, "rows", "evidence", *self._when]
        return [ErrataTable("", header, rows)]

    def figures(self, lines: pd.DataFrame) -> list[ErrataTable]:
        """Return a table with a row per figure, or per state and year with the same remark."""
        remarks = lines["note"].where(lines["note"] != "", lines["evidence"])
        why = remarks.groupby(lines["place"]).agg(
            lambda texts: "; ".join(filter(None, dict.fromkeys(texts)))
        )
        once = lines.assign(why=lines["place"].map(why)).drop_duplicates("place")
        rows = [
            [number, state, year, self._what(each), span(each[ROW]),
             "; ".join(each["printed"].unique()), text, *self._became(each)]
            for (number, state, year, text), each in once.groupby(
                ["number", "state", "time_period", "why"], sort=False)
        ]  # fmt: skip
        header = ["no.", "state", "year", self._head, "rows", "printed", "why", *self._when]
        return [ErrataTable("", header, rows)]

    def repeats(self, lines: pd.DataFrame) -> list[ErrataTable]:
        """Return a table with a row per indicator and reason: states and years."""
        rows = []
        for (_, note), each in lines.groupby(["indicator", "note"], sort=False):
            years = each.groupby("state")["time_period"].agg(span)
            where = "; ".join(f"{state} {when}" for state, when in years.items())
            counts = [each["group"].nunique(), len(each)]
            rows.append([self._what(each), *counts, where, note, *self._became(each)])
        return [ErrataTable("", [self._head, "figures", "rows", "where", "why", *self._when], rows)]

    def questions(self, lines: pd.DataFrame) -> list[ErrataTable]:
        """Return a table with a row per figure that several rows may print."""
        rows = []
        for _, each in lines.groupby("group", sort=False):
            labels = self._printed.labels.loc[each["place"], self._printed.names]
            differ = [name for name in labels if len(labels[name].unique()) > 1]
            apart = [" · ".join(filter(None, row)) for row in labels[differ].to_numpy()]
            pairs = zip(each["printed"], apart, strict=True)
            printed = [f"{figure} ({label})" if label else figure for figure, label in pairs]
            first, what = each.iloc[0], self._what(each, without=differ)
            row = [first["state"], first["time_period"], what, span(each[ROW]), "; ".join(printed)]
            rows.append([*row, *self._became(each)])
        return [
            ErrataTable("", ["state", "year", self._head, "rows", "printed", *self._when], rows)
        ]

    def labels(self, lines: pd.DataFrame) -> list[ErrataTable]:
        """Return a table with a row per wrong label; corrected labels of a column share a row."""
        pairs = zip(lines["place"], lines["label"], strict=True)
        wrong = [self._printed.labels.loc[place, column] for place, column in pairs]
        lines = lines.assign(wrong=[label or "(empty)" for label in wrong])
        if lines["id"].any():
            rows = []
            for column, each in lines.groupby("label"):
                counts = each.groupby(["wrong", "new"]).size()
                texts = [f"`{old}` {new} ({count})" for (old, new), count in counts.items()]
                rows.append([column, ", ".join(texts), *self._became(each)])
            return [ErrataTable("", ["column", "printed, and read as (rows)", *self._when], rows)]
        rows = [
            [column, label, self._what(each, without=[column]), len(each),
             ", ".join(sorted(each["state"].unique())), *self._became(each)]
            for (column, label), each in lines.groupby(["label", "wrong"])
        ]  # fmt: skip
        header = ["column", "printed", self._head, "rows", "states", *self._when]
        return [ErrataTable("", header, rows)]
