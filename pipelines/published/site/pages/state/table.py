"""The tab with all years of detected victims and of the stages of justice side by side."""

from pipelines.published.site.facts.country import JUSTICE
from pipelines.published.site.facts.total import VICTIMS
from pipelines.published.site.figure import Figure
from pipelines.published.site.pages.state import about, common
from pipelines.published.site.pages.state.common import State
from pipelines.published.site.wording import notes
from pipelines.published.site.wording.phrases import limit
from pipelines.words.language import Language


def figure(state: State) -> Figure | None:
    """Return the table of the series to cite; None without any."""
    language = state.language
    totals = [total for code in (VICTIMS, *JUSTICE) if (total := state.cited(code))]
    if not totals:
        return None
    columns = [(_short(each.indicator, language), each.series) for each in totals]
    table = common.yearly(language.say("state_table_measure"), columns, language)
    years = f"{table.rows[0][0]}–{table.rows[-1][0]}"
    return common.figure(
        state,
        "table",
        [(total.source, total.releases) for total in totals],
        measure=language.say("state_table_measure"),
        headline=language.say("state_table_headline", years=years),
        calm=[language.say("not_to_cite"), limit(totals[0], language)],
        limit=limit(totals[0], language),
        about=about.of_totals(state, totals),
        quoted=notes.quoted(totals),
        table=table,
    )


def _short(indicator: str, language: Language) -> str:
    """Return the name of a column, which leaves room for all of them on a phone."""
    return language.words.get(f"state_stage_{indicator}", language.name("indicator", indicator))
