"""The headlines of the figures of one state."""

import math
from collections.abc import Sequence

from pipelines.published.series import Point
from pipelines.published.site.facts.total import Total
from pipelines.published.site.facts.trends import page_verdict
from pipelines.published.site.wording.phrases import (
    amount,
    is_certain,
    own_text,
    printed,
    reserved,
    within,
)
from pipelines.words.disclosure import Kind
from pipelines.words.language import Language, spans


def trend_headline(area: str, total: Total, language: Language, *, is_alone: bool = True) -> str:
    """Return what the comparable figures say over the years, or why they say nothing.

    Args:
        area: code of the state.
        total: its series.
        language: the language of the words.
        is_alone: whether no figures of another source stand beside the series.
    """
    if not is_certain(total.last):
        doubts = reserved(total.last, language)
        year = total.period(total.last.year)
        return language.say("state_trend_uncertain", year=year, reserved=doubts)
    known = [point for point in total.comparable if is_certain(point)]
    if all(point.kind is Kind.SUPPRESSED for point in known):
        years = spans(point.year for point in known)
        form = "" if len(known) > 1 else "_one"
        return language.say(f"state_trend_suppressed{form}", years=years)
    first, last = known[0], known[-1]
    if first is last:
        return _of_one(total, last, language, is_only=is_alone and len(total.known) == 1)
    return _of_several(area, total, known, language)


def _of_one(total: Total, only: Point, language: Language, *, is_only: bool) -> str:
    """Return the only comparable figure, or the only one at all."""
    return language.say(
        "state_trend_only" if is_only else "state_trend_one",
        figure=amount(only, language),
        year=total.period(only.year),
    )


def _of_several(area: str, total: Total, known: Sequence[Point], language: Language) -> str:
    """Return the first and last figure of a trend, with the range where other years exceed them."""
    first, last = known[0], known[-1]
    years = {"first": total.period(first.year), "last": total.period(last.year)}
    place = {**years, "in_area": language.in_area(area)}
    ends = {"from": amount(first, language), "to": amount(last, language)}
    if page_verdict(total.trend) in ("rising", "falling"):
        headline = language.say("state_trend_headline", **place, **ends)
    else:
        headline = language.say(own_text("state_trend_ends", total, language), **place, **ends)
        headline = _with_range(headline, known, language)
    return language.say("state_trend_broken", headline=headline) if total.breaks else headline


def _with_range(headline: str, known: Sequence[Point], language: Language) -> str:
    """Add the lowest and the highest figure where the first and the last year have others."""
    low, high = _range(known)
    ends = {known[0].most, known[-1].most}
    form = {(False, False): "range", (True, False): "high", (False, True): "low"}.get(
        (low.most in ends, high.most in ends)
    )
    if form is None:
        return headline
    shown = {"low": amount(low, language), "high": amount(high, language)}
    return language.say(f"state_trend_{form}", headline=headline, **shown)


def _range(known: Sequence[Point]) -> tuple[Point, Point]:
    """Return the points with the lowest and the highest figure."""
    return min(known, key=lambda point: point.most), max(known, key=lambda point: point.most)


def left_out(total: Total, language: Language) -> list[str]:
    """Return the sentences on uncertain figures outside the range, with the reason for a doubt."""
    return [
        " ".join(
            [
                language.say(
                    "state_trend_left_out", years=point.year, reserved=reserved(point, language)
                ),
                *_reason(point, language),
            ]
        )
        for point in _outside(total)
    ]


def doubtful(total: Total, language: Language) -> list[str]:
    """Return why figures are doubtful, a sentence per reason, and first on those that stand out.

    The highest, the last and the figure to cite stand out. Those that `left_out` names are not
    named again.
    """
    highest = max(total.known, key=lambda point: point.most)
    stand_out = {point.year for point in (highest, total.last, total.known[-1])}
    named = {point.year for point in _outside(total)}
    years: dict[str, list[int]] = {}
    for point in total.known:
        if point.doubt and point.year not in named:
            years.setdefault(point.doubt, []).append(point.year)
    ordered = sorted(years.items(), key=lambda each: stand_out.isdisjoint(each[1]))
    return [
        language.say("figures_note_doubt", year=spans(own), reason=language.name("remark", doubt))
        for doubt, own in ordered
    ]


