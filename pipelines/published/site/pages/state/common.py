"""What the figures of a state's page have in common."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, Final, NamedTuple

from markupsafe import escape

from pipelines.published.charts.spec import Chart
from pipelines.published.charts.table import Table
from pipelines.published.series import Point, Series
from pipelines.published.site import context, rendering
from pipelines.published.site.facts.country import Facts
from pipelines.published.site.facts.parts import Split
from pipelines.published.site.facts.total import INCOMPARABLE, VICTIMS, Total
from pipelines.published.site.figure import Figure
from pipelines.published.site.wording import cells, citing, phrases, sources
from pipelines.published.site.wording.state import form_name
from pipelines.words.disclosure import Kind
from pipelines.words.language import Language
from schemas import parameters

RECORDED: Final = "VIC_RECORDED"
"""Victims in files of police or prosecution."""

_FAR: Final = parameters.number("least_distance_beside_cited")

_EMBED_OF_SOURCES: Final = 1180
"""Pixels that the comparison of sources needs on a phone: it names each with its licence."""


@dataclass(frozen=True)
class State:
    """A state whose page is made, in one language."""

    site: context.Site
    facts: Facts
    area: str
    language: Language

    def cited(self, indicator: str = VICTIMS) -> Total | None:
        """Return the series to cite; None if no source has a yearly total."""
        return self.facts.totals.cited(self.area, indicator)

    def splits(self) -> dict[str, Split]:
        """Return the parts of detected victims from the source to cite, by dimension."""
        total = self.cited()
        if total is None:
            return {}
        return dict(self.facts.parts.of(self.area, VICTIMS, total.source, total.basis))

    def publisher(self, source: str) -> str:
        """Return the short name of a source's publisher."""
        return self.site.short_name(source)

    def left_out(self, source: str) -> str:
        """Return what a source leaves out of the country's cases; "" for nothing."""
        return str(self.site.sources[source][f"leaves_out_{self.language.code}"])


class Newest(NamedTuple):
    """The newest figure to cite of an indicator, as printed, its year, and its publisher.

    `without` is what the source leaves out; "" for nothing.
    """

    figure: str
    year: int
    source: str
    without: str


def newest(state: State, indicator: str) -> Newest | None:
    """Return the newest certain figure to cite, a sum by tipstat where no total is printed."""
    total, language = state.cited(indicator), state.language
    if total:
        last, source = total.last, total.source
        without = state.left_out(source)
        newest = Newest(
            phrases.printed(last, language), last.year, state.publisher(source), without
        )
        return newest if phrases.is_certain(last) else None
    for own in state.facts.sums:
        if (own.area, own.indicator) == (state.area, indicator):
            publisher = f"{state.publisher(own.source)}, {language.say('state_fold_sum')}"
            without = state.left_out(own.source)
            return Newest(language.number(own.last), own.years[-1], publisher, without)
    return None


def newest_since(state: State, total: Total, indicator: str) -> Newest | None:
    """Return the newest figure of another indicator, if it is newer than the one to cite."""
    found = newest(state, indicator)
    return found if found and found.year > total.last.year else None


Origin = tuple[str, Sequence[str]]
"""A source, and the days of the releases that a figure is from."""


def figure(
    state: State,
    anchor: str,
    origins: Iterable[Origin],
    *,
    measure: str,
    limit: str = "",
    doubt: str = "",
    **parts: Any,  # noqa: ANN401  # the type of the field of the figure
) -> Figure:
    """Return a figure with the texts that follow from its sources.

    Args:
        state: the state.
        anchor: the figure's id on the page, and the middle of the codes of its texts.
        origins: what it is from, the source to cite first.
        measure: what is measured, for the subtitle.
        limit: what the figures are not; "" for the sentence on detected victims.
        doubt: what qualifies the headline where it is cited.
        parts: further fields of the figure.
    """
    language, known = state.language, _by_source(origins)
    spec: Chart | None = parts.get("spec")
    return Figure(
        anchor=anchor,
        tab=language.words.get(f"state_{anchor}_tab", ""),
        subtitle=" · ".join([measure, *_from(state, known)]),
        source=" ".join(
            sources.source_line(state.site.sources[source], days, language)
            for source, days in known.items()
        ),
        key=[*_lines(spec), *phrases.key(spec, language)] if spec else (),
        in_words=language.say("state_in_words") if spec else "",
        file=f"tipstat_{state.area}_{anchor}_{language.code}",
        embed=_embed(state, anchor, parts["headline"]),
        copied=_copied(state, " ".join([f"{parts['headline']}.", doubt]).rstrip(), limit, known),
        **parts,
    )


def _copied(state: State, sentence: str, limit: str, origins: Mapping[str, Sequence[str]]) -> str:
    """Return what the button of a figure copies: state, headline, limits and sources."""
    language, known = state.language, state.site.sources
    cited = [
        citing.source(known[source], sources.day_to_cite(known[source], days), state.area, language)
        for source, days in origins.items()
    ]
    named = f"{language.name('area', state.area)}{language.colon}{sentence}"
    return citing.copied(named, limit or language.say("footer"), cited, language)


