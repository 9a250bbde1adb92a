"""Plant defects of known kinds into a file of figures."""

from collections.abc import Callable, Iterator
from itertools import chain, islice, zip_longest
from typing import NamedTuple

import numpy as np
import pandas as pd

from pipelines.intake.detectors.coincidence import coincidences
from pipelines.intake.detectors.digit_slip import LEAST, WIDEST, slips
from pipelines.intake.detectors.figures import PERSONS, PLACE, SMALLEST, placed, turned, yearly
from pipelines.intake.detectors.sums import CELL, sums

MANY = 4
"""Independent figures that a table of one area needs to be more than chance."""

KEY = ["ref_area", "indicator", "year", "part", *PERSONS]
TABLE = ["ref_area", "indicator", "year", "dimension"]
NEW = [*PLACE, "ref_area", "value"]


class Sound(NamedTuple):
    """A file into which defects are planted.

    Attributes:
        figures: as `figures_of` returns them.
        before: those of the previous release, or None.
        counts: its yearly figures without the areas and years of findings.
        tables: its yearly figures without the tables of findings over all areas.
        old: the yearly figures of the previous release.
    """

    figures: pd.DataFrame
    before: pd.DataFrame | None
    counts: pd.DataFrame
    tables: pd.DataFrame
    old: pd.DataFrame | None


class Planted(NamedTuple):
    """One defect.

    Attributes:
        new: row, column, ref_area and value of the changed figures.
        independent: number of its independent figures.
        added: additional rows, as in `figures`.
        year: year of a table over all areas.
    """

    new: pd.DataFrame
    independent: int = 0
    added: pd.DataFrame | None = None
    year: int = 0


Kind = Callable[[Sound, np.random.Generator], Iterator[Planted]]


def sound(figures: pd.DataFrame, before: pd.DataFrame | None, found: pd.DataFrame) -> Sound:
    """Return a file with the figures in which defects can be planted; `found` are its findings."""
    counts = yearly(placed(figures))
    old = None if before is None else yearly(placed(before))
    of_tables = found[found["detector"].isin(["COPIED_TABLE", "MARGIN_IS_MARGIN"])]
    false = counts.merge(of_tables[PLACE], on=PLACE)
    areas = counts.merge(found[PLACE], on=PLACE)
    tables = _without(counts, false, ["indicator", "year", "kind"])
    return Sound(figures, before, _without(counts, areas, ["ref_area", "year"]), tables, old)


