"""Findings are kept beside the figure table of their file, and applied to it.

Of UNODC's files the newest is examined again; `make planted` examines all.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from command import tipstat
from glotip_rows import made

from pipelines.harmonised import refresh, release_files
from pipelines.harmonised.harmonise import Harmonised, harmonise
from pipelines.intake import detectors, examination, raw_table
from pipelines.raw import findings, manifest
from pipelines.raw.findings import DOUBTFUL, EXAMINED, KEEP_OUT, LIST, Finding, FindingsError
from pipelines.sources import File, discover
from schemas import codelists

GLOTIP = discover()["int_unodc_glotip"]
RELEASES = ("2023-05-30", "2025-04-14", "2025-10-28")
YEARS = [{"Year": str(year), "txtVALUE": f"{year:,}"} for year in (2018, 2019)]


def finding(row: int, effect: str, detector: str = "OWN_YEAR") -> Finding:
    return Finding(
        row=str(row),
        ref_area="COL",
        detector=detector,
        effect=effect,
        indicator="VIC_DETECT",
        kind="total",
        year=2019,
        evidence="WITHOUT_TOTAL" if detector == "FILLED_COLUMN" else "ITSELF",
        agree=44,
        compared=49,
        by_chance=4e-9,
        version="1",
        sha256="",
    )


def judged(folder: Path, *found: Finding) -> Harmonised:
    """Harmonise two figures of Colombia, rows 4 and 5, with findings about them."""
    made(folder, {"txtVALUE": "30"}, {"Sex": "Female", "txtVALUE": "12"})
    return harmonise(GLOTIP, "2025-04-14", File(folder / "figures.csv", findings=found))


def test_a_false_figure_is_kept_out_under_its_detector(tmp_path: Path) -> None:
    harmonised = judged(tmp_path, finding(5, KEEP_OUT))
    assert harmonised.rows["value"].tolist() == [30]
    kept_out = harmonised.quarantine.iloc[0]
    assert (kept_out["rule"], kept_out["found"]) == ("OWN_YEAR", "12")
    assert kept_out["message"] == (
        "The figure equals the year, which is likely a typing error: ask the "
        "publisher to correct it, or enter the right figure in data/corrections.csv"
    )
    quarantined = harmonised.account[harmonised.account["outcome"] == "quarantined"]
    assert quarantined[["reason", "rows"]].to_numpy().tolist() == [["OWN_YEAR", 1]]


def test_nobody_is_asked_to_correct_a_figure_that_was_never_reported(tmp_path: Path) -> None:
    [message] = judged(tmp_path, finding(5, KEEP_OUT, "FILLED_COLUMN")).quarantine["message"]
    assert "(44 areas print it without the total, 5 the total alone (by chance: 4e-09))" in message
    assert "nothing to do" in message
    assert "data/corrections.csv" not in message


def test_a_doubtful_figure_is_published_with_status_u_and_its_detector(tmp_path: Path) -> None:
    rows = judged(tmp_path, finding(5, DOUBTFUL), finding(5, DOUBTFUL, "COPIED_YEAR")).rows
    assert rows["obs_status"].tolist() == ["A", "U"]
    assert rows["flags"].tolist()[1] == "OWN_YEAR;COPIED_YEAR"


def test_a_finding_about_any_row_of_a_sum_is_about_the_sum(tmp_path: Path) -> None:
    form = {"Dimension": "by form of exploitation", "Category": "Other forms of exploitation"}
    made(tmp_path, *({**form, "txtVALUE": text} for text in ("7", "8", "9")))
    file = File(tmp_path / "figures.csv", findings=[finding(6, DOUBTFUL)])
    [row] = harmonise(GLOTIP, "2025-04-14", file).rows.to_dict("records")
    assert (row["value"], row["obs_status"]) == (24, "U")
    assert row["flags"] == "SUM_OF_FORMS;OWN_YEAR"


def test_a_listed_finding_changes_nothing(tmp_path: Path) -> None:
    rows = judged(tmp_path, finding(5, LIST, "MOVED")).rows
    assert rows["obs_status"].tolist() == ["A", "A"]
    assert (rows["flags"] == "").all()


def test_a_finding_about_a_row_that_is_not_there_stops_the_release(tmp_path: Path) -> None:
    with pytest.raises(FindingsError, match="there is no row 77; examine the publisher's file"):
        judged(tmp_path, finding(77, KEEP_OUT))


def newest() -> manifest.RawFile:
    [entry] = manifest.entries("int_unodc_glotip", RELEASES[-1])
    return entry


def held_back(project: Path) -> str:
    release = release_files.Release(project / "harmonised", "int_unodc_glotip", RELEASES[-1])
    refresh.refresh(GLOTIP, release)
    return release.held_back


def test_a_release_that_was_never_examined_is_held_back(project: Path) -> None:
    findings.path_of(newest()).unlink()
    message = "was not examined for mislabelled tables; run 'tipstat examine FILE'"
    assert message in held_back(project)


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (lambda text: text.replace("sha256", "checksum", 1), "its columns are not row, column"),
        (lambda text: text.splitlines()[0], "its first line is not that of the examination"),
        (lambda text: text.replace("KEEP_OUT", "KEEP", 1), "effect must be one of KEEP_OUT, DOUBT"),
        (lambda text: text.replace("\n1", "\nx", 1), "'row' must be the number of a row"),
        (lambda text: text.replace(EXAMINED, "OWN_YEAR", 1), "evidence must be one of SAME_AREAS,"),
        (lambda text: text.replace(newest().publisher_sha256, "0" * 64), "is about another file"),
        (lambda text: text + "1,2\n", "has 2 cells instead of 24"),
        (lambda text: text.replace("SAME_AREAS", "SAME", 1), "evidence must be one of SAME_AREAS,"),
        (lambda text: text.replace(",40,59,", ",many,59,", 1), "'many' in agree is not what it"),
    ],
)
def test_damaged_findings_hold_the_release_back(
    project: Path, damage: Callable[[str], str], words: str
) -> None:
    path = findings.path_of(newest())
    path.write_text(damage(path.read_text(encoding="utf-8")), encoding="utf-8")
    assert words in held_back(project)


def test_other_findings_make_the_release_anew(project: Path) -> None:
    release = release_files.Release(project / "harmonised", "int_unodc_glotip", RELEASES[-1])
    assert refresh.refresh(GLOTIP, release)
    assert not refresh.refresh(GLOTIP, release)
    kept = findings.read_findings(newest())
    examined = replace(kept[0], row="", detector=EXAMINED, effect=LIST)
    findings.write(newest(), [examined, *kept[1:]])
    assert refresh.refresh(GLOTIP, release)


def test_a_release_is_examined_when_it_is_taken_in_and_may_be_again(project: Path) -> None:
    elsewhere = [{"Iso3_code": "ESP", "Country": "Spain", "Year": "2012"}] * 1_000
    made(project, *YEARS, *elsewhere)
    entry = raw_table.add_release(GLOTIP, project / "figures.csv", "2026-01-31", "2026-02-01")
    own_year = [each for each in findings.read_findings(entry) if each.detector == "OWN_YEAR"]
    assert {each.effect for each in own_year} == {KEEP_OUT}
    assert len(own_year) == 2
    kept = findings.path_of(entry).read_bytes()
    findings.path_of(entry).write_bytes(kept[:-100])
    assert tipstat("examine", str(project / "figures.csv"), home=project).returncode == 0
    assert findings.path_of(entry).read_bytes() == kept


def test_a_part_keeps_the_findings_of_what_it_prints_as_before(project: Path) -> None:
    """Another figure in the place of a false one is examined in the part alone.

    What older detectors found stays theirs.
    """
    table = codelists.read_list(newest().path)
    part = table[table["Iso3_code"] == "PRY"].set_index("row")
    old = [findings.examined(newest()), *findings.read_findings(newest())]
    findings.write(newest(), [replace(each, version="1") for each in old])
    before = {each.row: each.detector for each in old if each.row in part.index}
    changed = next(row for row in before if part.loc[row, "txtVALUE"].isdecimal())
    part.loc[changed, "txtVALUE"] = "1234"
    part.to_csv(project / "part.csv", lineterminator="\n")
    entry = raw_table.add_release(
        GLOTIP, project / "part.csv", "2026-05-01", "2026-05-01", partial=True
    )
    del before[changed]
    assert {each.row: each.detector for each in findings.read_findings(entry)} == before
    assert "int_unodc_glotip 2026-05-01; give" in findings.of_older_detectors(
        [entry], detectors.version()
    )


def test_examine_refuses_a_file_of_no_release(project: Path) -> None:
    other = project / "other.csv"
    other.write_text("nothing\n", encoding="utf-8")
    result = tipstat("examine", str(other), home=project)
    assert result.returncode == 1
    assert "no release in" in result.stderr
    assert "take it in with 'tipstat add-release'" in result.stderr


def test_findings_of_a_whole_file_are_not_replaced_by_those_of_a_part(project: Path) -> None:
    """UNODC's figure table has 35 states; what is false shows in the file of all the world."""
    kept = findings.path_of(newest()).read_bytes()
    result = tipstat("examine", str(newest().path), home=project)
    assert result.returncode == 1
    message = " ".join(result.stderr.split())
    assert "has 11,337 figures of 34 areas, but" in message
    assert "is of 64,999 figures of 186 areas" in message
    assert "examine data_glotip.xlsx as published" in message
    assert findings.path_of(newest()).read_bytes() == kept


