"""A host of files serves the SDMX tree: pysdmx reads it as it reads a service."""

from pathlib import Path

import pytest
from browser.visiting import served
from pysdmx.api.fmr import RegistryClient
from pysdmx.api.qb import ApiVersion, DataContext, DataFormat, DataQuery, RestService
from sdmx_answers import extract_rows, in_order, of_csv

from pipelines.published.extracts import forms_in
from pipelines.published.extracts.build import build_extracts
from pipelines.published.extracts.sdmx.structure import VERSION

pytestmark = [pytest.mark.slow, pytest.mark.allow_hosts(["127.0.0.1"])]


@pytest.fixture(scope="module")
def extracts_of_files(small: Path, tmp_path_factory) -> Path:
    """A folder with `extracts`, the tree among them."""
    folder = tmp_path_factory.mktemp("files")
    build_extracts(small, folder / "extracts", ["sdmx-tree"])
    return folder


@pytest.fixture(scope="module")
def address(extracts_of_files: Path):
    with served(extracts_of_files / "extracts" / "sdmx_tree") as root:
        yield f"{root}/sdmx/v2"


def test_pysdmx_reads_structures_and_reports(address: str) -> None:
    registry = RegistryClient(address, timeout=60)
    schema = registry.get_schema("dataflow", "TIPSTAT", "DF_NEWEST", VERSION)
    assert [each.id for each in schema.components.dimensions][1:3] == ["REF_AREA", "INDICATOR"]
    codes = registry.get_codes("TIPSTAT", "CL_SEX", VERSION)
    assert {"F", "M"} <= {code.id for code in codes}
    reports = registry.get_reports("codelist", "TIPSTAT", "CL_DATA_SOURCE", VERSION)
    assert {report.id for report in reports} >= {"ESMS_ARG_LINEA145", "ESMS_JAM_STATIN"}


@pytest.mark.parametrize(("flow", "name", "key"), [
    ("DF_NATIONAL", "national", "A.ARG"), ("DF_TIP", "observation", "A.JAM"),
    ("DF_SDG_16_2_2", "sdg_16_2_2", "*"),
])  # fmt: skip
def test_pysdmx_reads_data(address: str, extracts_of_files, flow, name, key) -> None:
    service = RestService(
        address, ApiVersion.V2_0_0, data_format=DataFormat.SDMX_CSV_2_0_0, timeout=60
    )
    answer = service.data(DataQuery(DataContext.DATAFLOW, "TIPSTAT", flow, VERSION, key))
    rows = extract_rows(extracts_of_files, name)
    wanted = [row for row in rows if key == "*" or f"{row['FREQ']}.{row['REF_AREA']}" == key]
    assert len(wanted) > 2
    assert in_order(of_csv(answer)) == in_order(wanted)


def test_it_is_no_part_of_what_is_published(extracts_of_files: Path) -> None:
    assert forms_in(extracts_of_files / "extracts") == ("sdmx", "sdmx-tree")
