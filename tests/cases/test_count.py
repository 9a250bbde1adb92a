"""Counts and accounts: small extracts counted by hand, and the example beside a plain recount."""

import datetime as dt
import random
import re
import sqlite3
from pathlib import Path

import duckdb
import ibis
import pandas as pd
import pytest
from case_extracts import SMALL, USUAL, CountSmall, by, write_rows, write_workbook

from pipelines.cases.begin import begun_mapping
from pipelines.cases.coded_rows import expression
from pipelines.cases.count import Counted, count_cases
from pipelines.cases.errors import CaseError
from pipelines.cases.mapping import read_mapping
from schemas import codelists
from schemas.case import CELL_COLUMNS, DIMENSIONS


def test_a_person_counts_once_a_year_at_the_first_event(count_small: CountSmall) -> None:
    counted = count_small(
        {"caso": "9", "fecha": "2019-06-01", "edad": "18"},
        {"caso": "2", "fecha": "2019-05-01", "edad": "17"},
        {"caso": "3", "fecha": "2020-05-01", "edad": "18"},
        {"id": "2", "sexo": "Hombre", "edad": "0"},
    )
    assert by(counted, "time_period", "sex", "age") == {
        ("2019", "F", "Y0T17"): 1,
        ("2019", "M", "Y0T17"): 1,
        ("2020", "F", "Y_GE18"): 1,
    }
    assert counted.account.rows == {"counted": 3, "later_event": 1}


def test_events_of_one_day_are_ordered_by_identifier(count_small: CountSmall) -> None:
    counted = count_small({"caso": "b", "edad": "30"}, {"caso": "a", "edad": "12"})
    assert by(counted, "age") == {"Y0T17": 1}


def test_a_person_counts_once_for_each_indicator(count_small: CountSmall) -> None:
    labels = "{column: sexo, labels: {Mujer: VIC_IDENT, Hombre: VIC_PRESUMED, No: set aside}}"
    mapping = SMALL.replace("{code: VIC_IDENT}", labels).replace(
        "sex: {column: sexo, labels: {Mujer: F, Hombre: M}}\n", ""
    )
    rows = ({"sexo": each} for each in ("Mujer", "Mujer", "Hombre", "No", ""))
    counted = count_small(*rows, mapping=mapping)
    assert by(counted, "indicator", "sex") == {
        ("VIC_IDENT", "_T"): 1, ("VIC_PRESUMED", "_T"): 1, ("VIC_DETECT", "_T"): 1,
    }  # fmt: skip
    assert counted.account.quarantined == {"status_is_given": 1}
    assert counted.account.set_aside == {"status_not_counted": 1, "later_event": 1}


def test_what_is_not_mapped_is_a_total_and_the_area_the_country(count_small: CountSmall) -> None:
    row = count_small({}).cells.iloc[0].to_dict()
    assert row == {
        "indicator": "VIC_IDENT", "ref_area": "CRI", "time_period": "2019", "sex": "F",
        "age": "Y_GE18", "exploitation": "_T", "citizenship": "_T", "count": 1,
    }  # fmt: skip


def test_a_row_that_breaks_a_rule_is_quarantined(count_small: CountSmall) -> None:
    dates = ("31/13/2019", "2019-02-29", "2019-05", "")
    ages = ("999", "-1", "17.5")
    counted = count_small(
        {"id": "other"}, dict.fromkeys(USUAL, " "), {"id": ""},
        *({"fecha": date} for date in dates), *({"edad": age} for age in ages),
    )  # fmt: skip
    assert counted.account.rows == {
        "counted": 1, "row_is_filled": 1, "person_is_given": 1, "date_is_real": len(dates),
        "age_is_plausible": len(ages),
    }  # fmt: skip
    assert "quarantined 4: date_is_real" in "\n".join(counted.account.lines())


