"""The variables of the standard: one with the code lists, the sources' labels and case records."""

from pathlib import Path

import pytest
from conftest import ROOT

from pipelines.reader.known_labels import known_codes
from pipelines.sources import int_unodc_glotip
from pipelines.words import interface_text
from schemas import case, codelists, standard
from schemas.standard.sheet import Variable

FOLDER = standard.FOLDER / "variables"
PERSONS = set(standard.standard().variables) - {"status", "area", "time_basis", "def_scope"}
"""Variables of persons, which need a code for those of whom nothing is known."""
BREAKDOWNS = ("sex", "age", "exploitation", "citizenship")
UNKNOWN = {"_U", "MEANS_U", "REC_U", "MIG_U"}

every_variable = pytest.mark.parametrize("name", standard.variables())


def ancestors(codelist: str, code: str) -> set[str]:
    """Return the codes of a list that include a code."""
    parents = codelists.column(codelist, "parent")
    found: set[str] = set()
    while code := parents[code]:
        found.add(code)
    return found


@every_variable
def test_the_code_list_repeats_the_definitions(name: str) -> None:
    sheet = standard.variables()[name]
    listed = codelists.column(sheet.codelist, "definition")
    assert {code: each.definition.en for code, each in sheet.codes.items()} == {
        code: listed[code] for code in sheet.codes
    }


@every_variable
def test_parents_are_those_of_the_code_list(name: str) -> None:
    sheet = standard.variables()[name]
    if "parent" not in codelists.load(sheet.codelist):
        return
    for code, each in sheet.codes.items():
        above = ancestors(sheet.codelist, code) & set(sheet.codes)
        assert ({each.parent} <= above) if each.parent else not above, code


@every_variable
def test_asked_codes_divide_the_whole_and_the_others_are_parts_of_them(name: str) -> None:
    sheet = standard.variables()[name]
    grain = sheet.grain
    parts = {*grain.asked, *grain.optional}
    assert not parts & set(grain.required)
    assert {*grain.required, *parts} == set(sheet.codes)
    assert all(not sheet.codes[code].parent for code in grain.required)
    if name != "time_basis" and not sheet.open:
        assert all(sheet.codes[code].parent in grain.required for code in parts)


@pytest.mark.parametrize("name", BREAKDOWNS)
def test_each_code_of_a_breakdown_is_asked_published_or_left_on_purpose(name: str) -> None:
    """The message says what a new code needs."""
    place, grain = f"schemas/codelists/{name}.csv", standard.variables()[name].grain
    of_sheet = dict.fromkeys((*grain.required, *grain.asked), "FORM")
    of_sheet |= dict.fromkeys(grain.optional, "RECORDS")
    files = (ROOT / "tests" / "fixtures").glob("*/expected.csv")
    printed = {row.get(name, "") for file in files for row in codelists.rows(file)}
    faults = []
    for row in codelists.listed(name):
        code, asked = row["code"], row["asked"]
        if code in ("_T", "_Z"):
            continue
        if asked not in ("FORM", "RECORDS", "SOURCES", "LISTED"):
            faults.append(f"{code}: write FORM, RECORDS, SOURCES or LISTED into `asked` of {place}")
        elif asked != of_sheet.get(code, "") and {code, asked} & {*of_sheet, "FORM", "RECORDS"}:
            faults.append(
                f"{code}: {asked} in {place}, {of_sheet.get(code, 'not there')} in the `grain` of "
                f"schemas/standard/variables/{name}.yml: let one follow the other"
            )
        elif asked == "SOURCES" and code not in printed:
            faults.append(
                f"{code}: no fixture has it. Add a row with its label to the input of a source in "
                "tests/fixtures, and give tipstat test-source ID --expect; or write LISTED"
            )
        if (row["additive"] == "1") != (code in grain.required) and row.get("parent", "_T") == "_T":
            faults.append(f"{code}: `additive` of {place} is not whether `grain` requires it")
        if row["additive"] not in ("0", "1") or row["counted_as"] not in {"", *of_sheet}:
            faults.append(
                f"{code}: `additive` is 0 or 1, `counted_as` a code of the standard, or empty"
            )
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("name", sorted(PERSONS))
def test_a_variable_of_persons_has_a_code_for_not_known(name: str) -> None:
    assert UNKNOWN & set(standard.variables()[name].grain.required)


