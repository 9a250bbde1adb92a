"""The tab on the trend: detected victims by year, from the source to cite."""

from pipelines.published.charts import spec
from pipelines.published.site.facts.totals import Total
from pipelines.published.site.figure import Figure
from pipelines.published.site.pages.state import about, common
from pipelines.published.site.pages.state.common import State
from pipelines.published.site.wording import notes, phrases
from pipelines.published.site.wording import state as wording


def figure(state: State) -> Figure | None:
    """Return the figure of the series to cite; None without one."""
    total, language = state.cited(), state.language
    if total is None:
        return None
    name = language.name("indicator", total.indicator)
    panel = spec.panel([("", total.series)], breaks=phrases.break_labels(total.series, language))
    return common.figure(
        state,
        "trend",
        [(total.source, total.releases)],
        measure=" · ".join([name, *common.year_basis(total, language)]),
        headline=wording.trend_headline(
            total.area,
            total,
            language,
            has_others=len(state.facts.totals.of(state.area, total.indicator)) > 1,
        ),
        spec=spec.chart([panel]) if common.is_drawable(total) else None,
        calm=calm(total, state),
        about=about.of_totals(state, [total]),
        quoted=notes.quoted([total]),
        table=common.yearly(name, [(name, total.series)], language),
    )


def calm(total: Total, state: State) -> str:
    """Return breaks, jumps, what the title leaves out, doubts, and what victims are not."""
    reasons = [notes.broken(point, state.language) for point in total.breaks[-1:]]
    language = state.language
    cautions = [
        *notes.of_last(total, language),
        *notes.jumps(total, language),
        *wording.left_out(total, language),
        *wording.doubtful(total, language),
        *notes.same_as(total, language),
        *_exceeding_form(total, state),
    ]
    return " ".join([*reasons, *cautions, language.say("footer")])


def _exceeding_form(total: Total, state: State) -> list[str]:
    """Return the sentence on the form that alone exceeds the total to cite, if one does."""
    found, language = common.exceeding_form(state, total), state.language
    if not found:
        return []
    form, figure = found
    limit = phrases.amount(total.last, language)
    text = language.say(
        "state_forms_exceeds", year=total.last.year, form=form, figure=figure, total=limit
    )
    return [f"{text}."]
