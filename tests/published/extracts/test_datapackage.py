"""The data package: frictionless finds it valid, and finds planted faults."""

import gzip
import shutil
from pathlib import Path

import frictionless
import orjson
import pytest
from standard_texts import sheets, texts

from pipelines.published.extracts import standard_tables
from schemas import codelists
from schemas.contract import CONTRACTS

pytestmark = pytest.mark.filterwarnings("ignore:unclosed file")  # by frictionless, if it is packed


def described(extracts: Path) -> dict:
    return orjson.loads((extracts / "datapackage.json").read_bytes())


def resource(extracts: Path, name: str) -> dict:
    [found] = [each for each in described(extracts)["resources"] if each["name"] == name]
    return found


@pytest.mark.exhaustive
def test_frictionless_finds_it_valid(extracts: Path) -> None:
    """All shipped figures; `make test` lets it read those of `sound`, in the same forms."""
    report = frictionless.validate(str(extracts / "datapackage.json"))
    assert report.flatten(["name", "type", "message"]) == []
    assert len(report.tasks) == len(described(extracts)["resources"])


@pytest.fixture(scope="module")
def sound(hostile_extracts: Path) -> Path:
    """Extracts that are valid until a test changes its copy."""
    assert frictionless.validate(str(hostile_extracts / "datapackage.json")).valid
    return hostile_extracts


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ("VIC_DETECT,", "VIC_INVENTED,", "foreign-key"),
        ("int_shown,2025-01-01", "int_shown,2026-01-01", "foreign-key"),
        (",10,10,10,", ",ten,10,10,", "type-error"),
        (",PALERMO,", ",,", "constraint-error"),
        ("2010", "2009", "primary-key"),
    ],
)
def test_frictionless_finds_what_breaks_the_contract(
    sound: Path, tmp_path: Path, old: str, new: str, kind: str
) -> None:
    shutil.copytree(sound, tmp_path / "copy")
    package, table = (
        tmp_path / "copy" / "datapackage.json",
        tmp_path / "copy/csv/observation.csv.gz",
    )
    text = gzip.decompress(table.read_bytes()).decode()
    assert old in text
    table.write_bytes(gzip.compress(text.replace(old, new, 1).encode()))
    plain = described(tmp_path / "copy")
    for each in plain["resources"]:  # or the checksum alone would fail
        each.pop("hash"), each.pop("bytes")
    package.write_bytes(orjson.dumps(plain))
    report = frictionless.validate(str(package))
    assert kind in {error for (error,) in report.flatten(["type"])}


def test_a_changed_byte_is_found(sound: Path, tmp_path: Path) -> None:
    shutil.copytree(sound, tmp_path / "copy")
    table = tmp_path / "copy" / "codelists" / "sex.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("Women", "Womem"), encoding="utf-8")
    report = frictionless.validate(str(tmp_path / "copy" / "datapackage.json"))
    assert [error for (error,) in report.flatten(["type"])] == ["hash-count"]


def test_the_schema_is_the_contract(extracts: Path) -> None:
    schema = resource(extracts, "observation")["schema"]
    fields = {field["name"]: field for field in schema["fields"]}
    contract = CONTRACTS["observation"]
    assert list(fields)[: len(contract.schema.columns)] == list(contract.schema.columns)
    for name, column in contract.schema.columns.items():
        assert fields[name]["description"] == column.description
        assert fields[name]["type"] == ("number" if str(column.dtype) == "float64" else "string")
    assert all(field["description"] for field in fields.values())
    assert {*schema["primaryKey"]} == {*contract.key} - {"release"}


def test_columns_with_the_codes_of_one_list_refer_to_it(extracts: Path) -> None:
    keys = resource(extracts, "observation")["schema"]["foreignKeys"]
    refers = {str(key["fields"]): key["reference"]["resource"] for key in keys}
    assert refers == {
        "['source', 'release']": "releases", "indicator": "indicator", "freq": "freq",
        "time_basis": "time_basis", "sex": "sex", "age": "age", "exploitation": "exploitation",
        "counterpart_role": "counterpart_role", "counterpart_area": "area", "country": "area",
        "breakdown": "breakdown", "conf_status": "conf_status", "def_scope": "def_scope",
        "count_unit": "count_unit", "unit_measure": "unit_measure", "stage": "stage",
        "provenance": "provenance", "comparability": "comparability",
    }  # fmt: skip


def test_the_figures_to_cite_are_described_too(extracts: Path) -> None:
    schema = resource(extracts, "national_series")["schema"]
    assert schema["primaryKey"] == ["ref_area", "indicator", "year"]
    keys = {str(key["fields"]): key["reference"]["resource"] for key in schema["foreignKeys"]}
    assert keys["citation_reason"] == "citation_reason"
    fields = {field["name"]: field for field in schema["fields"]}
    assert (fields["year"]["type"], fields["is_sum"]["type"]) == ("integer", "boolean")
    assert fields["value"]["description"].startswith("The figure;")


def rows_of_standard(extracts: Path, name: str) -> list[dict[str, str]]:
    return codelists.rows(extracts / "standard" / f"{name}.csv")


def test_the_tables_of_the_standard_have_every_text_of_its_sheets(hostile_extracts: Path) -> None:
    tables = {name: rows_of_standard(hostile_extracts, name) for name in standard_tables.COLUMNS}
    every = [row for rows in tables.values() for row in rows]
    assert {(row["version"], row["status"]) for row in every} == {("1.0.0", "PROPOSAL")}
    for language in codelists.LANGUAGES:
        written = {
            (row.get("sheet") or row["variable"], text)
            for row in every
            for column, text in row.items()
            if column.endswith(f"_{language}")
        }
        for name, sheet in sheets().items():
            assert {(name, text) for text in texts(sheet, language)} <= written
    for name, columns in standard_tables.COLUMNS.items():
        fields = resource(hostile_extracts, name)["schema"]["fields"]
        assert {each["name"]: each["description"] for each in fields} == columns


def test_the_tables_of_the_standard_have_every_code_and_relation(hostile_extracts: Path) -> None:
    codes = {
        (row["variable"], row["code"]): row for row in rows_of_standard(hostile_extracts, "codes")
    }
    related = {
        (row["sheet"], row["code"], row["framework"]): row
        for row in rows_of_standard(hostile_extracts, "relations")
    }
    expected = {(name, code) for name, sheet in sheets().items() for code in sheet.get("codes", ())}
    assert codes.keys() == expected
    assert codes["exploitation", "FL"]["grain"] == "REQUIRED"
    assert codes["exploitation", "FL_DOM"]["parent"] == "FL"
    for name, sheet in sheets().items():
        for framework, relation in sheet["comparability"].items():
            row = related[name, "", framework]
            assert row["relation"] == relation["relation"]
            assert bool(row["source"]) == bool(relation.get("source"))
        for code, each in sheet.get("codes", {}).items():
            for framework, label in each.get("map", {}).items():
                row = related[name, code, framework]
                assert str(label) in (row["other_code"], row["relation"])
