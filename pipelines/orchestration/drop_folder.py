"""The drop folder `data/inbox`: a sensor that only looks, and the job that takes files in.

A tick lists names, sizes and times. Of the files that are as they were at the tick before, a run of
at most fifty is requested; while it waits or goes on, no other is: after a crash the older releases
must still come before the newer ones. The job parses each file and moves it before the next, so
what is left after a crash is what still has to be taken.
"""

from typing import Final

import dagster as dg
import orjson

from pipelines.intake import inbox
from pipelines.lib.digest import sha256_of
from pipelines.orchestration import runs

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
    from pipelines.questionnaire import submission  # it imports SciPy, which each start would do

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
    settled = [name for name in found if seen.get(name) == found[name]]
    requests = []
    for at in range(0, len(settled), BATCH):
        files = settled[at : at + BATCH]
        key = sha256_of(repr([(name, found[name]) for name in files]))[:16]  # the files as they are
        if asked.get(key, 0) < ATTEMPTS:
            asked[key] = asked.get(key, 0) + 1
            config = dg.RunConfig({take_in_files.name: Batch(files=files)})
            tags = {"tipstat/files": str(len(files))}
            requests = [dg.RunRequest(f"{key} {asked[key]}", run_config=config, tags=tags)]
            break
    why = f"{len(found)} files in data/inbox: still changing, or left after {ATTEMPTS} runs"
    return dg.SensorResult(
        run_requests=requests,
        skip_reason=None if requests else dg.SkipReason(why if found else "no files in data/inbox"),
        cursor=orjson.dumps({"files": found, "asked": asked if found else {}}).decode(),
    )
