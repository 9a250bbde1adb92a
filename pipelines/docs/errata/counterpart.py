"""The row to compare with a defective row."""

from typing import Final

import pandas as pd

from pipelines.docs.errata.defect_texts import span
from pipelines.docs.errata.facts import ADDED_UP, Facts
from pipelines.intake import detectors
from pipelines.intake.detectors.figures import SMALLEST
from pipelines.reader.text_tables import ROW

_COUNTERPARTS: Final = {
    detector.code: detector.counterpart for detector in detectors.discover() if detector.counterpart
}
"""The table with the same figures, by detector; `named` begins the evidence."""


def find(facts: Facts) -> pd.DataFrame:
    """Return for each line the table with the same figures, and the row or rows to compare with.

    Columns: other (name of that table, "" if none), compared (True if it prints a comparable
    figure), beside (index in `places` of the row with the same figure of 5 or more, or missing),
    compare (row numbers).
    """
    lines = facts.lines
    here = facts.printed.places.loc[lines["place"]].set_axis(lines.index)
    named = lines["evidence"].str.partition(": ")[0]
    asked = here.assign(code=lines["code"], named=named, other=_others(here, lines["code"], named))
    is_area = lines["code"].isin([code for code, each in _COUNTERPARTS.items() if each.other_area])
    asked["area"] = named.str.split(" ").str[0].where(is_area, here["ref_area"])
    pairs = _pairs(asked.reset_index(names="line"), facts.printed.places)
    equal = pairs[pairs["value"] == pairs["value_there"]]
    beside = equal.drop_duplicates("line").set_index("line")["beside"].reindex(lines.index)
    rows = facts.printed.places[ROW].astype("str").reindex(beside).set_axis(lines.index)
    found = rows.fillna(_rows_of_cell(facts))
    return asked[["other"]].assign(
        compared=lines.index.isin(pairs["line"]), beside=beside, compare=found
    )


def _others(here: pd.DataFrame, codes: pd.Series, named: pd.Series) -> pd.Series:
    """Return the names of the tables to compare lines with; "" for none."""
    known = here[codes.isin(_COUNTERPARTS) & here["table"].notna()]
    texts = [
        _COUNTERPARTS[codes[line]].table.format(
            named=named[line], indicator=indicator, kind=kind, year=year
        )
        for line, indicator, kind, year in known[["indicator", "kind", "year"]].itertuples()
    ]
    return pd.Series(texts, known.index, dtype="str").reindex(here.index).fillna("")


def _pairs(asked: pd.DataFrame, places: pd.DataFrame) -> pd.DataFrame:
    """Pair each figure of 5 or more with those of the other table, that of the same cell first."""
    mine = asked.loc[(asked["other"] != "") & (asked["value"] >= SMALLEST)]
    mine = mine[["line", "code", "other", "area", "value", "cell"]]
    theirs = places.reset_index(names="beside")[["beside", "table", "ref_area", "value", "cell"]]
    theirs = theirs[theirs["value"] >= SMALLEST]
    pairs = mine.merge(
        theirs,
        left_on=["other", "area"],
        right_on=["table", "ref_area"],
        suffixes=("", "_there"),
    )
    pairs["differs"] = pairs["cell"] != pairs["cell_there"]
    same_cell = [code for code, each in _COUNTERPARTS.items() if each.same_cell]
    wanted = pairs[~(pairs["differs"] & pairs["code"].isin(same_cell))]
    return wanted.sort_values(["line", "differs", "beside"])


def _rows_of_cell(facts: Facts) -> pd.Series:
    """Return the rows that share a cell, for lines about such rows; "" for others."""
    lines = facts.lines[facts.lines["group"] != ""]
    rows = facts.printed.places.loc[lines["place"], ROW].set_axis(lines.index)
    by = [lines["effect"] == ADDED_UP, lines["group"]]
    spans = rows.groupby(by).transform(span).astype("str")
    return spans.reindex(facts.lines.index).fillna("")
