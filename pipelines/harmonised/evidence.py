"""Wording of findings: what a detector found, its evidence, and what to do."""

from collections.abc import Mapping
from functools import cache
from typing import Final

from pipelines.raw.findings import EVIDENCE, Finding
from schemas import codelists

_EXCHANGED: Final = "women and men exchanged"
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


def in_words(finding: Finding, names: Mapping[str, str]) -> str:
    """Return a detector's evidence in words; `names` has the name of each indicator, by code."""
    if finding.evidence == "WAS_ELSEWHERE":
        years = (finding.other_year or 0) - (finding.year or 0)
        if years:
            where = "the year before" if years < 0 else "the year after"
            where += f", {_EXCHANGED}" if finding.exchanged else ""
        else:
            where = "the other sex" if finding.exchanged else "another label of the same table"
        return agreement(finding, f"figures that the previous release prints for {where}")
    what = names.get(finding.other_indicator, finding.other_indicator)
    if finding.other_kind:
        kind = _BREAKDOWNS.get(finding.other_kind, finding.other_kind)
        what = f"{what or 'the figures'} {kind}"
    area = codelists.labels("area", "en").get(finding.other_area, finding.other_area)
    table = (what, area, finding.other_year, _EXCHANGED if finding.exchanged else "")
    return agreement(finding, ", ".join(str(part) for part in table if part))


def agreement(finding: Finding, other: str = "") -> str:
    """Return a detector's evidence in words; `other` names what equal figures agree with."""
    chance = f" (by chance: {finding.by_chance:.0e})" if finding.by_chance is not None else ""
    least, most = finding.least, finding.most
    return EVIDENCE[finding.evidence]["words"].format(
        **vars(finding),
        other=f" agree with {other}" if other else "",
        rest=(finding.compared or 0) - (finding.agree or 0),
        bounds=least if least == most else f"{least} to {most}",
        chance=chance,
    )


@cache
def message(finding: Finding) -> str:
    """Return in a sentence what is wrong with a figure that is kept out, and what to do."""
    what = codelists.labels("remark", "en").get(finding.detector, finding.detector)
    evidence = in_words(finding, codelists.labels("indicator", "en"))
    no_answer = codelists.column("remark", "no_answer").get(finding.detector) == "1"
    remedy = _NO_REMEDY if no_answer else _REMEDY
    return f"{what}{f' ({evidence})' if evidence else ''}: {remedy}"
