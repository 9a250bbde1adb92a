"""The step from true counts to figures that may be written: protected and proven, or nothing."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pandas as pd

from pipelines.cases import certify, printed, protect
from pipelines.cases.errors import CaseError
from pipelines.cases.plan import Plan, small_cells, title_of

FREE: Final = "F"
"""Status of a figure that is printed as it is."""


@dataclass(frozen=True)
class Publication:
    """The table and certificate that may leave the authority's machine."""

    printed: pd.DataFrame  # figures of this release and of all earlier ones
    certificate: pd.DataFrame  # of their protection


def publication(
    cells: pd.DataFrame,
    plan: Plan,
    policy: protect.Policy,
    earlier: Path | None,
) -> Publication:
    """Return the figures of a release beside those of earlier ones, and their certificate.

    `cells` are true counts by all dimensions, `earlier` is the printed table that readers have.

    Raises:
        CaseError: the figures cannot be protected, or their protection cannot be shown.
    """
    before = None if earlier is None else printed.read(earlier)
    figures = protect.protect(cells, plan.tables, policy, before)
    whole = figures if before is None else pd.concat([before, figures], ignore_index=True)
    certificate, gaps = certify.certify(whole)
    if gaps:
        raise CaseError(
            f"the certificate leaves {gaps:,} gaps, so nothing was written; print fewer tables, "
            "with --plan"
        )
    return Publication(whole, certificate)


def loss(cells: pd.DataFrame, plan: Plan, figures: pd.DataFrame, country: str) -> pd.DataFrame:
    """Return what each table loses by protection.

    Grain: one row per indicator and table. Columns: those of `small_cells`, and hidden, the number
    of figures that are not printed exactly, for whatever reason.
    """
    found = small_cells(cells, plan)
    hidden = _hidden_cells(figures, country)
    keys = zip(found["indicator"], found["table"], strict=True)
    return found.assign(hidden=[hidden.get(key, 0) for key in keys])


def _hidden_cells(figures: pd.DataFrame, country: str) -> dict[tuple[str, str], int]:
    """Return how many figures of each indicator and table are hidden, for whatever reason."""
    hidden = figures[figures["conf_status"] != FREE]
    titles = [title_of(row, country) for row in hidden.to_dict("records")]
    sizes = hidden.groupby(["indicator", pd.Series(titles, index=hidden.index, dtype=str)]).size()
    return {key: int(size) for key, size in sizes.items()}
