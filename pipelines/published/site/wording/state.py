"""Sentences on one state: the one to cite, and the headlines of its figures."""

from pipelines.published.i18n.language import Language
from pipelines.published.series.disclosure import Kind
from pipelines.published.series.series import Point
from pipelines.published.site.facts.totals import Total, exact
from pipelines.published.site.facts.trends import page_verdict
from pipelines.published.site.wording.phrases import capital, printed, verdict_first


def sentence(area: str, total: Total | None, language: Language) -> str:
    """Return the sentence to cite: state, figure, unit, year, and the verdict on the trend."""
    named = language.area(area)
    if total is None:
        return language.say("state_sentence_none", area=named)
    point = total.last
    first_half = language.say(
        f"state_sentence_{_form(point)}",
        area=capital(named),
        figure=printed(point, language),
        limit=point.top + 1,
        year=point.year,
    )
    verdict = page_verdict(total.trend)
    return language.say(
        f"state_sentence_{verdict}", sentence=first_half, first=verdict_first(total)
    )


def _form(point: Point) -> str:
    """Return the grammatical form that a figure takes."""
    if point.kind is Kind.SUPPRESSED:
        return "between" if point.bottom else "few"
    return {0: "zero", 1: "one"}.get(int(point.value or 0), "many")


def trend_headline(area: str, total: Total, language: Language) -> str:
    """Return the first and last comparable figure; the sentence to cite if there is only one."""
    known = exact(total.comparable)
    if len(known) < 2:  # noqa: PLR2004  # a first and a last
        return sentence(area, total, language).rstrip(".")
    form = "_broken" if total.breaks else ""
    return language.say(
        f"state_trend_headline{form}",
        first=known[0].year,
        of_area=language.of_area(area),
        in_area=language.in_area(area),
        **{"from": printed(known[0], language), "to": printed(known[-1], language)},
    )
