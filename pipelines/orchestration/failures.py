"""Messages of failed runs, steps and checks, one line each."""

import dagster as dg

from pipelines.orchestration import raw_assets


def of_run(result: dg.ExecuteInProcessResult) -> list[str]:
    """Return the messages of failed checks, then those of failed steps.

    Raises:
        KeyboardInterrupt: the run was interrupted.
    """
    checks = [
        line
        for event in result.all_events
        if event.event_type == dg.DagsterEventType.ASSET_CHECK_EVALUATION
        for line in _of_check(event.asset_check_evaluation_data)
    ]
    failed = [event for event in result.all_events if event.is_step_failure]
    if any(map(_is_interruption, failed)):
        raise KeyboardInterrupt
    return checks + [line for event in failed for line in of_step(event)]


def _of_check(check: dg.AssetCheckEvaluation) -> list[str]:
    """Return the messages of a failed check; a warning is not a failure, nor is a late release."""
    is_error = check.severity is dg.AssetCheckSeverity.ERROR
    if check.passed or not is_error or check.check_name == raw_assets.IS_RECENT:
        return []
    name = f"{check.asset_key.to_user_string()}: {check.check_name}"
    return (check.description or f"{name} failed").splitlines()


def _is_interruption(event: dg.DagsterEvent) -> bool:
    """Return whether a step failed since somebody interrupted the run."""
    error = event.step_failure_data.error
    return error is not None and error.cls_name == dg.DagsterExecutionInterruptedError.__name__


def of_step(event: dg.DagsterEvent) -> list[str]:
    """Return the message that a failed step gave, or else its innermost error on one line."""
    data = event.step_failure_data
    if data.user_failure_data and data.user_failure_data.description:
        return str(data.user_failure_data.description).splitlines()
    error = data.error
    while error and error.cause:
        error = error.cause
    message = error.message.strip().splitlines()[0] if error else "failed"
    return [f"{str(event.step_key).replace('__', '/')}: {message}"]
