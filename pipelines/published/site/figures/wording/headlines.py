"""Sentences made from the data: headlines, text alternatives, footnotes.

A text of the list `site_text` has a form for zero, one, many, few (suppressed) and none, where the
grammar of a language needs them.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from typing import Final

from pipelines.published.charts.marks import bounds
from pipelines.published.i18n.language import Language, spans
from pipelines.published.series.disclosure import Kind
from pipelines.published.series.series import Note, NoteKind, Point, Series
from pipelines.published.site.figures.wording import trends
from pipelines.published.site.figures.wording.trends import Trend
from schemas import codelists

_OF_FIGURES: Final = ("key_observed", "key_gap", "alt_only", "alt_range", "alt_gaps")
"""Texts about reported figures; the codes of those about calculated rates end in `_rate`."""

_UNREPEATED: Final = {
    Kind.FIGURE: ("note_revised_beside", "note_revised_beside_many"),
    Kind.SUPPRESSED: ("note_revised_hidden", "note_revised_hidden_many"),
    Kind.MISSING: ("note_withdrawn_beside", "note_withdrawn_beside_many"),
}
"""Texts for previous figures that must not be repeated: for one figure, and for several."""


def victims_headline(
    detected: Series, known: Mapping[str, Trend] | None, area: str, language: Language
) -> str:
    """Return the sentence on the last figure and the trend of detected victims.

    Here and below, `area` is a name in the reader's language, and `known` is None where no trend is
    calculated.
    """
    point = detected.latest
    if point is None:
        return language.say("victims_none", area=area)
    sentence = counted("victims", point, language, area=area)
    return headline(sentence, detected, known, language)


def other_headline(
    shown: Series, known: Mapping[str, Trend] | None, area: str, language: Language
) -> str:
    """Return the same for any indicator, worded so that one sentence fits every figure."""
    sentence = _last_figure("other", shown, area, language)
    return sentence if shown.latest is None else headline(sentence, shown, known, language)


def sum_headline(shown: Series, area: str, language: Language) -> str:
    """Return the sentence on the last of our sums of a whole state and year."""
    return _last_figure("sum", shown, area, language)


def headline(
    sentence: str, shown: Series, known: Mapping[str, Trend] | None, language: Language
) -> str:
    """Return a sentence on the last figure, with its reservations and the trend."""
    reserved = reservations(shown.latest, language) if shown.latest else []
    first = f"{sentence} ({', '.join(reserved)})" if reserved else sentence
    if known is None:
        return first
    return clauses([first, *trends.words(known.get(shown.indicator), shown, language)], language)


def chain_headline(
    panels: Sequence[Series], known: Mapping[str, Trend] | None, area: str, language: Language
) -> str:
    """Return one sentence with the last figure and the trend of each panel."""
    if not any(panel.latest for panel in panels):
        return language.say("chain_none", area=area)
    phrases = [_phrase(panel, language) for panel in panels]
    if known is not None:
        verdicts = (trends.brief(known.get(each.indicator), each, language) for each in panels)
        phrases = [", ".join([one, *two]) for one, two in zip(phrases, verdicts, strict=True)]
    parts = {"area": area, "figures": clauses(phrases, language)}
    bases = {panel.latest.basis for panel in panels if panel.latest} - {"CY", ""}
    if not bases:
        return language.say("chain_headline", **parts)
    named = sorted(within(language.name("time_basis", basis)) for basis in bases)
    return language.say("chain_headline_basis", basis=" / ".join(named), **parts)


def within(name: str) -> str:
    """Return a name of a code list as it is written inside a sentence."""
    return name[:1].lower() + name[1:]


def of_rates(language: Language) -> Language:
    """Return the language with the texts for rates that we calculate.

    They name the range of the known rates only: a suppressed count has no rate.
    """
    return language.saying({text: f"{text}_rate" for text in _OF_FIGURES})


def clauses(parts: Sequence[str], language: Language) -> str:
    """Return clauses joined into one sentence; "" without any."""
    if not parts:
        return ""
    return reduce(lambda first, second: language.say("clauses", first=first, second=second), parts)


def subtitle(
    text: str, shown: Sequence[Series], unit: str, area: str, years: range, language: Language
) -> str:
    """Return the statistical title: measure, counting unit, kind of year, place and period."""
    codes = dict.fromkeys(point.basis for each in shown for point in each.points if point.basis)
    return language.say(
        text,
        indicator=language.name("indicator", shown[0].indicator),
        unit=within(language.name("count_unit", unit)),
        basis=" / ".join(language.name("time_basis", code) for code in codes),
        area=area,
        period=spans(years),
    )


def trend_in_words(detected: Series, years: range, language: Language) -> str:
    """Return the text alternative of a chart of one series."""
    opening = language.say("alt_trend", period=spans(years))
    return " ".join([opening, *facts(detected, language)])


def chain_in_words(panels: Sequence[Series], years: range, language: Language) -> str:
    """Return the text alternative of the justice chain."""
    opening = language.say("alt_chain", period=spans(years))
    return " ".join([opening, *(_panel_in_words(panel, language) for panel in panels)])


def note(note: Note, language: Language) -> str:
    """Return a footnote's text, without its number."""
    point = note.point
    if note.kind is NoteKind.BREAK:
        if not point.break_reason:
            return language.say("note_break_unknown", year=point.year)
        reason = language.name("break_reason", point.break_reason)
        return language.say("note_break", year=point.year, reason=reason)
    if note.kind is NoteKind.WITHHELD:
        return withheld(point.rule, [point.year], language)
    return _revised(point, language)


