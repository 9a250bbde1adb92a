"""Asset checks: of each harmonised source; of the warehouse, its answers and the rules."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import dagster as dg
import duckdb
import pandas as pd

from pipelines.harmonised.contract_check import contract_errors
from pipelines.harmonised.release_files import ERROR, Release
from pipelines.harmonised.row_account import adds_up
from pipelines.intake import detectors
from pipelines.orchestration import asset_metadata
from pipelines.raw import findings, manifest
from pipelines.warehouse import rule_results, sql_files
from pipelines.warehouse.checks import unanswered
from schemas.source import Source

_DESCRIPTIONS: Final = {
    "bytes": "Each raw file has the checksum that the manifest gives.",
    "examined": "The detectors that are in use now examined each raw file.",
    "ran_without_error": "Our code failed with no release. For one with which it did, rows that "
    "it made from the same file before, or else the earlier release, stay in use.",
    "not_held_back": "No release is held back. For one that is, the earlier release stays in use.",
    "contract": "Every row satisfies the common schema (docs/data-dictionary.md).",
    "account": "Rows in = published + quarantined + set aside by a named filter.",
}
_GATE: Final = "gate"
_ANSWERED: Final = "answered"
_EXAMINED: Final = "examined"
_WARN: Final = dg.AssetCheckSeverity.WARN


def source_specs(asset: dg.AssetKey) -> list[dg.AssetCheckSpec]:
    """Return the checks of a harmonised source."""
    return [
        dg.AssetCheckSpec(name, asset=asset, description=text)
        for name, text in _DESCRIPTIONS.items()
    ]


def source_results(
    asset: dg.AssetKey,
    source: Source,
    releases: Sequence[Release],
    accounts: Sequence[pd.DataFrame],
    made: Sequence[str],
) -> list[dg.AssetCheckResult]:
    """Return the results of a source's checks.

    Only files from earlier runs are read again: rows of the releases in `made` were validated when
    this run made them.
    """
    broken = [
        error
        for release in releases
        if release.is_used and release.release not in made
        for error in contract_errors(pd.read_parquet(release.files.rows), source.contract)
    ]
    entries = manifest.entries(source.id)
    faults = {
        "bytes": manifest.damaged(entries),
        _EXAMINED: list(filter(None, [findings.of_older_detectors(entries, detectors.version())])),
        "ran_without_error": [each.held_back for each in releases if each.held_back_by == ERROR],
        "not_held_back": [release.held_back for release in releases if release.held_back],
        "contract": broken,
        "account": [] if all(map(adds_up, accounts)) else [f"{source.id}: rows were lost"],
    }
    return [
        dg.AssetCheckResult(
            check_name=name,
            asset_key=asset,
            passed=not lines,
            severity=_WARN if name == _EXAMINED else dg.AssetCheckSeverity.ERROR,
            description="\n".join(lines) or None,  # `tipstat run` prints it
        )
        for name, lines in faults.items()
    ]


def warehouse_specs(asset: dg.AssetKey) -> list[dg.AssetCheckSpec]:
    """Return the checks of the warehouse beside the rules between rows."""
    return [
        dg.AssetCheckSpec(
            _GATE,
            asset=asset,
            description="No release is held back because nothing could be published with it.",
        ),
        dg.AssetCheckSpec(
            _ANSWERED,
            asset=asset,
            description="Every state has an answer to each question, and every answer a sentence "
            "in each language.",
            blocking=True,
        ),
    ]


def gate_result(releases: Sequence[Release]) -> dg.AssetCheckResult:
    """Return an error if the gate holds back a release, with the reason."""
    refused = [each.held_back for each in releases if each.is_refused_by_gate]
    return dg.AssetCheckResult(
        check_name=_GATE, passed=not refused, description="\n".join(refused) or None
    )


def answer_result(file: Path) -> dg.AssetCheckResult:
    """Return an error if a warehouse lacks an answer or a sentence, with each of them."""
    with duckdb.connect(file, read_only=True) as connection:
        missing = unanswered(connection)
    return dg.AssetCheckResult(
        check_name=_ANSWERED, passed=not missing, description="\n".join(missing) or None
    )


def rule_specs(asset: dg.AssetKey) -> list[dg.AssetCheckSpec]:
    """Return a check for each rule between rows."""
    return [
        dg.AssetCheckSpec(rule.name, asset=asset, description=rule.fields["title"])
        for rule in sql_files.rules()
    ]


def rule_result(verdicts: rule_results.Verdicts) -> dg.AssetCheckResult:
    """Return a warning if a case that nobody has looked at breaks the rule, with a sample."""
    sample = {"sample": asset_metadata.table(verdicts.sample)} if len(verdicts.sample) else {}
    return dg.AssetCheckResult(
        check_name=verdicts.rule,
        passed=not verdicts.new,
        severity=dg.AssetCheckSeverity.WARN,
        description=verdicts.summary,
        metadata={"severity": verdicts.severity, **verdicts.counts, **sample},
    )
