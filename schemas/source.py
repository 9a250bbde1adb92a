"""What must be known about a source before a figure of it is read."""

from dataclasses import dataclass
from typing import Final

from schemas import codelists

_CODED: Final = {
    "coll_method": "coll_method",
    "time_basis": "time_basis",
    "def_scope": "def_scope",
}


@dataclass(frozen=True, kw_only=True)
class Break:
    """A known break: from `time_period` on a series is not what it was before.

    `ref_area` names one state; None stands for the series of all of them. `reason` is a code of
    the list `break_reason`, which words it in the four languages.
    """

    ref_area: str | None
    indicator: str
    time_period: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class Words:
    """A sentence that readers of the pages see, in each of their languages."""

    en: str
    es: str
    pt: str
    fr: str


@dataclass(frozen=True, kw_only=True)
class Layout:
    """Where the figures lie in the publisher's file.

    `file` is the name that the publisher gives it; `sheet` the worksheet of a workbook;
    `title_rows` counts the rows above the header.
    """

    file: str
    sheet: str | None = None
    title_rows: int = 0


@dataclass(frozen=True, kw_only=True)
class Source:
    """One publication of one authority.

    Attributes:
        id: `<iso3 or int>_<publisher>`, or `ref_<publisher>` for a reference table.
        publisher: the authority, as it names itself.
        title: the publication.
        citation: how to cite it; the release is added behind it.
        licence: the terms under which it may be used, or that the publisher states none.
        address: where the publisher offers the file.
        page: where the publisher describes it.
        cadence: how often it is published, in words.
        cadence_days: after how many days a newer release is to be expected.
        coll_method: how the figures were collected (list `coll_method`).
        time_basis: what a year means in it (list `time_basis`).
        def_scope: the legal scope of "trafficking" in it (list `def_scope`).
        counted: what one unit is, and when it is counted.
        caveats: what a reader must know before using it, a sentence each.
        known_breaks: where its series break.
        header: the column names that the file must have, in any order.
        minimum_rows: a file with fewer rows is refused.
        layout: where the figures lie in the file.
        number_locale: the CLDR locale whose digits grouping and decimal sign it prints.
        contract: the table that its rows must satisfy, `observation` or `population`.
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
    header: tuple[str, ...]
    minimum_rows: int
    layout: Layout
    number_locale: str
    caveats: tuple[str, ...] = ()
    known_breaks: tuple[Break, ...] = ()
    contract: str = "observation"

    def __post_init__(self) -> None:
        """Refuse a description that uses a code no list knows."""
        for field, codelist in _CODED.items():
            _known(self.id, field, getattr(self, field), codelist)
        for known_break in self.known_breaks:
            _known(self.id, "known_breaks", known_break.reason, "break_reason")


def _known(source: str, field: str, code: str, codelist: str) -> None:
    if code not in codelists.codes(codelist):
        raise ValueError(
            f"source {source}: '{code}' in {field} is not in schemas/codelists/{codelist}.csv"
        )
