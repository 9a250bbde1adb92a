"""Brazil's labour inspection: known answers, revisions, units that are not mixed, demand."""

from collections.abc import Callable
from pathlib import Path

import pytest
from harmonised_releases import Releases
from source_tests import account, harmonised_rows, headlines

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


def test_the_later_print_is_a_revision(harmonised: Releases, query: Callable) -> None:
    first = harmonised["bra_sit", "2024-01-31"].rows
    here = (first["indicator"] == "DEM_LAB_FOUND") & (first["time_period"] == "2023")
    assert first.loc[here, "value"].tolist() == [3151]
    revised = query(
        "select previous_value, value from published.revision where source = 'bra_sit' "
        "and indicator = 'DEM_LAB_FOUND' and year = 2023"
    )
    assert revised == [(3151, 3239)]


def test_inspections_are_not_mixed_with_establishments(
    harmonised: Releases, query: Callable
) -> None:
    found = headlines(query, "bra_sit", "DEM_LAB_INSP", "BRA")
    assert found == {2021: 443, 2022: 531, 2024: 1035, 2025: 1594}
    for release in ("2020-01-28", "2020-01-31"):
        rows = account(harmonised["bra_sit", release])
        assert rows["set_aside", "counted_in_another_unit"] == 1


def test_only_a_page_of_the_governments_own_agency_is_its_own_word(query: Callable) -> None:
    found = query(
        "select time_period, value, release, split_part(locator, '/', 3) "
        "from published.observation where source = 'bra_sit' and provenance = 'OWN'"
    )
    assert found == [("2019", 1054, "2020-01-28", "agenciabrasil.ebc.com.br")]
    hosts = query(
        "select distinct split_part(locator, '/', 3) from published.observation "
        "where source = 'bra_sit' and provenance <> 'OWN'"
    )
    assert not [host for [host] in hosts if host.endswith((".gov.br", "ebc.com.br"))]


def test_wages_are_money_in_reais(query: Callable, harmonised: Releases) -> None:
    found = headlines(query, "bra_sit", "DEM_LAB_PAID", "BRA")
    assert found[2024] == 7061526.03
    assert 2025 not in found, "more than 9 million is no figure"
    [(unit, status)] = query(
        "select unit_measure, obs_status from published.observation "
        "where indicator = 'DEM_LAB_PAID' and time_period = '2023'"
    )
    assert unit == "BRL"
    assert set(status.split(";")) == {"D", "E"}, "12.5 million is rounded"


def test_the_demand_side_is_not_trafficking(harmonised: Releases) -> None:
    rows = harmonised["bra_sit", "2026-01-31"].rows
    assert set(rows["def_scope"]) == {"FORCEDLAB"}


def test_prints_of_several_years_are_refused(tmp_path: Path) -> None:
    with pytest.raises(FileRefusedError, match="several releases in 'published', 2020, 2021"):
        made(tmp_path, {}, {"published": "2021-01"})
