"""The tab on justice: persons in formal contact, prosecuted and convicted, a panel each."""

from collections.abc import Mapping, Sequence
from typing import Final

from pipelines.published.charts import spec
from pipelines.published.site.facts.country import JUSTICE
from pipelines.published.site.facts.total import Total
from pipelines.published.site.facts.trends import page_verdict
from pipelines.published.site.figure import Figure
from pipelines.published.site.pages.state import about, common
from pipelines.published.site.pages.state.common import State
from pipelines.published.site.wording import notes, phrases
from pipelines.published.site.wording import state as wording
from pipelines.words.language import Language, spans

_EVENTS: Final = ("OFF_RECORDED", "INV_OPENED", "CAS_PROSEC")
"""Counts of justice that are not of persons, and have no panel."""


def figure(state: State) -> Figure | None:
    """Return the figure of the series to cite; None without any."""
    language = state.language
    totals = {code: total for code in JUSTICE if (total := state.cited(code))}
    if not totals:
        return None
    drawn = [total for total in totals.values() if common.is_drawable(total)]
    panels = [
        spec.panel(
            [("", total.series)],
            language.say(f"state_stage_{total.indicator}"),
            phrases.break_labels(total.series, language),
        )
        for total in drawn
    ]
    contact, prosecuted, convicted = map(totals.get, JUSTICE)
    measure = language.say("state_justice_measure")
    columns = [(language.name("indicator", code), each.series) for code, each in totals.items()]
    known = list(totals.values())
    return common.figure(
        state,
        "justice",
        [(total.source, total.releases) for total in known],
        measure=f"{measure} · {language.say('state_one_scale')}",
        limit=language.say("state_justice_calm"),
        headline=wording.justice_headline(prosecuted, convicted, contact, language),
        spec=spec.chart(panels) if panels else None,
        calm=[language.say("state_justice_calm"), *_changes(state), *_cautions(known, state)],
        about=about.of_totals(state, known),
        quoted=notes.quoted(known),
        table=common.yearly(measure, columns, language),
    )


def _changes(state: State) -> list[str]:
    """Return the verdict on each count of justice that rose or fell, drawn here or not."""
    language = state.language
    cited = [total for code in (*JUSTICE, *_EVENTS) if (total := state.cited(code))]
    return [
        f"{language.name('indicator', total.indicator)}{language.colon}"
        f"{phrases.within(phrases.verdict(total.trend, language))}."
        for total in cited
        if page_verdict(total.trend) in ("rising", "falling")
    ]


def _cautions(totals: Sequence[Total], state: State) -> list[str]:
    """Return the sentences on figures that others bear on, the doubtful ones and odd years."""
    language = state.language
    beside = {total.indicator: common.far_apart(state, total) for total in totals}
    found = [
        notes.labelled(language.say(f"state_stage_{code}"), f"{text}.")
        for code, text in beside.items()
        if text
    ]
    found += [
        notes.labelled(language.say(f"state_stage_{total.indicator}"), text)
        for total in totals
        for text in (
            *notes.of_last(total, language),
            *wording.doubtful(total, language),
            *_same_number(total, state),
        )
    ]
    return [*found, *_exceeding({each.indicator: each for each in totals}, language)]


def _same_number(total: Total, state: State) -> list[str]:
    """Return the sentence on another indicator with the same figure of the year to cite."""
    text = notes.same_number(state.facts.totals, total, state.language)
    return [f"{text}."] if text else []


def _exceeding(totals: Mapping[str, Total], language: Language) -> list[str]:
    """Return the sentence on years with more persons convicted than prosecuted, if any."""
    prosecuted, convicted = totals.get("PER_PROSEC"), totals.get("PER_CONVICT")
    if prosecuted is None or convicted is None:
        return []
    years = convicted.series.years_above(prosecuted.series)
    return [language.say("state_justice_exceeds", years=spans(years))] if years else []
