"""Checks of the figures that are new in a release, in a new year or an old one."""

from collections.abc import Iterator
from typing import Final

import pandas as pd

from pipelines.harmonised.guard import words
from pipelines.harmonised.guard.levels import LEAST_SUM, factors, times
from pipelines.harmonised.guard.likeness import LEAST
from pipelines.harmonised.guard.pairs import NEW, cell_columns
from schemas.observation import DISAGGREGATIONS

NEXT_YEAR: Final = 3.0
"""Factor between the new figures of a year and those of the nearest year of the same series."""
NEXT_YEAR_ALONE: Final = 5.0
"""The same where fewer than `SEVERAL` series have both years."""
NEXT_YEAR_OF_AREA: Final = 8.0
"""The same for one area and at least `SEVERAL` series: a state varies more than all together."""
SEVERAL: Final = 5

BEYOND: Final = 10.0
"""Factor between a new figure and the largest of its area and indicator."""
HIGH: Final = 0.9
"""Quantile of an indicator's current figures that the first figure of an area may reach."""

COPIED: Final = 1 / 3
"""Share of a year's figures that may be those of the nearest year; of the years of UNODC 10 %."""
FEWEST_FIGURES: Final = 12
"""Least number of figures of a year to look for copies and for the share of women."""
WOMEN: Final = 0.4
"""Difference that the share of women may have between two years; Colombia's of 2025 has 0.3."""
ABSENT: Final = 0.25
"""Share of the last year's totals whose states may have no figure in a later year."""
FEWEST_IN_YEAR: Final = 5
"""Least number of figures that a category had in the last year, to be missed in a later one."""
ZEROS: Final = 5
"""Least number of areas whose new figures of an old year are all 0, which few counts are."""


def doubts(pairs: pd.DataFrame) -> Iterator[str]:
    """Name what looks wrong in the new figures, one line each."""
    steps = _steps(pairs)
    known = steps.dropna(subset=["value_before"])
    for by, most, alone in (
        (["indicator", "year"], NEXT_YEAR, NEXT_YEAR_ALONE),
        (["ref_area", "indicator", "year"], NEXT_YEAR_OF_AREA, float("inf")),
    ):
        lines = [*_jumps(known, by, most, alone)]
        yield from lines[: words.NAMED]
        if lines:
            break
    yield from _first_figures(steps[steps["value_before"].isna()], pairs)
    yield from _copies(known)
    yield from _sexes(known)
    yield from _zeros(pairs)


def _steps(pairs: pd.DataFrame) -> pd.DataFrame:
    """Return the new figures, each with that of the nearest year that its series has now.

    `value_before` is missing where the series has none. Months are compared with the same months.
    """
    series = [name for name in cell_columns(pairs) if name != "time_period"]
    numbered = pairs.assign(
        part=pairs["time_period"].str[4:],
        at=pairs["year"].astype(int),
        figure=pairs["value"].fillna(pairs["value_before"]),
    ).dropna(subset=["figure"])
    numbered = numbered.assign(series=numbered.groupby([*series, "part"]).ngroup())
    is_new = numbered["found"] == NEW
    current = numbered.loc[~is_new, ["series", "at", "figure"]]
    return pd.merge_asof(
        numbered[is_new].drop(columns="value_before").sort_values("at"),
        current.rename(columns={"figure": "value_before"}).sort_values("at"),
        on="at", by="series", direction="nearest",
    )  # fmt: skip


def _jumps(steps: pd.DataFrame, by: list[str], most: float, alone: float) -> Iterator[str]:
    """Name the groups of new figures whose sum is far from that of the nearest years."""
    found = factors(steps, by, most)
    few = found["series"] < SEVERAL
    found = found[~(few & found["factor"].between(1 / alone, alone))]
    for row in found.itertuples():
        group = words.labels(by[:-1], [getattr(row, name) for name in by[:-1]])
        yield (
            f"{group} of {row.year}: {times(row.factor)} that of the nearest year "
            f"({row.before:,.0f} and {row.now:,.0f}, where both are known)"
        )


def _first_figures(first: pd.DataFrame, pairs: pd.DataFrame) -> Iterator[str]:
    """Name the largest first figure of a series that is far above those of its indicator."""
    current = pairs[pairs["found"] != NEW].dropna(subset=["value_before"])
    of_area = current.groupby(["ref_area", "indicator"])["value_before"].max() * BEYOND
    totals = current[current["is_total"]]
    of_all = totals.groupby("indicator")["value_before"].quantile(HIGH)
    first = first.join(of_area.rename("most"), on=["ref_area", "indicator"])
    first = first.join(of_all.rename("most_of_all"), on="indicator")
    first = first.assign(most=first["most"].fillna(first["most_of_all"]))
    high = first[(first["value"] > first["most"]) & (first["value"] >= LEAST_SUM)]
    if len(high):
        row = high.loc[high["value"].idxmax()]
        where = words.labels(["ref_area", "indicator"], row[["ref_area", "indicator"]])
        yield (
            f"has {len(high):,} figures of new series that are far above those of their indicator, "
            f"such as {where} of {row['time_period']}: {row['value']:,.0f}"
        )


