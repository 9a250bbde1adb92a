"""SDMX REST: formats, errors, limits, what is not offered, availability, past and changes."""

import gzip
import json
import shutil

import duckdb
import pytest
from sdmx_answers import extract_rows, in_order, of_csv, rows_of
from sdmx_service import FIRST_PUBLISHED, answers_of, opened

from pipelines.published.extracts.sdmx import structure_json
from pipelines.published.extracts.sdmx.structure import VERSION
from pipelines.published.versions import row_since
from pipelines.serve.sdmx import data, filters

V2 = "v2/data/dataflow/TIPSTAT"
MEDIA = "application/vnd.sdmx."


@pytest.mark.parametrize(("address", "accept", "media"), [
    (f"{V2}/DF_NEWEST", "", "data+json;version=2.0.0"),
    (f"{V2}/DF_NEWEST", "*/*", "data+json;version=2.0.0"),
    (f"{V2}/DF_NEWEST", "text/csv", "data+csv;version=2.0.0"),
    (f"{V2}/DF_NEWEST", "application/xml", "data+xml;version=3.0.0"),
    (f"{V2}/DF_NEWEST", "text/html,application/xml;q=0.9,*/*;q=0.8", "data+json;version=2.0.0"),
    (f"{V2}/DF_NEWEST", f"{MEDIA}data+xml;version=9, text/csv;q=0.1", "data+csv;version=2.0.0"),
    (f"{V2}/DF_NEWEST", f"{MEDIA}data+csv;version=1.0.0;labels=id", "data+csv;version=1.0.0"),
    (f"{V2}/DF_NEWEST?format=xml21", "text/csv", "structurespecificdata+xml;version=2.1"),
    (f"{V2}/DF_NEWEST?format={MEDIA}data%2Bcsv;version=2.0.0", "", "data+csv;version=2.0.0"),
    ("v1/data/DF_NEWEST", "", "genericdata+xml;version=2.1"),
    ("v1/data/DF_NEWEST", f"{MEDIA}structurespecifictimeseriesdata+xml;version=2.1",
     "structurespecificdata+xml;version=2.1"),
    ("v1/data/DF_NEWEST", "application/xml", "genericdata+xml;version=2.1"),
    ("v2/structure/dataflow", "", "structure+json;version=2.0.0"),
    ("v2/structure/dataflow", "application/xml", "structure+xml;version=3.0.0"),
    ("v1/dataflow/TIPSTAT", "", "structure+xml;version=2.1"),
    (f"v2/schema/dataflow/TIPSTAT/DF_TIP/{VERSION}", f"{MEDIA}schema+xml;version=3.0.0",
     "structure+xml;version=3.0.0"),
])  # fmt: skip
def test_the_format_is_the_one_that_the_client_prefers(ask, address, accept, media) -> None:
    answer = ask(address, accept)
    assert (answer.status, answer.media_type) == (200, f"{MEDIA}{media}")


