"""Read columns of printed figures, each distinct text once."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from pipelines.raw import recalls
from pipelines.reader.coded_columns import replaced
from pipelines.reader.reshape import UNREADABLE
from schemas import codelists
from schemas.figure import PLUS, Figure, FigureError, parse, parse_sum
from schemas.observation_rules import NO_FIGURE, SENTINELS, STAND_IN

FigureColumns = dict[str, pd.Categorical | np.ndarray]
"""The contract's columns value_raw, value, lower, upper, obs_status and conf_status."""

_NUMBERS = ["value", "lower", "upper"]


def least_hidden(printed: pd.Series, *, zeros_printed: bool) -> int:
    """Return the least count that `<5` may hide in a column of texts.

    It is 1 where the source prints its zeros (`zeros_printed`) and the column has some, one for ten
    hidden figures at least: a single zero may be a slip.
    """
    if not zeros_printed:
        return 0
    counts = printed.value_counts()
    hidden = int(counts[counts.index.str.fullmatch(r"<\s?\d+")].sum())
    return int(counts.get("0", 0) > 0 and counts.get("0", 0) >= hidden / 10)


def read_figures(
    printed: pd.Series, locale: str, least: int = 0
) -> tuple[FigureColumns, dict[int, tuple[str, str]]]:
    """Return the figures of a categorical column of texts, and its refused categories.

    `least` is the least count that `<5` may hide.
    A refused category has its rule and a message: figure_has_one_reading for a text that has none
    or several, no_stand_in_for_no_answer, or figure_was_not_recalled.
    """
    texts, codes = printed.cat.categories, printed.cat.codes.to_numpy()
    figures, refused = [], {}
    for position, text in enumerate(texts):
        try:
            figures.append(parse(text, locale, least))
        except FigureError as error:
            figures.append(parse(""))
            rule, reason = "figure_has_one_reading", str(error)
            if text == recalls.RECALLED:
                rule, reason = recalls.RULE, "taken back by 'tipstat recall'; see data/recalls.csv"
            elif text == UNREADABLE:
                reason = (
                    "not read as a figure, and hidden, since it may be small; see the file itself"
                )
            refused[position] = (rule, reason)
        if figures[-1].value in SENTINELS:
            refused[position] = ("no_stand_in_for_no_answer", f"{STAND_IN}: {NO_FIGURE}")
    table = pd.DataFrame(figures, columns=[*_NUMBERS, "obs_status", "conf_status"])
    numbers = table[_NUMBERS].to_numpy(dtype=float)[codes]
    conf_status = pd.Categorical(table["conf_status"], dtype=codelists.dtype("conf_status"))
    columns: FigureColumns = {
        "value_raw": printed.array,
        **dict(zip(_NUMBERS, numbers.T, strict=True)),
        "obs_status": pd.Categorical(table["obs_status"]).take(codes),
        "conf_status": conf_status.take(codes),
    }
    return columns, refused


def with_sums(
    figure: Mapping[str, pd.Categorical | np.ndarray],
    groups: Sequence[Sequence[int]],
    locale: str,
    least: int = 0,
) -> FigureColumns:
    """Return columns of figures with the sum of each group of rows in its first row.

    Bounds are added up; `value_raw` joins the printed texts with ` + `.
    """
    texts = pd.Series(figure["value_raw"]).astype(str)
    joined = [PLUS.join(texts.iloc[list(group)]) for group in groups]
    sums = [parse_sum(text, locale, least) for text in joined]
    read = pd.DataFrame(sums, columns=Figure._fields).astype({"value": float})
    new = {"value_raw": joined, **read.to_dict("list")}
    first = [group[0] for group in groups]
    return {name: replaced(figure[name], first, new[name]) for name in figure}
