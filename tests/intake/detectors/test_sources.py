"""Files of other sources: months, subdivisions, wide tables; what is not wrong is not found."""

import pandas as pd
from conftest import ROOT

from pipelines.intake.detectors import examine, figures_of
from pipelines.raw import manifest
from pipelines.sources import File, discover

SOURCES = ("col_fiscalia", "int_unsd_sdg", "mex_sesnsp", "usa_fbi")
KNOWN = {("int_unsd_sdg", "OWN_YEAR", "2015")}
"""UNSD prints Mexico's 2,015 of 2015 again."""


def test_what_is_known_of_other_sources() -> None:
    last: dict[tuple[str, str], pd.DataFrame] = {}
    told = set()
    for entry in manifest.entries():
        publication = discover()[entry.source]
        if entry.source not in SOURCES:
            continue
        tidy = publication.tidy(File(ROOT / "data" / "raw" / entry.file))
        figures, table = figures_of(tidy), (entry.source, tidy.layout.file)
        found = examine(figures, last.get(table))
        told |= {(entry.source, *each) for each in found[["detector", "evidence"]].to_numpy()}
        last[table] = figures
    assert told == KNOWN
    assert any("-" in area for figures in last.values() for area in figures["ref_area"].unique())
