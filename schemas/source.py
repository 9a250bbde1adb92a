"""Metadata of a source, known before a figure of it is read.

Annotations say which form a text must have; `pipelines.reader.source_metadata` holds a source's
metadata file to them.
"""

from dataclasses import dataclass
from typing import Annotated, Final, Literal


@dataclass(frozen=True)
class Form:
    """Form of a text.

    Attributes:
        pattern: regular expression that the whole text matches.
        expected: the same in words.
    """

    pattern: str
    expected: str


@dataclass(frozen=True)
class CodeOf:
    """Code list that a text is a code of."""

    codelist: str


@dataclass(frozen=True)
class AtLeast:
    """Smallest number allowed."""

    minimum: int


HTTPS: Final = Form(r"https://[^\s/]+\.[^\s/]\S*", "a whole address, from https:// on")

Text = Annotated[str, Form(r"\S(.*\S)?", "a text on one line")]
Address = Annotated[str, HTTPS]
Period = Annotated[
    str, Form(r"\d{4}(-(0[1-9]|1[0-2]))?", 'a year or month, such as "2018" or "2018-04"')
]
Count = Annotated[int, AtLeast(1)]


@dataclass(frozen=True, kw_only=True)
class Break:
    """Known break: from `time_period` on, a series does not continue the one before.

    `ref_area` names one state, its subdivisions included; None stands for the series of all of
    them. `reason` is a code of the list `break_reason`, which words it in the four languages.
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
    """Name under which readers of other languages than English know it."""

    es: Text
    pt: Text
    fr: Text


@dataclass(frozen=True, kw_only=True)
class Layout:
    """One of a publication's tables: the form of its file, and where the figures lie in it.

    A figure table, which the project ships, is UTF-8 with commas whatever the publisher writes.

    Attributes:
        file: the name that the publisher gives the file.
        header: the column names that the file must have, in any order.
        minimum_rows: a file with fewer rows is refused.
        sheet: the worksheet of a workbook.
        title_rows: rows above the header of a workbook.
        encoding: of a text file, as Python names it.
        delimiter: what stands between the cells of a text file.
        lines_with: only lines with this text are read; the others are set aside as
            `other_lines`. For files of all offences that must not fill the memory.
        used: the columns that are read, if not all. A figure table has no others.
        shipped: the columns of the figure table, where the source makes it of the publisher's rows
            (sums, counts of persons).
    """

    file: Text
    header: tuple[str, ...]
    minimum_rows: Count
    sheet: str | None = None
    title_rows: int = 0
    encoding: str = "utf-8-sig"
    delimiter: str = ","
    lines_with: str = ""
    used: tuple[str, ...] = ()
    shipped: tuple[str, ...] = ()

    @property
    def read(self) -> tuple[str, ...]:
        """Return the columns that are read of the publisher's file."""
        return self.used or self.header

    @property
    def figure_columns(self) -> tuple[str, ...]:
        """Return the columns of a figure table, without its row numbers."""
        return self.shipped or self.read


@dataclass(frozen=True, kw_only=True)
class Source:
    """One publication of one authority; the fields of `pipelines/sources/<id>.yml`.

    Attributes:
        id: `<iso3 or int>_<publisher>`, or `ref_<publisher>` for a reference table; the name of
            its files.
        publisher: the authority, as it names itself.
        title: the publication; in English where it has a translation.
        publisher_in: what readers of other languages call the authority, if not the same.
        title_in: the publication in their words, if its own title is not to stand.
        language: the language of the publisher's name, of the citation and of a title that has no
            translation.
        citation: how to cite it; the release is added behind it.
        licence: the terms under which it may be used, or that the publisher states none.
        address: where the publisher offers the file, or the page on which it does.
        by_hand: how to get the file where no program may fetch it; empty if `tipstat fetch` does.
        page: where the publisher describes it.
        cadence: how often it is published, in words.
        cadence_days: after how many days a newer release is to be expected.
        coll_method: how the figures were collected (list `coll_method`).
        time_basis: what a year means in it (list `time_basis`).
        def_scope: the legal scope of "trafficking" in it (list `def_scope`).
        counted: what one unit is, and when it is counted.
        caveats: what a reader must know before using it, a sentence each.
        known_breaks: where its series break.
        layouts: the forms of its files, one a table.
        number_locale: the CLDR locale whose digits grouping and decimal sign it prints.
        contract: the table that its rows must satisfy, `observation` or `population`.
        default_action: action of a release in the manifest, unless it is entered as partial:
            `REPLACE`, it stands for all before it; `MERGE`, a figure stays until a later release
            has the same cell.
        person_level: whether the publisher's file describes persons. Such rows are counted and
            dropped: nothing of them is kept, shown in an error or logged.
        typed: whether the file was typed by hand from pages that have no table: a broken label
            in it is not the publisher's.
        threshold: counts below it are hidden, where the counting is ours; 0 where it is not.
        nationwide: whether its subdivisions are all of a country, so that they may be summed.
        redistribute: whether its terms allow others to be given its figures.
        release_day: whether the publisher states the day of a release (list `release_day`).
        reprints: id of the source whose figures it prints again; empty if they are its own. That
            the two agree confirms nothing.
    """

    id: str
    publisher: Text
    title: Text
    citation: Text
    licence: Words
    address: Address
    page: Address
    cadence: Text
    cadence_days: Count
    coll_method: Annotated[str, CodeOf("coll_method")]
    time_basis: Annotated[str, CodeOf("time_basis")]
    def_scope: Annotated[str, CodeOf("def_scope")]
    counted: Words
    layouts: tuple[Layout, ...]
    number_locale: Text
    publisher_in: Translation | None = None
    title_in: Translation | None = None
    language: Literal["en", "es", "pt", "fr"] = "en"
    by_hand: Text = ""
    caveats: tuple[Text, ...] = ()
    known_breaks: tuple[Break, ...] = ()
    contract: Literal["observation", "population"] = "observation"
    default_action: Literal["REPLACE", "MERGE"] = "REPLACE"
    person_level: bool = False
    typed: bool = False
    threshold: int = 0
    nationwide: bool = True
    redistribute: bool = True
    release_day: Annotated[str, CodeOf("release_day")] = "STATED"
    reprints: Text = ""
