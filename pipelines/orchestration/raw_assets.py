"""Raw files as assets, one per source, and a check of the age of its newest release.

A source whose files can be downloaded is fetched here on Mondays at 04:00 UTC, all that are due in
one run. One whose files are downloaded by hand is an external asset: its description says how.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final

import dagster as dg

from pipelines.intake import acquire
from pipelines.lib import paths
from pipelines.lib.lock import alone
from pipelines.orchestration import asset_metadata, release_age
from pipelines.orchestration.resources import Fetching
from pipelines.raw import manifest
from pipelines.sources import Publication, discover

RETRY: Final = dg.RetryPolicy(max_retries=2, delay=60, backoff=dg.Backoff.EXPONENTIAL)
"""Of downloads only: figures that are refused today are refused tomorrow."""

WEEKLY: Final = dg.AutomationCondition.on_cron("0 4 * * 1")

IS_RECENT: Final = "newest_release_is_recent"


def key(source: str) -> dg.AssetKey:
    """Return the key of the asset of a source's raw files."""
    return dg.AssetKey(["raw", source])


def _asset(publication: Publication) -> dg.AssetsDefinition | dg.AssetSpec:
    """Return the asset of a source's files in data/raw: external if they are fetched by hand.

    Else its step downloads the newest file.
    """
    source = publication.source
    spec = dg.AssetSpec(
        key=key(source.id),
        group_name="raw",
        owners=asset_metadata.OWNERS,
        kinds={"csv"},
        tags=asset_metadata.tags(source),
        description=asset_metadata.description(source),
        metadata={"page": dg.MetadataValue.url(source.page), "licence": source.licence.en},
        automation_condition=None if source.by_hand else WEEKLY,
    )
    if source.by_hand:
        return spec

    @dg.multi_asset(
        name=f"raw__{source.id}",
        specs=[spec],
        op_tags={"tipstat/why": "fetch"},
        retry_policy=RETRY,
    )
    def raw(context: dg.AssetExecutionContext, fetching: Fetching) -> dg.MaterializeResult:
        with alone(paths.lock(), context.log.info):
            outcome = acquire.fetch(publication, limits=fetching.limits())
        if outcome.refused:
            raise dg.Failure(outcome.message, allow_retries=outcome.unreachable)
        newest = manifest.newest(source.id)
        return dg.MaterializeResult(
            metadata={"result": outcome.message, **asset_metadata.of_raw_files(newest)}
        )

    return raw


def _record_newest_release(instance: dg.DagsterInstance, source: str) -> None:
    """Record the newest release in the history of a source's raw files, unless it is there.

    Releases also come with the project, from the inbox, and from `tipstat add-release`.
    """
    newest = manifest.newest(source)
    event = instance.get_latest_materialization_event(key(source))
    known = event.asset_materialization if event else None
    recorded = known.metadata.get("release") if known else None
    if newest and (recorded is None or recorded.value != newest[0].release):
        instance.report_runless_asset_event(
            dg.AssetMaterialization(key(source), metadata=asset_metadata.of_raw_files(newest))
        )


@dg.multi_asset_check(
    name="age_of_releases",
    specs=[
        dg.AssetCheckSpec(
            IS_RECENT,
            asset=key(source),
            description="The newest release is not older than the usual time between releases; "
            "ERROR after twice that time.",
        )
        for source in discover()
    ],
    can_subset=True,
)
def newest_releases_are_recent(
    context: dg.AssetCheckExecutionContext,
) -> Iterator[dg.AssetCheckResult]:
    """Compare the age of each source's newest release with the usual time between releases.

    The newest release is recorded first: Dagster shows no result that is older than it.
    """
    today = datetime.now(tz=UTC).date()
    for each in sorted(context.selected_asset_check_keys):
        source = discover()[each.asset_key.path[-1]].source
        _record_newest_release(context.instance, source.id)
        age = release_age.age_of(source, today)
        yield dg.AssetCheckResult(
            check_name=each.name,
            asset_key=each.asset_key,
            passed=not age.is_due,
            severity=dg.AssetCheckSeverity.ERROR if age.is_overdue else dg.AssetCheckSeverity.WARN,
            description=age.text if age.is_due else None,
            metadata={"newest_release": age.newest, "days": age.days},
        )


ASSETS: Final = tuple(map(_asset, discover().values()))
