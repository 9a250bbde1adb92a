"""`tipstat new-source`: what it asks, finds out and refuses; and its guide, done as it says."""

import csv
import io
import os
import re
import shlex
import shutil
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from conftest import ROOT
from handmade import workbook
from typer.testing import CliRunner

from pipelines import scaffold
from pipelines.cli.app import app
from pipelines.lib import paths
from pipelines.scaffold.sample import read_layout
from pipelines.sources import FileRefusedError
from schemas import codelists

GUIDE = (ROOT / "docs" / "add-a-source.md").read_text(encoding="utf-8")
KEPT = ("can_sdg", "ref_wpp")
"""The sources of the copy in which the guide is followed."""

FILL_IN = "FILL IN"


def shown(language: str) -> list[str]:
    """The code blocks of the guide in one language."""
    found = re.findall(rf"^ *```{language}\n(.*?)^ *```", GUIDE, re.DOTALL | re.MULTILINE)
    return [textwrap.dedent(block).replace("\\\n", " ") for block in found]


NEW_SOURCE, ADD_RELEASE = (shlex.split(block)[1:] for block in shown("sh"))
MODULE, EXPECTED = shown("python")
[METADATA] = shown("yaml")
[PUBLISHED] = shown("csv")
FLAGS = dict(zip(NEW_SOURCE[1::2], NEW_SOURCE[2::2], strict=True))


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The project with two sources and one release of each, and an authority's file beside it."""
    without = shutil.ignore_patterns("__pycache__")
    for folder in ("pipelines", "schemas"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=without)
    for module in (tmp_path / "pipelines" / "sources").glob("[!_]*.py"):
        if module.stem not in KEPT:
            module.unlink()
            module.with_suffix(".yml").unlink()
    for name in ("conftest.py", "sources/test_sources.py"):
        (tmp_path / "tests" / name).parent.mkdir(exist_ok=True, parents=True)
        shutil.copy(ROOT / "tests" / name, tmp_path / "tests" / name)
    shutil.copytree(ROOT / "tests" / "support", tmp_path / "tests" / "support", ignore=without)
    for source in KEPT:
        fixture = Path("tests", "fixtures", source)
        shutil.copytree(ROOT / fixture, tmp_path / fixture)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    copy_first_releases(tmp_path)
    (tmp_path / "victimas.csv").write_text(PUBLISHED, encoding="latin-1")
    return tmp_path


def copy_first_releases(project: Path) -> None:
    """One release of each kept source, with its line of the manifest."""
    with paths.manifest().open(encoding="utf-8", newline="") as file:
        header, *lines = csv.reader(file)
    first = {line[0]: line for line in reversed(lines) if line[0] in KEPT}
    for line in first.values():
        target = project / "data" / "raw" / line[3]
        target.parent.mkdir(parents=True)
        for name in (target.name, f"{target.stem}.findings.csv"):
            shutil.copy((paths.raw() / line[3]).with_name(name), target.with_name(name))
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([header, *first.values()])
    (project / "data" / "raw" / "manifest.csv").write_text(text.getvalue(), encoding="utf-8")


