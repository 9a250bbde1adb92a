"""No version with counts from records is published without a certificate that proves it."""

import re
from collections.abc import Callable
from pathlib import Path

import duckdb
import pandas as pd
import pytest
from case_release import SOURCE, cells, printed_release
from typer.testing import CliRunner

from pipelines.cases import certify, gate, printed
from pipelines.cli import prove
from pipelines.published.extracts import FORMS, are_current, certificates, stamp, stamped
from pipelines.published.versions import gate as version_gate
from pipelines.raw import stated_files

DAY = "2021-06-30"


@pytest.fixture(scope="module")
def figures() -> pd.DataFrame:
    return printed_release(cells(5), DAY, None)


@pytest.fixture
def staged(tmp_path: Path, figures: pd.DataFrame) -> Path:
    """Return the folder of a version with figures counted from records, and others."""
    rows = pd.concat([figures.assign(source=SOURCE), figures.head(1).assign(source="bra_ibge")])
    exact = rows["value"].notna()
    for bound in ("lower", "upper"):
        rows[bound] = rows[bound].where(~exact, rows["value"])
    warehouse = tmp_path / version_gate.WAREHOUSE
    warehouse.parent.mkdir()
    certificate = stated_files.certificate(SOURCE, DAY)
    certificate.parent.mkdir(parents=True)
    certify.write(certify.certify(figures)[0], certificate)
    with duckdb.connect(warehouse) as connection:
        connection.register("rows", rows.astype({"value": float, "lower": float, "upper": float}))
        connection.execute("create schema harmonised")
        connection.execute("create table harmonised.observation as from rows")
        certificates.write(connection, tmp_path / version_gate.CERTIFICATES)
    return tmp_path


def proof(staged: Path, name: str) -> Path:
    return staged / version_gate.CERTIFICATES / SOURCE / name


def test_a_version_with_its_proof_passes(staged: Path) -> None:
    assert version_gate.unproven_records(staged) == []
    assert not proof(staged, "").with_name("bra_ibge").exists()


def _gone(staged: Path) -> None:
    proof(staged, gate.CERTIFICATE_FILE).unlink()


def _cut(staged: Path) -> None:
    file = proof(staged, gate.CERTIFICATE_FILE)
    file.write_bytes(file.read_bytes()[:-20])


def _half(staged: Path) -> None:
    certificate = certify.certify(printed.figures(proof(staged, gate.PRINTED_FILE)))[0]
    certify.write(certificate.head(3), proof(staged, gate.CERTIFICATE_FILE))


def _of_another(staged: Path) -> None:
    other = printed_release(cells(6), DAY, None)
    certify.write(certify.certify(other)[0], proof(staged, gate.CERTIFICATE_FILE))


def _table_changed(staged: Path) -> None:
    file = proof(staged, gate.PRINTED_FILE)
    file.write_text(file.read_text("utf-8").replace(",1,9,A", ",1,8,A", 1), "utf-8")


def _warehouse_changed(staged: Path) -> None:
    with duckdb.connect(staged / version_gate.WAREHOUSE) as connection:
        connection.execute("update harmonised.observation set value = 3 where conf_status = 'A'")


@pytest.mark.parametrize(
    ("plant", "message"),
    [
        (_gone, "no certificate of disclosure control"),
        (_cut, "cannot be read"),
        (_half, "contradicts"),
        (_of_another, "contradicts|malformed"),
        (_table_changed, "not the figures of the warehouse"),
        (_warehouse_changed, "not the figures of the warehouse"),
    ],
)
def test_a_version_with_a_planted_defect_is_refused(
    staged: Path, plant: Callable[[Path], None], message: str
) -> None:
    plant(staged)
    [refusal] = version_gate.unproven_records(staged)
    assert refusal.startswith(f"{SOURCE}: {proof(staged, '')}")
    assert re.search(message, refusal), refusal
    assert "add the folder that 'tipstat cases count' wrote with 'tipstat cases add'" in refusal


def test_a_warehouse_with_a_small_count_is_refused_with_its_own_table(staged: Path) -> None:
    _warehouse_changed(staged)
    with duckdb.connect(staged / version_gate.WAREHOUSE) as connection:
        gate.export_printed(connection, SOURCE, proof(staged, gate.PRINTED_FILE))
    [refusal] = version_gate.unproven_records(staged)
    assert "malformed" in refusal


def test_the_export_is_the_printed_table(staged: Path, figures: pd.DataFrame) -> None:
    ours = staged / "ours.csv"
    printed.write(figures, ours)
    assert ours.read_bytes() == proof(staged, gate.PRINTED_FILE).read_bytes()


def test_third_parties_prove_with_one_command(staged: Path) -> None:
    files = [str(proof(staged, name)) for name in (gate.PRINTED_FILE, gate.CERTIFICATE_FILE)]
    proven = CliRunner().invoke(prove.app, files)
    assert (proven.exit_code, proven.output.strip()[-6:]) == (0, "proven")
    missing = CliRunner().invoke(prove.app, [files[0], str(staged / "none.csv.gz")])
    assert missing.exit_code == 2


def test_extracts_are_current_only_with_every_form_of_these_inputs(tmp_path: Path) -> None:
    folder = tmp_path / "extracts"
    folder.mkdir()
    assert not are_current(folder, "inputs")
    stamp(folder).write_text(stamped("inputs", FORMS), "utf-8")
    assert are_current(folder, "inputs")
    assert not are_current(folder, "other inputs")
    stamp(folder).write_text(stamped("inputs", FORMS[1:]), "utf-8")
    assert not are_current(folder, "inputs")
