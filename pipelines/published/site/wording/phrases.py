"""Phrases that several pages share: figures, lists, keys of charts, short labels of breaks."""

import math
from collections.abc import Collection
from typing import Final

from pipelines.published.series import Point
from pipelines.published.site.facts.total import Total
from pipelines.published.site.facts.trends import Trend
from pipelines.words.disclosure import Kind, interval_text
from pipelines.words.language import Language, spans

_SMALLEST: Final = 0.0001
"""The smallest limit that is printed as a number: one in a thousand million residents."""

_EXPRESSED: Final = frozenset("ABDELMOPQU")
"""Codes of the list `obs_status` that a cell, its other remarks or a note on its series express."""


_STRENGTHS: Final = ("NONE", "WEAK", "MODERATE", "STRONG")
"""Codes of the list `evidence` that have dots, each with one more; untestable series have none."""


def dots(evidence: str) -> list[bool]:
    """Return three dots, full for each step of the evidence; none where nothing was tested."""
    return [at < _STRENGTHS.index(evidence) for at in range(3)] if evidence in _STRENGTHS else []


def printed(point: Point, language: Language, measure: str = "") -> str:
    """Return a figure as pages print it: `1 228`, `<5`, yes or no, or a dash where there is none.

    `measure` is its unit of measure, if it may be other than a number.
    """
    if measure == "BOOL" and point.value is not None:
        return language.say("answer_yes" if point.value else "answer_no")
    if point.kind is Kind.SUPPRESSED:
        return interval(point.bottom, point.top, language)
    if point.value is None:
        return language.say("no_figure")
    return language.number(point.value)


def interval(bottom: float, top: float, language: Language) -> str:
    """Return a suppressed figure: `<5`, `≤725`, `2 761–2 765` with a lower bound, or `≥10`."""
    return interval_text(bottom, top, language.number)


def limits(lower: float, upper: float, language: Language) -> str:
    """Return the interval of a rate."""
    ends = {"lower": _limit(lower, language), "upper": _limit(upper, language)}
    return language.say("limits", **ends)


def _limit(value: float, language: Language) -> str:
    """Return a limit with three digits; one next to nothing as below the smallest."""
    if 0 < value < _SMALLEST:
        return f"<{language.number(_SMALLEST)}"
    return language.number(float(f"{value:.3g}"))


def capital(text: str) -> str:
    """Return a sentence with a capital at its start."""
    return text[:1].upper() + text[1:]


def within(name: str) -> str:
    """Return a name of a code list as it is written inside a sentence."""
    return name[:1].lower() + name[1:]


def counts_instead(total: Total, language: Language) -> str:
    """Return what the figures to cite count, where the indicator says otherwise; else ""."""
    return language.words.get(f"break_counts_{total.last_break}", "")


def suppressed_key(intervals: Collection[tuple[float, float]], language: Language) -> str:
    """Return the meaning of the mark of suppressed figures, with their one printed interval.

    Of several sources `<5` may be 0 to 4 and 1 to 4.
    """
    (lower, upper), *others = sorted(intervals)
    printed = {interval(*each, language) for each in intervals}
    if len(printed) > 1 or upper == math.inf:
        return language.say("key_suppressed_within")
    named = {"printed": printed.pop(), "lower": lower, "upper": upper}
    if others:
        return language.say("key_suppressed_either", other=others[-1][0], **named)
    return language.say("key_suppressed", **named)


def status_remarks(point: Point, language: Language) -> list[str]:
    """Return the remarks on a figure in a table: reservations, breaks, revisions."""
    remarks = [language.say(code) for code in point.reservations if point.is_known]
    remarks += [
        within(language.name("obs_status", code)) for code in point.status if code not in _EXPRESSED
    ]
    if point.is_break:
        remarks.append(language.say("break_mark"))
    if point.previous_release:
        text = "withdrawn_mark" if point.kind is Kind.MISSING else "revised_mark"
        remarks.append(language.say(text))
    if point.kind is Kind.WITHHELD:
        remarks.append(language.say("withheld_mark"))
    return remarks


def verdict(trend: Trend | None, language: Language) -> str:
    """Return the verdict on a tested series with its years; "" where nothing was tested.

    Years that it leaves out as doubtful are in brackets.
    """
    if trend is None or trend.q_value is None:
        return ""
    years = f"{trend.first}–{trend.last}"
    if trend.doubtful:
        years += f" ({language.say('state_doubtful', years=spans(trend.doubtful))})"
    return f"{language.name('trend_verdict', trend.verdict)}, {years}"


def counted(thing: str, count: int, language: Language) -> str:
    """Return a count with its noun, that of the texts `count_<thing>_one` and `_many`."""
    form = "one" if language.is_one(count) else "many"
    return language.say(f"count_{thing}_{form}", count=language.number(count))
