"""Extracts, addresses and mapping files made to harm: a clear error, and no secret in it."""

import resource
import sqlite3
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from textwrap import indent

import pytest
from case_extracts import SMALL, USUAL, write_rows
from case_leaks import HEADER, SENTINEL, SOUND, whole
from case_release import AUTHORITY
from case_tables import STATE, by_area, plan

from pipelines.cases import release_folder
from pipelines.cases.begin import begun_mapping
from pipelines.cases.certify import certify
from pipelines.cases.connect import spill_folder
from pipelines.cases.count import count_cases
from pipelines.cases.errors import CaseError
from pipelines.cases.mapping import content, read_authority, read_mapping
from pipelines.cases.protect import Policy, protect
from pipelines.cases.publication import Publication
from pipelines.intake import case_release
from pipelines.reader.source_metadata import stated_text
from pipelines.sources import MetadataError


@pytest.mark.parametrize(
    "address",
    [
        f"postgresql://person:{SENTINEL}@127.0.0.1:1/cases",
        f"postgresql+psycopg2://person:{SENTINEL}@127.0.0.1/cases",
        f"mysql://person:{SENTINEL}@127.0.0.1/cases",
        f"host=127.0.0.1 dbname=cases password={SENTINEL}",
    ],
)
def test_no_message_shows_a_password(address: str, small: Path) -> None:
    small.write_text(SMALL + "table: cases\n", encoding="utf-8")
    for read in (
        lambda: count_cases(address, small),
        lambda: begun_mapping(address, "CRI", "cases"),
    ):
        with pytest.raises(CaseError) as caught:
            read()
        assert SENTINEL not in whole(caught.value)


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ('delimiter: ";;"\n', "delimiter: write one character"),
        ("encoding: rot13\n", "encoding: write one of utf-8, utf-16, latin-1"),
        ("x: " + "[" * 500, "not YAML"),
        ("x: &x [*x]\n", "not YAML"),
        ("? [a, b]\n: c\n", "not YAML"),
        ("a: &a [x, x]\n" + "".join(f"{b}: &{b} [*{a}, *{a}]\n" for a, b in zip(
            "abcdefghijklmnopqrstuvw", "bcdefghijklmnopqrstuvwx", strict=True
        )), "unknown key 'a'"),
        (f"{'k' * 1_000_000}: x\n", "not YAML"),
    ],
)  # fmt: skip
def test_a_mapping_that_is_made_to_harm_is_refused(small: Path, more: str, message: str) -> None:
    small.write_text(SMALL + more, encoding="utf-8")
    with pytest.raises(CaseError, match=message) as caught:
        read_mapping(small, "extract.csv")
    assert len(str(caught.value)) < 500


BOMB = "\n".join([
    "a: &a [x, x]", *(f"{b}: &{b} [{', '.join([f'*{a}'] * 20)}]" for a, b in pairwise("abcdefgh")),
])  # fmt: skip
"""More than 20 to the power of 7 times x, if it is written out."""


def test_what_an_authority_states_is_never_written_out(tmp_path: Path) -> None:
    folder, mapping = tmp_path / "release", tmp_path / "mapping.yml"
    folder.mkdir()
    stated = stated_text(AUTHORITY).partition("\n")[2] + f"publisher:\n{indent(BOMB, '  ')}\n"
    (folder / "mex_case_records.yml").write_text(stated, encoding="utf-8")
    mapping.write_text(f"publication:\n{indent(stated, '  ')}", encoding="utf-8")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(MetadataError, match="'publisher' is ") as caught:
        case_release.add(folder)
    with pytest.raises(CaseError, match="'publisher' is "):
        read_authority(mapping)
    assert len(str(caught.value)) < 5_000
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < before + 100_000


def test_a_mapping_that_is_a_folder_is_named(tmp_path: Path) -> None:
    for read in (content, read_authority):
        with pytest.raises(CaseError, match=f"^{tmp_path}: cannot be read"):
            read(tmp_path)


