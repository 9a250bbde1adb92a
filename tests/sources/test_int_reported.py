"""Single official figures: each has its authority, its page and a sentence that describes it."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from source_tests import figures, shipped_table

from pipelines.harmonised.harmonise import Harmonised, harmonise
from pipelines.sources import File, discover

REPORTED = discover()["int_reported"]
RELEASE = "2026-11-27"


@pytest.fixture
def printed() -> pd.DataFrame:
    return shipped_table("int_reported", RELEASE)


def test_every_figure_leads_to_its_page(printed: pd.DataFrame) -> None:
    assert printed["address"].str.fullmatch(r"https?://[a-z][a-z.]+\.[a-z]{2,3}/\S{10,}").all()
    for column in ("publisher", "title", "page", "published", "description"):
        assert (printed[column].str.len() > 3).all(), column
    assert not printed["description"].str.contains('["“”«»]').any(), "our words, no quotation"
    assert printed["published"].str.fullmatch(r"20\d\d(-\d\d){0,2}").all()
    assert (printed["published"].str[:4] >= printed["time_period"]).all()


def test_only_pages_of_the_authority_itself(printed: pd.DataFrame) -> None:
    hosts = set(printed["address"].str.extract(r"https?://(?:www\.)?([^/]+)/")[0])
    assert hosts == {
        "apoyovictimas.cl", "archivoinfojus.gob.ar", "fiscales.gob.ar", "minseg.gob.pa", "ojp.gov",
        "pdh.org.gt",
    }  # fmt: skip


def test_all_are_published_with_authority_and_place(
    shipped: Harmonised, printed: pd.DataFrame
) -> None:
    assert (len(shipped.rows), len(shipped.quarantine)) == (len(printed), 0)
    rows = shipped.rows
    assert (rows["value_raw"].astype(str) == printed["value"]).all()
    for row, line in zip(rows.itertuples(), printed.itertuples(), strict=True):
        assert row.locator.startswith(f"{line.address}, {line.page}")
        assert row.comment == f"{line.publisher}: {line.description}"
    elsewhere = rows["def_scope"] != "PALERMO"
    assert (elsewhere == rows["obs_status"].astype(str).str.contains("D")).all()
    assert 0 < elsewhere.sum() < len(rows)


@pytest.mark.parametrize(
    ("area", "indicator", "basis", "known"),
    [
        ("ARG", "COMPLAINTS", "CY", {"2021": 1_667}),
        ("ARG", "AST_ASSISTED", "CUM", {"2015": 8_551}),
        ("CHL", "AST_ASSISTED", "CY", {"2019": 19, "2020": 47, "2021": 28}),
        ("GTM", "COMPLAINTS", "CY", {"2017": 266, "2018": 276}),
        ("GTM", "VIC_RECORDED", "CY", {"2018": 478}),
        ("PAN", "VIC_IDENT", "OTHER", {"2020": 18}),
        ("USA", "PER_REFERRED", "FY1001",
         {"2011": 1_360, "2012": 1_519, "2015": 1_923, "2020": 2_198, "2021": 2_027,
          "2022": 1_912}),
        ("USA", "PER_PROSEC", "FY1001",
         {"2011": 729, "2012": 805, "2020": 1_343, "2021": 1_672, "2022": 1_656}),
        ("USA", "PER_CONVICT", "FY1001",
         {"2011": 464, "2012": 578, "2015": 769, "2019": 837, "2020": 658, "2022": 1_118}),
    ],
)  # fmt: skip
def test_known_answers(
    query: Callable, area: str, indicator: str, basis: str, known: dict[str, int]
) -> None:
    assert figures(query, "int_reported", area, indicator, basis) == known


def test_a_contradictory_year_is_not_published(shipped: Harmonised) -> None:
    """PROTEX: 1,667 in 2021, 341 more than in 2020, and 1,346 in 2020."""
    assert not shipped.rows["value"].isin([1_346, 1_326]).any()


@pytest.mark.parametrize(
    ("column", "text", "rule"),
    [
        ("address", "", "labels_are_readable"),
        ("address", "ojp.gov/library", "labels_are_readable"),
        ("page", "", "labels_are_readable"),
        ("description", "", "labels_are_readable"),
        ("publisher", "", "labels_are_readable"),
        ("indicator", "VICTIMS", "labels_are_known"),
        ("ref_area", "ESP", "labels_are_known"),
        ("def_scope", "NARROW", "labels_are_known"),
    ],
)
def test_a_figure_without_its_source_is_kept_out(
    tmp_path: Path, printed: pd.DataFrame, column: str, text: str, rule: str
) -> None:
    printed.loc[0, column] = text
    printed.to_csv(tmp_path / "figures.csv", index=False)
    found = harmonise(REPORTED, RELEASE, File(tmp_path / "figures.csv"))
    assert (found.quarantine["rule"].tolist(), len(found.rows)) == ([rule], len(printed) - 1)
