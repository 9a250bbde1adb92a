"""UNODC: detected victims and persons in the hands of justice, by sex, age, form, citizenship."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pandas as pd
import python_calamine

from recount.figures import CODES, Recount, figures
from recount.glotip_labels import citizenship, state, without_counts
from recount.glotip_repeats import Texts, is_sum, texts_of
from recount.states import OAS

CORRECTIONS = Path(__file__).parents[3] / "data" / "corrections.csv"
SHEET = "data_glotip_1"
HEADER = 3
LEAST = {"2023-05-30": 0, "2025-04-14": 0, "2025-10-28": 1}
"""What `<5` stands for at the least: the release that prints zeros has none behind it."""

INDICATOR = {
    "Detected trafficking victims": "VIC_DETECT",
    "Persons brought into formal contact": "PER_CONTACT",
    "Persons prosecuted": "PER_PROSEC",
    "Persons convicted": "PER_CONVICT",
    "Offences of trafficking in persons": "OFF_RECORDED",
}
FORM = {"Sexual exploitation": "SX", "Forced labour": "FL", "Other forms of exploitation": "OTH"}
SEX = {"Total": "_T", "Female": "F", "Male": "M", "Other": "_O", "Unknown": "_U"}
AGE = {"Total": "_T", "0 to 17 years": "Y0T17", "18 years or over": "Y_GE18", "Unknown": "_U"}
LOCATOR = f"data_glotip.xlsx, sheet {SHEET}, row"
OWN_TOTALS = ("TOTAL", "TOTAL POR AÑO", "All")
KEYS = [
    "ref_area", "indicator", "time_period", "sex", "age", "exploitation", "citizenship",
    "counterpart_area",
]  # fmt: skip
"""Codes by which `corrections.csv` names a cell."""


def recount(find) -> Recount:
    counted, without, aside = [], [], {}
    before: Texts = {}
    for release in LEAST:
        raw = sheet(find(f"unodc_glotip/{release}/data_glotip.xlsx"))
        single, kept_out, aside[release] = _release(raw, release, before)
        before = texts_of(single)
        counted.append(single)
        without.append(kept_out)
    return Recount(
        figures(pd.concat(counted, ignore_index=True)), pd.concat(without, ignore_index=True), aside
    )


def doubted(find) -> Iterator[str]:
    """The places of the figures that a line of `corrections.csv` doubts."""
    for release in LEAST:
        coded = _coded(sheet(find(f"unodc_glotip/{release}/data_glotip.xlsx")), release)
        for _, row in _corrected_cells(coded, release, "DOUBTFUL"):
            yield f"{release}, {coded.loc[row, 'locator']}"


def _basis(coded: pd.DataFrame) -> pd.Series:
    """Calendar years, but for federal fiscal years and grantees' years of the United States."""
    here = "USA " + coded["indicator"]
    year = pd.to_numeric(coded["time_period"], errors="coerce")
    courts = here.isin(["USA PER_PROSEC", "USA PER_CONVICT"]) & (year >= 2010)
    clients = here.eq("USA VIC_DETECT") & (year >= 2017)
    abroad = coded["ref_area"] != "USA"
    return courts.map({True: "FY1001", False: "CY"}).mask(clients, "FY0701").mask(abroad, "CY")


@cache
def sheet(path: Path) -> pd.DataFrame:
    """The rows of the states of the Americas, and `number`, that of each row in the sheet."""
    workbook = python_calamine.CalamineWorkbook.from_path(path)
    rows = workbook.get_sheet_by_name(SHEET).to_python(skip_empty_area=False)
    frame = pd.DataFrame(rows[HEADER:], columns=rows[HEADER - 1])
    frame = frame.assign(number=range(HEADER + 1, 1 + len(rows)))
    frame = frame[frame["Iso3_code"].isin(OAS)].reset_index(drop=True)
    return frame.assign(Category=frame["Category"].map(without_counts))


