"""What checks keep out of a state's figures: which tables and years, and why."""

from collections.abc import Sequence

from pipelines.published.charts.table import Cell, Table
from pipelines.published.site import context
from pipelines.published.site.context import Row
from pipelines.published.site.pages.figures_of_state.fold import Block, Fold
from pipelines.published.site.wording import notes
from pipelines.published.site.wording.counts import counted
from pipelines.published.site.wording.kept_out import STAND_INS
from pipelines.published.site.wording.phrases import within
from pipelines.words.language import Language, spans


def answer(rows: Sequence[Row]) -> str:
    """Return the code of the text on a state without a figure, from the rows that are kept out."""
    if not rows:
        return "figures_none"
    are_signs = {row["rule"] for row in rows} <= STAND_INS
    return "figures_none_stand_in" if are_signs else "figures_none_passed"


def fold(rows: Sequence[Row], site: context.Site, language: Language) -> Fold:
    """Return the fold on everything that checks keep out."""
    order = ["", *language.names["indicator"]]
    rows = sorted(rows, key=lambda row: order.index(row["indicator"]))
    inside = [
        counted("row", sum(row["rows"] for row in rows), language),
        counted("indicator", len({row["indicator"] for row in rows}), language),
    ]
    return Fold(
        anchor="kept-out",
        title=language.say("figures_kept_out"),
        inside=" · ".join(inside),
        blocks=[
            Block(
                anchor="kept-out-rows",
                heading="",
                caveat=language.say("figures_kept_out_meaning"),
                table=_table(rows, site, language),
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


def _table(rows: Sequence[Row], site: context.Site, language: Language) -> Table:
    return Table(
        caption=language.say("figures_kept_out_caption"),
        row_heading=language.say("indicator"),
        columns=[
            language.say(f"figures_kept_out_{column}")
            for column in ("table", "years", "rows", "why")
        ],
        rows=[(_name(row["indicator"], language), _cells(row, site, language)) for row in rows],
    )


def _name(indicator: str, language: Language) -> str:
    """Return the name of an indicator; its label may be the one that cannot be read."""
    return language.name("indicator", indicator) if indicator else language.say("figures_unread")


def _cells(row: Row, site: context.Site, language: Language) -> list[Cell]:
    by = language.say(f"figures_by_{row['dimensions']}")
    publisher = site.short_name(row["source"])
    whole = spans(row["whole"])
    remark = [language.say("figures_whole", years=whole)] if whole else []
    years = spans(row["years"]) or language.say("no_figure")
    return [
        Cell(f"{by} · {publisher}"),
        Cell(years, remarks=remark),
        Cell(language.number(row["rows"])),
        Cell(notes.check(row["rule"], language)),
    ]
