"""How the rows of a table become rows of the contract: `tables` of a source's metadata.

`pipelines/reader/declared.py` reads a file by it, in the order of the fields of `Table`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Final, Literal

from schemas.annotations import (
    AnyText,
    CodeOf,
    Column,
    Count,
    Filter,
    Pattern,
    Period,
    Rule,
    Text,
)

Code = Text
"""A code of the column that it stands for; `pipelines/reader/table_checks.py` checks which."""


NO_COLUMN: Final = Column("")
BETWEEN: Final = " | "
"""Sign between the texts of several columns in one label."""


@dataclass(frozen=True, kw_only=True)
class Matches:
    """Condition on a text: a pattern is found in it."""

    matches: Pattern


Conditions = Mapping[Column, AnyText | tuple[AnyText, ...] | Matches]
"""Condition on each of some columns: a text, one of a list of texts, or a pattern."""


@dataclass(frozen=True, kw_only=True)
class Hide:
    """Printed counts that are hidden, since the publisher or its own source hides them."""

    columns: tuple[Column, ...]
    below: Count


@dataclass(frozen=True, kw_only=True)
class Sum:
    """Rows that are parts of one figure: counts are added up where the columns `by` agree."""

    figures: tuple[Column, ...]
    by: tuple[Column, ...]


@dataclass(frozen=True, kw_only=True)
class Melt:
    """Columns of figures, each of which becomes a row; `into` is the new column of their names."""

    columns: tuple[Column, ...]
    into: Text


@dataclass(frozen=True, kw_only=True)
class MustBe:
    """Texts that columns must have; any other row is quarantined."""

    has: Conditions
    where: Conditions = field(default_factory=dict)  # only rows that meet these; else all
    rule: Rule = "unit_fits_the_indicator"
    why: Text = ""  # what the quarantine says; by itself that the text is not the expected one


@dataclass(frozen=True, kw_only=True)
class Mark:
    """Status, flag or comment of rows that meet conditions, unless a filter sets them aside."""

    where: Conditions = field(default_factory=dict)
    status: Annotated[str, CodeOf("obs_status")] | None = None
    flag: Annotated[str, CodeOf("remark")] | None = None
    comment: Text = ""


@dataclass(frozen=True, kw_only=True)
class Signs:
    """Signs beside figures: columns, and the file with `sign,obs_status,meaning` of each sign.

    A figure with a sign of status Q is suppressed without bounds, and quarantined.
    """

    columns: tuple[Column, ...]
    table: Text


@dataclass(frozen=True, kw_only=True)
class ColumnReading:
    """Reading of the texts of columns as a column of the contract.

    A period is read as a year, quarter or month (`pipelines/reader/periods.py`); any other column
    without a further field is taken as printed.
    """

    column: Column | tuple[Column, ...]  # a column, or several that are read together
    # the code of each label, of several columns joined by ` | `; or codes of several columns of the
    # contract, of which those not named are the total
    labels: Mapping[AnyText, Code | Mapping[Text, Code]] = field(default_factory=dict)
    others: Code = ""  # the code of all labels that `labels` lacks; else they are quarantined
    codes: bool = False  # the publisher prints our own codes
    states: bool = False  # the publisher prints our codes of the 35 states of the Americas
    citizenships: bool = False  # names of states and nationalities
    # names or numbers of subdivisions of the state with this alpha-3 code
    subdivisions: Annotated[str, CodeOf("area")] | None = None
    whole: AnyText | None = None  # the label of the whole state among its subdivisions
    agree: bool = False  # each of the columns must lead to the same code
    call: Text = ""  # a function of the source's module, from the texts to a code
    # only rows that meet these are read; the others have the code `otherwise`
    where: Mapping[Column, AnyText] = field(default_factory=dict)
    otherwise: Code = "_T"

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the columns, of one or of several."""
        return (self.column,) if isinstance(self.column, str) else self.column


@dataclass(frozen=True, kw_only=True)
class Call:
    """A function of the source's module."""

    call: Text


@dataclass(frozen=True, kw_only=True)
class SingleFigures:
    """A table of figures that were typed one by one, as `reader/declared.py` reads it."""

    authority: Column  # the column that names who counted
    place: Column  # the column that says where the figure is printed
    required: tuple[Column, ...] = ()  # further columns that must say something


@dataclass(frozen=True, kw_only=True)
class SummedTotal:
    """Totals of a state that the publisher does not print, but all of their parts."""

    sum: Literal["sex"]  # the parts: women, men and unknown, each of which must be printed


@dataclass(frozen=True, kw_only=True)
class Table:
    """Reading of the rows of a table, one for each layout or one for all."""

    hide_below: Hide | None = None
    sum: Sum | None = None
    melt: Melt | None = None
    made: tuple[Text, ...] = ()  # columns that `prepare` of the module makes of others
    # columns of which all rows have the same first signs, so many: a file is one release
    one_value: Mapping[Column, Count] = field(default_factory=dict)
    # rows that are set aside, by the name of the filter (schemas/filters.csv)
    set_aside: Mapping[Filter, Conditions] = field(default_factory=dict)
    must_be: tuple[MustBe, ...] = ()
    marks: tuple[Mark, ...] = ()
    signs: Signs | None = None
    # each column of the contract: a code, or how it is read; a dimension not named is the total
    cells: Mapping[Text, ColumnReading | Code] = field(default_factory=dict)
    # rows of states outside the Americas are set aside
    other_states: bool = False
    # name of the filter for periods after the last one that has a figure, which are still to come
    blank_after_last: Filter | None = None
    # the place of a figure where rows were counted or typed: `{file}` and columns in a text, or
    # a function of the module from the file's name and the columns before the figure
    locator: Text | Call = ""
    figure: Column = NO_COLUMN  # that of the printed figure, of `wide` columns and of `melt` too
    total: SummedTotal | None = None  # what we add up, in published.national_sum
    single_figures: SingleFigures | None = None  # in place of `cells` and `figure`


@dataclass(frozen=True, kw_only=True)
class Disaggregation:
    """A column of an Open SDG file that splits the figures."""

    labels: Mapping[AnyText, Mapping[Text, Code]]  # as in `Cell.labels`; a blank is the total


@dataclass(frozen=True, kw_only=True)
class OpenSdg:
    """A file of the Open SDG platform: `Year`, columns that split the figures, and `Value`."""

    ref_area: Annotated[str, CodeOf("area")]
    indicator: Annotated[str, CodeOf("indicator")]
    unit: Text = ""  # the text that the column of units must have, if there is one
    marks: tuple[Mark, ...] = ()
    # the columns that split the figures, each with the codes of its labels
    disaggregations: Mapping[Text, Disaggregation] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Range:
    """Least and greatest number of rows or areas."""

    min: Count | None = None
    max: Count | None = None


@dataclass(frozen=True, kw_only=True)
class KnownTotal:
    """A sum that a person can look up in the publication."""

    time_period: Period
    sum: float
    indicator: Annotated[str, CodeOf("indicator")] | None = None
    ref_area: Text = ""
    sex: Annotated[str, CodeOf("sex")] | None = None
    age: Annotated[str, CodeOf("age")] | None = None
    exploitation: Annotated[str, CodeOf("exploitation")] | None = None


@dataclass(frozen=True, kw_only=True)
class Assertions:
    """Assertions about every release; one of which they do not hold waits for a named person."""

    rows: Range | None = None  # published figures of a release that is no part of a publication
    areas: Range | None = None  # different areas of these
    known: tuple[KnownTotal, ...] = ()
