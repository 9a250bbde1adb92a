"""What detectors declare is true, complete, and what the lists say that are made of it."""

import pytest

from pipelines.docs import detection
from pipelines.intake.detectors import Detector, discover, version
from pipelines.raw import findings, manifest
from schemas import codelists

each_detector = pytest.mark.parametrize("detector", discover(), ids=lambda each: each.code)


@each_detector
def test_a_detector_is_described_in_all_languages(detector: Detector) -> None:
    assert set(detector.texts.name) == set(codelists.LANGUAGES)
    assert all(text.strip() for text in detector.texts.name.values())
    assert detector.texts.definition.strip()
    assert detector.explanation.startswith(f"{detector.code}: ")


def test_the_code_list_is_made_of_the_detectors() -> None:
    declared = codelists.filled(detection.code_list()).reset_index(drop=True)
    assert declared.astype(str).equals(codelists.load("remark").astype(str)), "tipstat docs"


def test_shipped_findings_have_effects_that_their_detectors_declare() -> None:
    declared = {(each.code, effect) for each in discover() for effect in each.effects}
    """Those of older detectors may have others, until somebody has the publisher's file."""
    found = {
        (each.detector, each.effect)
        for entry in manifest.known()
        for each in findings.read_findings(entry)
        if each.version == version()
    }
    assert found <= declared
