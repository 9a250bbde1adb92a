"""Cells that UNODC's file prints several times, in adjacent rows: which of them are sums."""

from collections import Counter

import pandas as pd

from recount.figures import CODES, figure

Cell = dict[str, str]
Texts = dict[tuple[str, ...], list[str]]
Interval = tuple[float, float]


def texts_of(figures: pd.DataFrame) -> Texts:
    """What a release prints in each cell, a text a row."""
    return {
        tuple(cell): text.split(" + ")
        for *cell, text in figures[[*CODES, "value_raw"]].itertuples(index=False)
    }


def is_sum(cell: Cell, rows: pd.DataFrame, texts: Texts, before: list[str]) -> bool:
    """Return whether the figure of a cell is the sum of its rows; otherwise it is not known.

    `texts` has what is printed in every cell, `before` what the release before printed in this.
    """
    printed, least = list(rows["value_raw"]), rows["least"].iloc[0]
    if set(rows["number"].diff()[1:]) != {1} or len(set(rows["label"])) > 1:
        return False
    if cell["indicator"] == "VIC_DETECT" and cell["exploitation"] == "OTH":
        forms = {
            form: [_interval(text, least) for text in _in(texts, cell, exploitation=form)]
            for form in ("_T", "SX", "FL")
        }
        each = [_interval(text, least) for text in printed]
        new = [_interval(text, least) for text in printed if text not in before]
        return _are_sub_forms(each, forms["_T"]) and not _one_is_a_sum(each, new, forms, before)
    is_of_one_sex = cell["sex"] != "_T" and cell["age"] == "_T"
    if is_of_one_sex and cell["exploitation"] == cell["citizenship"] == "_T":
        ages = [_in(texts, cell, age=age) for age in ("Y0T17", "Y_GE18")]
        both = [text for each in ages for text in each]
        return all(len(each) == 1 for each in ages) and Counter(printed) == Counter(both)
    return False


def _in(texts: Texts, cell: Cell, **other: str) -> list[str]:
    """Return the printed texts of the cell with some other codes."""
    changed = {**cell, **other}
    return texts.get(tuple(changed[name] for name in CODES), [])


def _interval(text: str, least: float) -> Interval:
    return figure(text, least=least)[1:3]


def _are_sub_forms(rows: list[Interval], total: list[Interval]) -> bool:
    """Return whether rows of other forms of exploitation add up, beside the total of all forms.

    They do not where all are one exact figure, which may be printed twice, and where the total
    contradicts them: a row reaches it, or all together exceed it. Noughts add up to nought.
    """
    if all(most == 0 for _, most in rows):
        return True
    if len(set(rows)) == 1 and rows[0][0] == rows[0][1]:
        return False
    lowers = [lower for lower, _ in rows]
    most = min((upper for _, upper in total), default=float("inf"))
    return max(lowers) < most and sum(lowers) <= most


def _one_is_a_sum(
    rows: list[Interval], new: list[Interval], forms: dict[str, list[Interval]], before: list[str]
) -> bool:
    """Return whether a row that is new is the sum that the release before printed in parts.

    It is where the rows exceed the total, together with the other forms, while that row alone
    meets it and lies within the earlier sum.
    """
    if not before or any(len(each) != 1 for each in forms.values()):
        return False
    total, others = forms["_T"][0], _sum([forms["SX"][0], forms["FL"][0]])
    earlier = _sum([_interval(text, 0) for text in before])
    return _sum([others, *rows])[0] > total[1] and any(
        earlier[0] <= row[0] <= row[1] <= earlier[1] and _overlap(_sum([others, row]), total)
        for row in new
    )


def _sum(intervals: list[Interval]) -> Interval:
    return (sum(lower for lower, _ in intervals), sum(upper for _, upper in intervals))


def _overlap(one: Interval, other: Interval) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]
