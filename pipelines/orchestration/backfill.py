"""A release made again from its raw files: a job of Dagster's with a partition for each release.

A run makes by itself each release that was not made from just the inputs at hand. This is for who
wants past releases once more all the same, as a backfill: to see that they still give the same
rows, or after a disk was mended. What readers see stays, unless other rows come of it.
"""

from collections.abc import Mapping
from typing import Final

import dagster as dg

from pipelines.harmonised import refresh, release_files
from pipelines.lib import paths
from pipelines.lib.lock import alone
from pipelines.sources import discover

RELEASES: Final = dg.DynamicPartitionsDefinition(name="release")
"""`<source>|<release>` for each release that a run has met."""


def note_releases(instance: dg.DagsterInstance, source: str) -> None:
    """Enters the releases of a source among the partitions."""
    named = [_name(each) for each in release_files.releases(paths.harmonised(), source)]
    known = instance.get_dynamic_partitions(str(RELEASES.name))
    if new := [name for name in named if name not in known]:
        instance.add_dynamic_partitions(str(RELEASES.name), new)


@dg.op
def make_release_again(context: dg.OpExecutionContext) -> None:
    """Harmonises the release, and says whether its rows are the same as before.

    Raises:
        dagster.Failure: the release is refused; why.
    """
    release = _release(context.partition_key)
    with alone(paths.source_lock(release.source), context.log.info):
        is_same = refresh.make_again(discover()[release.source], release)
    if release.held_back:
        raise dg.Failure(release.held_back, allow_retries=False)
    said = "the same rows as before" if is_same else "other rows than before, or the first"
    context.log.info(f"{release.source} {release.release}: {said}")


def _tags(partition: str) -> Mapping[str, str]:
    """By what runs are found."""
    return {"tipstat/source": _release(partition).source, "tipstat/why": "backfill"}


@dg.job(
    config=dg.PartitionedConfig(
        partitions_def=RELEASES,
        run_config_for_partition_key_fn=lambda _: {},
        tags_for_partition_key_fn=_tags,
    ),
    description="Harmonise releases again, each a partition, whether or not anything changed.",
)
def harmonise_release() -> None:
    """Makes one release again; the next publication takes it if it became another."""
    make_release_again()


def _name(release: release_files.Release) -> str:
    return f"{release.source}|{release.release}"


def _release(partition: str) -> release_files.Release:
    source, release = partition.split("|")
    return release_files.Release(paths.harmonised(), source, release)
