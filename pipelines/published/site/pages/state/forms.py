"""The tab on forms of exploitation: a panel with bars for each printed form."""

from collections.abc import Iterable, Iterator

from pipelines.published.charts import spec
from pipelines.published.site.facts.total import Total
from pipelines.published.site.figure import Figure
from pipelines.published.site.pages.state import about, common
from pipelines.published.site.pages.state.common import State, at
from pipelines.published.site.wording import state as wording
from pipelines.published.site.wording.phrases import capital, limit, measured
from pipelines.words.language import spans


def figure(state: State) -> Figure | None:
    """Return the figure of the source to cite; None without figures by form."""
    total, language = state.cited(), state.language
    split = state.splits().get("form")
    if total is None or split is None:
        return None
    year = min(split.last_year, total.last.year)
    of_year = [(part.indicator, at(part, year)) for part in split.parts]
    named = [(capital(wording.form_name(each.indicator, language)), each) for each in split.parts]
    measure = measured(language.say("state_forms_measure"), total, language)
    cautions = list(_cautions(state, total, [part.indicator for part in split.parts]))
    total_name = language.name("indicator", total.indicator)
    return common.figure(
        state,
        "forms",
        [(total.source, split.releases)],
        measure=f"{measure} · {language.say('state_one_scale')}",
        limit=limit(total, language),
        headline=wording.forms_headline(of_year, total, year, language),
        spec=spec.chart(
            [spec.panel([("", each)], name) for name, each in named[: spec.MOST_PANELS]], "bar"
        ),
        calm=[language.say("forms_overlap"), *(cautions[:1] or [limit(total, language)])],
        about=about.of_parts(
            state,
            total,
            split.parts,
            lambda code: capital(wording.form_name(code, language)),
            cautions,
        ),
        table=common.yearly(measure, [(total_name, total.series), *named], language),
    )


def _cautions(state: State, total: Total, codes: Iterable[str]) -> Iterator[str]:
    """Yield the years in which forms exceed the total, or are less than their own parts."""
    yield from about.exceeding(state, total, "form")
    for code in codes:
        years = spans(state.facts.cautions.smaller_than_its_parts(total.key, code))
        if years:
            form = capital(wording.form_name(code, state.language))
            yield state.language.say("state_about_smaller", form=form, years=years)