ODD = "=cmd|'/c calc'!A1", "\x9b31m\x85\u2028x", '"quoted": yes', "# no comment", "<script>"


def test_odd_labels_are_data_wherever_they_go(tmp_path: Path, small: Path) -> None:
    extract, begun = tmp_path / "extract.csv", tmp_path / "begun.yml"
    write_rows(extract, [{**USUAL, "id": f"{n}", "sexo": ODD[n % 5]} for n in range(50)])
    text = begun_mapping(str(extract), "CRI", "")
    assert all(sign.isprintable() for line in text.split("\n") for sign in line)
    begun.write_text(text, encoding="utf-8")
    assert set(content(begun)["sex"]["labels"]) == set(ODD)
    with pytest.raises(CaseError) as caught:
        count_cases(str(extract), small)
    assert whole(caught.value).isprintable()


@pytest.mark.parametrize(
    ("odd", "message"),
    [
        (SOUND.replace("30", "\0"), "cannot be read|unknown labels: 1 that fewer"),
        (SOUND.replace("30", SENTINEL * 1_500_000), "has more or fewer cells"),
        (SOUND.replace("30", f"=HYPERLINK(A1)&{SENTINEL}"), "unknown labels: 1 that fewer"),
    ],
)
def test_odd_cells_stop_the_count(tmp_path: Path, small: Path, odd: str, message: str) -> None:
    extract = tmp_path / "extract.csv"
    extract.write_text(HEADER + SOUND + odd, encoding="utf-8")
    with pytest.raises(CaseError, match=message) as caught:
        count_cases(str(extract), small)
    assert SENTINEL not in whole(caught.value)


TABLES: dict[str, Callable[[str], str]] = {
    "cases; drop table other": lambda name: f"create table {name} as select * from other",
    'the "cases"': lambda name: f"create table {name} as select * from other",
    "main.cases": lambda name: f"create table {name} as select * from other",
    "a view": lambda name: f"create view {name} as select * from other",
}


@pytest.mark.parametrize("name", TABLES)
def test_a_table_of_any_name_is_only_read(tmp_path: Path, small: Path, name: str) -> None:
    extract = tmp_path / "cases.sqlite"
    with sqlite3.connect(extract) as connection:
        connection.execute(f"create table other ({', '.join(USUAL)})")
        connection.execute("insert into other values (?, ?, ?, ?, ?)", [*USUAL.values()])
        connection.execute(TABLES[name]('"' + name.replace('"', '""') + '"'))
        connection.execute("create trigger t after insert on other begin delete from other; end")
    connection.close()
    before = extract.read_bytes()
    small.write_text(f"{SMALL}table: '{name}'\n", encoding="utf-8")
    assert count_cases(str(extract), small).account.counted == 1
    assert extract.read_bytes() == before
    assert sorted(tmp_path.glob("cases*")) == [extract]


def test_a_view_may_not_write_files(tmp_path: Path, small: Path) -> None:
    extract, elsewhere = tmp_path / "cases.sqlite", tmp_path / "elsewhere"
    with sqlite3.connect(extract) as connection:
        columns = ", ".join(f"load_extension('{elsewhere}') as {name}" for name in USUAL)
        connection.execute(f"create view cases as select {columns}")
    connection.close()
    small.write_text(SMALL + "table: cases\n", encoding="utf-8")
    with pytest.raises(CaseError, match="nothing was printed"):
        count_cases(str(extract), small)


def test_others_on_the_machine_see_no_report_and_a_crash_leaves_no_memory(tmp_path: Path) -> None:
    figures = protect(by_area([391, 127, 6, 17]), plan(0, 0), Policy(STATE, "2021-06-30"))
    whole_release = Publication(figures, certify(figures)[0])
    release_folder.write(tmp_path / "out", whole_release, STATE, AUTHORITY, "report")
    assert (tmp_path / "out-report.html").stat().st_mode & 0o77 == 0
    with spill_folder():
        assert resource.getrlimit(resource.RLIMIT_CORE)[0] == 0
