"""Code lists and interface texts: whole, consistent, and worded in each of the four languages.

A label may equal the English one only where the same word is right in both languages: such labels
stand in same_label.csv, beside this file.
"""

import csv
import re
from pathlib import Path

import pandas as pd
import pycountry
import pytest
from babel import Locale
from conftest import ROOT

from pipelines.questionnaire import texts
from pipelines.words import interface_text
from schemas import codelists

FIRST_COLUMNS = [
    "code", "name_en", "name_es", "name_pt", "name_fr", "definition",
]  # fmt: skip
DIMENSIONS = {
    "SEX", "AGE", "EXPLOITATION", "CITIZENSHIP", "COUNTERPART", "MEANS", "OTHER_BREAKDOWN",
}  # fmt: skip
SAME_LABEL = Path(__file__).with_name("same_label.csv")
CODE_LISTS = Path(codelists.__file__).parent / "codelists"
FILES = {
    **{name: CODE_LISTS / f"{name}.csv" for name in codelists.NAMES},
    **{f"texts/{file.stem}": file for file in interface_text.FOLDER.glob("*.csv")},
    "texts/questionnaire": texts.FILE,
}
"""The file of each code list, and of each list of interface texts."""
SPELLINGS = ROOT / "pipelines" / "reader" / "subdivision_spellings.csv"

every_list = pytest.mark.parametrize("name", FILES)


def frame_of(name: str) -> pd.DataFrame:
    return codelists.read_list(FILES[name])


def rows(name: str) -> list[dict[str, str]]:
    return frame_of(name).to_dict("records")


def none_of(offenders: list[str], what: str) -> None:
    """Fail with the whole list of offenders, one a line."""
    assert not offenders, "\n".join([f"{len(offenders)} {what}:", *offenders])


def labels_same_as_english() -> set[tuple[str, str, str, str]]:
    """List, code, language and label wherever a label equals the English one.

    Areas and subdivisions are not asked: most places are called the same in every language.
    """
    return {
        (name, row["code"], language, row[f"name_{language}"])
        for name in FILES
        if name not in {"area", "subdivision"}
        for row in rows(name)
        for language in codelists.LANGUAGES[1:]
        if row[f"name_{language}"] == row["name_en"]
    }


def labels_rightly_same() -> set[tuple[str, str, str, str]]:
    """The lines of same_label.csv."""
    with SAME_LABEL.open(encoding="utf-8", newline="") as file:
        _, *lines = csv.reader(file)
    return {tuple(line) for line in lines}


@every_list
def test_a_list_is_whole(name):
    """Each line has all cells, and each code its own, labels, a definition and a known parent."""
    with FILES[name].open(encoding="utf-8", newline="") as file:
        first, *lines = csv.reader(file)
    assert first[: len(FIRST_COLUMNS)] == FIRST_COLUMNS
    # Pandas fills up a short line in silence; other readers of CSV refuse the list for it.
    none_of([line[0] for line in lines if len(line) != len(first)], "lines of another length")
    codes = frame_of(name)["code"]
    bad = codes[(codes == "") | codes.duplicated(keep=False)]
    none_of([f"row {row + 2}: {code!r}" for row, code in bad.items()], f"bad codes in {name}.csv")
    needed = [f"name_{language}" for language in codelists.LANGUAGES]
    needed += [] if name == "area" else ["definition"]
    cells = [(row["code"], *cell) for row in rows(name) for cell in row.items()]
    empty = [f"{code}: {column}" for code, column, text in cells if column in needed and not text]
    none_of(empty, f"empty cells in {name}.csv")
    padded = [f"{code}: {column} {text!r}" for code, column, text in cells if text != text.strip()]
    none_of(padded, f"cells with white space around them in {name}.csv")
    known = {"", *codes}
    lost = [f"{code}: {text}" for code, column, text in cells
            if column == "parent" and text not in known]  # fmt: skip
    none_of(lost, f"parents that are not codes of {name}.csv")


# Two places of a page may have the same text.
@pytest.mark.parametrize("name", codelists.NAMES)
def test_each_code_has_a_label_of_its_own(name):
    frame = frame_of(name)
    shared = [
        f"{language}: {label} ({', '.join(codes)})"
        for language in codelists.LANGUAGES
        for label, codes in frame.groupby(f"name_{language}")["code"]
        if len(codes) > 1
    ]
    none_of(shared, f"labels that stand for several codes in {name}.csv")


def test_labels_are_translated():
    lazy = sorted(labels_same_as_english() - labels_rightly_same())
    remedy = "labels are English: translate them, or add the line to same_label.csv"
    none_of([",".join(line) for line in lazy], remedy)


def test_same_label_has_no_line_too_many():
    idle = sorted(labels_rightly_same() - labels_same_as_english())
    none_of([",".join(line) for line in idle], "lines of same_label.csv no longer needed")