def withheld(rule: str, years: Iterable[int], language: Language) -> str:
    """Return the sentence on why figures of these years are withheld."""
    if rule in codelists.codes("detector"):
        reason = f"{language.name('detector', rule)}."
    else:
        text = f"rule_{rule}" if f"rule_{rule}" in language.words else "rule_other"
        reason = language.say(text)
    return language.say("note_withheld", year=spans(years), rule=rule, reason=reason)


def unrepeated(points: Sequence[Point], language: Language) -> str:
    """Return the note that a release had other figures, which must not be repeated."""
    first, years = points[0], spans(sorted({point.year for point in points}))
    text = _UNREPEATED[first.kind][len(points) > 1]
    return language.say(text, year=years, release=language.day(first.previous_release))


def _revised(point: Point, language: Language) -> str:
    previous = point.previous
    if previous is None:
        return unrepeated([point], language)
    day = language.day(point.previous_release)
    figure = previous if isinstance(previous, str) else language.number(previous)
    if figure.startswith("<"):
        figure = language.say("fewer_than", limit=figure.removeprefix("<"))
    text = "note_withdrawn" if point.kind is Kind.MISSING else "note_revised"
    return language.say(text, year=point.year, release=day, previous=figure)


def counted(text: str, point: Point, language: Language, **parts: object) -> str:
    """Return the text in the form that agrees with the figure: zero, one, many or few."""
    values = {"year": point.year} | parts
    if point.value is None:
        return language.say(f"{text}_few", limit=point.top + 1, **values)
    form = {0: "zero", 1: "one"}.get(int(point.value), "many")
    return language.say(f"{text}_{form}", **({"figure": language.number(point.value)} | values))


def _last_figure(text: str, shown: Series, area: str, language: Language) -> str:
    """Return the sentence with the name and the last figure of an indicator."""
    name, point = within(language.name("indicator", shown.indicator)), shown.latest
    if point is None:
        return language.say("other_none", area=area, indicator=name)
    values = {"area": area, "indicator": name, "year": point.year}
    if point.value is None:
        return language.say(f"{text}_few", limit=point.top + 1, **values)
    return language.say(f"{text}_exact", figure=language.number(point.value), **values)


def _phrase(panel: Series, language: Language) -> str:
    """Return the phrase on the last figure of a panel, with its reservations beside the year."""
    text, point = panel.indicator.lower(), panel.latest
    if point is None:
        return language.say(f"{text}_none")
    if point.value is None:
        remarks = [language.say("suppressed")]
    else:
        remarks = [language.say(word) for word in point.reservations]
    return counted(text, point, language, year=", ".join([str(point.year), *remarks]))


def reservations(point: Point, language: Language) -> list[str]:
    """Return the reservations on the figure: provisional, estimated, of which kind of year."""
    words = [language.say(word) for word in point.reservations]
    if point.basis != "CY":
        words.append(within(language.name("time_basis", point.basis)))
    return words


def _panel_in_words(panel: Series, language: Language) -> str:
    name = language.name("indicator", panel.indicator)
    found = " ".join(facts(panel, language))
    words = within(found) if panel.latest else language.say("panel_empty") + "."
    return language.say("alt_panel", indicator=name, words=words)


def facts(shown: Series, language: Language) -> list[str]:
    """Return sentences on the range, then on suppressed, missing, withheld and other such years."""
    total = len(shown.points)
    broken = [point for point in shown.points if point.is_break]
    lists = [
        ("alt_gaps", shown.of(Kind.MISSING)),
        ("alt_withheld", shown.of(Kind.WITHHELD)),
        ("alt_breaks", broken),
        ("alt_uncertain", [point for point in shown.points if point.is_provisional]),
        ("alt_year_inferred", [point for point in shown.of(Kind.FIGURE) if point.is_year_inferred]),
    ]
    few = shown.of(Kind.SUPPRESSED)
    return [
        *_range(shown.of(Kind.FIGURE), bool(few), language),
        *_few(few, total, language),
        *(
            language.say(text, count=len(points), total=total, years=_years(points))
            for text, points in lists
            if points
        ),
    ]


def _range(figures: list[Point], has_few: bool, language: Language) -> list[str]:
    """Return the sentence on the range of exact figures; it says "exact" beside suppressed ones."""
    if not figures:
        return []
    if len(figures) == 1:
        text = "alt_only_exact" if has_few else "alt_only"
        return [language.say(text, **_named("first", figures[0], language))]
    ends = {
        "first": figures[0],
        "last": figures[-1],
        "low": min(figures, key=_size),
        "high": max(figures, key=_size),
    }
    parts = [_named(end, point, language) for end, point in ends.items()]
    text = "alt_range_exact" if has_few else "alt_range"
    return [language.say(text, **{key: each[key] for each in parts for key in each})]


def _few(suppressed: list[Point], total: int, language: Language) -> list[str]:
    """Return a sentence per limit under which the publisher suppresses."""
    small = [point for point in suppressed if not point.bottom]
    groups = {top: [p for p in small if p.top == top] for top in {p.top for p in small}}
    between = [
        language.say("alt_between", year=point.year, figure=bounds(point, language))
        for point in suppressed
        if point.bottom
    ]
    return between + [
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
    """Return the text of a table cell: the figure, `<5`, or words if there is none."""
    if point.kind is Kind.SUPPRESSED:
        return point.bounds
    if point.value is not None:
        return language.number(point.value)
    return language.say("withheld" if point.kind is Kind.WITHHELD else "no_figure")