def _release(
    raw: pd.DataFrame, release: str, before: Texts
) -> tuple[pd.DataFrame, pd.DataFrame, int]:
    """Figures, rows that are kept out, and how many rows are no figures of ours."""
    coded = _coded(raw, release)
    again = _printed_again(coded)
    for correction, row in _corrected_cells(coded, release, "REPLACE"):
        if not correction.new:  # a sum that is not known, which the rules keep out
            continue
        column = correction.column if correction.column in KEYS else "value_raw"
        coded.loc[row, column] = correction.new
    aside = coded["label"].isin(OWN_TOTALS) | again
    aside |= coded["ref_area"].ne("") & ~coded["ref_area"].isin(OAS)
    known = coded[["ref_area", "citizenship", "counterpart_area"]].ne("").all(axis=1)
    single, kept_out = _cells(coded[~aside & known], before)
    without = pd.concat([coded[~aside & ~known], kept_out])
    without = without.assign(place=without["release"] + ", " + without["locator"])
    return single, without, int(aside.sum())


def _printed_again(coded: pd.DataFrame) -> pd.Series:
    """Whether a row prints under "Other" what another prints of the cell under "OTH"."""
    other = coded[coded["label"].isin(["OTH", "Other"])]
    again = other.index[other.duplicated([*CODES, "value_raw"])]
    return pd.Series(coded.index.isin(again), coded.index)


def _corrected_cells(coded: pd.DataFrame, release: str, effect: str) -> Iterator[tuple]:
    """The corrections of cells with an effect, each with the row that still prints what is old."""
    corrections = pd.read_csv(CORRECTIONS, dtype=str, keep_default_na=False)
    here = (corrections["source"] == "int_unodc_glotip") & (corrections["effect"] == effect)
    here &= corrections["found_in"] <= release
    rows: dict[tuple, list[int]] = {
        cell: list(group.index) for cell, group in coded.groupby([*KEYS, "value_raw"])
    }
    for each in corrections[here & (corrections["column"] != "Category")].itertuples():
        printed = rows.get((*(getattr(each, key) for key in KEYS), each.old), [])
        if len(printed) >= int(each.occurrence):
            yield each, printed[int(each.occurrence) - 1]


def _coded(raw: pd.DataFrame, release: str) -> pd.DataFrame:
    """Our codes for each row; "" where there is none."""
    form, of_citizens, repatriated = (
        raw["Dimension"] == f"by {name}"
        for name in ("form of exploitation", "citizenship", "country of repatriation")
    )
    mirrored = repatriated & (raw["Year"] < 2017)
    other = raw["Category"].map(lambda label: "_T" if label == "Abroad" else state(label))
    home = raw["Iso3_code"].mask(mirrored, other.mask(other == "_T", ""))
    away = other.mask(mirrored, raw["Iso3_code"])
    coded = pd.DataFrame(
        {
            "ref_area": home,
            "indicator": raw["Indicator"].map(INDICATOR).mask(repatriated, "VIC_REPATR"),
            "freq": "A",
            "time_period": raw["Year"].astype(int).astype(str),
            "sex": raw["Sex"].map(SEX),
            "age": raw["Age"].map(AGE),
            "exploitation": raw["Category"].map(FORM).where(form, "_T"),
            "citizenship": raw["Category"].map(citizenship).where(of_citizens, "_T"),
            "counterpart_role": repatriated.map({True: "REPAT", False: "_Z"}),
            "counterpart_area": away.where(repatriated, "_Z"),
            "breakdown": "_T",
            "value_raw": raw["txtVALUE"],
            "number": raw["number"],
            "label": raw["Category"],
        }
    )
    return coded.assign(
        time_basis=_basis(coded),
        least=LEAST[release],
        release=release,
        locator=LOCATOR + " " + raw["number"].astype(str),
    )


def _cells(coded: pd.DataFrame, before: Texts) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The figures, of one row each or the sum of several, and the rows of cells that have none."""
    repeated = coded.duplicated(CODES, keep=False)
    texts = coded.groupby(CODES)["value_raw"].agg(list).to_dict()
    sums, kept_out = [], [coded[:0]]
    for cell, rows in coded[repeated].groupby(CODES, sort=False):
        if not is_sum(dict(zip(CODES, cell, strict=True)), rows, texts, before.get(cell, [])):
            kept_out.append(rows)
            continue
        first, last = rows["number"].iloc[0], rows["number"].iloc[-1]
        sums.append(
            rows.iloc[:1].assign(
                locator=f"{LOCATOR}s {first}-{last}",
                value_raw=" + ".join(rows["value_raw"]),
                rows=len(rows),
            )
        )
    return pd.concat([coded[~repeated].assign(rows=1), *sums]), pd.concat(kept_out)
