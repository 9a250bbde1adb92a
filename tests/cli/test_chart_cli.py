"""`tipstat chart` and `tipstat report`, with the browser of this machine."""

import re
import shutil
from pathlib import Path
from xml.etree import ElementTree

import pytest
from typer.testing import CliRunner
from warehouse_copies import at_home

from pipelines.cli import app
from pipelines.published.images.browser import PrintError

pytestmark = pytest.mark.slow

NEEDS_CHROMIUM = pytest.mark.skipif(
    not shutil.which("chromium"), reason="no Chromium: apt-get install chromium (Debian's package)"
)


@pytest.fixture
def desk(invented, tmp_path, monkeypatch):
    """A project folder with the invented figures, which the commands are used in."""
    monkeypatch.setenv("TIPSTAT_HOME", str(at_home(invented, tmp_path)))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def shipped_desk(home, monkeypatch):
    """A project folder with the shipped figures."""
    monkeypatch.setenv("TIPSTAT_HOME", str(home))
    monkeypatch.chdir(home)
    return home


def used(*words: str):
    return CliRunner().invoke(app.app, list(words))


def words_of(file: Path) -> str:
    """The words of an image, its lines joined."""
    lines = (each.strip() for each in ElementTree.parse(file).getroot().itertext())
    return " ".join(" ".join(lines).split())


def left(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir() if file.name != "data")


@NEEDS_CHROMIUM
def test_a_chart_has_its_titles_source_and_date_inside(desk):
    answer = used("chart", "Argentina", "VIC_DETECT", "--lang", "es", "--out", "x.svg")
    assert answer.exit_code == 0, answer.output
    assert left(desk) == ["x.svg"]
    assert ElementTree.parse(desk / "x.svg").getroot().get("width") == "900"
    words = words_of(desk / "x.svg")
    for part in ("Argentina detectó", "Office of Tests", "28 de octubre de 2025", "tipstat"):
        assert part in words


@NEEDS_CHROMIUM
def test_the_name_of_the_file_is_its_form(desk):
    answer = used("chart", "arg", "vic_detect", "--out", "x.png")
    assert answer.exit_code == 0, answer.output
    content = (desk / "x.png").read_bytes()
    assert int.from_bytes(content[16:20]) == 1800


@NEEDS_CHROMIUM
@pytest.mark.parametrize(("state", "language"), [("MEX", "fr"), ("KNA", "pt")])
def test_a_report_is_one_tagged_pdf_of_one_page_in_its_language(shipped_desk, state, language):
    """Also of a state without figures."""
    answer = used("report", state, "--lang", language)
    assert answer.exit_code == 0, answer.output
    file = f"tipstat_{state}_{language}.pdf"
    assert left(shipped_desk) == [file]
    content = (shipped_desk / file).read_bytes()
    assert content.startswith(b"%PDF")
    assert b"/StructTreeRoot" in content
    assert f"/Lang ({language})".encode() in content
    assert b"file://" not in content
    assert len(re.findall(rb"/Type /Page\b", content)) == 1


@pytest.mark.parametrize("word", ["br", "Brasil", "bresil"])
def test_a_state_is_known_by_codes_and_names(desk, word):
    answer = used("chart", word, "PER_CONVICT")
    assert isinstance(answer.exception, PrintError)
    assert "Brazil" in str(answer.exception)


def test_where_there_is_no_chart_it_says_which_there_are(desk):
    answer = used("chart", "CHL", "PER_PROSEC")
    assert str(answer.exception) == (
        "no chart of PER_PROSEC for Chile; there are charts of VIC_DETECT"
    )
    nowhere = used("chart", "HTI", "VIC_DETECT")
    assert str(nowhere.exception).endswith("there is no chart of that state")
    elsewhere = used("chart", "ARG", "VIC_DETECT", "--source", "usa_fbi")
    assert str(elsewhere.exception).endswith("there are charts from int_tests")


def test_without_chromium_the_package_is_named(desk, monkeypatch, capsys):
    monkeypatch.setenv("PATH", str(desk))
    monkeypatch.setattr("sys.argv", ["tipstat", "report", "ARG"])
    with pytest.raises(SystemExit) as stopped:
        app.main()
    assert stopped.value.code == 1
    assert "apt-get install chromium" in capsys.readouterr().err
    assert left(desk) == []
