"""Single official figures: each has its authority, its page and a sentence that describes it."""

import pandas as pd
import pytest
from source_tests import shipped_table

from pipelines.harmonised.harmonise import Harmonised

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


def test_a_contradictory_year_is_not_published(shipped: Harmonised) -> None:
    """PROTEX: 1,667 in 2021, 341 more than in 2020, and 1,346 in 2020."""
    assert not shipped.rows["value"].isin([1_346, 1_326]).any()
