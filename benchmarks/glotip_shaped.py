"""Makes a project folder whose only figures are many rows in the shape of UNODC's GLOTIP.

Labels, their frequencies and spellings are those of the newest shipped release; its states, years,
tables, sexes, ages and citizenships are combined anew into distinct cells, and figures are drawn
for those that it does not print. About 3 % are then made dirty in the ways in which publishers'
files are. The same code gives the same file.

    TIPSTAT_HOME=FOLDER python benchmarks/glotip_shaped.py ROWS
"""

import dataclasses
import shutil
import sys
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd
from invented import enter

from pipelines.lib import paths
from pipelines.raw import manifest
from pipelines.raw.manifest import RawFile
from pipelines.reader.labels import citizenship_spellings
from pipelines.sources import _int_unodc_glotip_areas as areas
from pipelines.sources import discover
from pipelines.sources import int_unodc_glotip as glotip
from schemas import codelists
from schemas.observation_rules import EARLIEST_YEAR

GLOTIP: Final = discover()["int_unodc_glotip"].source
SHIPPED: Final = Path(__file__).parents[1] / "data" / "raw"
RELEASE: Final = "2025-12-31"
POPULATION: Final = "ref_wpp"
YEARS: Final = [str(year) for year in range(int(EARLIEST_YEAR), int(RELEASE[:4]) + 1)]
BY_NATION: Final = (glotip.BY_CITIZENSHIP, areas.BY_REPATRIATION)
MEANING: Final = ["Dimension", "code"]
EXACT_REPEATS, CONFLICTS = 0.004, 0.005

DIRT: Final = (
    ("Iso3_code", 0.001, ["ESP", "MCA", "XKX", "U\ufffdA"]),
    ("Indicator", 0.001, ["Persons acquitted", "D\ufffdtected trafficking victims"]),
    ("Sex", 0.001, ["Girls", "Non-binary", ""]),
    ("Age", 0.001, ["15 to 17 years", "18+", "0"]),
    ("Year", 0.001, ["1800", "2100", "2O15", "n.d."]),
    ("Unit of measurement", 0.0005, ["Rate per 100,000 population"]),
    ("txtVALUE", 0.002, [f"-{size}" for size in range(1, 60)]),
    ("txtVALUE", 0.002, [f"{tenths / 10}" for tenths in range(1, 2000) if tenths % 10]),
    ("txtVALUE", 0.001, ["1.234.567", "12 or 13", "10-20", "about 20", "1,23", "12..5", "N/K"]),
    ("txtVALUE", 0.0005, ["6,112,019", "9999", "99,999", "-99"]),
    ("txtVALUE", 0.001, ["", "-", "..", "n.d.", "n/a", "<10", "≤3"]),
)
"""Which share of all rows gets one of some texts in a column."""


def make(rows: int) -> None:
    """Writes the figure table, the population and their manifest below `TIPSTAT_HOME`."""
    rng = np.random.default_rng(20250414)
    paths.raw().mkdir(parents=True)
    shutil.copy(SHIPPED / "manifest.csv", paths.manifest())
    whole = {each.source: each for each in manifest.entries() if each.action == manifest.REPLACE}
    shipped = pd.read_csv(
        SHIPPED / whole[GLOTIP.id].file,
        dtype=str,
        keep_default_na=False,
        encoding="utf-8",
    )
    shipped["code"] = _category_codes(shipped)
    repeats, conflicts = round(rows * EXACT_REPEATS), round(rows * CONFLICTS)
    table = _labelled(rng, shipped, _cells(rng, shipped, rows - repeats - conflicts))
    again = table.sample(repeats, random_state=rng)
    other = table.sample(conflicts, random_state=rng).assign(txtVALUE=_figures(rng, conflicts))
    table = _soiled(rng, pd.concat([table, again, other], ignore_index=True))
    order = ["Iso3_code", "Year", "Indicator", "Dimension", "Category", "Sex", "Age"]
    table = table.sort_values(order, kind="stable", ignore_index=True)
    table.insert(0, "row", range(4, 4 + rows))
    _enter(table, whole[POPULATION], whole[GLOTIP.id])


def _category_codes(shipped: pd.DataFrame) -> pd.Series:
    """Return the meaning of each row's Category: a nation's code, or itself; missing if unknown."""
    known = {label.casefold(): code for label, code in citizenship_spellings().items()}
    nation = shipped["Category"].str.strip().str.casefold().map(known)
    is_state = nation.isin(codelists.codes("area"))
    return shipped["Category"].mask(
        shipped["Dimension"].isin(BY_NATION),
        nation.where(is_state | (shipped["Dimension"] == glotip.BY_CITIZENSHIP)),
    )


def _cells(rng: np.random.Generator, shipped: pd.DataFrame, size: int) -> pd.DataFrame:
    """Distinct cells: the more frequent their parts in the shipped release, the likelier."""
    kinds = _kinds(shipped)
    states = shipped["Iso3_code"].value_counts()
    years = shipped["Year"].value_counts().reindex(YEARS, fill_value=50)
    parts = (np.sqrt(states), np.sqrt(years), kinds["weight"])
    weight = np.einsum("i,j,k->ijk", *(part.to_numpy() for part in parts))
    if size > weight.size:
        raise SystemExit(f"there are {weight.size:,} distinct cells, not {size:,}")
    urgency = rng.exponential(size=weight.shape) / weight  # a weighted draw without replacement
    drawn = np.sort(np.argpartition(urgency, size - 1, axis=None)[:size])
    state, year, kind = np.unravel_index(drawn, weight.shape)
    return kinds.iloc[kind].assign(
        Iso3_code=states.index.to_numpy()[state], Year=years.index.to_numpy()[year]
    )


