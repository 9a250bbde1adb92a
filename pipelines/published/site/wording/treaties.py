"""Treaties that a state is a party to, with dates: sentences and tables."""

from collections.abc import Sequence

from pipelines.published.charts.table import Cell, Table
from pipelines.published.site.wording import cells
from pipelines.words.disclosure import Kind, Row
from pipelines.words.language import Language


def summary(rows: Sequence[Row], language: Language) -> str:
    """Return to how many treaties the state is a party, and when the lists end."""
    joined = sum(bool(row["is_party"]) for row in rows)
    form = {0: "none", len(rows): "all"}.get(joined, "some")
    year = max(row["last_year"] for row in rows)
    missing = [
        language.say(f"item26_short_{row['indicator']}") for row in rows if not row["is_party"]
    ]
    return language.say(
        f"treaty_{form}",
        joined=joined,
        total=len(rows),
        year=year,
        missing=", ".join(missing),
    )


def table(rows: Sequence[Row], language: Language) -> Table:
    """Return the table of treaties, in the order of the code list."""
    order = list(language.names["indicator"])
    return Table(
        caption=language.say("treaty_caption_state"),
        row_heading=language.say("treaty_column"),
        columns=[language.say("treaty_party"), language.say("treaty_date")],
        rows=[
            (language.say(f"treaty_{row['indicator']}"), _cells(row, language))
            for row in sorted(rows, key=lambda row: order.index(row["indicator"]))
        ],
    )


def _cells(row: Row, language: Language) -> list[Cell]:
    """Return the cells for party or not, and since when; no date found is not the same as no."""
    none = cells.dash(language)
    if row["is_party"] is None:
        return [Cell(language.say("treaty_unknown"), Kind.MISSING), none]
    if not row["is_party"]:
        return [Cell(language.say("treaty_not")), none]
    if row["since"] is None:
        return [Cell(language.say("answer_yes")), none]
    return [Cell(language.say("answer_yes")), Cell(language.day(row["since"]))]