def run(project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run Python with the copy's packages."""
    environment = {**os.environ, "TIPSTAT_HOME": str(project), "PYTHONPATH": str(project)}
    return subprocess.run(
        [sys.executable, *arguments],
        capture_output=True, text=True, env=environment, cwd=project, check=False,
    )  # fmt: skip


def outcome_of_its_tests(project: Path) -> subprocess.CompletedProcess[str]:
    """Run its tests without the summary, which repeats the first lines, and all where CI is set."""
    wanted = ["tests/sources/test_sources.py", "-k", FLAGS["--id"], "-p", "no:cacheprovider"]
    return run(project, "-m", "pytest", "-q", "-rN", *wanted)


@pytest.mark.slow
def test_the_guide_can_be_followed(copy: Path) -> None:
    begin(copy)
    its_tests_say_what_to_fill_in(copy)
    finish(copy)
    passed = outcome_of_its_tests(copy)
    assert passed.returncode == 0, passed.stdout
    assert "skipped" not in passed.stdout
    published(copy)


def begin(project: Path) -> None:
    """Step 1."""
    ended = run(project, "-m", "pipelines.cli.app", *NEW_SOURCE)
    assert ended.returncode == 0, ended.stderr
    assert "victimas.csv: 3 columns, latin-1, separated by ';'" in ended.stdout
    guided = re.findall(r"^(\d)\. \*\*(.+?)\*\*", GUIDE, re.MULTILINE)
    assert re.findall(r"^(\d)\. (.+?):", ended.stdout, re.MULTILINE) == guided[1:]
    assert "## ury_example" in (project / "docs" / "sources.md").read_text(encoding="utf-8")


def its_tests_say_what_to_fill_in(project: Path) -> None:
    ended = outcome_of_its_tests(project)
    assert ended.returncode == 1, ended.stdout
    module, fixture = "pipelines/sources/ury_example.py", "tests/fixtures/ury_example"
    metadata = "pipelines/sources/ury_example.yml"
    for words in (
        f"{metadata}: licence.en: FILL IN: the terms of use",
        f"{metadata}: counted.fr: FILL IN: the same words in French",
        f'{module}, line 5: FILL IN: column "Sexo": read it, or leave it out',
        "FILL IN: how many rows a whole release has at least",
        f"{fixture}/input.csv, line 2: FILL IN: a label of Sexo",
        f"{fixture}: no expected.csv; write it as docs/add-a-source.md says, then read it line by",
        "ury_example: no release is shipped; enter one with tipstat add-release",
    ):
        assert words in ended.stdout
    for name in ("citation", "caveats", "a sentence each"):
        assert ended.stdout.count(name) == 1, "each place is named once"


def finish(project: Path) -> None:
    """Steps 2 to 6. The guide's files are what the scaffold writes, with the gaps filled."""
    module = project / "pipelines" / "sources" / "ury_example.py"
    for path, filled in ((module, MODULE), (module.with_suffix(".yml"), METADATA)):
        lines = path.read_text(encoding="utf-8").splitlines()
        assert {line for line in lines if FILL_IN not in line} <= {*filled.splitlines()}
        path.write_text(filled, encoding="utf-8")

    fixture = project / "tests" / "fixtures" / "ury_example" / "input.csv"
    header = PUBLISHED.splitlines()[0].encode("latin-1")
    assert fixture.read_bytes().splitlines()[0] == header, "as the publisher writes it"
    fixture.write_text(PUBLISHED, encoding="latin-1")
    for step in (["-c", EXPECTED], ["-m", "pipelines.cli.app", *ADD_RELEASE]):
        ended = run(project, *step)
        assert ended.returncode == 0, ended.stderr


def published(project: Path) -> None:
    """The invented figures stand in the warehouse, each with its way back."""
    ended = run(project, "tests/support/light.py", "run")
    assert ended.returncode == 0, ended.stderr
    with duckdb.connect(project / "data/warehouse/tipstat.duckdb", read_only=True) as connection:
        rows = connection.execute(
            "select time_period, sex, value, upper, obs_status, locator from published.observation "
            "where source = 'ury_example' and ref_area = 'URY' and indicator = 'VIC_RECORDED' "
            "order by time_period, sex"
        ).fetchall()
    assert rows == [
        ("2018", "F", 1003, 1003, "A", "victimas.csv, row 3"),
        ("2018", "M", 201, 201, "A", "victimas.csv, row 4"),
        ("2018", "_T", 1204, 1204, "A", "victimas.csv, row 2"),
        ("2019", "_T", None, 4, "Q", "victimas.csv, row 5"),
        ("2020", "_T", 37, 37, "A", "victimas.csv, row 6"),
    ]


@pytest.fixture
def asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple]:
    """Run the verb with changed flags, without those that are None."""
    monkeypatch.setenv("TIPSTAT_HOME", str(ROOT))
    written: list[scaffold.Answers] = []
    monkeypatch.setattr(scaffold, "write", lambda answers, _: written.append(answers) or [])
    sample = tmp_path / "victimas.csv"
    sample.write_text(PUBLISHED, encoding="latin-1")

    def ask(typed: str = "", **changed: str | None) -> tuple[int, str, list[scaffold.Answers]]:
        flags = {**FLAGS, "--sample": str(sample)}
        flags |= {f"--{name.replace('_', '-')}": text for name, text in changed.items()}
        given = [word for flag, text in flags.items() if text is not None for word in (flag, text)]
        ended = CliRunner().invoke(app, ["new-source", *given], input=typed)
        return ended.exit_code, ended.output, written

    return ask


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"id": "int_unodc_glotip"}, "there is a source 'int_unodc_glotip' already"),
        ({"id": "Uruguay-Example"}, "is no id: write <alpha-3 code of an OAS state>_<publisher>"),
        ({"id": "fra_example"}, "is no id"),
        ({"page": "http://example.org/trata"}, "write it whole, from https:// on"),
        ({"address": "https://victimas"}, "is no address"),
        ({"sample": "none.csv"}, "none.csv: no such file"),
        ({"area": "ARG"}, "'ARG' is not a state that the id allows; there is URY"),
        ({"indicator": "VIC_RECRODED"}, "did you mean VIC_RECORDED (Victims recorded"),
        ({"indicator": "Detected victim"}, "did you mean VIC_DETECT (Detected victims)"),
        ({"year_column": "Ano"}, "'Ano' is not a column of the sample; did you mean Año?"),
        ({"figure_column": "Año"}, "'Año' is not a column of the sample"),
        ({"locale": "es_XX"}, "'es_XX' is no CLDR locale"),
        ({"coll_method": "police"}, "did you mean POLICE (Police records)"),
        ({"time_basis": "2019"}, "is not in schemas/codelists/time_basis.csv"),
        ({"title": "two\nlines"}, "empty, or not on one line"),
        ({"publisher": None}, "not given"),
    ],
)
def test_an_answer_that_cannot_stand_is_refused(asked, changed: dict, words: str) -> None:
    code, ended, written = asked(**changed)
    assert code == 2
    [name] = changed
    assert f"Invalid value for --{name.replace('_', '-')}" in ended
    assert words in " ".join(ended.split())
    assert not written


