"""Known defects of UNODC's release of October 2025 are found, by the sheet's rows; and no others.

`0` and `<5` both stand for no report there, and `<5` is 1 to 4.
"""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pandas as pd
import pytest

from detectors.invented import FIGURE
from pipelines.intake.detectors import examine, figures_of
from pipelines.sources import File, discover
from schemas import codelists

pytestmark = pytest.mark.slow

FILE = "unodc_glotip/{}/data_glotip.xlsx"
SHIPPED = Path(__file__).parents[3] / "data/raw/int_unodc_glotip/2025-04-14.csv"
PublisherFile = Callable[[str], Path]


@cache
def read(path: Path) -> pd.DataFrame:
    return figures_of(discover()["int_unodc_glotip"].tidy(File(path)))


def october(path: Path) -> pd.DataFrame:
    """The figures of October, each `<5` from one."""
    figures = read(path)
    hidden = figures["value"].isna() & (figures["lower"] == 0)
    return figures.assign(lower=figures["lower"].mask(hidden, figures["upper"] / 4))


@cache
def examined(path: Path, before: Path) -> pd.DataFrame:
    figures = october(path)
    findings = examine(figures, read(before), codelists.oas_states())
    return findings.merge(figures, on=FIGURE, validate="many_to_one")


@pytest.fixture
def found(publisher_file: PublisherFile) -> pd.DataFrame:
    older, newer = (publisher_file(FILE.format(day)) for day in ("2025-04-14", "2025-10-28"))
    return examined(newer, older)


def spans(text: str) -> set[int]:
    """Row numbers, written `2092-2097 5669-5670`."""
    pairs = [part.split("-") for part in text.split()]
    return {row for pair in pairs for row in range(int(pair[0]), int(pair[-1]) + 1)}


def rows(found: pd.DataFrame, detector: str, reason: str = "") -> set[int]:
    here = (found["detector"] == detector) & (found["reason"] == reason)
    return set(found.loc[here, "row"])


def kept_out(found: pd.DataFrame) -> set[int]:
    return set(found.loc[found["effect"] == "KEEP_OUT", "row"])


FILLED = {
    "F1": "2092-2097 5669-5670 5672-5674 7425-7430 11390-11395 13765-13770 22606-22611 25705-25707 "
    "25709 25711 27298-27303 27911 30769 35346 35359 40538-40539 43749 51172-51177 51346-51348 "
    "59513-59517 59861-59864 60051-60055 60255 60530-60532 60729-60733 61653 61738-61742 "
    "62069-62073 62279-62283 62382 62786 63429 63931 65286-65290 65297-65298",
    "F2": "7026 7062-7063 7274 8409 8449-8450 47851 49897-49898 51341-51342 60043-60046 "
    "60165-60168 63948 65121 65296",
    "F3": "6449 7291 7326 14714 15384 47869 60861",
    "F4": "7292 7310 7327 9444 21648 27913-27914 27923 27947-27948 35368 38689 43754 60047-60050 "
    "60249 60251 60253 61651 61691 62378-62381 63430 64362 64376 64378 64911",
    "FA": "7234-7235 7241-7242 7389-7390 7419-7420 21519-21520 22593-22594 22597-22600 22602-22603 "
    "25701-25704 27290-27297 27903-27910 35324-35325 35343-35344 38240-38241 43743-43746 "
    "51160-51161 51166-51171",
}


@pytest.mark.parametrize("reason", FILLED)
def test_filled_columns_are_found_whether_0_or_below_five(found: pd.DataFrame, reason: str) -> None:
    assert rows(found, "FILLED_COLUMN", reason) == spans(FILLED[reason])


def test_of_filled_columns_only_an_undecided_hidden_figure_is_published(
    found: pd.DataFrame,
) -> None:
    filled = found[found["detector"] == "FILLED_COLUMN"]
    assert filled.loc[filled["effect"] == "DOUBTFUL", "row"].tolist() == [38689]


