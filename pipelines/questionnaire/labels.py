"""Labels of the rows and questions of a form, and the explanations beside them."""

from collections.abc import Callable, Mapping
from typing import Literal

from pipelines.lib.digest import sha256_of
from pipelines.questionnaire.form import Asked, Form, Question, Row, asked
from pipelines.questionnaire.splits import splits
from pipelines.words import interface_text
from schemas import codelists, standard


def identity(form: Form, label_of: Callable[[Asked, Form], str]) -> tuple[str, ...]:
    """Return the identity of a form with a checksum of the labels that it prints."""
    return (*form.identity, checksum({each.name: label_of(each, form) for each in asked()}))


def checksum(labels: Mapping[str, str]) -> str:
    """Return a checksum of labels by the names of their rows, whatever spaces are in them."""
    lines = (f"{name} {' '.join(text.split())}" for name, text in sorted(labels.items()))
    return sha256_of("\n".join(lines))[:12]


def label(asked: Asked, form: Form) -> str:
    """Return the label of a row or question, as a workbook prints it below its heading."""
    if isinstance(asked, Question):
        name = form.say(f"ask_{asked.about}")
        return name if asked.about == asked.name else form.say("this_sheet", question=name)
    if not asked.breakdown:
        return indicator_name(asked, form)
    if asked.breakdown == "sex age":
        return interface_text.labels(form.language)[f"part_{asked.sex}_{asked.age}".lower()]
    code = getattr(asked, asked.breakdown)
    name = codelists.labels(asked.breakdown, form.language)[code]
    return form.say("of_which", part=name) if level(asked) == "within_part" else name


def whole_label(asked: Asked, form: Form) -> str:
    """Return the label of a row or question where there are no headings: a part with its whole."""
    name = label(asked, form)
    is_part = isinstance(asked, Row) and asked.breakdown
    return f"{indicator_name(asked, form)}: {name}" if is_part else name  # type: ignore[arg-type]


def explanation(asked: Asked, form: Form) -> str:
    """Return what a question means, or what a row counts: rule, and what is in and out."""
    if isinstance(asked, Question):
        is_of_all = asked.about == asked.name
        return form.say(f"help_{asked.about}" if is_of_all else "help_this_sheet")
    if asked.breakdown == "sex age":
        return form.say(f"part_{asked.sex}_{asked.age}".lower())
    if asked.breakdown:
        codes = standard.variables()[asked.breakdown].codes
        return codes[getattr(asked, asked.breakdown)].definition[form.language]
    sheet = standard.indicators()[asked.indicator]
    lines = [sheet.definition[form.language], sheet.counting_rule[form.language]]
    for name, texts in (("includes", sheet.includes), ("excludes", sheet.excludes)):
        if texts:
            lines.append(form.say(name, texts=" ".join(text[form.language] for text in texts)))
    return "\n".join(lines)


def level(asked: Asked) -> Literal["total", "part", "within_part"]:
    """Return how deep a row is below its total: the part of a part is by the same dimension."""
    if isinstance(asked, Question) or not asked.breakdown:
        return "total"
    wholes = [split.whole for split in splits() if asked in split.parts]
    return "within_part" if asked.breakdown in {each.breakdown for each in wholes} else "part"


def indicator_name(row: Row, form: Form) -> str:
    """Return what a row counts."""
    return codelists.labels("indicator", form.language)[row.indicator]
