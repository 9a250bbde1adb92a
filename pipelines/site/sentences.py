"""Sentences made from the data: headlines, text alternatives, footnotes.

Each says only what the points hold, by rules that tests read in four languages. The words are in
the list `site_text`; a text has a form for zero, one, many, few (suppressed) and none.
"""

from collections.abc import Iterable, Sequence

from pipelines.charts.language import Language, spans
from pipelines.charts.series import Kind, Note, NoteKind, Point, Series, below


def victims_headline(detected: Series, area: str, language: Language) -> str:
    """The last figure in a sentence; area is a name in the reader's language."""
    point = detected.latest
    if point is None:
        return language.say("victims_none", area=area)
    sentence = _counted("victims", point, language, area=area)
    reserved = _reserved(point, language)
    return f"{sentence} ({', '.join(reserved)})" if reserved else sentence


def chain_headline(panels: Sequence[Series], area: str, language: Language) -> str:
    """The last figure of each panel in one sentence."""
    if not any(panel.latest for panel in panels):
        return language.say("chain_none", area=area)
    phrases = [_phrase(panel, language) for panel in panels]
    return language.say("chain_headline", area=area, figures=", ".join(phrases))


def subtitle(
    text: str, shown: Sequence[Series], area: str, years: range, language: Language
) -> str:
    """The statistical title: measure, unit of count, meaning of a year, place and period."""
    codes = dict.fromkeys(point.basis for each in shown for point in each.points if point.basis)
    return language.say(
        text,
        indicator=language.name("indicator", shown[0].indicator),
        basis=", ".join(language.name("time_basis", code) for code in codes),
        area=area,
        period=spans(years),
    )


def trend_in_words(detected: Series, years: range, language: Language) -> str:
    """Text alternative of the chart of detected victims."""
    opening = language.say("alt_trend", period=spans(years))
    return " ".join([opening, *_facts(detected, language)])


def chain_in_words(panels: Sequence[Series], years: range, language: Language) -> str:
    """Text alternative of the justice chain."""
    opening = language.say("alt_chain", period=spans(years))
    return " ".join([opening, *(_panel_in_words(panel, language) for panel in panels)])


def note(note: Note, language: Language) -> str:
    """A footnote's text, without its number."""
    point = note.point
    if note.kind is NoteKind.BREAK:
        if not point.break_reason:
            return language.say("note_break_unknown", year=point.year)
        reason = language.name("break_reason", point.break_reason)
        return language.say("note_break", year=point.year, reason=reason)
    if note.kind is NoteKind.WITHHELD:
        text = f"rule_{point.rule}" if f"rule_{point.rule}" in language.words else "rule_other"
        reason = language.say(text)
        return language.say("note_withheld", year=point.year, rule=point.rule, reason=reason)
    return _revised(point, language)


def _revised(point: Point, language: Language) -> str:
    day, previous = language.day(point.previous_release), point.previous
    if previous is None:
        return language.say("note_revised_hidden", year=point.year, release=day)
    said = previous if isinstance(previous, str) else language.number(previous)
    text = "note_withdrawn" if point.kind is Kind.MISSING else "note_revised"
    return language.say(text, year=point.year, release=day, previous=said)


def _counted(text: str, point: Point, language: Language, **parts: object) -> str:
    """The text in the form that the figure asks for."""
    if point.value is None:
        return language.say(f"{text}_few", limit=point.top + 1, year=point.year, **parts)
    form = {0: "zero", 1: "one"}.get(int(point.value), "many")
    figure = language.number(point.value)
    return language.say(f"{text}_{form}", figure=figure, year=point.year, **parts)


def _phrase(panel: Series, language: Language) -> str:
    text = panel.indicator.lower()
    if panel.latest is None:
        return language.say(f"{text}_none")
    return _counted(text, panel.latest, language)


def _reserved(point: Point, language: Language) -> list[str]:
    """What a reader must know of the figure: provisional, estimated, not a calendar year."""
    words = [language.say(word) for word in point.reservations]
    if point.basis != "CY":
        basis = language.name("time_basis", point.basis)
        words.append(basis[:1].lower() + basis[1:])
    return words


def _panel_in_words(panel: Series, language: Language) -> str:
    name = language.name("indicator", panel.indicator)
    words = " ".join(_facts(panel, language)) if panel.latest else language.say("panel_empty") + "."
    return language.say("alt_panel", indicator=name, words=words)


def _facts(shown: Series, language: Language) -> list[str]:
    """Range, first and last figure, then what is suppressed, missing, withheld, broken, unsure."""
    total = len(shown.points)
    uncertain = [point for point in shown.points if point.is_uncertain]
    broken = [point for point in shown.points if point.is_break]
    lists = [
        ("alt_gaps", shown.of(Kind.MISSING)),
        ("alt_withheld", shown.of(Kind.WITHHELD)),
        ("alt_breaks", broken),
        ("alt_uncertain", uncertain),
    ]
    return [
        *_range(shown.of(Kind.FIGURE), language),
        *_few(shown.of(Kind.SUPPRESSED), total, language),
        *(
            language.say(text, count=len(points), total=total, years=_years(points))
            for text, points in lists
            if points
        ),
    ]


def _range(figures: list[Point], language: Language) -> list[str]:
    if not figures:
        return []
    if len(figures) == 1:
        return [language.say("alt_only", **_named("first", figures[0], language))]
    ends = {
        "first": figures[0],
        "last": figures[-1],
        "low": min(figures, key=_size),
        "high": max(figures, key=_size),
    }
    parts = [_named(end, point, language) for end, point in ends.items()]
    return [language.say("alt_range", **{key: each[key] for each in parts for key in each})]


def _few(suppressed: list[Point], total: int, language: Language) -> list[str]:
    """A sentence per limit under which a publisher suppresses."""
    groups = {top: [p for p in suppressed if p.top == top] for top in {p.top for p in suppressed}}
    return [
        language.say(
            "alt_suppressed", limit=top + 1, count=len(group), total=total, years=_years(group)
        )
        for top, group in sorted(groups.items())
    ]


def _named(end: str, point: Point, language: Language) -> dict[str, object]:
    return {f"{end}_figure": language.number(_size(point)), f"{end}_year": point.year}


def _size(point: Point) -> float:
    return point.value or 0


def _years(points: Iterable[Point]) -> str:
    return spans(point.year for point in points)


def printed(point: Point, language: Language) -> str:
    """What a table prints for a year: the figure, `<5`, or that there is none."""
    if point.kind is Kind.SUPPRESSED:
        return below(point.top)
    if point.value is not None:
        return language.number(point.value)
    return language.say("withheld" if point.kind is Kind.WITHHELD else "no_figure")
