"""The step from true counts to what may be written: disclosure control, or nothing."""

import importlib
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import pandas as pd

from pipelines.cases.errors import CaseError
from pipelines.cases.plan import PlannedTable

PROTECT: Final = "pipelines.cases.protect"
"""Module of disclosure control; its `write_protected(cells, tables, folder)` writes the printable
figures into a folder and returns a line on each file."""


def refuse_unprotected() -> None:
    """Refuse to go on without disclosure control.

    Raises:
        CaseError: this installation has none.
    """
    if find_spec(PROTECT) is None:
        raise CaseError(
            "this installation has no disclosure control for case records yet, so no figure may be "
            "written; 'tipstat cases plan' shows what would be below the threshold"
        )


def write_protected(cells: pd.DataFrame, tables: Sequence[PlannedTable], folder: Path) -> list[str]:
    """Write the planned tables of true counts to a folder, protected, and return a line per file.

    Raises:
        CaseError: this installation has no disclosure control; nothing is written.
    """
    refuse_unprotected()
    protect: Callable[[pd.DataFrame, Sequence[PlannedTable], Path], list[str]]
    protect = importlib.import_module(PROTECT).write_protected
    return protect(cells, tables, folder)
