"""Dagster: the only module that knows the order. It names, orders and reports; others do the work.

raw → harmonised, once per source → warehouse → pages. Sources are discovered. The contract and the
account of rows are blocking checks; cross-row rules are warnings with counts and samples.
"""

from collections.abc import Callable
from typing import Any, Final

import dagster as dg
import duckdb
import pandas as pd
from pandera.errors import SchemaErrors

from pipelines import fingerprint, harmonise, manifest, paths, sql_files, warehouse
from pipelines.site import build as site
from pipelines.sources import FileRefusedError, Publication, discover, refuse_short
from schemas.contract import CONTRACTS

WAREHOUSE: Final = dg.AssetKey(["published", "warehouse"])
PAGES: Final = dg.AssetKey(["published", "site"])
SETTLED: Final = frozenset({"holds", "untestable"})
"""Verdicts of a rule that need no reader."""

REFUSALS: Final = (
    FileRefusedError,
    manifest.ManifestError,
    harmonise.ContractBrokenError,
    warehouse.WarehouseError,
)
"""Errors whose one line says what, where and what to do; their trace would only hide it."""


def _refusing(work: Callable[[], dg.MaterializeResult]) -> dg.MaterializeResult:
    """Does the work; a refusal fails the step with its own words, without a retry."""
    try:
        return work()
    except REFUSALS as refusal:
        raise dg.Failure(str(refusal), allow_retries=False) from refusal


def _raw_asset(publication: Publication) -> dg.AssetsDefinition:
    source = publication.source

    @dg.asset(
        key=["raw", source.id],
        group_name="raw",
        kinds={"csv"},
        description=f"{source.title}. {source.publisher}.",
        metadata={"address": dg.MetadataValue.url(source.address), "licence": source.licence},
    )
    def raw() -> dg.MaterializeResult:
        def work() -> dg.MaterializeResult:
            entries = manifest.entries(source.id)
            for entry in entries:
                manifest.verify(entry)
            releases = ", ".join(entry.release for entry in entries)
            return dg.MaterializeResult(metadata={"releases": releases})

        return _refusing(work)

    return raw


def _harmonised_asset(publication: Publication) -> dg.AssetsDefinition:
    source = publication.source
    key = dg.AssetKey(["harmonised", source.id])

    @dg.asset(
        key=key,
        deps=[dg.AssetKey(["raw", source.id])],
        group_name="harmonised",
        kinds={"pandas", "parquet"},
        description=f"Rows of {source.id} that satisfy the contract `{source.contract}`; the "
        "others are in quarantine, with the rule and the place they came from.",
        check_specs=[
            dg.AssetCheckSpec("contract", asset=key, blocking=True),
            dg.AssetCheckSpec("account", asset=key, blocking=True),
        ],
    )
    def harmonised() -> dg.MaterializeResult:
        return _refusing(lambda: _harmonise_releases(publication))

    return harmonised


def _harmonise_releases(publication: Publication) -> dg.MaterializeResult:
    source = publication.source
    made, accounts, broken = [], [], []
    for entry in manifest.entries(source.id):
        targets = harmonise.files(paths.harmonised(), source.id, entry.release)
        stamp, made_from = targets[0].with_name("fingerprint"), fingerprint.of_release(entry)
        if not fingerprint.is_on(stamp, made_from):
            harmonised = harmonise.harmonise(publication, entry.release, entry.path)
            refuse_short(entry.path, harmonised.rows_in, source)
            harmonise.store(harmonised, targets)
            fingerprint.put_on(stamp, made_from)
            made.append(entry.release)
        accounts.append(pd.read_parquet(targets[2]))
        broken += _contract_errors(pd.read_parquet(targets[0]), source.contract)
    account = pd.concat(accounts) if accounts else pd.DataFrame(columns=["outcome", "rows"])
    return dg.MaterializeResult(
        metadata={
            "work": f"harmonised {', '.join(made)}" if made else "unchanged, nothing done twice",
            "account": _table(account),
        },
        check_results=[
            dg.AssetCheckResult(
                check_name="contract", passed=not broken, metadata={"errors": "; ".join(broken)}
            ),
            dg.AssetCheckResult(check_name="account", passed=_adds_up(account)),
        ],
    )


