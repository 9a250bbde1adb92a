"""The inbox: a file is recognised by its layout and taken in once, or set aside with a reason."""

import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import inbox_files
import pytest
from command import process, tipstat

from pipelines.intake import inbox
from pipelines.lib import paths
from pipelines.raw import manifest
from pipelines.sources import discover

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("one_detector")]


@pytest.fixture
def lay(project: Path):
    return inbox_files.lay


def paraguay() -> bytes:
    """A figure table, which has the layout of a publisher's file."""
    return (paths.raw() / "pry_ine" / "2023-10-31.csv").read_bytes()


def jamaica(added: str = "", cell: str = "") -> bytes:
    """Jamaica's figures as its file prints them, with a column more if it is named."""
    table = (paths.raw() / "jam_statin" / "2026-08-05.csv").read_text(encoding="utf-8")
    header, *lines = (line.partition(",")[2] for line in table.splitlines())
    more = f",{cell}" if added else ""
    named = f",{added}" if added else ""
    return "\n".join([header + named, *(line + more for line in lines)]).encode()


def test_files_that_no_source_takes_are_set_aside_with_the_reasons(lay) -> None:
    letter, others = b"Dear Sirs,\nplease find below\n", f"{len(discover())} were compared"
    given = {
        "letter.csv": (letter, f"No source has a similar header; {others}.\n"),
        "bin.csv": (b"\x89\x00\x01random" * 50, "\nThis is neither text nor a workbook.\n"),
        "victims 2025-13-41.csv": (
            jamaica().rpartition(b"\n")[0],
            "jam_statin: 2025-13-41 in its name is no day up to today; correct the name",
        ),
        # Nobody's layout, but Jamaica's nearly; Canada's fits, with much else.
        "rates.csv": (
            b"Year,Disaggregation Level,Units,Value\n2019,Total,Per 100,5\n",
            "column 'Unit' is missing; the nearest in this file is 'Units'",
        ),
        "2025.csv": (
            "Año,Denuncias recibidas\n2025,5\n".encode("latin-1"),
            "the file is latin-1 or another encoding of one byte a letter",
        ),
    }  # fmt: skip
    for name, (content, _) in given.items():
        lay(name, content)
    assert [outcome.source for outcome in inbox.take()] == [""] * len(given)
    aside = paths.inbox() / "set_aside"
    reports = {name: (aside / f"{name}.txt").read_text(encoding="utf-8") for name in given}
    for name, (_, words) in given.items():
        assert words in reports[name]
        assert len(reports[name].splitlines()) <= 40
    assert reports["letter.csv"].startswith("letter.csv is not taken by any source.\n")
    assert (aside / "letter.csv").read_bytes() == letter
    assert "can_sdg: fits, but the file has many other columns" in reports["rates.csv"]
    nearest = reports["2025.csv"].partition("Nearest sources:\n")[2]
    assert nearest.startswith("pry_ine: "), "it fits but for the encoding"
    assert inbox.take() == []


def test_an_added_column_is_no_hindrance(lay, capsys) -> None:
    lay("figures 2026-09-30.csv", jamaica("GeoCode", "JM"))
    [outcome] = inbox.take()
    assert outcome.source == "jam_statin"
    assert "column 'GeoCode' is new and was not read" in capsys.readouterr().err


def test_a_file_that_was_set_aside_before_is_not_overwritten(lay) -> None:
    for content in (b"first", b"second"):
        lay("letter.csv", content)
        inbox.take()
    aside = paths.inbox() / "set_aside"
    assert (aside / "letter.csv").read_bytes() == b"first"
    assert (aside / "letter-2.csv").read_bytes() == b"second"


@pytest.mark.parametrize("name", [".hidden.csv", "copied.csv"])
def test_a_file_that_is_hidden_or_still_being_copied_waits(lay, name: str) -> None:
    file = lay(name, b"half", fresh=not name.startswith("."))
    assert inbox.take() == []
    assert file.exists()


def test_a_link_is_not_followed(project: Path) -> None:
    paths.inbox().mkdir()
    (paths.inbox() / "link.csv").symlink_to("/etc/passwd")
    assert inbox.take() == []


def test_a_file_in_place_of_the_folder_for_others_stops_none_that_is_taken(lay) -> None:
    lay("set_aside", b"Dear Sirs")
    lay("letter.csv", b"Dear Sirs")
    lay("paraguay 2025-06-30.csv", paraguay())
    figures, letter = inbox.take()
    assert "letter.csv: is not taken by any source, and stays" in letter.message
    assert "set_aside is no folder; move that away" in letter.message
    assert figures.is_new
    assert [line.partition(":")[0] for line in inbox.left()] == ["set_aside"]
    assert (paths.inbox() / "letter.csv").exists()


def test_a_file_that_cannot_be_moved_stops_no_other(lay, project: Path) -> None:
    lay("jamaica 2026-08-06.csv", jamaica())
    lay("paraguay 2025-06-30.csv", paraguay())
    (paths.fetched()).mkdir(exist_ok=True)
    (paths.fetched() / "jam_statin").write_text("a file in place of a folder", encoding="utf-8")
    figures, left = inbox.take()
    assert "stays in the inbox" in left.message
    assert (left.source, figures.source) == ("", "pry_ine")


