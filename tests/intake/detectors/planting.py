"""Plant defects into a file of figures: what the modules of `planted` share."""

from collections.abc import Callable, Iterator
from itertools import chain, zip_longest
from typing import NamedTuple

import numpy as np
import pandas as pd

from pipelines.intake.detectors import discover
from pipelines.intake.detectors.coincidence import coincidences
from pipelines.intake.detectors.figures import PERSONS, PLACE, placed, yearly

MANY = 4
"""Independent figures that a table of one area needs to be more than chance."""

KEY = ["ref_area", "indicator", "year", "part", *PERSONS]
FEW, SEVERAL = "1-3", "4+"
TABLE = ["ref_area", "indicator", "year", "dimension"]
NEW = [*PLACE, "ref_area", "value"]
BOUNDS = ["lower", "upper"]


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
        new: row, column, ref_area and value of the changed figures; lower and upper, if hidden.
        independent: number of its independent figures.
        added: additional rows, as in `figures`.
        year: year of a table over all areas.
    """

    new: pd.DataFrame
    independent: int = 0
    added: pd.DataFrame | None = None
    year: int = 0


class Trial(NamedTuple):
    """A kind of defect, with the conditions of its trial.

    Attributes:
        name: its name in the table of rates.
        plant: makes defects of this kind.
        number: the number of planted defects; of tables of one area, in each stratum.
        target: the share that must be found; of tables of one area, of those with many figures.
        together: the number of defects in one copy of the file, in different areas or years.
        in_one_area: whether it is a defect of one area.
        strata: whether few and many independent figures are separate strata.
        release_before: whether the previous release is compared.
        states_suffice: whether the 35 states are enough to show it, always.
        or_found_by: codes of other detectors that may find it instead.
    """

    name: str
    plant: Callable[[Sound, np.random.Generator], Iterator[Planted]]
    number: int
    target: float
    together: int = 10
    in_one_area: bool = True
    strata: bool = False
    release_before: bool = False
    states_suffice: bool = True
    or_found_by: tuple[str, ...] = ()

    @property
    def all_strata(self) -> tuple[str, ...]:
        """Few and many independent figures, where these are separate."""
        return (FEW, SEVERAL) if self.strata else ("",)

    @property
    def detectors(self) -> tuple[str, ...]:
        """The codes of the detectors of which one must find it, that of its module first."""
        return (code_of(self.plant.__module__), *self.or_found_by)


def code_of(module: str) -> str:
    """The code of the detector that a module of `planted` is about."""
    return module.rpartition(".")[2].upper()


def sound(figures: pd.DataFrame, before: pd.DataFrame | None, found: pd.DataFrame) -> Sound:
    """Return a file with the figures in which defects can be planted; `found` are its findings."""
    counts = yearly(placed(figures))
    old = None if before is None else yearly(placed(before))
    of_whole_tables = [detector.code for detector in discover() if detector.whole_tables]
    of_tables = found[found["detector"].isin(of_whole_tables)]
    false = counts.merge(of_tables[PLACE], on=PLACE)
    areas = counts.merge(found[PLACE], on=PLACE)
    tables = _without(counts, false, ["indicator", "year", "kind"])
    return Sound(figures, before, _without(counts, areas, ["ref_area", "year"]), tables, old)


def _without(counts: pd.DataFrame, found: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    known = pd.MultiIndex.from_frame(found[by])
    return counts[~pd.MultiIndex.from_frame(counts[by]).isin(known)]


def with_defects(file: Sound, defects: list[Planted]) -> pd.DataFrame:
    """The figures with defects planted."""
    new = pd.concat(each.new.reindex(columns=[*NEW, *BOUNDS]) for each in defects).set_index(PLACE)
    places = pd.MultiIndex.from_frame(file.figures[PLACE])
    changed, new = places.isin(new.index), new.reindex(places)
    figures = file.figures.copy()
    for name in ("value", *BOUNDS):
        value = new[name].fillna(new["value"]).to_numpy()
        figures[name] = np.where(changed, value, figures[name])
    return pd.concat([figures, *(each.added for each in defects)], ignore_index=True)


def single_figures(counts: pd.DataFrame) -> pd.DataFrame:
    """Figures that may be replaced."""
    return counts.loc[counts["single"], [*PLACE, *KEY, "dimension", "level", "kind", "value"]]


def source_figures(counts: pd.DataFrame) -> pd.DataFrame:
    """Figures that may be printed in place of others."""
    return counts.loc[counts["single"], [*KEY, "value"]].rename(columns={"value": "source"})


def tables_of_areas(
    pairs: pd.DataFrame, table: list[str], rng: np.random.Generator
) -> Iterator[Planted]:
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


def instead(figure: pd.Series, value: float) -> pd.DataFrame:
    """A figure with another value."""
    return pd.DataFrame([figure[[*PLACE, "ref_area"]]]).assign(value=float(value))


def in_most_areas(
    pairs: pd.DataFrame, table: list[str], share: float, rng: np.random.Generator
) -> Iterator[Planted]:
    """Tables of eight areas or more, in a share of which `source` is printed instead."""
    areas = pairs.groupby(table)["ref_area"].nunique()
    for name in rng.permutation(np.array(areas[areas >= 8].index, dtype=object)):
        here = pairs[(pairs[table] == list(name)).all(axis=1)]
        printing = here["ref_area"].unique()
        chosen = rng.choice(printing, round(share * len(printing)), replace=False)
        new = here[here["ref_area"].isin(chosen)].assign(value=lambda each: each["source"])
        yield Planted(new.reindex(columns=[*NEW, *BOUNDS]), year=new["year"].iloc[0])


def rows_of_column(
    file: Sound, column: pd.DataFrame, areas: np.ndarray, bounds: tuple[float, float, float]
) -> pd.DataFrame:
    """Rows of a column for areas, all with this value and these bounds."""
    one = column.head(1)[list(file.figures)].drop(columns=["ref_area", "row"])
    rows = pd.DataFrame({"ref_area": areas}).merge(one, "cross")
    first = file.figures["row"].max() + 1 + 10_000 * column.index[0]
    value, lower, upper = bounds
    rows["row"] = first + np.arange(len(rows))
    return rows.assign(value=value, lower=lower, upper=upper)
