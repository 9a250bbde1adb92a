"""The sheets of the standard: whole, in four languages, with sources, and one with the code lists.

`standard.schema.json` is made of the classes; a test that finds it old writes it anew.
"""

import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from pathlib import Path

import jsonschema
import pytest
import yaml
from tables import table
from test_codelists import LOOSE_SIGNS

from schemas import codelists, standard
from schemas.standard.sheet import UNSOURCED, Indicator, Standard, Text, Variable

KINDS = {"indicators": Indicator, "variables": Variable, "standard": Standard}
FILES = sorted(file for file in standard.FOLDER.rglob("*.yml") if "earlier" not in file.parts)
SHEET = standard.FOLDER / "indicators" / "VIC_IDENT.yml"
CORE = {
    "VIC_PRESUMED", "VIC_IDENT", "VIC_DETECT", "VIC_DETECT_RATE", "OFF_RECORDED", "PER_CONTACT",
    "PER_PROSEC", "PER_CONVICT", "AST_ASSISTED", "AST_COMPENS", "POL_LAW", "POL_NAP", "POL_COORD",
}  # fmt: skip

SHEETS = (*standard.indicators().values(), *standard.variables().values())

every_file = pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
every_indicator = pytest.mark.parametrize("name", standard.indicators())
every_variable = pytest.mark.parametrize("name", standard.variables())


def kind_of(file: Path) -> type:
    return KINDS[file.stem if file.parent == standard.FOLDER else file.parent.name]


def texts_in(found: object, place: str = "") -> Iterator[tuple[str, Text]]:
    """Yield each text with its place."""
    if isinstance(found, Text):
        yield place, found
    elif is_dataclass(found):
        for field in fields(found):
            yield from texts_in(getattr(found, field.name), f"{place}.{field.name}")
    elif isinstance(found, dict):
        for name, each in found.items():
            yield from texts_in(each, f"{place}.{name}")
    elif isinstance(found, tuple):
        for number, each in enumerate(found):
            yield from texts_in(each, f"{place}[{number}]")


def changed(folder: Path, old: str, new: str, sheet: Path = SHEET) -> Path:
    """Return a copy of a sheet in which a text is another one."""
    text = sheet.read_text(encoding="utf-8")
    assert old in text
    file = folder / sheet.parent.name / sheet.name
    file.parent.mkdir()
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return file


def test_each_indicator_and_variable_has_a_sheet_in_the_order_of_the_standard() -> None:
    assert tuple(standard.indicators()) == standard.standard().indicators
    assert tuple(standard.variables()) == standard.standard().variables
    assert {name for name, each in standard.indicators().items() if each.kind == "CORE"} == CORE


def test_each_version_that_was_published_is_kept_as_it_was() -> None:
    assert standard.unkept() == []
    for folder in standard.earlier():
        assert not standard.changed(folder)
        with standard.edition(folder):
            assert standard.indicators(), "its pages are made of it"


def test_a_later_version_without_the_sheets_of_the_one_before_is_found(tmp_path: Path) -> None:
    folder = shutil.copytree(standard.FOLDER, tmp_path / "standard")
    with standard.edition(folder):
        kept = standard.keep()
    whole = folder / "standard.yml"
    text = whole.read_text(encoding="utf-8")
    whole.write_text(text.replace("version: 1.0.0", "version: 1.1.0"), encoding="utf-8")
    standard._standard.cache_clear()
    with standard.edition(folder):
        assert (standard.unkept(), standard.earlier()) == ([], [kept])
        assert not standard.changed(kept)
        assert standard.address("VIC_IDENT", "es") == "es/standard/1.1/VIC_IDENT.html"
        (kept / "variables" / "sex.yml").unlink()
        assert standard.changed(kept)
        shutil.rmtree(kept)
        assert standard.unkept() == ["1.0"]
    assert standard.standard().version == "1.0.0"


def test_the_schema_is_that_of_the_classes() -> None:
    file = standard.FOLDER / "standard.schema.json"
    if file.read_text(encoding="utf-8") != standard.json_schema():
        file.write_text(standard.json_schema(), encoding="utf-8")
        pytest.fail(f"{file.name} was old and has been written anew: commit it")


@every_file
def test_each_file_fits_the_schema_that_others_use(file: Path) -> None:
    found = standard.json_schema()
    content = yaml.safe_load(file.read_text(encoding="utf-8"))
    jsonschema.validate(content, json.loads(found))
    assert standard.read_sheet(file, kind_of(file)).id


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("definition", "pt"), None),
        (("meaning",), "1"),
        (("kind",), "MAIN"),
        (("comparability", "ICCS"), {"relation": "VICTIMS_OF", "code": "0204"}),
    ],
    ids=["a language", "a number", "a kind", "a source"],
)
def test_the_schema_refuses_what_the_loader_refuses(path: tuple[str, ...], value: object) -> None:
    content = yaml.safe_load(SHEET.read_text(encoding="utf-8"))
    *way, last = path
    place = content
    for name in way:
        place = place[name]
    place[last] = value
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(content, json.loads(standard.json_schema()))


@pytest.mark.parametrize(("old", "new", "field"), table(__file__, "sheet_faults.csv"))
def test_a_fault_is_named_with_file_and_field(
    tmp_path: Path, old: str, new: str, field: str
) -> None:
    file = changed(tmp_path, old, new)
    with pytest.raises(standard.StandardError) as error:
        standard.read_sheet(file, Indicator)
    assert str(error.value).startswith("indicators/VIC_IDENT.yml: ")
    assert f"'{field}'" in str(error.value)


