"""Words on sources: their short names, source lines, and why one is the source to cite."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from pipelines.published.site.wording.phrases import within
from pipelines.words.language import Language

_REPEATED: Final = "REPEATED"

Source = dict[Any, Any]
"""Metadata of a source, the columns of sql/source.sql, in the reader's language."""


def authored(source: Source, area: str, authority: str, language: Language) -> str:
    """Return the short name, behind the authority, else the government, whose figures it prints."""
    author, publisher = language.government(source["source"], area), str(source["short_name"])
    if not author:
        return publisher
    return language.say("author_in", author=authority or author, publisher=publisher)


def counted_apart(source: Source, others: Iterable[Source]) -> list[str]:
    """Return what a source counts, if another one is of the same publisher and counts otherwise."""
    alike = [each for each in others if each["publisher"] == source["publisher"]]
    is_apart = any(each["counted"] != source["counted"] for each in alike)
    return [source["counted"]] if is_apart else []


def read_in(source: Source, days: Iterable[str]) -> str:
    """Return where releases were read, a code of the list `provenance`.

    It is that of the one furthest from the publisher, but for those that only others repeat, unless
    all are.
    """
    codes = {source["read_in"][day] for day in days}
    return "COPY" if "COPY" in codes else "OWN" if "OWN" in codes else _REPEATED


def release_text(source: Source, days: Sequence[str], language: Language) -> str:
    """Return the day of release, the first and last of several, or the day of retrieval.

    The text states if the publisher names no day and tipstat assigned one, and if the publication
    itself was not read.
    """
    first, last = language.day(days[0]), language.day(days[-1])
    read = read_in(source, days)
    released = release_form(source, read, first != last, language).format(first=first, last=last)
    if read == _REPEATED or source["read_in"][days[-1]] != _REPEATED:
        return released
    return language.say("provenance_newest_repeated", released=released)


def released(source: Source, release: str, language: Language) -> str:
    """Return the day of a release as a source line under a chart has it: short, and its limits.

    It says if the publication itself was not read, and where the publisher names no day.
    """
    if source["release_day"] != "STATED":
        text = release_text(source, [release], language)
        return text[:1].lower() + text[1:]
    return _with_limit(language.day(release), source["read_in"][release], language)


def _with_limit(released: str, read: str, language: Language) -> str:
    if read == "OWN":
        return released
    return language.say(f"provenance_{read.lower()}", released=released)


def day_to_cite(source: Source, days: Sequence[str]) -> str:
    """Return the newest day of release but for those that only others repeat."""
    own = [day for day in days if source["read_in"][day] != _REPEATED]
    return (own or days)[-1]


def newest_read(source: Source) -> str:
    """Return the newest day of release but for those that only others repeat, if one is left."""
    return day_to_cite(source, sorted(source["read_in"]))


def provenance(source: Source, language: Language) -> str:
    """Return where a source was read; the releases that are further from the publisher, by day."""
    names = language.names["provenance"]
    days = {code: [day for day, own in source["read_in"].items() if own == code] for code in names}
    nearest, *further = [code for code in names if days[code]]
    apart = (
        f"{', '.join(map(language.day, days[code]))}{language.colon}{within(names[code])}"
        for code in further
    )
    return language.semicolon.join([names[nearest], *apart])


def release_form(source: Source, read: str, is_several: bool, language: Language) -> str:
    """Return the text on days of release, with `{first}` and `{last}` for the days.

    `read` is where they were read.
    """
    days = {"first": "{first}", "last": "{last}", "day": "{last}"}
    is_consulted = source["release_day"] == "RETRIEVED"
    several = "released_over" if is_several else "released"
    text = language.say("consulted" if is_consulted else several, **days)
    if source["release_day"] == "ASSIGNED":
        text = language.say("day_assigned", released=text)
    return _with_limit(text, read, language)


def short_line(
    origins: Iterable[tuple[str, str]],
    known: Mapping[str, Source],
    language: Language,
    more: Sequence[str] = (),
) -> str:
    """Return the line under a block: publisher and release of each source, then further names.

    It is "" without a source.
    """
    named = [
        f"{known[source]['short_name']}, {released(known[source], release, language)}"
        for source, release in origins
    ]
    if not named:
        return ""
    return f"{language.say('block_source')} {language.semicolon.join([*named, *more])}."


def source_form(source: Source, released: str, language: Language) -> str:
    """Return the source line with a text on the release, which may be a placeholder."""
    line = language.say(
        "source_line",
        publisher=source["publisher"],
        title=source["title"],
        released=released,
        licence=source["licence"],
    )
    since = source["not_refreshed_since"]
    if not isinstance(since, str):
        return line
    return f"{line} {language.say('not_refreshed_since', day=language.day(since))}"
