"""Forms on their way to readers: what is published of them, and what one of them may hold back."""

from dataclasses import replace
from pathlib import Path

import duckdb
import filled_forms
import pytest
from case_release import SOURCE, STATE, cells, printed_release, write_folder
from state_reports import home

from pipelines.cases import printed
from pipelines.harmonised import refresh
from pipelines.intake import case_release
from pipelines.lib import paths
from pipelines.lib.digest import sha256
from pipelines.published.versions import sound
from pipelines.published.versions.version import WAREHOUSE
from pipelines.questionnaire import published_figures, reading, submission
from pipelines.questionnaire.check import Checked
from pipelines.questionnaire.form import Form
from pipelines.raw import manifest
from pipelines.sources import discover
from schemas.case import DIMENSIONS

__all__ = ["home"]
pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("home")]

PARAGUAY = {
    "VIC_DETECT|_T|_T|_T|_T": 93, "VIC_DETECT|F|_T|_T|_T": 71, "VIC_DETECT|M|_T|_T|_T": 20,
    "VIC_DETECT|_O|_T|_T|_T": 2, "VIC_DETECT|_U|_T|_T|_T": 0,
    # the form leaves two persons of unknown sex out: one hidden part was enough to stop everything
    "PER_PROSEC|_T|_T|_T|_T": 100, "PER_PROSEC|F|_T|_T|_T": 60, "PER_PROSEC|M|_T|_T|_T": 38,
    "PER_CONVICT|_T|_T|_T|_T": 3, "PER_CONVICT|F|_T|_T|_T": 3, "PER_CONVICT|M|_T|_T|_T": 0,
}  # fmt: skip


def submitted(folder: Path, state: str, counts: dict[str, int]) -> str:
    """Submit a form of 2023; return the id of its source."""
    asked = Form(state, 2023, "es")
    given = filled_forms.stated(asked) | {name: f"{count}" for name, count in counts.items()}
    place = filled_forms.write(folder / f"{state}.xlsx", asked, given)
    assert submission.submit(place, folder).entry
    return f"{state.lower()}_national_report"


def built() -> list[str]:
    """Build the warehouse of all that was entered; return the sources that are held back."""
    for source in {entry.source for entry in manifest.entries()}:
        refresh.refresh_locked(discover()[source])
    return [each.source for each in sound.build_warehouse(paths.harmonised())]


def spoil(source: str, old: str, new: str) -> None:
    """Replace a text in the figure table of a source, and enter its checksum anew."""
    [entry] = manifest.entries(source)
    text = entry.path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    entry.path.write_text(text.replace(old, new), encoding="utf-8")
    manifest.enter(replace(entry, sha256=sha256(entry.path)))


def test_ranges_travel_and_what_gives_itself_away_or_contradicts_another_source_is_told(
    tmp_path, capfd
) -> None:
    """A release that gives hidden counts away holds back itself; contradictions are remarks.

    Of a form and case records that contradict each other the one that arrives second is told;
    readers see that another source has another figure.
    """
    good = submitted(tmp_path, "PRY", PARAGUAY)
    bad = submitted(tmp_path, "HTI", {**PARAGUAY, "INV_OPENED|_T|_T|_T|_T": 40})
    spoil(bad, ",>=18 <=21,", ",20,")  # now it follows that two are of another sex
    total = contradicting(tmp_path, capfd)
    assert built() == [bad]
    with duckdb.connect(paths.next_version() / WAREHOUSE, read_only=True) as connection:
        ranges = connection.execute(
            "select indicator || ' ' || sex, lower, upper, conf_status from harmonised.observation "
            "where source = ? and value is null order by 1",
            [good],
        ).fetchall()
        remarks = connection.execute(
            "select source, other_source, other_value from published.remark "
            "where remark in ('OTHER_FIGURE', 'TWICE_ANOTHER') order by all"
        ).fetchall()
    assert ranges == [
        ("PER_CONVICT _T", 1, 4, "A"),
        ("VIC_DETECT M", 18, 21, "S"),
        ("VIC_DETECT _O", 1, 4, "A"),
    ]
    form = f"{STATE.lower()}_national_report"
    assert remarks == [(SOURCE, form, 3 * total), (form, SOURCE, total)]


def contradicting(folder: Path, capfd: pytest.CaptureFixture[str]) -> int:
    """Enter a form and case records that contradict it; return the total of the records."""
    released = write_folder(folder / "counted", printed_release(cells(5), "2021-06-30", None))
    figures = printed.figures(released / "printed.csv").set_index(list(DIMENSIONS))["value"]
    total, women = (
        int(figures["VIC_IDENT", STATE, "2020", sex, "_T", "_T", "_T"]) for sex in ("_T", "F")
    )
    asked = Form(STATE, 2020, "es")
    names = {sex: f"VIC_IDENT|{sex}|_T|_T|_T" for sex in ("_T", "F", "M")}

    def place(**counts: int) -> Path:
        given = {names[sex]: f"{count}" for sex, count in counts.items()}
        return filled_forms.write(folder / "form.xlsx", asked, filled_forms.stated(asked) | given)

    other = place(_T=3 * total, F=2 * women, M=total)
    assert submission.submit(other, folder).entry
    case_release.add(released)
    warnings = [line for line in capfd.readouterr().err.splitlines() if "VIC_IDENT" in line]
    assert len(warnings) == 1, "its parts say nothing more"
    for counts, differs in (
        ({"_T": 3 * total, "F": 2 * women, "M": total}, ["_T"]),
        ({"_T": total, "F": women + 1}, ["F"]),
        ({"_T": total, "F": women}, []),
    ):
        asked_again = Checked(reading.read_here(place(**counts)), published_figures.beside(asked))
        told = [(each.name, each.code) for each in asked_again.problems]
        assert told == [(names[sex], "records") for sex in differs]
    return total
