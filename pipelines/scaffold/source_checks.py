"""What must hold of every source, ours or a project's own: `tipstat test-source`, and the tests.

The fixture is `input.*`, a file in the publisher's own layout with invented figures, beside
`expected.csv`, the rows of it that satisfy the contract. Each fault is one line: place and remedy.
"""

import csv
import dataclasses
import re
from collections.abc import Iterator, Mapping
from io import StringIO
from pathlib import Path
from typing import Final

import pandas as pd

from pipelines.harmonised import refresh
from pipelines.harmonised.harmonise import Harmonised, harmonise
from pipelines.lib.atomic import replace_text
from pipelines.raw import manifest, source_files
from pipelines.reader.refusal import FileRefusedError
from pipelines.reader.unfinished import left_open
from pipelines.sources import File, Publication, discover
from schemas import codelists
from schemas.contract import CONTRACTS
from schemas.figure import parse_sum
from schemas.source import Source

EXPECTED: Final = "expected.csv"
_GUIDE: Final = "docs/add-a-source.md says how"
_MOST_REQUESTS: Final = 3
"""Most pages of a publisher that one look for a new release asks for."""


def faults(publication: Publication) -> Iterator[str]:
    """Yield what is wrong with the metadata and the fixture of a source."""
    source = publication.source
    place = source_files.place(source.id)
    yield from left_open(source)
    yield from (f"{place}: {fault}" for fault in _of_words(source))
    yield from (f"{place}: {fault}" for fault in _of_addresses(source))
    yield from _of_fixture(publication)


def _of_words(source: Source) -> Iterator[str]:
    """Yield texts that are those of another source: `new-source` gives them as a pattern."""
    for field in ("counted", "caution"):
        words = {*dataclasses.astuple(getattr(source, field))}
        if field == "counted" and len(words) < len(codelists.LANGUAGES):
            yield f"{field} is the same in two languages: translate it"
        for other in (each.source for each in discover().values() if each.source.id != source.id):
            if same := words & {*dataclasses.astuple(getattr(other, field))}:
                yield f"{field} is what {other.id} says ({min(same)}): make it true of this one"


def _of_addresses(source: Source) -> Iterator[str]:
    suffix = Path(source.layouts[0].file).suffix
    if not source.by_hand and not re.split("[?#]", source.address)[0].endswith(suffix):
        yield f"address does not end in {suffix}: name the file, or say in by_hand how to get it"
    if bool(source.listing) + len(source.pages) > _MOST_REQUESTS:
        yield f"pages and listing: more than {_MOST_REQUESTS} requests; spare the publisher"
    if source.listing and "sort=-changed" not in source.listing:
        yield "listing: add sort=-changed, since an answer holds 50 at most"


def _of_fixture(publication: Publication) -> Iterator[str]:
    """Yield where the rows of the fixture are not those that are expected, by their keys."""
    folder = source_files.fixture(publication.source.id)
    expected = folder / EXPECTED
    try:
        given = [*csv.DictReader(StringIO(rows_of_fixture(publication)))]
    except (FileNotFoundError, FileRefusedError) as error:
        yield str(error)
        return
    if not expected.is_file():
        yield (
            f"{source_files.shown(folder)}: no {EXPECTED}; write it with 'tipstat test-source "
            f"{publication.source.id} --expect', then read it line by line: {_GUIDE}"
        )
        return
    yield from (
        f"{source_files.shown(expected)}{fault}"
        for fault in _of_rows(publication, codelists.rows(expected), given)
    )


def _of_rows(
    publication: Publication, expected: list[dict[str, str]], given: list[dict[str, str]]
) -> Iterator[str]:
    """Yield where rows differ from those that are expected, row by row of the same cell."""
    if len(given) != len(expected):
        yield f": has {len(expected)} rows, but the fixture gives {len(given)}"
    cell = CONTRACTS[publication.source.contract].cell
    wanted, found = (
        {tuple(row[name] for name in cell): (line, row) for line, row in enumerate(rows, start=2)}
        for rows in (expected, given)
    )
    moved = []
    for key in {**wanted, **found}:
        named = " ".join(code for code in key if code not in ("_T", "_Z"))
        if key not in found:
            yield f", line {wanted[key][0]}: the fixture gives no row {named}"
            continue
        if key not in wanted:
            yield f": has no row {named}, which the fixture gives"
            continue
        (line, want), (_, have) = wanted[key], found[key]
        others = [name for name in {**want, **have} if want.get(name) != have.get(name)]
        if others == ["locator"]:
            moved.append(f"line {line} is read in {have['locator']!r}")
            continue
        for name in others:
            was, reads = want.get(name), have.get(name)
            yield f", line {line}: {name} of {named} is {was!r}, read {reads!r}"
    if moved:
        yield f": {len(moved)} rows have moved in the input: {moved[0]} ..."


def rows_of_fixture(publication: Publication) -> str:
    """Return the rows of a source's fixture that satisfy the contract, as CSV.

    Raises:
        FileNotFoundError: there is no fixture.
        FileRefusedError: it is not a file of this source.
    """
    folder = source_files.fixture(publication.source.id)
    if (given := next(iter(sorted(folder.glob("input.*"))), None)) is None:
        raise FileNotFoundError(
            f"{source_files.shown(folder)}: no input file with invented figures; {_GUIDE}"
        )
    rows = harmonise(publication, "2025-01-01", File(given)).rows
    return str(rows.drop(columns=["source", "release"]).to_csv(index=False, lineterminator="\n"))


def write_expected(publication: Publication) -> Path:
    """Write the rows of a source's fixture as those that are expected; return the path."""
    path = source_files.fixture(publication.source.id) / EXPECTED
    replace_text(path, rows_of_fixture(publication))
    return path


def harmonised(publication: Publication) -> dict[str, Harmonised]:
    """Return the releases of a source in this project, harmonised, by their days."""
    found: dict[str, list[manifest.RawFile]] = {}
    for entry in manifest.known(publication.source.id):
        found.setdefault(entry.release, []).append(entry)
    return {day: refresh.harmonised(publication, entries) for day, entries in found.items()}


def faults_of_releases(source: Source, releases: Mapping[str, Harmonised]) -> Iterator[str]:
    """Yield what is wrong with the releases of a source."""
    if not releases:
        yield f"{source.id}: no release is taken in; enter one with 'tipstat add-release'"
    for day, each in releases.items():
        yield from (f"{source.id} {day}: {fault}" for fault in _of_release(source, each))


def _of_release(source: Source, found: Harmonised) -> Iterator[str]:
    counted = found.account.groupby("outcome")["rows"].sum()
    if not 0 < counted["in"] == counted.drop("in").sum():
        yield "rows in are not rows published, quarantined and set aside"
    pairs = found.rows[["value_raw", "value"]].drop_duplicates()
    for text, value in pairs.itertuples(index=False):
        again = parse_sum(str(text), source.number_locale).value
        if again != value and not (again is None and pd.isna(value)):
            yield f"'{text}' was read as {value}, and now as {again}"
    if not found.rows["locator"].is_unique:
        yield "a locator leads to several cells: name the row, and the column, in each"
    areas = found.rows["ref_area"].unique()
    if foreign := {codelists.state_of(area) for area in areas} - {*codelists.oas_states()}:
        yield f"has figures of {min(foreign)}, which is none of the 35 states of the Americas"
