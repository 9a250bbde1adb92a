"""Files of other sources: months, subdivisions, wide tables; only known defects are found."""

import pandas as pd
from conftest import ROOT

from pipelines.intake.detectors import examine, figures_of
from pipelines.raw import manifest
from pipelines.sources import File, discover

SOURCES = ("col_fiscalia", "int_unsd_sdg", "mex_sesnsp", "usa_fbi")
KNOWN = {("int_unsd_sdg", "OWN_YEAR", "ITSELF", 2015)}
"""UNSD prints Mexico's 2,015 of 2015 again."""


def test_only_known_defects_of_other_sources_are_found() -> None:
    last: dict[tuple[str, str], pd.DataFrame] = {}
    everything = set()
    for entry in manifest.entries():
        publication = discover()[entry.source]
        if entry.source not in SOURCES:
            continue
        tidy = publication.tidy(File(ROOT / "data" / "raw" / entry.file))
        figures, table = figures_of(tidy), (entry.source, tidy.layout.file)
        found = examine(figures, last.get(table))
        everything |= {
            (entry.source, *each) for each in found[["detector", "evidence", "year"]].to_numpy()
        }
        last[table] = figures
    assert everything == KNOWN
    assert any("-" in area for figures in last.values() for area in figures["ref_area"].unique())
