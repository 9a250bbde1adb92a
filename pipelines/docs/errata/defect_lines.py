"""Defects of a release in words, and the table for its publisher."""

from collections.abc import Iterable
from typing import Final

import pandas as pd

from pipelines.docs.errata import counterpart, defect_texts
from pipelines.docs.errata.facts import UNKNOWN, Facts
from pipelines.harmonised.evidence import agreement, in_words
from pipelines.raw.corrections import REPLACE
from pipelines.reader.text_tables import COLUMN, ROW
from schemas import codelists

LABELS: Final = {
    "int_unodc_glotip": ("Country", ["Indicator", "Dimension", "Category", "Sex", "Age"]),
    "int_unsd_sdg": ("geoAreaName", ["seriesCode", "sexCode", "ageCode"]),
    "usa_tip_report": ("", ["indicator", "count_unit", "period_label"]),
}
"""The publishers' columns with the state ("" if none) and those that say what is counted.

A source that is not listed, or a release in another layout, shows all its columns.
"""
_PLACE: Final = ["file", "sheet", ROW, COLUMN, "printed", "indicator", "kind", "year", "cell"]
_TOTALS: Final = frozenset({"Total", "_T"})
_MOST: Final = 4
"""Most labels to list; of more labels only the number is given."""


def columns(source: str, facts: Facts) -> tuple[str, list[str]]:
    """Return the publisher's column with the state and those that say what is counted."""
    state, labels = LABELS.get(source, ("", []))
    is_so = bool(labels) and {*labels} <= {*facts.printed.names}
    return (state, labels) if is_so else ("", facts.printed.names)


def lines(source: str, facts: Facts, became: pd.DataFrame) -> pd.DataFrame:
    """Return the lines in words, in the order of the page.

    Adds to the columns of `facts.lines` and of `counterpart.find`: words, number (of the entry on
    the page), certainty, evidence (in words), agreement (the same, shorter), outcome, state, and of
    the place file, sheet, row, column, printed, indicator, kind, year, cell, time_period, value;
    and of `became` other_release, outcome_there (a code, "" if there is no other release), and
    there (what the other release prints, "" if that is not said).
    """
    found = facts.lines.join(counterpart.find(facts))
    keys = found[["code", "reason", "effect", "done"]].itertuples(index=False)
    texts = [_words(*key) for key in keys]
    order = [wording for wording in defect_texts.known() if wording in texts]
    names = _names(source, facts)
    findings = [each or None for each in found["finding"]]
    found = found.assign(
        words=pd.Series(texts, found.index, dtype="object"),
        number=[order.index(text) + 1 for text in texts],
        certainty=[defect_texts.certainty(*each) for each in zip(texts, findings, strict=True)],
        evidence=[in_words(each, names) if each else "" for each in findings],
        agreement=[agreement(each) if each else "" for each in findings],
        outcome=_outcome(found),
        state=_states(source, facts).loc[found["place"]].to_numpy(),
    )
    places = facts.printed.places.loc[found["place"]].set_axis(found.index)
    found = found.join(places[[*_PLACE, "time_period", "value"]])
    found = _with_other_release(found, became)
    return found.sort_values(["number", "file", ROW], kind="stable").reset_index(drop=True)


def _with_other_release(found: pd.DataFrame, became: pd.DataFrame) -> pd.DataFrame:
    """Add what became of each line in another release."""
    here = ["file", ROW, COLUMN, "about"]
    known = became.assign(
        **{ROW: became["row"].astype(found[ROW].dtype), COLUMN: became["column"]},
        outcome_there=became["outcome"],
        there=[
            "; ".join(texts) if isinstance(texts, Iterable) else ""
            for texts in became["printed_there"]
        ],
    )[[*here, "other_release", "outcome_there", "there"]]
    added = known.columns.drop(here)
    both = found.merge(known, "left", here, validate="m:1")
    return both.assign(**{name: both[name].astype("object").fillna("") for name in added})


