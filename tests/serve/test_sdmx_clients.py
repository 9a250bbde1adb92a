"""Programs of others read the service: pysdmx, sdmx1, pandas, and R with rsdmx."""

import io
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
import sdmx
from pysdmx.api.fmr import RegistryClient
from pysdmx.api.qb import (
    ApiVersion,
    DataContext,
    DataFormat,
    DataQuery,
    RestService,
    StructureFormat,
    StructureQuery,
    StructureReference,
    StructureType,
)
from pysdmx.io import get_datasets
from sdmx_answers import extract_rows
from serving import Published, Serving, serving

from pipelines.published.extracts.sdmx.files import NAMES
from pipelines.published.extracts.sdmx.structure import VERSION

pytestmark = [pytest.mark.slow, pytest.mark.allow_hosts(["127.0.0.1"])]
KEY = ("TIPSTAT", "DF_NATIONAL", VERSION)
BRAZIL = "A.BRA.VIC_DETECT"
MANUAL = Path(__file__).parents[2] / "docs" / "api.md"
PATIENCE = 60.0
IN_XML = {"Accept": "application/xml"}


@pytest.fixture(scope="module")
def whole(sdmx_version: Path, tmp_path_factory) -> Iterator[Serving]:
    """The service of the shipped figures."""
    parts = tmp_path_factory.mktemp("parts")
    (parts / "extracts").symlink_to(sdmx_version / "extracts")
    (parts / "tipstat.duckdb").hardlink_to(sdmx_version / "warehouse" / "tipstat.duckdb")
    home = tmp_path_factory.mktemp("whole")
    (home / "data" / "published" / "versions").mkdir(parents=True)
    found = Published(home, parts)
    found.lead(found.lay(1))
    with serving(home) as running:
        yield running


@pytest.fixture(scope="module")
def brazil(sdmx_version: Path) -> dict[str, float]:
    """Brazil's detected victims by year, from the extracts."""
    return {
        row["TIME_PERIOD"]: float(row["OBS_VALUE"])
        for row in extract_rows(sdmx_version, "national")
        if (row["REF_AREA"], row["INDICATOR"]) == ("BRA", "VIC_DETECT")
    }


@pytest.mark.parametrize("form", [
    DataFormat.SDMX_CSV_2_0_0, DataFormat.SDMX_CSV_1_0_0, DataFormat.SDMX_ML_3_0,
    DataFormat.SDMX_ML_2_1_STR, DataFormat.SDMX_ML_2_1_GEN,
])  # fmt: skip
def test_pysdmx_reads_data_in_every_format(whole: Serving, brazil, tmp_path, form) -> None:
    service = RestService(
        f"{whole.url}/sdmx/v2",
        ApiVersion.V2_0_0,
        data_format=form,
        structure_format=StructureFormat.SDMX_ML_3_0,
        timeout=PATIENCE,
    )
    references = StructureReference.DESCENDANTS
    asked = StructureQuery(StructureType.DATAFLOW, *KEY, references=references)
    (tmp_path / "structure.xml").write_bytes(service.structure(asked))
    answer = service.data(DataQuery(DataContext.DATAFLOW, *KEY, BRAZIL))
    [found] = get_datasets(io.BytesIO(answer), tmp_path / "structure.xml")
    years, values = found.data["TIME_PERIOD"].astype(str), found.data["OBS_VALUE"].astype(float)
    assert dict(zip(years, values, strict=True)) == brazil


def test_pysdmx_reads_structures_and_reports(whole: Serving) -> None:
    registry = RegistryClient(f"{whole.url}/sdmx/v2", timeout=PATIENCE)
    assert [flow.id for flow in registry.get_dataflows("TIPSTAT", "*", "*")] == [*NAMES]
    schema = registry.get_schema("dataflow", *KEY)
    assert [each.id for each in schema.components.dimensions][:3] == [
        "FREQ",
        "REF_AREA",
        "INDICATOR",
    ]
    assert "F" in {code.id for code in registry.get_codes("TIPSTAT", "CL_SEX", VERSION)}
    reports = registry.get_reports("codelist", "TIPSTAT", "CL_DATA_SOURCE", VERSION)
    assert "ESMS_INT_UNODC_GLOTIP" in {each.id for each in reports}


