"""A small sample of `make planted`, on shipped tables of the 35 states; and its kept results."""

import numpy as np
import pytest
from conftest import ROOT

from detectors import trials
from detectors.__main__ import MOST_ALARMS, SEED
from detectors.planting import FEW, Sound, sound
from detectors.shuffling import without_findings
from pipelines.intake.detectors import discover as discover_detectors
from pipelines.intake.detectors import examine, figures_of, version
from pipelines.sources import File, discover
from schemas import codelists

pytestmark = pytest.mark.slow

SHIPPED = ROOT / "data/raw/int_unodc_glotip"
SAMPLED = [each for each in trials.TRIALS if each.states_suffice]


@pytest.fixture(scope="module")
def file() -> Sound:
    glotip = discover()["int_unodc_glotip"]
    before, newest = (
        figures_of(glotip.tidy(File(SHIPPED / f"{day}.csv")))
        for day in ("2023-05-30", "2025-04-14")
    )
    return sound(newest, before, examine(newest, before))


def test_each_detector_has_defects_that_it_must_find() -> None:
    named = {trial.detectors[0] for trial in trials.TRIALS}
    assert named == {each.code for each in discover_detectors()}


def test_planted_defects_are_found(file: Sound) -> None:
    """Two of each kind, drawn alike whatever other kinds there are."""
    attempts = [
        attempt
        for trial in SAMPLED
        for attempt in trials.wanted_defects(
            file, trial, {trial.all_strata[-1]: 2}, np.random.default_rng(SEED), None
        )
    ]
    of_areas = [each for each in attempts if each.trial.in_one_area]
    of_tables = [each for each in attempts if not each.trial.in_one_area]
    copies = [*trials.batches(of_areas, len(of_areas)), *trials.batches(of_tables, 2)]
    missed = [
        each.trial.name
        for copy in copies
        for each, was_found in trials.judged(file, copy, None)
        if not was_found
    ]
    assert len(attempts) == 2 * len(SAMPLED)
    assert missed == []


def test_few_alarms_where_nothing_is_wrong(file: Sound) -> None:
    nothing_wrong = file._replace(figures=without_findings(file.figures, file.before))
    for copy in trials.COPIES:
        assert sum(trials.alarms(nothing_wrong, copy, 1, SEED)) <= 2 * MOST_ALARMS


def kept(name: str) -> list[dict[str, str]]:
    return codelists.rows(ROOT / f"pipelines/docs/{name}.csv")


def test_the_rates_in_the_docs_reach_their_targets() -> None:
    """Who has no publisher's files cannot measure new kinds: then no rate is of this version."""
    planted, false = kept("planted"), kept("false_alarms")
    tried = {trial.name for trial in trials.TRIALS}
    measured = {each["defect"] for each in planted}
    assert measured <= tried
    assert measured == tried or version() not in {each["version"] for each in [*planted, *false]}
    targets = {trial.name: trial.target for trial in trials.TRIALS}
    for each in planted:
        if each["figures"] != FEW:
            assert float(each["target"]) == targets[each["defect"]]
            assert int(each["found"]) >= float(each["target"]) * int(each["planted"]), each
    assert {each["copy"] for each in false} == {copy.name for copy in trials.COPIES}
    assert all(float(each["mean"]) <= MOST_ALARMS for each in false)
