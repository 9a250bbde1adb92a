"""The rows of a form, made of the standard's sheets, and the questions about the figures.

Everything is identified by codes, never by places or labels: a row by the cell of its figure, a
question by its name. The version of a form is a checksum of what it asks and of the numbers of the
meanings, so no wording changes it.

A form has one year: docs/decisions/questionnaire.md says why.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import Final

from pipelines.lib.digest import sha256_of
from pipelines.protection import cells
from pipelines.questionnaire.texts import say
from schemas import codelists, standard
from schemas.standard.sheet import Breakdowns

ABOUT: Final = "about"
"""Sheet of the questions about the figures."""
SHEETS: Final = (ABOUT, "victims", "justice", "assistance", "policy")

DIMENSIONS: Final = cells.DIMENSIONS[1:]
_SHEET_OF: Final = {
    "VIC": "victims", "CJS": "justice", "AST": "assistance", "DEM": "policy", "POL": "policy",
    "PRV": "policy",
}  # fmt: skip
"""The sheet of each domain of indicators."""

_NOT_PROTECTED: Final = ("CASE", "OFFICIAL", "STATE")
"""Roles of which small numbers are printed: they are of no victim, suspect or buyer."""

LONGEST: Final = {
    "office": 120, "page": 200, "law": 200, "published_at": 200, "function": 120, "note": 300,
}  # fmt: skip
"""Most characters of a text."""


@dataclass(frozen=True)
class Row:
    """A row of the form: a figure that is asked."""

    sheet: str  # the sheet that has it
    indicator: str  # what is counted
    # codes of the cell:
    sex: str = cells.TOTAL
    age: str = cells.TOTAL
    exploitation: str = cells.TOTAL
    citizenship: str = cells.TOTAL

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the cell, in the order of `DIMENSIONS`."""
        return tuple(getattr(self, name) for name in DIMENSIONS)

    @property
    def name(self) -> str:
        """The identifier of the row in every form."""
        return "|".join((self.indicator, *self.codes))

    @property
    def breakdown(self) -> str:
        """The dimensions that divide it."""
        return " ".join(cells.parts_of((cells.TOTAL, *self.codes)))

    @property
    def kind(self) -> str:
        """The kind of answer: `count` or `flag`."""
        unit = codelists.column("indicator", "unit_measure")[self.indicator]
        return "flag" if unit == "BOOL" else "count"

    @property
    def is_protected(self) -> bool:
        """Return whether the row counts victims or suspects, whose small numbers are hidden."""
        role = codelists.column("indicator", "role")[self.indicator]
        return self.kind == "count" and role not in _NOT_PROTECTED


@dataclass(frozen=True)
class Question:
    """A question about the figures."""

    name: str  # its identifier in every form
    kind: str  # the kind of answer: `text`, `address`, `year`, `day` or `choice`
    codes: tuple[str, ...] = ()  # for a choice the codes
    required: bool = True  # whether it must be answered
    sheet: str = ABOUT  # the sheet that has it; where it is not `about`, of its figures alone

    @property
    def about(self) -> str:
        """The name of its code list and of its texts, the same on whatever sheet it is asked."""
        return self.name.removesuffix(f"_{self.sheet}")


_METHODS: Final = codelists.asked("coll_method")
_SCOPES: Final = codelists.codes("def_scope")
QUESTIONS: Final = (
    Question("office", "text"),
    Question("page", "address"),
    Question("coll_method", "choice", _METHODS),
    Question("time_basis", "choice", codelists.asked("time_basis")),
    Question("def_scope", "choice", _SCOPES),
    Question("status", "choice", ("BOTH", "IDENTIFIED", "PRESUMED"), required=False),
    Question("since", "year", required=False),
    Question("law", "text", required=False),
    Question("published_at", "address", required=False),
    Question("published_on", "day", required=False),
    Question("function", "text", required=False),
    Question("released", "day", required=False),
    *(
        Question(f"{name}_{sheet}", "choice", codes, required=False, sheet=sheet)
        for sheet in ("victims", "justice", "assistance")
        for name, codes in (("coll_method", _METHODS), ("def_scope", _SCOPES))
    ),
)

