"""Brazil's labour inspection: known answers, revisions, units that are not mixed, demand."""

from pathlib import Path

import pytest
from harmonised_releases import Releases
from source_tests import account, harmonised_rows

from pipelines.harmonised.harmonise import Harmonised
from pipelines.sources import FileRefusedError, discover

SIT = discover()["bra_sit"]


def made(tmp_path: Path, *rows: dict[str, str]) -> Harmonised:
    """Harmonise a few rows in the columns of the typed table; invented figures."""
    usual = {
        "year": "2019", "counted": "workers found", "unit": "person", "value": "1204",
        "published": "2020-01", "is_exact": "1", "url": "https://example.org/balance",
    }  # fmt: skip
    return harmonised_rows(SIT, "2020-01-31", tmp_path / "figures.csv", usual, *rows)


def test_the_first_print_stays(harmonised: Releases) -> None:
    first = harmonised["bra_sit", "2024-01-31"].rows
    here = (first["indicator"] == "DEM_LAB_FOUND") & (first["time_period"] == "2023")
    assert first.loc[here, "value"].tolist() == [3151]


def test_inspections_are_not_mixed_with_establishments(harmonised: Releases) -> None:
    for release in ("2020-01-28", "2020-01-31"):
        rows = account(harmonised["bra_sit", release])
        assert rows["set_aside", "counted_in_another_unit"] == 1


def test_prints_of_several_years_are_refused(tmp_path: Path) -> None:
    with pytest.raises(FileRefusedError, match="several releases in 'published', 2020, 2021"):
        made(tmp_path, {}, {"published": "2021-01"})
