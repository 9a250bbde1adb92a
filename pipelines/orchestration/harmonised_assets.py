"""One step per source: its rows in our codes, its releases, and their checks.

Releases are not partitions of the harmonised assets. A step makes all releases of its source whose
inputs changed: a past release that is added, corrected or accepted follows with the next run, and
the others are not touched. It reports them to the asset `releases/<source>`, which it makes too.

Nothing stops the other sources: a release that is refused, or with which our code fails, is held
back, and the checks of its source say so.
"""

from collections.abc import Iterator
from typing import Final

import dagster as dg
import pandas as pd

from pipelines.harmonised import release_files
from pipelines.harmonised.row_account import ACCOUNT
from pipelines.lib import paths
from pipelines.orchestration import asset_metadata, checks, failures, release_assets
from pipelines.orchestration.resources import Harmonising
from pipelines.sources import Publication, discover
from schemas.source import Source


def key(source: str) -> dg.AssetKey:
    """Return the key of the asset of a source's rows in our codes."""
    return dg.AssetKey(["harmonised", source])


def step(source: str) -> str:
    """Return the name of the step of a source."""
    return f"harmonised__{source}"


def _spec(source: Source) -> dg.AssetSpec:
    """Describe the asset of a source's rows in our codes."""
    return dg.AssetSpec(
        key=key(source.id),
        deps=[release_assets.key(source.id)],
        group_name="harmonised",
        owners=asset_metadata.OWNERS,
        kinds={"pandas", "parquet"},
        tags=asset_metadata.tags(source),
        description=f"Rows of *{source.title}* that satisfy the contract `{source.contract}`. The "
        "others are in quarantine, each with the rule it breaks and its row in the publisher's "
        "file.",
        metadata={
            "page": dg.MetadataValue.url(source.page),
            "dagster/column_schema": asset_metadata.columns(source.contract),
        },
    )


def _asset(publication: Publication) -> dg.AssetsDefinition:
    """Return the step of a source."""
    source = publication.source
    its = key(source.id)

    @dg.multi_asset(
        name=step(source.id),
        specs=[release_assets.spec(source), _spec(source)],
        check_specs=checks.source_specs(its),
        can_subset=True,
    )
    def harmonised(
        context: dg.AssetExecutionContext, harmonising: Harmonising
    ) -> Iterator[dg.MaterializeResult | dg.AssetCheckResult]:
        if release_assets.key(source.id) in context.selected_asset_keys:
            yield release_assets.make_again(context, publication)
        is_made = its in context.selected_asset_keys
        made: list[str] = []
        if is_made:
            with failures.one_line("harmonised"):
                made = harmonising.made(source.id, _sources(context))
        releases = release_files.releases(paths.harmonised(), source.id)
        accounts = [pd.read_parquet(each.files.account) for each in releases if each.is_used]
        results = checks.source_results(its, source, releases, accounts, made)
        chosen = {each.name for each in context.selected_asset_check_keys}
        results = [each for each in results if each.check_name in chosen]
        if is_made:
            release_assets.report(context, releases, made)
            metadata = _metadata(releases, accounts, made)
            yield dg.MaterializeResult(asset_key=its, metadata=metadata, check_results=results)
        else:
            yield from results

    return harmonised


def _sources(context: dg.AssetExecutionContext) -> list[str]:
    """Return the sources that are harmonised in a run."""
    steps, chosen = context.job_def.graph.node_dict, context.run.asset_selection
    return [
        source
        for source in discover()
        if step(source) in steps and (not chosen or key(source) in chosen)
    ]


def _metadata(
    releases: list[release_files.Release], accounts: list[pd.DataFrame], made: list[str]
) -> asset_metadata.Metadata:
    account = pd.concat(accounts) if accounts else pd.DataFrame(columns=ACCOUNT)
    return {
        "work": f"harmonised {', '.join(made)}" if made else "unchanged, nothing to do",
        **asset_metadata.of_releases(releases, account),
    }


ASSETS: Final = tuple(map(_asset, discover().values()))