@pytest.mark.parametrize(
    ("form", "dates"),
    [
        ("YYYY-MM-DD", ["2020-02-29", "2020-2-9", "2020/02/29", "2020-02-29 13:00:00"]),
        ("DD/MM/YYYY", ["31/12/2020", "1/2/2020", "31.12.2020"]),
        ("MM/DD/YYYY", ["12/31/2020", "2/1/2020"]),
        ("YYYYMMDD", ["20200229"]),
        ("YYYY", ["2020"]),
    ],
)
def test_dates_are_read_in_each_form(count_small: CountSmall, form: str, dates: list[str]) -> None:
    rows = ({"id": date, "fecha": date} for date in dates)
    counted = count_small(*rows, mapping=SMALL.replace("YYYY-MM-DD", form))
    assert by(counted, "time_period") == {"2020": len(dates)}


def test_an_identifier_of_two_persons_is_quarantined(count_small: CountSmall) -> None:
    mapping = SMALL + "birth_year: {column: nacimiento}\n"
    rows = (
        {"id": "1", "sexo": "Mujer"}, {"id": "1", "sexo": "Hombre"}, {"id": "1", "sexo": ""},
        {"id": "2", "nacimiento": "1990"}, {"id": "2", "nacimiento": "1991"},
        {"id": "3", "nacimiento": "1990"}, {"id": "3"}, {"id": "3", "sexo": ""},
    )  # fmt: skip
    counted = count_small(*({"nacimiento": "", **row} for row in rows), mapping=mapping)
    assert counted.account.rows == {
        "counted": 1, "later_event": 2, "person_has_one_sex": 3, "person_has_one_birth_year": 2,
    }  # fmt: skip


def test_years_outside_are_set_aside(count_small: CountSmall) -> None:
    counted = count_small(
        {}, {"id": "2", "fecha": "2018-12-31"}, {"id": "3", "fecha": "2021-01-01"}
    )
    assert counted.account.rows == {"counted": 1, "outside_years": 2}


def test_several_labels_are_one_mixed_form_and_nationality_is_a_class(
    count_small: CountSmall,
) -> None:
    mapping = SMALL + (
        "exploitation: {column: forma, separator: ;, labels: {a: SX, b: FL, c: FL, n: _U}}\n"
        "citizenship: {column: pais, separator: ;, labels: {CR: CRI, NI: NIC, sin: XXA}}\n"
    )
    pairs = [("a;b", "CR;NI"), ("b; c", "NI"), ("a;n", "sin"), ("", ""), (";", "ni")]
    rows = ({"id": str(n), "forma": a, "pais": b} for n, (a, b) in enumerate(pairs))
    counted = count_small(*rows, mapping=mapping)
    assert by(counted, "exploitation", "citizenship") == {
        ("MX", "NAT"): 1, ("FL", "FOR"): 1, ("SX", "XXA"): 1, ("_U", "_U"): 1, ("_U", "FOR"): 1,
    }  # fmt: skip


def test_an_age_may_be_a_label(count_small: CountSmall) -> None:
    labels = 'age: {column: edad, labels: {"999": _U, menor: Y0T17}}'
    mapping = SMALL.replace("age: {column: edad}", labels)
    ages = ("999", "MENOR", "17", "17.0", "18", "")
    rows = ({"id": f"V{age}", "edad": age} for age in ages)
    assert by(count_small(*rows, mapping=mapping), "age") == {"Y0T17": 3, "Y_GE18": 1, "_U": 2}


def same(left: Counted, right: Counted) -> None:
    pd.testing.assert_frame_equal(left.cells, right.cells)
    assert left.account == right.account


def test_the_example_counts_as_a_plain_recount_does(example: Path, mapping: Path) -> None:
    counted = count_cases(str(example), mapping)
    assert counted.account.total == 3_000
    by_row = counted.cells[counted.cells["indicator"] != "VIC_DETECT"]
    assert counted.account.counted == by_row["count"].sum()
    assert list(counted.cells) == list(CELL_COLUMNS)
    assert {"row_is_filled", "date_is_real", "age_is_plausible", "person_has_one_sex",
            "person_has_one_birth_year"} <= counted.account.quarantined.keys()  # fmt: skip
    pd.testing.assert_frame_equal(counted.cells, _recount(example))


