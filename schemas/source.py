"""Metadata of a source, known before a figure of it is read."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Final, Literal

from schemas.annotations import Address, Cell, CodeOf, Count, Pattern, Period, Prose, Text, Truth
from schemas.table import Assertions, OpenSdg, Table

WORKBOOKS: Final = frozenset({".xlsx", ".xls", ".xlsm", ".ods"})
"""Endings of the names of workbooks."""

SHEET: Final = "sheet"
"""Column of a table of several worksheets: the name of the sheet."""

FILL_IN: Final = "FILL IN"
"""Words where only a person knows the text; no release is taken in while they are there."""


@dataclass(frozen=True, kw_only=True)
class Break:
    """Known break: from `time_period` on, a series does not continue the one before.

    `ref_area` names one state, its subdivisions included; None means the series of all
    states. `reason` is a code of the list `break_reason`, which words it in the four languages.
    """

    ref_area: Annotated[str, CodeOf("area")] | None
    indicator: Annotated[str, CodeOf("indicator")]
    time_period: Period
    reason: Annotated[str, CodeOf("break_reason")]


@dataclass(frozen=True, kw_only=True)
class Words:
    """Text that readers of the pages see, in each of their languages."""

    en: Text
    es: Text
    pt: Text
    fr: Text


@dataclass(frozen=True, kw_only=True)
class Translation:
    """Name by which readers of languages other than English know it."""

    es: Text
    pt: Text
    fr: Text


@dataclass(frozen=True, kw_only=True)
class Layout:
    """Layout of one of a publication's tables: the form of its file and the place of its figures.

    The header is searched for, so there may be titles above it. A figure table, which the project
    ships, is always UTF-8 with commas.
    """

    file: Text  # the publisher's name of the file
    # names of the columns that the file must have, in any order; a column without a name is `column
    # 1` by its place. Others are not read, and a warning names them.
    header: tuple[str, ...]
    minimum_rows: Count  # a file with fewer rows is refused
    # the worksheet of a workbook; if not given, the only one that has the header
    sheet: str | None = None
    # pattern of the names of worksheets that are read one after the other; its named groups become
    # columns
    sheets: Pattern = ""
    # rows of the header. The names in them are joined by ` / `, the upper first; a name applies to
    # the blank cells to its right, those of its merged cell if it is one.
    header_rows: Count = 1
    # pattern that the text above the header must hold; its named groups become columns
    title: Pattern = ""
    # cell of a workbook that states the day of the release, as day/month/year or as a date
    day_cell: Cell = ""
    # pattern of the whole names of columns that each hold a figure, one at least beside `header`;
    # its named groups become columns, the printed text the one that `figure` of the table names
    wide: Pattern = ""
    optional: tuple[str, ...] = ()  # columns that the file may lack; they are then empty
    fill_down: tuple[str, ...] = ()  # columns in which a blank cell repeats the cell above it
    # rows with a single filled cell at the end of the table are notes. They are left out and
    # counted as `note_below_the_table`.
    notes: bool = False
    encoding: str = "utf-8-sig"  # of a text file, by Python's name
    delimiter: str = ","  # of the cells of a text file
    # only lines with this text are read; the others are set aside as `other_lines`. For files of
    # all offences that would fill the memory.
    lines_with: str = ""
    # the table has only a part of the publication's figures: a release of it updates these (`MERGE`
    # in the manifest) and withdraws no other
    is_partial: bool = False
    # some lines of a text file are one quoted cell each, and are read without the quotation marks
    quoted_lines: bool = False
    # the columns that are read, if not all. A figure table has no others.
    used: tuple[str, ...] = ()
    # the columns of the figure table, if the source derives it from the publisher's rows (sums,
    # counts of persons)
    shipped: tuple[str, ...] = ()

    @property
    def is_workbook(self) -> bool:
        """Return whether the publisher's file is a workbook."""
        return bool(self.sheet or self.sheets) or Path(self.file).suffix.lower() in WORKBOOKS

    @property
    def required(self) -> tuple[str, ...]:
        """Return the columns without which a file is refused."""
        return tuple(name for name in self.header if name not in self.optional)

    @property
    def derived(self) -> tuple[str, ...]:
        """Return the columns that title and sheets' names give."""
        named = [*re.compile(self.title).groupindex, *re.compile(self.sheets).groupindex]
        return (*named, *((SHEET,) if self.sheets else ()))

    @property
    def read(self) -> tuple[str, ...]:
        """Return the columns that are read of the publisher's table."""
        return self.used or tuple(dict.fromkeys((*self.header, *self.optional)))

    @property
    def figure_columns(self) -> tuple[str, ...]:
        """Return the columns of a figure table, without its row numbers."""
        return self.shipped or (*self.read, *self.derived)

    def with_wide(self, names: Iterable[str]) -> "Layout":
        """Return the layout of a file with these columns, in which `wide` columns are listed."""
        if not self.wide:
            return self
        found = [name for name in names if re.fullmatch(self.wide, name)]
        new = [name for name in found if name not in self.header]
        used = (*self.used, *new) if self.used else ()
        return replace(self, header=(*self.header, *new), used=used)


