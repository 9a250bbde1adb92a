"""The verbs speak the language of the mapping file, and labels are filled in all at once."""

import csv
from pathlib import Path
from string import Formatter

import openpyxl
import pytest
from case_extracts import MAPPING, SMALL, USUAL, CountSmall, by, write_rows
from command import tipstat

from pipelines.cases import texts
from pipelines.cases.begin import begun_mapping, known_labels, proposed_columns
from pipelines.cases.errors import CaseError
from pipelines.cases.mapping import labels_file, language_of, read_mapping
from schemas import codelists


@pytest.mark.parametrize("language", codelists.LANGUAGES)
def test_each_text_has_the_same_placeholders_in_each_language(language: str) -> None:
    english = texts.in_language("en")
    for code, text in texts.in_language(language).items():
        assert text, code
        assert _placeholders(text) == _placeholders(english[code]), code


def _placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_messages_are_in_the_language_of_the_mapping_or_another(
    tmp_path: Path, own_home: Path
) -> None:
    mapping = tmp_path / "mapping.yml"
    mapping.write_text(MAPPING.replace("language: es", "language: pt"), encoding="utf-8")
    arguments = ("cases", "plan", str(tmp_path / "none.csv"), str(mapping))
    assert "não existe esse arquivo" in tipstat(*arguments, home=own_home).stderr
    assert "pas de tel fichier" in tipstat(*arguments, "--lang", "fr", home=own_home).stderr


@pytest.mark.parametrize(
    ("text", "language"),
    [('publication: {language: "fr"}', "fr"), ("language: nl", "en"), ("x: [", "en")],
)
def test_the_language_of_a_mapping_is_found_even_if_it_is_unsound(
    tmp_path: Path, text: str, language: str
) -> None:
    (tmp_path / "mapping.yml").write_text(text, encoding="utf-8")
    assert language_of(tmp_path / "mapping.yml") == language


def test_columns_are_recognised_without_particles_accents_and_victims() -> None:
    columns = [
        "Identifiant de la victime", "Nº du dossier", "Date de l’identification", "Département",
        "Sexo da vítima", "Âge", "Forma de exploração", "Pays de nationalité", "Statut",
    ]  # fmt: skip
    assert proposed_columns(columns) == dict(
        zip(
            ("person", "event", "date", "ref_area", "sex", "age", "exploitation", "citizenship",
             "indicator"),
            columns,
            strict=True,
        )
    )  # fmt: skip


def test_labels_that_differ_in_case_and_accents_alone_have_one_line(tmp_path: Path) -> None:
    labels = ("Féminin", "féminin", "FEMININ", "Masculin")
    rows = [{**USUAL, "id": str(n), "sexe": label} for n, label in enumerate(labels)]
    begun = tmp_path / "begun.yml"
    begun.write_text(begun_mapping(str(write_rows(tmp_path / "a.csv", rows)), "HTI", ""), "utf-8")
    with pytest.raises(CaseError, match="not confirmed") as refused:
        read_mapping(begun, "a.csv")
    assert "twice" not in str(refused.value)
    assert begun.read_text("utf-8").count('": "F"') == 1


def test_unknown_labels_of_all_fields_are_filled_in_at_once(
    tmp_path: Path, count_small: CountSmall
) -> None:
    mapping = SMALL + "citizenship: {column: pais, labels: {CR: CRI}}\n"
    rows = [
        {"id": f"{sex}{n}", "sexo": sex, "pais": country}
        for sex, country in (("Fémea", "CR"), ("=Macho", "Nica"), ("Mujer", "raro"))
        for n in range(12 if country != "raro" else 2)
    ]
    with pytest.raises(CaseError) as refused:
        count_small(*rows, mapping=mapping)
    for part in ("'sexo'", "'Fémea' (12 persons)", "'pais'", "'Nica' (12", "1 that fewer than 10"):
        assert part in str(refused.value)
    file = labels_file(tmp_path / "small.yml")
    text = file.read_text("utf-8-sig")
    assert [line["label"] for line in csv.DictReader(text.splitlines())] == [
        "'=Macho", "Fémea", "Nica",
    ]  # fmt: skip
    with pytest.raises(CaseError, match=r"small-labels.csv: .*sex: 'Fémea': is not filled in"):
        count_small(*rows, mapping=mapping)
    filled = text.replace("=Macho,?", "=Macho,M").replace("Fémea,?", "Fémea,F")
    filled = (filled.replace("Nica,?", "Nica,NIC") + "citizenship,raro,XXA\n").replace(",", ";")
    file.write_bytes(filled.encode("cp1252"))
    assert by(count_small(*rows, mapping=mapping), "sex", "citizenship") == {
        ("F", "NAT"): 12, ("M", "FOR"): 12, ("F", "XXA"): 2,
    }  # fmt: skip


def test_all_faults_of_a_mapping_are_named_at_once(tmp_path: Path) -> None:
    mapping = tmp_path / "mapping.yml"
    spoilt = SMALL.replace("Mujer: F", "Mujer: X").replace("2020", "20").replace("caso}", '"?"}')
    mapping.write_text(spoilt.replace("YYYY-MM-DD", "YY"), encoding="utf-8")
    with pytest.raises(CaseError) as refused:
        read_mapping(mapping, "extract.csv")
    for part in ("sex: 'X'", "last_year", "event: column", "date: 'form'"):
        assert part in str(refused.value)


@pytest.mark.parametrize("state", sorted(codelists.oas_states()))
def test_the_subdivisions_of_each_state_are_known_by_their_names(state: str) -> None:
    codes = {c for c, of in codelists.column("subdivision", "country").items() if of == state}
    known = known_labels("ref_area", state)
    assert codes
    assert codes <= {*known.values()}


def test_a_mapping_may_leave_areas_out_and_plan_says_so(tmp_path: Path, own_home: Path) -> None:
    extract, mapping = tmp_path / "small.csv", tmp_path / "small.yml"
    write_rows(extract, [{**USUAL, "id": f"{n}"} for n in range(30)])
    mapping.write_text(SMALL, encoding="utf-8")
    done = tipstat("cases", "plan", str(extract), str(mapping), home=own_home)
    assert done.returncode == 0, done.stderr
    assert "No area is mapped" in done.stdout
    assert "area,sex" not in done.stdout, "nothing is offered that the extract does not record"


def test_begin_says_that_a_title_hides_the_names_of_the_columns(
    tmp_path: Path, own_home: Path
) -> None:
    extract, target = tmp_path / "a.xlsx", tmp_path / "begun.yml"
    workbook = openpyxl.Workbook()
    for row in (["Registro de víctimas"], ["Sexo", "Edad"], ["Mujer", 20]):
        workbook.active.append(row)
    workbook.save(extract)
    arguments = ("cases", "begin", str(extract), "--lang", "es", "--out", str(target))
    assert "sin título encima" in tipstat(*arguments, home=own_home).stderr
    assert "ya existe" in tipstat(*arguments, home=own_home).stderr