@pytest.mark.parametrize(
    ("source", "release"), [("can_statcan", "2024-12-31"), ("usa_tip_report", "2015-07-27")]
)
def test_a_figure_table_that_has_all_that_was_published_may_be_examined(
    whole_project: Path, source: str, release: str
) -> None:
    """Of the one, only the table is left; of the other, it is the file that was typed."""
    [entry] = manifest.entries(source, release)
    kept = findings.read_findings(entry)
    assert tipstat("examine", str(entry.path), home=whole_project).returncode == 0
    found = [replace(each, version="") for each in findings.read_findings(entry)]
    assert found == [replace(each, version="") for each in kept]
    assert findings.examined(entry).version == detectors.version()


def test_a_file_is_examined_that_never_was(project: Path) -> None:
    findings.path_of(newest()).unlink()
    assert tipstat("examine", str(newest().path), home=project).returncode == 0
    assert findings.extent(newest()) == findings.Extent(11_337, 34)


@pytest.mark.parametrize(
    "release",
    [*(pytest.param(day, marks=pytest.mark.exhaustive) for day in RELEASES[:-1]), RELEASES[-1]],
)
def test_the_publishers_file_gives_the_shipped_table_and_findings(
    publisher_file: Callable[[str], Path], release: str
) -> None:
    file = publisher_file(f"unodc_glotip/{release}/data_glotip.xlsx")
    [entry] = manifest.entries("int_unodc_glotip", release)
    tidy = raw_table.read_raw_table(GLOTIP, file)
    _, table = raw_table.figure_table(tidy, "int_unodc_glotip")
    assert table.encode() == entry.path.read_bytes()
    found = examination.examine(GLOTIP, tidy, release, entry.action, file)
    assert found[1:] == findings.read_findings(entry)
    assert found[0].version == detectors.version()
