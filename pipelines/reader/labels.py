"""Translate the labels of publications into codes; an unknown label is named, never guessed."""

import csv
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

import pandas as pd

from schemas import codelists

_FOLDER: Final = Path(__file__).parent


class UnknownLabelError(Exception):
    """A label that no table translates."""

    def __init__(self, rule: str, message: str) -> None:
        """Take the id of the rule and a message with the remedy."""
        super().__init__(message)
        self.rule = rule


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
                "labels_are_readable", f"label '{label}' is {kind}: report it to the publisher"
            )
        raise UnknownLabelError("labels_are_known", f"unknown label '{label}': add it to {place}")

    return translate


def same_codes(codelist: str) -> Callable[[str], str]:
    """Return the translation for a publication that prints our own codes."""
    codes = codelists.codes(codelist)
    return label_table(dict(zip(codes, codes, strict=True)), f"schemas/codelists/{codelist}.csv")


def read_labels(module: str, name: str) -> list[dict[str, str]]:
    """Return the rows of a table of labels that lies beside a source's module, its `__file__`."""
    with Path(module).with_name(name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def citizenship_spellings() -> tuple[dict[str, str], str]:
    """Return the known spellings of states and nationalities, and where to add one."""
    return _spellings("citizenship_spellings.csv")


def subdivision_spellings(country: str) -> tuple[dict[str, str], str]:
    """Return the known spellings and national numbers of subdivisions, and where to add one.

    They map to ISO 3166-2 codes; `country` is an ISO 3166-1 alpha-3 code.
    """
    return _spellings("subdivision_spellings.csv", country)


def _spellings(name: str, country: str = "") -> tuple[dict[str, str], str]:
    table = pd.read_csv(_FOLDER / name, dtype=str, keep_default_na=False, encoding="utf-8")
    if country:
        table = table[table["country"] == country]
    return dict(zip(table["label"], table["code"], strict=True)), f"pipelines/reader/{name}"
