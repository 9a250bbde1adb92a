"""SDG 16.2.2 in the layout of Open SDG, by the rules of its data format and its check."""

import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pandas as pd
import pytest
import yaml
from warehouse_copies import changed

from pipelines.published.extracts.build import build_extracts

NOT_DIMENSIONS = ["Value", "Observation status"]
"""Those of Open SDG's default `non_disaggregation_columns` that separate no series."""


@pytest.fixture
def table(extracts: Path) -> pd.DataFrame:
    return pd.read_csv(unpacked(extracts, "data/indicator_16-2-2.csv"))


def unpacked(extracts: Path, path: str) -> BytesIO:
    """Return a file that a platform finds in its data repository."""
    with zipfile.ZipFile(extracts / "open_sdg" / "16-2-2.zip") as packed:
        return BytesIO(packed.read(path))


def test_columns(table: pd.DataFrame) -> None:
    assert list(table) == [
        "Year", "Units", "Series", "Country", "Sex", "Age", "Form of exploitation",
        "Observation status", "Value",
    ]  # fmt: skip


def test_the_rules_of_its_check(table: pd.DataFrame) -> None:
    assert pd.api.types.is_integer_dtype(table["Year"])
    assert pd.api.types.is_float_dtype(table["Value"])
    assert not table.isna().all(axis="columns").any()
    for column in table.select_dtypes(exclude="number"):
        text = table[column].dropna()
        assert (text == text.str.strip()).all()
        assert not text.isin({"Total", "All ages", "All forms"}).any()  # blank means all


def test_a_place_in_a_chart_has_one_value(table: pd.DataFrame) -> None:
    assert not table.duplicated([each for each in table if each not in NOT_DIMENSIONS]).any()


def test_values_are_those_of_the_warehouse(
    table: pd.DataFrame, query: Callable[[str], list[tuple]]
) -> None:
    [(rows, total)] = query(
        "select count(*), sum(value) from published.observation where indicator like "
        "'VIC_DETECT%' and freq = 'A' and citizenship = '_T' and counterpart_role = '_Z' "
        "and breakdown = '_T' and ref_area = country and provenance <> 'REPEATED'"
    )
    assert (len(table), table["Value"].sum()) == (rows, pytest.approx(total))
    colombia = table.query(
        "Country == 'Colombia' and Year == 2022 and Series.str.contains('UNODC')"
    )
    whole = colombia[colombia[["Sex", "Age", "Form of exploitation"]].isna().all(axis="columns")]
    assert whole["Value"].tolist() == [162]


def test_two_sources_of_a_publisher_never_share_a_line(hostile: Path, tmp_path: Path) -> None:
    twins = changed(
        hostile,
        tmp_path,
        """
        insert into main.source select * replace ('int_twin' as source, 'Its twin' as title)
        from main.source where source = 'int_shown';
        insert into main.release select * replace ('int_twin' as source)
        from main.release where source = 'int_shown';
        insert into harmonised.observation select * replace ('int_twin' as source)
        from harmonised.observation where source = 'int_shown';
        """,
        "observation",
    )
    build_extracts(twins, tmp_path / "out", ["open-sdg"])
    file = unpacked(tmp_path / "out", "data/indicator_16-2-2.csv")
    test_a_place_in_a_chart_has_one_value(pd.read_csv(file))


def test_a_suppressed_value_is_blank_and_says_so(table: pd.DataFrame) -> None:
    suppressed = table["Observation status"].str.startswith("Suppressed for confidentiality: <")
    assert suppressed.sum() > 1000
    assert table.loc[suppressed, "Value"].isna().all()
    assert table.loc[table["Value"].isna(), "Observation status"].ne("Normal value").all()


def test_metadata(extracts: Path) -> None:
    text = unpacked(extracts, "meta/16-2-2.md").read().decode()
    _, front, body = text.split("---\n", 2)
    meta = yaml.safe_load(front)
    # Fields that sdg-build's schema requires of an indicator with a chart.
    assert (meta["published"], meta["reporting_status"]) == (True, "complete")
    assert meta["data_non_statistical"] is False
    assert meta["graph_title"]
    assert meta["graph_type"]
    kinds = {type(value) for value in meta.values()}
    assert kinds <= {str, bool}  # no dates: its schema knows text, numbers and true or false
    assert meta["source_organisation_1"] == "United Nations Office on Drugs and Crime (UNODC)"
    assert "Terms of use" in meta["source_other_info_1"]
    assert "Harmonised by tipstat" in body
