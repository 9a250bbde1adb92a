"""Messages of failed runs, steps and checks, one line each."""

from collections.abc import Iterator
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager

import dagster as dg
import duckdb

from pipelines.lib import error_place, paths
from pipelines.lib.errors import TipstatError
from pipelines.orchestration import raw_assets


@contextmanager
def one_line(stage: str) -> Iterator[None]:
    """Turn a refusal, or a disk that cannot be read or written, into a failure of one line."""
    try:
        yield
    except TipstatError as refusal:
        raise dg.Failure(str(refusal), allow_retries=False) from refusal
    except (BrokenProcessPool, MemoryError) as error:
        raise dg.Failure(
            f"{stage}: a process was killed, or there was no memory left; readers keep what they "
            "see: free some memory, or set TIPSTAT_WORKERS=1, and run again",
            allow_retries=False,
        ) from error
    except (OSError, duckdb.OperationalError) as error:
        reason = " ".join(str(error).split())
        raise dg.Failure(
            f"{stage}: cannot read or write ({reason}); readers keep what they see: free some "
            f"space in {paths.home()}, or let tipstat write there, and run again",
            allow_retries=False,
        ) from error
    except dg.Failure:
        raise
    except Exception as error:
        reason, place = " ".join(str(error).split()), error_place.of(error)
        kind = type(error).__name__
        raise dg.Failure(f"{stage}: {kind}: {reason} ({place})", allow_retries=False) from error


def of_run(result: dg.ExecuteInProcessResult) -> list[str]:
    """Return the messages of failed checks, then those of failed steps.

    A warning is not a failure, nor is a late release.

    Raises:
        KeyboardInterrupt: the run was interrupted.
    """
    lines: list[str] = []
    for event in result.all_events:
        if event.event_type == dg.DagsterEventType.ASSET_CHECK_EVALUATION:
            check = event.asset_check_evaluation_data
            is_error = check.severity is dg.AssetCheckSeverity.ERROR
            if not check.passed and is_error and check.check_name != raw_assets.IS_RECENT:
                name = f"{check.asset_key.to_user_string()}: {check.check_name}"
                lines += (check.description or f"{name} failed").splitlines()
    failed = [event for event in result.all_events if event.is_step_failure]
    kinds = [event.step_failure_data.error.cls_name for event in failed
             if event.step_failure_data.error]  # fmt: skip
    if dg.DagsterExecutionInterruptedError.__name__ in kinds:
        raise KeyboardInterrupt
    return lines + [line for event in failed for line in of_step(event)]


def of_step(event: dg.DagsterEvent) -> list[str]:
    """Return the message that a failed step gave, or else the first line of its innermost error.

    That line has text, beside the kind of error. An error of another process has that process's
    traceback as its cause, which is no message.
    """
    data = event.step_failure_data
    if data.user_failure_data and data.user_failure_data.description:
        return str(data.user_failure_data.description).splitlines()
    message, error = "failed", data.error
    while error:
        kind, _, text = error.message.partition(":")
        lines = [kind, *(line.strip() for line in text.splitlines() if line.strip())]
        if error.cls_name != "_RemoteTraceback":
            message = ": ".join(lines[:2]).strip()
        error = error.cause
    return [f"{str(event.step_key).replace('__', '/')}: {message}"]