def _recount(path: Path) -> pd.DataFrame:
    """Count the example again, with pandas and nothing of ours."""
    rows = codelists.read_list(path)
    status = {
        "ActualVictimOfTrafficking": "VIC_IDENT",
        "PossibleVictimOfTrafficking": "VIC_PRESUMED",
    }
    areas = {"Ciudad de México": "MX-CMX", "Chiapas": "MX-CHP", "Puebla": "MX-PUE",
             "Jalisco": "MX-JAL", "Tlaxcala": "MX-TLA"}  # fmt: skip
    forms = {"SexualExploitation": "SX", "ForcedLabour": "FL", "Servitude": "FL", "": "_U",
             "ForcedBegging": "OP_BEG", "ForcedMarriage": "OP_MARR", "OrganRemoval": "OG",
             "SexualExploitation;ForcedLabour": "MX"}  # fmt: skip
    date = pd.to_datetime(rows["cas_DateIdentified"], format="%Y-%m-%d", errors="coerce")
    age = pd.to_numeric(rows["vic_AgeWhenTrafficked"])
    citizenship = rows["prs_Citizenship"]
    tidy = pd.DataFrame(
        {
            "person": rows["prs_ID"], "event": rows["cas_ID"], "date": date,
            "birth": rows["anio_nacimiento"],
            "indicator": rows["vic_TraffickingStatus"].map(status),
            "ref_area": rows["cas_Subdivision"].map(areas), "time_period": date.dt.strftime("%Y"),
            "sex": rows["prs_Gender"].map({"Mujer": "F", "Hombre": "M", "Otro": "_O", "": "_U"}),
            "age": age.ge(18).map({True: "Y_GE18", False: "Y0T17"}).mask(age.isna(), "_U"),
            "exploitation": rows["vic_TypeOfExploitation"].map(forms),
            "citizenship": citizenship.eq("MEX").map({True: "NAT", False: "FOR"})
            .mask(citizenship == "", "_U"),
        }
    )  # fmt: skip
    tidy = tidy[(age.isna() | (age < 120)) & date.notna()]
    tidy = tidy[tidy["person"].ne("") & tidy["indicator"].notna()]
    first = tidy.sort_values(["date", "event"]).drop_duplicates("person")
    tidy = tidy[tidy["date"].dt.year.between(2018, 2020)]
    sexes = tidy["sex"].where(tidy["sex"] != "_U").groupby(tidy["person"]).transform("nunique")
    births = tidy.groupby("person")["birth"].transform("nunique")
    tidy = tidy[(sexes < 2) & (births < 2)].sort_values(["date", "event"])
    once = tidy.drop_duplicates(["person", "indicator", "time_period"])
    detected = once[once["event"].isin(first["event"])].assign(indicator="VIC_DETECT")
    once = pd.concat([once, detected])
    return once.groupby(list(DIMENSIONS)).size().rename("count").reset_index()


def test_order_and_files_do_not_matter(example: Path, mapping: Path, tmp_path: Path) -> None:
    expected = count_cases(str(example), mapping)
    rows = codelists.rows(example)
    for files in (1, 4):
        random.Random(files).shuffle(rows)
        folder = tmp_path / f"{files} parts"
        folder.mkdir()
        for number in range(files):
            write_rows(folder / f"part{number}.csv", rows[number::files])
        same(count_cases(str(folder), mapping), expected)


def test_each_format_gives_the_same(example: Path, mapping: Path, tmp_path: Path) -> None:
    expected = count_cases(str(example), mapping)
    frame = codelists.read_list(example)
    frame.to_parquet(tmp_path / "cases.parquet")
    same(count_cases(str(tmp_path / "cases.parquet"), mapping), expected)
    with sqlite3.connect(tmp_path / "cases.sqlite") as connection:
        typed = frame.assign(vic_AgeWhenTrafficked=pd.to_numeric(frame["vic_AgeWhenTrafficked"]))
        typed.to_sql("the cases", connection, index=False)
    connection.close()
    mapping.write_text(mapping.read_text("utf-8") + "table: the cases\n", encoding="utf-8")
    same(count_cases(str(tmp_path / "cases.sqlite"), mapping), expected)
    frame.to_csv(tmp_path / "latin.csv", sep=";", index=False, encoding="latin-1")
    layout = 'delimiter: ";"\nencoding: latin-1\n'
    mapping.write_text(mapping.read_text("utf-8") + layout, encoding="utf-8")
    same(count_cases(str(tmp_path / "latin.csv"), mapping), expected)


