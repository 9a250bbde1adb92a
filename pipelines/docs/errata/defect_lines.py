"""Defects of a release in words, and the table for its publisher."""

from collections.abc import Iterable
from typing import Final

import pandas as pd

from pipelines.docs.errata import counterpart, defect_texts
from pipelines.docs.errata.defects import UNKNOWN, Defects
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


def columns(source: str, defects: Defects) -> tuple[str, list[str]]:
    """Return the publisher's column with the state and those that say what is counted."""
    state, labels = LABELS.get(source, ("", []))
    is_so = bool(labels) and {*labels} <= {*defects.printed.names}
    return (state, labels) if is_so else ("", defects.printed.names)


def lines(source: str, defects: Defects, became: pd.DataFrame) -> pd.DataFrame:
    """Return the lines in words, in the order of the page.

    Adds to the columns of `defects.lines` and of `counterpart.find`: words, number (of the entry on
    the page), certainty, evidence (in words), agreement (the same, shorter), outcome, state, and of
    the place file, sheet, row, column, printed, indicator, kind, year, cell, time_period, value;
    and of `became` other_release, outcome_there (a code, "" if there is no other release), and
    there (what the other release prints, "" if that is not said).
    """
    found = defects.lines.join(counterpart.find(defects))
    printed = defects.printed
    state, labels = columns(source, defects)
    names = printed.labels[labels[0]].groupby(printed.places["indicator"]).first()
    names = {str(code): str(label) for code, label in names.items()}  # the publisher's
    states = printed.places["ref_area"].map(codelists.labels("area", "en"))
    states = printed.labels[state] if state else states
    # Findings about a corrected figure count as its correction.
    texts = [
        defect_texts.wording(REPLACE, "", "")
        if done in (REPLACE, UNKNOWN)
        else defect_texts.wording(code, reason, effect)
        for code, reason, effect, done in found[["code", "reason", "effect", "done"]].to_numpy()
    ]
    order = [wording for wording in defect_texts.known() if wording in texts]
    findings = [each or None for each in found["finding"]]
    # The replacement of a line's figure may be on another line.
    new = found["new"].where(found["new"] != "").groupby(found["place"]).transform("first")
    done = zip(found["done"], new, strict=True)
    found = found.assign(
        words=pd.Series(texts, found.index, dtype="object"),
        number=[order.index(text) + 1 for text in texts],
        certainty=[defect_texts.certainty(*each) for each in zip(texts, findings, strict=True)],
        evidence=[in_words(each, names) if each else "" for each in findings],
        agreement=[agreement(each) if each else "" for each in findings],
        outcome=[defect_texts.DONE[how].format(new=text) for how, text in done],
        state=states.loc[found["place"]].to_numpy(),
    )
    places = printed.places.loc[found["place"]].set_axis(found.index)
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


def described(labels: pd.DataFrame) -> str:
    """Return the labels of rows in one line, without columns in which all are `Total`."""
    texts = [values(labels[name]) for name in labels]
    return " · ".join(text for text in texts if text not in _TOTALS) or "Total"


def values(labels: pd.Series) -> str:
    """Return the distinct labels of a column in one line, or their number if there are many."""
    different = [label or "(empty)" for label in labels.unique()]
    return f"{len(different)} labels" if len(different) > _MOST else " / ".join(different)


def sheet(defects: Defects, found: pd.DataFrame) -> pd.DataFrame:
    """Return the table for the publisher: a row per line, with the labels as printed."""
    printed = defects.printed.labels.loc[found["place"]].set_axis(found.index)
    named = found["code"].str.cat(found["reason"], " ").str.strip()
    remark = found["note"].where(found["note"] != "", found["evidence"])
    there = {}
    [release] = found["other_release"].unique()
    if release:
        outcomes = found["outcome_there"].map(codelists.labels("erratum_outcome", "en"))
        there = {f"in the release of {release}": outcomes, "printed there": found["there"]}
    ours = {
        "entry": found["number"],
        "what is wrong": [each.title.replace("`", "") for each in found["words"]],
        "why": remark.where(remark != "", [each.wrong.replace("`", "") for each in found["words"]]),
        "compare with row": found["compare"],
        "how certain": found["certainty"],
        "what tipstat did": found["outcome"],
        **{name: texts for name, texts in there.items() if (texts != "").any()},
        "detector, rule or correction": found["id"].where(found["id"] != "", named),
    }
    where = found[["file", "sheet", ROW, COLUMN]]
    filled = [name for name in where if (where[name] != "").any()]
    return pd.concat([where[filled], printed, pd.DataFrame(ours)], axis=1)
