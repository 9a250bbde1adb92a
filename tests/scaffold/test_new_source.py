"""`tipstat new-source`: what it asks and refuses; and its guide, done as it says."""

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

import pytest
import yaml
from conftest import ROOT
from typer.testing import CliRunner

from pipelines import docs, scaffold
from pipelines.cli.app import app
from pipelines.lib import paths

GUIDE = (ROOT / "docs" / "add-a-source.md").read_text(encoding="utf-8")
KEPT = ("can_sdg", "jam_statin")
"""The sources of the copy in which the guide is followed."""

FILL_IN = "FILL IN"
NEW_AGE = "Y0T5,0 to 5 years,0 a 5 años,0 a 5 anos,0 à 5 ans"
NEW_INDICATOR = "VIC_RESCUED"


def shown(language: str) -> list[str]:
    """The code blocks of the guide in one language."""
    found = re.findall(rf"^ *```{language}\n(.*?)^ *```", GUIDE, re.DOTALL | re.MULTILINE)
    return [textwrap.dedent(block).replace("\\\n", " ") for block in found]


NEW_SOURCE, EXPECT, ADD_RELEASE = (shlex.split(block)[1:] for block in shown("sh"))
[METADATA] = shown("yaml")
[PUBLISHED] = shown("csv")
FLAGS = dict(zip(NEW_SOURCE[2::2], NEW_SOURCE[3::2], strict=True))
OWN = FLAGS["--id"]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The project with two sources and one release of each, and an authority's file beside it."""
    for folder in ("pipelines", "schemas"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    for metadata in (tmp_path / "pipelines" / "sources").glob("[!_]*.yml"):
        if metadata.stem not in KEPT:
            metadata.unlink()
            metadata.with_suffix(".py").unlink(missing_ok=True)
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


def give(project: Path, *commands: list[str]) -> str:
    """Give commands with the copy's packages, in one process, which spares them imports."""
    begun = "import short_runs\nfrom pipelines.cli.app import app\nshort_runs.shorten()"
    given = (f"app({each}, standalone_mode=False)" for each in commands)
    script = "\n".join([begun, "short_runs.without_child(setattr)", *given])
    places = os.pathsep.join([str(project), str(ROOT / "tests" / "support")])
    environment = {**os.environ, "TIPSTAT_HOME": str(project), "PYTHONPATH": places}
    ended = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True, text=True, env=environment, cwd=project, check=False,
    )  # fmt: skip
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


@pytest.mark.slow
def test_the_guide_can_be_followed(copy: Path) -> None:
    with_a_new_indicator(copy)
    begin(copy)
    fill_in(copy)
    fill_in_another_with_codes_of_its_own(copy)
    release = ["add-release", "edades.csv", "--source", "ury_ages", *ADD_RELEASE[4:]]
    expected = ["test-source", "ury_ages", "--expect"]
    tested = (["test-source", each] for each in (OWN, "ury_ages"))
    printed = give(copy, EXPECT, ADD_RELEASE, release, expected, *tested)
    for source in (OWN, "ury_ages"):
        assert f"{source}: metadata, fixture and 1 releases are sound" in printed
    expected = (copy / "tests/fixtures/ury_ages/expected.csv").read_text(encoding="utf-8")
    assert f",{NEW_INDICATOR}," in expected
    assert ",Y0T5," in expected


def with_a_new_indicator(project: Path) -> None:
    """A new indicator is one row in a code list."""
    indicators = project / "schemas" / "codelists" / "indicator.csv"
    lines = indicators.read_text(encoding="utf-8")
    like = next(line for line in lines.splitlines() if line.startswith("VIC_RECORDED,"))
    row = like.replace("VIC_RECORDED", NEW_INDICATOR)
    indicators.write_text(f"{lines}{row}\n", encoding="utf-8")


def begin(project: Path) -> None:
    """Step 1, of two sources."""
    (project / "edades.csv").write_text("Año,Edad,Casos\n2020,0 a 5 años,40\n", encoding="utf-8")
    flags = FLAGS | {"--id": "ury_ages", "--indicator": NEW_INDICATOR}
    words = [word for flag in flags.items() for word in flag]
    printed = give(project, NEW_SOURCE, ["new-source", "edades.csv", *words])
    assert "To be confirmed: the entries of 'proposed' in the first" in printed
    guided = re.findall(r"^(\d)\. \*\*(.+?)\*\*", GUIDE, re.MULTILINE)
    assert re.findall(r"^(\d)\. (.+?):", printed, re.MULTILINE) == 2 * guided[1:]
    assert not (project / "docs").exists(), "no page shows what is still to be filled in"