def test_dates_and_numbers_of_parquet_are_read_as_text(small: Path, tmp_path: Path) -> None:
    with duckdb.connect() as connection:
        connection.execute(
            "copy (select 7 as id, 1.0 as caso, timestamp '2019-05-01 10:00:00' as fecha, "
            f"null::varchar as sexo, 17.0::double as edad) to '{tmp_path / 'typed.parquet'}'"
        )
    counted = count_cases(str(tmp_path / "typed.parquet"), small)
    assert by(counted, "time_period", "sex", "age") == {("2019", "_U", "Y0T17"): 1}


@pytest.mark.parametrize("dialect", ["duckdb", "pyspark", "postgres"])
def test_the_expression_is_sql_of_other_engines_too(mapping: Path, dialect: str) -> None:
    checked, _ = read_mapping(mapping, "")
    table = ibis.table(dict.fromkeys(checked.columns, "string"), name="extract")
    codes = {name: {"a": "F", "": "_U"} for name, field in checked.fields.items() if field.column}
    assert "ROW_NUMBER" in ibis.to_sql(expression(table, checked, codes), dialect=dialect)


STATUS = "indicator: {column: estado, labels: {presunta: VIC_PRESUMED, confirmada: VIC_IDENT}}"
"""Two statuses, of which detected victims are counted."""


def test_a_detected_victim_is_counted_once_in_the_year_of_the_first(
    count_small: CountSmall,
) -> None:
    mapping = SMALL.replace("indicator: {code: VIC_IDENT}", STATUS)
    counted = count_small(
        {"id": "both years", "estado": "presunta", "edad": "17"},
        {"id": "both years", "estado": "confirmada", "fecha": "2020-02-01", "edad": "18"},
        {"id": "one day", "estado": "presunta", "sexo": ""},
        {"id": "one day", "estado": "confirmada", "sexo": "Hombre"},
        {"id": "before", "estado": "presunta", "fecha": "2018-12-31"},
        {"id": "before", "estado": "confirmada"},
        {"id": "once", "estado": "confirmada", "fecha": "2020-01-01"},
        mapping=mapping,
    )
    assert by(counted, "indicator", "time_period") == {
        ("VIC_PRESUMED", "2019"): 2, ("VIC_IDENT", "2019"): 2, ("VIC_IDENT", "2020"): 2,
        ("VIC_DETECT", "2019"): 2, ("VIC_DETECT", "2020"): 1,
    }  # fmt: skip
    detected = counted.cells[counted.cells["indicator"] == "VIC_DETECT"]
    assert sorted(detected[["time_period", "sex", "age"]].itertuples(index=False, name=None)) == [
        ("2019", "F", "Y0T17"), ("2019", "M", "Y_GE18"), ("2020", "F", "Y_GE18"),
    ], "as the first event says; of one day, as the confirmed one does"  # fmt: skip
    assert counted.account.counted == 6


def test_a_part_of_a_form_is_counted_as_its_whole(count_small: CountSmall) -> None:
    mapping = SMALL + (
        "exploitation: {column: f, separator: ;, labels: {casa: FL_DOM, campo: FL_AGR, x: SX}}\n"
    )
    forms = ["casa", "casa;campo", "casa;x"]
    rows = ({"id": str(n), "f": form} for n, form in enumerate(forms))
    assert by(count_small(*rows, mapping=mapping), "exploitation") == {"FL": 2, "MX": 1}


def test_who_does_not_answer_is_counted_as_unknown(count_small: CountSmall) -> None:
    """So the standard says, and the column `counted_as` of the list."""
    mapping = SMALL.replace("Hombre: M", "Hombre: M, Calla: _N")
    rows = ({"id": str(n), "sexo": sex} for n, sex in enumerate(["Calla", "Calla", "", "Mujer"]))
    assert by(count_small(*rows, mapping=mapping), "sex") == {"_U": 3, "F": 1}