ZEROS = {
    "NEW_COLUMN": "5671 6514 7025 7309 8408 35358 49855",
    "NO_TOTAL": "38400 38455-38456 38458-38459 50001-50002 57168-57171 58908-58909",
    "NEW": "21925-21926 21958-21959 30801 38445-38446 54943-54945 56199 57167",
}
"""Forced labour of 2019; Panama and Uruguay without totals; Guyana's victims, all "other"."""


@pytest.mark.parametrize("reason", ZEROS)
def test_noughts_that_were_not_reported(found: pd.DataFrame, reason: str) -> None:
    assert rows(found, "UNREPORTED_ZERO", reason) == spans(ZEROS[reason])


REFUTED = {
    "PARTS_MORE": "6395 6459 6545 6737 7309 9328 11042 11168 11206 11240 14713 15378 15454 43756 "
    "43840 47866 49710 60915",
    "TOTAL_REFUTED": "6537-6544 6546 6729-6736 6738 43836-43839 53026-53028 53061-53063 "
    "57932-57933",
    "ALL_PARTS": "11279 11281 11283 38436-38437 43165-43168 57847-57848 61666-61669",
    "WITHDRAWN": "7364 30805 38684",
}
"""Belize's and Suriname's convicted of whom there are citizenships; El Salvador's prosecuted."""


@pytest.mark.parametrize("reason", REFUTED)
def test_noughts_that_other_figures_refute(found: pd.DataFrame, reason: str) -> None:
    assert rows(found, "REFUTED_ZERO", reason) == spans(REFUTED[reason])


def test_most_noughts_are_figures(found: pd.DataFrame, publisher_file: PublisherFile) -> None:
    """Who convicted nobody: Trinidad and Tobago 2019."""
    figures = october(publisher_file(FILE.format("2025-10-28")))
    zeros = figures[(figures["value"] == 0) & figures["ref_area"].isin(codelists.oas_states())]
    nobody = zeros[
        (zeros["ref_area"] == "TTO") & (zeros["indicator"] == "PER_CONVICT")
        & (zeros["time_period"] == "2019") & (zeros["exploitation"] == "_T")
    ]  # fmt: skip
    assert len(nobody) > 5
    assert not set(nobody["row"]) & set(found["row"])
    assert len(set(zeros["row"]) - kept_out(found)) > 1900


def test_convicted_by_form_of_the_united_states_and_cuba_are_their_own(
    found: pd.DataFrame,
) -> None:
    """They add up to the persons convicted, to the person, and are not the victims."""
    right = spans(
        "50475-50476 65148 50516-50517 65160 50557-50558 65172 50595-50596 65184 11420-11421 60538"
    )
    assert not right & set(found["row"])


def test_contact_of_2023_is_decided_state_by_state(found: pd.DataFrame) -> None:
    """Bolivia prints the convicted again; Canada, Colombia and Mexico do not."""
    right = spans("8515-8520 10842-10847 30920-30923 53371-53373 53725-53727 56217-56218")
    assert not right & set(found["row"])
    here = (found["indicator"] == "PER_CONTACT") & found["kind"].isin(["sex", "sex x age"])
    copied = found[here & (found["year"] == 2023) & (found["detector"] == "COPIED_TABLE")]
    assert set(copied["ref_area"]) == {"BOL"}


def test_venezuela_prints_the_prosecuted_of_the_year_before_as_contact(
    found: pd.DataFrame,
) -> None:
    before = found[found["detector"] == "OTHER_INDICATOR_BEFORE"]
    assert set(before["row"]) == spans("51458 51484-51490 59094 59096")
    assert set(before["effect"]) == {"DOUBTFUL"}
    assert set(before["other_indicator"]) == {"PER_PROSEC"}
    assert set(before["other_year"]) == {2021, 2022}


def test_the_shipped_table_of_the_release_before_is_enough(
    publisher_file: PublisherFile, found: pd.DataFrame
) -> None:
    here = examined(publisher_file(FILE.format("2025-10-28")), SHIPPED)
    for reason in ZEROS:
        assert rows(here, "UNREPORTED_ZERO", reason) == rows(found, "UNREPORTED_ZERO", reason)
    for reason in REFUTED:
        assert rows(here, "REFUTED_ZERO", reason) == rows(found, "REFUTED_ZERO", reason)
    assert kept_out(here) == kept_out(found)
