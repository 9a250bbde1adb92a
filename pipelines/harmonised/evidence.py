"""Wording of findings: what a detector found, its evidence, and what to do."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Final

from pipelines.raw.findings import Finding
from schemas import codelists

EQUAL: Final = re.compile(r"(.+): (\d+) of (\d+) (areas|figures), p (\S+)")
_FILLED: Final = re.compile(r"\S+: (\d+) areas without total, (\d+) total alone, p (\S+)")
_SLIP: Final = re.compile(r"\d+, (.+): (\d+) to (\d+)")
_TABLE: Final = re.compile(r"([A-Z_]+) (.+) (\d{4})")
_MOVES: Final = {
    "F/M": "the other sex",
    "-1": "the year before",
    "-1 F/M": "the year before, women and men exchanged",
    "+1": "the year after",
    "+1 F/M": "the year after, women and men exchanged",
    "label": "another label of the same table",
}
_BREAKDOWNS: Final = {
    "total": "in total",
    "sex": "by sex",
    "age": "by age",
    "sex x age": "by sex and age",
    "exploitation": "by form of exploitation",
    "citizenship": "by citizenship",
}
_REMEDY: Final = (
    "ask the publisher to correct it, or enter the right figure in data/corrections.csv"
)
_NO_REMEDY: Final = (
    "nothing to do, since the state reported nothing; the publisher may leave it blank"
)


def in_words(text: str, names: Mapping[str, str]) -> str:
    """Return a detector's evidence in words, or unchanged if its form is unknown.

    `names` has the publisher's name of each indicator, by code.
    """
    if equal := EQUAL.fullmatch(text):
        other, agree, all_of_them, what, chance = equal.groups()
        there = _there(other, names)
        return f"{agree} of {all_of_them} {what} agree with {there} (by chance: {chance})"
    if filled := _FILLED.fullmatch(text):
        alone, total, chance = filled.groups()
        counts = f"{alone} areas print it without the total, {total} the total alone"
        return f"{counts} (by chance: {chance})"
    if slip := _SLIP.fullmatch(text):
        by, lower, upper = slip.groups()
        return f"its rows by {by} come to {lower}" + (f" to {upper}" if lower != upper else "")
    return "" if text.isdecimal() else text


def _there(other: str, names: Mapping[str, str]) -> str:
    """Name the table that a figure agrees with."""
    if other in _MOVES:
        return f"figures that the previous release prints for {_MOVES[other]}"
    if table := _TABLE.fullmatch(other):
        indicator, kind, year = table.groups()
        return f"{names.get(indicator, indicator)} {_BREAKDOWNS.get(kind, kind)}, {year}"
    here = {code: f"the figures {words}" for code, words in _BREAKDOWNS.items()}
    known = {**codelists.labels("area", "en"), **names, **here}
    words = known.get(other.removesuffix(" F/M"), other.removesuffix(" F/M"))
    return f"{words}, women and men exchanged" if other.endswith(" F/M") else words


@cache
def message(finding: Finding) -> str:
    """Return in a sentence what is wrong with a figure that is kept out, and what to do."""
    what = codelists.labels("remark", "en").get(finding.detector, finding.detector)
    evidence = in_words(finding.evidence, codelists.labels("indicator", "en"))
    no_answer = codelists.column("remark", "no_answer").get(finding.detector) == "1"
    remedy = _NO_REMEDY if no_answer else _REMEDY
    return f"{what}{f' ({evidence})' if evidence else ''}: {remedy}"
