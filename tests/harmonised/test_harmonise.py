"""From tidy to harmonised: invalid rows are quarantined, and no row is lost."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from conftest import ROOT
from glotip_rows import GLOTIP, made
from hypothesis import given, settings
from hypothesis import strategies as st
from unsd_document import RATES, UNSD

from pipelines.harmonised.contract_check import ContractBrokenError
from pipelines.harmonised.harmonise import EXACT_REPEAT, Harmonised, harmonise
from pipelines.harmonised.release_files import Release
from pipelines.sources import File, Publication
from schemas.contract import CONTRACTS
from schemas.observation_rules import MISPRINT

CONTRACT = CONTRACTS["observation"]


def totals(folder: Path, *cells: tuple[str, str, str]) -> Harmonised:
    """A few totals of Colombia: sex, year, printed figure."""
    return made(
        folder, *({"Sex": sex, "Year": year, "txtVALUE": text} for sex, year, text in cells)
    )


def test_exact_repeats_stay_once(tmp_path: Path) -> None:
    found = totals(tmp_path, *[("Total", "2019", "7")] * 3)
    assert found.rows["locator"].tolist() == ["data_glotip.xlsx, sheet data_glotip_1, row 4"]
    aside = found.account[found.account["outcome"] == "set_aside"]
    assert aside[["reason", "rows"]].to_numpy().tolist() == [[EXACT_REPEAT, 2]]


def test_a_file_that_was_entered_twice_is_refused(tmp_path: Path) -> None:
    totals(tmp_path, ("Total", "2019", "7"))
    same = File(tmp_path / "figures.csv")
    with pytest.raises(ContractBrokenError, match="if one file was entered twice, remove one"):
        harmonise(GLOTIP, "2025-04-14", same, same)


def test_a_release_of_several_partial_tables_is_partial(tmp_path: Path) -> None:
    files = []
    for year in ("2020", "2021"):
        (tmp_path / year).mkdir()
        files.append(tmp_path / year / RATES.file)
        rows = [RATES.header, ("VC_HTF_DETVR", "MEX", year, "0.5")]
        files[-1].write_text("\n".join(map(",".join, rows)) + "\n", encoding="utf-8")
    found = harmonise(UNSD, "2026-10-08", *map(File, files))
    assert found.is_partial


def test_all_rows_of_a_conflict_are_quarantined(tmp_path: Path) -> None:
    conflict = [("Total", "2019", text) for text in ("7", "7", "8")]
    found = totals(tmp_path, *conflict, ("Total", "2020", "9"))
    assert found.rows["value"].tolist() == [9]
    assert found.quarantine["rule"].tolist() == [
        "one_row_per_cell",
        "one_row_per_cell",
        "one_row_per_cell",
    ]
    assert found.quarantine["found"].tolist() == ["7", "7", "8"]


def test_quarantine_keeps_row_and_cell(tmp_path: Path) -> None:
    found = totals(tmp_path, ("Female", "2019", "-7")).quarantine.iloc[0]
    cell = "COL VIC_DETECT A CY 2019 F _T _T _T _Z _Z _T"
    assert found[list(CONTRACT.cell)].tolist() == cell.split()
    assert '"txtVALUE":"-7"' in found["row"]
    assert (found["column"], found["found"]) == ("txtVALUE", "-7")
    assert found["message"] == f"negative: {MISPRINT}"


def test_a_count_with_a_decimal_sign_is_explained_by_the_locale(tmp_path: Path) -> None:
    found = totals(tmp_path, ("Female", "2019", "1.204")).quarantine.iloc[0]
    assert (found["rule"], found["column"]) == ("value_is_possible", "txtVALUE")
    assert "'.' is the decimal sign of en_US; if it is not that of the file" in found["message"]


def test_the_figure_of_a_row_with_an_unknown_label_is_checked_too(tmp_path: Path) -> None:
    found = totals(tmp_path, ("Outro", "1800", "-7")).quarantine
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


@pytest.mark.parametrize(
    ("fault", "message"),
    [
        (
            lambda rows: rows.assign(sex=rows["sex"].where(rows["sex"] != "F")),
            "gives no code and names no problem",
        ),
        (lambda rows: rows.drop(columns="sex"), r"int_unodc_glotip: tidy\(\) gives no sex"),
        (lambda rows: rows.assign(value="many"), "value"),
    ],
    ids=["lost code", "lost column", "wrong type"],
)
def test_a_source_that_breaks_the_contract_is_named(
    fault: Callable[[pd.DataFrame], pd.DataFrame], message: str
) -> None:
    def tidy(file: File):
        whole = GLOTIP.tidy(file)
        return whole._replace(rows=fault(whole.rows))

    file = File(ROOT / "tests" / "fixtures" / "int_unodc_glotip" / "input.csv")
    with pytest.raises(ContractBrokenError, match=message):
        harmonise(Publication(GLOTIP.source, tidy), "2025-04-14", file)


CELLS = st.tuples(
    st.sampled_from(["Total", "Female", "Outro", ""]),
    st.sampled_from(["2019", "2020", "1800", "x"]),
    st.sampled_from(["7", "1,234", "<5", "-", "-3", "9,999", "2019", "1.5", "zwölf"]),
)


@settings(max_examples=8)
@given(st.lists(CELLS, min_size=1, max_size=9) | st.lists(CELLS, min_size=15, max_size=40))
def test_no_row_is_lost(tmp_path_factory: pytest.TempPathFactory, cells: list) -> None:
    found = totals(tmp_path_factory.mktemp("cells"), *cells)
    rows = found.account.groupby("outcome")["rows"].sum()
    assert rows["in"] == len(cells)
    assert rows["in"] == rows.drop("in").sum()
    assert rows["published"] == len(found.rows)
    assert rows.get("quarantined", 0) == found.quarantine["locator"].nunique()
    assert not found.rows.duplicated(list(CONTRACT.key)).any()
    CONTRACT.schema.validate(found.rows, lazy=True)


def test_same_input_same_bytes(tmp_path: Path) -> None:
    cells = [("Total", "2019", "7"), ("Female", "2019", "<5"), ("x", "2", "3")]
    once, again = Release(tmp_path / "a", "s", "r"), Release(tmp_path / "b", "s", "r")
    once.keep(totals(tmp_path, *cells), "")
    again.keep(totals(tmp_path, *cells), "")
    assert [one.read_bytes() for one in once.files] == [two.read_bytes() for two in again.files]


def test_stored_rows_satisfy_the_contract(tmp_path: Path) -> None:
    found = totals(tmp_path, ("Total", "2019", "7"), ("Female", "2019", "<5"))
    release = Release(tmp_path, "s", "r")
    release.keep(found, "")
    stored = pd.read_parquet(release.files.rows)
    CONTRACT.schema.validate(stored, lazy=True)
    assert np.array_equal(stored["value"], found.rows["value"], equal_nan=True)
