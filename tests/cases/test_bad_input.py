"""Extracts, mappings and plans with faults: a clear error, and nothing is left behind."""

import resource
import sqlite3
from pathlib import Path

import pandas as pd
import pytest
from case_extracts import MAPPING, SMALL, USUAL, CountSmall, write_rows
from case_release import AUTHORITY
from case_tables import STATE, by_area, plan
from command import tipstat

from pipelines.cases import release_folder
from pipelines.cases.begin import begun_mapping
from pipelines.cases.certify import certify
from pipelines.cases.count import count_cases
from pipelines.cases.errors import CaseError
from pipelines.cases.mapping import read_authority
from pipelines.cases.protect import Policy, protect
from pipelines.cases.publication import Publication
from pipelines.lib import paths


def test_a_million_blank_rows_are_a_line_of_the_account(tmp_path: Path, small: Path) -> None:
    extract = write_rows(tmp_path / "blank.csv", [USUAL])
    with extract.open("a", encoding="utf-8") as file:
        file.write(",,,,\n" * 1_000_000 + "\n" * 1_000)
    account = count_cases(str(extract), small).account
    assert [*account.lines()][:2] == [
        "1,000,001 rows in = 1 counted + 1,000,000 quarantined + 0 set aside",
        "quarantined 1,000,000: row_is_filled (all mapped columns are empty)",
    ]


def test_a_column_of_identifiers_is_no_coded_field(count_small: CountSmall) -> None:
    rows = ({"id": str(number), "sexo": f"n{number}"} for number in range(5_001))
    with pytest.raises(CaseError, match="more than 5,000 different cells, too many for sex"):
        count_small(*rows)


def test_a_column_that_is_gone_is_named(tmp_path: Path, small: Path) -> None:
    row = {key: text for key, text in USUAL.items() if key != "sexo"}
    extract = write_rows(tmp_path / "extract.csv", [row])
    with pytest.raises(CaseError, match=r"has no column 'sexo', which .*small.yml names"):
        count_cases(str(extract), small)


@pytest.mark.parametrize(
    ("second", "message"),
    [
        ({"id": "1", "caso": "1", "fecha": "", "edad": "1", "sexo": ""}, "do not have the same"),
        (None, "several formats"),
    ],
)
def test_files_of_a_folder_are_alike(
    tmp_path: Path, small: Path, second: dict[str, str] | None, message: str
) -> None:
    folder = tmp_path / "parts"
    folder.mkdir()
    write_rows(folder / "a.csv", [USUAL])
    if second is None:
        pd.DataFrame([USUAL]).to_parquet(folder / "b.parquet")
    else:
        write_rows(folder / "b.csv", [second])
    with pytest.raises(CaseError, match=message):
        count_cases(str(folder), small)


@pytest.mark.parametrize("instants", ["a zone", "INT96"])
@pytest.mark.parametrize("verb", ["begin", "count"])
def test_times_whose_day_depends_on_the_place_are_refused(
    tmp_path: Path, small: Path, instants: str, verb: str
) -> None:
    extract = tmp_path / "cases.parquet"
    time = pd.Timestamp("2019-12-31 23:30", tz="America/Bogota" if instants == "a zone" else None)
    table = pd.DataFrame([{**USUAL, "fecha": time}])
    table.to_parquet(extract, use_deprecated_int96_timestamps=instants == "INT96")
    read = {
        "begin": lambda: begun_mapping(str(extract), "CRI", ""),
        "count": lambda: count_cases(str(extract), small),
    }
    with pytest.raises(CaseError, match=r"column 'fecha' has times with a zone.*as a date"):
        read[verb]()


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("cases.parquet", b"PAR1 and nothing more", "damaged or of another format"),
        ("cases.sqlite", b"no database" * 100, "damaged or of another format"),
        ("cases.xls", b"", "unknown format '.xls'"),
        ("cases.xlsx", b"PK\x03\x04 and nothing more", "damaged or of another format"),
        ("cases.ods", b"", "damaged or of another format"),
        ("cases.csv", b"", "is empty"),
        ("cases.csv", b"\x01\x7f\x00R\x02,\x1b\x05\n\x03", "its header has control characters"),
        ("cases.csv", b"id,id\n1,2\n", "a column has no name, or the name of another"),
    ],
)
def test_a_file_that_is_none_is_refused(
    tmp_path: Path, small: Path, name: str, content: bytes, message: str
) -> None:
    small.write_text(SMALL + "table: cases\n", encoding="utf-8")
    (tmp_path / name).write_bytes(content)
    with pytest.raises(CaseError, match=message):
        count_cases(str(tmp_path / name), small)


