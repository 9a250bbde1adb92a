"""Two hundred faulty forms: each fault is named at its cell in the form's language."""

from pathlib import Path

import faulty_forms
import pytest

from pipelines.questionnaire import reading
from pipelines.questionnaire.answers import FormRefusedError
from pipelines.questionnaire.check import Checked
from pipelines.questionnaire.published_figures import Known
from schemas.codelists import LANGUAGES


@pytest.mark.parametrize("seed", range(48))
def test_a_fault_is_named_at_its_cell(seed: int, tmp_path: Path) -> None:
    is_named(faulty_forms.make(seed), tmp_path)


@pytest.mark.exhaustive
@pytest.mark.parametrize("seed", range(48, 200))
def test_two_hundred_faults_are_named_at_their_cells(seed: int, tmp_path: Path) -> None:
    is_named(faulty_forms.make(seed), tmp_path)


@pytest.mark.parametrize("form", faulty_forms.FORMS, ids=lambda form: form.language)
def test_the_forms_that_are_changed_are_sound(form, tmp_path: Path) -> None:
    parts, _, answers = faulty_forms._sound(form)
    (tmp_path / "form.xlsx").write_bytes(faulty_forms._zipped(parts))
    found = reading.read_here(tmp_path / "form.xlsx")
    assert {name: each.figure.text for name, each in found.answers.items()} == {
        **dict.fromkeys(found.answers, ""), **answers
    }  # fmt: skip
    assert Checked(found, Known()).problems == []


def is_named(faulty: faulty_forms.Faulty, folder: Path) -> None:
    """Check that a fault is found where it is, told in the form's language, and nothing else."""
    file, language = folder / "form.xlsx", faulty.form.language
    file.write_bytes(faulty.content)
    if not faulty.name:
        with pytest.raises(FormRefusedError) as refused:
            reading.read_here(file)
        assert refused.value.code == faulty.code
        assert refused.value.language in (language, ""), "told in it, or in all four"
        return
    named = faulty.name, faulty.code
    found = Checked(reading.read_here(file), Known())
    assert not found.is_accepted
    at_fault = [each for each in found.problems if (each.name, each.code) == named]
    assert {each.place for each in at_fault} == {faulty.place}
    assert len({at_fault[0].text(each) for each in LANGUAGES}) == len(LANGUAGES)
    subject = faulty.name.partition("|")[0]
    assert {each.name.partition("|")[0] for each in found.problems} == {subject}
