"""What a sheet of the common standard holds: the fields of an indicator and of a variable.

`standard.schema.json` is made of these classes, so that other software can check a sheet too.

Why pydantic fills them: docs/decisions/standard.md.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from typing import Annotated, Final, Literal

from pydantic import ConfigDict, Field, StringConstraints

_STRICT: Final = ConfigDict(extra="forbid", strict=True, use_attribute_docstrings=True)

Line = Annotated[str, StringConstraints(pattern=r"^\S(.*\S)?$")]
"""A text on one line, not empty, without spaces around it."""
Number = Annotated[int, Field(ge=1)]
Version = Annotated[str, StringConstraints(pattern=r"^\d+\.\d+\.\d+$")]
IndicatorId = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9_]+$")]
VariableId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z_]+$")]
Framework = Literal["GLOTIP", "SDG", "UN_CTS", "ICCS", "IC_TIP", "HTCDS", "CTDC", "SDMX"]
"""Another standard or publication with which the standard is compared."""
RelationCode = Literal[
    "EQUAL", "CLOSE", "PART_OF", "HOLDS", "VICTIMS_OF", "OFFENDERS_OF", "UNIT", "NONE",
    "NOT_ESTABLISHED",
]  # fmt: skip
UNSOURCED: Final = ("NONE", "NOT_ESTABLISHED")
"""Relations that claim nothing of another text, so that they need no source."""
Kind = Literal["CORE", "SUPPLEMENTARY"]
Status = Literal["PROPOSAL", "CONSULTATION", "ADOPTED"]


@dataclass(frozen=True, kw_only=True)
class Text:
    """A text in each language; `text["es"]` is the Spanish one."""

    __pydantic_config__ = _STRICT
    en: Line
    es: Line
    pt: Line
    fr: Line

    def __getitem__(self, language: str) -> str:
        """Return the text in a language: `en`, `es`, `pt` or `fr`."""
        return str(getattr(self, language))


@dataclass(frozen=True, kw_only=True)
class Breakdowns:
    """The variables by which the figures of an indicator are broken down."""

    __pydantic_config__ = _STRICT
    required: tuple[VariableId, ...]
    """Variables asked of every authority: their codes are rows of the form."""
    crossed: tuple[tuple[VariableId, ...], ...] = ()
    """Variables asked together, such as sex by age: rows of the form too."""
    optional: tuple[VariableId, ...] = ()
    """Variables by which records may be counted further; the form does not ask them."""


@dataclass(frozen=True, kw_only=True)
class Relation:
    """A relation of an indicator or a variable to another standard or publication."""

    __pydantic_config__ = _STRICT | ConfigDict(
        json_schema_extra={
            "if": {"properties": {"relation": {"enum": list(UNSOURCED)}}},
            "then": {},
            "else": {"required": ["source"]},
        }
    )
    relation: RelationCode
    source: str = ""
    """The document that shows it: a name of `documents` in standard.yml."""
    code: str = ""
    """The other standard's own code or label."""
    unit: Literal["", "event", "victim", "perpetrator", "reporting entity"] = ""
    """The unit of the IC-TIP that is counted."""
    note: Text | None = None

    def __post_init__(self) -> None:
        if self.relation not in UNSOURCED and not self.source:
            raise ValueError(f"relation {self.relation} needs a source: name its document")


@dataclass(frozen=True, kw_only=True)
class Comparability:
    """The relations of a sheet to what others count."""

    __pydantic_config__ = _STRICT
    GLOTIP: Relation
    SDG: Relation
    UN_CTS: Relation
    ICCS: Relation
    IC_TIP: Relation
    HTCDS: Relation
    CTDC: Relation | None = None
    SDMX: Relation | None = None

    def __iter__(self) -> Iterator[tuple[str, Relation]]:
        """Yield each framework with the relation to it; those that a sheet leaves out are not."""
        found = ((each.name, getattr(self, each.name)) for each in fields(self))
        return ((name, relation) for name, relation in found if relation)


@dataclass(frozen=True, kw_only=True)
class Change:
    """A change of a sheet in a version of the standard."""

    __pydantic_config__ = _STRICT
    version: Version
    change: Text