Asked = Row | Question


@dataclass(frozen=True)
class Form:
    """A form: whom it asks, about which year, in which language."""

    state: str
    year: int
    language: str

    @property
    def identity(self) -> tuple[str, ...]:
        """Return the cells that identify the form, as `recognition.form_of` reads them."""
        return (KIND, version(), self.state, str(self.year), self.language, _written(meanings()))

    def key(self, asked: Asked) -> str:
        """Return the key of a row or question in a form: no two forms share one."""
        return f"{self.state}|{self.year}|{asked.name}"

    def say(self, code: str, **parts: object) -> str:
        """Return a text in the form's language."""
        return say(self.language, code, **parts)

    @property
    def area(self) -> str:
        """The name of the state in the form's language."""
        return codelists.labels("area", self.language)[self.state]

    def choices(self, asked: Asked) -> dict[str, str]:
        """Return the answers to choose from, by code; empty for a free text."""
        if asked.kind == "flag":
            return {"1": self.say("yes"), "0": self.say("no")}
        if not isinstance(asked, Question) or not asked.codes:
            return {}
        if asked.name == "status":
            return {code: self.say(f"status_{code.lower()}") for code in asked.codes}
        names = codelists.labels(asked.about, self.language)
        return {code: names[code] for code in asked.codes}


KIND: Final = "tipstat-questionnaire"
"""First cell of a form's identity."""


@cache
def rows() -> tuple[Row, ...]:
    """Return the rows of a form, sheet by sheet: what the standard asks of every authority.

    Each indicator has a row for its total and one for each code of its breakdowns.
    """
    found = [
        Row(_SHEET_OF[codelists.column("indicator", "domain")[name]], name, **codes)
        for name, sheet in standard.indicators().items()
        if not sheet.computed_from
        for codes in _cells(sheet.breakdowns)
    ]
    return tuple(sorted(found, key=lambda row: SHEETS.index(row.sheet)))


def asked() -> tuple[Asked, ...]:
    """Return all that a form asks: the questions, then the rows."""
    return (*QUESTIONS, *rows())


def _cells(breakdowns: Breakdowns) -> Iterator[dict[str, str]]:
    """Yield the codes of the total, then of each breakdown; crossed ones leave out the unknown."""
    yield {}
    for name in breakdowns.required:
        yield from ({name: code} for code in _codes(name))
    for names in breakdowns.crossed:
        known = [[code for code in _codes(name) if code[0] != "_"] for name in reversed(names)]
        for codes in product(*known):
            yield dict(zip(names, reversed(codes), strict=True))


def _codes(variable: str) -> list[str]:
    """Return the codes that are asked of a variable, parts after their whole."""
    grain = standard.variables()[variable].grain
    wholes = {part: cells.whole_of(variable, part, grain.required) for part in grain.asked}
    return [
        code
        for whole in grain.required
        for code in (whole, *(part for part in grain.asked if wholes[part] == whole))
    ]


@cache
def version() -> str:
    """Return the version of the form: a checksum of what it asks and what that means, no words."""
    choices = [f"{question.name} {' '.join(question.codes)}" for question in QUESTIONS]
    asks = [*(row.name for row in rows()), *choices, _written(meanings())]
    return sha256_of("\n".join(asks))[:12]


def meanings() -> dict[str, int]:
    """Return the number of the meaning of each indicator and variable that a form asks for."""
    indicators, variables = standard.indicators(), standard.variables()
    asked_for = dict.fromkeys(row.indicator for row in rows())
    found = {name: indicators[name].meaning for name in asked_for}
    return found | {name: variables[name].meaning for name in DIMENSIONS}


def _written(numbers: Mapping[str, int]) -> str:
    return " ".join(f"{name}={number}" for name, number in numbers.items())
