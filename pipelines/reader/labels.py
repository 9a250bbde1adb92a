"""Translates the labels of publications into codes. What no table knows is named, never guessed."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

import pandas as pd

from schemas import codelists

_FOLDER: Final = Path(__file__).parent


class UnknownLabelError(Exception):
    """A label that no table translates: it is named with its rule, never guessed."""

    def __init__(self, rule: str, message: str) -> None:
        """Takes the name of the rule and a message that says what to do."""
        super().__init__(message)
        self.rule = rule


def label_table(codes: Mapping[str, str], place: str) -> Callable[[str], str]:
    """A translation by a table of labels; `place` says where a new label is to be added.

    Case and spaces around a label make no difference. The translation raises UnknownLabelError:
    under labels_are_readable for one that is empty, a number or broken, unless the table has it;
    under labels_are_known for another that the table lacks.
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
    """The translation of a publication that prints our own codes."""
    codes = codelists.codes(codelist)
    return label_table(dict(zip(codes, codes, strict=True)), f"schemas/codelists/{codelist}.csv")


def citizenship_spellings() -> tuple[dict[str, str], str]:
    """Spellings of states and nationalities met in publications, and where to add one."""
    return _spellings("citizenship_spellings.csv")


def subdivision_spellings(country: str) -> tuple[dict[str, str], str]:
    """Spellings and national numbers of a state's subdivisions (ISO 3166-2), and where to add one.

    `country` is the ISO 3166-1 alpha-3 code.
    """
    return _spellings("subdivision_spellings.csv", country)


def _spellings(name: str, country: str = "") -> tuple[dict[str, str], str]:
    table = pd.read_csv(_FOLDER / name, dtype=str, keep_default_na=False, encoding="utf-8")
    if country:
        table = table[table["country"] == country]
    return dict(zip(table["label"], table["code"], strict=True)), f"pipelines/reader/{name}"