def test_iccs_and_sdg_codes_of_forms_are_those_of_the_code_list() -> None:
    for code, each in standard.variables()["exploitation"].codes.items():
        iccs = codelists.column("exploitation", "iccs")[code]
        assert each.map.get("ICCS", "").replace(", ", "_") == iccs
        series = codelists.column("exploitation", "sdg_series")
        of_parent = series[codelists.column("exploitation", "parent")[code]]
        assert each.map.get("SDG", "") == (series[code] or of_parent * code.startswith("OP"))


@pytest.mark.parametrize(
    ("name", "labels"),
    [
        ("sex", int_unodc_glotip.SEX),
        ("age", int_unodc_glotip.AGE),
        ("exploitation", int_unodc_glotip.FORM),
    ],
)
def test_labels_of_unodc_are_those_that_its_file_is_read_with(
    name: str, labels: dict[str, str]
) -> None:
    assert standard.labels(name, "GLOTIP").items() <= labels.items()
    assert set(labels.values()) - set(standard.labels(name, "GLOTIP").values()) <= {"_T"}


@pytest.mark.parametrize("name", ["sex", "exploitation"])
def test_a_mapping_file_proposes_the_labels_of_htcds(name: str) -> None:
    labels = standard.labels(name, "HTCDS")
    assert len(labels) > 4
    assert {label.casefold(): code for label, code in labels.items()}.items() <= (
        known_codes(name, "").items()
    )


def test_a_status_of_htcds_is_the_indicator_of_that_role() -> None:
    proposed = known_codes("indicator", "")
    for label, status in standard.labels("status", "HTCDS").items():
        assert codelists.column("indicator", "role")[proposed[label.casefold()]] == status


@pytest.mark.parametrize("name", BREAKDOWNS)
def test_case_records_have_the_codes_of_the_standard(name: str) -> None:
    """A finer form of exploitation counts as the one that it is a part of."""
    states = {code for code in codelists.codes("area") if code[0] != "_"}
    counted = {case.COUNTED_AS[name].get(each, each) for each in case.allowed_codes(name, "PER")}
    assert counted - states <= set(standard.variables()[name].codes)


@pytest.mark.parametrize("language", codelists.LANGUAGES)
def test_pages_say_what_the_sheets_say(language: str) -> None:
    said = interface_text.labels(language)
    domestic = standard.variables()["exploitation"].codes["FL_DOM"]
    assert said["definition_exploitation_fl_dom"] == domestic.definition[language]


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("    parent: FL\n", "    parent: FX\n", "codes"),
        ("asked: [FL_DOM", "asked: [FL_HOME", "grain"),
        (
            "  HTCDS:\n    relation: CLOSE\n    source: htcds\n",
            "  HTCDS:\n    relation: NONE\n",
            "",
        ),
        ("exclusive: true\n", "", "exclusive"),
        ("unknown:\n", "not_known:\n", "unknown"),
    ],
    ids=["a parent", "a code asked", "labels without a source", "exclusive", "unknown"],
)
def test_a_fault_is_named_with_file_and_field(
    tmp_path: Path, old: str, new: str, field: str
) -> None:
    text = (FOLDER / "exploitation.yml").read_text(encoding="utf-8")
    assert old in text
    file = tmp_path / "variables" / "exploitation.yml"
    file.parent.mkdir()
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(standard.StandardError) as error:
        standard.read_sheet(file, Variable)
    assert str(error.value).startswith("variables/exploitation.yml: ")
    assert f"'{field}'" in str(error.value) if field else "HTCDS" in str(error.value)
