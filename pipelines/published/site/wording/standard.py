"""The sheets of the common standard in one language: what each property says, and its tables."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from pipelines.published.site.wording.phrases import capital
from pipelines.words.language import Language
from schemas import codelists, standard
from schemas.standard.sheet import (
    UNSOURCED,
    Comparability,
    Indicator,
    Text,
    Variable,
)

_ON_PAGES_OF_INDICATORS: Final = ("reference_date", "counting_rule", "includes", "excludes")
"""The properties that the page of an indicator has too."""


Item = Sequence[tuple[str, str]]
"""A text in parts, each with the id of the sheet that it leads to, "" for none."""


_Sheets = Mapping[str, Indicator] | Mapping[str, Variable]


class Property(NamedTuple):
    """A heading of a sheet and what stands under it: texts, or names of other sheets."""

    code: str
    label: str
    items: Sequence[Item]
    are_names: bool = False


class Related(NamedTuple):
    """A row of the table that relates a sheet to other standards."""

    framework: str
    relation: str
    code: str
    source: str
    address: str
    note: str


class Category(NamedTuple):
    """A code of a variable: a row of a table; `within` has what it includes and what not."""

    code: str
    name: str
    notes: Sequence[str]
    definition: str
    within: Sequence[tuple[str, str]]
    counterparts: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Sheet:
    """A sheet as pages show it; `history` has the versions, each with its change."""

    id: str
    name: str
    kind: str
    definition: str
    properties: Sequence[Property]
    related: Sequence[Related]
    categories: Sequence[Category]
    history: Sequence[tuple[str, str]]

    @property
    def chosen(self) -> list[Property]:
        """Return the properties that the page of an indicator has too."""
        return [each for each in self.properties if each.code in _ON_PAGES_OF_INDICATORS]


def said_of_all(language: Language) -> dict[str, Any]:
    """Return what each page of the standard says: its fields, short name, and status in words.

    The status is in two parts: the word, and what explains it. Links to versions before and to a
    later one are for those who know them.
    """
    whole = standard.standard()
    return {
        "standard": whole,
        "short": language.say("standard_short", version=whole.version),
        "before": (),
        "later": None,
        "status": whole.statuses[whole.status][language.code].partition(", ")[::2],
    }


def of_indicator(code: str, language: Language) -> dict[str, Any]:
    """Return what the page of an indicator says of its sheet, which is None if it has none."""
    known = standard.indicators().get(code)
    return said_of_all(language) | {"sheet": sheet(known, language) if known else None}


def sheets(language: Language) -> list[Sheet]:
    """Return all sheets in the order of the standard: indicators, then variables."""
    known: list[Indicator | Variable] = [*standard.indicators().values()]
    known += standard.variables().values()
    return [sheet(each, language) for each in known]


def sheet(known: Indicator | Variable, language: Language) -> Sheet:
    """Return a sheet in a language."""
    return Sheet(
        known.id,
        known.name[language.code],
        standard.standard().kinds[known.kind][language.code]
        if isinstance(known, Indicator)
        else language.say("standard_kind_variable"),
        known.definition[language.code],
        [each for each in _properties(known, language) if each.items],
        list(_related(known.comparability, language)),
        list(_categories(known, language)) if isinstance(known, Variable) else [],
        [(each.version, each.change[language.code]) for each in known.history],
    )


def _properties(known: Indicator | Variable, language: Language) -> Iterator[Property]:
    """Yield the properties of a sheet in the order in which a reader needs them."""

    def said(code: str, *texts: Text) -> Property:
        return worded(code, *(text[language.code] for text in texts))

    def worded(code: str, *texts: str) -> Property:
        return Property(code, language.say(f"standard_{code}"), [*map(_linked, texts)])

    def named(code: str, ids: Sequence[str], sheets: _Sheets) -> Property:
        items = [[(sheets[each].name[language.code], each)] for each in ids]
        return Property(code, language.say(f"standard_{code}"), items, are_names=True)

    if isinstance(known, Variable):
        is_one = "yes" if known.exclusive else "no"
        yield said("rule", known.rule)
        yield said("unknown", known.unknown)
        yield worded("exclusive", language.say(f"standard_exclusive_{is_one}"))
        yield worded("open", *([language.say("standard_open_yes")] if known.open else []))
        yield said("example", known.example)
        return
    parts, variables = known.breakdowns, standard.variables()
    is_rate = codelists.column("indicator", "unit_measure")[known.id] == "PER_100000_POP"
    unit = (
        language.say("standard_unit_rate") if is_rate else language.name("count_unit", known.unit)
    )
    yield worded("unit", unit)
    for code in ("reference_date", "counting_rule"):
        yield said(code, getattr(known, code))
    yield said("includes", *known.includes)
    yield said("excludes", *known.excludes)
    yield said("zero_and_missing", known.zero_and_missing)
    yield named("breakdowns_required", parts.required, variables)
    crossed = ([variables[each].name[language.code] for each in ids] for ids in parts.crossed)
    yield worded("breakdowns_crossed", *map(" × ".join, crossed))
    yield named("breakdowns_optional", parts.optional, variables)
    for code in ("computation", "quality", "example"):
        yield said(code, getattr(known, code))
    for code in ("computed_from", "same_persons"):
        yield named(code, getattr(known, code), standard.indicators())


def _linked(text: str) -> Item:
    """Return a text in parts: the id of an indicator is one of its own, and leads to its sheet."""
    ids = standard.standard().indicators
    parts = re.split(rf"\b({'|'.join(ids)})\b", text)
    return [(part, part if part in ids else "") for part in parts if part]


def _related(known: Comparability, language: Language) -> Iterator[Related]:
    whole = standard.standard()
    frameworks = {str(name): text for name, text in whole.frameworks.items()}
    for framework, relation in known:
        document = whole.documents.get(relation.source)
        unit = relation.unit.replace(" ", "_")  # of the IC-TIP
        yield Related(
            frameworks[framework][language.code],
            whole.relations[relation.relation][language.code],
            relation.code or (language.say(f"standard_unit_{unit}") if unit else ""),
            document.title if document else "",
            document.address if document else "",
            relation.note[language.code] if relation.note else "",
        )


def _categories(known: Variable, language: Language) -> Iterator[Category]:
    """Yield the codes of a variable, with what is established of their counterparts."""
    names = _without_shared_start(
        {each: language.name(known.codelist, each) for each in known.codes}
    )
    asked = {*known.grain.required, *known.grain.asked}
    for code, each in known.codes.items():
        notes = [language.say("standard_required")] if code in asked else []
        if each.parent in known.codes:
            notes.append(language.say("standard_within", parent=names[each.parent]))
        within = [
            (language.say(f"standard_{name}"), text[language.code])
            for name, text in (("includes", each.includes), ("excludes", each.excludes))
            if text
        ]
        counterparts = [
            (framework.replace("_", "-"), label)
            for framework, label in each.map.items()
            if label not in UNSOURCED
        ]
        definition = each.definition[language.code]
        yield Category(code, names[code], notes, definition, within, counterparts)


def _without_shared_start(names: Mapping[str, str]) -> dict[str, str]:
    """Return names without a start that all of them have, such as `Means of control: `."""
    parts = {code: name.partition(":") for code, name in names.items()}
    if len({start for start, _, _ in parts.values()}) > 1 or not all(x[2] for x in parts.values()):
        return {**names}
    return {code: capital(end.strip()) for code, (_, _, end) in parts.items()}
