"""Figures to hold against a form: the state's of last year, and others of the same year.

Those of last year and UNODC's come from the warehouse, without which there are none; what the state
itself counted from case records, from its release, which may not be published yet.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import duckdb

from pipelines.intake import state_figures
from pipelines.lib import paths
from pipelines.protection.cells import NOTHING, Bounds, Name
from pipelines.published import extract_paths
from pipelines.published.versions.version import EXTRACTS, versions
from pipelines.questionnaire.figures import as_text
from pipelines.questionnaire.form import Form, Row
from pipelines.raw import stated_files

_SQL: Final = Path(__file__).with_suffix(".sql")
_UNODC: Final = "int_unodc_glotip"


@dataclass(frozen=True)
class Known:
    """Published figures, by name of the row."""

    # of last year, from the state's own report, or else the source to cite
    last: Mapping[str, Bounds] = field(default_factory=dict)
    unodc: Mapping[str, Bounds] = field(default_factory=dict)  # UNODC's of the same year
    # the state's of the same year, counted from case records
    records: Mapping[Name, Bounds] = field(default_factory=dict)

    @property
    def last_texts(self) -> dict[str, str]:
        """Return the texts of last year's figures."""
        return {name: as_text(figure) for name, figure in self.last.items()}


def beside(form: Form) -> Known:
    """Return the published figures beside a form."""
    counted = state_figures.printed(stated_files.identity(form.state, stated_files.CASE_RECORDS))
    records = counted.years.get(form.year, {}) if counted else {}
    if not paths.warehouse().is_file():
        return Known(records=records)
    own_report = stated_files.identity(form.state, stated_files.NATIONAL_REPORT)
    with duckdb.connect(str(paths.warehouse()), read_only=True) as connection:
        return Known(
            _figures(connection, form, form.year - 1, own_report),
            _figures(connection, form, form.year),
            records,
        )


def is_published(source: str, release: str) -> bool:
    """Return whether a release is in the warehouse or in any version that is kept.

    A version that was rolled back, or is not the current one any more, was seen by readers too.
    """
    extract = f"{EXTRACTS / extract_paths.release(source, release)}"
    if any(extract in version.files for version in versions()):
        return True
    if not paths.warehouse().is_file():
        return False
    with duckdb.connect(str(paths.warehouse()), read_only=True) as connection:
        found = connection.execute(
            "select 1 from main.release where source = ? and release = ?", [source, release]
        ).fetchone()
    return found is not None


def _figures(
    connection: duckdb.DuckDBPyConnection, form: Form, year: int, own_report: str = ""
) -> dict[str, Bounds]:
    """Return the figures of a year: the state's report, else the source to cite; or UNODC's."""
    values: dict[str, Any] = {"state": form.state, "year": year, "own": own_report, "other": _UNODC}
    answer = connection.execute(_SQL.read_text(encoding="utf-8"), values).fetchall()
    return {
        Row("", *codes).name: Bounds(int(lower), NOTHING.high if upper is None else int(upper))
        for *codes, lower, upper in answer
    }
