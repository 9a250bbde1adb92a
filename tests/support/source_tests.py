"""Builders and questions that the tests of sources share."""

import csv
from pathlib import Path

import pandas as pd

from pipelines.harmonised.harmonise import Harmonised, harmonise
from pipelines.lib import paths
from pipelines.sources import File, Publication
from schemas import codelists


def harmonised_text(publication: Publication, release: str, path: Path, *lines: str) -> Harmonised:
    """Harmonise a file of these lines, header included."""
    path.write_text("\n".join(lines), encoding="utf-8")
    return harmonise(publication, release, File(path))


def harmonised_rows(
    publication: Publication,
    release: str,
    path: Path,
    usual: dict[str, str],
    *rows: dict[str, str],
    encoding: str = "utf-8",
) -> Harmonised:
    """Harmonise a file in the publisher's first layout; rows have what differs from `usual`."""
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, publication.source.layouts[0].header, restval="")
        writer.writeheader()
        writer.writerows({**usual, **row} for row in rows)
    return harmonise(publication, release, File(path))


def shipped_table(source: str, release: str) -> pd.DataFrame:
    """Return the shipped figure table of a release, as text."""
    return codelists.read_list(paths.raw() / source / f"{release}.csv")


def account(found: Harmonised) -> dict[tuple[str, str], int]:
    """Return the number of rows by outcome and reason."""
    return found.account.set_index(["outcome", "reason"])["rows"].to_dict()


def assert_same_rows(shipped: Harmonised, found: Harmonised) -> None:
    """Check that two files give the same rows and the same quarantine."""
    pd.testing.assert_frame_equal(shipped.rows.astype(object), found.rows.astype(object))
    pd.testing.assert_frame_equal(shipped.quarantine, found.quarantine)
