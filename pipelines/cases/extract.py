"""An extract of case records: its place, its format, and how its text is laid out."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pipelines.cases.errors import POSTGRESQL, CaseError, address_name
from pipelines.cases.texts import said

FORMATS: Final = {
    ".csv": "csv", ".txt": "csv", ".tsv": "csv", ".parquet": "parquet",
    ".xlsx": "workbook", ".ods": "workbook", ".sqlite": "sqlite", ".sqlite3": "sqlite",
    ".db": "sqlite",
}  # fmt: skip
"""Formats by the end of a file's name."""


@dataclass(frozen=True, kw_only=True)
class Extract:
    """An extract of case records."""

    address: str  # a file, a folder of files with the same columns, or `postgresql://...`
    delimiter: str = ","  # sign between the cells of a CSV file
    encoding: str = "utf-8"  # encoding of a CSV file: utf-8, utf-16 or latin-1
    table: str = ""  # name of the table of a database
    sheet: str = ""  # name of the sheet of a workbook; empty if it has one

    @property
    def name(self) -> str:
        """Return how messages name it: never with a password."""
        return address_name(self.address)

    @property
    def format(self) -> str:
        """Return its format: csv, workbook, parquet, sqlite or postgresql.

        Raises:
            CaseError: the name of the file has an unknown end.
        """
        if self.address.startswith(POSTGRESQL):
            return "postgresql"
        suffix = self.files[0].suffix.lower()
        if suffix not in FORMATS:
            raise CaseError(
                said("format_unknown", name=self.name, suffix=suffix, formats=", ".join(FORMATS))
            )
        return FORMATS[suffix]

    @property
    def files(self) -> list[Path]:
        """Return its files.

        Raises:
            CaseError: there is none, or a folder has files of several kinds.
        """
        path = Path(self.address)
        if path.is_file():
            return [path]
        files = sorted(file for file in path.glob("*") if file.suffix.lower() in FORMATS)
        if not files:
            raise CaseError(said("no_file", name=self.name))
        if len({file.suffix for file in files}) > 1:
            raise CaseError(said("formats_mixed", name=self.name))
        return files