def test_the_verb_asks_for_what_no_flag_gives(asked) -> None:
    code, ended, [answers] = asked(
        "\nVIC\nVIC_DETECT\nSexos\nAño\n", indicator=None, area=None, year_column=None
    )
    assert code == 0, ended
    assert (answers.area, answers.indicator, answers.year_column) == ("URY", "VIC_DETECT", "Año")
    assert re.search(r"^  VIC_DETECT  +Detected victims$", ended, re.MULTILINE)
    assert "'Sexos' is not a column of the sample; did you mean Sexo?" in ended


def test_elsewhere_it_says_where_to_go(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setenv("TIPSTAT_HOME", str(tmp_path))
    ended = CliRunner().invoke(app, ["new-source"])
    assert isinstance(ended.exception, FileNotFoundError)
    assert "run in it, or set TIPSTAT_HOME to it" in str(ended.exception)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1", "cp1252"])
def test_the_form_of_a_text_is_found(tmp_path: Path, delimiter: str, encoding: str) -> None:
    dash = "–" if encoding == "cp1252" else "-"
    rows = [["Año", 'Sexo, edad; "todos"', "Cifra"], ["2019", f"a{dash}b", "1,5"], ["2020", "", ""]]
    path = tmp_path / "file.csv"
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows(rows)
    found = read_layout(path)
    assert (found.file, found.header, found.delimiter) == ("file.csv", tuple(rows[0]), delimiter)
    assert found.encoding == {"utf-8": "utf-8-sig"}.get(encoding, encoding)


def test_the_table_of_a_workbook_is_found(tmp_path: Path) -> None:
    rows = [["Anuario", "", ""], ["", "", ""], ["Año", "Sexo", "Cifra"], [2019, "Total", 12]]
    found = read_layout(workbook(tmp_path / "file.xlsx", rows, "Cuadro 1"))
    assert (found.sheet, found.title_rows) == ("Cuadro 1", 2)
    assert found.header == ("Año", "Sexo", "Cifra")


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("file.csv", b"", "the file is empty"),
        ("file.csv", b"Cuadro 1\nAno,Cifra\n2019,12\n", "take away what stands above the header"),
        ("file.csv", b"Cifra\n12\n", "splits its first lines"),
        ("file.csv", b"Ano,Cifra,Cifra\n2019,1,2\n", "its header has 'Cifra' more than once"),
        ("file.csv", b"PK\x03\x04\x00\x00\x81", "neither UTF-8 nor latin-1 text"),
        ("file.csv", b"<html>,<body>\n", "not a CSV file"),
        ("file.xlsx", b"<html></html>", "not a readable workbook"),
        ("file.json", b"[]", "JSON has no columns"),
    ],
)
def test_a_sample_that_cannot_be_read_is_refused(
    tmp_path: Path, name: str, content: bytes, words: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(FileRefusedError) as refused:
        read_layout(path)
    assert words in str(refused.value)
    assert str(path) in str(refused.value)


def test_a_scaffold_with_unwieldy_names_can_be_read(tmp_path: Path) -> None:
    sample = tmp_path / "cuadro.txt"
    columns = ["Año", 'Víctimas "todas" \\ nuevas', *(f"Columna número {n}" for n in range(9))]
    with sample.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter="\t").writerow(columns)
    answers = scaffold.Answers(
        "ury_example", 'Ministerio: "Ejemplos", ' * 6 + "#1", "Título", "https://example.org/",
        "https://example.org/x", str(sample), "URY", "VIC_DETECT", *columns[:2], "es_UY",
        codelists.codes("coll_method")[0], "CY", "PALERMO",
    )  # fmt: skip
    described = written_module(answers, tmp_path)["SOURCE"]
    assert described.publisher == answers.publisher
    assert described.layouts[0].header == tuple(columns)
    assert (tmp_path / "tests/fixtures/ury_example/input.txt").is_file()
    with pytest.raises(FileExistsError):
        scaffold.write(answers, tmp_path)


def written_module(answers: scaffold.Answers, root: Path) -> dict:
    """Write a scaffold into an empty folder and execute its module."""
    (root / "pipelines" / "sources").mkdir(parents=True)
    written = scaffold.write(answers, root)
    module: dict = {"__file__": str(written[0])}
    exec(written[0].read_text(encoding="utf-8"), module)
    return module
