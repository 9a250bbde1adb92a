"""What a button copies: a sentence, its limits, and sources with address and day, as one cites."""

from collections.abc import Sequence
from typing import Final

from pipelines.published.site.context import EDITION, Site
from pipelines.published.site.facts.sentences import Sentence
from pipelines.published.site.wording.phrases import within
from pipelines.published.site.wording.sources import Source, release_text
from pipelines.words.language import Language

_MOST_WORDS: Final = 45
"""Words of a sentence with its source that one still reads out."""


def answer(sentence: Sentence, site: Site, area: str, language: Language, path: str = "") -> str:
    """Return the text to copy of one sentence, at most 45 words but for an address.

    The caution on its figure goes along, if there is room.

    Args:
        sentence: what is cited.
        site: the context of the page, with its sources and its edition.
        area: code of the state; "" for the Americas.
        language: the reader's.
        path: path of the page below the site's folder, to name its address where that is known.
    """
    # The day of all sources comes from a script, so that a new file of one changes no other page.
    edition = site.short_edition if site.own_day else EDITION
    if not sentence.origins:
        text = language.say("state_copy_none", sentence=sentence.text, edition=edition)
        return _with_address(text, site, path)
    cited = [_in_short(site, name, release, area, language) for name, release in sentence.origins]
    cited.append(
        language.say("cite_levels", edition=edition) if sentence.compares_levels else edition
    )
    sources = language.semicolon.join(cited)
    texts = [
        language.say("cite_sentence", sentence=said, sources=sources)
        for said in (sentence.whole, sentence.text)
    ]
    short = next((each for each in texts if len(each.split()) <= _MOST_WORDS), texts[-1])
    return _with_address(short, site, path)


def paragraph(
    sentences: Sequence[Sentence],
    limit: str,
    site: Site,
    area: str,
    language: Language,
    path: str = "",
) -> str:
    """Return the text to copy of the sentences of a page, with each of their sources once.

    Sources have their addresses where the page has none. `limit` is what the figures are not; the
    other arguments are those of `answer`.
    """
    text = " ".join(each.whole for each in sentences)
    newest: dict[str, str] = {}
    for name, release in (origin for each in sentences for origin in each.origins):
        newest[name] = max(release, newest.get(name, ""))
    edition = site.edition(language) if site.own_day else EDITION
    has_address = bool(site.base_url and path)
    if not newest:
        text = language.say("state_copy_none", sentence=text, edition=edition)
        return _with_address(text, site, path)
    cited = [
        source(site.sources[name], release, area, language, with_address=not has_address)
        for name, release in newest.items()
    ]
    if any(each.compares_levels for each in sentences):
        cited.append(language.say("cite_own_levels"))
    parts = {"limit": limit, "sources": language.semicolon.join(cited), "edition": edition}
    return _with_address(language.say("copy_text", sentence=text, **parts), site, path)


def _in_short(site: Site, name: str, release: str, area: str, language: Language) -> str:
    """Return publisher, short title and year of a release: `UNODC, Data Portal, 2025`.

    The sentence names the state, so a government whose figure a source prints goes without it.
    """
    publisher, title = site.short_name(name), language.words.get(f"title_short_{name}", "")
    if language.government(name, area):
        author = language.say("cite_government")
        publisher = language.say("author_in", author=author, publisher=publisher)
    return ", ".join(filter(None, [publisher, title, release[:4]]))


def _with_address(text: str, site: Site, path: str) -> str:
    return f"{text} {site.base_url}/{path}" if site.base_url and path else text


def source(
    source: Source, release: str, area: str, language: Language, *, with_address: bool = True
) -> str:
    """Return how to cite a release: title, release, address of its page, day it was read.

    The government of a state, whose code is `area`, comes first where the source prints that.
    """
    citation = source["citation"].rstrip(".")
    if author := language.government(source["source"], area):
        citation = language.say("author_in", author=author, publisher=citation)
    cited = [citation, within(release_text(source, [release], language))]
    if with_address:
        cited.append(source["page"])
    if source["release_day"] != "RETRIEVED":  # else its release says so
        cited.append(language.say("accessed", day=language.day(source["accessed"][release])))
    return ", ".join(cited)
