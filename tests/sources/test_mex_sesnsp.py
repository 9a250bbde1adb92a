"""Mexico's investigation files and victims: known answers, unknown sexes kept, months to come."""

import csv
from pathlib import Path

import pandas as pd
import pytest
from conftest import ROOT
from harmonised_releases import Releases
from source_tests import account

from pipelines.harmonised.harmonise import harmonise
from pipelines.sources import File, discover

SESNSP = discover()["mex_sesnsp"]
VICTIMS, FILES, TOWNS, COUNTRY = SESNSP.source.layouts
MONTHS = VICTIMS.header[-12:]


@pytest.fixture
def victims(harmonised: Releases) -> pd.DataFrame:
    return harmonised["mex_sesnsp", "2025-06-30"].rows


@pytest.fixture
def files(harmonised: Releases) -> pd.DataFrame:
    return harmonised["mex_sesnsp", "2026-03-31"].rows


def test_investigation_files_of_the_whole_country(files: pd.DataFrame) -> None:
    by_month = files.groupby("time_period", observed=True)["value"].sum()
    assert by_month.to_dict() == {"2026-01": 42, "2026-02": 62, "2026-03": 52}
    by_purpose = files.groupby("exploitation", observed=True)["value"].sum()
    assert by_purpose.to_dict() == {"SX": 40, "FL": 16, "OG": 0, "OP": 100}


def test_what_others_reworked_of_the_whole_country_agrees(
    files: pd.DataFrame, harmonised: Releases
) -> None:
    country = harmonised["mex_sesnsp", "2026-08-31"].rows
    assert set(country["ref_area"]) == {"MEX"}
    months = country[country["exploitation"] == "_T"].set_index("time_period")["value"]
    assert (len(months), months.index.astype(str).max()) == (140, "2026-08")
    assert months[["2026-04", "2026-05", "2026-06", "2026-07", "2026-08"]].sum() == 267
    by_state = files.groupby("time_period", observed=True)["value"].sum()
    differences = (months[list(by_state.index)] - by_state).tolist()
    assert differences == [0, 1, 2], "January to March 2026, which both have"


def test_the_two_words_for_an_unknown_age_share_no_cell(
    victims: pd.DataFrame, harmonised: Releases
) -> None:
    unknown = victims[victims["age"] == "_U"].groupby("sex", observed=True)["value"].sum()
    assert unknown.to_dict() == {"F": 593, "M": 189, "_U": 1_233}
    assert len(harmonised["mex_sesnsp", "2025-06-30"].quarantine) == 0


@pytest.mark.parametrize(("release", "blank"), [("2025-06-30", 6 * 224), ("2026-03-31", 9 * 128)])
def test_months_to_come_are_not_zero(harmonised: Releases, release: str, blank: int) -> None:
    found = harmonised["mex_sesnsp", release]
    assert account(found)["set_aside", "month_not_yet_reported"] == blank
    assert found.rows["time_period"].astype(str).max() == release[:7]
    assert found.rows["value"].notna().all()


def test_the_break_is_marked_in_every_state(files: pd.DataFrame) -> None:
    january = files["time_period"] == "2026-01"
    marks = files.loc[january, ["obs_status", "flags"]].drop_duplicates()
    assert marks.to_numpy().tolist() == [["D;B", "MEX_RNID_2026"]]
    assert (files.loc[~january, "obs_status"] == "D").all()
    assert files.loc[january, "ref_area"].nunique() == 32


