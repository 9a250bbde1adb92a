"""Who was asked, who answered, and reminders in the state's language.

`make test-processes` also gives the commands of docs/national-authority.md, in three processes.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

import filled_forms
import pytest
from command import tipstat
from conftest import ROOT
from filled_forms import FORM

from pipelines.lib import clock, paths
from pipelines.questionnaire import submission, submissions
from pipelines.raw import manifest
from pipelines.raw.questionnaires import QuestionnairesError

TABLE = """state,year,language,office,asked
HTI,2023,fr,Comité national,2025-01-07
BRA,2023,pt,"Coordenação, Ministério",2025-01-08
COL,2022,es,Grupo de lucha,2024-02-01
"""


@pytest.fixture(autouse=True)
def home(one_detector: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project folder in which three states were asked, and one answered."""
    monkeypatch.setenv("TIPSTAT_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(submission, "_pdf", lambda _: ())
    paths.raw().mkdir(parents=True)
    paths.questionnaires().write_text(TABLE, encoding="utf-8")
    return tmp_path / "home"


def test_who_answered_is_known_from_the_releases(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: "2025-01-17")
    submission.submit(filled_forms.write(tmp_path / "form.xlsx", FORM), tmp_path)
    found = [(each.asked.state, each.answered, each.days_waiting) for each in
             submissions.submissions()]  # fmt: skip
    assert found == [("COL", "", 351), ("BRA", "", 9), ("HTI", "2025-01-17", 10)]
    with pytest.raises(QuestionnairesError, match="HTI has answered all"):
        submissions.reminder("HTI")
    with pytest.raises(QuestionnairesError, match="ARG was not asked"):
        submissions.reminder("ARG")


def test_answers_are_listed_where_nobody_was_asked(home, tmp_path) -> None:
    paths.questionnaires().unlink()
    empty = tipstat("submissions", home=home)
    assert "0 asked, 0 answered, 0 waited for" in empty.stdout
    submission.submit(filled_forms.write(tmp_path / "form.xlsx", FORM), tmp_path)
    listed = tipstat("submissions", home=home)
    assert re.search(rf"HTI +{filled_forms.OFFICE} +2023 +not asked +20", listed.stdout)
    table = listed.stdout.partition(f"{paths.questionnaires()} for each form that you send:")[2]
    paths.questionnaires().write_text(table.strip(), encoding="utf-8")
    found = [(each.asked.year, each.answered != "") for each in submissions.submissions()]
    assert found == [("2023", True), ("2024", False)]


@pytest.mark.parametrize(
    ("state", "subject", "day"),
    [
        ("HTI", "Chiffres sur la traite des personnes de 2023\u202f: rappel", "7 janvier 2025"),
        ("BRA", "Números sobre tráfico de pessoas de 2023: lembrete", "8 de janeiro de 2025"),
        ("COL", "Cifras sobre trata de personas de 2022: recordatorio", "1 de febrero de 2024"),
    ],
)
def test_a_reminder_is_in_the_language_of_the_state(state, subject, day) -> None:
    text = submissions.reminder(state)
    assert text.startswith(subject)
    assert day in text


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("asked\n", "day\n", "its columns are not"),
        ("HTI", "FRA", "line 2: 'FRA' in state is not a state"),
        (",fr,", ",it,", "line 2: 'it' in language is not a language"),
        ("2025-01-07", "soon", "line 2: 'soon' in asked is not a date"),
        ("Comité national", "", "office must be filled"),
        ("2023,fr", "23,fr", "'23' in year is not a year"),
    ],
)
def test_an_unsound_table_is_named(old: str, new: str, message: str) -> None:
    paths.questionnaires().write_text(TABLE.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(QuestionnairesError, match=message):
        submissions.submissions()


def test_the_verbs(home, tmp_path) -> None:
    listed = tipstat("submissions", home=home)
    assert listed.returncode == 0
    assert "3 asked, 0 answered, 3 waited for" in listed.stdout
    empty = tmp_path / "form.xlsx"
    made = tipstat("questionnaire", "Haïti", "--year", "2023", "--lang", "fr", "--out", str(empty),
                   home=home)  # fmt: skip
    assert (made.returncode, made.stdout, made.stderr) == (0, f"{empty}\n", "")
    early = tipstat("questionnaire", "HTI", "--year", "2100", "--out", str(tmp_path / "2100.csv"),
                    home=home)  # fmt: skip
    assert "2100 is not over yet" in early.stderr
    again = tipstat("questionnaire", "HTI", "--year", "2023", "--out", str(empty), home=home)
    assert again.returncode == 1
    assert "exists; name a new file" in again.stderr
    sent = tipstat("submit", str(empty), home=home)
    assert sent.returncode == 1
    assert "À propos des chiffres, E5: Une réponse est nécessaire ici." in sent.stderr
    assert sent.stdout.startswith("questionnaire de Haïti 2023: non accepté")
    told = tipstat("submit", str(empty), "--lang", "es", home=home)
    assert "À propos des chiffres, E5: Aquí se necesita una respuesta." in told.stderr
    assert told.stdout.startswith("cuestionario de Haití 2023: no aceptado")
    spanish = tipstat("submissions", "--lang", "es", home=home)
    assert "pedidos: 3, respondidos: 0, en espera: 3" in spanish.stdout


@pytest.mark.exhaustive
def test_two_submissions_of_one_form_at_once_are_one_release(home, tmp_path) -> None:
    for name in ("one", "other"):
        filled_forms.write(tmp_path / f"{name}.xlsx", FORM)
    command = Path(sys.executable).with_name("tipstat")
    environment = {**os.environ, "TIPSTAT_HOME": str(home), "PATH": str(command.parent)}
    both = [
        subprocess.Popen([command, "submit", tmp_path / f"{name}.xlsx"], env=environment,
                         stdout=subprocess.PIPE, text=True)
        for name in ("one", "other")
    ]  # fmt: skip
    answers = sorted(each.communicate()[0].splitlines()[0] for each in both)
    assert [each.returncode for each in both] == [0, 0]
    assert re.search(r"accepté, \d+ chiffres dans", answers[0])
    assert answers[1].endswith("accepté, rien de nouveau")
    [entry] = manifest.entries()
    assert manifest.damaged([entry]) == []


@pytest.mark.exhaustive
def test_the_form_of_the_documentation_is_accepted(home) -> None:
    page = (ROOT / "docs" / "national-authority.md").read_text(encoding="utf-8")
    script = re.search(
        r"```sh\n(tipstat questionnaire HTI[^`]+?haiti.csv\npython3.+?)```", page, re.S
    )
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "TIPSTAT_HOME": str(home)}
    done = subprocess.run(
        ["bash", "-e", "-c", script[1]], cwd=home, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert "questionnaire de Haïti 2024: accepté, 6 chiffres" in done.stdout