def test_a_database_that_is_damaged_half_way_gives_no_count(tmp_path: Path, small: Path) -> None:
    extract = tmp_path / "cases.sqlite"
    frame = pd.DataFrame([{**USUAL, "id": f"{number:0100}"} for number in range(2_000)])
    with sqlite3.connect(extract) as connection:
        frame.to_sql("cases", connection, index=False)
    connection.close()
    content = extract.read_bytes()
    extract.write_bytes(content[:100_000] + b"\xff" * (len(content) - 100_000))
    small.write_text(SMALL + "table: cases\n", encoding="utf-8")
    with pytest.raises(CaseError, match="nothing was printed"):
        count_cases(str(extract), small)
    assert not paths.case_spill().exists()


def test_a_table_that_is_not_there_is_named_in_the_remedy(tmp_path: Path, small: Path) -> None:
    extract = tmp_path / "cases.sqlite"
    sqlite3.connect(extract).close()
    small.write_text(SMALL + "table: cases\n", encoding="utf-8")
    with pytest.raises(CaseError, match="correct 'table' in the mapping file"):
        count_cases(str(extract), small)


def test_a_disk_that_fills_leaves_no_half_of_a_publication(tmp_path: Path) -> None:
    figures = protect(by_area([391, 127, 6, 17]), plan(0, 0), Policy(STATE, "2021-06-30"))
    whole = Publication(figures, certify(figures)[0])
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, hard))
    try:
        with pytest.raises(OSError, match="File too large"):
            release_folder.write(tmp_path / "out", whole, STATE, AUTHORITY, "report")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert list(tmp_path.rglob("*.csv*")) == []
    assert not (tmp_path / "out").exists()


@pytest.mark.slow
def test_the_verbs_on_the_example(tmp_path: Path, own_home: Path) -> None:
    extract, mapping = tmp_path / "example.csv", tmp_path / "mapping.yml"
    tipstat("cases", "example", "--out", str(extract), "--rows", "1000", home=own_home)
    begun = tipstat(
        "cases", "begin", str(extract), "--country", "MEX", "--out", str(mapping), home=own_home
    )
    assert begun.returncode == 0, begun.stderr
    text = mapping.read_text("utf-8").replace("confirmed: no", "confirmed: yes")
    text = text.replace('first_year: "?"', "first_year: 2018")
    mapping.write_text(text.replace('last_year: "?"', "last_year: 2020"), encoding="utf-8")
    plan = tmp_path / "plan.csv"
    plan.write_text("scope,dimensions\narea,sex\n", encoding="utf-8")
    planned = tipstat(
        "cases", "plan", str(extract), str(mapping), "--plan", str(plan), home=own_home
    )
    assert planned.returncode == 0, planned.stderr
    assert "1,000 rows in = " in planned.stdout
    assert "Subdivisions, sex" in planned.stdout
    assert "nation,exploitation" in planned.stdout, "on offer"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (MAPPING[MAPPING.index("publication:") : MAPPING.index("person:")], "", "is missing"),
        ("publisher: Autoridad inventada", 'publisher: "?"', "'publisher' is not filled in"),
        ("language: es", "language: nl", "'language' is 'nl': write en or es or pt or fr"),
        ("page: https://", "page: http://", "from https:// on"),
        ("NRM", "NRN", "a code of schemas/codelists/coll_method.csv"),
        ("def_scope", "scope", "field 'scope' is unknown"),
    ],
)
def test_what_the_authority_states_is_checked_before_the_count(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    mapping = tmp_path / "mapping.yml"
    assert old in MAPPING
    mapping.write_text(MAPPING.replace(old, new), encoding="utf-8")
    with pytest.raises(CaseError, match=f"^{mapping}: publication: .*{message}"):
        read_authority(mapping)