@dataclass(frozen=True, kw_only=True)
class Indicator:
    """The sheet of an indicator."""

    __pydantic_config__ = _STRICT
    id: IndicatorId
    meaning: Number
    """Counts up only when a figure of before would be another; forms and series depend on it."""
    kind: Kind
    name: Text
    definition: Text
    unit: Line
    """A code of the list `count_unit`."""
    reference_date: Text
    counting_rule: Text
    includes: tuple[Text, ...]
    excludes: tuple[Text, ...]
    zero_and_missing: Text
    breakdowns: Breakdowns
    computation: Text
    quality: Text
    comparability: Comparability
    example: Text
    history: Annotated[tuple[Change, ...], Field(min_length=1)]
    computed_from: tuple[IndicatorId, ...] = ()
    """Indicators from which it is computed; the form does not ask it then."""
    same_persons: tuple[IndicatorId, ...] = ()
    """Indicators that may count some of the same persons in the same year, so that small counts
    of one may be worked out from the other."""
    part_of: tuple[IndicatorId, ...] = ()
    """Indicators that count all of its persons, and others: no figure of it exceeds theirs."""


@dataclass(frozen=True, kw_only=True)
class Grain:
    """Which codes of a variable are asked."""

    __pydantic_config__ = _STRICT
    required: tuple[Line, ...]
    """Codes that divide the whole: the form asks them wherever it asks the variable."""
    asked: tuple[Line, ...] = ()
    """Parts of these that the form asks too."""
    optional: tuple[Line, ...] = ()
    """Further codes, for records."""


@dataclass(frozen=True, kw_only=True)
class Code:
    """A code of a variable."""

    __pydantic_config__ = _STRICT
    definition: Text
    includes: Text | None = None
    excludes: Text | None = None
    parent: str = ""
    """The code under which it is counted."""
    map: Mapping[Framework, Line] = field(default_factory=dict)
    """Codes or labels of others, several separated by `, `; `NONE` or `NOT_ESTABLISHED` where there
    is none or none known."""


@dataclass(frozen=True, kw_only=True)
class Variable:
    """The sheet of a variable."""

    __pydantic_config__ = _STRICT
    id: VariableId
    meaning: Number
    """Counts up only when a figure of before would be another; forms and series depend on it."""
    codelist: Line
    """The code list that has the codes and their names."""
    name: Text
    definition: Text
    rule: Text
    """Which code a person, case or figure has in doubt."""
    unknown: Text
    """What the codes for unknown and for other stand for, and how they differ."""
    grain: Grain
    exclusive: bool
    """Whether a person has one code only, so that the codes of `grain.required` add up."""
    codes: Mapping[Line, Code]
    comparability: Comparability
    example: Text
    history: Annotated[tuple[Change, ...], Field(min_length=1)]
    open: bool = False
    """Whether the other codes of the list, such as countries, hold as the list has them."""

    @property
    def sources(self) -> dict[str, str]:
        """Return the document behind the relation to each framework, and so behind the `map`s."""
        return {name: each.source for name, each in self.comparability if each.source}

    def __post_init__(self) -> None:
        used = {
            name
            for code in self.codes.values()
            for name, label in code.map.items()
            if label not in UNSOURCED
        }
        if lacking := sorted(used - set(self.sources)):
            raise ValueError(
                f"codes map to {', '.join(lacking)}: name the document in `comparability`"
            )


@dataclass(frozen=True, kw_only=True)
class Document:
    """A text that shows how others count."""

    __pydantic_config__ = _STRICT
    title: Line
    address: Annotated[str, StringConstraints(pattern=r"^(https://\S+)?$")] = ""


@dataclass(frozen=True, kw_only=True)
class Section:
    """A section of the page on how the standard is kept."""

    __pydantic_config__ = _STRICT
    heading: Text
    paragraphs: Annotated[tuple[Text, ...], Field(min_length=1)]


@dataclass(frozen=True, kw_only=True)
class Standard:
    """The standard as a whole: `standard.yml`."""

    __pydantic_config__ = _STRICT
    id: Line
    version: Version
    """Major: a meaning changed; minor: something was added; patch: wording."""
    status: Status
    adopted_by: tuple[Line, ...]
    """Body, day and document of each adoption; none without ADOPTED."""
    used_by: tuple[Line, ...]
    """Authorities that said that they use the standard."""
    used_by_none: Text
    """What the list says while it is empty."""
    title: Text
    mandate: Text
    cite: Text
    """Citation of a sheet, with {title}, {version}, {status}, {sheet} and {address}."""
    address: Line
    """Address of a sheet below that of the site, with {version}, {language} and {id}."""
    statuses: Mapping[Status, Text]
    kinds: Mapping[Kind, Text]
    frameworks: Mapping[Framework, Text]
    relations: Mapping[RelationCode, Text]
    documents: Mapping[Line, Document]
    governance: Annotated[tuple[Section, ...], Field(min_length=1)]
    indicators: tuple[IndicatorId, ...]
    variables: tuple[VariableId, ...]

    def __post_init__(self) -> None:
        if (self.status == "ADOPTED") != bool(self.adopted_by):
            raise ValueError("status ADOPTED and adopted_by go together: give both or neither")