@pytest.mark.parametrize(("version", "path"), [("3.0.0", "sdmx/v2"), ("2.1", "sdmx/v1")])
def test_sdmx1_reads_both_versions(whole: Serving, brazil, version, path) -> None:
    resources = ("data", "dataflow", "datastructure", "codelist")
    about = {
        "id": "TIPSTAT",
        "name": "tipstat",
        "url": f"{whole.url}/{path}",
        "versions": [version],
        "headers": dict.fromkeys(resources, IN_XML) if version == "3.0.0" else {},
    }
    sdmx.add_source(about, override=True)
    client = sdmx.Client("TIPSTAT")
    structures = client.dataflow("DF_NATIONAL", references="all")
    structure = structures.structure["DSD_NATIONAL"]
    assert structures.codelist["CL_AREA"]["BRA"].name.localizations["pt"] == "Brasil"
    asked = {"version": VERSION, "context": "dataflow"} if version == "3.0.0" else {}
    message = client.data("DF_NATIONAL", key=BRAZIL, dsd=structure, **asked)
    [found] = message.data
    read = {str(each.dimension["TIME_PERIOD"].value): float(each.value) for each in found.obs}
    assert read == brazil


def test_pandas_reads_a_whole_flow(whole: Serving, sdmx_version) -> None:
    address = f"{whole.url}/sdmx/v2/data/dataflow/TIPSTAT/DF_NATIONAL?format=csv"
    read = pd.read_csv(address, dtype=str)
    assert len(read) == len(extract_rows(sdmx_version, "national"))
    assert {*read["REF_AREA"]} >= {"BRA", "MEX", "USA"}


def in_r(*arguments: str) -> str:
    """What a script of R prints, or skip the test and say why."""
    if not shutil.which("Rscript"):
        pytest.skip("no R: apt-get install r-base-core r-cran-rsdmx (Debian's packages)")
    made = subprocess.run(["Rscript", *arguments], capture_output=True, text=True, check=False)
    if "there is no package called" in made.stderr:
        pytest.skip("no rsdmx: apt-get install r-cran-rsdmx (Debian's package)")
    assert made.returncode == 0, made.stderr
    return made.stdout


def test_rsdmx_reads_data_and_names_in_four_languages(whole: Serving, brazil) -> None:
    script = Path(__file__).parent / "clients.R"
    said = dict(line.split(maxsplit=1) for line in in_r(str(script), whole.url).splitlines())
    known = {year: value for year, value in brazil.items() if year >= "2015"}
    for form in ("genericdata", "xml21"):
        count, total = map(float, said[form].split())
        assert (count, total) == (len(known), sum(known.values()))
    assert said["flows"].split() == [*NAMES]
    names = "Detected victims;Víctimas detectadas;Vítimas detectadas;Victimes détectées"
    assert said["labels"].strip() == names
    assert said["sources"].strip() == "United Na;Oficina d;Escritóri;Office de"


@pytest.mark.parametrize("place", [0, 1])
def test_the_lines_of_the_manual_plot_brazil_in_r(whole: Serving, tmp_path, brazil, place) -> None:
    text = MANUAL.read_text(encoding="utf-8")
    lines = re.findall(r"```r\n(.*?)```", text, re.S)[place]
    assert place or lines.count("\n") == 3
    script = tmp_path / "manual.R"
    shown = (
        "cat(label, nrow(brazil), sum(brazil$value))"
        if place == 0
        else "cat(names[['REF_AREA_label.es']][1])"
    )
    chart = f"pdf('{tmp_path / 'plot.pdf'}')\n" if place == 0 else ""
    script.write_text(chart + lines.replace("http://127.0.0.1:8080", whole.url) + shown, "utf-8")
    said = in_r(str(script))
    if place == 0:
        total = f"{sum(brazil.values()):.0f}"
        assert said == f"Brazil: Detected victims {len(brazil)} {total}"
        assert (tmp_path / "plot.pdf").stat().st_size > 3_000
    else:
        assert said.endswith("Brasil")


def test_the_lines_of_the_manual_read_brazil_in_python(whole: Serving, brazil) -> None:
    text = MANUAL.read_text(encoding="utf-8")
    [lines] = re.findall(r"```python\n(.*?)```", text, re.S)
    names: dict[str, pd.DataFrame] = {}
    reading = lines.replace("http://127.0.0.1:8080", whole.url).split("\nbrazil.plot")[0]
    exec(reading, names)  # our own manual; drawing needs matplotlib, which we do not have
    assert (
        dict(zip(names["brazil"]["period"].astype(str), names["brazil"]["value"], strict=True))
        == brazil
    )
    assert names["brazil"]["state_name"][0] == "Brazil"
