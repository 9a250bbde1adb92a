"""The figure of a state with parts but no total: a cell for each printed part and year."""

from collections.abc import Iterator
from typing import Final

from pipelines.published.charts.table import Cell, Table
from pipelines.published.series import Series
from pipelines.published.site.facts.total import VICTIMS
from pipelines.published.site.figure import Figure
from pipelines.published.site.pages.state import common
from pipelines.published.site.pages.state.citizenship import name_of
from pipelines.published.site.pages.state.common import State, at
from pipelines.published.site.pages.state.sex_age import part_name
from pipelines.published.site.wording import state as wording
from pipelines.published.site.wording.phrases import capital, printed
from pipelines.words.language import Language

_SPLITS: Final = ("sex_age", "sex", "age", "form", "citizenship")
"""The dimensions of the rows, in their order."""


def figure(state: State) -> Figure | None:
    """Return the grid; None if the state has a total or no parts."""
    parts = list(printed_parts(state))
    if state.cited() or not parts:
        return None
    language, source = state.language, parts[0][0]
    measure = language.say("state_grid_measure")
    return common.figure(
        state,
        "grid",
        [(source, [state.site.sources[source]["release"]])],
        measure=measure,
        headline=language.say(
            "state_grid_headline", source=capital(state.site.sources[source]["in_sentence"])
        ),
        calm=[language.say("state_grid_calm")],
        table=_table([part for _, part in parts], measure, language),
    )


def printed_parts(state: State) -> Iterator[tuple[str, tuple[str, Series]]]:
    """Yield the source of parts of detected victims, with the name and series of each."""
    own = [key for key in state.facts.parts.counts_of(state.area) if key[1] == VICTIMS]
    for key in own[:1]:
        splits = state.facts.parts.of(*key)
        for split in (split for split in _SPLITS if split in splits):
            for part in splits[split].parts:
                yield key[2], (_name(split, part.indicator, state.language), part)


def _name(split: str, code: str, language: Language) -> str:
    if split == "form":
        return capital(wording.form_name(code, language))
    return name_of(code, language) if split == "citizenship" else part_name(code, language)


def _table(parts: list[tuple[str, Series]], caption: str, language: Language) -> Table:
    years = sorted({point.year for _, part in parts for point in part.known})
    return Table(
        caption=caption,
        row_heading=language.say("state_grid_part"),
        columns=[str(year) for year in range(years[0], years[-1] + 1)],
        rows=[
            (name, [_cell(part, year, language) for year in range(years[0], years[-1] + 1)])
            for name, part in parts
        ],
    )


def _cell(part: Series, year: int, language: Language) -> Cell:
    point = at(part, year)
    return Cell(printed(point, language) if point.is_known else "", point.kind)
