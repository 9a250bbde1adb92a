"""Metadata that a source must declare before its figures are read."""

from dataclasses import dataclass
from typing import Final

from schemas import codelists

_CODED: Final = {
    "coll_method": "coll_method",
    "time_basis": "time_basis",
    "def_scope": "def_scope",
    "release_day": "release_day",
}


@dataclass(frozen=True, kw_only=True)
class Break:
    """A known break: from `time_period` on, a series is not comparable with earlier figures.

    `ref_area` is a state, its subdivisions included; None means all states. `reason` is a code of
    the list `break_reason`, which has the text in four languages.
    """

    ref_area: str | None
    indicator: str
    time_period: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class Words:
    """A sentence on the pages, in each language."""

    en: str
    es: str
    pt: str
    fr: str


@dataclass(frozen=True, kw_only=True)
class Translation:
    """A name in the languages other than English."""

    es: str
    pt: str
    fr: str


@dataclass(frozen=True, kw_only=True)
class Layout:
    """Layout of one of a publication's tables: the form of its file and the place of its figures.

    A figure table, which the project ships, is always UTF-8 with commas.

    Attributes:
        file: the publisher's name of the file.
        header: column names that the file must have, in any order.
        minimum_rows: a file with fewer rows is refused.
        sheet: the worksheet of a workbook.
        title_rows: rows above the header of a workbook.
        encoding: of a text file, by Python's name.
        delimiter: of the cells of a text file.
        lines_with: only lines with this text are read; the others are set aside as
            `other_lines`. For files of all offences that would fill the memory.
        used: the columns that are read, if not all. A figure table has no others.
        shipped: the columns of the figure table, if the source derives it from the publisher's
            rows (sums, counts of persons).
    """

    file: str
    header: tuple[str, ...]
    minimum_rows: int
    sheet: str | None = None
    title_rows: int = 0
    encoding: str = "utf-8-sig"
    delimiter: str = ","
    lines_with: str = ""
    used: tuple[str, ...] = ()
    shipped: tuple[str, ...] = ()

    @property
    def read(self) -> tuple[str, ...]:
        """Columns read from the publisher's file."""
        return self.used or self.header

    @property
    def figure_columns(self) -> tuple[str, ...]:
        """Columns of a figure table, without the row numbers."""
        return self.shipped or self.read


@dataclass(frozen=True, kw_only=True)
class Source:
    """One publication of one authority.

    Attributes:
        id: `<iso3 or int>_<publisher>`, or `ref_<publisher>` for a reference table.
        publisher: the authority, as it names itself.
        title: the publication; in English where it has a translation.
        publisher_in: the authority's name in other languages, if it differs.
        title_in: the title in other languages, if it is translated.
        language: the language of the publisher's name, of the citation and of a title that has no
            translation.
        citation: how to cite it; the release is appended.
        licence: terms of use, or a note that the publisher states none.
        address: URL of the file, or of the page that offers it.
        by_hand: how to get the file if it cannot be downloaded by a program; else empty.
        page: URL of the publisher's description.
        cadence: how often it is published, in words.
        cadence_days: days after which a new release is due.
        coll_method: how the figures were collected (list `coll_method`).
        time_basis: meaning of a year (list `time_basis`).
        def_scope: legal scope of "trafficking" (list `def_scope`).
        counted: the counting unit, and when a unit is counted.
        caveats: what a reader must know before using the figures, a sentence each.
        known_breaks: breaks of its series.
        layouts: the layouts of its files, one per table.
        number_locale: CLDR locale of its decimal and thousands signs.
        contract: the contract of its rows, `observation` or `population`.
        adds_up: True if releases add to each other: a figure stays in use until a later release
            has the same cell. Otherwise the newest release replaces all earlier ones.
        person_level: True if the publisher's file describes persons. Such rows are counted and
            dropped: nothing of them is stored, shown in an error or logged.
        typed: True if the file was typed by hand from pages without a table: a broken label in it
            is not the publisher's.
        threshold: our own counts below it are hidden; 0 if the counts are the publisher's.
        nationwide: True if its subdivisions cover the country, so that they may be summed.
        redistribute: True if its terms allow redistribution of the figures.
        release_day: meaning of the day of a release (list `release_day`).
        reprints: id of the source whose figures it reprints; empty if they are its own. Agreement
            of the two confirms nothing.
    """

    id: str
    publisher: str
    title: str
    citation: str
    licence: Words
    address: str
    page: str
    cadence: str
    cadence_days: int
    coll_method: str
    time_basis: str
    def_scope: str
    counted: Words
    layouts: tuple[Layout, ...]
    number_locale: str
    publisher_in: Translation | None = None
    title_in: Translation | None = None
    language: str = "en"
    by_hand: str = ""
    caveats: tuple[str, ...] = ()
    known_breaks: tuple[Break, ...] = ()
    contract: str = "observation"
    adds_up: bool = False
    person_level: bool = False
    typed: bool = False
    threshold: int = 0
    nationwide: bool = True
    redistribute: bool = True
    release_day: str = "STATED"
    reprints: str = ""

    def __post_init__(self) -> None:
        """Refuse a code that is in no list."""
        for field, codelist in _CODED.items():
            _known(self.id, field, getattr(self, field), codelist)
        for known_break in self.known_breaks:
            _known(self.id, "known_breaks", known_break.reason, "break_reason")


def _known(source: str, field: str, code: str, codelist: str) -> None:
    if code not in codelists.codes(codelist):
        raise ValueError(
            f"source {source}: '{code}' in {field} is not in schemas/codelists/{codelist}.csv"
        )
