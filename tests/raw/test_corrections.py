"""Corrections: data with a reason, shown wherever the figure goes, refused when they do not fit."""

from pathlib import Path

import pandas as pd
import pytest

from pipelines.cli.tables import account
from pipelines.harmonised import refresh
from pipelines.lib import paths
from pipelines.raw import corrections, manifest, record_csv
from pipelines.raw.corrections import CorrectionError
from pipelines.sources import discover

GOOD = {
    "id": "TEST_ONE", "source": "int_unodc_glotip", "release": "2025-04-14", "column": "txtVALUE",
    "row": "54756", "old": "2,019", "new": "", "effect": "REPLACE",
    "rows": "1", "reason": "the year, not a count",
    "reported_to": "", "status": "open",
}  # fmt: skip


def write(*lines: dict[str, str]) -> None:
    """Write lines in place of the table of corrections."""
    table = pd.DataFrame(lines, columns=record_csv.columns(corrections.Correction))
    table.to_csv(paths.corrections(), index=False)


def harmonised(release: str = "2025-04-14"):
    entries = manifest.entries("int_unodc_glotip", release)
    return refresh.harmonised(discover()["int_unodc_glotip"], entries)


def test_a_figure_that_cannot_be_known_becomes_missing(project: Path) -> None:
    write(GOOD)
    found = harmonised()
    [row] = found.rows[found.rows["locator"].str.endswith("row 54756")].to_dict("records")
    assert row["comment"] == "correction TEST_ONE"
    assert row["obs_status"] == "O"
    assert row["value_raw"] == ""
    assert row["ref_area"] == "DOM"
    assert not found.quarantine["found"].eq("2,019").any()


def test_a_doubtful_figure_stays_and_is_marked(project: Path) -> None:
    write(GOOD | {"row": "19447", "old": "425", "effect": "DOUBTFUL"})
    rows = harmonised().rows
    [row] = rows[rows["locator"].str.endswith("row 19447")].to_dict("records")
    assert (row["value"], row["obs_status"], row["comment"]) == (425, "U", "doubt TEST_ONE")


def test_other_releases_are_left_alone(project: Path) -> None:
    write(GOOD)
    assert not harmonised("2023-05-30").rows["comment"].eq("correction TEST_ONE").any()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"old": "2,018"}, "'2,018' is in 0 rows of 'txtVALUE', not in 1"),
        ({"row": "54757"}, "is in 0 rows"),
        ({"old": "<5", "row": "", "rows": "3"}, "not in 3; the publisher may have fixed it"),
        ({"column": "VALUE"}, "there is no column 'VALUE'"),
    ],
)
def test_a_correction_that_does_not_fit_holds_its_release_back(project, change, words) -> None:
    write(GOOD | change)
    with pytest.raises(CorrectionError, match="correction TEST_ONE") as caught:
        harmonised()
    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ([{"reason": " "}], "line 2: reason must be filled"),
        ([{"status": "done"}], "status must be one of accepted, open, refused, reported"),
        ([{"rows": "some"}], "'rows' must be the number of rows"),
        ([{"effect": "GUESS"}], "effect must be REPLACE or DOUBTFUL"),
        ([{"effect": "DOUBTFUL", "new": "7"}], "a doubtful text is not replaced, so 'new' must be"),
        ([{}, {}], "an id occurs more than once"),
    ],
)
def test_an_invalid_line_is_named(project: Path, lines: list[dict], words: str) -> None:
    write(*(GOOD | change for change in lines))
    with pytest.raises(CorrectionError, match=r"corrections\.csv") as caught:
        corrections.entries()
    assert words in str(caught.value)


def test_the_shipped_corrections_restore_citizenships(query) -> None:
    """The name of the Dominican Republic had lost a letter."""
    found = query(
        "select time_period, value from harmonised.observation where release = '2025-04-14' "
        "and comment like '%GLOTIP_2025_REPUBLICA_DOMINICANA%' and ref_area = 'DOM' "
        "and citizenship = 'DOM' order by all"
    )
    assert found == [("2021", 56), ("2022", 18)]


def test_a_label_that_may_mean_several_things_stays_in_quarantine(query) -> None:
    """It means "specify the country": no state is named."""
    found = query("select distinct found from main.quarantine where found like '%\ufffd%'")
    assert found == [("(especifique el pa\ufffds)",)]


def test_the_shipped_corrections_restore_nationals(query) -> None:
    """In the release of 2023 one more of them is withheld, and its comment with it."""
    found = query(
        "select release, count(*) from harmonised.observation "
        "where comment like '%_NATIONALS' and citizenship = 'NAT' group by all order by all"
    )
    assert found == [("2023-05-30", 27), ("2025-04-14", 62)]


def test_a_run_reports_the_corrected_figures(built: Path) -> None:
    line = "int_unodc_glotip 2025-04-14 corrected: 90 figures, by 18 lines in "
    assert line in account(built)
