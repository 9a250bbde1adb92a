"""Invented figure tables in data/raw of `TIPSTAT_HOME`."""

from collections.abc import Iterable
from dataclasses import astuple, replace

from pipelines.lib import paths
from pipelines.lib.digest import sha256
from pipelines.raw import findings, record_csv
from pipelines.raw.findings import EXAMINED, LIST, Finding
from pipelines.raw.manifest import RawFile


def enter(entries: Iterable[RawFile]) -> None:
    """Write the manifest of some figure tables, and for each that no detector found anything."""
    whole = [replace(entry, sha256=sha256(entry.path)) for entry in entries]
    for entry in whole:
        examined = Finding(
            row="", ref_area="", detector=EXAMINED, effect=LIST, version="1", sha256=entry.sha256
        )
        findings.write(entry, [examined])
    record_csv.write(paths.manifest(), RawFile, sorted(whole, key=astuple))