@pytest.mark.exhaustive
def test_two_at_once_take_each_file_once(lay, project: Path) -> None:
    for day in ("2025-06-30", "2025-07-31"):
        lay(f"figures {day}.csv", paraguay())
    with ThreadPoolExecutor(2) as both:
        ended = [*both.map(lambda _: process("inbox", home=project), range(2))]
    assert [each.returncode for each in ended] == [0, 0]
    assert "Errno" not in "".join(each.stderr for each in ended)
    lines = "".join(each.stdout for each in ended)
    assert lines.count("pry_ine: ") == 2


def test_files_are_recognised_by_their_layout_and_entered_once(lay) -> None:
    """The shipped figure tables have the layout of a publisher's file."""
    sources = ("can_sdg", "jam_statin", "pry_ine")
    tables = {
        source: next((paths.raw() / source).glob("????-??-??.csv")).read_bytes()
        for source in sources
    }
    known = {source: len(manifest.entries(source)) for source in sources}
    for source, content in tables.items():
        lay(f"{source} 2025-06-30.csv", content)
    found = {outcome.source: outcome for outcome in inbox.take()}
    assert found.keys() == {*sources}
    for source, content in tables.items():
        name = f"{source} 2025-06-30.csv"
        assert found[source].is_new
        assert len(manifest.entries(source)) == known[source] + 1
        [entry] = manifest.entries(source, "2025-06-30")
        assert entry.obtained_from == f"handed in as {name}"
        assert (paths.fetched() / source / f"2025-06-30-{name}").read_bytes() == content
    assert not list(paths.inbox().glob("*.csv"))
    lay("again 2025-06-30.csv", tables["pry_ine"])
    [again] = inbox.take()
    assert again.message == "pry_ine: nothing new, the same as the release of 2025-06-30"
    assert not again.is_new


def test_a_file_of_the_publisher_is_recognised(lay, publisher_file) -> None:
    file = publisher_file("unodc_glotip/2025-04-14/data_glotip.xlsx")
    lay("glotip 2025-10-01.xlsx", file.read_bytes())
    [outcome] = inbox.take()
    assert outcome.source == "int_unodc_glotip"
    assert "the same as the release of 2025-04-14" in outcome.message


HOSTILE_NAMES = (
    "\x1b[31mred\n\u202evsc.exe.csv",
    "--help <script>.csv",
    os.fsdecode(b"\xff\xfe.csv"),
    f"{'é' * 125}.csv",
)


@pytest.mark.parametrize("is_ours", [True, False], ids=["taken", "set aside"])
def test_whatever_files_are_called_they_leave_the_inbox(lay, *, is_ours: bool) -> None:
    for name in HOSTILE_NAMES:
        lay(name, paraguay() if is_ours else b"Dear Sirs")
    outcomes = inbox.take()
    assert [bool(outcome.source) for outcome in outcomes] == [is_ours] * len(HOSTILE_NAMES)
    assert inbox.waiting() == inbox.left() == []
    kept = paths.fetched() / "pry_ine" if is_ours else paths.inbox() / "set_aside"
    names = [file.name for file in kept.glob("*.csv")]
    assert len(names) == len(HOSTILE_NAMES)
    entered = [entry.publisher_file for entry in manifest.entries("pry_ine")]
    messages = [outcome.message for outcome in outcomes]
    assert all(each.isprintable() for each in (*names, *messages, *entered))


def test_a_hostile_name_of_a_file_that_is_left_is_printed_as_text(lay, project: Path) -> None:
    for name in HOSTILE_NAMES:
        lay(name, b"copied so f", fresh=True)
    ended = tipstat("inbox", home=project)
    assert ended.returncode == 0
    assert len(ended.stdout.splitlines()) == len(HOSTILE_NAMES)
    assert "\x1b" not in ended.stdout


def test_the_verb_reports_each_file(lay, project: Path) -> None:
    lay("figures 2025-06-30.csv", paraguay())
    lay("letter.csv", b"Dear Sirs")
    ended = tipstat("inbox", home=project)
    assert ended.returncode == 1
    assert "pry_ine: release of 2025-06-30" in ended.stdout
    assert "letter.csv: is not taken by any source" in ended.stderr
    shutil.rmtree(paths.inbox())
    assert tipstat("inbox", home=project).returncode == 0
    assert paths.inbox().is_dir(), "for the next file"


def test_the_verb_names_what_it_leaves_there(lay, project: Path) -> None:
    lay("half.csv", b"copied so f", fresh=True)
    (paths.inbox() / "link.csv").symlink_to("/etc/passwd")
    os.mkfifo(paths.inbox() / "pipe.csv")
    ended = tipstat("inbox", home=project)
    assert ended.returncode == 0
    assert "half.csv: changed less than 10 seconds ago, perhaps still being copied" in ended.stdout
    assert "link.csv: a link, which is not followed; put the file itself there" in ended.stdout
    assert "pipe.csv: no file, but a pipe, a socket or a device, which is not read" in ended.stdout
    assert "no files" not in ended.stdout
