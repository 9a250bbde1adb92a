"""The folder of a release, which leaves the authority's machine, and the report beside it.

    printed.csv             the figures of this release and of all earlier ones
    certificate.csv.gz      with which anybody can check their protection
    <iso3>_case_records.yml what the authority states of them

The report is for the authority alone: its exact numbers of rows could give hidden figures away. So
it is not part of the folder, and only the account that counted may read it.
"""

import shutil
from pathlib import Path

from pipelines.cases import certify, printed
from pipelines.cases.gate import CERTIFICATE_FILE, PRINTED_FILE
from pipelines.cases.publication import Publication
from pipelines.lib.atomic import replacing
from pipelines.raw import stated_files
from pipelines.reader.source_metadata import stated_text
from schemas.source import Authority


def report_of(folder: Path) -> Path:
    """Return the file of the report on a release."""
    return folder.with_name(f"{folder.name}-report.html")


def write(
    folder: Path, publication: Publication, country: str, authority: Authority, report: str
) -> None:
    """Write a release into a new folder, and its report; leave no folder if that fails."""
    aside = folder.with_name(f".{folder.name}.new")
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir(parents=True)
    stated = aside / f"{stated_files.identity(country, stated_files.CASE_RECORDS)}.yml"
    try:
        printed.write(publication.printed, aside / PRINTED_FILE)
        certify.write(publication.certificate, aside / CERTIFICATE_FILE)
        stated.write_text(stated_text(authority), encoding="utf-8")
        with replacing(report_of(folder), private=True) as temporary:
            temporary.write_text(report, encoding="utf-8")
        aside.rename(folder)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
