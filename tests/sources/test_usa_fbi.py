"""The FBI's offences by state: who joined in the newest release, and that all rows are summed."""

from source_tests import account

from pipelines.harmonised.harmonise import Harmonised

RELEASE = "2023-12-31"


def test_states_federal_agencies_and_guam_join_in_the_newest(shipped: Harmonised) -> None:
    rows = shipped.rows
    by_area = rows[rows["time_period"] == "2023"].groupby("ref_area", observed=True)["value"].sum()
    known = {"US-AL": 68, "US-CA": 293, "US-IA": 17, "US-NY": 38, "US-_U": 21}
    assert by_area[list(known)].to_dict() == known
    guam = rows[rows["ref_area"] == "US-GU"]
    assert guam[["time_period", "value"]].to_numpy().tolist() == [["2021", 1]]
    assert account(shipped) == {
        ("in", ""): 5_231,
        ("published", ""): 675,
        ("set_aside", "summed_into_one_figure"): 5_231 - 675,
    }
    assert len(shipped.quarantine) == 0
