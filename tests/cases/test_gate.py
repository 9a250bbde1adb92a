"""No version with counts from records is published without a certificate that proves it."""

from pathlib import Path

import duckdb
import pandas as pd
import pytest
from case_tables import STATE, plan, random_cells
from typer.testing import CliRunner

from pipelines.cases import certify, gate, printed
from pipelines.cases.protect import Policy, protect
from pipelines.cli import prove
from pipelines.published.versions import gate as version_gate

SOURCE = "bra_case_records"


@pytest.fixture
def figures() -> pd.DataFrame:
    return protect(random_cells(5, victims=150), plan(1, 1), Policy(STATE, "2021-06-30"))


@pytest.fixture
def staged(tmp_path: Path, figures: pd.DataFrame) -> Path:
    """Return the folder of a version with figures counted from records, and others."""
    rows = pd.concat([figures.assign(source=SOURCE), figures.head(1).assign(source="bra_ibge")])
    exact = rows["value"].notna()
    for bound in ("lower", "upper"):
        rows[bound] = rows[bound].where(~exact, rows["value"])
    warehouse = tmp_path / version_gate.WAREHOUSE
    warehouse.parent.mkdir()
    with duckdb.connect(warehouse) as connection:
        connection.register("rows", rows.astype({"value": float, "lower": float, "upper": float}))
        connection.execute("create schema harmonised")
        connection.execute("create table harmonised.observation as from rows")
    return tmp_path


def _certify(staged: Path, figures: pd.DataFrame) -> Path:
    file = gate.certificate_of(SOURCE, staged / version_gate.CERTIFICATES)
    file.parent.mkdir(parents=True, exist_ok=True)
    certify.write(certify.certify(figures)[0], file)
    return file


def test_a_version_needs_a_certificate_that_proves_it(staged: Path, figures: pd.DataFrame) -> None:
    [refusal] = version_gate.unproven_records(staged)
    assert refusal.startswith(f"{SOURCE}: ")
    assert "no certificate of disclosure control" in refusal
    file = _certify(staged, figures)
    assert version_gate.unproven_records(staged) == []
    certify.write(certify.certify(figures)[0].head(3), file)
    [refusal] = version_gate.unproven_records(staged)
    assert "contradicts" in refusal


def test_the_gate_reads_what_is_published(staged: Path, figures: pd.DataFrame) -> None:
    _certify(staged, figures)
    with duckdb.connect(staged / version_gate.WAREHOUSE) as connection:
        connection.execute("update harmonised.observation set value = 3 where conf_status = 'A'")
    [refusal] = version_gate.unproven_records(staged)
    assert "malformed" in refusal


def test_the_export_is_the_printed_table(staged: Path, figures: pd.DataFrame) -> None:
    ours, theirs = staged / "ours.csv", staged / "theirs.csv"
    printed.write(figures, ours)
    with duckdb.connect(staged / version_gate.WAREHOUSE, read_only=True) as connection:
        gate.export_printed(connection, SOURCE, theirs)
    assert ours.read_text(encoding="utf-8") == theirs.read_text(encoding="utf-8")


def test_third_parties_prove_with_one_command(staged: Path, figures: pd.DataFrame) -> None:
    file = staged / "printed.csv"
    printed.write(figures, file)
    certificate = _certify(staged, figures)
    proven = CliRunner().invoke(prove.app, [str(file), str(certificate)])
    assert (proven.exit_code, proven.output.strip()[-6:]) == (0, "proven")
    missing = CliRunner().invoke(prove.app, [str(file), str(staged / "none.csv.gz")])
    assert missing.exit_code == 2