def _copies(steps: pd.DataFrame) -> Iterator[str]:
    """Name the years whose new figures are to a large part those of the nearest year."""
    large = steps[steps["value"] >= LEAST]
    is_copy = large["value"] == large["value_before"]
    for year, copied in is_copy.groupby(large["year"], sort=True):
        if len(copied) >= FEWEST_FIGURES and copied.mean() > COPIED:
            yield (
                f"{copied.sum():,} of the {len(copied):,} new figures of {year} are those of the "
                "nearest year"
            )


def _sexes(steps: pd.DataFrame) -> Iterator[str]:
    """Name the years in which the share of women is far from that of the nearest year."""
    by_sex = steps[steps["sex"].isin(["F", "M"])]
    women = by_sex[["value", "value_before"]].where(by_sex["sex"] == "F", 0)
    groups = [by_sex["indicator"], by_sex["year"]]
    everybody = by_sex.groupby(groups)[["value", "value_before"]].sum()
    shares = women.groupby(groups).sum() / everybody
    is_much = (everybody >= LEAST_SUM).all(axis=1) & (
        by_sex.groupby(groups).size() >= FEWEST_FIGURES
    )
    is_far = (shares["value"] - shares["value_before"]).abs() > WOMEN
    for (indicator, year), share in shares[is_much & is_far].iterrows():
        yield (
            f"{words.label('indicator', indicator)} of {year}: {share['value']:.0%} are women or "
            f"girls, in the nearest year {share['value_before']:.0%}"
        )


def _zeros(pairs: pd.DataFrame) -> Iterator[str]:
    """Name the columns of an old year whose new figures are all 0, as where no state reported."""
    last = pairs[pairs["found"] != NEW].groupby("indicator")["year"].max()
    is_old = pairs["year"] <= pairs["indicator"].map(last)
    new = pairs[(pairs["found"] == NEW) & is_old & pairs["lower"].notna()]
    column = [name for name in cell_columns(pairs) if name != "ref_area"]
    is_zero = (new["value"] == 0).groupby([new[name] for name in column]).agg(["all", "size"])
    for place in is_zero[is_zero["all"] & (is_zero["size"] >= ZEROS)].index.to_frame().itertuples():
        parts = [name for name in ("indicator", *DISAGGREGATIONS) if getattr(place, name) != "_T"]
        what = words.labels(parts, [getattr(place, name) for name in parts])
        areas = is_zero.loc[place.Index, "size"]
        yield f"{what} of {place.time_period}: the new figures, of {areas} areas, are all 0"


def missed(pairs: pd.DataFrame, quarantined: pd.DataFrame) -> Iterator[str]:
    """Name the categories and subdivisions that the last year had and the years after it lack."""
    for (indicator, _), figures in pairs.groupby(["indicator", "freq"], sort=True):
        last = figures.loc[figures["found"] != NEW, "time_period"].max()
        later = figures[(figures["found"] == NEW) & (figures["time_period"] > last)]
        if later.empty:
            continue
        year = figures[(figures["found"] != NEW) & (figures["year"] == str(last)[:4])]
        printed = quarantined[quarantined["indicator"] == indicator]
        printed = printed[printed["time_period"].astype("str") > last]
        for name in ("sex", "age", "exploitation", "ref_area"):
            had = year[name].value_counts()
            had = had[had >= FEWEST_IN_YEAR]
            if name == "ref_area":  # states come and go in an international collection
                had = had[had.index.str.contains("-")]
            has = {*later[name], *printed[name]}
            if lost := [words.label(name, part) for part in sorted(had.index) if part not in has]:
                what = words.label("indicator", indicator)
                there = words.some([words.label(name, part) for part in sorted({*later[name]})])
                yield (
                    f"{what}: {words.runs(later['time_period'].unique())} has figures for {there}, "
                    f"but none for {words.some(lost)}, as {last} has"
                )


def absent_states(pairs: pd.DataFrame, quarantined: pd.DataFrame) -> Iterator[str]:
    """Name the states that the last year had, if many, and a later year has no figure of."""
    current = pairs[(pairs["found"] != NEW) & ~pairs["ref_area"].str.contains("-")]
    last = current["year"].max()
    totals = current[(current["year"] == last) & current["is_total"]]
    sums = totals.groupby("ref_area")["value_before"].sum()
    later = pairs[(pairs["found"] == NEW) & (pairs["year"] > last)]
    for year, new in later.groupby("year", sort=True) if len(sums) >= SEVERAL else []:
        printed = quarantined[quarantined["time_period"].astype("str").str[:4] == year]
        absent = sums[~sums.index.isin([*new["ref_area"], *printed["ref_area"]])]
        if absent.sum() > ABSENT * sums.sum():
            names = [words.label("ref_area", area) for area in absent.sort_values().index[::-1]]
            yield f"{year} has no figures for {words.some(names)}, as {last} has"
