"""Corrections: data with a reason, shown wherever the figure goes, refused when they do not fit."""

from pathlib import Path

import pandas as pd
import pytest
from glotip_rows import made

from pipelines.harmonised import refresh
from pipelines.harmonised.harmonise import Harmonised
from pipelines.lib import paths
from pipelines.raw import corrections, manifest, record_csv
from pipelines.raw.corrections import Correction, CorrectionError
from pipelines.sources import File, discover

GOOD = {
    "id": "TEST_ONE", "source": "int_unodc_glotip", "found_in": "2025-04-14", "ref_area": "DOM",
    "indicator": "VIC_DETECT", "time_period": "2019", "sex": "_U", "age": "_U",
    "exploitation": "OTH", "citizenship": "_T", "counterpart_area": "_Z", "occurrence": "1",
    "column": "value", "old": "2,019", "new": "", "effect": "REPLACE",
    "reason": "the year, not a count", "reported_to": "", "status": "open",
}  # fmt: skip
CELL = dict.fromkeys(corrections.CELL, "")
LABEL = GOOD | CELL | {"occurrence": "", "column": "Category", "old": "Haitian", "new": "Haitians"}
GUATEMALA = {
    "ref_area": "GTM", "time_period": "2021", "sex": "_T", "age": "_T", "exploitation": "SX",
    "old": "425", "effect": "DOUBTFUL",
}  # fmt: skip


def write(*lines: dict[str, str]) -> None:
    """Write lines in place of the table of corrections."""
    table = pd.DataFrame(lines, columns=record_csv.columns(corrections.Correction))
    table.to_csv(paths.corrections(), index=False)


def made_from(release: str = "2025-04-14") -> Harmonised:
    entries = manifest.entries("int_unodc_glotip", release)
    return refresh.harmonised(discover()["int_unodc_glotip"], entries)


def bearing(harmonised: Harmonised, correction: str) -> list[tuple[str, str, str, float]]:
    """State, status, printed text and value of the figures of a release that bear a correction."""
    rows = harmonised.rows
    found = rows[rows["correction"].astype(str).str.split(";").map(lambda ids: correction in ids)]
    columns = found[["ref_area", "obs_status", "value_raw", "value"]].astype("object")
    return [*columns.where(columns.notna(), None).itertuples(index=False, name=None)]


def test_a_figure_that_cannot_be_known_becomes_missing(project: Path) -> None:
    write(GOOD)
    found = made_from()
    assert bearing(found, "TEST_ONE") == [("DOM", "O", "", None)]
    assert not found.quarantine["found"].eq("2,019").any()


def test_a_doubtful_figure_stays_and_is_marked_in_every_release_that_prints_it(
    project: Path,
) -> None:
    """The row in the file is another one in each release."""
    write(GOOD | GUATEMALA)
    for release in ("2025-04-14", "2025-10-28"):
        assert bearing(made_from(release), "TEST_ONE") == [("GTM", "U", "425", 425)]


def test_a_cell_that_the_publisher_mended_is_left_alone(project: Path) -> None:
    """Bolivia's 212 of other sex in 2022 is `<5` in the release of October 2025."""
    write(
        GOOD | GUATEMALA
        | {"ref_area": "BOL", "time_period": "2022", "sex": "_O", "age": "Y_GE18",
           "exploitation": "_T", "old": "212"}
    )  # fmt: skip
    assert bearing(made_from("2025-04-14"), "TEST_ONE") == [("BOL", "U", "212", 212)]
    assert bearing(made_from("2025-10-28"), "TEST_ONE") == []


def test_a_doubt_about_a_hidden_figure_is_one_about_its_narrower_print(project: Path) -> None:
    """Guyana's boys of 2018 are `<5` in April's release and 0 in October's."""
    write(
        GOOD | GUATEMALA
        | {"ref_area": "GUY", "time_period": "2018", "sex": "M", "age": "Y0T17",
           "exploitation": "_T", "old": "<5"}
    )  # fmt: skip
    assert [text for _, _, text, _ in bearing(made_from("2025-04-14"), "TEST_ONE")] == ["<5"]
    assert [text for _, _, text, _ in bearing(made_from("2025-10-28"), "TEST_ONE")] == ["0"]


