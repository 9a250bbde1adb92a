"""CITATION.cff of the repository cites the shipped figures: it is that of their extracts."""

from pathlib import Path

from answers import compare
from conftest import ROOT

from pipelines.published.extracts import edition

CITATION = ROOT / "CITATION.cff"


def test_it_is_that_of_the_shipped_figures(connection, tmp_path: Path) -> None:
    edition.write(connection, tmp_path, ())
    compare(CITATION, (tmp_path / CITATION.name).read_text(encoding="utf-8"))
