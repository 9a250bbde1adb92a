"""A release made again from its raw files: a job of Dagster's with a partition for each release.

A run makes by itself each release that was not made from just the inputs at hand. This is for who
wants past releases once more all the same, as a backfill: to see that they still give the same
rows, or after a disk was mended. What readers see stays, unless other rows come of it.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import dagster as dg

from pipelines import paths, store
from pipelines.lock import alone
from pipelines.sources import discover


def releases(_now: datetime | None = None) -> list[str]:
    """The partitions: `<source>|<release>` for each release of the manifest."""
    return [f"{each.source}|{each.release}" for each in store.releases(paths.harmonised())]


def _tags(partition: str) -> Mapping[str, str]:
    """By what runs are found."""
    return {"tipstat/source": _release(partition).source, "tipstat/why": "backfill"}


@dg.dynamic_partitioned_config(releases, tags_for_partition_key_fn=_tags)
def _of_one(_partition: str) -> Mapping[str, Any]:
    """The step asks for its partition, and needs nothing else."""
    return {}


@dg.op
def make_release_again(context: dg.OpExecutionContext) -> None:
    """Harmonises the release, and says whether its rows are the same as before.

    Raises:
        dagster.Failure: the release is refused; why.
    """
    release = _release(context.partition_key)
    with alone(paths.source_lock(release.source), context.log.info):
        is_same = store.make_again(discover()[release.source], release)
    if release.held_back:
        raise dg.Failure(release.held_back, allow_retries=False)
    said = "the same rows as before" if is_same else "other rows than before, or the first"
    context.log.info(f"{release.source} {release.release}: {said}")


@dg.job(
    config=_of_one,
    description="Harmonise releases again, each a partition, whether or not anything changed.",
)
def harmonise_release() -> None:
    """Makes one release again; the next publication takes it if it became another."""
    make_release_again()


def _release(partition: str) -> store.Release:
    source, release = partition.split("|")
    return store.Release(paths.harmonised(), source, release)
