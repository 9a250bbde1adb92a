"""The parts of one count: by sex and age, by form of exploitation, by citizenship."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import duckdb

from pipelines.lib.accents import without_accents
from pipelines.published.charts.table import Cell, Table
from pipelines.published.series import Point, Series
from pipelines.published.site import context
from pipelines.published.site.context import Key
from pipelines.published.site.facts.parts import FAMILIES, Split, twins
from pipelines.published.site.pages.figures_of_state.fold import Block, line_alone
from pipelines.published.site.wording import cells, notes
from pipelines.words.disclosure import Kind
from pipelines.words.language import Language, spans

_GROUPS: Final = (("NAT", "FOR"), ("XXA", "_O", "_X", "_U"))
"""The groups of citizenships that come before and after the countries."""

_UNKNOWN: Final = "_U._U"
"""The part of unknown sex and age."""


Years = tuple[int, ...]
"""Years in ascending order."""

_COUNT: Final = ["ref_area", "indicator", "source"]


@dataclass(frozen=True)
class Cautions:
    """The cautions of all states, by state, indicator and source.

    Attributes:
        twice: years in which persons of unknown sex and age are those of another sex again.
        unread: years in which a citizenship is empty or illegible, so that its figure is kept out.
        smaller: by form of exploitation too, years in which it is less than its sexes or ages.
        contradicted: by family of dimensions too, years in which parts exceed the total.
    """

    twice: Mapping[tuple[str, ...], Years] = field(default_factory=dict)
    unread: Mapping[tuple[str, ...], Years] = field(default_factory=dict)
    smaller: Mapping[tuple[str, ...], Years] = field(default_factory=dict)
    contradicted: Mapping[tuple[str, ...], Years] = field(default_factory=dict)

    def of_state(self, area: str) -> "Cautions":
        """Return the cautions of one state alone."""
        known = (self.twice, self.unread, self.smaller, self.contradicted)
        return Cautions(*(context.of_state(each, area) for each in known))

    def printed_twice(self, count: Key) -> Years:
        """Return the years in which persons of unknown sex and age are printed twice."""
        return self.twice.get(count[:3], ())

    def unread_citizenships(self, count: Key) -> Years:
        """Return the years with an illegible citizenship."""
        return self.unread.get(count, ())

    def smaller_than_its_parts(self, count: Key, form: str) -> Years:
        """Return the years in which a form of exploitation is less than its own parts."""
        return self.smaller.get((*count[:3], form), ())

    def exceeding(self, count: Key, family: str, splits: Mapping[str, Split]) -> list[int]:
        """Return the years in which parts, alone or together, exceed the total.

        The total may be suppressed, and exceeded by a single part alone.
        """
        years = {*self.contradicted.get((*count[:3], family), ())}
        for name, split in splits.items() if "total" in splits else ():
            if name != "total":
                [total, *_] = splits["total"].parts
                years.update(year for part in split.parts for year in part.years_above(total))
        return sorted(years)


def read_cautions(connection: duckdb.DuckDBPyConnection) -> Cautions:
    """Return the cautions of all states."""
    return Cautions(
        twice=_years(connection, "printed_twice", _COUNT),
        unread=_years(connection, "unread", [*_COUNT, "time_basis"]),
        smaller=_years(connection, "smaller_than_parts", [*_COUNT, "exploitation"]),
        contradicted=_years(connection, "contradicted", [*_COUNT, "split"]),
    )


def _years(
    connection: duckdb.DuckDBPyConnection, name: str, within: list[str]
) -> dict[tuple[str, ...], Years]:
    """Return the years that sql/<name>.sql lists, by the columns `within`."""
    groups = context.query(connection, name).groupby(within)["year"]
    return {tuple(map(str, key)): tuple(sorted({*map(int, years)})) for key, years in groups}


def blocks(
    count: Key,
    splits: Mapping[str, Split],
    cautions: Cautions,
    site: context.Site,
    language: Language,
) -> Iterator[Block]:
    """Yield a table per family of dimensions of one count."""
    area, indicator, source, basis = count
    for family in dict.fromkeys(FAMILIES.values()):
        own = {split: each for split, each in splits.items() if FAMILIES[split] == family}
        if not own or family == "total":
            continue
        known = [part for split in own.values() for part in split.parts]
        parts = [part for split in own.values() for part in (*split.parts, *split.gone)]
        if family == "citizenship":
            parts = _in_order(parts, language)
        named = {part.indicator: _name(part.indicator, family, language) for part in parts}
        moved = _moved(known, parts, area)
        whole = {split: each for split, each in splits.items() if split == "total"}
        above = cautions.exceeding(count, family, {**own, **whole})
        releases = [day for split in own.values() for day in split.releases]
        yield Block(
            anchor="-".join([indicator, family, source, basis]).lower(),
            heading=language.say(f"figures_by_{family}"),
            lines=[line_alone(source, basis, releases, site, language)],
            caveat=language.say("forms_overlap") if family == "form" else "",
            table=_table(indicator, family, parts, named, moved, language),
            notes=[
                *([language.say("figures_above", years=spans(above))] if above else []),
                *notes.of_series(parts, language, named.__getitem__, moved),
                *_cautions(count, family, named, cautions, language),
            ],
            figures=sum(len(part.known) for part in known),
        )


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
    """Return the table with a row per year; by citizenship, with a row per citizenship.

    It has the years with anything to show: a figure, a remark or a note. By citizenship, years
    without anything are empty cells.
    """
    shown = (
        point.year
        for part in parts
        for point in part.points
        if point.kind is not Kind.MISSING or point.previous_release or point.is_break
    )
    years, is_tall = sorted({*shown}), family == "citizenship"
    columns: list[list[Cell]] = []
    for part in parts:
        points = {point.year: point for point in part.points}
        column = []
        for year in years:
            point = points.get(year, Point(year))
            cell = cells.of_point(point, language)
            if (part.indicator, year) in moved:
                cell = Cell(cell.text, cell.kind, [language.say("figures_moved")])
            elif is_tall and not cell.remarks and point.kind is Kind.MISSING:
                cell = Cell("", cell.kind)
            column.append(cell)
        columns.append(column)
    names, in_words = [named[part.indicator] for part in parts], [str(year) for year in years]
    by_year = [[column[at] for column in columns] for at in range(len(years))]
    return Table(
        caption=language.say(
            "figures_parts",
            indicator=language.name("indicator", indicator),
            by=language.say(f"figures_within_by_{family}"),
        ),
        row_heading=language.say("citizenship" if is_tall else "year"),
        columns=in_words if is_tall else names,
        rows=[*zip(names, columns, strict=True)]
        if is_tall
        else [*zip(in_words, by_year, strict=True)],
    )


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


def _name(part: str, split: str, language: Language) -> str:
    """Return the name of a part of a split, as sql/part.sql has both.

    That of a sex, an age or both is like `Women (18 years or over)`.
    """
    if split == "form":
        return language.name("exploitation", part)
    if split == "citizenship":
        return _citizenship(part, language)
    text = f"part_{part.replace('.', '_').lower()}"
    if text in language.words:
        return language.say(text)
    sex, age = part.split(".")
    names = [("sex", sex), ("age", age)]
    return ", ".join(language.name(*each) for each in names if each[1] != "_T")


def _citizenship(part: str, language: Language) -> str:
    """Return the name of a citizenship: that of the country, or of a group."""
    codelist = "citizenship" if part in language.names["citizenship"] else "area"
    return language.name(codelist, part)


def _in_order(citizenships: Sequence[Series], language: Language) -> list[Series]:
    """Sort citizenships: nationals, foreigners, countries by name, the rest, unknown."""
    first, last = _GROUPS

    def place(part: Series) -> tuple[int, int, str]:
        code = part.indicator
        if code in first:
            return 0, first.index(code), ""
        if code in last:
            return 2, last.index(code), ""
        return 1, 0, without_accents(_citizenship(code, language))

    return sorted(citizenships, key=place)