NOT_OFFERED = (
    f"{V2}/DF_TIP?includeHistory=true",
    f"{V2}/DF_TIP/*/A.BRA?dimensionAtObservation=REF_AREA",
    f"{V2}/DF_TIP?asOf=2023-01-01&updatedAfter=2022-01-01",
    f"{V2}/DF_NATIONAL?asOf=2023-01-01",
    "v2/data/provisionagreement/TIPSTAT/DF_TIP",
    f"{V2}/*",
    "v2/structure/hierarchy/TIPSTAT",
    "v2/structure/codelist/TIPSTAT/CL_SEX/*/F",
    "v2/structure/dataflow/TIPSTAT/DF_TIP?detail=referencestubs",
    "v2/structure/dataflow/TIPSTAT/DF_TIP?detail=allstubs&format=structure30",
    "v2/availability/dataflow/TIPSTAT/DF_TIP?mode=available",
    "v2/availability/dataflow/TIPSTAT/DF_TIP?references=codelist",
    "v2/metadata/metadataset/TIPSTAT?detail=allstubs",
    "v1/data/DF_TIP?detail=serieskeysonly",
    "v1/data/DF_TIP?detail=nodata",
    "v1/contentconstraint/TIPSTAT",
    "v2/registration/id/TIPSTAT",
)
WRONG = (
    f"{V2}/DF_TIP?c[FOO]=1",
    f"{V2}/DF_TIP?c[SEX]=zz:F",
    f"{V2}/DF_TIP?c[TIME_PERIOD]=ge:20x",
    f"{V2}/DF_TIP?c[TIME_PERIOD]=ge:2021-02-30",
    f"{V2}/DF_TIP?c[OBS_VALUE]=gt:many",
    f"{V2}/DF_TIP?c[OBS_VALUE]=gt:NaN",
    f"{V2}/DF_TIP?limit=-1",
    f"{V2}/DF_TIP?limit=1&limit=2",
    f"{V2}/DF_TIP?colour=red",
    f"{V2}/DF_TIP?sort=REF_AREA:up",
    f"{V2}/DF_TIP?attributes=FOO",
    f"{V2}/DF_TIP?dimensionAtObservation=FOO",
    f"{V2}/DF_TIP?asOf=yesterday",
    f"{V2}/DF_TIP?c[SEX]=F%00",
    f"{V2}/DF_NATIONAL/*/A.BRA.VIC_DETECT.2020.1",
    "v1/data/DF_TIP/A.BRA",
    "v1/data/DF_TIP?c[SEX]=F",
    "v2/structure/nonsense",
    "v2/nonsense",
    "v3/data",
    "v2/availability/dataflow/TIPSTAT/DF_TIP/*/*/FOO",
)


@pytest.mark.parametrize("address", NOT_OFFERED)
def test_what_is_not_offered_is_said_to_be_so(ask, address) -> None:
    assert ask(address).status == 501


@pytest.mark.parametrize("address", WRONG)
def test_what_cannot_be_read_is_refused_with_a_reason(ask, address) -> None:
    answer = ask(address)
    assert answer.status == 400
    assert answer.body


@pytest.mark.parametrize("name", ["DF_TIP/*/A.XXX", "DF_NONE", "DF_TIP/9.0.0", "DF_TIP/*/A.F'--"])
def test_no_results_have_no_body_in_2x_and_a_message_in_1x(ask, name) -> None:
    answer = ask(f"{V2}/{name}")
    assert (answer.status, answer.body) == (204, b"")
    one = ask("v1/data/DF_NATIONAL/A.XXX.")
    assert (one.status, b'code="100"' in one.body) == (404, True)


def test_a_format_that_is_not_offered_is_refused_with_those_that_are(ask) -> None:
    answer = ask(f"{V2}/DF_NEWEST", "application/pdf")
    assert answer.status == 406
    assert b"genericdata" in answer.body
    assert ask(f"{V2}/DF_NEWEST?format=pdf").status == 406


