"""Pages for readers: commands and links exist; `make check` compares generated pages."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest
import typer
from conftest import ROOT

from pipelines.cli.app import app
from pipelines.harmonised.harmonise import EXACT_REPEAT
from pipelines.reader import tidy
from pipelines.sources import discover
from schemas import codelists, parameters, rules

PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
each_page = pytest.mark.parametrize("page", PAGES, ids=[page.name for page in PAGES])


@each_page
def test_links_lead_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", text):
        if not target.startswith(("http:", "https:", "mailto:")):
            assert (page.parent / target).exists(), target


@each_page
def test_anchors_lead_to_headings(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for target, anchor in re.findall(r"\]\(([^)#\s:]*)#([^)]+)\)", text):
        there = (page.parent / target).read_text(encoding="utf-8") if target else text
        headings = re.findall(r"^#+ (.+)$", there, re.MULTILINE)
        named = {re.sub(r"[^\w -]", "", each.lower()).replace(" ", "-") for each in headings}
        named |= set(re.findall(r'<a id="(\w+)"></a>', there))
        assert anchor in named, f"{target}#{anchor}"


@each_page
def test_commands_exist(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert set(re.findall(r"`make ([a-z-]+)", text)) <= targets
    verbs = typer.main.get_command(app).commands
    assert set(re.findall(r"`tipstat ([a-z][a-z-]*)", text)) <= set(verbs)


OF_THEIR_DAY = {"CHANGELOG.md", "changes_2026-11-30.md", "method.csv"}
"""Pages and texts that say what numbers were on a day, or what was measured."""
DIGITS = dict(
    enumerate(
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
    )
)
COUNTED = {"years": "years?", "states": "states?", "reports": "reports?"}
"""Units in which a number in prose is hardly ever another one than that of a rule."""


def by_hand(text: str) -> list[str]:
    """Return the numbers of rules in a page that are not links to their parameter."""
    prose = re.sub(r"```.*?```|`[^`]*`|^\|.*$|\[[^]]*\]\([^)]*\)", "", text, flags=re.DOTALL | re.M)
    codes: dict[str, list[str]] = {}
    for each in parameters.parameters().values():
        if each.unit in COUNTED:
            number = rf"({each.value}|{DIGITS.get(int(each.value), each.value)})"
            pattern = rf"(?<![\w.,-]){number}\s+(?:or more\s+)?{COUNTED[each.unit]}\b"
            for hit in re.finditer(pattern, prose, re.IGNORECASE):
                codes.setdefault(" ".join(hit[0].split()), []).append(each.code)
    return [
        f"{hit!r}: if it is that of a rule, write the number as [{hit.split()[0]}](rules.md#CODE), "
        f"CODE being one of {', '.join(known)}; else say it otherwise"
        for hit, known in codes.items()
    ]


@each_page
def test_no_number_of_a_rule_is_written_by_hand(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    if not text.startswith("<!-- Generated") and page.name not in OF_THEIR_DAY:
        assert not by_hand(text), "\n".join(by_hand(text))


def test_no_text_or_statement_has_a_number_of_a_rule_by_hand() -> None:
    rooms = [ROOT / "pipelines" / each for each in ("words", "questionnaire", "cases", "warehouse")]
    rooms += [ROOT / "pipelines" / "published", ROOT / "schemas" / "codelists"]
    files = [file for room in rooms for kind in ("csv", "sql") for file in room.rglob(f"*.{kind}")]
    found = {file.name: by_hand(file.read_text(encoding="utf-8")) for file in files}
    wrong = {name: hits for name, hits in found.items() if hits and name not in OF_THEIR_DAY}
    assert set(wrong) <= {"age.csv"}, f"write {{parameter.CODE}} for the number: {wrong}"


def test_numbers_written_by_hand_are_found() -> None:
    assert len(by_hand("It takes the median of the last\nthree years.")) > 0
    assert not by_hand("The median of [3](rules.md#level_years) years, `3 years`, 13 years.")


def test_decisions_are_short_and_say_where_they_bite() -> None:
    folder = ROOT / "docs" / "decisions"
    pages = {page.name for page in folder.glob("*.md")} - {"README.md"}
    index = (folder / "README.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^- \[[^\]]+\]\(([^)]+)\)", index, re.MULTILINE)) == pages
    for page in pages:
        text = (folder / page).read_text(encoding="utf-8")
        for decision in re.split(r"^- ", text, flags=re.MULTILINE)[1:]:
            _, arrow, where = decision.partition("→")
            assert arrow, decision
            assert len(re.split(r"\n\s*\n", decision)[0].strip().split("\n")) <= 5, decision
            named = [Path(name) for name in re.findall(r"`([\w./-]+)`", where)]
            places = [name for name in named if name.suffix or name.parent.name]
            assert places or "](" in where, decision
            beside = ROOT
            for name in places:
                beside = (ROOT / name).parent if name.parent.name else beside
                assert (beside / name.name).exists(), f"{page}: {name}"


def test_queries_for_statisticians_run(query) -> None:
    text = (ROOT / "docs" / "statistician.md").read_text(encoding="utf-8")
    queries = re.findall(r"```sql\n(.*?)```", text, re.DOTALL)
    assert queries
    for sql in queries:
        assert query(sql.strip().rstrip(";"))


def test_nothing_of_a_machine_or_a_registry_is_written_down() -> None:
    tracked = subprocess.run(
        ["git", "ls-files"], capture_output=True, text=True, cwd=ROOT, check=False
    )
    if tracked.returncode:
        pytest.skip("not a git checkout")
    words = ["".join(parts) for parts in (("py", "pi.org"), ("python", "hosted"), ("/ro", "ot/"))]
    for name in tracked.stdout.split("\n"):
        path = ROOT / name
        if path.is_file() and path.suffix not in {".png", ".csv"}:
            text = path.read_text(encoding="utf-8", errors="replace")
            assert not [word for word in words if word in text], name


def test_every_filter_has_a_meaning() -> None:
    folder = ROOT / "pipelines" / "sources"
    code = "\n".join(path.read_text(encoding="utf-8") for path in folder.glob("*.py"))
    used = {*re.findall(r'\.set_aside\([^\n]+, "(\w+)"\)', code), EXACT_REPEAT}
    used |= {tidy.NOT_AN_OAS_STATE, tidy.NO_INDICATOR, tidy.SUMMED, tidy.OTHER_LINES, tidy.NOTES}
    units = codelists.rows(folder / "usa_tip_report_units.csv")
    used |= {line["set_aside"] for line in units} - {""}
    tables = [table for each in discover().values() for table in each.source.tables]
    used |= {name for table in tables for name in (*table.set_aside, table.blank_after_last)}
    used -= {None}
    assert used == set(rules.filters())


def test_the_newest_changes_are_those_of_the_version() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.findall(r"^## ([\d.]+), ", changes, re.MULTILINE)[0] == project["version"]
