"""How a figure of a state's page was made: pairs of a term and a text."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from pipelines.published.series import Series
from pipelines.published.site.facts.parts import FAMILIES
from pipelines.published.site.facts.total import VICTIMS, Total
from pipelines.published.site.facts.trends import Trend
from pipelines.published.site.pages.state.common import RECORDED, State, newest_since, years_alike
from pipelines.published.site.wording import notes
from pipelines.published.site.wording.phrases import capital
from pipelines.published.site.wording.sources import provenance
from pipelines.words.disclosure import Kind
from pipelines.words.language import Language, spans
from schemas import parameters

Pair = tuple[str, str]
"""A term and its text."""

Named = Callable[[str], str]
"""The name of a series, by its code."""


def of_totals(state: State, totals: Sequence[Total]) -> list[Pair]:
    """Return the account of series of totals: what is counted, by whom, and with which doubts."""
    language = state.language
    texts: dict[str, list[str]] = {"rising": [], "jumps": [], "series": [], "notes": []}
    for total in totals:
        label = _label(total, totals, state)
        if total.reason:
            texts["rising"].append(notes.labelled(label, _verdict(total, language)))
        texts["jumps"] += [notes.labelled(label, text) for text in notes.jumps(total, language)]
        found = notes.of_series([total.series], language)
        texts["series"] += [notes.labelled(label, text) for text in found]
        scope = state.site.sources[total.source]["def_scope"]
        of_source = notes.of_source(total, scope, language)
        texts["notes"] += [notes.labelled(label, text) for text in of_source]
    return _pairs({**_of_sources(state, totals), **texts}, language)


def _label(total: Total, totals: Sequence[Total], state: State) -> str:
    """Return what distinguishes a series from the others: its indicator, or its source."""
    if len(totals) == 1:
        return ""
    if len({each.indicator for each in totals}) > 1:
        return state.language.name("indicator", total.indicator)
    return state.publisher(total.source)


def of_parts(
    state: State, total: Total, parts: Sequence[Series], named: Named, cautions: Sequence[str]
) -> list[Pair]:
    """Return the account of the parts of a total."""
    # A list of the years whose figures give a hidden one away would lead to it (docs/decisions.md).
    is_hidden = any(part.of(Kind.SUPPRESSED) for part in parts)
    texts = {
        **_of_sources(state, [total]),
        "contradictions": cautions,
        "hidden": [state.language.say("state_about_disclosed")] if is_hidden else [],
        "series": notes.of_series(parts, state.language, named),
    }
    return _pairs(texts, state.language)


def exceeding(state: State, total: Total, family: str) -> list[str]:
    """Return the sentence on years in which parts of a family exceed their total."""
    splits = {
        name: each for name, each in state.splits().items() if FAMILIES[name] in ("total", family)
    }
    years = state.facts.cautions.exceeding(total.key, family, splits)
    return [state.language.say("state_about_exceed", years=spans(years))] if years else []


def _pairs(texts: Mapping[str, Sequence[str]], language: Language) -> list[Pair]:
    """Return the terms that have a text, each text once."""
    found = {term: " ".join(dict.fromkeys(each)) for term, each in texts.items()}
    return [(language.say(f"state_about_{term}"), text) for term, text in found.items() if text]


def _of_sources(state: State, totals: Sequence[Total]) -> dict[str, Sequence[str]]:
    """Return what is counted, which source to cite and why, and under which licence."""
    language, sources = state.language, [state.site.sources[total.source] for total in totals]
    definitions = [language.say(f"definition_{total.indicator.lower()}") for total in totals]
    counted, licences = (
        [f"{source[name].rstrip('.')}." for source in sources] for name in ("counted", "licence")
    )
    return {
        "counted": [*definitions, *counted],
        "caution": _cautions(state, [total.source for total in totals]),
        "cite": [
            *(_cited(total, state) for total in totals if total.reason),
            *(text for total in totals if (text := _recorded(total, state))),
        ],
        "provenance": [
            f"{provenance(source, language)}."
            for source in sources
            if source["provenance"] != "OWN"
        ],
        "licence": licences,
    }


def _cautions(state: State, named: Iterable[str]) -> list[str]:
    """Return the caution of each source, which it begins with if there are several."""
    cautions = {name: state.site.sources[name]["caution"] for name in named}
    if len(cautions) == 1:
        return [*cautions.values()]
    return [notes.labelled(state.publisher(name), text) for name, text in cautions.items()]


def _cited(total: Total, state: State) -> str:
    language = state.language
    return language.say(
        "state_about_cite_text",
        indicator=language.name("indicator", total.indicator),
        source=state.publisher(total.source),
        reason=language.name("citation_reason", total.reason),
    )


def _recorded(total: Total, state: State) -> str:
    """Return the remark on a newer count of victims in files, and whether both were equal."""
    newer = newest_since(state, total, RECORDED)
    if not newer or total.indicator != VICTIMS or not total.reason:
        return ""
    name = state.language.name("indicator", RECORDED)
    alike = years_alike(state, RECORDED)
    text = state.language.say(
        "state_alike" if alike else "state_about_recorded",
        indicator=name,
        figure=newer.figure,
        year=newer.year,
        count=alike,
    )
    return f"{text} {capital(newer.without)}." if newer.without else text


def _verdict(total: Total, language: Language) -> str:
    trend = total.trend
    if trend is None:
        return language.say("state_about_untested")
    if trend.q_value is None:
        text = "state_about_few_one" if trend.points == 1 else "state_about_few"
        return language.say(text, points=trend.points)
    tested = language.say(
        "state_about_tested",
        verdict=language.name("trend_verdict", trend.verdict),
        points=trend.points,
        first=trend.first,
        last=trend.last,
    )
    remarks = [
        language.say(f"state_about_{remark}", year=year)
        for remark, year in (("jump", trend.jump), ("turn", trend.turn))
        if year
    ]
    if trend.verdict == "no_clear_change" and trend.tau is not None:  # equal figures have no order
        remarks.insert(0, _chance(trend, language))
    if trend.doubtful:
        remarks.append(language.say("state_about_doubtful", years=spans(trend.doubtful)))
    return " ".join([tested, *remarks])


def _chance(trend: Trend, language: Language) -> str:
    """Return how often chance makes a series like this one as ordered, out of 100 cases."""
    share = max(1, round(100 * (trend.p_value or 0)))
    return language.say(
        "state_about_chance",
        share=share,
        q_value=language.number(float(f"{trend.q_value:.2g}")),
        clear=language.number(parameters.number("false_claims_of_trends")),
    )
