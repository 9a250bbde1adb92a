"""How a figure of a state's page was made: pairs of a term and a text."""

from collections.abc import Iterable, Sequence

from pipelines.published.i18n.language import Language, spans
from pipelines.published.series.disclosure import Kind
from pipelines.published.series.series import Point, Series
from pipelines.published.site.facts.country import Contradictions
from pipelines.published.site.facts.totals import Total
from pipelines.published.site.pages.state.common import State
from pipelines.published.site.wording.phrases import capital
from schemas import codelists

Pair = tuple[str, str]
"""A term and its text."""


def of_totals(state: State, totals: Sequence[Total]) -> list[Pair]:
    """Return the account of series of totals: what is counted, by whom, and with which doubts."""
    series = [total.series for total in totals]
    texts = {
        "counted": _counted(state, totals),
        "cite": [_cited(total, state) for total in totals if total.reason],
        "licence": _licences(state, totals),
        "breaks": _each(series, _breaks, state.language),
        "rising": [_verdict(total, state.language) for total in totals if total.reason],
        "jumps": [_jumps(total, state.language) for total in totals],
        **_of_points(series, state.language),
        "notes": [_note(total, state.language) for total in totals],
        "same": [_same(total, state.language) for total in totals],
    }
    return _pairs(texts, state.language)


def of_parts(
    state: State, total: Total, parts: Sequence[Series], contradictions: Sequence[str]
) -> list[Pair]:
    """Return the account of the parts of a total."""
    texts = {
        "counted": _counted(state, [total]),
        "cite": [_cited(total, state)],
        "licence": _licences(state, [total]),
        "contradictions": contradictions,
        **_of_points(parts, state.language),
    }
    return _pairs(texts, state.language)


def contradictions_of(state: State, total: Total) -> Contradictions:
    """Return the years in which the source contradicts itself."""
    key = (total.area, total.indicator, total.source)
    return state.facts.contradictions.get(key, Contradictions())


def exceeding(years: Sequence[int], language: Language) -> list[str]:
    """Return the sentence on years in which parts exceed their total."""
    return [language.say("state_about_exceed", years=spans(sorted(years)))] if years else []


def quoted(totals: Iterable[Total]) -> list[str]:
    """Return the English notes that the account of series quotes."""
    return [note for total in totals for _, note in total.notes]


def break_sentence(point: Point, language: Language) -> str:
    """Return the sentence on what changed in the year of a break."""
    if point.break_reason:
        reason = language.name("break_reason", point.break_reason)
    else:
        reason = language.say("state_about_break_unknown")
    return language.say("state_about_break", year=point.year, reason=reason)


def _pairs(texts: dict[str, Sequence[str]], language: Language) -> list[Pair]:
    """Return the terms that have a text, each text once."""
    found = {term: " ".join(dict.fromkeys(filter(None, each))) for term, each in texts.items()}
    return [(language.say(f"state_about_{term}"), text) for term, text in found.items() if text]


def _of_points(series: Sequence[Series], language: Language) -> dict[str, Sequence[str]]:
    """Return what single years have to say: earlier figures, doubts, checks."""
    return {
        "revised": _each(series, _revised, language),
        "doubts": _each(series, _doubts, language),
        "withheld": _each(series, _withheld, language),
    }


def _each(series, sentences, language: Language) -> list[str]:  # type: ignore[no-untyped-def]
    return [text for each in series for text in sentences(each, language)]


def _counted(state: State, totals: Sequence[Total]) -> list[str]:
    language = state.language
    definitions = [language.say(f"definition_{total.indicator.lower()}") for total in totals]
    counted = [state.site.sources[total.source][f"counted_{language.code}"] for total in totals]
    return [*definitions, *(f"{text.rstrip('.')}." for text in counted)]


def _cited(total: Total, state: State) -> str:
    language = state.language
    return language.say(
        "state_about_cite_text",
        indicator=language.name("indicator", total.indicator),
        source=state.publisher(total.source),
        reason=language.name("citation_reason", total.reason),
    )


def _licences(state: State, totals: Sequence[Total]) -> list[str]:
    code = state.language.code
    return [
        f"{state.site.sources[total.source][f'licence_{code}'].rstrip('.')}." for total in totals
    ]


def _breaks(series: Series, language: Language) -> list[str]:
    return [break_sentence(point, language) for point in series.points if point.is_break]


def _verdict(total: Total, language: Language) -> str:
    trend = total.trend
    if trend is None:
        return language.say("state_about_untested")
    if trend.q_value is None:
        few = language.say("state_about_few", points=trend.points)
        return language.say("state_about_jump", year=trend.jump) if trend.jump else few
    return language.say(
        "state_about_tested",
        verdict=language.name("trend_verdict", trend.verdict),
        points=trend.points,
        first=trend.first,
        last=trend.last,
        q=language.number(round(trend.q_value, 3)),
    )


def _jumps(total: Total, language: Language) -> str:
    if not total.trend or not total.trend.jumps:
        return ""
    return language.say("state_about_jumps_text", years=spans(total.trend.jumps))


def _revised(series: Series, language: Language) -> list[str]:
    return [_before(point, language) for point in series.points if point.previous_release]


def _before(point: Point, language: Language) -> str:
    day, previous = language.day(point.previous_release), point.previous
    if previous is None:
        return language.say("state_about_before_hidden", year=point.year, day=day)
    figure = previous if isinstance(previous, str) else language.number(previous)
    return language.say("state_about_before", year=point.year, day=day, previous=figure)


def _doubts(series: Series, language: Language) -> list[str]:
    reasons: dict[str, list[int]] = {}
    for point in series.points:
        for reason in _reservations(point, language):
            reasons.setdefault(reason, []).append(point.year)
    return _by_years(reasons, language)


def _reservations(point: Point, language: Language) -> list[str]:
    if point.doubt:
        return [language.name("detector", point.doubt)]
    return [language.say(f"state_doubt_{code}") for code in point.reservations]


def _withheld(series: Series, language: Language) -> list[str]:
    reasons: dict[str, list[int]] = {}
    for point in series.of(Kind.WITHHELD):
        reasons.setdefault(_rule(point.rule, language), []).append(point.year)
    return _by_years(reasons, language)


def _rule(rule: str, language: Language) -> str:
    if rule in codelists.codes("detector"):
        return language.name("detector", rule)
    return language.say("state_about_withheld_rule", rule=rule)


def _by_years(reasons: dict[str, list[int]], language: Language) -> list[str]:
    return [
        language.say("state_about_break", year=spans(years), reason=reason)
        for reason, years in reasons.items()
    ]


def _note(total: Total, language: Language) -> str:
    years: dict[str, list[int]] = {}
    for year, note in total.notes:
        years.setdefault(note, []).append(year)
    return " ".join(
        language.say("state_about_note", years=spans(own), note=note) for note, own in years.items()
    )


def _same(total: Total, language: Language) -> str:
    if not total.same_as:
        return ""
    names = ", ".join(language.name("indicator", code) for code in total.same_as)
    return language.say("state_about_same_text", indicators=capital(names))