@pytest.mark.parametrize("column", ["count_unit", "unit_measure", "stage", "role", "domain"])
def test_indicators_use_known_codes(column):
    known = codelists.codes(column)
    found = {row["code"]: row[column] for row in rows("indicator")}
    lost = [f"{code}: {used!r}" for code, used in found.items() if used not in known]
    none_of(lost, f"indicators whose {column} is not in {column}.csv")


def test_indicators_allow_known_dimensions():
    lost = [
        f"{row['code']}: {dimension!r}"
        for row in rows("indicator")
        for dimension in row["dims_allowed"].split()
        if dimension not in DIMENSIONS
    ]
    none_of(lost, "dims_allowed that are not dimensions")


@pytest.mark.parametrize("language", codelists.LANGUAGES)
def test_area_names_are_those_of_cldr(language):
    territories = Locale.parse(language).territories
    wrong = [
        f"{row['code']}: {row[f'name_{language}']!r}, not {territories.get(row['iso2'])!r}"
        for row in rows("area")
        if row["code"][0] != "_" and row[f"name_{language}"] != territories.get(row["iso2"])
    ]
    none_of(wrong, f"area names that are not babel's in {language}")


def test_35_states_of_the_oas():
    states = codelists.oas_states()
    assert len(states) == 35, f"{len(states)} states of the Americas: {states}"


def test_subdivisions_have_the_code_of_their_country():
    area = codelists.load("area")
    iso2 = dict(zip(area["code"], area["iso2"], strict=True))
    wrong = [
        f"{row['code']}: {row['country']!r}"
        for row in rows("subdivision")
        if not re.fullmatch(r"[A-Z]{2}-[A-Z0-9_]{1,3}", row["code"])
        or row["code"][:2] != iso2.get(row["country"])
    ]
    none_of(wrong, "subdivisions whose code is malformed or not of their country")


def test_every_state_has_an_unknown_subdivision():
    unknown = [row for row in rows("subdivision") if row["code"].endswith("-_U")]
    assert sorted(row["country"] for row in unknown) == sorted(codelists.oas_states())
    assert {(row["level"], row["is_required"]) for row in unknown} == {("", "")}


@pytest.mark.parametrize("state", codelists.oas_states())
def test_subdivisions_of_each_state_are_those_of_iso_3166_2(state):
    """Codes, and which contains which, as another edition of the standard's list has them."""
    iso2 = codelists.column("area", "iso2")[state]
    known = {
        each.code: each.parent_code or ""
        for each in pycountry.subdivisions
        if each.country_code == iso2
    }
    ours = {row["code"]: row["parent"] for row in rows("subdivision") if row["country"] == state}
    del ours[f"{iso2}-_U"]
    assert ours == known


def test_levels_are_those_of_what_contains_what():
    listed = [row for row in rows("subdivision") if row["level"]]
    wrong = [row["code"] for row in listed if row["level"] != ("2" if row["parent"] else "1")]
    none_of(wrong, "subdivisions of another level than their place says")
    two_levels = {row["country"] for row in listed if row["level"] == "2"}
    assert two_levels == {"DOM", "KNA"}


def test_a_country_is_whole_without_what_stands_as_a_country_or_is_uninhabited():
    spare = {row["code"] for row in rows("subdivision") if row["is_required"] == "0"}
    assert spare == {"US-AS", "US-GU", "US-MP", "US-PR", "US-UM", "US-VI", "AG-11"}


@pytest.mark.parametrize("language", codelists.LANGUAGES)
def test_no_subdivision_is_called_like_an_area(language):
    areas = {label.casefold() for label in codelists.labels("area", language).values()}
    names = codelists.labels("subdivision", language)
    shared = [f"{code}: {label}" for code, label in names.items() if label.casefold() in areas]
    none_of(shared, f"subdivisions with the name of an area in {language}")


def test_subdivision_spellings_are_sound():
    table = codelists.read_list(SPELLINGS)
    subdivision = codelists.load("subdivision")
    country = dict(zip(subdivision["code"], subdivision["country"], strict=True))
    label = table["label"].str.strip()
    bad = (
        (table["code"].map(country) != table["country"])
        | (table["country"] + " " + label.str.casefold()).duplicated(keep=False)
        | (label != table["label"])
        | (label == "")
        | label.str.contains("\ufffd")
    )
    lines = table["country"] + "," + table["label"] + "," + table["code"]
    none_of(lines[bad].tolist(), f"unsound or repeated lines in {SPELLINGS.name}")


LOOSE_SIGNS = {
    "fr": re.compile(r"(?<!\u202f)[;!?»%]|(?<!\u202f)(?<!https):|«(?!\u202f)"),
    "es": re.compile(r"(?<!\u202f)%"),
}
"""Signs that do not stand off by a narrow no-break space, by language."""


@every_list
@pytest.mark.parametrize("language", LOOSE_SIGNS)
def test_signs_stand_off(name, language):
    """Otherwise a line may begin with a colon."""
    labels = frame_of(name).set_index("code")[f"name_{language}"]
    labels = labels.drop("about_bibtex", errors="ignore")
    none_of(labels[labels.str.contains(LOOSE_SIGNS[language])].tolist(), "signs that stand close")
