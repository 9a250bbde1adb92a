"""The gate: checks of the next version before it is published.

It reads the files themselves, and refuses if a step was skipped. A warehouse is checked here unless
its bytes are those that passed the same checks when it was built.
"""

from pathlib import Path
from typing import Final

import duckdb

from pipelines.cases.gate import unproven
from pipelines.lib.digest import sha256
from pipelines.published import extracts
from pipelines.published.versions import complete
from pipelines.published.versions.version import CHECKED, EXTRACTS, WAREHOUSE
from pipelines.warehouse import checks

CERTIFICATES: Final = EXTRACTS / extracts.CERTIFICATES
"""Folder of the proofs of disclosure control, for sources counted from records of persons."""


def reasons(staged: Path, made_from: str) -> list[str]:
    """Return the reasons not to publish what is staged, a line each; empty if there are none.

    Every part must be there and made from the inputs at hand; every figure must satisfy the
    contract and equal its printed text; rows must add up and reveal no hidden figure (the checks in
    sql/check). Figures counted from records of persons must have a certificate that proves them.
    """
    if missing := [*complete.missing(staged, made_from)]:
        return missing
    file, checked, broken = staged / WAREHOUSE, staged / CHECKED, list[str]()
    if not checked.is_file() or checked.read_text(encoding="utf-8") != sha256(file):
        with duckdb.connect(file, read_only=True) as connection:
            broken = [fault.text for fault in checks.every_fault(connection)]
    return [*broken, *unproven_records(staged)]


def unproven_records(staged: Path) -> list[str]:
    """Return a line for each source counted from records of persons that lacks a proof."""
    return unproven(staged / WAREHOUSE, staged / CERTIFICATES)