def made(tmp_path: Path, *rows: dict[str, str], header: tuple[str, ...] = FILES.header):
    """Harmonise a few rows in the publisher's columns; invented figures."""
    offence = {"Bien jurídico afectado": "La sociedad", "Tipo de delito": "Trata de personas"}
    usual = {
        "Año": "2024", "Clave_Ent": "15", "Entidad": "México", **offence,
        "Subtipo de delito": "Trata de personas", "Modalidad": "Trata de personas",
        "Sexo": "Mujer", "Rango de edad": "No especificado", **dict.fromkeys(MONTHS, "0"),
    }  # fmt: skip
    path = tmp_path / "offences.csv"
    frame = pd.DataFrame([{**usual, **row} for row in rows])[list(header)]
    frame.to_csv(path, index=False, encoding="latin-1")
    return harmonise(SESNSP, "2025-06-30", File(path))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_the_publishers_file_in_utf_8_is_read_as_such(tmp_path: Path, encoding: str) -> None:
    printed = ROOT / "tests/fixtures/mex_sesnsp/input.csv"
    path = tmp_path / printed.name
    path.write_text(printed.read_text("latin-1"), encoding=encoding, newline="")
    usual, found = (harmonise(SESNSP, "2025-06-30", File(each)) for each in (printed, path))
    pd.testing.assert_frame_equal(found.rows, usual.rows)
    rows = account(usual)["in", ""]
    assert account(found) == {("in", "read_as_utf_8"): rows} | {
        key: count for key, count in account(usual).items() if key != ("in", "")
    }


def test_a_blank_before_the_last_month_is_missing(tmp_path: Path) -> None:
    none = dict.fromkeys(MONTHS, "")
    elsewhere = {**none, "Clave_Ent": "26", "Entidad": "Sonora"}
    found = made(tmp_path, {**none, "Enero": "2", "Marzo": "0"}, elsewhere)
    assert account(found)["set_aside", "month_not_yet_reported"] == 18
    assert found.rows["value_raw"].astype(str).tolist() == ["2", "", "0", "", "", ""]
    assert found.rows["obs_status"].tolist() == ["D", "O;D", "D", "O;D", "O;D", "O;D"]


def test_two_words_for_the_same_unknown_are_never_chosen_between(tmp_path: Path) -> None:
    found = made(tmp_path, {}, {"Rango de edad": "No identificado"}, header=VICTIMS.header)
    assert len(found.rows) == 0
    assert found.quarantine["rule"].tolist() == ["one_row_per_cell"] * 24


def test_municipalities_are_summed_by_state(tmp_path: Path) -> None:
    """Months that are blank in all towns are not over; a blank in some towns allows no sum."""
    trata, robbery = "Trata de personas con otros fines", "Robo"
    lines = [
        ("14", "Jalisco", "14039", "Guadalajara", trata, "1", "2", ""),
        ("14", "Jalisco", "14120", "Zapopan", trata, "4", "", ""),
        ("14", "Jalisco", "14039", "Guadalajara", robbery, "90", "90", ""),
    ]
    with (tmp_path / "towns.csv").open("w", encoding="latin-1", newline="") as file:
        writer = csv.DictWriter(file, TOWNS.header, restval="")
        writer.writeheader()
        for number, state, code, town, offence, *months in lines:
            kind = "Trata de personas" if offence == trata else offence
            writer.writerow(
                {"Año": "2026", "Clave_Ent": number, "Entidad": state, "Cve. Municipio": code,
                 "Municipio": town, "Tipo de delito": kind, "Modalidad": offence,
                 **dict(zip(MONTHS, months, strict=False))}
            )  # fmt: skip
    found = harmonise(SESNSP, "2026-12-31", File(tmp_path / "towns.csv"))
    assert found.rows[["ref_area", "time_period", "value", "exploitation"]].to_numpy().tolist() == [
        ["MX-JAL", "2026-01", 5, "OP"]
    ]
    assert found.rows["locator"].item().endswith("row 2, column Enero and 1 more")
    assert found.quarantine["found"].tolist() == ["2 and 1 unreadable"]
    assert account(found) == {
        ("in", ""): 25, ("published", ""): 1, ("quarantined", "figure_has_one_reading"): 2,
        ("set_aside", "month_not_yet_reported"): 20, ("set_aside", "other_lines"): 1,
        ("set_aside", "summed_into_one_figure"): 1,
    }  # fmt: skip


def test_labels_in_capitals_are_read(tmp_path: Path) -> None:
    line = "2026,14,Jalisco,La sociedad,TRATA DE PERSONAS,TRATA DE PERSONAS,TRATA DE PERSONAS,7"
    path = tmp_path / "loud.csv"
    path.write_text(f"{','.join(FILES.header)}\n{line}{',' * 11}\n", encoding="latin-1")
    assert harmonise(SESNSP, "2026-12-31", File(path)).rows["value"].tolist() == [7]
