"""Decisions in Dagster's interface leave the record that the command line leaves."""

import dagster as dg
import pytest

from pipelines.orchestration.review import Choice, Decision, review_release
from pipelines.raw import reviews


def decision(**changed: str | Choice) -> dg.ExecuteInProcessResult:
    decision = {
        "source": "ref_wpp", "release": "2024-07-11", "decision": Choice.KEEP,
        "reason": "looked at", "by": "Ana", **changed,
    }  # fmt: skip
    return review_release.execute_in_process(
        run_config=dg.RunConfig({"decide": Decision(**decision)}), raise_on_error=False
    )


def test_a_decision_is_recorded(project) -> None:
    assert decision().success
    *_, made = reviews.entries()
    assert (made.source, made.decision, made.reason) == ("ref_wpp", "keep", "looked at")
    assert made.by == "Ana"


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"release": "2024-07-12"}, "no release 'ref_wpp 2024-07-12'; did you mean"),
        ({"source": "nope"}, "no source 'nope'; choose one of int_unodc_glotip, ref_wpp"),
        ({"reason": " "}, "reason must be filled"),
        ({"by": " "}, "by must be filled"),
        ({"decision": Choice.ACCEPT}, "ref_wpp 2024-07-11 is not held back"),
    ],
)
def test_a_decision_about_nothing_or_for_no_reason_is_refused(project, changed, words) -> None:
    before = reviews.entries()
    result = decision(**changed)
    [event] = [each for each in result.all_events if each.is_step_failure]
    assert words in event.step_failure_data.user_failure_data.description
    assert reviews.entries() == before
