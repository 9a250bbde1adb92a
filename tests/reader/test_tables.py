"""Tables that a source declares: what becomes of their rows, and what a mistake in them says."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pandas as pd
import pytest
from tables import table
from test_source_metadata import GOOD, written

from pipelines.harmonised.harmonise import Harmonised, harmonise
from pipelines.reader.declared import tidy
from pipelines.reader.files import File
from pipelines.reader.source_metadata import read_source
from pipelines.reader.yaml_fields import MetadataError
from pipelines.sources import Publication

LAYOUTS, _, _ = GOOD.partition("layouts:")


def described(tables: str, *headers: str) -> str:
    """Metadata with tables, one for each header."""
    files = [
        f"  - {{file: f{number}.csv, header: [{header}], minimum_rows: 1}}"
        for number, header in enumerate(headers)
    ]
    return "\n".join([LAYOUTS + "layouts:", *files, tables])


@pytest.fixture
def made(tmp_path: Path) -> Callable[..., Harmonised]:
    """Harmonise lines of a file with a header, as tables declare it."""

    def harmonised(
        tables: str, header: str, *lines: str, shipped: str = "", **functions: Callable
    ) -> Harmonised:
        source = read_source(written(tmp_path, described(tables, shipped or header)))
        publication = Publication(source, partial(tidy, source, functions))
        file = tmp_path / "f0.csv"
        file.write_text("\n".join([header, *lines, ""]), encoding="utf-8")
        return harmonise(publication, "2024-12-31", File(file))

    return harmonised


YEARLY = """
tables:
  - cells: {ref_area: URY, indicator: VIC_RECORDED, time_period: {column: Y}}
    figure: N
"""


def test_a_table_of_years(made: Callable[..., Harmonised]) -> None:
    rows = made(YEARLY, "Y,N", "2019,7", "2020,<5").rows
    assert rows["time_period"].tolist() == ["2019", "2020"]
    assert rows["value_raw"].tolist() == ["7", "<5"]
    assert set(rows["sex"]) == {"_T"}


def test_a_percentage_is_no_count(made: Callable[..., Harmonised]) -> None:
    found = made(YEARLY, "Y,N", "2019,0.0 %", "2020,7")
    assert found.rows["value"].tolist() == [7]
    assert found.quarantine["rule"].tolist() == ["figure_has_one_reading"]


def test_one_label_may_give_several_dimensions(made: Callable[..., Harmonised]) -> None:
    tables = """
tables:
  - cells:
      ref_area: URY
      indicator: VIC_RECORDED
      time_period: {column: [Y, Q]}
      sex: &who {column: Who, labels: {All: {}, Girls: {sex: F, age: Y0T17}, Men: {sex: M}}}
      age: *who
    figure: N
"""
    found = made(tables, "Y,Q,Who,N", "2020,Q1,All,9", "2020,Q1,Girls,6", "2020,Q1,Boys,3")
    codes = found.rows[["time_period", "freq", "sex", "age"]].astype(str).to_numpy().tolist()
    assert codes == [["2020-Q1", "Q", "_T", "_T"], ["2020-Q1", "Q", "F", "Y0T17"]]
    assert "add it to 'labels' of 'Who' in sources/ury_example.yml" in set(
        found.quarantine["message"].str.partition(": ")[2]
    )


def test_rows_are_hidden_marked_refused_and_set_aside(made: Callable[..., Harmonised]) -> None:
    tables = """
tables:
  - hide_below: {columns: [N], below: 5}
    set_aside: {other_offences: {Of: {matches: ^smuggling}}}
    must_be:
      - {has: {Unit: persons}, where: {Of: trafficking}}
    marks:
      - {where: {P: p}, status: P, comment: preliminary}
    cells: {ref_area: {column: At, states: true}, indicator: VIC_RECORDED, time_period: {column: Y}}
    figure: N
"""
    found = made(
        tables, "Y,At,Of,Unit,P,N",
        "2019,URY,trafficking,persons,,3", "2020,URY,trafficking,persons,p,8",
        "2020,URY,smuggling of any,cases,,9", "2021,URY,trafficking,cases,,9",
    )  # fmt: skip
    assert found.rows["value_raw"].tolist() == ["<5", "8"]
    assert found.rows["obs_status"].tolist() == ["Q", "P"]
    assert found.quarantine["rule"].tolist() == ["unit_fits_the_indicator"]
    aside = found.account[found.account["outcome"] == "set_aside"]
    assert aside[["reason", "rows"]].to_numpy().tolist() == [["other_offences", 1]]


def test_months_that_are_still_to_come(made: Callable[..., Harmonised]) -> None:
    tables = """
