"""What a button copies: a sentence, its limits, and sources with address and day, as one cites."""

from collections.abc import Iterable

from pipelines.published.site.context import EDITION
from pipelines.published.site.wording.phrases import within
from pipelines.published.site.wording.sources import Source, release_text
from pipelines.words.language import Language


def copied(sentence: str, limit: str, cited: Iterable[str], language: Language) -> str:
    """Return the text to copy.

    Args:
        sentence: what is cited.
        limit: what the figures are not.
        cited: the sources, as `source` returns them, and whose test a verdict follows from.
        language: the reader's.
    """
    sources = language.semicolon.join(cited)
    return language.say(
        "copy_text", sentence=sentence, limit=limit, sources=sources, edition=EDITION
    )


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
