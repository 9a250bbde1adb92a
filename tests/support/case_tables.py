"""Synthetic cells of the finest grain, plans, and a reader who attacks what is printed."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

import numpy as np
import pandas as pd
import scipy.sparse as sp
from scipy.optimize import linprog

from pipelines.cases.protect import Policy, protect

STATE = "BRA"
COLUMNS = (
    "indicator", "ref_area", "time_period", "sex", "age", "exploitation", "citizenship", "count",
)  # fmt: skip
BREAKDOWNS = ("sex", "age", "exploitation")
PREFIXES = ("BR-", "S", "Y", "E")
"""Beginnings of the codes of areas, sexes, ages and forms of exploitation."""


class Table(NamedTuple):
    """A planned table."""

    scope: str
    dimensions: tuple[str, ...]


def plan(nation: int, area: int) -> list[Table]:
    """Return the tables that cross so many dimensions, and their margins; -1 for none."""
    return [
        Table(scope, dimensions)
        for scope, most in (("nation", nation), ("area", area))
        for size in range(most + 1)
        for dimensions in combinations(BREAKDOWNS, size)
        if not (scope == "area" and {"age", "exploitation"} <= set(dimensions))
    ]


def random_cells(
    seed: int,
    shape: tuple[int, ...] = (4, 2, 3, 4),
    victims: int = 500,
    indicator: str = "V",
    *,
    unknown: bool = False,
) -> pd.DataFrame:
    """Return cells of one year with as many victims, unevenly spread: areas, sex, age, form.

    With `unknown`, the last area, sex and age are those of persons of whom it is not known.
    """
    random = np.random.default_rng(seed)
    share = random.gamma(2, 1, shape)
    for axis, size in enumerate(shape):
        weights = random.permutation(1 / np.arange(1, size + 1) ** 1.2)
        share *= weights.reshape([-1 if each == axis else 1 for each in range(len(shape))])
    counts = random.poisson(share / share.sum() * victims)
    codes = [
        [f"{name}{n:02}" for n in range(size)] for name, size in zip(PREFIXES, shape, strict=True)
    ]
    for of_dimension in codes[: 3 * unknown]:
        of_dimension[-1] = "_U"
    places = np.nonzero(counts)
    area, sex, age, form = (np.array(each)[at] for each, at in zip(codes, places, strict=True))
    return pd.DataFrame(
        {
            "indicator": indicator, "ref_area": area, "time_period": "2020", "sex": sex, "age": age,
            "exploitation": form, "citizenship": "_T", "count": counts[places],
        }
    )  # fmt: skip


def by_area(counts: Sequence[int]) -> pd.DataFrame:
    """Return cells of areas alone, with these counts."""
    rows = [("V", f"BR-{n:02}", "2020", *["_T"] * 4, count) for n, count in enumerate(counts)]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def with_late_cases(cells: pd.DataFrame, seed: int, cases: int) -> pd.DataFrame:
    """Return the cells with some cases more, in cells that had some."""
    random = np.random.default_rng(seed)
    share = cells["count"].to_numpy() / cells["count"].sum()
    return cells.assign(count=cells["count"] + random.multinomial(cases, share))


def releases(cells: Sequence[pd.DataFrame], tables: Sequence[Table]) -> pd.DataFrame:
    """Return the printed tables of releases that follow each other, all together."""
    printed: pd.DataFrame | None = None
    for number, each in enumerate(cells, 1):
        new = protect(each, tables, Policy(STATE, f"202{number}-06-30"), printed)
        printed = new if printed is None else pd.concat([printed, new], ignore_index=True)
    assert printed is not None
    return printed


def statuses(printed: pd.DataFrame) -> Mapping[str, str]:
    """Return the conf_status by area of printed figures of areas alone."""
    return dict(zip(printed["ref_area"], printed["conf_status"], strict=True))


class Reader:
    """A reader with a linear programme: every print of a block, all releases, cases only added.

    Written apart from the code that it attacks: it builds its own sums from the printed codes. With
    `unknown`, it knows that of some persons the area is not known; with `persons`, that each is
    counted by one of these sets of indicators.
    """

    def __init__(
        self,
        printed: pd.DataFrame,
        *,
        unknown: bool = False,
        persons: Sequence[Collection[str]] = (),
    ) -> None:
        self.rows = printed.reset_index(drop=True)
        cells = self.rows[["ref_area", *BREAKDOWNS, "citizenship"]]
        finest = [sorted(set(cells[name]) - {"_T", STATE}) or [cells[name][0]] for name in cells]
        finest[0] += ["_U"] * unknown
        grid = np.meshgrid(*[np.arange(len(codes)) for codes in finest], indexing="ij")
        base = [np.array(codes)[axis.ravel()] for codes, axis in zip(finest, grid, strict=True)]
        order = sorted(set(self.rows["release"]))
        persons = persons or [set(self.rows["indicator"])]
        sums = np.zeros((len(cells), len(order), len(persons), len(base[0])))
        for place, (cell, release, indicator) in enumerate(
            zip(
                cells.itertuples(index=False), self.rows["release"], self.rows["indicator"],
                strict=True,
            )
        ):  # fmt: skip
            inside = np.ones(len(base[0]), dtype=bool)
            for code, codes in zip(cell, base, strict=True):
                inside &= (codes == code) | (code in ("_T", STATE))
            counted = np.array([indicator in each for each in persons])
            sums[place, : order.index(release) + 1] = np.outer(counted, inside)
        sums = sums.reshape(len(cells), -1)
        exact = self.rows["value"].notna()
        low = self.rows["value"].where(exact, self.rows["lower"])
        high = self.rows["value"].where(exact, self.rows["upper"])
        self.low = low.astype(float).to_numpy()
        self.high = high.astype("Float64").to_numpy(dtype=float, na_value=np.inf)
        exact, bounded = self.low == self.high, np.isfinite(self.high)
        self.sums, self.equal = sums, (sp.csr_array(sums[exact]), self.low[exact])
        loose = [sums[bounded & ~exact], -sums[~exact]]
        ends = [self.high[bounded & ~exact], -self.low[~exact]]
        self.limits = sp.csr_array(np.vstack(loose)), np.concatenate(ends)

    def interval(self, place: int) -> tuple[float, float]:
        """Return the least and the greatest value that a figure can have."""
        ends = []
        for sign in (1, -1):
            found = linprog(sign * self.sums[place], *self.limits, *self.equal)
            assert found.status in (0, 3), found.message
            ends.append(sign * found.fun if found.status == 0 else np.inf)
        return ends[0], ends[1]

    def few(self, place: int) -> int:
        """Return the count below which a figure is small."""
        row = self.rows.loc[place]
        divided = [name for name in (*BREAKDOWNS, "citizenship") if row[name] != "_T"]
        is_coarse = len(divided) < 2 or divided == ["sex", "age"]
        return 5 if is_coarse and row["ref_area"] == STATE else 10

    def narrow(self) -> Iterator[str]:
        """Yield the hidden figures that are narrower than their print, a line each."""
        for place, status in enumerate(self.rows["conf_status"]):
            if status == "F":
                continue
            least, greatest = self.interval(place)
            low, high = {
                "S": (least, least + 1),
                "C": (self.low[place], min(self.high[place], self.few(place))),
            }.get(status, (self.low[place], self.high[place]))
            if least > low + 1e-6 or greatest < high - 1e-6:
                yield f"{tuple(self.rows.loc[place])}: {least} to {greatest}"
