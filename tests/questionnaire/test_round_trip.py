"""Written, filled in by a program, saved by LibreOffice, read back: every figure is equal."""

from pathlib import Path

import filled_forms
import pytest
from libreoffice import saved_by_libreoffice

from pipelines.questionnaire import reading
from pipelines.questionnaire.check import Checked
from pipelines.questionnaire.form import Form
from pipelines.questionnaire.published_figures import Known
from schemas import codelists

ALL = [(state, language) for state in codelists.oas_states() for language in codelists.LANGUAGES]
SAMPLE = [("HTI", "fr"), ("BRA", "pt"), ("BOL", "es")]
HIDDEN = {"VIC_REPATR|_T|_T|_T|_T": "<5"}


@pytest.mark.slow
def test_three_states_come_back_as_they_were_filled_in(tmp_path: Path) -> None:
    come_back(SAMPLE, tmp_path)


@pytest.mark.exhaustive
def test_35_states_in_four_languages_come_back_as_they_were_filled_in(tmp_path: Path) -> None:
    assert len(ALL) == 140
    come_back(ALL, tmp_path)


def come_back(cases: list[tuple[str, str]], folder: Path) -> None:
    forms = [Form(state, 2023, language) for state, language in cases]
    answers = [
        filled_forms.stated(form) | filled_forms.figures(form, seed) | HIDDEN
        for seed, form in enumerate(forms)
    ]  # fmt: skip
    files = [
        filled_forms.write(folder / f"{form.state}_{form.language}.xlsx", form, given)
        for form, given in zip(forms, answers, strict=True)
    ]
    (folder / "saved").mkdir()
    saved = saved_by_libreoffice(files, folder / "saved")
    for form, given, file in zip(forms, answers, saved, strict=True):
        filled = reading.read_here(file)
        assert filled.form == form
        blank = dict.fromkeys(filled.answers, "")
        found = {name: each.figure.text for name, each in filled.answers.items()}
        assert found == blank | given, file
        assert filled.left == ()
        assert Checked(filled, Known()).problems == []