def fill_in(project: Path) -> None:
    """Steps 2 to 4; the commands that follow are 5 and 6.

    The guide's metadata are those proposed, with the gaps filled.
    """
    path = project / "pipelines" / "sources" / "ury_example.yml"
    begun, filled = (yaml.safe_load(text) for text in (path.read_text("utf-8"), METADATA))
    assert begun["tables"] == filled["tables"]
    assert begun["layouts"] == filled["layouts"]
    assert {*begun} - {"proposed"} == {*filled} - {"assertions"}
    path.write_text(METADATA, encoding="utf-8")

    fixture = project / "tests" / "fixtures" / "ury_example" / "input.csv"
    header = PUBLISHED.splitlines()[0].encode("latin-1")
    assert fixture.read_bytes().splitlines()[0] == header, "as the publisher writes it"
    fixture.write_text(PUBLISHED, encoding="latin-1")


def fill_in_another_with_codes_of_its_own(project: Path) -> None:
    """A new age band is one row in a code list."""
    path = project / "pipelines" / "sources" / "ury_ages.yml"
    metadata = yaml.safe_load(path.read_text(encoding="utf-8").replace(FILL_IN, "Invented"))
    labels = metadata["tables"][0]["cells"]["age"]["labels"]
    code, line = re.search(r"(\w+), once .* has the line (.*)", labels["0 a 5 años"]).groups()
    assert line.startswith(NEW_AGE)
    with (project / "schemas" / "codelists" / "age.csv").open("a", encoding="utf-8") as file:
        file.write(f"{line}\n")
    labels["0 a 5 años"] = code
    own = {language: f"Invented ({language})" for language in metadata["counted"]}
    metadata |= {"proposed": [], "counted": own, "caution": own}
    path.write_text(yaml.safe_dump(metadata, allow_unicode=True), encoding="utf-8")


@pytest.fixture
def asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple]:
    """Run the verb with changed flags, without those that are None."""
    monkeypatch.setenv("TIPSTAT_HOME", str(ROOT))
    begun: list[scaffold.Answers] = []
    monkeypatch.setattr(scaffold, "write", lambda _, answers: begun.append(answers) or [])
    monkeypatch.setattr(docs, "write", lambda _: [])
    sample = tmp_path / "victimas.csv"
    sample.write_text(PUBLISHED, encoding="latin-1")

    def ask(typed: str = "", **changed: str | None) -> tuple[int, str, list[scaffold.Answers]]:
        flags = FLAGS | {f"--{name.replace('_', '-')}": text for name, text in changed.items()}
        given = [word for flag, text in flags.items() if text is not None for word in (flag, text)]
        ended = CliRunner().invoke(app, ["new-source", str(sample), *given], input=typed)
        return ended.exit_code, ended.output, begun

    return ask


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"id": "int_unodc_glotip"}, "there is a source 'int_unodc_glotip' already"),
        (
            {"id": "Uruguay-Example"},
            "is not an id: write <alpha-3 code of a state of the Americas>_<publisher>",
        ),
        ({"id": "fra_example"}, "France (FRA) is none of the 35 states of the Americas"),
        ({"id": "xxx_example"}, "is not an id"),
        ({"page": "http://example.org/trata"}, "write it in full, from https:// on"),
        ({"address": "https://victimas"}, "is not an address"),
        ({"coll_method": "police"}, "did you mean POLICE (Police records)"),
        ({"time_basis": "2019"}, "'2019' is no time_basis; there is CY, FY0401"),
        ({"title": "two\nlines"}, "empty, or not on one line"),
        ({"nationwide": "yes"}, "'yes' is no nationwide; there is true, false"),
        ({"nationwide": None}, "not given"),
        ({"publisher": None}, "not given"),
    ],
)
def test_an_answer_that_cannot_stand_is_refused(asked, changed: dict, words: str) -> None:
    code, ended, begun = asked(**changed)
    assert code == 2
    [name] = changed
    assert f"Invalid value for --{name.replace('_', '-')}" in ended
    assert words in " ".join(ended.split())
    assert not begun


def test_the_verb_asks_for_what_no_flag_gives(asked) -> None:
    code, ended, [answers] = asked("VIC_DETECTED\nVIC_DETECT\n", indicator=None)
    assert code == 0, ended
    assert (answers.area, answers.indicator) == ("URY", "VIC_DETECT")
    assert re.search(r"^  VIC_DETECT  +Detected victims$", ended, re.MULTILINE)
    assert "did you mean VIC_DETECT (Detected victims)" in ended