def test_a_code_of_a_whole_extract_counts_as_that_of_a_label_does(count_small: CountSmall) -> None:
    codes = {"sex": "_N", "exploitation": "FL_DOM", "citizenship": "CRI"}
    mapping = re.sub("sex: .*\n", "", SMALL)
    mapping += "".join(f"{name}: {{code: {code}}}\n" for name, code in codes.items())
    assert by(count_small({}, mapping=mapping), *codes) == {("_U", "FL", "NAT"): 1}


def test_dates_of_several_forms_are_read_and_others_named(count_small: CountSmall) -> None:
    mapping = SMALL.replace("form: YYYY-MM-DD}", 'form: "DD/MM/YYYY, YYYY-MM-DD"}')
    dates = ["31/12/2020", "2019-05-01", "12/31/2020", "mayo"]
    counted = count_small(*({"id": date, "fecha": date} for date in dates), mapping=mapping)
    assert by(counted, "time_period") == {"2019": 1, "2020": 1}
    note = [*counted.account.lines()][-1]
    assert "YYYY-MM-DD 1, DD/MM/YYYY 1, MM/DD/YYYY 1, none of these 1" in note


def test_an_extract_of_which_nothing_is_counted_gives_its_account(count_small: CountSmall) -> None:
    rows = [{"id": f"{n}", "fecha": "2015-01-01"} for n in range(12)]
    rows += [{"id": "x", "fecha": "01/05/2019"}, {"id": "y", "fecha": "1999-01-01"}]
    with pytest.raises(CaseError) as refused:
        count_small(*rows)
    for part in (
        "14 rows in = 0 counted", "DD/MM/YYYY 1", "outside the years: 2015 12, … 1",
    ):  # fmt: skip
        assert part in str(refused.value)


@pytest.mark.parametrize("suffix", ["xlsx", "ods"])
def test_a_workbook_counts_as_its_rows_do(tmp_path: Path, suffix: str) -> None:
    """Dates are days or texts; a blank row stands above the header, and another sheet beside."""
    extract, mapping = tmp_path / f"cas.{suffix}", tmp_path / "mapping.yml"
    forms = 'form: "YYYY-MM-DD, DD/MM/YYYY"'
    mapping.write_text(SMALL.replace("form: YYYY-MM-DD", forms) + "sheet: Datos\n", "utf-8")
    rows = [
        ["1", 7, dt.date(2019, 5, 1), "Mujer", 30], ["2", 8, "31/12/2020", "Hombre", 17],
        [3, 9, dt.datetime(2019, 5, 1, 10), None, 17.5], [None] * 5, ["4"],
    ]  # fmt: skip
    write_workbook(extract, {"Lisez-moi": [["rien"]], "Datos": [[None], list(USUAL), *rows]})
    counted = count_cases(str(extract), mapping)
    assert by(counted, "time_period", "sex", "age") == {
        ("2019", "F", "Y_GE18"): 1, ("2020", "M", "Y0T17"): 1,
    }  # fmt: skip
    assert counted.account.quarantined == {
        "row_is_filled": 1, "date_is_real": 1, "age_is_plausible": 1,
    }  # fmt: skip
    begun = begun_mapping(str(extract), "HTI", "")
    assert 'sheet: "Datos"' in begun
    assert "form: YYYY-MM-DD, DD/MM/YYYY" in begun


def test_a_workbook_with_several_sheets_or_an_error_is_refused(tmp_path: Path, small: Path) -> None:
    extract = tmp_path / "cas.xlsx"
    write_workbook(extract, {"A": [list(USUAL)], "B": [list(USUAL), ["=1/0", 1, 2, "Mujer", 4]]})
    with pytest.raises(CaseError, match="has the sheets A, B; name one, as 'sheet'"):
        count_cases(str(extract), small)
    for sheet, message in (
        ("C", "has the sheets A, B"),
        ("B", "cell A2: it holds an error, or a form"),
    ):
        small.write_text(SMALL + f"sheet: {sheet}\n", encoding="utf-8")
        with pytest.raises(CaseError, match=message):
            count_cases(str(extract), small)