def _reason(point: Point, language: Language) -> list[str]:
    """Return the sentence on why a figure is doubtful, if it is."""
    return [f"{language.name('remark', point.doubt)}."] if point.doubt else []


def _outside(total: Total) -> list[Point]:
    """Return the uncertain figures outside the range of the comparable others."""
    known = [point for point in total.comparable if is_certain(point)]
    if not known or not is_certain(total.last):
        return []
    low, high = (end.most for end in _range(known))
    return [
        point for point in total.comparable if not (is_certain(point) or low <= point.most <= high)
    ]


def sex_age_headline(
    women: Point, children: Point, total: Total, recorded: int | None, language: Language
) -> str:
    """Return how many women and girls, and how many children, the source prints for a year.

    Args:
        women: the figure of women and girls.
        children: the figure of children of the same year.
        total: the series that they are parts of.
        recorded: for how many percent the source gives the sex; None if that is most or unknown.
        language: the reader's language.
    """
    known = {
        name: amount(point, language)
        for name, point in (("women", women), ("children", children))
        if is_certain(point) and point.most > 1  # what is one or none takes other words
    }
    if not known:
        return language.say("state_sex_age_none")
    text = "both" if len(known) > 1 else next(iter(known))
    text = own_text(f"state_sex_age_{text}", total, language)
    headline = language.say(text, year=total.period(women.year), **known)
    if recorded is None or "women" not in known:
        return headline
    return language.say("state_sex_age_recorded", headline=headline, share=recorded)


def forms_headline(
    forms: Sequence[tuple[str, Point]], series: Total, of_year: int, language: Language
) -> str:
    """Return the two largest forms of exploitation, or the one that exceeds the total.

    A hidden figure counts as the greatest number that it may be, and so comes before a zero.

    Args:
        forms: codes of forms with their figures of that year.
        series: the series that they are parts of.
        of_year: the year.
        language: the reader's.
    """
    year = series.period(of_year)
    total = next((each for each in series.known if each.year == of_year), Point(of_year))
    known = [(code, point) for code, point in forms if is_certain(point)]
    if all(point.kind is Kind.SUPPRESSED for _, point in known):
        return language.say("state_forms_few", year=year)
    known.sort(key=lambda form: -_at_most(form[1]))
    named = [(form_name(code, language), printed(point, language)) for code, point in known[:2]]
    (first, a), *rest = named
    largest = known[0][1]
    if is_certain(total) and largest.kind is Kind.FIGURE and largest.most > total.most:
        limit = amount(total, language)
        return language.say("state_forms_exceeds", year=year, form=first, figure=a, total=limit)
    if not rest:
        return language.say("state_forms_one", year=year, first=first, a=a)
    [(second, b)] = rest
    text = own_text("state_forms_two", series, language)
    return language.say(text, year=year, first=first, a=a, second=second, b=b)


def _at_most(point: Point) -> float:
    """Return the greatest number that a figure may be; of an open interval the least."""
    return point.bottom if point.most == math.inf else point.most


def form_name(code: str, language: Language) -> str:
    """Return the short name of a form of exploitation, as inside a sentence."""
    name = language.name("exploitation", code)
    return language.words.get(f"state_form_{code}", within(name))


def justice_headline(
    prosecuted: Total | None, convicted: Total | None, contact: Total | None, language: Language
) -> str:
    """Return the newest figures of persons prosecuted and convicted, else in formal contact."""
    stages = (prosecuted, convicted, contact)
    known = [total for total in stages if total and is_certain(total.last)][:2]
    if not known:
        return language.say("state_justice_none")
    parts: dict[str, object] = {}
    for place, letter, total in zip(("first", "second"), "ab", known, strict=False):
        name = language.say(f"state_stage_{total.indicator}")
        parts |= {place: within(name), f"{place}_year": total.period(total.last.year)}
        parts[letter] = amount(total.last, language)
    return language.say(f"state_justice_{'two' if len(known) > 1 else 'one'}", **parts)
