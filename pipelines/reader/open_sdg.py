"""Tables of the Open SDG platform, on which many states print their figures of the SDGs.

A file has `Year`, columns that split the figures, and `Value`; a blank cell of such a column is the
total. A column that the source does not name would split the figures unseen: it is refused.
"""

from typing import Final

from schemas.annotations import Column
from schemas.source import Source
from schemas.table import ColumnReading, MustBe, Table

YEAR: Final = "Year"
VALUE: Final = "Value"
UNITS: Final = ("Unit", "Units")
PLAIN: Final = (
    YEAR, VALUE, *UNITS, "Series", "GeoCode", "Observation status", "Unit multiplier",
)  # fmt: skip
"""Columns of the platform that split no figures."""


class OpenSdgError(Exception):
    """A line on what `open_sdg` says, or does not say, of the columns of the file."""


def table(source: Source) -> Table:
    """Return the table that `open_sdg` of a source stands for.

    Raises:
        OpenSdgError: a column splits the figures and is not named, or has an unnamed unit.
    """
    declared, header = source.open_sdg, source.layouts[0].header
    assert declared is not None  # noqa: S101 - who calls it looked
    for name in header:
        if name not in {*PLAIN, *declared.disaggregations}:
            raise OpenSdgError(
                f"field 'layouts[0].header' has '{name}', which splits the figures: name it in "
                "'open_sdg.disaggregations' with the codes of its labels"
            )
    unit = next((name for name in UNITS if name in header), "")
    if bool(unit) != bool(declared.unit):
        remedy = f"add the text of '{unit}'" if unit else "delete it, or add 'Units' to the header"
        raise OpenSdgError(f"field 'open_sdg.unit' does not fit the header: {remedy}")
    cells: dict[str, ColumnReading | str] = {
        "ref_area": declared.ref_area,
        "indicator": declared.indicator,
        "time_period": ColumnReading(column=Column(YEAR)),
    }
    for column, split in declared.disaggregations.items():
        labels = {"": dict[str, str](), **split.labels}
        for dimension in dict.fromkeys(name for codes in labels.values() for name in codes):
            cells[dimension] = ColumnReading(column=Column(column), labels=labels)
    must_be = (MustBe(has={Column(unit): declared.unit}),) if unit else ()
    return Table(must_be=must_be, marks=declared.marks, cells=cells, figure=Column(VALUE))
