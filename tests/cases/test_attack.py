"""A reader with a linear programme attacks each block as printed, all releases together."""

from pathlib import Path

import pandas as pd
import pytest
from case_tables import STATE, Reader, by_area, plan, random_cells, releases, with_late_cases
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.cases import certify, check, printed
from pipelines.cases.protect import Policy, protect

SEEDS = tuple(range(90_001, 90_011))
"""Never looked at while the code was written."""


def attacked(
    seed: int, shape: tuple[int, ...], victims: int, count: int, *, unknown: bool
) -> pd.DataFrame:
    """Return the printed tables of some releases of two indicators, which no reader can narrow."""
    cells = [
        pd.concat(
            random_cells(seed + 1_000 * place, shape, victims, name, unknown=unknown)
            for place, name in enumerate(("V", "W"))
        )
    ]
    for late in range(1, count):
        cells.append(with_late_cases(cells[-1], seed + late, 15))
    figures = releases(cells, plan(2, 1))
    for _, block in figures.groupby(["indicator", "time_period"]):
        assert list(Reader(block, unknown=unknown).narrow()) == []
    return figures


def prove(figures: pd.DataFrame, folder: Path) -> None:
    """Make a certificate from printed figures and check it."""
    certificate, gaps = certify.certify(figures)
    assert gaps == 0
    printed.write(figures, folder / "printed.csv")
    certify.write(certificate, folder / "certificate.csv.gz")
    lines, summary = check.check(str(folder / "printed.csv"), str(folder / "certificate.csv.gz"))
    assert lines == []
    assert summary.endswith("proven")


@pytest.mark.parametrize(("count", "unknown"), [(1, False), (3, True)])
def test_a_reader_cannot_narrow_a_hidden_figure(count: int, unknown: bool, tmp_path: Path) -> None:
    prove(attacked(SEEDS[0], (4, 2, 2, 3), 300, count, unknown=unknown), tmp_path)


@pytest.mark.exhaustive
@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("unknown", [False, True])
def test_nor_in_larger_tables(seed: int, unknown: bool, tmp_path: Path) -> None:
    prove(attacked(seed, (4, 3, 3, 4), 700, 3, unknown=unknown), tmp_path)


PERSONS = (
    {"VIC_DETECT", "VIC_IDENT"}, {"VIC_DETECT", "VIC_PRESUMED"},
    {"VIC_DETECT", "VIC_IDENT", "VIC_PRESUMED"},
)  # fmt: skip
"""Each victim detected in a year is identified in it, presumed, or both."""


def linked(seed: int, victims: int) -> pd.DataFrame:
    """Return counts of three indicators, of invented victims of each class of `PERSONS`."""
    shares = (0.6, 0.15, 0.25)
    every = [
        random_cells(seed + place, (1, 2, 2, 3), round(share * victims), name)
        for place, (share, names) in enumerate(zip(shares, PERSONS, strict=True))
        for name in sorted(names)
    ]
    keys = [name for name in every[0] if name != "count"]
    return pd.concat(every).groupby(keys, as_index=False)["count"].sum()


@pytest.mark.parametrize(
    "seed", [1, *(pytest.param(each, marks=pytest.mark.exhaustive) for each in range(2, 30))]
)
@pytest.mark.parametrize("victims", [60, 400])
def test_nor_by_other_indicators_that_count_the_same_persons(
    seed: int, victims: int, tmp_path: Path
) -> None:
    """Protected one by one, the same counts give small ones away, and no certificate hides it."""
    cells = linked(90_100 + 10 * seed, victims)
    together = protect(cells, plan(1, -1), Policy(STATE, "2021-06-30"))
    assert list(Reader(together, persons=PERSONS).narrow()) == []
    prove(together, tmp_path)


@pytest.mark.parametrize(
    "seed", [1, 2, *(pytest.param(each, marks=pytest.mark.exhaustive) for each in range(3, 60))]
)
def test_nor_where_some_victims_were_detected_before(seed: int, tmp_path: Path) -> None:
    """Prints that do not show them leave a reader who takes for granted that there are none."""
    before = random_cells(90_900 + seed, (1, 2, 2, 3), 4, "VIC_IDENT")
    cells = pd.concat([linked(90_500 + 10 * seed, 30 + 20 * (seed % 9)), before])
    keys = [name for name in cells if name != "count"]
    whole = cells.groupby(keys, as_index=False)["count"].sum()
    prove(protect(whole, plan(1, -1), Policy(STATE, "2021-06-30")), tmp_path)


def test_a_small_total_that_follows_from_other_indicators_is_left_out(tmp_path: Path) -> None:
    """Of 21 detected 19 are identified, so that 2 to 4 would be left of 1 to 4 presumed."""
    counts = {"VIC_IDENT": 19, "VIC_PRESUMED": 3, "VIC_DETECT": 21}
    whole = pd.concat(by_area([n]).assign(indicator=name) for name, n in counts.items())
    figures = protect(whole, plan(0, -1), Policy(STATE, "2021-06-30"))
    assert set(figures["indicator"]) == {"VIC_IDENT", "VIC_DETECT"}
    prove(figures, tmp_path)


def test_the_certificate_of_linked_tables_that_were_protected_one_by_one_has_gaps(
    tmp_path: Path,
) -> None:
    counts = {"VIC_IDENT": [28, 19], "VIC_PRESUMED": [4, 6], "VIC_DETECT": [32, 25]}
    whole = pd.concat(
        by_area([sum(each)]).assign(indicator=name, ref_area="BR-00", sex=sex, count=count)
        for name, each in counts.items()
        for sex, count in zip("FM", each, strict=True)
    )
    alone = [
        protect(whole[whole["indicator"] == name], plan(1, -1), Policy(STATE, "2021-06-30"))
        for name in counts
    ]
    figures = pd.concat(alone, ignore_index=True)
    assert list(Reader(figures, persons=PERSONS).narrow())
    certificate, gaps = certify.certify(figures)
    assert gaps
    one_by_one = pd.concat(certify.certify(each)[0] for each in alone)
    for each in (certificate, one_by_one):
        printed.write(figures, tmp_path / "printed.csv")
        certify.write(each, tmp_path / "certificate.csv.gz")
        places = (str(tmp_path / name) for name in ("printed.csv", "certificate.csv.gz"))
        assert "not proven" in check.check(*places)[1]


def test_the_attack_finds_what_primary_suppression_leaves_open() -> None:
    figures = protect(by_area([391, 127, 6, 17]), plan(0, 0), Policy(STATE, "2021-06-30"))
    other = figures["conf_status"] == "S"
    figures.loc[other, ["value", "lower", "upper", "conf_status"]] = [17, pd.NA, pd.NA, "F"]
    assert len(list(Reader(figures).narrow())) == 1
    assert certify.certify(figures)[1] > 0


@settings(max_examples=25)
@given(st.lists(st.integers(0, 40), min_size=2, max_size=5), st.integers(0, 1))
def test_every_small_count_stays_uncertain(counts: list[int], by: int) -> None:
    cells = by_area(counts)
    if by:
        cells = pd.concat([cells.assign(sex="F"), cells.assign(sex="M", count=counts[::-1])])
    figures = protect(cells, plan(by, by), Policy(STATE, "2021-06-30"))
    assert list(Reader(figures).narrow()) == []
    assert certify.certify(figures)[1] == 0
