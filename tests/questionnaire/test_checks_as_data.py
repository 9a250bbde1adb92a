"""The checks as data: whoever has them alone finds the sums of a faulty form at their cells."""

import json

import faulty_forms
import filled_forms
import pytest

from pipelines.questionnaire import checks_as_data
from pipelines.questionnaire.check import Checked
from pipelines.questionnaire.form import asked
from pipelines.questionnaire.published_figures import Known
from pipelines.questionnaire.splits import splits


@pytest.mark.parametrize("form", faulty_forms.FORMS, ids=lambda form: form.language)
def test_sums_are_checked_alike_by_who_has_the_data_alone(form) -> None:
    data = json.loads(json.dumps(checks_as_data.data()))
    given = filled_forms.stated(form) | filled_forms.figures(form, 1)
    for split in splits():
        wrong = given | {split.parts[0].name: f"{int(given[split.whole.name]) + 1}"}
        found = Checked(filled_forms.read(form, wrong), Known()).problems
        by_program = {each.name for each in found if each.code == "exceed"}
        assert _above_their_total(data, wrong) == by_program
    assert [each["name"] for each in data["asked"]] == [each.name for each in asked()]
    told = data["languages"][form.language]["texts"]
    assert {f"problem_{each.code}" for each in found} <= set(told)


def _above_their_total(data: dict, answers: dict[str, str]) -> set[str]:
    """Return the cells of sums whose parts exceed their total, by the data alone."""
    found = set()
    for split in data["splits"]:
        cells = [split["whole"], *split["parts"]]
        whole, *parts = (int(answers[name]) for name in cells)
        found |= {*cells} if sum(parts) > whole else set()
    return found
