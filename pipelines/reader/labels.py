"""Translate the labels of publications into codes; an unknown label is named, never guessed."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from pipelines.reader.coded_columns import lists_of
from schemas import codelists

_COUNT: Final = re.compile(r"\s*\([^()]*:\s*\d[^()]*\)")
"""A bracket with a name, a colon and a number, as in `label (office: number)`."""
_CITIZENSHIPS: Final = "citizenship_spellings.csv"
_SUBDIVISIONS: Final = "subdivision_spellings.csv"


class UnknownLabelError(Exception):
    """A label that no table translates."""

    def __init__(
        self, message: str, rule: str = "labels_are_known", *, may_hold_count: bool = False
    ) -> None:
        """Take a message with the remedy, and the rule that the label breaks.

        A label that may hold a count is hidden wherever its row is written.
        """
        super().__init__(message)
        self.rule = rule
        self.may_hold_count = may_hold_count


def without_counts(frame: pd.DataFrame) -> tuple[pd.DataFrame, int]:
    """Return a table of texts without the counts that its labels hold, and how many cells held one.

    A label of a breakdown that holds a count is no label: the count may be the figure that the
    publisher hides in the same row. A bracket with a name, a colon and a number is cut, in any
    column; numbers of ages and of resolutions, `Kosovo (under UNSC res. 1244)`, stand without one.
    """
    cut = 0
    for name in frame:
        column = frame[name]
        if not isinstance(column.dtype, pd.CategoricalDtype):
            continue
        texts = column.cat.categories
        labels = [_COUNT.sub("", text) for text in texts]
        changed = [new != text for new, text in zip(labels, texts, strict=True)]
        if any(changed):
            cut += int(np.append(changed, False)[column.cat.codes].sum())
            kinds = pd.Index(dict.fromkeys(labels))
            codes = np.append(kinds.get_indexer(labels), -1)[column.cat.codes]  # -1: no text
            frame = frame.assign(**{str(name): pd.Categorical.from_codes(codes, kinds)})
    return frame, cut


def label_table(codes: Mapping[str, str], place: str) -> Callable[[str], str]:
    """Return a translation by a table of labels; `place` is where to add a new label.

    Case and surrounding spaces make no difference. The translation raises UnknownLabelError for a
    label that the table lacks: labels_are_readable if it is empty, a number or broken, else
    labels_are_known.
    """
    folded = {label.strip().casefold(): code for label, code in codes.items()}

    def translate(label: str) -> str:
        text = label.strip()
        if text.casefold() in folded:
            return folded[text.casefold()]
        if not text or "\ufffd" in text or re.fullmatch(r"[\d.,\s]+", text):
            kind = "empty" if not text else "broken" if "\ufffd" in text else "a number"
            raise UnknownLabelError(
                f"label '{label}' is {kind}: report it to the publisher", "labels_are_readable"
            )
        raise UnknownLabelError(f"unknown label '{label}': add it to {place}")

    return translate


def same_codes(column: str) -> Callable[[str], str]:
    """Return the translation for a publication that prints our own codes of a column."""
    names = lists_of(column)
    codes = [code for name in names for code in codelists.codes(name)]
    lists = " or ".join(f"schemas/codelists/{name}.csv" for name in names)
    return label_table(dict(zip(codes, codes, strict=True)), lists)


def states() -> Callable[[str], str]:
    """Return the translation for a publication that prints our codes of the 35 states."""
    codes = codelists.oas_states()
    return label_table(dict(zip(codes, codes, strict=True)), "the list of areas")


def read_labels(module: str, name: str) -> list[dict[str, str]]:
    """Return the rows of a table of labels in the folder of a module, given by its `__file__`."""
    return codelists.rows(Path(module).with_name(name))


def within(table: str, known: Callable[[str], str], whole: str = "_T") -> Callable[[str, str], str]:
    """Return the translation of a table's name and a category; `whole` in all other tables."""
    return lambda name, category: known(category) if name == table else whole


def citizenships() -> Callable[[str], str]:
    """Return the translation of states and nationalities into codes of citizenship.

    An unknown label of words and digits, such as a number of nationals, may hold a count.
    """
    known = label_table(citizenship_spellings(), f"pipelines/reader/{_CITIZENSHIPS}")

    def translate(label: str) -> str:
        try:
            return known(label)
        except UnknownLabelError:
            if not (re.search(r"\d", label) and re.search(r"[^\W\d_]", label)):
                raise
            raise UnknownLabelError(
                "the label has a number in it, which may be a count of persons: it is hidden here; "
                "read it in the publisher's file, and report it to the publisher",
                "labels_are_readable",
                may_hold_count=True,
            ) from None

    return translate


def subdivisions(country: str, whole: str | None = None) -> Callable[[str], str]:
    """Return the translation of names and national numbers of subdivisions into ISO 3166-2 codes.

    `country` is an ISO 3166-1 alpha-3 code, `whole` the label of rows about the whole country,
    which may be empty.
    """
    spellings = subdivision_spellings(country) | ({} if whole is None else {whole: country})
    codes = "schemas/codelists/subdivision.csv"
    return label_table(spellings, f"pipelines/reader/{_SUBDIVISIONS}, its code to {codes}")


def citizenship_spellings() -> dict[str, str]:
    """Return the code of each known spelling of a state or nationality."""
    return {row["label"]: row["code"] for row in read_labels(__file__, _CITIZENSHIPS)}


def subdivision_spellings(country: str) -> dict[str, str]:
    """Return the ISO 3166-2 code of each known name and number of a country's subdivisions.

    Those are the names in the code list, in all languages, also without what tells a name from
    that of another state, as in `La Paz (Honduras)`, and further spellings.
    """
    named = [
        (label, code)
        for language in codelists.LANGUAGES
        for code, label in codelists.labels("subdivision", language).items()
        if codelists.state_of(code) == country
    ]
    found = {label.partition(" (")[0]: code for label, code in named} | dict(named)
    rows = read_labels(__file__, _SUBDIVISIONS)
    return found | {row["label"]: row["code"] for row in rows if row["country"] == country}
