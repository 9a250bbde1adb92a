"""The tab on justice: persons in formal contact, prosecuted and convicted, a panel each."""

from pipelines.published.charts import spec
from pipelines.published.site.facts.country import JUSTICE
from pipelines.published.site.figure import Figure
from pipelines.published.site.pages.state import about, common
from pipelines.published.site.pages.state.common import State
from pipelines.published.site.wording import notes, phrases
from pipelines.published.site.wording import state as wording


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
    contact, prosecuted, convicted = (
        totals[code].last if code in totals else None for code in JUSTICE
    )
    measure = language.say("state_justice_measure")
    columns = [(language.name("indicator", code), each.series) for code, each in totals.items()]
    known = list(totals.values())
    return common.figure(
        state,
        "justice",
        [(total.source, total.releases) for total in known],
        measure=f"{measure} · {language.say('state_one_scale')}",
        headline=wording.justice_headline(prosecuted, convicted, contact, language),
        spec=spec.chart(panels) if panels else None,
        calm=language.say("state_justice_calm"),
        about=about.of_totals(state, known),
        quoted=notes.quoted(known),
        table=common.yearly(measure, columns, language),
    )
