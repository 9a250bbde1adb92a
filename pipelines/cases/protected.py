"""The step from true counts to figures that may be written: disclosure control, or nothing."""

import importlib
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import pandas as pd

from pipelines.cases.errors import CaseError
from pipelines.cases.plan import PlannedTable, title_of
from pipelines.lib.atomic import replacing

PROTECT: Final = "pipelines.cases.protect"
PRINTED: Final = "pipelines.cases.printed"
FREE: Final = "F"
"""Status of a figure that is printed as it is."""


def is_available() -> bool:
    """Return True if this installation has disclosure control for case records."""
    return find_spec(PROTECT) is not None and find_spec(PRINTED) is not None


def refuse_unprotected() -> None:
    """Refuse to go on without disclosure control.

    Raises:
        CaseError: this installation has none.
    """
    if not is_available():
        raise CaseError(
            "this installation has no disclosure control for case records, so no figure may be "
            "written; 'tipstat cases plan' shows what would be below the threshold"
        )


def protected(
    cells: pd.DataFrame,
    tables: Sequence[PlannedTable],
    country: str,
    release: str = "",
    earlier: Sequence[Path] = (),
) -> pd.DataFrame:
    """Return the planned tables of true counts as they may be printed, a row per figure.

    Args:
        cells: true counts by all dimensions.
        tables: of the plan.
        country: alpha-3 code of the state.
        release: day of the release, ISO 8601.
        earlier: printed tables of earlier releases, which readers have too.

    Raises:
        CaseError: there is no disclosure control, or it cannot protect the figures.
    """
    refuse_unprotected()
    protect: Any = importlib.import_module(PROTECT)
    printed: Any = importlib.import_module(PRINTED)
    before = pd.concat([printed.read(file) for file in earlier]) if earlier else None
    try:
        return protect.protect(cells, tables, protect.Policy(country, release), before)
    except protect.ProtectionError as error:
        message = str(error)
    raise CaseError(message)


def write_printed(figures: pd.DataFrame, file: Path) -> None:
    """Write protected figures as CSV into a new folder; leave no folder if that fails."""
    printed: Any = importlib.import_module(PRINTED)
    file.parent.mkdir(parents=True)
    try:
        with replacing(file) as temporary:
            printed.write(figures, temporary)
    finally:
        if not file.exists():
            file.parent.rmdir()


def hidden_cells(figures: pd.DataFrame, country: str) -> dict[tuple[str, str], int]:
    """Return how many figures of each indicator and table are hidden, for whatever reason."""
    hidden = figures[figures["conf_status"] != FREE]
    titles = [title_of(row, country) for row in hidden.to_dict("records")]
    sizes = hidden.groupby(["indicator", pd.Series(titles, index=hidden.index, dtype=str)]).size()
    return {key: int(size) for key, size in sizes.items()}
