"""Wording of findings: what a detector found, its evidence, and what to do."""

from collections.abc import Mapping
from functools import cache
from typing import Final

from pipelines.raw.findings import SAME_AREAS, SAME_FIGURES, WAS_ELSEWHERE, Finding
from schemas import codelists

_AGREEING: Final = {SAME_AREAS: "areas", SAME_FIGURES: "figures", WAS_ELSEWHERE: "figures"}
"""What agrees with other figures, by the kind of evidence."""
_FORMS: Final = {
    "BOTH_EQUAL": "{other_kind}: both equal",
    "FITS_EXCHANGED": "{agree} of {compared} areas have the usual order only if exchanged{chance}",
    "WITHOUT_TOTAL": "{agree} areas print it without the total, {rest} the total alone{chance}",
    "ALL_NOUGHTS": "{agree} of {compared} are 0",
    "NEW_NOUGHTS": "{agree} of {compared} new areas, {others_agree} of {others_compared} others, "
    "p {by_chance:.0e}",
    "PARTS_DIFFER": "its rows by {other_kind} come to {bounds}",
    "PARTS_AT_LEAST": "{other_kind}: {least} or more",
    "NO_PART": "{other_kind}: all 0, of {least}",
    "YEAR_AT_LEAST": "{other_year}: {least}",
    "WAS_AT_LEAST": "{least} or more in the release before",
    "ITSELF": "",
    "RECALLED": "recalled",
}
"""Wording of the other kinds."""
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
    if finding.evidence == WAS_ELSEWHERE:
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
    if finding.evidence in _AGREEING:
        told = f"{finding.agree} of {finding.compared} {_AGREEING[finding.evidence]}"
        return f"{told}{f' agree with {other}' if other else ''}{chance}"
    least, most = finding.least, finding.most
    return _FORMS[finding.evidence].format(
        **vars(finding),
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
