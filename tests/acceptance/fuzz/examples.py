"""Sound files to begin with, small and invented, in each form that a source is read in."""

import csv
import io
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

from hotline import PEOPLE
from hotline import written as hotline
from unsd_document import document

from pipelines.reader.text_tables import FIGURE_TABLE, ROW, TextForm
from pipelines.sources import Publication, discover

FIXTURES: Final = Path(__file__).parents[2] / "fixtures"
SOURCES: Final = discover()


class Example(NamedTuple):
    """A file as a source is to read it."""

    publication: Publication
    suffix: str
    content: bytes

    def __str__(self) -> str:
        """The source and the first letters, which tell one of its forms from another."""
        return f"{self.publication.source.id}{self.suffix}"

    @property
    def form(self) -> TextForm:
        """Encoding and delimiter of a text file."""
        is_ours = self.content.startswith(f"{ROW},".encode())
        layout = self.publication.source.layouts[0]
        if is_ours or layout.is_workbook:
            return FIGURE_TABLE
        return TextForm(layout.encoding, layout.delimiter, layout.quoted_lines)

    @property
    def header(self) -> bytes:
        """The first line of a text file."""
        return self.content.splitlines(keepends=True)[0]

    @property
    def cells(self) -> list[list[str]]:
        """The cells of a text file, its header first."""
        encoding, delimiter, _ = self.form
        text = io.StringIO(self.content.decode(encoding), newline="")
        return list(csv.reader(text, delimiter=delimiter))

    def printed(self, cells: list[list[str]]) -> bytes:
        """Such a text file with other cells."""
        encoding, delimiter, _ = self.form
        text = io.StringIO(newline="")
        csv.writer(text, delimiter=delimiter).writerows(cells)
        return text.getvalue().encode(encoding, "replace")


def _fixtures(suffix: str) -> Iterator[Example]:
    for file in sorted(FIXTURES.glob(f"*/input{suffix}")):
        yield Example(SOURCES[file.parent.name], suffix, file.read_bytes())


def _hotlines() -> Iterator[Example]:
    """The files of Argentina's hotline, a row a person; its fixture is a table of figures."""
    publication = SOURCES["arg_linea145"]
    with tempfile.TemporaryDirectory() as folder:
        for layout in publication.source.layouts:
            file = hotline(Path(folder) / "hotline.csv", layout, *PEOPLE)
            yield Example(publication, ".csv", file.read_bytes())


def _documents() -> Iterator[Example]:
    points = {
        2010: {"value_numeric_part": 71.0},
        2011: {"value_numeric_part": 5.0, "value_is_censored": True, "value_detail": "<5"},
    }
    yield from _fixtures(".json")
    yield Example(SOURCES["int_unsd_sdg"], ".json", document(points).encode())


HOTLINES: Final = tuple(_hotlines())
TEXTS: Final = (*_fixtures(".csv"), *HOTLINES)
DOCUMENTS: Final = tuple(_documents())
WORKBOOK: Final = next(each for each in TEXTS if each.publication.source.layouts[0].sheet)
"""The rows of the one workbook, in the form of a text."""
