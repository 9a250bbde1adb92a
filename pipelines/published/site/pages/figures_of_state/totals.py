"""The yearly totals of one indicator: the sources side by side, the one to cite first."""

from collections.abc import Iterator, Sequence
from typing import Final

from pipelines.published.charts.table import Cell, Table
from pipelines.published.site import context
from pipelines.published.site.context import Row
from pipelines.published.site.facts.total import NATIONAL, Total
from pipelines.published.site.facts.totals import own_authority
from pipelines.published.site.pages.figures_of_state.fold import Block, Line
from pipelines.published.site.wording import cells, compared, notes, phrases, sources
from pipelines.published.site.wording.compared import Pair
from pipelines.words.disclosure import Kind
from pipelines.words.language import Language, spans

_CAVEATS: Final = {
    "VIC_REPORTED": "reported",
    "VIC_REPATR": "repatr",
    "COMPLAINT": "signal",
    "OFFENCE": "file",
    "INCIDENT": "file",
    "INVESTIGATION": "file",
    "CASE": "file",
    "VIC": "victims",
    "AST": "assisted",
    "PER": "flow",
    "DEM": "demand",
}
"""The caveat of an indicator: by its code, else its unit, else its domain."""


def caveat(indicator: str, unit: str, language: Language) -> str:
    """Return the sentence on what the figures of an indicator are not."""
    keys = (indicator, unit, indicator.partition("_")[0])
    found = next((_CAVEATS[key] for key in keys if key in _CAVEATS), "other")
    return language.say(f"figures_caveat_{found}")


def block(
    totals: Sequence[Total], pairs: Sequence[Pair], site: context.Site, language: Language
) -> Block:
    """Return the table with a column per series, and one of ratios if sources share years."""
    first = totals[0]
    return Block(
        anchor=f"{first.indicator}-totals".lower(),
        heading="",
        lines=[line(at, totals, site, language) for at in range(len(totals))],
        caveat=caveat(first.indicator, first.unit, language),
        table=_table(totals, pairs, site, language),
        notes=[*_notes(totals, site, language), *_on_pairs(totals, pairs, language)],
        quoted=notes.quoted(totals) if language.code != "en" else (),
        figures=sum(len(each.known) for each in totals),
    )


def of_subdivisions(rows: Sequence[Row], site: context.Site, language: Language) -> Iterator[str]:
    """Yield for each source how many subdivisions have which verdict; what rises or falls by name.

    The rows are of sql/subdivision_trend.sql.
    """
    verdicts = list(language.names["trend_verdict"])
    by_source = context.grouped(rows, lambda row: row["source"])
    for source, own in by_source.items():
        own.sort(key=lambda row: verdicts.index(row["verdict"]))
        found = language.semicolon.join(_of_verdict(row, language) for row in own)
        yield language.say(
            "figures_note_subdivisions", source=site.short_name(source), verdicts=found
        )


def _of_verdict(row: Row, language: Language) -> str:
    text = f"{phrases.within(language.name('trend_verdict', row['verdict']))} {row['number']}"
    if row["verdict"] not in ("rising", "falling"):
        return text
    names = [language.name("subdivision", code) for code in row["subdivisions"].split()]
    return f"{text} ({', '.join(names)})"


def _number(at: int, totals: Sequence[Total]) -> str:
    """Return the number of one of several series."""
    return f"({at + 1})" if len(totals) > 1 else ""


def line(at: int, totals: Sequence[Total], site: context.Site, language: Language) -> Line:
    """Return the line on one of the series."""
    total, others = totals[at], [site.sources[each.source] for each in totals]
    source, own = site.sources[total.source], own_authority(totals)
    authority = site.short_name(own.source) if own else ""
    return Line(
        source=total.source,
        number=_number(at, totals),
        name=sources.authored(source, total.area, authority, language),
        text=" · ".join(
            filter(
                None,
                [
                    language.name("time_basis", total.basis),
                    language.name("count_unit", total.unit),
                    *sources.counted_apart(source, others),
                    sources.release_text(source, total.releases, language),
                    _level(total, language) if total.level else "",
                    phrases.verdict(total.trend, language),
                ],
            )
        ),
        cite=language.name("citation_reason", total.reason) if total.reason else "",
    )


def _level(total: Total, language: Language) -> str:
    """Return how far a series compares, and the doubtful years that do not."""
    name = language.name("comparability", total.level)
    years = spans(point.year for point in total.known if point.doubt)
    if not years or total.level >= NATIONAL:
        return name
    doubtful = phrases.within(language.name("comparability", NATIONAL))
    return f"{name}{language.semicolon}{years}{language.colon}{doubtful}"


def _table(
    totals: Sequence[Total], pairs: Sequence[Pair], site: context.Site, language: Language
) -> Table:
    years = sorted({point.year for each in totals for point in each.series.points})
    found = [cells.of_years(each.series, years, language, each.measure) for each in totals]
    if pairs:
        found.append([_ratios(totals, pairs, year, language) for year in years])
    columns = [column(each, _number(at, totals), site, language) for at, each in enumerate(totals)]
    name = language.name("indicator", totals[0].indicator)
    return Table(
        caption=language.say("figures_totals", indicator=name),
        row_heading=language.say("year"),
        columns=[*columns, *([language.say("figures_ratio")] if pairs else [])],
        rows=list(zip(map(str, years), zip(*found, strict=True), strict=True)),
    )


def column(total: Total, number: str, site: context.Site, language: Language) -> str:
    """Return the heading of a column: number, publisher, and kind of year unless calendar."""
    name = site.short_name(total.source)
    basis = [] if total.basis == "CY" else [language.name("time_basis", total.basis)]
    return " · ".join([f"{number} {name}".strip(), *basis])


def _ratios(totals: Sequence[Total], pairs: Sequence[Pair], year: int, language: Language) -> Cell:
    """Return the cell with the ratio of each pair of exact figures of the year."""
    ratios = []
    for pair in pairs:
        if pair["year"] == year and pair["ratio"] == pair["ratio"]:  # not NaN
            one, other = _place(pair, totals)
            ratio = language.number(float(f"{pair['ratio']:.3g}"))
            ratios.append(f"({other}) ÷ ({one}) = {ratio}")
    # No commas between ratios: half of the languages have a decimal comma.
    text = "; ".join(ratios)
    return Cell(text or language.say("no_figure"), Kind.FIGURE if text else Kind.MISSING)


def _place(pair: Pair, totals: Sequence[Total]) -> tuple[int, int]:
    """Return the numbers of the two series of a pair."""
    keys = [(each.source, each.basis) for each in totals]
    one = (pair["source"], pair["time_basis"])
    other = (pair["other_source"], pair["other_time_basis"])
    return keys.index(one) + 1, keys.index(other) + 1


def _notes(totals: Sequence[Total], site: context.Site, language: Language) -> Iterator[str]:
    for at, total in enumerate(totals):
        scope = site.sources[total.source]["def_scope"]
        found = [
            *notes.of_series([total.series], language),
            *notes.of_source(total, scope, language),
        ]
        if total.is_uncited_national and any(each.reason for each in totals):
            found.insert(0, language.say("figures_note_national"))
        yield from (notes.labelled(_number(at, totals), text) for text in found)


def _on_pairs(totals: Sequence[Total], pairs: Sequence[Pair], language: Language) -> Iterator[str]:
    """Yield a note per pair of series."""
    groups = context.grouped(pairs, lambda pair: _place(pair, totals))
    for (one, other), own in sorted(groups.items()):
        yield compared.note(own, one, other, language)
