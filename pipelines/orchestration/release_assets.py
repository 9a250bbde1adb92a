"""Releases as assets: one per source, with a partition for each of its releases.

A partition is materialised when its release is harmonised. While the release is held back, its last
event is an observation with the reason, and the check `not_held_back` of the source fails. An
ordinary run makes every release whose inputs changed, in the step that makes this asset too, and
reports it here. A backfill from the asset's page makes releases again regardless: to confirm that
they still give the same rows, or after a disk was repaired. It publishes nothing; if rows differ,
the next publication takes them.
"""

from collections.abc import Collection, Sequence

import dagster as dg

from pipelines.harmonised import refresh
from pipelines.harmonised.release_files import Release
from pipelines.lib import paths
from pipelines.lib.lock import alone
from pipelines.orchestration import asset_metadata
from pipelines.sources import Publication
from schemas.source import Source


def key(source: str) -> dg.AssetKey:
    """Return the key of the asset of a source's releases."""
    return dg.AssetKey(["releases", source])


def partitions(source: str) -> str:
    """Return the name of the dynamic partitions of a source's releases."""
    return f"release/{source}"


def spec(source: Source) -> dg.AssetSpec:
    """Describe the asset of a source's releases."""
    return dg.AssetSpec(
        key=key(source.id),
        deps=[dg.AssetKey(["raw", source.id])],
        partitions_def=dg.DynamicPartitionsDefinition(name=partitions(source.id)),
        group_name="releases",
        owners=asset_metadata.OWNERS,
        kinds={"parquet"},
        tags=asset_metadata.tags(source),
        description=f"The releases of *{source.title}*, one partition each. A backfill harmonises "
        "releases again.",
    )


def make_again(context: dg.AssetExecutionContext, publication: Publication) -> dg.MaterializeResult:
    """Harmonise the release of a run's partition, even if nothing changed.

    Raises:
        dagster.Failure: the release is held back.
    """
    source = publication.source.id
    made = Release(paths.harmonised(), source, context.partition_key)
    with alone(paths.source_lock(source), context.log.info):
        is_same = refresh.rebuild(publication, made)
    if made.held_back:
        raise dg.Failure(made.held_back, allow_retries=False)
    outcome = "the same rows as before" if is_same else "other rows than before, or the first"
    return dg.MaterializeResult(
        asset_key=key(source), metadata={"work": outcome, **asset_metadata.of_release(made)}
    )


def report(
    context: dg.AssetExecutionContext, releases: Sequence[Release], made: Collection[str] = ()
) -> None:
    """Report releases: those in `made`, and those that are held back."""
    for source in dict.fromkeys(each.source for each in releases):
        days = [each.release for each in releases if each.source == source]
        context.instance.add_dynamic_partitions(partitions(source), days)
    for each in releases:
        asset, day = key(each.source), each.release
        if each.held_back:
            why = dict(asset_metadata.of_held_back(each))
            context.log_event(dg.AssetObservation(asset, partition=day, metadata=why))
        elif day in made:
            account = dict(asset_metadata.of_release(each))
            context.log_event(dg.AssetMaterialization(asset, partition=day, metadata=account))
