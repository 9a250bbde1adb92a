"""What a button copies: a sentence, its limits, and sources with address and day, as one cites."""

from collections.abc import Iterable, Mapping

from pipelines.published.site.context import EDITION
from pipelines.published.site.facts.sentences import Sentence
from pipelines.published.site.wording.phrases import within
from pipelines.published.site.wording.sources import Source, release_text
from pipelines.words.language import Language


def copied(sentence: str, limit: str, cited: Iterable[str], language: Language) -> str:
    """Return the text to copy.

    Args:
        sentence: what is cited.
        limit: what the figures are not.
        cited: the sources, as `source` returns them, and who compares their levels.
        language: the reader's.
    """
    sources = language.semicolon.join(cited)
    return language.say(
        "copy_text", sentence=sentence, limit=limit, sources=sources, edition=EDITION
    )


def answer(
    sentence: Sentence, limit: str, known: Mapping[str, Source], area: str, language: Language
) -> str:
    """Return the text to copy of a sentence of the warehouse.

    Args:
        sentence: what is cited.
        limit: what the figures are not.
        known: metadata of the sources by id.
        area: code of the state; "" for the Americas.
        language: the reader's.
    """
    cited = [source(known[name], release, area, language) for name, release in sentence.origins]
    if sentence.compares_levels:
        cited.append(language.say("cite_own_levels"))
    return copied(sentence.whole, limit, cited, language)


def source(source: Source, release: str, area: str, language: Language) -> str:
    """Return how to cite a release: title, release, address of its page, day it was read.

    The government of a state, whose code is `area`, comes first where the source prints that.
    """
    citation = source["citation"].rstrip(".")
    if author := language.government(source["source"], area):
        citation = language.say("author_in", author=author, publisher=citation)
    cited = [
        citation,
        within(release_text(source, [release], language)),
        source["page"],
    ]
    if source["release_day"] != "RETRIEVED":  # else its release says so
        cited.append(language.say("accessed", day=language.day(source["accessed"][release])))
    return ", ".join(cited)
