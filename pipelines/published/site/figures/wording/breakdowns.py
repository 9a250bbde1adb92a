"""Sentences about breakdowns: headlines and text alternatives."""

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
"""The code of a part, and its figure of one year."""
UNKNOWN: Final = "_U._U"
"""The part of unknown sex and age."""
_FEW: Final = 9
"""The highest upper bound of a suppressed figure that counts as few."""


@dataclass(frozen=True)
class Count:
    """A count and its parts, of one state and source.

    Attributes:
        indicator: code of the indicator.
        split: the dimension of the parts, as in sql/part.sql.
        state: code of the state.
        total: the printed total, year by year.
        parts: a series per part, in the order of the page.
        years: the years to show.
        twice: years in which the persons of unknown sex and age repeat others.
        unread: years in which a part has an illegible name, so that it is kept out.
        smaller: by part, the years in which it is smaller than the sum of its sexes or ages.
        contradicted: years in which the sum of parts that cannot overlap exceeds their total.
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
        """The figure of each part in the newest year in which any part has one."""
        return newest_year(self.parts)


def twins(state: str) -> dict[str, str]:
    """Return the two codes for nationals of a state, each mapped to the other."""
    return {"NAT": state, state: "NAT"}


def sex_age_headline(count: Count, language: Language) -> str:
    """Return the sentence on the newest figures by sex and age, else by either, and their total."""
    rows = [row for row in _printed_rows(count) if not _is_second_print(*row, count)]
    both = [row for row in rows if sex_age.is_by_both(row[0])]
    is_whole = any(point.is_known for part, point in both if part != UNKNOWN)
    # If only sexes or only ages are known, they include the persons of unknown sex and age.
    either = [row for row in rows if row[0] != UNKNOWN] or rows
    rows = both if is_whole else either
    figures = ", ".join(_counted_part(*row, language) for row in rows)
    together = sum(point.value or 0 for _, point in rows) if is_whole else 0
    splits = [rows] if is_whole else _sexes_and_ages(rows)
    sentence = _headline("among", count, figures, together, language)
    ages = _ages_that_are_more(count) if is_whole else []
    if ages:
        by_age = ", ".join(_counted_part(*row, language) for row in ages)
        sentence = language.say("parts_ages", sentence=sentence, figures=by_age)
    return _with_rest("parts", sentence, [*splits, ages] if ages else splits, count, language)


def _ages_that_are_more(count: Count) -> list[_Row]:
    """Return the printed ages of all sexes if one certainly exceeds the sum of its sexes."""
    known = dict(_known(count))
    ages = [row for row in known.items() if row[0].startswith("_T.")]
    is_more = any((point.value or 0) > _sexes_of(part, known) for part, point in ages)
    return ages if is_more else []


def _sexes_of(age: str, known: Mapping[str, Point]) -> float:
    """Return the highest possible sum of the sexes of an age."""
    ends = age.removeprefix("_T")
    return sum(point.most for part, point in known.items() if part.endswith(ends) and part != age)


def forms_headline(count: Count, language: Language) -> str:
    """Return the sentence on the newest figures by form of exploitation, and their total."""
    rows = _printed_rows(count)
    named = [
        _named(headlines.within(form_name(part, language)), point, language) for part, point in rows
    ]
    largest = max((point.value or 0 for _, point in rows), default=0)
    sentence = _headline("of", count, headlines.clauses(named, language), largest, language)
    return _with_rest("forms", sentence, [rows], count, language)


def citizenship_headline(count: Count, language: Language) -> str:
    """Return the sentence on the newest figure of nationals, and the number of other countries."""
    known = dict(_known(count))
    nationals = known.get("NAT", known.get(count.state))
    foreign = known.keys() - language.names["citizenship"].keys() - {count.state}
    figures = [
        headlines.counted("told_nat", nationals, language)
        if nationals
        else language.say("told_nat_none"),
        headlines.counted("named", Point(0, Kind.FIGURE, value=len(foreign)), language),
    ]
    least = _fewest_citizens(known, count.state)
    sentence = _headline("among", count, ", ".join(figures), least, language)
    if _newest_year(count) in count.unread:
        return language.say("citizenship_unread", sentence=sentence)
    if _exceed(least, count):  # then there is no rest without a stated citizenship
        return sentence
    stated = [row for row in _printed_rows(count) if row[0] != "_U"]
    return _with_rest("citizenship", sentence, [stated], count, language)


def above(count: Count) -> list[int]:
    """Return the years in which a single part exceeds the printed total, suppressed or not."""
    totals = {point.year: point.most for point in count.total.points if point.is_known}
    figures = [point for part in count.parts for point in part.of(Kind.FIGURE)]
    return sorted({p.year for p in figures if (p.value or 0) > totals.get(p.year, math.inf)})


def sex_age_in_words(count: Count, language: Language) -> str:
    """Return the text alternative of the chart by sex and age."""
    return _panels_in_words(sex_age.drawn(count.parts), count, sex_age.name, language)


def forms_in_words(count: Count, language: Language) -> str:
    """Return the text alternative of the chart by form of exploitation."""
    return _panels_in_words(with_figures(count.parts), count, form_name, language)


def _panels_in_words(
    drawn: Sequence[Series], count: Count, name: PartName, language: Language
) -> str:
    shown = drawn[:MOST_PANELS]
    panels = [
        language.say(
            "alt_panel",
            indicator=name(part.indicator, language),
            words=headlines.within(" ".join(headlines.facts(part, language))),
        )
        for part in shown
    ]
    opening = language.say("alt_parts", period=spans(count.years))
    return " ".join([opening, *panels, *_cut(len(shown), len(drawn), language)])


def citizenship_in_words(count: Count, language: Language) -> str:
    """Return the text alternative of the chart with a row per citizenship."""
    known, shown = _known(count), citizenship.drawn(count.parts)
    named = [_named(citizenship.name(part, language), point, language) for part, point in shown]
    rows = headlines.clauses(named, language)
    opening = language.say("alt_citizenship", year=shown[0][1].year if shown else "", rows=rows)
    return " ".join([opening, *_cut(len(shown), len(known), language)])


def _headline(form: str, count: Count, figures: str, least: float, language: Language) -> str:
    """Return the sentence with the total of the same year, if there is one, and reservations.

    Args:
        form: code of the text, without its prefix.
        count: the count that the sentence is about.
        figures: the parts in words.
        least: the lowest total that agrees with the parts.
        language: the reader's language.
    """
    points, total = [point for _, point in _known(count)], _total(count)
    parts = {
        "area": language.name("area", count.state),
        "year": points[0].year,
        "indicator": headlines.within(language.name("indicator", count.indicator)),
        "by": language.say(f"by_{count.split}"),
        "figures": figures,
    }
    reserved = [word for point in points for word in headlines.reservations(point, language)]
    of_parts = f" ({', '.join(dict.fromkeys(reserved))})" if reserved else ""
    words = headlines.counted(f"told_{count.indicator.lower()}", total, language)
    sentence = language.say(f"parts_{form}_alone", **parts)
    if total.is_known and _exceed(least, count):
        return language.say(f"parts_exceed_{form}", sentence=sentence + of_parts, total=words)
    if total.is_known:
        sentence = language.say(f"parts_{form}", total=words, **parts)
    if points[0].year in count.contradicted:
        sentence = language.say("parts_contradict", sentence=sentence)
    return sentence + of_parts


def _with_rest(
    text: str, sentence: str, splits: Sequence[Sequence[_Row]], count: Count, language: Language
) -> str:
    """Return the sentence; if a split leaves persons out, add that the rest is not stated."""
    total = _total(count).value or 0
    is_short = any(_is_short(rows, total) for rows in splits)
    return language.say(f"{text}_rest", sentence=sentence) if is_short else sentence


def _is_short(rows: Sequence[_Row], total: float) -> bool:
    """Return whether the rows certainly leave persons out, with suppressed ones at most.

    With a withheld figure, it is unknown how many persons the source leaves out.
    """
    most = sum(point.most for _, point in rows)
    return all(point.is_known for _, point in rows) and most < total


def _exceed(least: float, count: Count) -> bool:
    """Return whether parts of at least so many persons exceed the printed total."""
    total = _total(count).value
    return total is not None and least > total


def _sexes_and_ages(rows: Sequence[_Row]) -> list[list[_Row]]:
    """Return the rows by sex and those by age, each with the withheld rows by both."""
    sexes = [row for row in rows if not row[0].startswith("_T.")]
    ages = [row for row in rows if not row[0].endswith("._T")]
    return [own for own in (sexes, ages) if own]


def _fewest_citizens(known: Mapping[str, Point], state: str) -> float:
    """Return the lowest possible number of persons: a group and its countries count once."""
    sizes = {part: point.value or 0 for part, point in known.items()}
    nationals = max(sizes.pop("NAT", 0), sizes.pop(state, 0))
    foreign, unknown = sizes.pop("FOR", 0), sizes.pop("_U", 0)
    return nationals + max(foreign, sum(sizes.values())) + unknown


def _is_second_print(part: str, point: Point, count: Count) -> bool:
    return part == UNKNOWN and point.year in count.twice


def _total(count: Count) -> Point:
    """Return the total in the newest year in which a part has a figure."""
    (total,) = [point for point in count.total.points if point.year == _newest_year(count)]
    return total


def _newest_year(count: Count) -> int:
    return count.newest[0][1].year


def _counted_part(part: str, point: Point, language: Language) -> str:
    """Return a sex, an age or both with its figure, grammatically inflected where possible."""
    text = f"told_{sex_age.code(part)}"
    if f"{text}_one" in language.words and _is_counted(point):
        return headlines.counted(text, point, language)
    return _named(headlines.within(sex_age.name(part, language)), point, language)


def _named(name: str, point: Point, language: Language) -> str:
    """Return the name of a part with its figure in brackets."""
    return f"{name} ({_figure(point, language)})"


def _figure(point: Point, language: Language) -> str:
    if not _is_counted(point) and not point.bottom:
        return language.say(f"figure_{point.kind}")
    if point.value is None:
        return bounds(point, language)
    return language.number(point.value)


def _is_counted(point: Point) -> bool:
    """Return whether the figure is exact or few; a wide interval from 0 is neither."""
    few = point.kind is Kind.SUPPRESSED and point.top <= _FEW and not point.bottom
    return few or point.kind is Kind.FIGURE


def _known(count: Count) -> list[_Row]:
    return [row for row in count.newest if row[1].is_known]


def _printed_rows(count: Count) -> list[_Row]:
    """Return the parts to mention in a headline: those that the source prints."""
    return [row for row in count.newest if row[1].kind is not Kind.MISSING]


def _cut(shown: int, known: int, language: Language) -> list[str]:
    """Return the sentence that the table has more parts than the chart, if so."""
    return [language.say("alt_cut", count=shown, total=known)] if shown < known else []