@dataclass(frozen=True, kw_only=True)
class FormerLayout:
    """An earlier layout of a source, which is recognised but not read."""

    before: Period  # the first year or month of the next layout
    header: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Authority:
    """The statement of an authority on its figures, where its source shares a description.

    It is kept beside the releases in data/raw as `<id>.yml`: of counts from case records it comes
    from the mapping file, there under `publication`, of a report from the questionnaire. What
    such sources have in common is in `pipelines/sources/_case_records.yml` or
    `_national_report.yml`.
    """

    publisher: Text  # the authority, as it names itself
    language: Literal["en", "es", "pt", "fr"]  # the language of its name
    licence: Text  # name of the terms of use, the same in all languages
    page: Address  # URL of its description of the figures
    # whose records they are (list `coll_method`)
    coll_method: Annotated[str, CodeOf("coll_method")]
    # legal scope of "trafficking" in them (list `def_scope`)
    def_scope: Annotated[str, CodeOf("def_scope")]
    caveats: tuple[Text, ...] = ()  # what a reader must know besides, a sentence each
    # which victims it registers: both kinds, identified or presumed ones only; empty if not stated
    registers: Literal["", "BOTH", "IDENTIFIED", "PRESUMED"] = ""


@dataclass(frozen=True, kw_only=True)
class Source:
    """One publication of one authority; the fields of `pipelines/sources/<id>.yml`."""

    # `<iso3 or int>_<publisher>`, or `ref_<publisher>` for a reference table; the name of its files
    id: str
    publisher: Text  # the authority, as it names itself
    title: Text  # the publication; in English where it has a translation
    citation: Text  # how to cite it; the release is appended
    licence: Words  # terms of use, or a note that the publisher states none
    # URL of the file, or of the page that offers it; where `listing` or `pages` are given, of the
    # file if they do not lead to it
    address: Address
    page: Address  # URL of the publisher's description
    cadence: Text  # how often it is published, in words
    cadence_days: Count  # days after which a new release is due
    # how the figures were collected (list `coll_method`)
    coll_method: Annotated[str, CodeOf("coll_method")]
    time_basis: Annotated[str, CodeOf("time_basis")]  # meaning of a year (list `time_basis`)
    # legal scope of "trafficking" (list `def_scope`)
    def_scope: Annotated[str, CodeOf("def_scope")]
    counted: Words  # the counting unit, and when a unit is counted
    caution: Words  # what decides how the figures may be used, a sentence or two
    layouts: tuple[Layout, ...]  # the layouts of its files, one per table
    number_locale: Text  # CLDR locale of its decimal and thousands signs
    # True if subdivisions that it prints are a whole country, so that they may be summed
    nationwide: Annotated[
        bool,
        Truth("if it prints figures of subdivisions, and the whole country records into them"),
    ]
    # the authority's name in other languages, if it differs
    publisher_in: Translation | None = None
    title_in: Translation | None = None  # the title in other languages, if it is translated
    # the part of the country's cases that its totals leave out, as after a figure
    leaves_out: Words | None = None
    # the language of the publisher's name, of the citation and of a title that has no translation
    language: Literal["en", "es", "pt", "fr"] = "en"
    # URL of a listing of the publisher's files (Drupal's JSON:API), the last changed first, since
    # an answer holds 50 at most: of those with the name of the first layout's file, the last
    # changed is downloaded
    listing: Address = ""
    # URLs of pages that name the publisher's folders of uploads, such as `/files/2025-11/`; the
    # newest with the file is taken if `listing` does not lead to it
    pages: tuple[Address, ...] = ()
    by_hand: Text = ""  # how to get the file if it cannot be downloaded by a program; else empty
    # what a reader must know before using the figures, a sentence each
    caveats: tuple[Text, ...] = ()
    known_breaks: tuple[Break, ...] = ()
    former_layouts: tuple[FormerLayout, ...] = ()  # earlier layouts, which are not read
    # the contract of its rows (schemas/contract.py)
    contract: Literal["observation", "population", "assessment"] = "observation"
    # action of a release in the manifest, unless it is entered as partial: `REPLACE`, it stands for
    # all before it; `MERGE`, a figure stays until a later release has the same cell
    default_action: Literal["REPLACE", "MERGE"] = "REPLACE"
    # provenance of a release in the manifest (list `provenance`), unless it is entered with another
    default_provenance: Annotated[str, CodeOf("provenance")] = "OWN"
    # True if the publisher's file describes persons. Such rows are counted and dropped: nothing of
    # them is stored, shown in an error or logged.
    person_level: bool = False
    # True if the file was typed by hand from pages without a table: a broken label in it is not the
    # publisher's
    typed: bool = False
    # the id of a source that prints the same count, or its rate: the ratio of the two is compared
    same_count: str = ""
    threshold: int = 0  # our own counts below it are hidden; 0 if the counts are the publisher's
    redistribute: bool = True  # True if its terms allow redistribution of the figures
    # True if it prints zeros beside small figures that it hides: in a release with zeros `<5` is 1
    # to 4
    zeros_printed: bool = False
    # meaning of the day of a release (list `release_day`)
    release_day: Annotated[str, CodeOf("release_day")] = "STATED"
    # which victims the authority registers: both kinds, identified or presumed ones only; empty if
    # it does not state that
    registers: Literal["", "BOTH", "IDENTIFIED", "PRESUMED"] = ""
    # id of the source whose figures it reprints; empty if they are its own. Agreement of the two
    # confirms nothing.
    reprints: Text = ""
    # for who changes the source: the authority, the unit, what is easily misread
    notes: Prose = ""
    # how the rows of its layouts are read, one for each or one for all; none if a module has `tidy`
    tables: tuple[Table, ...] = ()
    open_sdg: OpenSdg | None = None  # in place of `tables`, of a file of the Open SDG platform
    assertions: Assertions | None = None  # what holds of every release
    # what `tipstat new-source` proposed and nobody has confirmed yet: a place in this file, such as
    # `tables.0.cells.sex`, and what to look at; no release is taken in before the list is empty
    proposed: Sequence[Text] = ()
