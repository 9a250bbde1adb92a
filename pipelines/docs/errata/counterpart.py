"""The row to compare with a defective row."""

from typing import Final

import pandas as pd

from pipelines.docs.errata.defect_texts import span
from pipelines.docs.errata.facts import ADDED_UP, Facts
from pipelines.intake import detectors
from pipelines.intake.detectors.figures import SMALLEST
from pipelines.raw.findings import SAME, Finding
from pipelines.reader.text_tables import ROW

OTHER: Final = ["other_area", "other_indicator", "other_kind", "other_year"]
"""Columns of lines that name the table with the same figures."""
TABLE: Final = ["ref_area", "indicator", "kind", "year"]
"""The same of a printed figure."""
_SAME_CELL: Final = [each.code for each in detectors.discover() if each.same_cell]


def find(facts: Facts) -> pd.DataFrame:
    """Return for each line the table with the same figures, and the row or rows to compare with.

    Columns: those of `OTHER` (missing if there is no such table), compared (True if it prints a
    comparable figure), beside (index in `places` of the row with the same figure of 5 or more, or
    missing), compare (row numbers).
    """
    lines = facts.lines
    here = facts.printed.places.loc[lines["place"]].set_axis(lines.index)
    others = _others(lines["finding"])
    asked = here.assign(code=lines["code"]).join(others)
    pairs = _pairs(asked.reset_index(names="line"), facts.printed.places)
    equal = pairs[pairs["value"] == pairs["value_there"]]
    beside = equal.drop_duplicates("line").set_index("line")["beside"].reindex(lines.index)
    rows = facts.printed.places[ROW].astype("str").reindex(beside).set_axis(lines.index)
    found = rows.fillna(_rows_of_cell(facts))
    return others.assign(compared=lines.index.isin(pairs["line"]), beside=beside, compare=found)


def _others(findings: pd.Series) -> pd.DataFrame:
    """Return the tables to compare lines with; missing for lines without one."""
    known = {
        line: _other(each) for line, each in findings.items() if each and each.evidence in SAME
    }
    frame = pd.DataFrame.from_dict(known, orient="index", columns=OTHER)
    return frame.reindex(findings.index).astype({"other_year": "float64"})


def _other(finding: Finding) -> tuple[object, ...]:
    return (
        finding.other_area or finding.ref_area,
        finding.other_indicator or finding.indicator,
        finding.other_kind or finding.kind,
        finding.other_year or finding.year,
    )


def _pairs(asked: pd.DataFrame, places: pd.DataFrame) -> pd.DataFrame:
    """Pair each figure of 5 or more with those of the other table, that of the same cell first."""
    mine = asked.loc[asked["other_kind"].notna() & (asked["value"] >= SMALLEST)]
    mine = mine[["line", "code", *OTHER, "value", "cell"]]
    theirs = places.reset_index(names="beside")[["beside", *TABLE, "value", "cell"]]
    theirs = theirs[theirs["value"] >= SMALLEST]
    pairs = mine.merge(theirs, left_on=OTHER, right_on=TABLE, suffixes=("", "_there"))
    pairs["differs"] = pairs["cell"] != pairs["cell_there"]
    wanted = pairs[~(pairs["differs"] & pairs["code"].isin(_SAME_CELL))]
    return wanted.sort_values(["line", "differs", "beside"])


def _rows_of_cell(facts: Facts) -> pd.Series:
    """Return the rows that share a cell, for lines about such rows; "" for others."""
    lines = facts.lines[facts.lines["group"] != ""]
    rows = facts.printed.places.loc[lines["place"], ROW].set_axis(lines.index)
    by = [lines["effect"] == ADDED_UP, lines["group"]]
    spans = rows.groupby(by).transform(span).astype("str")
    return spans.reindex(facts.lines.index).fillna("")