def _by_source(origins: Iterable[Origin]) -> dict[str, list[str]]:
    """Return the days of all releases of each source, in order."""
    found: dict[str, set[str]] = {}
    for source, days in origins:
        found.setdefault(source, set()).update(days)
    return {source: sorted(days) for source, days in found.items()}


def _lines(spec: Chart) -> list[tuple[str, str]]:
    """Return the names of the lines of a panel that has several, each after its look."""
    names = [each["name"] for each in spec["panels"][0]["series"]]
    return [(str(at), name) for at, name in enumerate(names)] if len(names) > 1 else []


def _from(state: State, origins: Mapping[str, Sequence[str]]) -> list[str]:
    """Return the sources of a figure: one with its release to cite, several by name."""
    if len(origins) > 1:
        return [", ".join(map(state.publisher, origins))]
    return [
        f"{state.publisher(source)}, "
        f"{state.language.day(sources.day_to_cite(state.site.sources[source], days))}"
        for source, days in origins.items()
    ]


def released(state: State, source: str, days: Sequence[str]) -> str:
    """Return the newest release of a source as it is written inside a sentence."""
    text = sources.release_text(state.site.sources[source], days[-1:], state.language)
    return text[:1].lower() + text[1:]


def _embed(state: State, anchor: str, headline: str) -> str:
    language = state.language
    # Without the address of the site, its path alone: an invented address would be taken for one.
    address = (
        f"{state.site.base_url}/{language.code}/country/{state.area.lower()}.html?embed={anchor}"
    )
    name = language.name("area", state.area)
    title = escape(language.say("state_embed_title", area=name, headline=headline))
    size = (
        rendering.embed_size(_EMBED_OF_SOURCES) if anchor == "sources" else rendering.embed_size()
    )
    return f'<iframe src="{address}" title="{title}" {size}></iframe>'


def exceeding_form(state: State, total: Total) -> tuple[str, str] | None:
    """Return the form of exploitation that alone exceeds the total to cite, and its figure."""
    split = state.splits().get("form") if total.indicator == VICTIMS else None
    for part in split.parts if split else ():
        point = at(part, total.last.year)
        is_exact = point.kind is Kind.FIGURE and phrases.is_certain(point)
        if is_exact and point.most > total.last.most:
            name = form_name(part.indicator, state.language)
            return name, phrases.printed(point, state.language)
    return None


def far_apart(state: State, total: Total) -> str:
    """Return the figure of the same year that is farthest from the cited one, and far enough.

    It is that of the state's government, where a source prints this.
    A source that prints the cited one's figures again, or that only others repeat, has none.
    """
    language, last = state.language, total.last
    found = [
        (abs(point.most - last.most), other.period(last.year), other.source, point)
        for other in state.facts.totals.of(total.area, total.indicator)
        if other.source != total.source and other.source not in state.facts.reprints
        if other.is_yearly and not other.is_repeated
        if _differs(last, point := at(other.series, last.year))
    ]
    if not found:
        return ""
    _, year, source, point = max(found, key=itemgetter(0))
    author = language.government(source, state.area)
    return language.say(
        "state_late_other",
        source=author or state.publisher(source),
        figure=phrases.printed(point, language),
        year=year,
    )


def _differs(cited: Point, other: Point) -> bool:
    if not all(each.kind is Kind.FIGURE and phrases.is_certain(each) for each in (cited, other)):
        return False
    return abs(cited.most - other.most) >= max(_FAR * cited.most, 1)


def is_exact(point: Point) -> bool:
    """Return whether a figure is exact and one to cite; its year may be inferred."""
    return point.kind is Kind.FIGURE and not (point.doubt or point.is_repeated)


def years_alike(state: State, indicator: str) -> int:
    """Return in how many years another count has the figures of detected victims to cite.

    It is 0 if one year of both differs: then they are two counts. One year may be alike by chance,
    and so may years in which both are zero.
    """
    victims, other = (
        {point.year: point.value for point in filter(is_exact, total.known)} if total else {}
        for total in (state.cited(), state.cited(indicator))
    )
    years = victims.keys() & other.keys()
    telling = [year for year in years if victims[year]]
    is_same = len(telling) > 1 and all(victims[year] == other[year] for year in years)
    return len(years) if is_same else 0


def is_drawable(total: Total) -> bool:
    """Return whether figures may be drawn: those that do not compare are shown in tables only."""
    return total.level != INCOMPARABLE


def yearly(caption: str, columns: Sequence[tuple[str, Series]], language: Language) -> Table:
    """Return a table with a row per year and a column per series."""
    years = sorted({point.year for _, series in columns for point in series.points})
    found = [cells.of_years(series, years, language) for _, series in columns]
    return Table(
        caption=caption,
        row_heading=language.say("year"),
        columns=[name for name, _ in columns],
        rows=list(zip(map(str, years), zip(*found, strict=True), strict=True)),
    )


def at(series: Series | None, year: int) -> Point:
    """Return the year's point of a series; one without a figure if there is none."""
    points = series.points if series else ()
    return next((point for point in points if point.year == year), Point(year))
