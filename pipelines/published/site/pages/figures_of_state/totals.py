"""The yearly totals of one indicator: the sources side by side, the one to cite first."""

from collections.abc import Iterator, Sequence
from typing import Final

from pipelines.published.charts.table import Cell, Table
from pipelines.published.site import context
from pipelines.published.site.context import Row
from pipelines.published.site.facts.total import NATIONAL, Total
from pipelines.published.site.facts.totals import own_authority
from pipelines.published.site.pages.figures_of_state.fold import Block, Line
from pipelines.published.site.wording import cells, notes, phrases, sources
from pipelines.published.site.wording.phrases import capital, within
from pipelines.words.disclosure import Kind
from pipelines.words.language import Language, spans

Pair = Row
"""A row of sql/pair.sql."""

_REASONS: Final = {
    "collection": ("collection", "coll_method"),
    "legal scope": ("scope", "def_scope"),
    "kind of year": ("year", "time_basis"),
    "day of the release": ("release", "release"),
}
"""The differences that `published.discrepancy` names: code of the text, column of the first source.
The column of the other source has the same name after `other_`."""

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
    by_place = context.grouped(pairs, lambda pair: _place(pair, totals))
    return Block(
        anchor=f"{first.indicator}-totals".lower(),
        heading="",
        lines=[line(at, totals, site, language) for at in range(len(totals))],
        caveat=caveat(first.indicator, first.unit, language),
        table=_table(totals, pairs, site, language),
        notes=[
            *_notes(totals, site, language),
            *(
                _pair_note(own, one, other, language)
                for (one, other), own in sorted(by_place.items())
            ),
        ],
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
        found = []
        for row in own:
            verdict = within(language.name("trend_verdict", row["verdict"]))
            text = f"{verdict} {row['number']}"
            if row["verdict"] in ("rising", "falling"):
                codes = row["subdivisions"].split()
                text += f" ({', '.join(language.name('subdivision', code) for code in codes)})"
            found.append(text)
        yield language.say(
            "figures_note_subdivisions",
            source=site.short_name(source),
            verdicts=language.semicolon.join(found),
        )


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
    doubtful = within(language.name("comparability", NATIONAL))
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
    """Yield the notes on each series, behind its number."""
    for at, total in enumerate(totals):
        scope = site.sources[total.source]["def_scope"]
        found = [
            *notes.of_series([total.series], language),
            *notes.of_source(total, scope, language),
        ]
        if total.is_uncited_national and any(each.reason for each in totals):
            found.insert(0, language.say("figures_note_national"))
        yield from (notes.labelled(_number(at, totals), text) for text in found)


def _pair_note(pairs: Sequence[Pair], one: int, other: int, language: Language) -> str:
    """Return the note on two numbered series with the rows of the years that both have."""
    agreeing = sum(bool(pair["agrees"]) for pair in pairs)
    reasons = ". ".join(_reasons(pairs, language))
    form = "differ"
    if pairs[0]["is_reprint"]:
        form = "reprint"
    elif agreeing == len(pairs):
        form = "same_though" if reasons else "same"
    return language.say(
        f"figures_pair_{form}",
        one=one,
        other=other,
        years=len(pairs),
        agreeing=agreeing,
        reasons=reasons,
    )


def _reasons(pairs: Sequence[Pair], language: Language) -> Iterator[str]:
    """Yield the properties in which the figures of two series differ, in words."""
    for reason, (text, column) in _REASONS.items():
        differing = [pair for pair in pairs if reason in pair["differs_in"].split(";")]
        if differing:
            one, other = (
                _names(column, [pair[each] for pair in differing], language)
                for each in (column, f"other_{column}")
            )
            yield capital(language.say(f"figures_pair_{text}", one=one, other=other))


def _names(column: str, found: Sequence[str], language: Language) -> str:
    """Return the names of the codes found, each once; of releases, the first and last day."""
    if column == "release":
        return " – ".join(language.day(day) for day in dict.fromkeys([min(found), max(found)]))
    names = [within(language.name(column, code)) for code in dict.fromkeys(found)]
    return language.semicolon.join(names)