def _without(counts: pd.DataFrame, found: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    known = pd.MultiIndex.from_frame(found[by])
    return counts[~pd.MultiIndex.from_frame(counts[by]).isin(known)]


def with_defects(file: Sound, defects: list[Planted]) -> pd.DataFrame:
    """The figures with defects planted."""
    new = pd.concat(each.new for each in defects).set_index(PLACE)["value"]
    places = pd.MultiIndex.from_frame(file.figures[PLACE])
    value = new.reindex(places).to_numpy()
    figures = file.figures.copy()
    changed = ~np.isnan(value)
    for name in ("value", "lower", "upper"):
        figures[name] = np.where(changed, value, figures[name])
    return pd.concat([figures, *(each.added for each in defects)], ignore_index=True)


def _single(counts: pd.DataFrame) -> pd.DataFrame:
    return counts.loc[counts["single"], [*PLACE, *KEY, "dimension", "level", "kind", "value"]]


def _source(counts: pd.DataFrame) -> pd.DataFrame:
    """Figures that may be printed in place of others."""
    return counts.loc[counts["single"], [*KEY, "value"]].rename(columns={"value": "source"})


def _tables(pairs: pd.DataFrame, table: list[str], rng: np.random.Generator) -> Iterator[Planted]:
    """Defects of pairs of a figure and its replacement, `source`: one for each table.

    Tables with few and with many independent figures come in turn.
    """
    different = pairs.assign(equal=False, chance=1.0, value=pairs["source"])
    independent = coincidences(different, table).set_index(table)["compared"]
    groups = different.groupby(table).indices
    few, many = (independent[here] for here in (independent < MANY, independent >= MANY))
    shuffled = [each.sample(frac=1, random_state=rng).items() for each in (few, many)]
    for name, number in chain.from_iterable(zip_longest(*shuffled, fillvalue=(None, 0))):
        if name is not None:
            yield Planted(different.iloc[groups[name]][NEW], number)


def other_indicator(file: Sound, rng: np.random.Generator) -> Iterator[Planted]:
    """A table of an area that is another indicator's."""
    source = _source(file.counts).rename(columns={"indicator": "other"})
    pairs = _single(file.counts).merge(source, on=[name for name in KEY if name != "indicator"])
    pairs = pairs[pairs["indicator"] != pairs["other"]]
    yield from _tables(pairs, [*TABLE, "other"], rng)


def other_indicator_before(file: Sound, rng: np.random.Generator) -> Iterator[Planted]:
    """A table of an area that is another indicator's of the year before."""
    source = _source(file.counts).rename(columns={"indicator": "other"})
    source = source.assign(year=source["year"] + 1)
    pairs = _single(file.counts).merge(source, on=[name for name in KEY if name != "indicator"])
    pairs = pairs[pairs["indicator"] != pairs["other"]]
    yield from _tables(pairs, [*TABLE, "other"], rng)


def year_before(file: Sound, rng: np.random.Generator) -> Iterator[Planted]:
    """A table of an area that is that of the year before; in a quarter the sexes are exchanged."""
    source = _source(file.counts).assign(year=lambda each: each["year"] + 1)
    single = _single(file.counts)
    as_printed = _tables(single.merge(source, on=KEY), TABLE, rng)
    exchanged = _tables(single.merge(turned(source), on=KEY), TABLE, rng)
    while True:
        yield next(exchanged if rng.random() < 1 / 4 else as_printed)


def other_area(file: Sound, rng: np.random.Generator) -> Iterator[Planted]:
    """A table of an area that is another area's."""
    single = _single(file.counts)
    while True:
        one, other = rng.choice(single["ref_area"].unique(), 2, replace=False)
        theirs = single[single["ref_area"] == other].assign(ref_area=one)[[*KEY, "value"]]
        theirs = theirs.rename(columns={"value": "source"})
        pairs = single[single["ref_area"] == one].merge(theirs, on=KEY)
        if len(pairs):
            yield from islice(_tables(pairs, TABLE, rng), 2)


def sexes_exchanged(file: Sound, rng: np.random.Generator) -> Iterator[Planted]:
    """A table of an area in which the sexes of the previous release are exchanged."""
    single = _single(file.counts)
    sexes = single[single["sex"].isin(["F", "M"])]
    pairs = sexes.merge(turned(_source(file.old)), on=KEY)
    yield from _tables(pairs, TABLE, rng)


def year_late(file: Sound, rng: np.random.Generator) -> Iterator[Planted]:
    """Two years of an area that the previous release had a year earlier."""
    source = _source(file.old).assign(year=lambda each: each["year"] + 1)
    pairs = _single(file.counts).merge(source, on=KEY)
    next_one = pairs.assign(first=pairs["year"] - 1)
    pairs = pd.concat([pairs.assign(first=pairs["year"]), next_one])
    both = pairs.groupby(["ref_area", "first"])["year"].transform("nunique") == 2
    yield from _tables(pairs[both], ["ref_area", "first"], rng)


def margins(file: Sound, rng: np.random.Generator) -> Iterator[Planted]:
    """Children and adults of an area that are its women and men."""
    yield from _tables(_ages_and_sexes(file.counts), [*TABLE, "kind"], rng)


def _ages_and_sexes(counts: pd.DataFrame) -> pd.DataFrame:
    """Ages of areas that print two of them, with the sexes that may replace them."""
    single = _single(counts)
    sexes = single[(single["level"] == "sex") & single["sex"].isin(["F", "M"])]
    sexes = sexes.assign(age=sexes["sex"].map({"F": "Y0T17", "M": "Y_GE18"}), sex="_T")
    sexes = sexes[[*KEY, "value"]].rename(columns={"value": "source"})
    pairs = single[single["level"] == "age"].merge(sexes, on=KEY)
    return pairs[pairs.groupby([*TABLE, "part"])["age"].transform("nunique") == 2]


def digit_slip(file: Sound, rng: np.random.Generator) -> Iterator[Planted]:
    """A slip of the hand in a sum that its parts allow; two digits or more are left."""
    added = sums(file.counts)
    narrow = added["parts_upper"] - added["parts_lower"] <= WIDEST
    sum_of_parts = _single(file.counts).merge(
        added.loc[narrow, [*CELL, "parts_lower", "parts_upper"]]
    )
    allowed = sum_of_parts["value"].between(
        sum_of_parts["parts_lower"], sum_of_parts["parts_upper"]
    )
    yield from _slips(sum_of_parts[allowed & (sum_of_parts["value"] >= LEAST)], 10, rng)


def digit_slip_anywhere(file: Sound, rng: np.random.Generator) -> Iterator[Planted]:
    """A slip of the hand in any figure of 20 or more."""
    single = _single(file.counts)
    yield from _slips(single[single["value"] >= LEAST], SMALLEST, rng)


def _slips(figures: pd.DataFrame, least: int, rng: np.random.Generator) -> Iterator[Planted]:
    for _, figure in figures.drop_duplicates(PLACE).sample(frac=1, random_state=rng).iterrows():
        possible = sorted(slip for slip in slips(int(figure["value"])) if slip >= least)
        if possible:
            yield Planted(_instead(figure, rng.choice(possible)))


def question_number(file: Sound, rng: np.random.Generator) -> Iterator[Planted]:
    """The number of a question and its year in place of a figure."""
    for _, figure in _single(file.counts).sample(frac=1, random_state=rng).iterrows():
        yield Planted(_instead(figure, rng.integers(11, 999) * 10_000 + figure["year"]))


def own_year(file: Sound, rng: np.random.Generator) -> Iterator[Planted]:
    """The year in place of a figure."""
    for _, figure in _single(file.counts).sample(frac=1, random_state=rng).iterrows():
        yield Planted(_instead(figure, figure["year"]))


def _instead(figure: pd.Series, value: float) -> pd.DataFrame:
    return pd.DataFrame([figure[[*PLACE, "ref_area"]]]).assign(value=float(value))


def copied_table(file: Sound, rng: np.random.Generator) -> Iterator[Planted]:
    """A table that is another indicator's in 70 % of the areas that print both."""
    single = _single(file.tables)
    source = _source(file.tables).rename(columns={"indicator": "other"})
    pairs = single.merge(source, on=[name for name in KEY if name != "indicator"])
    pairs = pairs[pairs["indicator"] != pairs["other"]]
    yield from _in_most_areas(pairs, ["indicator", "other", "year", "kind"], 0.7, rng)


def copied_margins(file: Sound, rng: np.random.Generator) -> Iterator[Planted]:
    """Children and adults that are women and men in 80 % of the areas that print them."""
    yield from _in_most_areas(_ages_and_sexes(file.tables), ["indicator", "year", "kind"], 0.8, rng)


def _in_most_areas(
    pairs: pd.DataFrame, table: list[str], share: float, rng: np.random.Generator
) -> Iterator[Planted]:
    """Tables of eight areas or more, in a share of which `source` is printed instead."""
    areas = pairs.groupby(table)["ref_area"].nunique()
    for name in rng.permutation(np.array(areas[areas >= 8].index, dtype=object)):
        here = pairs[(pairs[table] == list(name)).all(axis=1)]
        printing = here["ref_area"].unique()
        chosen = rng.choice(printing, round(share * len(printing)), replace=False)
        new = here[here["ref_area"].isin(chosen)].assign(value=lambda each: each["source"])
        yield Planted(new[NEW], year=new["year"].iloc[0])


def filled_column(file: Sound, rng: np.random.Generator) -> Iterator[Planted]:
    """A form or an age that is printed as `<5` for 88 % of the areas that do not print it."""
    counts = yearly(placed(file.figures))
    areas = counts["ref_area"].unique()
    columns = counts[counts["kind"].isin(["exploitation", "age", "sex"])]
    totals = counts[counts["kind"] == "total"].groupby(["indicator", "year"])["ref_area"].nunique()
    names = columns.groupby(["indicator", "year", "cell"])
    for name in rng.permutation(np.array(list(names.groups), dtype=object)):
        column = names.get_group(tuple(name))
        others = np.setdiff1d(areas, column["ref_area"])
        if totals.get(tuple(name)[:2], 0) >= 8 and len(others) >= 8:
            chosen = rng.choice(others, round(0.88 * len(others)), replace=False)
            added = _column(file, column, chosen, (np.nan, 0.0, 4.0))
            yield Planted(column.head(0)[NEW], added=added, year=column["year"].iloc[0])


def new_zeros(file: Sound, rng: np.random.Generator) -> Iterator[Planted]:
    """A form, an age or a sex that eight areas, and no others, print anew, as `0`."""
    year = ["ref_area", "indicator", "year"]
    counts = yearly(placed(file.figures))
    columns = file.tables[file.tables["kind"].isin(["exploitation", "age", "sex"])]
    names = columns.groupby(["indicator", "year", "cell"])
    totals = counts.loc[counts["kind"] == "total", year].merge(file.old[year].drop_duplicates())
    for name in rng.permutation(np.array(list(names.groups), dtype=object)):
        column, old = names.get_group(tuple(name)), _column_of(file.old, *name)
        here = totals[(totals["indicator"] == name[0]) & (totals["year"] == name[1])]
        without = np.setdiff1d(here["ref_area"], [*column["ref_area"], *old["ref_area"]])
        known = column["ref_area"].isin(old["ref_area"]).all()
        if known and len(without) >= 8 and len(column) >= 8:
            chosen = rng.choice(without, 8, replace=False)
            added = _column(file, column, chosen, (0.0, 0.0, 0.0))
            yield Planted(column.head(0)[NEW], added=added, year=name[1])


def _column_of(counts: pd.DataFrame, indicator: str, year: int, cell: str) -> pd.DataFrame:
    """Return a column of a file."""
    here = (counts["indicator"] == indicator) & (counts["year"] == year)
    return counts[here & (counts["cell"] == cell)]


def withdrawn_zero(file: Sound, rng: np.random.Generator) -> Iterator[Planted]:
    """A `0` for a figure that the previous release printed."""
    figures = _single(file.counts).merge(_source(file.old), on=KEY)
    for _, figure in figures.sample(frac=1, random_state=rng).iterrows():
        yield Planted(_instead(figure, 0))


def zeros_without_total(file: Sound, rng: np.random.Generator) -> Iterator[Planted]:
    """Women and men of an area, both `0`, in a year of which it prints nothing else."""
    counts = yearly(placed(file.figures))
    columns = file.tables[file.tables["kind"] == "sex"]
    columns = columns[columns["sex"].isin(["F", "M"])]
    tables = columns.groupby(["indicator", "year"])
    for name in rng.permutation(np.array(list(tables.groups), dtype=object)):
        indicator, year = name
        here = counts[(counts["indicator"] == indicator) & (counts["year"] == year)]
        area = rng.permutation(np.setdiff1d(counts["ref_area"], here["ref_area"]))[:1]
        sexes = tables.get_group(tuple(name)).groupby("sex")
        rows = [_column(file, of_sex, area, (0.0, 0.0, 0.0)) for _, of_sex in sexes]
        yield Planted(columns.head(0)[NEW], added=pd.concat(rows))


def _column(
    file: Sound, column: pd.DataFrame, areas: np.ndarray, bounds: tuple[float, float, float]
) -> pd.DataFrame:
    """Return rows of a column for areas, all with this value and these bounds."""
    one = column.head(1)[list(file.figures)].drop(columns=["ref_area", "row"])
    rows = pd.DataFrame({"ref_area": areas}).merge(one, "cross")
    first = file.figures["row"].max() + 1 + 10_000 * column.index[0]
    value, lower, upper = bounds
    rows["row"] = first + np.arange(len(rows))
    return rows.assign(value=value, lower=lower, upper=upper)
