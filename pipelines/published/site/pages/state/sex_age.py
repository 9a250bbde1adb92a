"""The tab on sex and age: women, girls, men and boys in small panels on one scale."""

from collections.abc import Mapping, Sequence
from typing import Final

from pipelines.published.charts import spec
from pipelines.published.series import Point, Series
from pipelines.published.site.facts.parts import Split
from pipelines.published.site.facts.total import Total
from pipelines.published.site.figure import Figure
from pipelines.published.site.pages.state import about, common
from pipelines.published.site.pages.state.common import State, at
from pipelines.published.site.wording import phrases
from pipelines.published.site.wording import state as wording
from pipelines.words.disclosure import Kind
from pipelines.words.language import Language, spans
from schemas import parameters

WOMEN_AND_GIRLS: Final = "F._T"
CHILDREN: Final = "_T.Y0T17"
_BOTH: Final = ("F.Y_GE18", "F.Y0T17", "M.Y_GE18", "M.Y0T17")
"""The panels by sex and age."""
_EITHER: Final = (WOMEN_AND_GIRLS, "M._T", CHILDREN, "_T.Y_GE18")
"""The panels where a source has only sexes or only ages."""
_SPLITS: Final = ("sex_age", "sex", "age")
_SMALL: Final = 5
"""Counts below it may lead to a person."""
_MOST: Final = 100 * parameters.number("share_of_sex_told")
"""Percent of victims of recorded sex from which on nothing is left to say."""


def figure(state: State) -> Figure | None:
    """Return the figure of the source to cite; None without figures by sex or age."""
    total, language = state.cited(), state.language
    parts = printed_parts(state)
    drawn = _drawn(parts)
    if total is None or not drawn:
        return None
    women, children = newest(parts, total.last.year)
    recorded = sex_recorded(parts, total, women.year)
    columns = [(language.name("indicator", total.indicator), total.series)]
    columns += [(part_name(code, language), part) for code, part in parts.items()]
    measure = phrases.measured(language.say("state_sex_age_measure"), total, language)
    return common.figure(
        state,
        "sex_age",
        [(total.source, _releases(state.splits()))],
        measure=f"{measure} · {language.say('state_one_scale')}",
        limit=phrases.limit(total, language),
        headline=wording.sex_age_headline(women, children, total, recorded, language),
        spec=spec.chart(
            [spec.panel([("", parts[code])], part_name(code, language)) for code in drawn], "bar"
        ),
        calm=[
            *_shares(women, children, total, recorded, language),
            *_beside(parts, children, drawn, total, language),
            language.say("state_sex_age_calm"),
            phrases.limit(total, language),
        ],
        about=about.of_parts(
            state,
            total,
            list(parts.values()),
            lambda code: part_name(code, language),
            [*about.exceeding(state, total, "sex_age"), *_twice(state, total)],
        ),
        table=common.yearly(measure, columns, language),
    )


def _shares(
    women: Point, children: Point, total: Total, recorded: int | None, language: Language
) -> list[str]:
    """Return the sentence on the shares of both, where they may be worked out."""
    both = shares(women, children, total) if recorded is None else None
    if both is None:
        return []
    whole = phrases.printed(at(total.series, women.year), language)
    named = {"women": both[0], "children": both[1], "total": whole}
    return [language.say("state_sex_age_shares", year=total.period(women.year), **named)]


def _beside(
    parts: Mapping[str, Series],
    children: Point,
    drawn: Sequence[str],
    total: Total,
    language: Language,
) -> list[str]:
    """Return the sentence on children who are in no panel, where there are five or more.

    Fewer would be a small count that the source does not print.
    """
    panels = [at(parts[code], children.year) for code in drawn if code.endswith("Y0T17")]
    points = [children, *panels]
    if len(panels) < 2 or any(each.kind is not Kind.FIGURE for each in points):
        return []
    count = (children.value or 0) - sum(each.value or 0 for each in panels)
    if count < _SMALL:
        return []
    year = total.period(children.year)
    return [language.say("state_sex_age_beside", year=year, count=language.number(count))]


def shares(women: Point, children: Point, total: Total) -> tuple[int, int] | None:
    """Return the percentages of both in their total; None unless all three are exact."""
    whole, both = at(total.series, women.year), (women, children)
    if whole.kind is not Kind.FIGURE or not whole.value:
        return None
    if any(each.kind is not Kind.FIGURE or each.most > whole.value for each in both):
        return None
    first, second = (round(100 * each.most / whole.value) for each in both)
    return first, second


def printed_parts(state: State) -> dict[str, Series]:
    """Return every printed series by sex or age, by code."""
    splits = state.splits()
    return {
        part.indicator: part for name in _SPLITS if name in splits for part in splits[name].parts
    }


def newest(parts: Mapping[str, Series], until: int) -> tuple[Point, Point]:
    """Return the figures of women and girls and of children in the newest year with either.

    No year after `until`, that of the total to cite, is taken, and none whose figures are all
    doubtful if there is another. They are the printed ones: women and girls are added up only where
    their sum is not printed and both have an exact figure.
    """
    own = [parts[code] for code in (WOMEN_AND_GIRLS, CHILDREN, *_BOTH[:2]) if code in parts]
    points = [point for part in own for point in part.known if point.year <= until]
    certain = [point for point in points if not point.doubt]
    year = max((point.year for point in certain or points), default=0)
    return _women_and_girls(parts, year), at(parts.get(CHILDREN), year)


def _women_and_girls(parts: Mapping[str, Series], year: int) -> Point:
    printed = at(parts.get(WOMEN_AND_GIRLS), year)
    women, girls = (at(parts.get(code), year) for code in _BOTH[:2])
    both = (women, girls)
    if printed.is_known or not all(
        point.kind is Kind.FIGURE and phrases.is_certain(point) for point in both
    ):
        return printed
    return Point(year, Kind.FIGURE, (women.value or 0) + (girls.value or 0), status=women.status)


def sex_recorded(parts: Mapping[str, Series], total: Total, year: int) -> int | None:
    """Return for how many percent the source gives the sex, if all figures are exact.

    It is None where that is nearly everyone, or not known.
    """
    whole = at(total.series, year)
    sexes = [at(part, year) for code, part in parts.items() if code in ("F._T", "M._T", "_O._T")]
    known = [point for point in sexes if point.kind is not Kind.MISSING]
    if not whole.value or not known or any(point.kind is not Kind.FIGURE for point in known):
        return None
    share = round(100 * sum(point.value or 0 for point in known) / whole.value)
    return share if share < _MOST else None


def part_name(code: str, language: Language) -> str:
    """Return the short name of a part by sex and age."""
    own = f"state_part_{code.lower().replace('.', '_')}"
    if own in language.words:
        return language.words[own]
    sex, age = code.split(".")
    names = [language.name("sex", sex), language.name("age", age)]
    return names[1] if sex == "_T" else ", ".join(names)


def _drawn(parts: Mapping[str, Series]) -> list[str]:
    """Return the codes of the panels: by sex and age, else by sex or age alone."""
    by_both = [code for code in _BOTH if code in parts]
    return by_both or [code for code in _EITHER if code in parts]


def _releases(splits: Mapping[str, Split]) -> list[str]:
    found = {day for name in _SPLITS if name in splits for day in splits[name].releases}
    return sorted(found)


def _twice(state: State, total: Total) -> list[str]:
    years = spans(state.facts.cautions.printed_twice(total.key))
    return [state.language.say("state_about_twice", years=years)] if years else []