tables:
  - sum: {figures: [Enero, Febrero, Marzo], by: [Y]}
    melt: {columns: [Enero, Febrero, Marzo], into: Mes}
    cells: {ref_area: URY, indicator: VIC_RECORDED, time_period: {column: [Y, Mes]}}
    blank_after_last: month_not_yet_reported
    figure: N
"""
    rows = made(tables, "Y,Town,Enero,Febrero,Marzo", "2024,a,5,6,", "2024,b,7,1,").rows
    assert rows["time_period"].tolist() == ["2024-01", "2024-02"]
    assert rows["value"].tolist() == [12, 7]


def test_other_states_are_set_aside(made: Callable[..., Harmonised]) -> None:
    tables = """
tables:
  - cells:
      ref_area: {column: Country, citizenships: true}
      indicator: VIC_RECORDED
      time_period: {column: Y}
    other_states: true
    locator: "{file}, {Country}, row {row}"
    figure: N
"""
    found = made(tables, "Y,Country,N", "2020,Uruguay,7", "2020,Francia,8")
    assert found.rows["locator"].tolist() == ["f0.csv, Uruguay, row 2"]
    assert "not_an_oas_state" in set(found.account["reason"])


def test_a_module_counts_rows(made: Callable[..., Harmonised]) -> None:
    def lines(_file: File, raw: pd.DataFrame, _threshold: int) -> list[list[str]]:
        return [[year, f"{count}"] for year, count in raw["Y"].value_counts().items()]

    def place(name: str, year: str) -> str:
        return f"counted from {name}: {year}"

    shipped = "Y, Person], shipped: [Y, N"
    tables = YEARLY + "    locator: {call: place}\n"
    functions = {"lines": lines, "place": place}
    rows = made(tables, "Y,Person", "2020,a", "2020,b", shipped=shipped, **functions).rows
    assert rows["value"].tolist() == [2]
    assert rows["locator"].tolist() == ["counted from f0.csv: 2020"]
    again = made(tables, "row,Y,N", "1,2020,2", shipped=shipped, **functions).rows
    assert again["value"].tolist() == [2], "a figure table is not counted again"


SDG = """
open_sdg:
  ref_area: URY
  indicator: VIC_DETECT_RATE
  unit: Per 100,000 population
  disaggregations: {Sex: {labels: {Female: {sex: F}}}}
"""


def test_a_file_of_open_sdg(made: Callable[..., Harmonised]) -> None:
    header = "Year,Units,Sex,Value"
    good = '2020,"Per 100,000 population",,"0,5"'
    found = made(SDG, header, good, '2020,Percent,Female,"0,7"')
    assert found.rows[["sex", "value_raw"]].to_numpy().tolist() == [["_T", "0,5"]]
    assert found.quarantine["rule"].tolist() == ["unit_fits_the_indicator"]


@pytest.mark.parametrize(("mistake", "old", "new", "message"), table(__file__, "mistakes.csv"))
def test_a_mistake_names_file_field_and_remedy(
    tmp_path: Path, mistake: str, old: str, new: str, message: str
) -> None:
    assert old in YEARLY, mistake
    text = described(YEARLY.replace(old, new, 1), "Y, N")
    with pytest.raises(MetadataError) as error:
        read_source(written(tmp_path, text))
    assert str(error.value).startswith("pipelines/sources/ury_example.yml: field '")
    assert message in str(error.value)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("Year, Units, Sex", "Year, Units, Sex, Age", "'Age', which splits the figures: name it"),
        ("  unit: Per 100,000 population\n", "", "open_sdg.unit' does not fit the header: add"),
        ("Per 100,000 population", "Percent", "VIC_DETECT_RATE is measured in PER_100000_POP"),
        ("{sex: F}", "{sex: W}", "cells.sex.labels.Female' is 'W', no code of"),
    ],
)
def test_a_mistake_in_a_file_of_open_sdg(tmp_path: Path, old: str, new: str, message: str) -> None:
    text = described(SDG, "Year, Units, Sex, Value")
    assert old in text
    with pytest.raises(MetadataError) as error:
        read_source(written(tmp_path, text.replace(old, new, 1)))
    assert message in str(error.value)


def test_nothing_proposed_is_an_empty_list(tmp_path: Path) -> None:
    text = described(YEARLY, "Y, N")
    assert read_source(written(tmp_path, text + "proposed: []\n")).proposed == ()
