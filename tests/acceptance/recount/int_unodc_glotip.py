"""UNODC: detected victims and persons in the hands of justice, by sex, age, form, citizenship."""

from pathlib import Path

import pandas as pd
import python_calamine

from recount.figures import CODES, Recount, figures, table
from recount.glotip_labels import citizenship, state
from recount.glotip_repeats import is_sum
from recount.states import OAS

CORRECTIONS = Path(__file__).parents[3] / "data" / "corrections.csv"
SHEET = "data_glotip_1"
HEADER = 3
RELEASES = ("2023-05-30", "2025-04-14")
PARTIAL, EXTRACT = "2025-10-28", "glotip_2025-10-28_oas_latest.csv"
LATEST = {
    "victims": ("VIC_DETECT", "_T", "_T", "_T", "year_victims"),
    "women": ("VIC_DETECT", "F", "Y_GE18", "_T", "year_victims"),
    "men": ("VIC_DETECT", "M", "Y_GE18", "_T", "year_victims"),
    "girls": ("VIC_DETECT", "F", "Y0T17", "_T", "year_victims"),
    "boys": ("VIC_DETECT", "M", "Y0T17", "_T", "year_victims"),
    "sexual": ("VIC_DETECT", "_T", "_T", "SX", "year_victims"),
    "labour": ("VIC_DETECT", "_T", "_T", "FL", "year_victims"),
    "prosecuted": ("PER_PROSEC", "_T", "_T", "_T", "prosecuted_year"),
    "convicted": ("PER_CONVICT", "_T", "_T", "_T", "convicted_year"),
}
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


def recount(find) -> Recount:
    releases = [
        _release(sheet(find(f"unodc_glotip/{release}/data_glotip.xlsx")), release)
        for release in RELEASES
    ]
    counted, without, aside = zip(*releases, strict=True)
    latest = _latest(table(find(f"int_unodc_glotip_latest/{EXTRACT}")))
    known = latest[latest["value_raw"] != ""]
    return Recount(
        figures(pd.concat([*counted, known], ignore_index=True)),
        pd.concat(without, ignore_index=True),
        dict(zip(RELEASES, aside, strict=True)) | {PARTIAL: len(latest) - len(known)},
    )


def _latest(raw: pd.DataFrame) -> pd.DataFrame:
    """The headline figures of the latest release, a row each; zeros are hidden as small ones."""
    columns = []
    for name, (indicator, sex, age, form, year) in LATEST.items():
        columns.append(
            raw.assign(
                value_raw=raw[name].replace([str(few) for few in range(5)], "<5"),
                release=PARTIAL,
                locator=f"{EXTRACT}, row " + raw["row"] + f", column {name}",
                ref_area=raw["iso3"],
                time_period=raw[year],
                indicator=indicator,
                sex=sex,
                age=age,
                exploitation=form,
                rows=1,
            )
        )
    frame = pd.concat(columns, ignore_index=True)
    usual = {"freq": "A", "citizenship": "_T", "counterpart_role": "_Z", "counterpart_area": "_Z",
             "breakdown": "_T"}  # fmt: skip
    return frame.assign(time_basis=_basis(frame), **usual)


def _basis(coded: pd.DataFrame) -> pd.Series:
    """Calendar years, but for federal fiscal years and grantees' years of the United States."""
    here = "USA " + coded["indicator"]
    year = pd.to_numeric(coded["time_period"], errors="coerce")
    courts = here.isin(["USA PER_PROSEC", "USA PER_CONVICT"]) & (year >= 2010)
    clients = here.eq("USA VIC_DETECT") & (year >= 2017)
    abroad = coded["ref_area"] != "USA"
    return courts.map({True: "FY1001", False: "CY"}).mask(clients, "FY0701").mask(abroad, "CY")


def sheet(path) -> pd.DataFrame:
    """The rows of the states of the Americas, and `number`, that of each row in the sheet."""
    workbook = python_calamine.CalamineWorkbook.from_path(path)
    rows = workbook.get_sheet_by_name(SHEET).to_python(skip_empty_area=False)
    frame = pd.DataFrame(rows[HEADER:], columns=rows[HEADER - 1])
    frame = frame.assign(number=range(HEADER + 1, 1 + len(rows)))
    return frame[frame["Iso3_code"].isin(OAS)].reset_index(drop=True)


def _release(raw: pd.DataFrame, release: str) -> tuple[pd.DataFrame, pd.DataFrame, int]:
    """Figures, rows that are kept out, and how many rows are no figures of ours."""
    coded = code(_corrected(raw, release)).assign(
        release=release, locator=LOCATOR + " " + raw["number"].astype(str)
    )
    total = raw["Category"].isin(["TOTAL", "TOTAL POR AÑO"])
    aside = total | (coded["ref_area"].ne("") & ~coded["ref_area"].isin(OAS))
    known = coded[["ref_area", "citizenship", "counterpart_area"]].ne("").all(axis=1)
    single, kept_out = _cells(coded[~aside & known])
    without = pd.concat([coded[~aside & ~known], kept_out])
    without = without.assign(place=without["release"] + ", " + without["locator"])
    return single, without, int(aside.sum())


def _corrected(raw: pd.DataFrame, release: str) -> pd.DataFrame:
    """The rows with the figures that the project corrects, where the file has what it corrects."""
    corrections = pd.read_csv(CORRECTIONS, dtype=str, keep_default_na=False)
    here = (corrections["source"] == "int_unodc_glotip") & (corrections["release"] == release)
    corrections = corrections[
        here & (corrections["column"] == "txtVALUE") & (corrections["effect"] == "REPLACE")
    ]
    printed = dict(zip(raw["number"].astype(str), raw["txtVALUE"], strict=True))
    assert [printed[row] for row in corrections["row"]] == list(corrections["old"])
    printed |= dict(zip(corrections["row"], corrections["new"], strict=True))
    return raw.assign(txtVALUE=list(printed.values()))


def code(raw: pd.DataFrame) -> pd.DataFrame:
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
    return coded.assign(time_basis=_basis(coded))


def _cells(coded: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The figures, of one row each or the sum of several, and the rows of cells that have none."""
    repeated = coded.duplicated(CODES, keep=False)
    texts = coded.groupby(CODES)["value_raw"].agg(list).to_dict()
    sums, kept_out = [], [coded[:0]]
    for cell, rows in coded[repeated].groupby(CODES, sort=False):
        if not is_sum(dict(zip(CODES, cell, strict=True)), rows, texts):
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
