"""Who takes a file in sees each new figure beside the last; what nobody sees waits."""

import io
from pathlib import Path

import pandas as pd
import pytest
from command import Ended, tipstat
from inbox_files import lay
from kept_sources import keep

from pipelines.harmonised import refresh
from pipelines.harmonised.release_files import Release
from pipelines.intake import raw_table
from pipelines.lib import paths
from pipelines.raw import manifest
from pipelines.sources import discover

pytestmark = pytest.mark.usefixtures("one_detector")

LATER = "2026-06-30"
FALSE, LIKELY = "14.9", "1.49"
"""Rates of 2025, after 1.47 in 2024."""


class Terminal(io.StringIO):
    """What a person types at a terminal."""

    def isatty(self) -> bool:
        """Return that it is one."""
        return True


def with_year(rate: str) -> bytes:
    """Canada's newest table with a year more."""
    [entry] = manifest.entries("can_sdg", "2026-03-10")
    lines = [line.partition(",")[2] for line in entry.path.read_text(encoding="utf-8").splitlines()]
    return "\n".join([*lines, f"2025,{rate}", ""]).encode()


def add(home: Path, content: bytes, *options: str) -> Ended:
    file = home / "indicator_16-2-2.csv"
    file.write_bytes(content)
    days = ("--release", LATER, "--retrieved", "2026-07-01", "--by", "Ana")
    words = ("add-release", str(file), "--source", "can_sdg", *days, *options)
    return tipstat(*words, home=home, width=200)


def entered() -> list[str]:
    return [each.by for each in manifest.entries("can_sdg", LATER)]


def held_back() -> str:
    release = Release(paths.harmonised(), "can_sdg", LATER)
    refresh.refresh(discover()["can_sdg"], release)
    return release.held_back


def harmonise_those_before() -> None:
    refresh.refresh_all(discover()["can_sdg"], paths.harmonised())


def cells(printed: str, begins: str) -> list[str]:
    [line] = [each for each in printed.splitlines() if each.startswith(begins)]
    return [cell.strip() for cell in line.split("  ") if cell.strip()]


def test_at_a_terminal_the_person_is_asked_first(
    small_project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = paths.manifest().read_bytes()
    for answer, code, names in (("n", 1, []), ("y", 0, ["Ana"])):
        monkeypatch.setattr("sys.stdin", Terminal(f"{answer}\n"))
        assert add(small_project, with_year(LIKELY)).returncode == code
        assert entered() == names
        assert (paths.manifest().read_bytes() == before) == (answer == "n")


def test_the_sheet_has_each_new_figure_beside_the_last_until_a_review_accepts_it(
    small_project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    harmonise_those_before()
    done = add(small_project, with_year(FALSE))
    assert done.returncode == 0, done.stderr
    _, period, now, last, factor, steps, _ = cells(done.stdout, "Canada")
    assert (period, now, last) == ("2025", "14.9", "1.472561469 in 2024")
    assert (factor, steps) == ("x10.1", "0.94 to 1.52")
    assert "a run will hold this back until 'tipstat review' decides: " in done.stderr
    assert "14.9 after 1.47, x10.1" in done.stderr
    assert entered() == ["Ana"]
    assert "after 1.47" in held_back()
    shown = tipstat("review", "can_sdg", LATER, home=small_project, width=200)
    assert shown.returncode == 0, shown.stderr
    assert cells(shown.stdout, "Canada, ")[1:5] == ["2025", "14.9", "1.472561469 in 2024", "x10.1"]
    decision = ("--accept", "--reason", "confirmed by Canada", "--by", "Ana")
    for answer, code in (("n", 1), ("y", 0)):
        monkeypatch.setattr("sys.stdin", Terminal(f"{answer}\n"))
        done = tipstat("review", "can_sdg", LATER, *decision, home=small_project)
        assert done.returncode == code, done.stderr
        assert bool(held_back()) == bool(code)
    assert not Release(paths.harmonised(), "can_sdg", LATER).proof_sheet.exists()


def test_what_cannot_be_judged_waits_until_a_person_answers_for_it(small_project: Path) -> None:
    """The first release of a source has nothing that it could be judged by."""
    content = with_year(LIKELY)
    keep(lambda source, _: source != "can_sdg")
    without = paths.manifest().read_bytes()
    for person, name in (((), manifest.UNATTENDED), (("--by", "Ana"), "Ana")):
        paths.manifest().write_bytes(without)
        lay(f"figures {LATER}.csv", content)
        done = tipstat("inbox", *person, home=small_project, width=200)
        assert done.returncode == 0, done.stderr
        assert ("new figure of" in done.stdout) == bool(person)
        assert entered() == [name]
        assert bool(held_back()) != bool(person)
        listed = tipstat("review", home=small_project).stdout
        assert ("waits for a named person" in " ".join(listed.split())) != bool(person)


def test_a_file_that_the_person_declines_stays_in_the_inbox(
    small_project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = lay(f"figures {LATER}.csv", with_year(FALSE))
    monkeypatch.setattr("sys.stdin", Terminal("n\n"))
    done = tipstat("inbox", "--by", "Ana", home=small_project)
    assert (done.returncode, entered()) == (0, [])
    assert file.is_file()


def test_a_figure_that_was_typed_is_typed_again(
    whole_project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No history shows that two digits of a new figure were exchanged."""
    keep(lambda source, day: source == "source" or (source, day) == ("int_reported", "2026-11-27"))
    [entry] = manifest.entries("int_reported")
    header, *lines = raw_table.lines(entry.path)
    named = dict(zip(header, lines[1], strict=True))
    lines.append([*(named | {"time_period": "2024", "value": "1667"}).values()])
    file = whole_project / "official_figures.csv"
    file.write_text(raw_table.text([row[1:] for row in (header, *lines)]), encoding="utf-8")
    words = ("--source", "int_reported", "--by", "Ana")
    days = (*words, "--release", "2026-11-28", "--retrieved", "2026-11-29")
    before = paths.manifest().read_bytes()
    for again, code in (("1676", 1), ("1,667", 0)):
        monkeypatch.setattr("sys.stdin", Terminal(f"{again}\ny\n"))
        done = tipstat("add-release", str(file), *days, home=whole_project, width=200)
        assert done.returncode == code, done.stderr
        assert ("'1676' now, '1667' in the file" in done.stderr) == bool(code)
        assert (paths.manifest().read_bytes() == before) == bool(code)


def test_a_recall_leaves_no_sheet_that_shows_the_figure(small_project: Path) -> None:
    """The sheet is of a release that does not print the figure itself."""
    harmonise_those_before()
    done = add(small_project, f"Year,Value\n2025,{FALSE}\n".encode(), "--partial")
    assert done.returncode == 0, done.stderr
    held_back()
    sheet = Release(paths.harmonised(), "can_sdg", LATER).proof_sheet
    assert 1.472561469 in pd.read_parquet(sheet)["last"].to_numpy()
    place = "can_sdg/2026-03-10/11"
    done = tipstat("recall", place, "--reason", "wrong", "--by", "Ana", home=small_project)
    assert done.returncode == 0, done.stderr
    assert not sheet.exists()
