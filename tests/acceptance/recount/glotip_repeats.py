"""Cells that UNODC's file prints several times, in adjacent rows: which of them are sums."""

from collections import Counter

import pandas as pd

from recount.figures import CODES, figure

Cell = dict[str, str]
Texts = dict[tuple[str, ...], list[str]]


def is_sum(cell: Cell, rows: pd.DataFrame, texts: Texts) -> bool:
    """Return whether the figure of a cell is the sum of its rows; otherwise it is not known.

    `texts` has what is printed in every cell.
    """
    printed = list(rows["value_raw"])
    if set(rows["number"].diff()[1:]) != {1} or len(set(rows["label"])) > 1:
        return False
    if cell["indicator"] == "VIC_DETECT" and cell["exploitation"] == "OTH":
        return _are_sub_forms(printed, _in(texts, cell, exploitation="_T"))
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


def _are_sub_forms(printed: list[str], total: list[str]) -> bool:
    """Return whether rows of other forms of exploitation add up, beside the total of all forms.

    They do not where all are one exact figure, which may be printed twice, and where the total
    contradicts them: a row reaches it, or all together exceed it.
    """
    if len(set(printed)) == 1 and "<" not in printed[0]:
        return False
    lowers = [figure(text)[1] for text in printed]
    most = min((figure(text)[2] for text in total), default=float("inf"))
    return max(lowers) < most and sum(lowers) <= most