def test_what_is_no_yaml_is_named_with_file_and_line(tmp_path: Path) -> None:
    file = changed(tmp_path, "kind: CORE", "kind: [CORE")
    with pytest.raises(standard.StandardError, match=r"indicators/VIC_IDENT\.yml: .*line \d"):
        standard.read_sheet(file, Indicator)


def test_a_file_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(standard.StandardError, match=r"VIC_IDENT\.yml"):
        standard.read_sheet(tmp_path / "VIC_IDENT.yml", Indicator)


def test_adopted_needs_the_body_that_adopted_it(tmp_path: Path) -> None:
    text = (standard.FOLDER / "standard.yml").read_text(encoding="utf-8")
    file = tmp_path / "standard.yml"
    file.write_text(text.replace("status: PROPOSAL", "status: ADOPTED", 1), encoding="utf-8")
    with pytest.raises(standard.StandardError, match="adopted_by"):
        standard.read_sheet(file, Standard)


NAMED = re.compile(r"\b[A-Z]{3,}_[A-Z_]+\b|\b[a-z]+_[a-z]+\b|\b(?:19|20)\d\d\b|\{\w+\}")
APART = re.compile(r"\d[ \u00a0]\d{3}\b")


@every_file
def test_texts_are_translated_name_what_exists_and_keep_signs_together(file: Path) -> None:
    """Translations name the same codes, years and placeholders."""
    of_variables = (code for each in standard.variables().values() for code in each.codes)
    known = {*codelists.codes("indicator"), *of_variables, "VIC_HTF_DETV"}
    faults = []
    for place, text in texts_in(standard.read_sheet(file, kind_of(file))):
        for language in codelists.LANGUAGES[1:]:
            if len(text.en.split()) > 3 and text[language] == text.en:
                faults.append(f"{place}: {language} is untranslated")
            if {*NAMED.findall(text[language])} != {*NAMED.findall(text.en)}:
                faults.append(f"{place}: {language} names something else")
        for language, loose in LOOSE_SIGNS.items():
            if loose.search(text[language]) or APART.search(text[language]):
                faults.append(f"{place}: no narrow space in {text[language]}")
        faults += {*re.findall(r"\b[A-Z]{3,}_[A-Z_]+\b", text.en)} - known
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.id)
def test_each_relation_has_a_source_unless_it_claims_nothing(sheet: Indicator | Variable) -> None:
    for framework, relation in sheet.comparability:
        is_sourced = relation.source in standard.standard().documents
        assert is_sourced != (relation.relation in UNSOURCED), framework
        if framework == "IC_TIP":
            assert (relation.relation == "UNIT") == bool(relation.unit)


@every_indicator
def test_a_sheet_is_one_with_the_code_lists(name: str) -> None:
    """`codelists/indicator.csv` repeats a name and a definition: write them as the sheet has."""
    sheet = standard.indicators()[name]
    listed = {column: codelists.column("indicator", column)[name] for column in _columns()}
    names = {f"name_{each}": sheet.name[each] for each in codelists.LANGUAGES}
    assert listed == names | {
        "definition": sheet.definition.en,
        "count_unit": sheet.unit,
        "iccs": sheet.comparability.ICCS.code,
        "parent": " ".join(sheet.computed_from),
    }


def _columns() -> list[str]:
    names = [f"name_{each}" for each in codelists.LANGUAGES]
    return [*names, "definition", "count_unit", "iccs", "parent"]


@every_indicator
def test_breakdowns_are_dimensions_that_the_indicator_may_have(name: str) -> None:
    parts = standard.indicators()[name].breakdowns
    allowed = codelists.column("indicator", "dims_allowed")[name].lower().split()
    dimensions = {"sex", "age", "exploitation", "citizenship"}
    assert {*parts.required, *parts.optional} & dimensions <= set(allowed)
    assert all({*each} <= {*parts.required} for each in parts.crossed)


@every_variable
def test_codes_of_a_variable_are_in_its_code_list(name: str) -> None:
    sheet = standard.variables()[name]
    assert sheet.codelist in codelists.NAMES
    assert set(sheet.codes) <= set(codelists.whole(sheet.codelist)["code"])


def test_a_rewording_keeps_the_meanings_and_another_meaning_does_not(tmp_path: Path) -> None:
    sheet = standard.indicators()["VIC_IDENT"]
    worded = standard.read_sheet(changed(tmp_path, "Persons whom", "All persons whom"), Indicator)
    assert worded.definition != sheet.definition
    assert standard.meaning(worded) == standard.meaning(sheet) == "VIC_IDENT 1"
    assert standard.meaning(replace(sheet, meaning=2)) == "VIC_IDENT 2"
    assert standard.meanings(["VIC_IDENT", "PER_CONVICT"]) == ("PER_CONVICT 1", "VIC_IDENT 1")


def test_a_citation_says_version_status_sheet_and_versioned_address() -> None:
    whole, language = standard.standard(), "pt"
    cited = standard.citation("VIC_IDENT", language, "https://example.org/")
    assert cited.startswith(whole.title[language])
    assert whole.version in cited
    assert whole.statuses["PROPOSAL"][language] in cited
    assert cited.endswith(f"https://example.org/{language}/standard/1.0/VIC_IDENT.html")


def test_persons_are_shared_both_ways_round_but_not_by_victims_and_suspects() -> None:
    assert standard.may_share_persons("VIC_IDENT", "AST_COMPENS")
    assert standard.may_share_persons("AST_COMPENS", "VIC_IDENT")
    assert not standard.may_share_persons("VIC_IDENT", "PER_CONVICT")
