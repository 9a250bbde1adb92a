"""Sentences on the parts of a count: headlines and text alternatives."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from pipelines.published.charts import citizenship, sex_age
from pipelines.published.charts.marks import bounds
from pipelines.published.charts.panels_by_part import (
    MOST_PANELS,
    PartName,
    form_name,
    newest_year,
    with_figures,
)
from pipelines.published.i18n.language import Language, spans
from pipelines.published.series.disclosure import Kind
from pipelines.published.series.series import Point, Series
from pipelines.published.site.figures.wording import headlines

_Row = tuple[str, Point]
"""What is known of a part in a year, behind its code."""
UNKNOWN: Final = "_U._U"
"""The part of unknown sex and age."""
_FEW: Final = 9
"""The greatest number that a suppressed figure may be and still be called few."""


@dataclass(frozen=True)
class Count:
    """A count and its parts, of one state and source.

    Attributes:
        indicator: what is counted.
        split: what the parts are by.
        state: code of the state.
        total: the printed total, year by year.
        parts: a series each, in the order of the page.
        years: the years to show.
        twice: the years in which the persons of unknown sex and age are a second print of others.
        unread: the years in which a part has a name that cannot be read, so that it is kept out.
        smaller: by part, the years in which it is smaller than its own sexes or ages together.
        contradicted: the years in which parts that cannot overlap are more than all of them.
    """

    indicator: str
    split: str
    state: str
    total: Series
    parts: Sequence[Series]
    years: range
    twice: frozenset[int] = frozenset()
    unread: frozenset[int] = frozenset()
    smaller: Mapping[str, frozenset[int]] = field(default_factory=dict)
    contradicted: frozenset[int] = frozenset()

    @property
    def newest(self) -> list[_Row]:
        """What is known of each part in the newest year of which one has a figure."""
        return newest_year(self.parts)


def twins(state: str) -> dict[str, str]:
    """The two codes under which nationals of a state may stand, each with the other."""
    return {"NAT": state, state: "NAT"}


def sex_age_headline(count: Count, language: Language) -> str:
    """The newest figures by sex and age, else by either, among how many."""
    rows = [row for row in _said(count) if not _is_second_print(*row, count)]
    both = [row for row in rows if sex_age.is_by_both(row[0])]
    is_whole = any(_is_known(point) for part, point in both if part != UNKNOWN)
    # Beside sexes or ages alone, the persons of unknown sex and age are among them already.
    either = [row for row in rows if row[0] != UNKNOWN] or rows
    rows = both if is_whole else either
    told = [_told(part, point, language) for part, point in rows]
    together = sum(point.value or 0 for _, point in rows) if is_whole else 0
    splits = [rows] if is_whole else _sexes_and_ages(rows)
    said = _headline("among", count, ", ".join(told), together, language)
    ages = _ages_that_are_more(count) if is_whole else []
    if ages:
        by_age = ", ".join(_told(*row, language) for row in ages)
        said = language.say("parts_ages", said=said, figures=by_age)
    return _with_rest("parts", said, [*splits, ages] if ages else splits, count, language)


def _ages_that_are_more(count: Count) -> list[_Row]:
    """The printed ages of all sexes, where one is more than its sexes together may be."""
    known = dict(_known(count))
    ages = [row for row in known.items() if row[0].startswith("_T.")]
    is_more = any((point.value or 0) > _sexes_of(part, known) for part, point in ages)
    return ages if is_more else []


def _sexes_of(age: str, known: Mapping[str, Point]) -> float:
    """Count how many persons of an age the sexes have together, at most."""
    ends = age.removeprefix("_T")
    return sum(_most(point) for part, point in known.items() if part.endswith(ends) and part != age)


def forms_headline(count: Count, language: Language) -> str:
    """The newest figures by form of exploitation, of how many."""
    rows = _said(count)
    told = [_named(within(form_name(part, language)), point, language) for part, point in rows]
    largest = max((point.value or 0 for _, point in rows), default=0)
    said = _headline("of", count, headlines.clauses(told, language), largest, language)
    return _with_rest("forms", said, [rows], count, language)


def citizenship_headline(count: Count, language: Language) -> str:
    """The newest figure of nationals, and how many other countries are named, among how many."""
    known = dict(_known(count))
    nationals = known.get("NAT", known.get(count.state))
    foreign = known.keys() - language.names["citizenship"].keys() - {count.state}
    told = [
        headlines.counted("told_nat", nationals, language)
        if nationals
        else language.say("told_nat_none"),
        headlines.counted("named", Point(0, Kind.FIGURE, value=len(foreign)), language),
    ]
    least = _fewest_citizens(known, count.state)
    said = _headline("among", count, ", ".join(told), least, language)
    if _newest_year(count) in count.unread:
        return language.say("citizenship_unread", said=said)
    if _exceed(least, count):  # then nobody is left of whom nothing is stated
        return said
    stated = [row for row in _said(count) if row[0] != "_U"]
    return _with_rest("citizenship", said, [stated], count, language)


def above(count: Count) -> list[int]:
    """The years in which a part alone is more than the printed total, suppressed or not."""
    totals = {point.year: _most(point) for point in count.total.points if _is_known(point)}
    figures = [point for part in count.parts for point in part.of(Kind.FIGURE)]
    return sorted({p.year for p in figures if (p.value or 0) > totals.get(p.year, math.inf)})


def sex_age_in_words(count: Count, language: Language) -> str:
    """Text alternative of the chart by sex and age."""
    return _panels_in_words(sex_age.drawn(count.parts), count, sex_age.name, language)


def forms_in_words(count: Count, language: Language) -> str:
    """Text alternative of the chart by form of exploitation."""
    return _panels_in_words(with_figures(count.parts), count, form_name, language)


def _panels_in_words(
    drawn: Sequence[Series], count: Count, name: PartName, language: Language
) -> str:
    shown = drawn[:MOST_PANELS]
    told = [
        language.say(
            "alt_panel",
            indicator=name(part.indicator, language),
            words=within(" ".join(headlines.facts(part, language))),
        )
        for part in shown
    ]
    opening = language.say("alt_parts", period=spans(count.years))
    return " ".join([opening, *told, *_cut(len(shown), len(drawn), language)])


def citizenship_in_words(count: Count, language: Language) -> str:
    """Text alternative of a row per citizenship."""
    name = citizenship.name
    known, shown = _known(count), citizenship.drawn(count.parts)
    told = [_named(name(part, language), point, language) for part, point in shown]
    rows = headlines.clauses(told, language)
    opening = language.say("alt_citizenship", year=shown[0][1].year if shown else "", rows=rows)
    return " ".join([opening, *_cut(len(shown), len(known), language)])


def _headline(form: str, count: Count, told: str, least: float, language: Language) -> str:
    """The sentence with the total of the same year, if there is one, and with reservations.

    Args:
        form: the text, without its prefix.
        count: what the sentence is about.
        told: the parts in words.
        least: what a total that agrees with the parts is at least.
        language: of the reader.
    """
    points, total = [point for _, point in _known(count)], _total(count)
    parts = {
        "area": language.name("area", count.state),
        "year": points[0].year,
        "indicator": within(language.name("indicator", count.indicator)),
        "by": language.say(f"by_{count.split}"),
        "figures": told,
    }
    reserved = [word for point in points for word in headlines.reservations(point, language)]
    of_parts = f" ({', '.join(dict.fromkeys(reserved))})" if reserved else ""
    words = headlines.counted(f"told_{count.indicator.lower()}", total, language)
    said = language.say(f"parts_{form}_alone", **parts)
    if _is_known(total) and _exceed(least, count):
        return language.say(f"parts_exceed_{form}", said=said + of_parts, total=words)
    if _is_known(total):
        said = language.say(f"parts_{form}", total=words, **parts)
    if points[0].year in count.contradicted:
        said = language.say("parts_contradict", said=said)
    return said + of_parts


def _with_rest(
    text: str, said: str, splits: Sequence[Sequence[_Row]], count: Count, language: Language
) -> str:
    """The sentence, and that of the others nothing is stated, where a split leaves some out."""
    total = _total(count).value or 0
    is_short = any(_is_short(rows, total) for rows in splits)
    return language.say(f"{text}_rest", said=said) if is_short else said


def _is_short(rows: Sequence[_Row], total: float) -> bool:
    """Return whether the rows leave persons out.

    A suppressed figure counts with the most that it may be. Where one is withheld, what the source
    states of the others is not known here.
    """
    most = sum(_most(point) for _, point in rows)
    return all(_is_known(point) for _, point in rows) and most < total


def _most(point: Point) -> float:
    """The greatest number that a known figure may be."""
    return point.top if point.value is None else point.value


def _exceed(least: float, count: Count) -> bool:
    """Return whether parts of at least so many persons are more than the printed total."""
    total = _total(count).value
    return total is not None and least > total


def _sexes_and_ages(rows: Sequence[_Row]) -> list[list[_Row]]:
    """The rows that tell a sex and those that tell an age, each of them all persons once.

    A withheld row by both is among each, since it would tell of either.
    """
    sexes = [row for row in rows if not row[0].startswith("_T.")]
    ages = [row for row in rows if not row[0].endswith("._T")]
    return [own for own in (sexes, ages) if own]


def _fewest_citizens(known: Mapping[str, Point], state: str) -> float:
    """The fewest persons that these citizenships can be: a group and its countries count once."""
    sizes = {part: point.value or 0 for part, point in known.items()}
    nationals = max(sizes.pop("NAT", 0), sizes.pop(state, 0))
    foreign, unknown = sizes.pop("FOR", 0), sizes.pop("_U", 0)
    return nationals + max(foreign, sum(sizes.values())) + unknown


def _is_second_print(part: str, point: Point, count: Count) -> bool:
    return part == UNKNOWN and point.year in count.twice


def _total(count: Count) -> Point:
    """What is known of the total in the newest year of which a part has a figure."""
    (total,) = [point for point in count.total.points if point.year == _newest_year(count)]
    return total


def _newest_year(count: Count) -> int:
    return count.newest[0][1].year


def _told(part: str, point: Point, language: Language) -> str:
    """A sex, an age or both, in words that bend with the number where there are such words."""
    text = f"told_{sex_age.code(part)}"
    if f"{text}_one" in language.words and _is_counted(point):
        return headlines.counted(text, point, language)
    return _named(within(sex_age.name(part, language)), point, language)


def _named(name: str, point: Point, language: Language) -> str:
    """A part by its name, with its figure in brackets."""
    return f"{name} ({_figure(point, language)})"


def _figure(point: Point, language: Language) -> str:
    if not _is_counted(point) and not point.bottom:
        return language.say(f"figure_{point.kind}")
    if point.value is None:
        return bounds(point, language)
    return language.number(point.value)


def _is_counted(point: Point) -> bool:
    """Return whether it is a figure, or few; not where it may be as many as all."""
    few = point.kind is Kind.SUPPRESSED and point.top <= _FEW and not point.bottom
    return few or point.kind is Kind.FIGURE


def within(name: str) -> str:
    """A name inside a sentence."""
    return name[:1].lower() + name[1:]


def _is_known(point: Point) -> bool:
    return point.kind in (Kind.FIGURE, Kind.SUPPRESSED)


def _known(count: Count) -> list[_Row]:
    return [row for row in count.newest if _is_known(row[1])]


def _said(count: Count) -> list[_Row]:
    """What a headline tells: a part that the source does not print is not among it."""
    return [row for row in count.newest if row[1].kind is not Kind.MISSING]


def _cut(shown: int, known: int, language: Language) -> list[str]:
    """That the table has more than the chart, if it has."""
    return [language.say("alt_cut", count=shown, total=known)] if shown < known else []
