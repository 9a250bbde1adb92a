"""Facts on the quality of the sources of an indicator: a row per fact; there is no score."""

from collections.abc import Sequence

import pandas as pd

from pipelines.published.charts.table import Cell, Table
from pipelines.published.site import context
from pipelines.words.disclosure import Row
from pipelines.words.language import Language


def table(rows: Sequence[Row], indicator: str, site: context.Site, language: Language) -> Table:
    """Return the facts on an indicator: a row per fact, a column per source."""
    told = [_facts(row, language) for row in rows]
    return Table(
        caption=language.say("quality_table", indicator=language.name("indicator", indicator)),
        row_heading=language.say("quality_fact"),
        columns=["{publisher}, {title}".format(**site.sources[row["source"]]) for row in rows],
        rows=[
            (language.say(f"quality_{fact}"), [Cell(each[fact]) for each in told])
            for fact in (told[0] if told else ())
        ],
    )


def _facts(row: Row, language: Language) -> dict[str, str]:
    """Return the facts on a source and indicator, by the code of their names."""

    def number(column: str) -> str:
        if pd.isna(row[column]):
            return language.say("no_figure")
        return language.number(int(row[column]))

    first, last = row["first_period"], row["last_period"]
    sums = {each: row[f"identities_{each}"] for each in ("held", "failed", "untestable")}
    numbers = {each: language.number(count) for each, count in sums.items()}
    return {
        "period": str(first) if first == last else f"{first}–{last}",
        "figures": number("figures"),
        "suppressed": number("suppressed"),
        "kept_out": number("kept_out"),
        "days": number("days_to_release"),
        "overdue": number("days_overdue"),
        "sums": language.say("quality_sums_of", **numbers)
        if any(sums.values())
        else language.say("no_figure"),
        "pairs": language.say(
            "part_of_whole", part=number("pairs_agreeing"), whole=number("pairs")
        ),
        "revisions": language.say("quality_one_release")
        if row["revisions"] < 0
        else number("revisions"),
        "breaks": number("breaks"),
        "collection": language.name("coll_method", row["coll_method"]),
        "comparability": language.name("comparability", row["comparability"]),
        "least": language.name("comparability", row["least_comparability"]),
    }
