"""Wording of an entry: the defect, how to check it, its certainty."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

from pipelines.intake import detectors
from pipelines.raw.findings import Finding
from pipelines.words.language import spans
from schemas import codelists

_TEXTS: Final = Path(__file__).with_suffix(".csv")
"""Wordings of defects that no detector finds."""
_OTHER: Final = "OTHER"

SECTIONS: Final = {
    "tables": "Tables that hold other figures",
    "columns": "Columns filled where nothing was reported",
    "exchanged": "Labels whose figures are exchanged",
    "states": "Single states",
    "figures": "Single figures",
    "repeats": "Several rows with the same labels",
    "questions": "Questions",
    "labels": "Labels",
}
"""Sections of the page, in its order, with their headings."""
CERTAINTIES: Final = {
    "certain": "the file itself proves it, and chance does not explain it. For a table or column "
    "this applies to the whole: a single figure in it may be right",
    "likely": "the file contradicts or repeats itself more than chance explains, but does not show "
    "which figure is wrong, or what would be right",
    "question": "it may be right, or chance; only the publisher can tell",
}
DONE: Final = {
    "BY_RULE": "not published",
    "KEEP_OUT": "not published",
    "REPLACE": "published as {new}",
    "UNKNOWN": "published without a figure, which is not known",
    "WRONG_CODE": "published under {new}",
    "DOUBTFUL": "published as printed, with status U",
    "DOUBTFUL_SUM": "published as the sum of its rows, with status U",
    "ADDED_UP": "published as the sum of its rows",
    "LABEL": "read as the only word that fits",
    "LIST": "published as printed",
}
"""Wording of treatments, by the strongest effect of a figure's findings."""


class Words(NamedTuple):
    """Wording of one kind of defect."""

    code: str  # code of the defect: a detector, a rule, or a code of `defects`
    section: str
    certainty: str  # certain, likely or question
    title: str
    wrong: str  # description of the defect
    check: str = ""  # instruction for checking it
    reason: str = ""  # code of the reason, within the defect
    effect: str = ""  # effect that this wording is for; empty for any


@cache
def known() -> tuple[Words, ...]:
    """Return the wording of all defects, in the order of the page."""
    words = [Words(**line) for line in codelists.rows(_TEXTS)]
    of_detectors = [
        Words(code=detector.code, **text)
        for detector in detectors.discover()
        for text in detector.texts.errata
    ]
    order = list(SECTIONS)
    return tuple(sorted([*of_detectors, *words], key=lambda each: order.index(each.section)))


@cache
def wording(code: str, reason: str, effect: str) -> Words:
    """Return the wording for a line; a general one if the rule has none of its own."""
    by_key = {(wording.code, wording.reason, wording.effect): wording for wording in known()}
    for key in ((code, reason, effect), (code, reason, ""), (code, "", effect), (code, "", "")):
        if key in by_key:
            return by_key[key]
    return by_key[_OTHER, "", ""]


def certainty(words: Words, finding: Finding | None) -> str:
    """Return the certainty of a line; at most likely if fewer than half of the areas agree."""
    if finding is None or words.section != "tables" or words.certainty != "certain":
        return words.certainty
    return "likely" if 2 * (finding.agree or 0) < (finding.compared or 0) else "certain"


def span(numbers: Iterable[object]) -> str:
    """Return whole numbers as ranges: 3, 5–8, 12."""
    return spans(sorted({int(str(number)) for number in numbers}))
