"""The drop folder `data/inbox`: a sensor that only looks, and the job that takes files in.

A tick lists names, sizes and times. Files that are as they were at the tick before are requested,
in runs of at most fifty; while such a run waits or goes on, none is requested. The job parses each
file and moves it before the next, so what is left after a crash is what still has to be taken.
"""

from collections.abc import Iterator, Mapping
from typing import Final

import dagster as dg
import orjson

from pipelines.intake import inbox
from pipelines.lib.digest import sha256_of
from pipelines.orchestration import runs
from pipelines.questionnaire import submission

BATCH: Final = 50
ATTEMPTS: Final = 3
"""Runs for the same unchanged files, before they are left to a person."""


class Batch(dg.Config):
    """Files to take in, by their names in data/inbox."""

    files: list[str]


@dg.op(description="Recognise each file by its layout, enter it as a release or set it aside.")
def take_in_files(context: dg.OpExecutionContext, config: Batch) -> None:
    """Take in files; fail, once all are done, if one was not taken.

    Raises:
        dagster.Failure: files were set aside or stay; the message has a line for each.
    """
    outcomes = inbox.take(config.files, submission.take)
    for outcome in outcomes:
        context.log.info(outcome.message)
    if left := [outcome.message for outcome in outcomes if not outcome.source]:
        raise dg.Failure("\n".join(left), allow_retries=False)


@dg.job(
    description="Take in files of data/inbox. The sensor publish_changed_inputs publishes them.",
    tags={"tipstat/why": "inbox"},
)
def take_in() -> None:
    """Take in a batch of files."""
    take_in_files()


@dg.sensor(
    job=take_in,
    minimum_interval_seconds=10,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Request runs for the files in data/inbox that did not change since the last tick.",
)
def drop_folder(context: dg.SensorEvaluationContext) -> dg.SensorResult | dg.SkipReason:
    """Request the files that lie there unchanged for a tick."""
    if runs.busy(context.instance, take_in.name):
        return dg.SkipReason("files are being taken in")
    before = orjson.loads(context.cursor or "{}")
    seen, asked = before.get("files", {}), before.get("asked", {})
    found = inbox.listing()
    requested = {}
    settled = _settled(found, seen)
    for at in range(0, len(settled), BATCH):
        files = settled[at : at + BATCH]
        key = sha256_of(repr([(name, found[name]) for name in files]))[:16]
        if asked.get(key, 0) < ATTEMPTS:
            requested[key] = files
    counts = {key: asked.get(key, 0) + 1 for key in requested}
    cursor = {"files": found, "asked": {**asked, **counts} if found else {}}
    return dg.SensorResult(
        run_requests=list(_requests(requested, counts)),
        skip_reason=None if requested else dg.SkipReason(_reason(found)),
        cursor=orjson.dumps(cursor).decode(),
    )


def _settled(found: Mapping[str, list[int]], seen: Mapping[str, list[int]]) -> list[str]:
    """Return the names of files that have the size and time that they had at the last tick."""
    return sorted(name for name, state in found.items() if seen.get(name) == state)


def _requests(
    batches: Mapping[str, list[str]], attempts: Mapping[str, int]
) -> Iterator[dg.RunRequest]:
    for key, files in batches.items():
        yield dg.RunRequest(
            run_key=f"{key} {attempts[key]}",
            run_config=dg.RunConfig({take_in_files.name: Batch(files=files)}),
            tags={"tipstat/files": str(len(files))},
        )


def _reason(found: Mapping[str, list[int]]) -> str:
    if not found:
        return "no files in data/inbox"
    return f"{len(found)} files in data/inbox: still changing, or left after {ATTEMPTS} runs"
