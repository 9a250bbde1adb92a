"""Footnotes to breakdowns: notes on cells, then notes on whole years."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from pipelines.published.charts.panels_by_part import PartName
from pipelines.published.i18n.language import Language, spans
from pipelines.published.series.disclosure import Kind
from pipelines.published.series.series import Note, NoteKind
from pipelines.published.site.figures.wording import headlines
from pipelines.published.site.figures.wording.breakdowns import UNKNOWN, Count, twins


def notes(
    numbered: Sequence[Note], count: Count, name: PartName, language: Language
) -> list[tuple[int, str]]:
    """Return the footnotes with their numbers; several notes of `numbered` may share a number."""
    in_order = groupby(sorted(numbered, key=_number), _number)
    to_cells = [_to_cells([*alike], count, name, language) for _, alike in in_order]
    return list(enumerate([*to_cells, *_to_years(count, name, language)], 1))


def _number(note: Note) -> int:
    return note.number


def _to_cells(alike: Sequence[Note], count: Count, name: PartName, language: Language) -> str:
    """Return the text of a footnote, made from all notes that share its number."""
    first = alike[0]
    if first.kind is NoteKind.BREAK:
        return headlines.note(first, language)
    if first.kind is not NoteKind.WITHHELD and len(alike) > 1:
        return headlines.unrepeated([note.point for note in alike], language)
    if first.kind is NoteKind.WITHHELD:
        years = [note.point.year for note in alike]
        text = headlines.withheld(first.point.rule, years, language)
    elif (place := moved(first, count)) is not None:
        text = language.say("note_moved", year=first.point.year, name=name(place, language))
    else:
        text = headlines.note(first, language)
    named = name(first.indicator, language)
    is_group = first.indicator in language.names["citizenship"]
    if first.indicator in language.names["area"] and not is_group:
        named = language.say("citizenship_of", name=named)
    return f"{named}, {text}"


def moved(note: Note, count: Count) -> str | None:
    """Return the part that now has a withdrawn figure of nationals: the group or their country.

    It is None if the figure was really withdrawn.
    """
    twin = twins(count.state).get(note.indicator)
    kept = [
        part.indicator
        for part in count.parts
        for point in part.of(Kind.FIGURE)
        if part.indicator == twin
        and point.year == note.point.year
        and point.value == note.point.previous
    ]
    return kept[0] if kept and note.kind is NoteKind.WITHDRAWN else None


def _to_years(count: Count, name: PartName, language: Language) -> Iterator[str]:
    """Yield the notes that a reader needs before adding up the parts of some years."""
    parts = [part.indicator for part in count.parts]
    if count.twice and UNKNOWN in parts:
        years = spans(sorted(count.twice))
        yield language.say("note_twice", name=name(UNKNOWN, language), years=years)
    for part in parts:
        if found := count.smaller.get(part):
            years = spans(sorted(found))
            yield language.say("note_smaller", name=name(part, language), years=years)
    if count.unread:
        yield language.say("note_unread", years=spans(sorted(count.unread)))
