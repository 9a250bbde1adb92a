"""A partial release updates the figures that it has; all others stand, and nothing is withdrawn."""

from collections.abc import Callable
from pathlib import Path

import duckdb
import pandas as pd
import pytest
from conftest import observations
from kept_sources import keep
from two_releases import two_releases
from typer.testing import CliRunner

from pipelines.cli.app import app
from pipelines.harmonised import refresh, release_files
from pipelines.intake import raw_table
from pipelines.lib import paths
from pipelines.raw import manifest, reviews
from pipelines.sources import discover
from schemas import codelists
from schemas.observation import CELL

GLOTIP, BEFORE = "int_unodc_glotip", "2025-10-28"
PARTS = {"2026-05-01": "PRY", "2026-05-02": "CAN"}
"""Days of parts, and their states: both have tables that are copies in the whole file."""


@pytest.fixture
def ask(project: Path, once: Callable) -> Callable[[str], list[tuple]]:
    """A warehouse of a whole release and a partial one, which restates one of three years."""
    text = paths.manifest().read_text(encoding="utf-8")
    paths.manifest().write_text(
        text.replace(f"{GLOTIP},{BEFORE},REPLACE", f"{GLOTIP},{BEFORE},MERGE"), encoding="utf-8"
    )
    early = observations(
        *({"time_period": str(year), "value": year} for year in (2018, 2019, 2020))
    )
    late = observations({"time_period": "2019", "value": 99}, {"time_period": "2021", "value": 7})
    made = once("restated", lambda folder: two_releases(folder / "h", early, late))

    def answer(sql: str) -> list[tuple]:
        with duckdb.connect(made / "h" / "tipstat.duckdb", read_only=True) as connection:
            return connection.execute(sql).fetchall()

    return answer


def test_figures_missing_from_a_partial_release_stay(ask: Callable) -> None:
    figures = dict(ask("select time_period, value from published.headline"))
    assert figures == {"2018": 2018, "2019": 99, "2020": 2020, "2021": 7}


def test_an_as_of_query_returns_what_was_known_before(ask: Callable) -> None:
    known = "select time_period, value from published.observation_as_of('{}')"
    assert dict(ask(known.format("2024-01-01"))) == {"2018": 2018, "2019": 2019, "2020": 2020}
    assert dict(ask(known.format("2026-01-01")))["2019"] == 99


def test_nothing_is_withdrawn(ask: Callable) -> None:
    changes = ask("select time_period, change, previous_value, value from published.revision")
    assert changes == [("2019", "changed", 2019, 99)]


def part_of(project: Path, area: str) -> Path:
    """The rows of one state in the newest table of UNODC, one figure of which is another now."""
    table = codelists.read_list(project / "data/raw" / GLOTIP / f"{BEFORE}.csv")
    rows = table[table["Iso3_code"] == area].copy()
    exact = rows["txtVALUE"].str.fullmatch(r"[1-9]\d+")
    rows.loc[exact[exact].index[-1], "txtVALUE"] = "77"
    path = project / "part.csv"
    rows.to_csv(path, index=False, lineterminator="\n")
    return path


@pytest.mark.slow
def test_a_state_may_be_entered_as_a_part(project: Path) -> None:
    """What the whole file's examination kept out stays out, where the part prints the same."""
    keep(lambda source, day: source != GLOTIP or day == BEFORE)
    for day, area in PARTS.items():
        path = part_of(project, area)
        raw_table.add_release(discover()[GLOTIP], path, day, day, partial=True, by="The office")
        reviews.enter(GLOTIP, day, reviews.ACCEPT, "One figure is the test's own", "The office")
    assert refreshed() == dict.fromkeys([BEFORE, *PARTS], "")
    current = release_files.current(release_files.releases(paths.harmonised(), GLOTIP))
    assert [each.release for each in current] == [*reversed(PARTS), BEFORE]
    *parts, whole = (
        pd.read_parquet(each.files.rows)[[*CELL, "value_raw"]].astype("str") for each in current
    )
    known = pd.MultiIndex.from_frame(whole[list(CELL)])
    for part in parts:
        is_new = ~pd.MultiIndex.from_frame(part[list(CELL)]).isin(known)
        assert set(part.loc[is_new, "value_raw"]) <= {"77"}


@pytest.mark.slow
@pytest.mark.usefixtures("one_detector")
def test_a_few_states_do_not_replace_all(project: Path) -> None:
    keep(lambda source, day: source != GLOTIP or day == BEFORE)
    path = part_of(project, "ECU")
    validate = ["validate", str(path), "--source", GLOTIP]
    validated = CliRunner().invoke(app, validate)
    assert validated.exit_code == 1
    assert "missing" in validated.stdout
    assert "part.csv: lacks" in validated.stderr
    validated = CliRunner().invoke(app, [*validate, "--partial"])
    assert "lacks" not in validated.stderr
    assert "part.csv: 1 total contradicts its parts" in validated.stderr, "by the 77"


def refreshed() -> dict[str, str]:
    """Return why each release of UNODC is held back, by its day."""
    known = release_files.releases(paths.harmonised(), GLOTIP)
    for each in known:
        refresh.refresh(discover()[GLOTIP], each)
    return {each.release: each.held_back for each in known}


def test_a_release_does_one_thing(project: Path) -> None:
    text = paths.manifest().read_text(encoding="utf-8")
    line = next(each for each in text.splitlines() if each.startswith(GLOTIP))
    again = line.replace(",REPLACE,", ",MERGE,").replace(".csv,", "_b.csv,", 1)
    paths.manifest().write_text(f"{text}{again}\n", encoding="utf-8")
    with pytest.raises(manifest.ManifestError, match="another file of this release"):
        manifest.entries()
