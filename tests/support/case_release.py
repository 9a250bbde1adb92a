"""Folders of invented releases, as `tipstat cases count` writes them."""

from pathlib import Path

import pandas as pd
from case_tables import plan, random_cells

from pipelines.cases import certify, release_folder
from pipelines.cases.protect import Policy, protect
from pipelines.cases.publication import Publication
from schemas.source import Authority

AUTHORITY = Authority(
    publisher="Autoridade inventada", language="pt", licence="CC BY 4.0",
    page="https://authority.example/trafico", coll_method="NRM", def_scope="PALERMO",
)  # fmt: skip
STATE = "MEX"
SOURCE = "mex_case_records"
CODES = {
    "V": "VIC_IDENT", "BR-00": "MX-CMX", "BR-01": "MX-CHP", "BR-02": "MX-PUE", "BR-03": "MX-JAL",
    "S00": "F", "S01": "M", "Y00": "Y0T17", "Y01": "Y_GE18", "Y02": "_U",
    "E00": "SX", "E01": "FL", "E02": "OP_BEG", "E03": "_U",
}  # fmt: skip
"""Codes of our lists in place of those of `random_cells`."""


def cells(seed: int) -> pd.DataFrame:
    """Return cells of one year, few of them large."""
    return random_cells(seed, victims=300).replace(CODES)


def printed_release(counts: pd.DataFrame, day: str, earlier: pd.DataFrame | None) -> pd.DataFrame:
    """Return the printed table of a release and of those before it."""
    new = protect(counts, plan(1, 1), Policy(STATE, day), earlier)
    return new if earlier is None else pd.concat([earlier, new], ignore_index=True)


def write_folder(folder: Path, figures: pd.DataFrame) -> Path:
    """Write the folder of a release, with its certificate."""
    certificate, gaps = certify.certify(figures)
    assert gaps == 0
    release_folder.write(folder, Publication(figures, certificate), STATE, AUTHORITY, "report")
    return folder
