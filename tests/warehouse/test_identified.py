"""When formally identified victims stand first on the page of a state."""

import json
import shutil
from pathlib import Path

import duckdb
import pytest
from conftest import observations
from warehouse_copies import renew

from pipelines.warehouse.database import insert


@pytest.fixture(scope="module")
def headlines(built: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple]:
    """Indicator, year, kind and sentence of the newest figure of states with identified victims."""
    copy = shutil.copy(built, tmp_path_factory.mktemp("identified"))
    identified = {
        ("JAM", "2016"): "jam_statin", ("CAN", "2024"): "can_sdg", ("COL", "2024"): "col_fiscalia",
    }  # fmt: skip
    with duckdb.connect(copy) as connection:
        days = dict(
            connection.execute(
                "select source, max(release) from main.release where is_current group by all"
            ).fetchall()
        )
        rows = [
            {"source": source, "release": days[source], "ref_area": state, "time_period": year,
             "indicator": "VIC_IDENT", "value": 31}
            for (state, year), source in identified.items()
        ]  # fmt: skip
        insert(connection, "harmonised.observation", observations(*rows))
        connection.execute(
            "update main.source set registers = 'IDENTIFIED' where source = 'col_fiscalia'"
        )
        renew(connection)
        found = connection.execute(
            "select area, indicator, year, args, text from published.answer "
            "join published.sentence using (area, question) "
            "where question = 'HAPPENED' and language = 'en'"
        ).fetchall()
    return {
        area: (indicator, year, json.loads(args).get("counted"), text)
        for area, indicator, year, args, text in found
    }


def test_they_do_where_detected_victims_are_three_years_older(headlines: dict) -> None:
    assert headlines["JAM"][:3] == ("VIC_IDENT", 2016, "IDENTIFIED")
    assert headlines["JAM"][3].startswith("Jamaica formally identified 31 victims in 2016, accord")


def test_they_do_not_where_these_are_one_year_older(headlines: dict) -> None:
    assert headlines["CAN"][:3] == ("VIC_DETECT", 2023, "DETECTED")


def test_they_do_at_once_where_the_authority_registers_no_others(headlines: dict) -> None:
    assert headlines["COL"][:3] == ("VIC_IDENT", 2024, "IDENTIFIED")
