"""Several of UNODC's rows on one cell: known answers of each release, and the rules on made rows.

`glotip_repeated_rows.csv` has every repeated cell of the 35 states, worked out by hand and by other
code than ours; without bounds where the rows are to be kept out.
"""

from pathlib import Path

import pandas as pd
import pytest
from glotip_rows import made
from harmonised_releases import Releases
from source_tests import account

from pipelines.harmonised.harmonise import Harmonised

KNOWN = pd.read_csv(Path(__file__).with_name("glotip_repeated_rows.csv"), dtype=str)
FORM = {"Dimension": "by form of exploitation", "Category": "Other forms of exploitation"}


@pytest.mark.parametrize(
    ("release", "sums", "kept_out"),
    [("2023-05-30", 84, 31), ("2025-04-14", 120, 36), ("2025-10-28", 111, 38)],
)
def test_every_repeated_cell(harmonised: Releases, release: str, sums: int, kept_out: int) -> None:
    known = KNOWN[KNOWN["release"] == release]
    found = harmonised["int_unodc_glotip", release]
    place = "data_glotip.xlsx, sheet data_glotip_1, row"
    summed = known.dropna(subset="lower").assign(
        locator=lambda cell: place + "s " + cell["first_row"] + "-" + cell["last_row"]
    )
    cells = summed.merge(found.rows, on="locator", suffixes=("", "_found"))
    doubted = found.quarantine["locator"].isin(summed["locator"]).sum()
    assert len(cells) + doubted == len(summed) == sums
    assert (cells["value_raw"] == cells["printed"]).all()
    assert (cells["lower"].astype(float) == cells["lower_found"]).all()
    assert (cells["upper"].astype(float) == cells["upper_found"]).all()
    assert (cells["value"].notna() == (cells["lower"] == cells["upper"])).all()

    refused = known[known["lower"].isna()]
    rows = [
        f"{place} {row}"
        for cell in refused.itertuples()
        for row in range(int(cell.first_row), int(cell.last_row) + 1)
    ]
    assert len(refused) == kept_out
    kept_out = {
        f"{place} {row}"
        for span in found.quarantine["locator"].str.extract(r"rows? ([\d-]+)$")[0]
        for row in range(int(span.split("-")[0]), int(span.split("-")[-1]) + 1)
    }
    assert set(rows) <= kept_out
    assert not found.rows["locator"].isin(rows).any()


def repeated(tmp_path: Path, *texts: str, total: str = "", **row: str) -> Harmonised:
    """Harmonise several rows on one cell, with the total of the same year if it is given."""
    totals = [{"txtVALUE": total}] if total else []
    return made(tmp_path, *totals, *({**FORM, **row, "txtVALUE": text} for text in texts))


def test_the_sum_of_forms_bears_its_rows_its_texts_and_its_rule(tmp_path: Path) -> None:
    found = repeated(tmp_path, "<5", "116", "10", total="200")
    figure = found.rows[found.rows["exploitation"] == "OTH"].iloc[0]
    assert (figure["lower"], figure["upper"]) == (126, 130)
    assert pd.isna(figure["value"])
    assert (figure["obs_status"], figure["conf_status"]) == ("Q", "A")
    assert figure["value_raw"] == "<5 + 116 + 10"
    assert figure["flags"] == "SUM_OF_FORMS"
    assert figure["locator"].endswith("sheet data_glotip_1, rows 5-7")
    assert account(found)["set_aside", "summed_into_one_figure"] == 2


def test_a_sum_without_a_suppressed_row_is_exact(tmp_path: Path) -> None:
    [figure] = repeated(tmp_path, "7", "8", "1,020").rows.to_dict("records")
    assert (figure["value"], figure["obs_status"], figure["conf_status"]) == (1035, "A", "F")


def test_beside_printed_zeros_a_suppressed_row_is_one_at_least(tmp_path: Path) -> None:
    found = repeated(tmp_path, "0", "<5", "<5", total="200").rows
    [figure] = found[found["exploitation"] == "OTH"].to_dict("records")
    assert (figure["lower"], figure["upper"], figure["value_raw"]) == (2, 8, "0 + <5 + <5")


def test_noughts_add_up_to_nought_though_they_are_one_figure_printed_twice(tmp_path: Path) -> None:
    found = repeated(tmp_path, "0", "0", total="<5").rows
    [figure] = found[found["exploitation"] == "OTH"].to_dict("records")
    assert (figure["value"], figure["obs_status"]) == (0, "A")


@pytest.mark.parametrize(
    ("texts", "total", "why"),
    [
        (("7", "<5", "40"), "39", "a row reaches the total, 39"),
        (("27", "40"), "62", "the sum exceeds the total, 62"),
        (("54", "54"), "", "all rows print the same figure"),
        (("7", "a few"), "", "a row cannot be read"),
    ],
)
def test_rows_whose_sum_cannot_be_the_figure_are_kept_out(
    tmp_path: Path, texts: tuple[str, ...], total: str, why: str
) -> None:
    found = repeated(tmp_path, *texts, total=total)
    assert len(found.rows) == bool(total)
    kept_out = found.quarantine[found.quarantine["rule"] == "one_row_per_cell"]
    assert kept_out["message"].str.contains(why, regex=False).sum() == len(texts)


def test_rows_of_convicted_persons_by_other_forms_are_kept_out_also_if_equal(
    tmp_path: Path,
) -> None:
    found = repeated(tmp_path, "<5", "<5", Indicator="Persons convicted")
    assert found.rows.empty
    assert found.quarantine["rule"].tolist() == ["one_row_per_cell", "one_row_per_cell"]


def test_rows_of_one_sex_are_added_up_only_if_they_repeat_its_ages(tmp_path: Path) -> None:
    women = {"Sex": "Female"}
    ages = [
        {**women, "Age": "0 to 17 years", "txtVALUE": "43"},
        {**women, "Age": "18 years or over", "txtVALUE": "62"},
    ]
    both = [{**women, "txtVALUE": "62"}, {**women, "txtVALUE": "43"}]
    found = made(tmp_path, *ages, *both).rows
    [total] = found[found["age"] == "_T"].to_dict("records")
    assert (total["value"], total["flags"]) == (105, "SUM_OF_AGES")
    other = made(tmp_path, *ages, both[0], {**women, "txtVALUE": "44"})
    assert other.quarantine["message"].str.contains("not those of the ages").tolist() == [True] * 2


def test_rows_that_do_not_follow_each_other_are_kept_out(tmp_path: Path) -> None:
    found = made(tmp_path, {**FORM, "txtVALUE": "6"}, {}, {**FORM, "txtVALUE": "8"})
    assert found.quarantine["message"].str.contains("do not follow").tolist() == [True, True]
