"""Notes on the points of series: breaks, revisions, withheld and doubtful figures."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Final

from pipelines.published import series as points
from pipelines.published.series import Note, NoteKind, Point, Series
from pipelines.published.site import context
from pipelines.published.site.facts.total import Total
from pipelines.published.site.wording.phrases import printed, within
from pipelines.words.disclosure import Kind
from pipelines.words.language import Language, spans
from schemas import codelists

Named = Callable[[str], str]
"""What a note begins with, by code of its series: the name of a part, or "" for a single series."""

Places = Mapping[tuple[str, int], str]
"""The part that now has a moved figure, by the part that had it and the year."""

_UNREPEATED: Final = {
    Kind.FIGURE: "figures_note_revised_beside",
    Kind.SUPPRESSED: "figures_note_revised_hidden",
    Kind.MISSING: "figures_note_withdrawn_beside",
}
"""Texts for earlier figures that must not be repeated; those for several end in `_many`."""


def of_series(
    series: Sequence[Series],
    language: Language,
    named: Named = lambda _: "",
    moved: Places | None = None,
) -> list[str]:
    """Return the notes on series that share a table; alike ones are one note.

    Args:
        series: the series of the table.
        language: the reader's.
        named: what a note on one series alone begins with; "" for nothing.
        moved: the figures that are now under another code.
    """
    found = groupby(sorted(points.notes(series), key=_subject), key=_subject)
    notes = [_note([*alike], named, language, moved or {}) for _, alike in found]
    return [*_beginnings(series, language), *notes, *_doubts(series, named, language)]


def _beginnings(series: Iterable[Series], language: Language) -> list[str]:
    """Return what figures count from the first on, where that is not what the indicator says."""
    points = (point for each in series for point in each.points if not point.is_break)
    reasons = dict.fromkeys(point.break_reason for point in points)
    return [
        f"{language.name('break_reason', reason)}."
        for reason in reasons
        if f"break_counts_{reason}" in language.words
    ]


def _subject(note: Note) -> tuple[str, ...]:
    """Return what notes have in common that are one for the reader, in the order of notes."""
    point = note.point
    if note.kind is NoteKind.BREAK:
        return ("0", str(point.year), point.break_reason)
    if note.kind is NoteKind.WITHHELD:
        return ("1", note.indicator, point.rule)
    if point.previous is None:
        return ("2", point.kind, point.previous_release)
    return ("3", f"{note.number:05}")


def _note(alike: Sequence[Note], named: Named, language: Language, moved: Places) -> str:
    first = alike[0]
    years = spans(sorted({note.point.year for note in alike}))
    if first.kind is NoteKind.BREAK:
        return broken(first.point, language)
    if first.kind is NoteKind.WITHHELD:
        text = language.say(
            "figures_note_withheld", year=years, reason=check(first.point.rule, language)
        )
    elif len(alike) > 1:
        return _unrepeated(first.point, years, language, "_many")
    elif place := moved.get((first.indicator, first.point.year)):
        text = language.say("figures_note_moved", year=years, name=named(place))
    else:
        text = _revised(first.point, language)
    return labelled(named(first.indicator), text)


def labelled(name: str, text: str) -> str:
    """Return a note that begins with the name of its series, if it has one."""
    return f"{name} · {text}" if name else text


def broken(point: Point, language: Language) -> str:
    """Return the note on a break, with its reason."""
    if not point.break_reason:
        return language.say("figures_note_break_unknown", year=point.year)
    reason = language.name("break_reason", point.break_reason)
    return language.say("figures_note_break", year=point.year, reason=reason)


def check(rule: str, language: Language) -> str:
    """Return in words what a check found, as a sentence; a short code names its rule."""
    if rule in codelists.codes("remark"):
        return f"{language.name('remark', rule)}."
    text = f"figures_rule_{rule}"
    reason = language.say(text if text in language.words else "figures_rule_")
    return f"{reason.removesuffix('.')} ({rule})."


def _revised(point: Point, language: Language) -> str:
    """Return the note with the figure of the release before, as far as it may be shown."""
    if point.previous is None:
        return _unrepeated(point, str(point.year), language)
    previous = point.previous
    figure = previous if isinstance(previous, str) else language.number(previous)
    if figure.startswith("<"):
        figure = language.say("fewer_than", limit=figure.removeprefix("<"))
    text = "withdrawn" if point.kind is Kind.MISSING else "revised"
    return language.say(
        f"figures_note_{text}",
        year=point.year,
        release=language.day(point.previous_release),
        previous=figure,
    )


def _unrepeated(point: Point, years: str, language: Language, many: str = "") -> str:
    """Return the note that the release before had other figures, which must not be repeated."""
    release = language.day(point.previous_release)
    return language.say(_UNREPEATED[point.kind] + many, year=years, release=release)


def _doubts(series: Iterable[Series], named: Named, language: Language) -> Iterator[str]:
    """Yield the reasons to doubt figures, and the years that the source does not name."""
    for each in series:
        years: dict[tuple[str, str], list[int]] = {}
        for point in each.points:
            if point.doubt and point.is_known:
                reason = language.name("remark", point.doubt)
                years.setdefault(("figures_note_doubt", reason), []).append(point.year)
            if point.is_year_inferred and point.is_known:
                years.setdefault(("figures_note_inferred", ""), []).append(point.year)
        for (text, reason), own in years.items():
            note = language.say(text, year=spans(own), reason=reason)
            yield labelled(named(each.indicator), note)


def of_source(total: Total, scope: str, language: Language) -> Iterator[str]:
    """Yield notes on who counted what, other indicators with the same numbers, later figures.

    The source's own notes are quoted in English.

    Args:
        total: the series.
        scope: what the source calls trafficking, a code of the list `def_scope`.
        language: the reader's.
    """
    if differing := differing_years(total):
        named = within(language.name("def_scope", scope))
        yield language.say("figures_note_differs", years=spans(differing), scope=named)
    for comment, found in context.grouped(total.notes, itemgetter(1)).items():
        years = spans(year for year, _ in found)
        yield language.say("figures_note_comment", years=years, comment=comment)
        # The names of the authorities that the note abbreviates.
        known = (f"body_{word}" for word in re.findall(r"\w+", comment))
        yield from (language.say(text) for text in known if text in language.words)
    if total.same_as:  # other indicators for which the source prints the same numbers
        names = language.semicolon.join(language.name("indicator", code) for code in total.same_as)
        yield language.say("figures_note_same_as", indicators=names)
    for year in total.later:
        yield later(total, year, language)


def differing_years(total: Total) -> list[int]:
    """Return the years in which the source counts by another definition than the indicator's."""
    return [point.year for point in total.known if "D" in point.status]


def later(total: Total, year: int, language: Language) -> str:
    """Return the note on the other figure that a later release has for a year."""
    point, release = total.later[year]
    figure, day = printed(point, language), language.day(release)
    return language.say("figures_note_later", year=year, figure=figure, release=day)


def quoted(totals: Iterable[Total]) -> list[str]:
    """Return the English texts that notes quote."""
    return sorted({text for total in totals for _, text in total.notes})
