"""Sections of a page of errata: the defects of a release, grouped."""

from collections.abc import Callable
from typing import Final, NamedTuple

import pandas as pd

from pipelines.docs.errata import defect_lines
from pipelines.docs.errata.defect_texts import Words
from pipelines.docs.errata.defects import Defects
from pipelines.docs.errata.tables import ErrataTable, ErrataTables

_OF_SECTION: Final = frozenset({"columns", "figures"})
"""Sections whose entries share one table."""


class Entry(NamedTuple):
    """One kind of defect."""

    number: int  # number on the page and in the publisher's table
    words: Words
    rows: int  # number of printed figures
    certainty: str  # certainty, with the number of rows if it varies
    outcome: str  # treatment, with the number of rows if it varies
    became: str  # what became of the rows in the other release, with the number of rows
    states: str  # number of rows of each state
    tables: list[ErrataTable]


class ErrataSection(NamedTuple):
    """Entries of one section, and the tables that they share."""

    name: str
    tables: list[ErrataTable]
    entries: list[Entry]


def sections(source: str, defects: Defects, lines: pd.DataFrame) -> list[ErrataSection]:
    """Return the sections of a page that have entries; `lines` come from `defect_lines.lines`."""
    [other] = lines["other_release"].unique()
    tables = ErrataTables(source, defects, other)
    names = lines["words"].map(lambda words: words.section)
    made = []
    for name, each in lines.groupby(names, sort=False):
        make: Callable[[pd.DataFrame], list[ErrataTable]] = getattr(tables, str(name))
        shared = name in _OF_SECTION
        entries = []
        for number, of_entry in each.groupby("number"):
            once = of_entry.drop_duplicates("place")
            states = once["state"].value_counts().sort_index()
            entries.append(
                Entry(
                    number=int(str(number)),
                    words=of_entry["words"].iloc[0],
                    rows=len(once),
                    certainty=_counted(once["certainty"]),
                    outcome=_counted(once["outcome"]),
                    became=defect_lines.what_became(once),
                    states=", ".join(f"{state} ({rows})" for state, rows in states.items()),
                    tables=[] if shared else make(of_entry),
                )
            )
        made.append(ErrataSection(str(name), make(each) if shared else [], entries))
    return made


def _counted(texts: pd.Series) -> str:
    """Return the distinct texts, with numbers of rows if there are several."""
    counts = texts.value_counts()
    if len(counts) == 1:
        return str(counts.index[0])
    return ", ".join(f"{text} ({rows})" for text, rows in counts.items())
