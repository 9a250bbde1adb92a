"""The row to compare with a defective row."""

from typing import Final

import pandas as pd

from pipelines.docs.errata.defect_texts import span
from pipelines.docs.errata.defects import Defects
from pipelines.harmonised.errata import ADDED_UP
from pipelines.intake import detectors
from pipelines.intake.detectors.figures import SMALLEST
from pipelines.raw.findings import SAME
from pipelines.reader.text_tables import ROW

OTHER: Final = ["other_area", "other_indicator", "other_kind", "other_year"]
"""Columns of lines that name the table with the same figures."""
TABLE: Final = ["ref_area", "indicator", "kind", "year"]
"""The same of a printed figure."""
_SAME_CELL: Final = [each.code for each in detectors.discover() if each.same_cell]


def find(defects: Defects) -> pd.DataFrame:
    """Return for each line the table with the same figures, and the row or rows to compare with.

    Columns: those of `OTHER` (missing if there is no such table), compared (True if it prints a
    comparable figure), beside (index in `places` of the row with the same figure of 5 or more, or
    missing), compare (row numbers: of that row, else of the rows that share the line's cell, else
    "").
    """
    lines, places = defects.lines, defects.printed.places
    tables = {
        line: (
            each.other_area or each.ref_area,
            each.other_indicator or each.indicator,
            each.other_kind or each.kind,
            each.other_year or each.year,
        )
        for line, each in lines["finding"].items()
        if each and each.evidence in SAME
    }
    others = pd.DataFrame.from_dict(tables, orient="index", columns=OTHER)
    others = others.reindex(lines.index).astype({"other_year": "float64"})
    here = places.loc[lines["place"]].set_axis(lines.index).assign(code=lines["code"]).join(others)
    pairs = _pairs(here.reset_index(names="line"), places)
    equal = pairs[pairs["value"] == pairs["value_there"]]
    beside = equal.drop_duplicates("line").set_index("line")["beside"].reindex(lines.index)
    rows = places[ROW].astype("str").reindex(beside).set_axis(lines.index)
    shared = lines[lines["group"] != ""]
    of_cell = places.loc[shared["place"], ROW].set_axis(shared.index)
    spans = of_cell.groupby([shared["effect"] == ADDED_UP, shared["group"]]).transform(span)
    compare = rows.fillna(spans.astype("str").reindex(lines.index).fillna(""))
    return others.assign(compared=lines.index.isin(pairs["line"]), beside=beside, compare=compare)


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
