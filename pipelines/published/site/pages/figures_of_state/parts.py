"""The parts of one count: by sex and age, by form of exploitation, by citizenship."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from pipelines.published.charts.table import Cell, Table
from pipelines.published.series import Point, Series
from pipelines.published.site import context
from pipelines.published.site.context import Key
from pipelines.published.site.facts.cautions import Cautions
from pipelines.published.site.facts.parts import FAMILIES, Split, twins
from pipelines.published.site.pages.figures_of_state.fold import Block, Line
from pipelines.published.site.wording import cells, notes, sources
from pipelines.published.site.wording.parts import in_order, name
from pipelines.words.disclosure import Kind
from pipelines.words.language import Language, spans

_UNKNOWN: Final = "_U._U"
"""The part of unknown sex and age."""


def blocks(
    count: Key,
    splits: Mapping[str, Split],
    cautions: Cautions,
    site: context.Site,
    language: Language,
) -> Iterator[Block]:
    """Yield a table per family of dimensions of one count."""
    for family in dict.fromkeys(FAMILIES.values()):
        own = {split: each for split, each in splits.items() if FAMILIES[split] == family}
        if own and family != "total":
            yield _block(count, family, own, splits, cautions, site, language)


def _block(
    count: Key,
    family: str,
    own: Mapping[str, Split],
    splits: Mapping[str, Split],
    cautions: Cautions,
    site: context.Site,
    language: Language,
) -> Block:
    area, indicator, source, basis = count
    known = [part for split in own.values() for part in split.parts]
    parts = [part for split in own.values() for part in (*split.parts, *split.gone)]
    if family == "citizenship":
        parts = in_order(parts, language)
    named = {part.indicator: name(part.indicator, family, language) for part in parts}
    moved = _moved(known, parts, area)
    whole = {name: each for name, each in splits.items() if name == "total"}
    above = cautions.exceeding(count, family, {**own, **whole})
    return Block(
        anchor="-".join([indicator, family, source, basis]).lower(),
        heading=language.say(f"figures_by_{family}"),
        lines=[_line(source, basis, own.values(), site, language)],
        caveat=language.say("forms_overlap") if family == "form" else "",
        table=_table(indicator, family, parts, named, moved, language),
        notes=[
            *([language.say("figures_above", years=spans(above))] if above else []),
            *notes.of_series(parts, language, named.__getitem__, moved),
            *_cautions(count, family, named, cautions, language),
        ],
        figures=sum(len(part.known) for part in known),
    )


def _line(
    source: str, basis: str, splits: Iterable[Split], site: context.Site, language: Language
) -> Line:
    """Return the publisher, the kind of year and the releases of the figures."""
    described = site.sources[source]
    releases = sorted({day for split in splits for day in split.releases})
    released = sources.release_text(described, releases, language)
    name = described["short_name"]
    return Line(source, "", name, f"{language.name('time_basis', basis)} · {released}")


def _moved(
    known: Sequence[Series], parts: Sequence[Series], area: str
) -> dict[tuple[str, int], str]:
    """Return where a withdrawn figure of nationals is now: the group, or their country."""
    now = {
        (part.indicator, point.year): point.value
        for part in known
        for point in part.of(Kind.FIGURE)
    }
    others = twins(area)
    return {
        (part.indicator, point.year): others[part.indicator]
        for part in parts
        if part.indicator in others
        for point in part.points
        if point.kind is Kind.MISSING
        and point.previous is not None
        and now.get((others[part.indicator], point.year)) == point.previous
    }


def _table(
    indicator: str,
    family: str,
    parts: Sequence[Series],
    named: Mapping[str, str],
    moved: Mapping[tuple[str, int], str],
    language: Language,
) -> Table:
    """Return the table with a row per year; by citizenship, with a row per citizenship."""
    years = sorted({point.year for part in parts for point in part.points if _is_shown(point)})
    is_tall = family == "citizenship"
    columns = [_cells(part, years, moved, is_tall, language) for part in parts]
    names = [named[part.indicator] for part in parts]
    years_in_words = [str(year) for year in years]
    if is_tall:
        rows = list(zip(names, columns, strict=True))
    else:
        rows = list(zip(years_in_words, map(list, zip(*columns, strict=True)), strict=True))
    return Table(
        caption=language.say(
            "figures_parts",
            indicator=language.name("indicator", indicator),
            by=language.say(f"figures_within_by_{family}"),
        ),
        row_heading=language.say("citizenship" if is_tall else "year"),
        columns=years_in_words if is_tall else names,
        rows=rows,
    )


def _is_shown(point: Point) -> bool:
    """Return whether a year has anything to show: a figure, a remark or a note."""
    return point.kind is not Kind.MISSING or bool(point.previous_release) or point.is_break


def _cells(
    part: Series,
    years: Sequence[int],
    moved: Mapping[tuple[str, int], str],
    is_sparse: bool,
    language: Language,
) -> list[Cell]:
    """Return the cells of a part; a sparse table leaves years without anything empty."""
    points = {point.year: point for point in part.points}
    found = []
    for year in years:
        point = points.get(year, Point(year))
        own = cells.of_point(point, language)
        if (part.indicator, year) in moved:
            own = Cell(own.text, own.kind, [language.say("figures_moved")])
        elif is_sparse and not own.remarks and point.kind is Kind.MISSING:
            own = Cell("", own.kind)
        found.append(own)
    return found


def _cautions(
    count: Key, family: str, named: Mapping[str, str], cautions: Cautions, language: Language
) -> Iterator[str]:
    """Yield what a reader needs to know before adding up parts of some years."""
    twice = cautions.printed_twice(count)
    if family == "sex_age" and twice and _UNKNOWN in named:
        text = language.say("figures_note_twice", years=spans(twice))
        yield notes.labelled(named[_UNKNOWN], text)
    for code in named if family == "form" else ():
        if smaller := cautions.smaller_than_its_parts(count, code):
            text = language.say("figures_note_smaller", years=spans(smaller))
            yield notes.labelled(named[code], text)
    unread = cautions.unread_citizenships(count)
    if family == "citizenship" and unread:
        yield language.say("figures_note_unread", years=spans(unread))
