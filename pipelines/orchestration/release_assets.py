"""Releases as assets: one per source, with a partition for each of its releases.

A partition is materialised when its release is harmonised, missing while it is held back. Ordinary
runs do not select these assets: the step `harmonised/<source>` makes every release whose inputs
changed and reports it here. A backfill from the asset's page makes releases again regardless: to
confirm that they still give the same rows, or after a disk was repaired. It publishes nothing; if
rows differ, the next publication takes them.
"""

from collections.abc import Collection, Sequence
from typing import Final

import dagster as dg

from pipelines.harmonised import refresh
from pipelines.harmonised.release_files import Release
from pipelines.lib import paths
from pipelines.lib.lock import alone
from pipelines.orchestration import asset_metadata
from pipelines.sources import Publication, discover


def key(source: str) -> dg.AssetKey:
    """Return the key of the asset of a source's releases."""
    return dg.AssetKey(["releases", source])


def partitions(source: str) -> str:
    """Return the name of the dynamic partitions of a source's releases."""
    return f"release/{source}"


def _asset(publication: Publication) -> dg.AssetsDefinition:
    """Return the asset of a source's releases."""
    source = publication.source

    @dg.asset(
        key=key(source.id),
        deps=[dg.AssetKey(["raw", source.id])],
        partitions_def=dg.DynamicPartitionsDefinition(name=partitions(source.id)),
        group_name="releases",
        owners=asset_metadata.OWNERS,
        kinds={"parquet"},
        tags=asset_metadata.tags(source),
        description=f"The releases of *{source.title}*, one partition each: harmonised, or missing "
        "while it is held back. A backfill harmonises releases again.",
    )
    def release(context: dg.AssetExecutionContext) -> dg.MaterializeResult:
        made = Release(paths.harmonised(), source.id, context.partition_key)
        with alone(paths.source_lock(source.id), context.log.info):
            is_same = refresh.rebuild(publication, made)
        if made.held_back:
            raise dg.Failure(made.held_back, allow_retries=False)
        outcome = "the same rows as before" if is_same else "other rows than before, or the first"
        return dg.MaterializeResult(metadata={"work": outcome, **asset_metadata.of_release(made)})

    return release


def report(
    context: dg.AssetExecutionContext, releases: Sequence[Release], made: Collection[str]
) -> None:
    """Report the releases of a source: those in `made`, and those that are held back."""
    if not releases:
        return
    source = releases[0].source
    context.instance.add_dynamic_partitions(partitions(source), [each.release for each in releases])
    held_back = [each for each in releases if each.held_back]
    if any(_is_materialised(context.instance, each) for each in held_back):
        _start_again(context.instance, releases)
        return
    for each in releases:
        if each.release in made and not each.held_back:
            context.log_event(_materialisation(each))
    for each in held_back:
        why = asset_metadata.of_held_back(each)
        context.log_event(dg.AssetObservation(key(source), partition=each.release, metadata=why))


def _is_materialised(instance: dg.DagsterInstance, release: Release) -> bool:
    of_release = dg.AssetRecordsFilter(
        asset_key=key(release.source), asset_partitions=[release.release]
    )
    return bool(instance.fetch_materializations(of_release, limit=1).records)


def _start_again(instance: dg.DagsterInstance, releases: Sequence[Release]) -> None:
    """Report the releases that are still good, after one of them is held back.

    Dagster has no way back for a single partition: the asset's history goes with it.
    """
    instance.wipe_assets([key(releases[0].source)])
    for each in releases:
        if not each.held_back:
            instance.report_runless_asset_event(_materialisation(each))


def _materialisation(release: Release) -> dg.AssetMaterialization:
    return dg.AssetMaterialization(
        key(release.source),
        partition=release.release,
        metadata=dict(asset_metadata.of_release(release)),
    )


ASSETS: Final = tuple(map(_asset, discover().values()))
