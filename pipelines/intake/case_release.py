"""Enter the folder of a release that an authority counted from its case records.

Its figures become a release like any other; its certificate and what the authority states lie
beside them. Nothing is entered before the certificate has proven all figures that readers have.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from pipelines.cases import gate, printed
from pipelines.cases.texts import said
from pipelines.harmonised import refresh
from pipelines.intake import raw_table, state_figures
from pipelines.lib import clock
from pipelines.lib.console import err, plain
from pipelines.protection.cells import parts_of
from pipelines.raw import manifest, stated_files
from pipelines.sources import (
    File,
    FileRefusedError,
    Publication,
    stated_publication,
    stated_source,
)
from pipelines.words.disclosure import bounds, interval_text
from schemas import codelists


def add(folder: Path) -> manifest.RawFile:
    """Enter a folder that `tipstat cases count` wrote; return its line of the manifest.

    Raises:
        FileRefusedError: a file is missing or of another form, or the certificate does not prove
            the figures.
        MetadataError: what the authority states is unsound.
        ManifestError: the release does not continue those that are entered for the state, or they
            are of another authority: a state has one such source.
    """
    stated, certificate = _stated(folder), folder / gate.CERTIFICATE_FILE
    publication = stated_publication(stated_source(stated))
    source, table = publication.source, folder / gate.PRINTED_FILE
    unread = publication.tidy(File(table)).problems
    if len(unread):
        first = unread.iloc[0]
        raise FileRefusedError(f"{table}: {first['message']} (column {first['column']})")
    if fault := gate.fault(table, certificate):
        raise FileRefusedError(said("count_again", fault=fault))
    figures = printed.figures(table)
    newest = max(figures["release"])
    for problem in _other_releases(publication, figures):
        raise manifest.ManifestError(f"{folder}: {problem}")
    entered = stated_files.metadata(source.id)
    publisher = stated_source(entered).publisher if entered.is_file() else source.publisher
    if publisher != source.publisher:
        other = said("of_another", publisher=source.publisher, source=source.id, entered=publisher)
        raise manifest.ManifestError(f"{folder}: {other}")
    kept = stated_files.certificate(source.id, newest)
    for file, target in ((certificate, kept), (stated, entered)):
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, target)
    today = clock.today()
    entry = raw_table.add_release(publication, table, newest, today, by=source.publisher)
    for warning in _contradictions(source.id):
        err.print(plain(warning))
    return entry


def _contradictions(source: str) -> Iterator[str]:
    """Yield where the newest figures contradict those of the state's form."""
    state = stated_files.state_of(source)
    form = state_figures.printed(stated_files.identity(state, stated_files.NATIONAL_REPORT))
    ours = state_figures.printed(source)
    if not form or not ours:
        return
    for year in sorted(ours.years.keys() & form.years.keys()):
        here, there = ours.years[year], form.years[year]
        for name in state_figures.contradicted(here, there):
            codes = " ".join((name[0], *parts_of(name[1]).values()))
            one, other = (interval_text(*bounds(*each[name])) for each in (here, there))
            yield said(
                "contradicts",
                year=f"{year}",
                codes=codes,
                day=form.release,
                here=one,
                there=other,
            )


def _stated(folder: Path) -> Path:
    """Return the file of what the authority states, which names the source."""
    found = sorted(folder.glob(f"*{stated_files.CASE_RECORDS}.yml"))
    if len(found) != 1:
        name = f"<iso3>{stated_files.CASE_RECORDS}.yml"
        raise FileRefusedError(said("not_of_count", folder=folder, file=name))
    country = found[0].stem.removesuffix(stated_files.CASE_RECORDS).upper()
    if country not in codelists.oas_states():
        raise FileRefusedError(said("not_a_state", file=found[0], country=country))
    return found[0]


def _other_releases(publication: Publication, figures: pd.DataFrame) -> Iterator[str]:
    """Yield the releases that a table does not have as they are entered, and those not entered."""
    entered = refresh.printed_figures(publication, manifest.known(publication.source.id))
    newest = max(figures["release"])
    for release in sorted({*entered["release"], *figures["release"]} - {newest}):
        if release not in set(entered["release"]):
            yield said("not_entered", release=release)
        elif not _same(entered, figures, release):
            yield said("not_as_entered", release=release)
    if newest in set(entered["release"]) and not _same(entered, figures, newest):
        yield said("entered_otherwise", release=newest)


def _same(entered: pd.DataFrame, figures: pd.DataFrame, release: str) -> bool:
    """Return whether a release has the same figures in both tables."""
    rows = (table[table["release"] == release] for table in (entered, figures))
    one, other = ({*frame.astype("str").itertuples(index=False, name=None)} for frame in rows)
    return one == other
