"""The lines of a release in words, and the table that is sent to its publisher."""

from typing import Final

import pandas as pd

from pipelines.docs.errata import counterpart, words
from pipelines.docs.errata.facts import Facts
from pipelines.raw.corrections import REPLACE
from pipelines.reader.reshape import COLUMN
from pipelines.reader.text_tables import ROW

LABELS: Final = {
    "int_unodc_glotip": ("Country", ["Indicator", "Dimension", "Category", "Sex", "Age"]),
    "int_unsd_sdg": ("geoAreaName", ["seriesCode", "sexCode", "ageCode"]),
    "usa_tip_report": ("", ["indicator", "count_unit", "period_label"]),
}
"""The publishers' columns that name the state ("" if none does), and what is counted.

Of a source that is not here all columns are told.
"""
_PLACE: Final = ["file", "sheet", ROW, COLUMN, "printed", "indicator", "kind", "year", "cell"]
_TOTALS: Final = frozenset({"Total", "_T"})
_MOST: Final = 4
"""More labels than these are told as a number."""


def columns(source: str, facts: Facts) -> tuple[str, list[str]]:
    """Return the publisher's columns that name the state, and what is counted."""
    return LABELS.get(source, ("", facts.printed.names))


def lines(source: str, facts: Facts) -> pd.DataFrame:
    """Return the lines in words, in the order of the page.

    Adds to the columns of `facts.lines` and of `counterpart.of`: words, number (of the entry on the
    page), certainty, evidence (in words), agreement (the same, shorter), outcome, state, and of the
    place file, sheet, row, column, printed, indicator, kind, year, cell, time_period, value.
    """
    found = facts.lines.join(counterpart.of(facts))
    keys = found[["code", "reason", "effect", "done"]].itertuples(index=False)
    said = [_words(*key) for key in keys]
    order = [each for each in words.known() if each in said]
    names = _names(source, facts)
    texts = found["evidence"]
    found = found.assign(
        words=pd.Series(said, found.index, dtype="object"),
        number=[order.index(each) + 1 for each in said],
        certainty=[words.certainty(*each) for each in zip(said, texts, strict=True)],
        evidence=[words.evidence(text, names) for text in texts],
        agreement=[words.agreement(text) for text in texts],
        outcome=_outcome(found),
        state=_states(source, facts).loc[found["place"]].to_numpy(),
    )
    places = facts.printed.places.loc[found["place"]].set_axis(found.index)
    found = found.join(places[[*_PLACE, "time_period", "value"]])
    return found.sort_values(["number", "file", ROW], kind="stable").reset_index(drop=True)


def _words(code: str, reason: str, effect: str, done: str) -> words.Words:
    """The words for a line; what a detector says of a figure that was corrected belongs to that."""
    return words.of(REPLACE, "", "") if done == REPLACE else words.of(code, reason, effect)


def _outcome(found: pd.DataFrame) -> pd.Series:
    """Return how each line's figure was treated; its replacement may stand on another line."""
    new = found["new"].where(found["new"] != "").groupby(found["place"]).transform("first")
    pairs = zip(found["done"], new, strict=True)
    return pd.Series([words.DONE[done].format(new=text) for done, text in pairs], found.index)


def _names(source: str, facts: Facts) -> dict[str, str]:
    """The publisher's word for each indicator: the first label of its figures."""
    _, labels = columns(source, facts)
    named = facts.printed.labels[labels[0]].groupby(facts.printed.places["indicator"]).first()
    return {str(code): str(label) for code, label in named.items()}


def _states(source: str, facts: Facts) -> pd.Series:
    state, _ = columns(source, facts)
    return (
        facts.printed.labels[state]
        if state
        else facts.printed.places["ref_area"].map(words.areas())
    )


def described(labels: pd.DataFrame) -> str:
    """Return in one line what labels some rows have; `Total` is left out where all have it."""
    texts = [values(labels[name]) for name in labels]
    return " · ".join(text for text in texts if text not in _TOTALS) or "Total"


def values(labels: pd.Series) -> str:
    """Return the different labels of a column in one line; how many, if there are many."""
    different = [label or "(empty)" for label in labels.unique()]
    return f"{len(different)} labels" if len(different) > _MOST else " / ".join(different)


def sheet(facts: Facts, found: pd.DataFrame) -> pd.DataFrame:
    """Return the table for the publisher: a row for each line, with the labels as printed."""
    printed = facts.printed.labels.loc[found["place"]].set_axis(found.index)
    named = found["code"].str.cat(found["reason"], " ").str.strip()
    said = {
        "entry": found["number"],
        "what is wrong": [each.title.replace("`", "") for each in found["words"]],
        "why": found["note"].where(found["note"] != "", found["evidence"]),
        "compare with row": found["compare"],
        "how certain": found["certainty"],
        "what tipstat did": found["outcome"],
        "detector, rule or correction": found["id"].where(found["id"] != "", named),
    }
    where = found[["file", "sheet", ROW, COLUMN]]
    shown = [name for name in where if (where[name] != "").any()]
    return pd.concat([where[shown], printed, pd.DataFrame(said)], axis=1)