def _contract_errors(rows: pd.DataFrame, contract: str) -> list[str]:
    try:
        CONTRACTS[contract].schema.validate(rows, lazy=True)
    except SchemaErrors as errors:
        return [str(error).splitlines()[0] for error in errors.schema_errors]
    return []


def _adds_up(account: pd.DataFrame) -> bool:
    rows = account["rows"].astype(int)
    incoming = account["outcome"] == "in"
    return int(rows[incoming].sum()) == int(rows[~incoming].sum())


def _table(frame: pd.DataFrame) -> dg.TableMetadataValue:
    """A frame as Dagster's interface shows it."""
    return dg.MetadataValue.table(
        [dg.TableRecord(record) for record in frame.astype(str).to_dict(orient="records")]
    )


@dg.asset(
    key=WAREHOUSE,
    deps=[dg.AssetKey(["harmonised", source]) for source in discover()],
    group_name="published",
    kinds={"duckdb"},
    description="The DuckDB file that statisticians query; every table, view and column is "
    "described in it.",
    check_specs=[
        dg.AssetCheckSpec(rule.fields["id"], asset=WAREHOUSE, description=rule.fields["title"])
        for rule in sql_files.rules()
    ],
)
def published_warehouse() -> dg.MaterializeResult:
    """Builds the warehouse aside and switches it in, unless nothing has changed."""

    def work() -> dg.MaterializeResult:
        current = warehouse.is_current(paths.warehouse())
        if not current:
            warehouse.build(paths.harmonised(), paths.warehouse())
        return dg.MaterializeResult(
            metadata={"path": dg.MetadataValue.path(paths.warehouse()), "unchanged": current},
            check_results=_rule_results(),
        )

    return _refusing(work)


def _rule_results() -> list[dg.AssetCheckResult]:
    """What each cross-row rule said of the newest releases: a warning where a case fails it."""
    with duckdb.connect(paths.warehouse(), read_only=True) as connection:
        counts = connection.execute(sql_files.query("rule_counts")).df()
        samples = connection.execute(sql_files.query("rule_samples")).df()
    results = []
    for rule, verdicts in counts.groupby("rule"):
        metadata: dict[str, Any] = {
            row.verdict: int(row.cases) for row in verdicts.itertuples() if row.cases
        }
        sample = samples[samples["rule"] == rule].drop(columns="rule")
        if len(sample):
            metadata["sample"] = _table(sample)
        results.append(
            dg.AssetCheckResult(
                check_name=str(rule),
                passed=metadata.keys() <= SETTLED or verdicts["severity"].iloc[0] == "INFO",
                severity=dg.AssetCheckSeverity.WARN,
                metadata=metadata,
            )
        )
    return results


@dg.asset(
    key=PAGES,
    deps=[WAREHOUSE],
    group_name="published",
    kinds={"html", "plotly"},
    description="A page per state and language, to be opened from disk.",
)
def published_site() -> dg.MaterializeResult:
    """Builds the pages, unless nothing has changed."""
    stamp, made_from = paths.site_stamp(), fingerprint.of_everything()
    current = fingerprint.is_on(stamp, made_from)
    if not current:
        site.build(paths.warehouse(), paths.site())
        fingerprint.put_on(stamp, made_from)
    index = paths.site() / "index.html"
    return dg.MaterializeResult(
        metadata={"index": dg.MetadataValue.path(index), "unchanged": current}
    )


defs = dg.Definitions(
    assets=[
        *(_raw_asset(publication) for publication in discover().values()),
        *(_harmonised_asset(publication) for publication in discover().values()),
        published_warehouse,
        published_site,
    ],
    executor=dg.in_process_executor,
)
