"""The job that harmonises a release again from its raw files, with a partition per release.

An ordinary run makes every release whose inputs changed. A backfill makes past releases again
regardless: to confirm that they still give the same rows, or after a disk was repaired. Published
versions stay as they are; if rows differ, the next publication takes them.
"""

from collections.abc import Mapping
from typing import Final

import dagster as dg

from pipelines.harmonised import refresh, release_files
from pipelines.lib import paths
from pipelines.lib.lock import alone
from pipelines.sources import discover

RELEASES: Final = dg.DynamicPartitionsDefinition(name="release")
"""One partition `<source>|<release>` for each release that a run has seen."""


def add_partitions(instance: dg.DagsterInstance, source: str) -> None:
    """Add a partition for each release of a source that has none."""
    named = [_name(each) for each in release_files.releases(paths.harmonised(), source)]
    known = instance.get_dynamic_partitions(str(RELEASES.name))
    if new := [name for name in named if name not in known]:
        instance.add_dynamic_partitions(str(RELEASES.name), new)


@dg.op
def harmonise_again(context: dg.OpExecutionContext) -> None:
    """Harmonise the release and log whether its rows are the same as before.

    Raises:
        dagster.Failure: the release is refused; the message gives the reason.
    """
    release = _release(context.partition_key)
    with alone(paths.source_lock(release.source), context.log.info):
        is_same = refresh.make_again(discover()[release.source], release)
    if release.held_back:
        raise dg.Failure(release.held_back, allow_retries=False)
    outcome = "the same rows as before" if is_same else "other rows than before, or the first"
    context.log.info(f"{release.source} {release.release}: {outcome}")


def _tags(partition: str) -> Mapping[str, str]:
    """Return the tags by which runs are found."""
    return {"tipstat/source": _release(partition).source, "tipstat/why": "backfill"}


@dg.job(
    config=dg.PartitionedConfig(
        partitions_def=RELEASES,
        run_config_for_partition_key_fn=lambda _: {},
        tags_for_partition_key_fn=_tags,
    ),
    description="Harmonise releases again, one partition each, even if their inputs are unchanged.",
)
def harmonise_release() -> None:
    """Harmonise one release again; the next publication takes it if its rows differ."""
    harmonise_again()


def _name(release: release_files.Release) -> str:
    return f"{release.source}|{release.release}"


def _release(partition: str) -> release_files.Release:
    source, release = partition.split("|")
    return release_files.Release(paths.harmonised(), source, release)
