"""From the labels that occur in a coded column to codes; an unknown label stops the count.

A label that fewer than ten persons have may identify one of them, so a message does not show it: it
names the column in which to look, and the number of such labels. Nor is any shown if there are many
unknown ones: then the column is hardly the field, and may hold names.
"""

import re
from collections.abc import Mapping
from typing import Final

from pipelines.cases.errors import CaseError
from pipelines.cases.mapping import MappedField, folded
from pipelines.cases.texts import number, said
from pipelines.lib.console import plain
from schemas import parameters
from schemas.case import AGES, CITIZENSHIP, COUNTED_AS

SHOWN_FROM: Final = parameters.whole("least_persons_of_label")
"""Persons that must have a label for it to be shown."""

MOST_SHOWN: Final = 20
"""Unknown labels of a column; if there are more, none is shown."""

MOST_LABELS: Final = 5_000
"""Different labels of a column; with more it is free text or an identifier."""

IMPLAUSIBLE: Final = "implausible"
"""In place of the code of an age below 0, of 120 or more, or with a fraction."""


class UnknownLabelsError(CaseError):
    """Labels of a coded column that the mapping does not know."""

    def __init__(self, name: str, column: str, persons: Mapping[str, int]) -> None:
        """Write the message: frequent labels by name, rare ones by their number."""
        few = len(persons) <= MOST_SHOWN
        self.shown = sorted(label for label, each in persons.items() if few and each >= SHOWN_FROM)
        labels = [
            said("label_persons", label=plain(label[:60]), persons=persons[label])
            for label in self.shown
        ]
        if hidden := len(persons) - len(self.shown):
            labels.append(said("labels_rare", number=hidden, least=SHOWN_FROM))
        about = {"column": column, "name": name, "labels": ", ".join(labels)}
        about |= {"number": number(len(persons)), "meaning": said(f"field_{name}")}
        super().__init__(said("labels_unknown" if few else "too_many_labels", **about))


def translate(
    name: str, field: MappedField, found: Mapping[str, int], country: str
) -> dict[str, str]:
    """Return the code of each cell that occurs in a coded column; of an empty one, `_U`.

    An empty status of a victim has no code.

    Args:
        name: of the field.
        field: its column, labels and separator.
        found: persons by cell.
        country: whose citizens are nationals.

    Raises:
        UnknownLabelsError: the mapping lacks a label.
        CaseError: there are too many labels.
    """
    if len(found) > MOST_LABELS:
        raise CaseError(said("too_many_cells", column=field.column, most=MOST_LABELS, name=name))
    codes, unknown = {}, dict[str, int]()
    for cell, persons in found.items():
        if not cell:
            codes.update({} if name == "indicator" else {"": "_U"})
            continue
        known = [(each, _code(name, field, each)) for each in labels_in(cell, field.separator)]
        for label, code in known:
            if code is None:
                unknown[label] = unknown.get(label, 0) + persons
        codes[cell] = counted_as(name, {code for _, code in known if code}, country)
    if unknown:
        raise UnknownLabelsError(name, field.column, unknown)
    return codes


def is_age(label: str) -> bool:
    """Return True if a label is an age in years or another number, which needs no code."""
    return _band(label) is not None


def labels_in(cell: str, separator: str) -> list[str]:
    """Return the labels in a cell: without a separator, the one."""
    return [*filter(None, map(str.strip, cell.split(separator) if separator else [cell]))]


def _code(name: str, field: MappedField, label: str) -> str | None:
    """Return the code of a label; of an age in years, its band; None if it is unknown."""
    known = field.labels.get(folded(label))
    return _band(label) if known is None and name == "age" else known


def _band(label: str) -> str | None:
    """Return the band of an age, `implausible` of another number, None for what is not a number."""
    if not re.fullmatch(r"-?[0-9]{1,9}([.,][0-9]{1,9})?", label):
        return None
    years = float(label.replace(",", "."))
    bands = (band for band, ages in AGES.items() if years.is_integer() and years in ages)
    return next(bands, IMPLAUSIBLE)


def counted_as(name: str, codes: set[str], country: str) -> str:
    """Return the one code as which a person is counted whose labels have some codes."""
    if name == "citizenship":
        national = {country: "NAT"}
        codes = {c if c in CITIZENSHIP else national.get(c, "FOR") for c in codes}
    codes = {COUNTED_AS.get(name, {}).get(code, code) for code in codes}
    if len(codes) > 1:
        codes -= {"_U"}
    if len(codes) < 2:
        return next(iter(codes), "_U")
    return "MX" if name == "exploitation" else next(c for c in CITIZENSHIP if c in codes)
