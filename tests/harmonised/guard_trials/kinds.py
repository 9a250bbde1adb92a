"""False releases made of a true one: each as a slip of a publisher would make it."""

from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

import numpy as np
import pandas as pd

from guard_trials.replay import Cut
from pipelines.harmonised.guard import Doubt, words
from pipelines.sources import discover

LEAST_UNLIKE: Final = 1.2
"""Factor between two labels' sums from which their exchange is a fault to be found."""
DIVISIONS: Final = ("sex", "age", "exploitation")
_CHANGED: Final = frozenset({"scale", "sum", "other_source"})


class Fault(NamedTuple):
    """What a line must say to name a fault: a kind of doubt, and its place where there is one."""

    kinds: frozenset[str]
    areas: frozenset[str] = frozenset()
    periods: frozenset[str] = frozenset()
    labels: tuple[str, ...] = ()

    def is_named(self, doubt: Doubt) -> bool:
        """Return whether a doubt names it; a doubt of all areas names an area of theirs."""
        return (
            doubt.kind in self.kinds
            and (not self.areas or doubt.ref_area in {*self.areas, ""})
            and (not self.periods or doubt.time_period in {*self.periods, ""})
            and all(label in doubt.says for label in self.labels)
        )


class FalseRelease(NamedTuple):
    """A false release, and the fault in it."""

    after: pd.DataFrame
    fault: Fault


def name(make: "Make") -> str:
    """Return the name of a kind: the docstring of its function."""
    text = make.__doc__ or ""
    return text[:1].lower() + text[1:].rstrip(".")


Make = Callable[[Cut, np.random.Generator], Iterator[FalseRelease]]


def with_figures(rows: pd.DataFrame, here: pd.Series, values: object) -> pd.DataFrame:
    """Return rows with other exact figures in some of them."""
    rows = rows.copy()
    rows.loc[here, "value"] = values
    for name in ("lower", "upper"):
        if name in rows:
            rows[name] = rows[name].where(~here, rows["value"])
    rows["value_raw"] = rows["value_raw"].where(~here, rows["value"].map("{:.10g}".format))
    return rows


def _times(cut: Cut, here: pd.Series, factor: float, *kinds: str) -> FalseRelease:
    values = cut.after.loc[here, "value"] * factor
    decimals = np.where(cut.after.loc[here, "value"] % 1 == 0, 0, 2)
    rounded = np.where(decimals == 0, values.round(), values.round(2))
    areas = frozenset(cut.after.loc[here, "ref_area"])
    fault = Fault(frozenset(kinds or _CHANGED), areas, _periods(cut))
    return FalseRelease(with_figures(cut.after, here, rounded), fault)


def _periods(cut: Cut) -> frozenset[str]:
    return frozenset(cut.after.loc[cut.is_new, "time_period"])


def _one(rows: pd.DataFrame, at: object) -> pd.Series:
    return pd.Series(rows.index == at, index=rows.index)


def tenfold(cut: Cut, rng: np.random.Generator) -> Iterator[FalseRelease]:
    """New period times 10."""
    if cut.after.loc[cut.number, "value"].max() > 0:
        yield _times(cut, cut.number, 10)


def one_tenfold(cut: Cut, rng: np.random.Generator) -> Iterator[FalseRelease]:
    """Largest new figure times 10."""
    values = cut.after.loc[cut.number, "value"]
    if len(values) > 1 and values.max() > 0:
        yield _times(cut, _one(cut.after, values.idxmax()), 10)


def threefold(cut: Cut, rng: np.random.Generator) -> Iterator[FalseRelease]:
    """New period times 2.9."""
    if cut.after.loc[cut.number, "value"].max() > 0:
        yield _times(cut, cut.number, 2.9)


def copied(cut: Cut, rng: np.random.Generator) -> Iterator[FalseRelease]:
    """Copied from the period before."""
    series = [name for name in cut.cell if name != "time_period"]
    known = cut.after[~cut.is_new & cut.after["value"].notna()].assign(part="")
    new = cut.after[cut.number].assign(part="")
    if cut.name[4:]:  # months: the block before
        block = pd.Series(np.sort(new["time_period"].unique()))
        start = pd.PeriodIndex([block[0]], freq="M")[0]
        shift = {str(start + n): str(start + n - len(block)) for n in range(len(block))}
        known, new = (known.assign(part=known["time_period"]),
                      new.assign(part=new["time_period"].map(shift)))  # fmt: skip
    last = known.sort_values("time_period").drop_duplicates([*series, "part"], keep="last")
    there = last.set_index([*series, "part"])["value"]
    values = there.reindex(pd.MultiIndex.from_frame(new[[*series, "part"]])).to_numpy()
    found = ~np.isnan(values)
    is_unlike = (values != new["value"].to_numpy())[found].any()
    if is_unlike and values[found].max() > 0:
        here = cut.number & cut.after.index.isin(new.index[found])
        fault = Fault(frozenset({"copied"}), periods=_periods(cut))
        yield FalseRelease(with_figures(cut.after, here, values[found]), fault)