def test_the_occurrence_tells_rows_of_one_cell_with_one_text_apart(tmp_path: Path) -> None:
    women = {"Sex": "Female", "txtVALUE": "30"}
    made(tmp_path, women, {"Sex": "Male"}, women)
    line = GOOD | {"ref_area": "COL", "sex": "F", "age": "_T", "exploitation": "_T", "old": "30",
                   "occurrence": "2", "found_in": "x"}  # fmt: skip
    file = File(tmp_path / "figures.csv", corrections=[Correction(**line)])
    assert [*discover()["int_unodc_glotip"].tidy(file).corrected["TEST_ONE"]] == [2]


def test_a_figure_in_a_sum_is_not_replaced_alone(tmp_path: Path) -> None:
    form = {"Dimension": "by form of exploitation", "Category": "Other forms of exploitation"}
    made(tmp_path, *({**form, "txtVALUE": text} for text in ("7", "8")))
    line = GOOD | {"ref_area": "COL", "sex": "_T", "age": "_T", "old": "7", "new": "9"}  # fmt: skip
    file = File(tmp_path / "figures.csv", corrections=[Correction(**line)])
    with pytest.raises(CorrectionError, match="one of several that are added up"):
        discover()["int_unodc_glotip"].tidy(file)


def test_a_row_of_a_sum_may_make_it_doubtful_or_unknown(tmp_path: Path) -> None:
    form = {"Dimension": "by form of exploitation", "Category": "Other forms of exploitation"}
    made(tmp_path, *({**form, "txtVALUE": text} for text in ("7", "8")))
    line = GOOD | {"ref_area": "COL", "sex": "_T", "age": "_T", "old": "8"}
    doubtful, unknown = (
        discover()["int_unodc_glotip"].tidy(
            File(tmp_path / "figures.csv", corrections=[Correction(**line | {"effect": effect})])
        )
        for effect in ("DOUBTFUL", "REPLACE")
    )
    [first] = doubtful.rows[(doubtful.set_aside == "").to_numpy()].to_dict("records")
    assert (first["value_raw"], first["value"], first["obs_status"]) == ("7 + 8", 15, "U")
    assert doubtful.problems.empty
    assert unknown.problems["rule"].tolist() == ["one_row_per_cell"]


def test_a_correction_that_does_not_fit_where_it_was_found_holds_that_release_back(
    project: Path,
) -> None:
    for change, words in (
        ({"old": "2,018"}, "'2,018' does not stand at DOM VIC_DETECT 2019"),
        ({"occurrence": "2"}, "does not stand at"),
        ({"time_period": "2020"}, "does not stand at DOM VIC_DETECT 2020 _U _U OTH in the release"),
    ):
        write(GOOD | change)
        with pytest.raises(CorrectionError, match="correction TEST_ONE") as caught:
            made_from()
        assert words in str(caught.value)
    assert len(made_from("2025-10-28").rows)


def test_a_label_of_no_column_is_named(project) -> None:
    write(LABEL | {"column": "Categoria"})
    with pytest.raises(CorrectionError, match="there is no column 'Categoria'"):
        made_from()


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ([{"reason": " "}], "line 2: reason must be filled"),
        ([{"status": "done"}], "status must be one of accepted, open, refused, reported"),
        ([{"occurrence": "some"}], "'occurrence' must be the number of the row"),
        ([{"occurrence": "0"}], "'occurrence' must be the number of the row"),
        ([{"sex": ""}], "fill in all of ref_area, indicator"),
        ([{"column": "txtVALUE"}], "'column' must be value or one of ref_area"),
        ([{"column": "sex"}], "a wrong code is replaced: REPLACE, with 'new'"),
        ([{"effect": "GUESS"}], "effect must be REPLACE or DOUBTFUL"),
        ([{"effect": "DOUBTFUL", "new": "7"}], "a doubtful figure is not replaced, so 'new' must"),
        ([CELL], "a label has no occurrence"),
        ([CELL | {"occurrence": ""}], "a label is replaced by another: fill in 'new'"),
        ([{}, {}], "an id occurs more than once"),
    ],
)
def test_an_invalid_line_is_named(project: Path, lines: list[dict], words: str) -> None:
    write(*(GOOD | change for change in lines))
    with pytest.raises(CorrectionError, match=r"corrections\.csv") as caught:
        corrections.entries()
    assert words in str(caught.value)
