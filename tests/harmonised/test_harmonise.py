"""From tidy to harmonised: what may not pass is kept out, and nothing is lost on the way."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.harmonised.harmonise import EXACT_REPEAT, ContractBrokenError, Harmonised, harmonise
from pipelines.harmonised.release_store import Release
from pipelines.lib import paths
from pipelines.sources import File, Publication, Tidy, discover
from schemas.contract import CONTRACTS

GLOTIP = discover()["int_unodc_glotip"]
CELL = [
    "Iso3_code", "Indicator", "Dimension", "Category", "Sex", "Age", "Year", "txtVALUE"
]  # fmt: skip


def glotip(folder: Path, cells: list[tuple[str, str, str]]) -> Harmonised:
    """A few totals of Colombia: sex, year, printed figure."""
    rows = [
        {
            "row": number, "Iso3_code": "COL", "Country": "Colombia", "Region": "", "Subregion": "",
            "Indicator": "Persons convicted", "Dimension": "Total", "Category": "Total",
            "Sex": sex, "Age": "Total", "Year": year, "Unit of measurement": "Counts",
            "txtVALUE": figure, "Source": "GLOTIP",
        }
        for number, (sex, year, figure) in enumerate(cells, start=1)
    ]  # fmt: skip
    path = folder / "cells.csv"
    pd.DataFrame(rows).to_csv(path, index=False)
    return harmonise(GLOTIP, "2025-04-14", File(path))


def test_exact_repeats_stay_once(tmp_path: Path) -> None:
    found = glotip(tmp_path, [("Total", "2019", "7")] * 3)
    assert found.rows["locator"].tolist() == ["data_glotip.xlsx, sheet data_glotip_1, row 1"]
    aside = found.account[found.account["outcome"] == "set_aside"]
    assert aside[["reason", "rows"]].to_numpy().tolist() == [[EXACT_REPEAT, 2]]


def test_a_file_that_was_entered_twice_is_refused(tmp_path: Path) -> None:
    glotip(tmp_path, [("Total", "2019", "7")])
    same = File(tmp_path / "cells.csv")
    with pytest.raises(ContractBrokenError, match="if one file was entered twice, remove one"):
        harmonise(GLOTIP, "2025-04-14", same, same)


def test_all_of_a_conflict_are_kept_out(tmp_path: Path) -> None:
    found = glotip(
        tmp_path,
        [("Total", "2019", figure) for figure in ("7", "7", "8")] + [("Total", "2020", "9")],
    )
    assert found.rows["value"].tolist() == [9]
    assert found.quarantine["rule"].tolist() == [
        "one_row_per_cell",
        "one_row_per_cell",
        "one_row_per_cell",
    ]
    assert found.quarantine["found"].tolist() == ["7", "7", "8"]


def test_quarantine_keeps_row_and_cell(tmp_path: Path) -> None:
    found = glotip(tmp_path, [("Female", "2019", "-7")]).quarantine.iloc[0]
    cell = "COL PER_CONVICT A CY 2019 F _T _T _T _Z _Z _T"
    assert found[list(CONTRACTS["observation"].cell)].tolist() == cell.split()
    assert '"txtVALUE":"-7"' in found["row"]
    assert (found["column"], found["found"], found["message"]) == ("value", "-7", "negative")


def test_a_row_with_an_unknown_label_is_asked_about_its_figure_too(tmp_path: Path) -> None:
    found = glotip(tmp_path, [("Outro", "1800", "-7")]).quarantine
    assert found["rule"].tolist() == [
        "labels_are_known",
        "value_is_possible",
        "period_is_over_and_not_before_1990",
    ]
    assert found["sex"].isna().all()
    assert (found["ref_area"] == "COL").all()


def test_a_file_without_rows_is_too_short(tmp_path: Path) -> None:
    path = tmp_path / "none.csv"
    path.write_text(",".join(GLOTIP.source.layouts[0].header) + "\n", encoding="utf-8")
    found = harmonise(GLOTIP, "2025-04-14", File(path))
    assert found.account["rows"].tolist() == [0, 0]
    assert "0 rows; a release of int_unodc_glotip has at least 1,000" in found.too_short


def test_a_source_that_loses_a_code_is_named() -> None:
    def tidy(file: File) -> Tidy:
        whole = GLOTIP.tidy(file)
        return whole._replace(
            rows=whole.rows.assign(sex=whole.rows["sex"].where(lambda s: s != "F"))
        )

    careless = Publication(GLOTIP.source, tidy)
    with pytest.raises(ContractBrokenError, match="gives no code and names no problem"):
        harmonise(careless, "2025-04-14", File(_shipped()))


CELLS = st.tuples(
    st.sampled_from(["Total", "Female", "Outro", ""]),
    st.sampled_from(["2019", "2020", "1800", "x"]),
    st.sampled_from(["7", "1,234", "<5", "-", "-3", "9,999", "2019", "1.5", "zwölf"]),
)


@settings(max_examples=40)
@given(st.lists(CELLS, min_size=1, max_size=9) | st.lists(CELLS, min_size=15, max_size=40))
def test_no_row_is_lost(tmp_path_factory: pytest.TempPathFactory, cells: list) -> None:
    found = glotip(tmp_path_factory.mktemp("cells"), cells)
    rows = found.account.groupby("outcome")["rows"].sum()
    assert rows["in"] == len(cells)
    assert rows["in"] == rows.drop("in").sum()
    assert rows["published"] == len(found.rows)
    assert rows.get("quarantined", 0) == found.quarantine["locator"].nunique()
    assert not found.rows.duplicated(list(CONTRACTS["observation"].key)).any()
    CONTRACTS["observation"].schema.validate(found.rows, lazy=True)


def test_a_source_that_leaves_a_column_out_is_named() -> None:
    def tidy(file: File) -> Tidy:
        whole = GLOTIP.tidy(file)
        return whole._replace(rows=whole.rows.drop(columns="sex"))

    careless = Publication(GLOTIP.source, tidy)
    with pytest.raises(ContractBrokenError, match=r"int_unodc_glotip: tidy\(\) gives no sex"):
        harmonise(careless, "2025-04-14", File(_shipped()))


def test_a_source_that_fills_a_column_wrongly_is_named() -> None:
    def tidy(file: File) -> Tidy:
        whole = GLOTIP.tidy(file)
        return whole._replace(rows=whole.rows.assign(value="many"))

    careless = Publication(GLOTIP.source, tidy)
    with pytest.raises(ContractBrokenError, match="value"):
        harmonise(careless, "2025-04-14", File(_shipped()))


def _shipped() -> Path:
    return paths.raw() / "int_unodc_glotip" / "2025-04-14.csv"


def test_same_input_same_bytes(tmp_path: Path) -> None:
    cells = [("Total", "2019", "7"), ("Female", "2019", "<5"), ("x", "2", "3")]
    once, again = Release(tmp_path / "a", "s", "r"), Release(tmp_path / "b", "s", "r")
    once.keep(glotip(tmp_path, cells), "")
    again.keep(glotip(tmp_path, cells), "")
    assert [one.read_bytes() for one in once.files] == [two.read_bytes() for two in again.files]


def test_what_is_stored_still_satisfies_the_contract(tmp_path: Path) -> None:
    found = glotip(tmp_path, [("Total", "2019", "7"), ("Female", "2019", "<5")])
    release = Release(tmp_path, "s", "r")
    release.keep(found, "")
    stored = pd.read_parquet(release.files[0])
    CONTRACTS["observation"].schema.validate(stored, lazy=True)
    assert np.array_equal(stored["value"], found.rows["value"], equal_nan=True)