def zeros(cut: Cut, rng: np.random.Generator) -> Iterator[FalseRelease]:
    """Largest area all zeros."""
    sums = cut.after[cut.number].groupby("ref_area")["value"].sum()
    parts = sums[sums.index.str.contains("-")]
    largest = parts if len(parts) else sums
    if largest.max() > 0:
        here = cut.number & (cut.after["ref_area"] == largest.idxmax())
        yield _times(cut, here, 0, "scale", "sum", "category")


def lost(cut: Cut, rng: np.random.Generator) -> Iterator[FalseRelease]:
    """Category lost."""
    if discover()[cut.source].source.typed:
        return
    for name in (*DIVISIONS, "indicator"):
        if name not in cut.after:
            continue
        new = cut.after[cut.number]
        sizes = new.loc[new[name] != "_T", name].value_counts()
        if len(sizes) > 1:
            gone = cut.is_new & (cut.after[name] == sizes.index[0])
            fault = Fault(frozenset({"category"}), labels=(words.label(name, sizes.index[0]),))
            yield FalseRelease(cut.after[~gone].reset_index(drop=True), fault)
            return


def _exchanged(cut: Cut, name: str) -> Iterator[FalseRelease]:
    """Yield the release with the two largest labels of its new figures exchanged."""
    if name not in cut.after:
        return
    new = cut.after[cut.number & ~cut.after[name].isin(["_T", "_U", "_Z"])]
    sums = new.groupby(name)["value"].sum().nlargest(2)
    if len(sums) == 2 and sums.iloc[0] >= LEAST_UNLIKE * sums.iloc[1]:
        one, other = sums.index
        rows = cut.after.copy()
        labels = rows.loc[cut.is_new, name].replace({one: other, other: one})
        rows.loc[cut.is_new, name] = labels
        named = (words.label(name, one), words.label(name, other))
        yield FalseRelease(
            rows, Fault(frozenset({"exchanged"}), periods=_periods(cut), labels=named)
        )


def sexes(cut: Cut, rng: np.random.Generator) -> Iterator[FalseRelease]:
    """Women and men exchanged."""
    yield from _exchanged(cut, "sex")


def ages(cut: Cut, rng: np.random.Generator) -> Iterator[FalseRelease]:
    """Two ages exchanged."""
    yield from _exchanged(cut, "age")


def forms(cut: Cut, rng: np.random.Generator) -> Iterator[FalseRelease]:
    """Two forms exchanged."""
    yield from _exchanged(cut, "exploitation")


def _digits(
    cut: Cut, at: object, rng: np.random.Generator, kinds: frozenset[str]
) -> Iterator[FalseRelease]:
    """Yield the release with two neighbouring digits of a figure exchanged."""
    row = cut.after.loc[at]
    decimals = 0 if row["value"] % 1 == 0 else 2
    text = f"{row['value'] * 10**decimals:.0f}"
    swapped = {text[:n] + text[n + 1] + text[n] + text[n + 2 :] for n in range(len(text) - 1)}
    usable = sorted(each for each in swapped - {text} if each[0] != "0")
    if usable:
        figure = int(rng.choice(usable)) / 10**decimals
        fault = Fault(kinds, frozenset({row["ref_area"]}), frozenset({row["time_period"]}))
        yield FalseRelease(with_figures(cut.after, _one(cut.after, at), figure), fault)


def printed_digits(cut: Cut, rng: np.random.Generator) -> Iterator[FalseRelease]:
    """Digits exchanged in a printed figure."""
    known = cut.after[~cut.is_new & cut.after["value"].notna()]
    if len(known):
        last = known[known["time_period"] == known["time_period"].max()]
        yield from _digits(cut, last["value"].idxmax(), rng, frozenset({"revised"}))


def new_digits(cut: Cut, rng: np.random.Generator) -> Iterator[FalseRelease]:
    """Digits exchanged in a new figure."""
    yield from _digits(cut, cut.after.loc[cut.number, "value"].idxmax(), rng, _CHANGED)


KINDS: Final[tuple[Make, ...]] = (
    tenfold, one_tenfold, threefold, copied, sexes, ages, forms, zeros, lost, printed_digits,
    new_digits,
)  # fmt: skip
UNSEEN: Final = (threefold, new_digits)
"""Kinds that lie within the usual steps of many sources; a target of their own has none."""
