"""Sources side by side, if several have a figure of the same indicator and year.

The page shows each with the ratio of each pair. No source takes precedence, and figures are never
averaged.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

import duckdb
import pandas as pd

from pipelines.published.charts import sources
from pipelines.published.charts.caption import Caption
from pipelines.published.i18n.language import Language, spans
from pipelines.published.series.disclosure import Kind
from pipelines.published.series.series import Note, NoteKind, Series, read_series
from pipelines.published.site.figures import citation, context
from pipelines.published.site.figures.time_series import cell, key, origin
from pipelines.published.site.figures.view import Cell, FigureView, Table
from pipelines.published.site.figures.wording import headlines

CODE: Final = "sides"
_REASONS: Final = {
    "collection": ("sides_collection", "coll_method"),
    "legal scope": ("sides_scope", "def_scope"),
    "kind of year": ("sides_year", "time_basis"),
    "day of the release": ("sides_release", "release"),
}
"""The differences that `published.discrepancy` names: the code of the text, and the column of the
first source. The column of the other source has the same name after `other_`."""

Key = tuple[str, str]
"""A series: source and kind of year."""


@dataclass(frozen=True)
class Compared:
    """One indicator of a state from several sources.

    Attributes:
        indicator: its code.
        keys: its series, numbered from 1 in this order.
        shown: the series, all over the same years.
        pairs: rows of sql/pair.sql.
        frames: rows of sql/figure.sql of each series.
        rows: rows of sql/figure.sql of all series.
    """

    indicator: str
    keys: list[Key]
    shown: list[Series]
    pairs: list[dict[Any, Any]]
    frames: list[pd.DataFrame]
    rows: pd.DataFrame

    @property
    def years(self) -> range:
        """The years from the first of any series to the last."""
        points = self.shown[0].points
        return range(points[0].year, points[-1].year + 1)

    def place(self, pair: dict[Any, Any]) -> tuple[int, int]:
        """Return the numbers of the two series of a pair."""
        one = (pair["source"], pair["time_basis"])
        other = (pair["other_source"], pair["other_time_basis"])
        return self.keys.index(one) + 1, self.keys.index(other) + 1


def read(connection: duckdb.DuckDBPyConnection) -> dict[str, list[Compared]]:
    """Return the indicators for which several sources have the same year, by state."""
    rows, pairs = context.query(connection, "figure"), context.query(connection, "pair")
    of_cell = dict(list(rows.groupby(["ref_area", "indicator"])))
    found: dict[str, list[Compared]] = {}
    for (area, indicator), own in pairs.groupby(["ref_area", "indicator"]):
        found.setdefault(area, []).append(_compared(indicator, own, of_cell[area, indicator]))
    return found


def figures(
    site: context.Site, area: str, facts: list[Compared] | None, language: Language
) -> list[FigureView]:
    """Return a figure per indicator that several sources have, in the order of the code list."""
    name, order = language.name("area", area), list(language.names["indicator"])
    found = sorted(facts or [], key=lambda compared: order.index(compared.indicator))
    return [
        replace(_show(each, site, name, language), cite=_cite(each, site, area, language))
        for each in found
    ]


def _cite(compared: Compared, site: context.Site, area: str, language: Language) -> str:
    """Return the sentence on which source to cite, and why."""
    cited = site.citations.get((area, compared.indicator))
    publisher = site.sources[cited.source]["publisher"] if cited else ""
    return citation.among(cited, compared.keys, publisher, language)


def _compared(indicator: str, pairs: pd.DataFrame, rows: pd.DataFrame) -> Compared:
    """Return one indicator with all years of all its series."""
    # Withheld and withdrawn figures have no kind of year, and go with the first of their source.
    first = rows.groupby("source")["time_basis"].transform("first")
    rows = rows.assign(time_basis=rows["time_basis"].fillna(first))
    ones = pairs[["source", "time_basis"]].to_numpy().tolist()
    others = pairs[["other_source", "other_time_basis"]].to_numpy().tolist()
    keys = sorted({(source, basis) for source, basis in ones + others})
    frames = [rows[(rows["source"] == a) & (rows["time_basis"] == b)] for a, b in keys]
    of_all = pd.concat(frames)
    years = range(int(of_all["year"].min()), int(of_all["year"].max()) + 1)
    shown = [read_series(frame, [indicator], years)[0] for frame in frames]
    return Compared(indicator, keys, shown, pairs.to_dict("records"), frames, of_all)


def _show(compared: Compared, site: context.Site, area: str, language: Language) -> FigureView:
    notes = sources.numbered(compared.shown)
    described = [site.sources[source] for source, _ in compared.keys]
    caption = Caption(
        headline=_headline(compared, area, language),
        subtitle=headlines.subtitle(
            "subtitle_other", compared.shown, compared.rows["count_unit"].iloc[0], area,
            compared.years, language,
        ),
        caveat=language.say("caveat_sides"),
        source=" ".join(
            f"({number}) {origin(each, frame, language)}"
            for number, (each, frame) in enumerate(zip(described, compared.frames, strict=True), 1)
        ),
    )  # fmt: skip
    names = _names(compared, described, language)
    return FigureView(
        anchor=f"sides-{compared.indicator.replace('_', '-')}".lower(),
        headline=caption.headline,
        publisher=language.say("sides_publishers", count=len(compared.keys)),
        subtitle=caption.subtitle,
        figure=sources.spec(compared.shown, names, compared.years, caption, language),
        in_words=_in_words(compared, language),
        key=key(compared.shown, language),
        table=_table(compared, notes, names, area, language),
        notes=_notes(compared, notes, language),
        origin=caption.source,
        source="",
        indicators=[compared.indicator],
        frame=compared.rows,
    )


def _headline(compared: Compared, area: str, language: Language) -> str:
    """Return the sentence on the number of pairs in which the sources may have the same number.

    Pairs in which one source reprints the other do not count.
    """
    pairs = [pair for pair in compared.pairs if not pair["is_reprint"]]
    agreeing = sum(bool(pair["agrees"]) for pair in pairs)
    sentence = language.say(
        f"sides_{_agreement(pairs)}",
        area=area,
        indicator=headlines.within(language.name("indicator", compared.indicator)),
        agreeing=agreeing,
        pairs=len(pairs),
    )
    is_whole = len(pairs) in (0, len(compared.pairs))
    return sentence if is_whole else language.say("sides_apart", sentence=sentence)


def _agreement(pairs: list[dict[Any, Any]]) -> str:
    """Return the end of the code of the text on how far the sources agree."""
    if not pairs:
        return "reprint"
    agreeing = [pair for pair in pairs if pair["agrees"]]
    if agreeing and not any(pair["is_same"] for pair in agreeing):
        return "may"
    return {0: "none_agree", len(pairs): "all"}.get(len(agreeing), "some")


def _names(compared: Compared, described: list[dict[Any, Any]], language: Language) -> list[str]:
    """Return the number and publisher of each series, and its kind of year unless calendar."""
    return [
        " · ".join(
            [
                f"({number}) {source['publisher']}",
                *([] if basis == "CY" else [language.name("time_basis", basis)]),
            ]
        )
        for number, ((_, basis), source) in enumerate(zip(compared.keys, described, strict=True), 1)
    ]


def _in_words(compared: Compared, language: Language) -> str:
    """Return the text alternative, panel by panel."""
    period = spans(compared.years)
    opening = language.say("alt_sides", period=period, count=len(compared.keys))
    panels = [
        language.say(
            "alt_panel",
            indicator=f"({number})",
            words=headlines.within(" ".join(headlines.facts(each, language))),
        )
        for number, each in enumerate(compared.shown, 1)
    ]
    return " ".join([opening, *panels])


def _table(
    compared: Compared,
    notes: list[list[Note]],
    names: list[str],
    area: str,
    language: Language,
) -> Table:
    numbers: list[dict[tuple[str, int, NoteKind], int]] = [
        {(note.indicator, note.point.year, note.kind): note.number for note in own} for own in notes
    ]
    rows = [
        (
            str(year),
            [
                *(
                    cell(compared.indicator, each.points[at], own, language)
                    for each, own in zip(compared.shown, numbers, strict=True)
                ),
                _ratios(compared, year, language),
            ],
        )
        for at, year in enumerate(compared.years)
    ]
    named = headlines.within(language.name("indicator", compared.indicator))
    return Table(
        caption=language.say("sides_table", area=area, indicator=named),
        row_heading=language.say("year"),
        columns=[*names, language.say("sides_ratio")],
        rows=rows,
    )


def _ratios(compared: Compared, year: int, language: Language) -> Cell:
    """Return the cell with the ratio of each pair of exact figures of the year."""
    ratios = []
    for pair in compared.pairs:
        if pair["year"] == year and not pd.isna(pair["ratio"]):
            one, other = compared.place(pair)
            ratio = language.number(float(f"{pair['ratio']:.3g}"))
            ratios.append(f"({other}) ÷ ({one}) = {ratio}")
    # No commas between ratios: half of the languages have a decimal comma.
    return Cell(Kind.FIGURE if ratios else Kind.MISSING, headlines.clauses(ratios, language) or "–")


def _notes(
    compared: Compared, notes: list[list[Note]], language: Language
) -> list[tuple[int, str]]:
    """Return the footnotes of each series, then notes on why two sources may differ."""
    own = [
        (note.number, language.say("sides_note", number=at, note=headlines.note(note, language)))
        for at, each in enumerate(notes, 1)
        for note in each
    ]
    return [*own, *enumerate(_explained(compared, language), len(own) + 1)]


def _explained(compared: Compared, language: Language) -> Iterator[str]:
    """Yield a sentence per pair of series on agreement and likely reasons for a difference."""
    groups: dict[tuple[int, int], list[dict[Any, Any]]] = {}
    for pair in compared.pairs:
        groups.setdefault(compared.place(pair), []).append(pair)
    for (one, other), pairs in sorted(groups.items()):
        agreeing = sum(bool(pair["agrees"]) for pair in pairs)
        reasons = ", ".join(_reasons(pairs, language))
        same = "same_though" if reasons else "same"
        form = same if agreeing == len(pairs) else "differ"
        yield language.say(
            "sides_pair_reprint" if pairs[0]["is_reprint"] else f"sides_pair_{form}",
            one=one,
            other=other,
            years=len(pairs),
            agreeing=agreeing,
            reasons=reasons,
        )


def _reasons(pairs: list[dict[Any, Any]], language: Language) -> Iterator[str]:
    """Yield the properties in which the figures of two series differ, in words."""
    for reason, (text, column) in _REASONS.items():
        differing = [pair for pair in pairs if reason in pair["differs_in"].split(";")]
        if differing:
            one, other = (
                _named(column, [pair[each] for pair in differing], language)
                for each in (column, f"other_{column}")
            )
            yield language.say(text, one=one, other=other)


def _named(column: str, found: list[str], language: Language) -> str:
    """Return the names of the codes found, each once; of releases, the first and last day."""
    if column == "release":
        return " – ".join(language.day(day) for day in dict.fromkeys([min(found), max(found)]))
    names = [headlines.within(language.name(column, code)) for code in dict.fromkeys(found)]
    return headlines.clauses(names, language)
