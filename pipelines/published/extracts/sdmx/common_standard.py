"""The common standard in SDMX: its variables as concepts with their code lists, its indicators.

The artefacts have the version of the standard, and annotations with its status and with the
counterparts of each indicator and code in other standards.
"""

from typing import Final

from pipelines.published.extracts.sdmx.codes import parents_first
from pipelines.published.extracts.sdmx.structure import (
    Annotation,
    Codelist,
    Item,
    Scheme,
    Structures,
    in_each_language,
)
from schemas import codelists, standard
from schemas.standard.sheet import Indicator, Variable

_NAME: Final = "CIV_TIP"


def structures(prepared: str) -> Structures:
    """Return the structures of the standard; `prepared` is the day in the header."""
    whole, variables = standard.standard(), standard.variables().values()
    lists = {each.id: _variable_codes(each) for each in variables}
    title = in_each_language(whole.title)
    indicators = Codelist(
        f"CL_{_NAME}_INDICATOR",
        title,
        in_each_language(whole.mandate),
        annotations=_status(),
        codes=tuple(_item(each.id, each) for each in standard.indicators().values()),
    )
    scheme = Scheme(
        f"CS_{_NAME}",
        title,
        in_each_language(whole.mandate),
        annotations=_status(),
        concepts=tuple((_item(each.id.upper(), each), lists[each.id]) for each in variables),
    )
    return Structures(
        version=whole.version,
        prepared=prepared,
        concept_scheme=scheme.id,
        codelists=(*lists.values(), indicators),
        schemes=(scheme,),
    )


def _status() -> tuple[Annotation, ...]:
    whole = standard.standard()
    return (Annotation("STATUS", texts=in_each_language(whole.statuses[whole.status])),)


def _item(name: str, sheet: Indicator | Variable) -> Item:
    """Return a sheet with how it relates to other standards: the relation, and the code there."""
    notes = (
        Annotation(framework, texts={"en": f"{each.relation} {each.code}".strip()})
        for framework, each in sheet.comparability
    )
    return Item(
        name,
        in_each_language(sheet.name),
        in_each_language(sheet.definition),
        annotations=tuple(notes),
    )


def _variable_codes(variable: Variable) -> Codelist:
    names = {each: codelists.labels(variable.codelist, each) for each in codelists.LANGUAGES}
    codes = (
        Item(
            code,
            {language: known[code] for language, known in names.items()},
            in_each_language(each.definition),
            parent="" if each.parent.startswith("_") else each.parent,
            annotations=tuple(
                Annotation(framework, texts={"en": label}) for framework, label in each.map.items()
            ),
        )
        for code, each in variable.codes.items()
    )
    return Codelist(
        f"CL_{_NAME}_{variable.id.upper()}",
        in_each_language(variable.name),
        in_each_language(variable.definition),
        annotations=_status(),
        codes=parents_first(codes),
    )