def what_became(lines: pd.DataFrame) -> str:
    """Return what became of lines in the other release, with numbers of rows; "" without one."""
    once = lines.drop_duplicates("place")
    counts = once["outcome_there"].map(codelists.labels("erratum_outcome", "en")).value_counts()
    if counts.empty:
        return ""
    if len(counts) == 1:
        there = dict.fromkeys("; ".join(filter(None, once["there"])).split("; "))
        now = "; ".join(there) if len(once) <= _MOST else ""
        return f"{counts.index[0].lower()}{f': now {now}' if now else ''}"
    return ", ".join(f"{name.lower()} ({rows})" for name, rows in counts.items())


def _words(code: str, reason: str, effect: str, done: str) -> defect_texts.Words:
    """Return the wording of a line; findings about a corrected figure count as its correction."""
    key = (REPLACE, "", "") if done in (REPLACE, UNKNOWN) else (code, reason, effect)
    return defect_texts.wording(*key)


def _outcome(found: pd.DataFrame) -> pd.Series:
    """Return the treatment of each line's figure; its replacement may be on another line."""
    new = found["new"].where(found["new"] != "").groupby(found["place"]).transform("first")
    pairs = zip(found["done"], new, strict=True)
    return pd.Series(
        [defect_texts.DONE[done].format(new=text) for done, text in pairs], found.index
    )


def _names(source: str, facts: Facts) -> dict[str, str]:
    """Return the publisher's name of each indicator: the first label of its figures."""
    _, labels = columns(source, facts)
    named = facts.printed.labels[labels[0]].groupby(facts.printed.places["indicator"]).first()
    return {str(code): str(label) for code, label in named.items()}


def _other_release(found: pd.DataFrame) -> dict[str, pd.Series]:
    """Return the columns of the publisher's table about the other release, if there is one."""
    [release] = found["other_release"].unique()
    if not release:
        return {}
    named = found["outcome_there"].map(codelists.labels("erratum_outcome", "en"))
    columns = {f"in the release of {release}": named, "printed there": found["there"]}
    return {name: texts for name, texts in columns.items() if (texts != "").any()}


def _states(source: str, facts: Facts) -> pd.Series:
    state, _ = columns(source, facts)
    return (
        facts.printed.labels[state]
        if state
        else facts.printed.places["ref_area"].map(codelists.labels("area", "en"))
    )


def described(labels: pd.DataFrame) -> str:
    """Return the labels of rows in one line, without columns in which all are `Total`."""
    texts = [values(labels[name]) for name in labels]
    return " · ".join(text for text in texts if text not in _TOTALS) or "Total"


def values(labels: pd.Series) -> str:
    """Return the distinct labels of a column in one line, or their number if there are many."""
    different = [label or "(empty)" for label in labels.unique()]
    return f"{len(different)} labels" if len(different) > _MOST else " / ".join(different)


def sheet(facts: Facts, found: pd.DataFrame) -> pd.DataFrame:
    """Return the table for the publisher: a row per line, with the labels as printed."""
    printed = facts.printed.labels.loc[found["place"]].set_axis(found.index)
    named = found["code"].str.cat(found["reason"], " ").str.strip()
    remark = found["note"].where(found["note"] != "", found["evidence"])
    ours = {
        "entry": found["number"],
        "what is wrong": [each.title.replace("`", "") for each in found["words"]],
        "why": remark.where(remark != "", [each.wrong.replace("`", "") for each in found["words"]]),
        "compare with row": found["compare"],
        "how certain": found["certainty"],
        "what tipstat did": found["outcome"],
        **_other_release(found),
        "detector, rule or correction": found["id"].where(found["id"] != "", named),
    }
    where = found[["file", "sheet", ROW, COLUMN]]
    filled = [name for name in where if (where[name] != "").any()]
    return pd.concat([where[filled], printed, pd.DataFrame(ours)], axis=1)