def test_large_requests_are_refused(ask) -> None:
    values = [f"V{number}" for number in range(filters.MOST_VALUES + 1)]
    assert ask(f"{V2}/DF_TIP?c[SEX]={','.join(values)}").status == 413
    assert ask(f"{V2}/DF_TIP?c[SEX]={'+'.join(values)}").status == 413
    assert ask(f"{V2}/DF_TIP/*/{','.join(f'A.{value}' for value in values)}").status == 413
    assert ask(f"{V2}/DF_TIP?format=xml30").status == 413
    assert ask(f"{V2}/DF_TIP?format=jsondata&limit={data.MOST_OBSERVATIONS + 1}").status == 413
    several = ",".join("+".join(values[:2]) for _ in range(filters.MOST_VALUES // 2))
    assert ask(f"{V2}/DF_TIP?c[SEX]={several}").status == 204


@pytest.mark.parametrize("version", [VERSION, "*", "~", "+", "1+.0.0", "1.3+.0", "1.0.0+"])
def test_versions_may_be_written_with_wildcards(ask, version) -> None:
    is_there = version != "1.0.0+"
    assert ask(f"{V2}/DF_NEWEST/{version}").status == (200 if is_there else 204)


def test_structures_are_those_of_the_extracts(ask, sdmx_version) -> None:
    folder = sdmx_version / "extracts" / "sdmx"
    whole = "v2/structure/*/TIPSTAT"
    of_data = "v2/structure/dataflow/TIPSTAT/*/*?references=descendants"
    assert ask(f"{of_data}&format=structure30").body == (folder / "structure.xml").read_bytes()
    assert ask(f"{of_data}&format=structure21").body == (folder / "structure_2_1.xml").read_bytes()
    message = json.loads((folder / "structure.json").read_bytes())
    assert json.loads(ask(whole).body) == message
    assert structure_json.written(structure_json.read(message)) == message


@pytest.mark.parametrize(("address", "expected"), [
    ("dataflow/TIPSTAT/DF_NEWEST", {"dataflows": ["DF_NEWEST"]}),
    ("dataflow/TIPSTAT/DF_NEWEST/*?references=children",
     {"dataflows": ["DF_NEWEST"], "dataStructures": ["DSD_NEWEST"]}),
    ("datastructure/TIPSTAT/DSD_NEWEST/*?references=parents",
     {"dataflows": ["DF_NEWEST"], "dataStructures": ["DSD_NEWEST"]}),
    ("datastructure/TIPSTAT/DSD_NEWEST/*?references=conceptscheme",
     {"conceptSchemes": ["CS_TIPSTAT"], "dataStructures": ["DSD_NEWEST"]}),
    ("codelist/TIPSTAT/CL_BREAK_REASON?references=parents",
     {"codelists": ["CL_BREAK_REASON"], "dataStructures": ["DSD_NEWEST", "DSD_NATIONAL"]}),
    ("metadataflow/TIPSTAT/*?references=metadatastructure",
     {"metadataflows": ["MDF_ESMS"], "metadataStructures": ["MSD_ESMS"]}),
    ("dataflow/TIPSTAT/*", {"dataflows": ["DF_NEWEST", "DF_NATIONAL", "DF_TIP", "DF_SDG_16_2_2"]}),
])  # fmt: skip
def test_references_bring_what_belongs_to_an_artefact(ask, address, expected) -> None:
    found = json.loads(ask(f"v2/structure/{address}").body)["data"]
    assert {group: [each["id"] for each in its] for group, its in found.items()} == expected


@pytest.mark.parametrize("address", [
    "metadataset/TIPSTAT/ESMS_INT_UNODC_GLOTIP",
    "metadataflow/TIPSTAT/MDF_ESMS",
    "structure/codelist/TIPSTAT/CL_DATA_SOURCE",
    "structure/*/*/*",
])  # fmt: skip
def test_a_source_has_a_report_in_four_languages(ask, address, sdmx_version) -> None:
    found = json.loads(ask(f"v2/metadata/{address}").body)["data"]["metadataSets"]
    [report] = (each for each in found if each["id"] == "ESMS_INT_UNODC_GLOTIP")
    assert report["targets"][0].endswith(f"CL_DATA_SOURCE({VERSION}).int_unodc_glotip")
    said = {each["id"]: each["value"] for each in report["attributes"]}
    assert said["CONTACT_ORGANISATION"].keys() == {"en", "es", "pt", "fr"}
    whole = json.loads((sdmx_version / "extracts" / "sdmx" / "structure.json").read_bytes())
    [structure] = whole["data"]["metadataStructures"]
    listed = structure["metadataStructureComponents"]["metadataAttributeList"]
    assert {*said} <= {each["id"] for each in listed["metadataAttributes"]}


def test_of_what_nothing_is_reported_there_are_no_reports(ask) -> None:
    for address in (
        "metadataset/TIPSTAT/ESMS_NONE",
        "metadataset/SDMX/*",
        "structure/dataflow/*/*",
        "structure/codelist/TIPSTAT/CL_SEX",
        "metadataflow/TIPSTAT/MDF_NONE",
    ):
        assert ask(f"v2/metadata/{address}").status == 204, address
    assert ask("v2/metadata/nonsense").status == 400


def test_availability_counts_what_the_extracts_have(ask, sdmx_version) -> None:
    rows = [row for row in extract_rows(sdmx_version, "national") if row["REF_AREA"] == "BRA"]
    both = (
        "v2/availability/dataflow/TIPSTAT/DF_NATIONAL/*/A.BRA",
        "v1/availableconstraint/DF_NATIONAL/A.BRA.",
    )
    for address in both:
        [constraint] = json.loads(ask(address).body)["data"]["dataConstraints"]
        counts = {each["id"]: int(each["title"]) for each in constraint["annotations"]}
        series = {(row["INDICATOR"]) for row in rows}
        assert counts == {"obs_count": len(rows), "series_count": len(series)}
        *coded, time = constraint["cubeRegions"][0]["keyValues"]
        values = {each["id"]: {value["value"] for value in each["values"]} for each in coded}
        assert values == {"FREQ": {"A"}, "REF_AREA": {"BRA"}, "INDICATOR": series}
        first = min(row["TIME_PERIOD"] for row in rows)
        assert time["timeRange"]["startPeriod"]["period"].startswith(first)
    one = json.loads(ask(f"{both[0]}/INDICATOR").body)["data"]["dataConstraints"][0]
    assert [each["id"] for each in one["cubeRegions"][0]["keyValues"]] == ["INDICATOR"]


@pytest.mark.parametrize("day", ["2020-06-30", "2023-06-01", "2025-05-01"])
def test_as_of_is_what_was_known_on_that_day(ask, sdmx_version, day) -> None:
    answer = ask(f"{V2}/DF_TIP?asOf={day}&format=csv")
    assert answer.headers["tipstat-as-of"] == f"releases until {day}"
    warehouse = sdmx_version / "warehouse" / "tipstat.duckdb"
    with duckdb.connect(warehouse, read_only=True) as connection:
        known = connection.execute(
            "select source, ref_area, indicator, time_period, locator, value, upper "
            "from published.observation_as_of(?) "
            "where source in (select source from main.source where redistribute)",
            [day],
        ).fetchall()
    names = ("DATA_SOURCE", "REF_AREA", "INDICATOR", "TIME_PERIOD", "LOCATOR")
    found = [
        (
            *(row.get(name) for name in names),
            *map(_number, (row["OBS_VALUE"], row.get("UPPER_BOUND"))),
        )
        for row in of_csv(answer.body)
    ]
    assert len(found) > 100
    assert sorted(map(str, found)) == sorted(map(str, known))


def _number(text: str | None) -> float | None:
    return None if text in (None, "NaN") else float(text)


def test_before_the_first_release_nothing_was_known(ask) -> None:
    assert ask(f"{V2}/DF_TIP?asOf=1990-01-01").status == 204


@pytest.fixture(scope="module")
def next_version(sdmx_version, tmp_path_factory):
    """The version after, in which a figure changed, one was withdrawn and one came."""
    folder = tmp_path_factory.mktemp("next") / "version"
    shutil.copytree(sdmx_version, folder)
    warehouse = folder / "warehouse" / "tipstat.duckdb"
    with duckdb.connect(warehouse) as connection:
        connection.execute("delete from main.row_since")
    file = folder / "extracts" / "sdmx" / "national.csv.gz"
    head, *lines = gzip.decompress(file.read_bytes()).decode().splitlines(keepends=True)
    kept = [line for line in lines if ",A,ARG,VIC_DETECT,2020," not in line]
    assert len(kept) == len(lines) - 1
    changed = [line.replace(",2022,539,539,539,", ",2022,540,540,540,") for line in kept]
    came = next(line for line in kept if ",A,PER,VIC_DETECT,2020," in line).replace(
        ",2020,", ",1999,", 1
    )
    file.write_bytes(gzip.compress("".join([head, *changed, came]).encode()))
    row_since.write(folder, sdmx_version, "2026-12-01T00:00:00+00:00")
    return folder


def test_updates_are_what_came_changed_and_went(next_version) -> None:
    with opened(next_version) as connection:
        answer = answers_of(connection)
        since = f"{V2}/DF_NATIONAL?updatedAfter=2026-11-15&format=csv"
        told = {line.split(b",")[2] for line in answer(since).body.splitlines()}
        assert told == {b"ACTION", b'"R"', b'"D"'}
        rows = of_csv(answer(since).body)
        found = {(row["REF_AREA"], row["TIME_PERIOD"], row.get("OBS_VALUE")) for row in rows}
        assert ("BRA", "2022", "540") in found
        assert ("ARG", "2020", None) in found
        assert {area for area, *_ in found} == {"ARG", "BRA", "PER"}
        assert len(found) == 3
        # What was withdrawn is its key alone, found by its key alone.
        gone = of_csv(answer(f"{since}&c[REF_AREA]=ARG&c[OBS_STATUS]=A").body)
        assert [*gone[0]] == ["FREQ", "REF_AREA", "INDICATOR", "TIME_PERIOD"]
        assert answer(f"{since}&c[REF_AREA]=MEX").status == 204
        assert answer(since.replace("csv", "xml30")).status == 501
        assert answer(f"{since}&c[REF_AREA]=BRA".replace("csv", "xml30")).status == 200
        assert answer(f"{V2}/DF_NATIONAL?updatedAfter=2026-12-01T00:00:00Z").status == 204
        assert answer(f"{V2}/DF_NEWEST?updatedAfter=2026-11-15").status == 204
        whole = answer(f"{V2}/DF_NATIONAL?updatedAfter=2020-01-01&format=csv&c[REF_AREA]=MEX")
        all_of_it = answer(f"{V2}/DF_NATIONAL?format=csv&c[REF_AREA]=MEX")
        assert in_order(rows_of(whole, "csv")) == in_order(rows_of(all_of_it, "csv"))


def test_after_a_version_of_an_older_tipstat_all_rows_are_new(sdmx_version, tmp_path) -> None:
    older, folder = tmp_path / "older", tmp_path / "version"
    for version in (older, folder):
        shutil.copytree(sdmx_version, version)
        with duckdb.connect(version / "warehouse" / "tipstat.duckdb") as connection:
            connection.execute("delete from main.row_since")
    (older / "extracts" / "sdmx" / "national.csv.gz").unlink()
    (older / "extracts" / "sdmx" / "sdg_16_2_2.csv.gz").write_bytes(gzip.compress(b"other\n1\n"))
    row_since.write(folder, older, "2026-12-24T00:00:00+00:00")
    with duckdb.connect(folder / "warehouse" / "tipstat.duckdb", read_only=True) as connection:
        flows = connection.execute("select distinct flow from main.row_since").fetchall()
        rows = connection.execute(
            "select distinct since[:10], until from main.row_since where flow = 'DF_NATIONAL'"
        ).fetchall()
    assert len(flows) == 4
    assert rows == [("2026-12-24", None)]


def test_a_row_that_comes_back_is_new(next_version, sdmx_version, tmp_path) -> None:
    folder = tmp_path / "version"
    shutil.copytree(sdmx_version, folder)
    with duckdb.connect(folder / "warehouse" / "tipstat.duckdb") as connection:
        connection.execute("delete from main.row_since")
    row_since.write(folder, next_version, "2026-12-24T00:00:00+00:00")
    with duckdb.connect(folder / "warehouse" / "tipstat.duckdb", read_only=True) as connection:
        rows = connection.execute(
            "select since, until, count(*) from main.row_since group by all order by all"
        ).fetchall()
        columns = {name for name, *_ in connection.execute("describe main.row_since").fetchall()}
    assert [(since[:10], until and until[:10], count) for since, until, count in rows[1:]] == [
        ("2026-12-01", "2026-12-24", 1),
        ("2026-12-24", None, 2),
    ]
    assert rows[0][0] == FIRST_PUBLISHED
    assert columns == {"flow", "row_key", "since", "until"}
