"""Figures that a state reported to this database in its questionnaire.

Authority: the office that filled in the form, which states scope, kind of year and method.
Counted: what the indicators of the questionnaire count, once a year; terms CC BY 4.0.
What comes in is the table that `tipstat submit` makes of a checked form: every year reported so
far, counts of persons below 5 hidden, others hidden so that none can be calculated. This module
serves all states.
"""

from pipelines.raw import stated_files
from pipelines.reader.labels import same_codes
from pipelines.reader.rows import File, Rows, Tidy
from schemas.source import Source

_CODED = ("indicator", "time_basis", "def_scope", "sex", "age", "exploitation", "citizenship")


def tidy(source: Source, file: File) -> Tidy:
    """Return the figures of a report, in our codes."""
    rows = Rows(file, source)
    return rows.tidy(
        ref_area=stated_files.state_of(source.id),
        time_period=rows.raw["time_period"].array,
        locator=rows.raw["cell"].astype("str"),
        **{name: rows.recode(name, same_codes(name), name) for name in _CODED},
        **rows.protected_figure("figure"),
    )
