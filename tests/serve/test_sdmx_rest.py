"""SDMX REST: formats, errors, limits, what is not offered, availability, past and changes."""

import json

import pytest
from sdmx_answers import extract_rows

from pipelines.published.extracts.sdmx import structure_json
from pipelines.published.extracts.sdmx.structure import VERSION
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
