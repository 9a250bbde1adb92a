"""The list of indicators: of how many states there are figures."""

from collections.abc import Iterator

from pipelines.published.site import context, rendering
from pipelines.published.site.pages import indicator
from pipelines.published.site.wording import indicator as wording
from pipelines.published.site.wording import treaties
from pipelines.words.language import Language

read = indicator.read


def files(site: context.Site, facts: indicator.Facts, language: Language) -> Iterator[context.File]:
    """Yield the list."""
    count, reported = len(facts.indicators), len(facts.reported)
    yield rendering.page(
        site,
        "indicators",
        "indicator/index.html",
        language,
        sentence=language.say("indicator_index_sentence", count=count, reported=reported),
        domains=facts.domains,
        entries={
            code: wording.entry(
                row,
                indicator.cited(facts.totals, code, site.states[language.code]),
                treaties.parties(facts.treaties.get(code)),
                site,
                language,
            )
            for code, row in facts.indicators.items()
        },
    )
