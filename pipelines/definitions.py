"""Dagster: the only module that knows the order. It names, orders and reports; others do the work.

raw → harmonised, once per source → warehouse → pages. Sources are discovered. The contract and the
account of rows are blocking checks; cross-row rules are warnings with counts and samples.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import dagster as dg
import pandas as pd

from pipelines import fingerprint, harmonise, manifest, paths, sql_files, verdicts, warehouse
from pipelines.site import build as site
from pipelines.sources import FileRefusedError, Publication, discover

WAREHOUSE: Final = dg.AssetKey(["published", "warehouse"])
PAGES: Final = dg.AssetKey(["published", "site"])
REFUSALS: Final = (
    FileRefusedError,
    manifest.ManifestError,
    harmonise.ContractBrokenError,
    warehouse.WarehouseError,
)
"""Errors whose one line says what, where and what to do; their trace would only hide it."""


@contextmanager
def _refusals() -> Iterator[None]:
    """Lets a refusal fail the step with its own words, without a retry."""
    try:
        yield
    except REFUSALS as refusal:
        raise dg.Failure(str(refusal), allow_retries=False) from refusal


def _raw_asset(publication: Publication) -> dg.AssetsDefinition:
    source = publication.source

    @dg.asset(
        key=["raw", source.id],
        group_name="raw",
        kinds={"csv"},
        description=f"{source.title}. {source.publisher}.",
        metadata={"address": dg.MetadataValue.url(source.address), "licence": source.licence.en},
    )
    def raw() -> dg.MaterializeResult:
        with _refusals():
            entries = manifest.entries(source.id)
            for entry in entries:
                manifest.verify(entry)
        return dg.MaterializeResult(
            metadata={"releases": ", ".join(entry.release for entry in entries)}
        )

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
        with _refusals():
            return _harmonise_releases(publication)

    return harmonised


def _harmonise_releases(publication: Publication) -> dg.MaterializeResult:
    """Harmonises the releases of a source, and checks what now lies in their files."""
    source = publication.source
    made, accounts, broken = [], [], []
    for entry in manifest.entries(source.id):
        if harmonise.refresh(publication, entry, paths.harmonised()):
            made.append(entry.release)
        rows, _, account = harmonise.files(paths.harmonised(), source.id, entry.release)
        accounts.append(pd.read_parquet(account))
        broken += harmonise.contract_errors(pd.read_parquet(rows), source.contract)
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
            dg.AssetCheckResult(check_name="account", passed=harmonise.adds_up(account)),
        ],
    )


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
    current = warehouse.is_current(paths.warehouse())
    if not current:
        with _refusals():
            warehouse.build(paths.harmonised(), paths.warehouse())
    return dg.MaterializeResult(
        metadata={"path": dg.MetadataValue.path(paths.warehouse()), "unchanged": current},
        check_results=[_rule_result(said) for said in verdicts.read(paths.warehouse())],
    )


def _rule_result(said: verdicts.Verdicts) -> dg.AssetCheckResult:
    """A warning where a case fails the rule, with counts and samples."""
    sample = {"sample": _table(said.sample)} if len(said.sample) else {}
    return dg.AssetCheckResult(
        check_name=said.rule,
        passed=said.is_fine,
        severity=dg.AssetCheckSeverity.WARN,
        metadata={**said.counts, **sample},
    )


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
