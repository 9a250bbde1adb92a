"""The metadata file of a source: every kind of error names file, field and remedy."""

from pathlib import Path

import pytest
from tables import table

from pipelines import sources
from pipelines.lib import paths, settings
from pipelines.reader.files import File
from pipelines.reader.source_metadata import read_source
from pipelines.reader.yaml_fields import MetadataError
from schemas.source import Break

GOOD = """\
publisher: Ministerio de Ejemplos
title: Víctimas registradas
citation: Ministerio de Ejemplos, Anuario
licence: {en: None is stated, es: No se indica, pt: Não se indica, fr: Aucune n’est indiquée}
address: https://example.org/victimas.csv
page: https://example.org/
cadence: every year
cadence_days: 365
coll_method: POLICE
time_basis: CY
def_scope: PALERMO
counted: {en: Persons, es: Personas, pt: Pessoas, fr: "Personnes\\u202f: victimes"}
caution: {en: Few, es: Pocas, pt: Poucas, fr: Peu}
nationwide: false
number_locale: es_UY
known_breaks:
  - {ref_area: null, indicator: VIC_DETECT, time_period: "2018", reason: CAN_FOUNDED_2018}
layouts:
  - file: victimas.csv
    header: [Año, Víctimas]
    minimum_rows: 5
tables:
  - cells: {ref_area: URY, indicator: VIC_RECORDED, time_period: {column: Año}}
    figure: Víctimas
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "pipelines" / "sources" / "ury_example.yml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_a_sound_file_is_a_source(tmp_path: Path) -> None:
    source = read_source(written(tmp_path, GOOD))
    assert (source.id, source.publisher) == ("ury_example", "Ministerio de Ejemplos")
    assert source.counted.fr == "Personnes\u202f: victimes"
    assert source.layouts[0].header == ("Año", "Víctimas")
    assert source.default_action == "REPLACE"
    assert source.known_breaks == (
        Break(ref_area=None, indicator="VIC_DETECT", time_period="2018", reason="CAN_FOUNDED_2018"),
    )


@pytest.mark.parametrize(
    ("fault", "old", "new", "message"),
    [
        *table(__file__, "metadata_faults.csv"),
        ("a control sign", "Anuario", "Anua\x07rio", "not YAML (unacceptable character"),
        ("no fields", GOOD, "victims", "holds no fields: write a line for each"),
    ],
)
def test_an_error_names_file_field_and_remedy(
    tmp_path: Path, fault: str, old: str, new: str, message: str
) -> None:
    assert old in GOOD, fault
    with pytest.raises(MetadataError) as error:
        read_source(written(tmp_path, GOOD.replace(old, new, 1)))
    assert str(error.value).startswith("pipelines/sources/ury_example.yml: ")
    assert message in str(error.value)


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(MetadataError, match=r"ury_example\.yml: no such file: write it as docs/"):
        read_source(tmp_path / "ury_example.yml")


def test_a_file_in_another_encoding(tmp_path: Path) -> None:
    path = written(tmp_path, GOOD)
    path.write_bytes(GOOD.encode("latin-1", "replace"))
    with pytest.raises(MetadataError, match="not a text in UTF-8: save it as such"):
        read_source(path)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a project's own sources, with one."""
    monkeypatch.setenv("TIPSTAT_HOME", str(tmp_path))
    path = paths.own_sources()
    path.mkdir()
    (path / "ury_example.yml").write_text(GOOD, encoding="utf-8")
    return path


def test_metadata_alone_is_a_source(folder: Path) -> None:
    file = folder / "victimas.csv"
    file.write_text("Año,Víctimas\n2020,7\n", encoding="utf-8")
    found = sources.discover()["ury_example"].tidy(File(file))
    assert found.rows["value"].tolist() == [7]


def test_a_module_that_cannot_be_imported_fails_with_its_own_files_alone(folder: Path) -> None:
    (folder / "ury_example.py").write_text("import pipelines.absent\n", encoding="utf-8")
    (folder / "ury_other.yml").write_text(GOOD, encoding="utf-8")
    file = folder / "victimas.csv"
    file.write_text("Año,Víctimas\n2020,7\n", encoding="utf-8")
    broken, other = (sources.discover()[name] for name in ("ury_example", "ury_other"))
    assert other.tidy(File(file)).rows["value"].tolist() == [7]
    with pytest.raises(ModuleNotFoundError, match=r"pipelines\.absent"):
        broken.tidy(File(file))


def test_a_module_without_metadata(folder: Path) -> None:
    (folder / "ury_other.py").touch()
    with pytest.raises(MetadataError, match=r"ury_other\.yml: no such file"):
        sources.discover()


def test_neither_tables_nor_a_module_that_reads(folder: Path) -> None:
    text, _, _ = GOOD.partition("tables:")
    (folder / "ury_example.yml").write_text(text, encoding="utf-8")
    with pytest.raises(MetadataError, match=r"ury_example\.yml: field 'tables' is missing"):
        sources.discover()


def test_a_function_that_is_not_there(folder: Path) -> None:
    text = GOOD.replace("{column: Año}", "{column: Año, call: year}")
    (folder / "ury_example.yml").write_text(text, encoding="utf-8")
    with pytest.raises(MetadataError, match=r"calls 'year' for time_period: add this function to"):
        sources.discover()
    sources.forget()
    (folder / "ury_example.py").write_text("def year(text):\n    return '2020'\n", encoding="utf-8")
    assert sources.discover()["ury_example"]


def test_a_module_of_a_project_imports_its_helpers_like_ours(folder: Path) -> None:
    text = GOOD.replace("{column: Año}", "{column: Año, call: year}")
    (folder / "ury_example.yml").write_text(text, encoding="utf-8")
    (folder / "_ury_example_years.py").write_text("FIRST = '2020'\n", encoding="utf-8")
    (folder / "ury_example.py").write_text(
        "from pipelines.sources._ury_example_years import FIRST\n"
        "def year(text):\n    return FIRST\n",
        encoding="utf-8",
    )
    file = folder.parent / "victimas.csv"
    file.write_text("Año,Víctimas\nfirst,7\n", encoding="utf-8")
    found = sources.discover()["ury_example"].tidy(File(file))
    assert found.rows["time_period"].tolist() == ["2020"]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("jam_statin.yml", "tipstat has this source: take another id"),
        ("_int_unodc_glotip_areas.py", "tipstat has this source: take another id"),
        ("fra_example.yml", "its name is no id of a source"),
        ("Notes.yml", "its name is no id of a source"),
        ("ury_case_records.yml", "its name is no id of a source"),
    ],
)
def test_a_project_names_its_own_sources_otherwise(folder: Path, name: str, words: str) -> None:
    (folder / name).write_text(GOOD, encoding="utf-8")
    with pytest.raises(MetadataError, match=f"sources/{name}: {words}"):
        sources.discover()


def test_sources_of_another_project_are_not_found(folder: Path, shipped_home: Path) -> None:
    assert "ury_example" in sources.discover()
    with settings.elsewhere(shipped_home):
        assert "ury_example" not in sources.discover()