def _kinds(shipped: pd.DataFrame) -> pd.DataFrame:
    """One row per indicator, table, code of the category, sex and age, with its weight."""
    tables = ["Indicator", "Dimension"]
    crossed = (
        shipped[tables]
        .drop_duplicates()
        .merge(shipped[["Sex"]].drop_duplicates(), how="cross")
        .merge(shipped[["Age"]].drop_duplicates(), how="cross")
    )
    total = (crossed["Sex"] == "Total") & (crossed["Age"] == "Total")
    crossed = crossed[total | (crossed["Indicator"] != "Offences of trafficking in persons")]
    seen = [*tables, "Sex", "Age"]
    often = shipped.groupby(seen).size().rename("often").reset_index()
    popular = shipped.groupby(["Dimension", "code"]).size().rename("popular").reset_index()
    kinds = crossed.merge(often, how="left", on=seen, validate="1:1").merge(
        popular, on="Dimension", validate="m:m"
    )
    return kinds.assign(weight=(1 + kinds["often"].fillna(0)) * np.sqrt(kinds["popular"]))


def _labelled(rng: np.random.Generator, shipped: pd.DataFrame, cells: pd.DataFrame) -> pd.DataFrame:
    """Cells as rows in UNODC's columns, each category in one of its spellings."""
    spellings = shipped.groupby(MEANING)["Category"].unique()
    category = np.empty(len(cells), dtype=object)
    for key, where in cells.groupby(MEANING).indices.items():
        category[where] = rng.choice(spellings[key].astype(object), size=len(where))
    states = shipped[["Iso3_code", "Country", "Region", "Subregion"]].drop_duplicates()
    constant = {"Unit of measurement": "Counts", "Source": "GLOTIP"}
    return cells.assign(Category=category, txtVALUE=_kept(rng, shipped, cells), **constant).merge(
        states, on="Iso3_code", validate="m:1"
    )[list(GLOTIP.layouts[0].header)]


def _kept(rng: np.random.Generator, shipped: pd.DataFrame, cells: pd.DataFrame) -> np.ndarray:
    """Figures as the shipped release prints them, and others drawn: a release revises few."""
    cell = ["Iso3_code", "Year", *MEANING, "Indicator", "Sex", "Age"]
    printed = shipped.drop_duplicates(cell).set_index(cell)["txtVALUE"]
    there = printed.reindex(pd.MultiIndex.from_frame(cells[cell])).to_numpy(dtype=object)
    return np.where(pd.isna(there), _figures(rng, len(cells)), there)


def _figures(rng: np.random.Generator, size: int) -> np.ndarray:
    """Printed figures: about half are `<5`, the others whole, in English thousands."""
    sizes = 5 + rng.lognormal(mean=3.1, sigma=1.6, size=size).astype(int)
    kinds, which = np.unique(sizes, return_inverse=True)
    printed = np.array([f"{kind:,}" for kind in kinds], dtype=object)[which]
    return np.where(rng.random(size) < 0.48, "<5", printed)


def _soiled(rng: np.random.Generator, table: pd.DataFrame) -> pd.DataFrame:
    """The table with dirty cells, and with a small state that prints the year as its figure."""
    columns = {name: table[name].to_numpy(dtype=object) for name in table}
    nations = table["Dimension"].isin(BY_NATION).to_numpy()
    labels = sorted(set(columns["Category"][nations]))
    doubled = [label[:3] + label[2:] for label in labels]
    broken = [label[:2] + "\ufffd" + label[3:] for label in labels]
    for share, texts in ((0.003, doubled), (0.003, broken), (0.002, ["", "145", "TOTAL"])):
        columns["Category"] = _spoilt(rng, columns["Category"], nations, share, texts)
    for name, share, texts in DIRT:
        columns[name] = _spoilt(rng, columns[name], np.ones(len(table), bool), share, texts)
    wrong = (table["Iso3_code"] == "KNA") & (table["Indicator"] == "Persons prosecuted")
    columns["txtVALUE"] = np.where(wrong, columns["Year"], columns["txtVALUE"])
    return pd.DataFrame(columns)


def _spoilt(
    rng: np.random.Generator, column: np.ndarray, rows: np.ndarray, share: float, texts: list[str]
) -> np.ndarray:
    hit = rows & (rng.random(len(column)) < share)
    return np.where(hit, rng.choice(np.array(texts, dtype=object), size=len(column)), column)


def _enter(table: pd.DataFrame, population: RawFile, like: RawFile) -> None:
    """Puts the table and the newest population below data/raw and enters both."""
    file = f"{like.source}/{RELEASE}.csv"
    figures = dataclasses.replace(
        like, release=RELEASE, retrieved=RELEASE, file=file, rows=str(len(table))
    )
    for entry in (population, figures):
        entry.path.parent.mkdir()
    shutil.copy(SHIPPED / population.file, population.path)
    table.to_csv(figures.path, index=False, encoding="utf-8", lineterminator="\n")
    enter([population, figures])


if __name__ == "__main__":
    make(int(sys.argv[1]))
