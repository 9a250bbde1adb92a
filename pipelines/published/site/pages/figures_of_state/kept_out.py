"""What checks keep out of a state's figures: which tables and years, and why."""

from collections.abc import Sequence
from typing import Final

from pipelines.published.charts.table import Cell, Table
from pipelines.published.site import context
from pipelines.published.site.context import Row
from pipelines.published.site.pages.figures_of_state.fold import Block, Fold
from pipelines.published.site.wording import notes
from pipelines.published.site.wording.phrases import counted, within
from pipelines.words.language import Language, spans
from schemas import codelists

_NO_ANSWER: Final = codelists.column("remark", "no_answer")
_STAND_INS: Final = {"V6", *(code for code, yes in _NO_ANSWER.items() if yes == "1")}
"""The checks that find signs in place of no answer."""


def answer(rows: Sequence[Row]) -> str:
    """Return the code of the text on a state without a figure, from the rows that are kept out."""
    if not rows:
        return "figures_none"
    are_signs = {row["rule"] for row in rows} <= _STAND_INS
    return "figures_none_stand_in" if are_signs else "figures_none_passed"


def fold(rows: Sequence[Row], site: context.Site, language: Language) -> Fold:
    """Return the fold on everything that checks keep out."""
    order = ["", *language.names["indicator"]]
    rows = sorted(rows, key=lambda row: order.index(row["indicator"]))
    inside = [
        counted("row", sum(row["rows"] for row in rows), language),
        counted("indicator", len({row["indicator"] for row in rows}), language),
    ]
    cells: list[tuple[str, Sequence[Cell]]] = []
    for row in rows:
        by, whole = language.say(f"figures_by_{row['dimensions']}"), spans(row["whole"])
        name = language.say("figures_unread")  # its label may be the one that cannot be read
        if row["indicator"]:
            name = language.name("indicator", row["indicator"])
        cells.append(
            (
                name,
                [
                    Cell(f"{by} · {site.short_name(row['source'])}"),
                    Cell(
                        spans(row["years"]) or language.say("no_figure"),
                        remarks=[language.say("figures_whole", years=whole)] if whole else [],
                    ),
                    Cell(language.number(row["rows"])),
                    Cell(notes.check(row["rule"], language)),
                ],
            )
        )
    return Fold(
        anchor="kept-out",
        title=language.say("figures_kept_out"),
        inside=" · ".join(inside),
        blocks=[
            Block(
                anchor="kept-out-rows",
                heading="",
                caveat=language.say("figures_kept_out_meaning"),
                table=Table(
                    language.say("figures_kept_out_caption"),
                    language.say("indicator"),
                    [
                        language.say(f"figures_kept_out_{column}")
                        for column in ("table", "years", "rows", "why")
                    ],
                    cells,
                ),
                is_words=True,
            )
        ],
    )


def sentences(rows: Sequence[Row], site: context.Site, language: Language) -> list[str]:
    """Return a sentence per source and table of an indicator of which years are kept out whole."""
    whole: dict[tuple[str, str], set[int]] = {}
    for row in rows:
        whole.setdefault((row["source"], row["dimensions"]), set()).update(row["whole"])
    return [
        language.say(
            "figures_kept_out_whole",
            publisher=site.short_name(source),
            by=within(language.say(f"figures_by_{dimensions}")),
            years=spans(sorted(years)),
        )
        for (source, dimensions), years in whole.items()
        if years
    ]
