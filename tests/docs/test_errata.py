"""Errata: whatever was found in a release stands in the table for its publisher, and as it is."""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from conftest import ROOT
from kept_sources import keep, keep_only

from pipelines import docs
from pipelines.docs.errata import defect_texts
from pipelines.harmonised import refresh
from pipelines.harmonised.harmonise import Harmonised
from pipelines.intake import detectors
from pipelines.lib.digest import sha256
from pipelines.raw import corrections, findings, manifest
from pipelines.sources import File, discover
from schemas import codelists

GLOTIP, NEW, OLD, OLDEST = "int_unodc_glotip", "2025-10-28", "2025-04-14", "2023-05-30"
FOLDER = ROOT / "docs" / "errata"
TABLES = sorted(FOLDER.glob("*.csv"))
PAGES = sorted(FOLDER.glob("*.md"))
DONE, KIND = "what tipstat did", "detector, rule or correction"
each_table = pytest.mark.parametrize("path", TABLES, ids=[path.stem for path in TABLES])


def table(path: Path) -> pd.DataFrame:
    return codelists.read_list(path).assign(number=lambda lines: lines["row"].astype(int))


def release(path: Path) -> tuple[str, str]:
    source, _, day = path.stem.rpartition("_")
    return source, day


@pytest.fixture(scope="module")
def newest() -> pd.DataFrame:
    return table(FOLDER / f"{GLOTIP}_{NEW}.csv")


@pytest.fixture(scope="module")
def page() -> str:
    return (FOLDER / f"{GLOTIP}_{NEW}.md").read_text(encoding="utf-8")


def test_every_finding_is_listed_and_no_other() -> None:
    effects = codelists.column("remark", "effects")
    detectors = {code for code, of_findings in effects.items() if of_findings}
    found = Counter(
        (entry.source, entry.release, entry.publisher_file, each.row, each.column,
         f"{each.detector} {each.reason}".strip())
        for entry in manifest.entries()
        for each in findings.read_findings(entry)
    )  # fmt: skip
    listed = Counter(
        (*release(path), line["file"], line["row"], line.get("column", ""), line[KIND])
        for path in TABLES
        for line in table(path).to_dict("records")
        if line[KIND].split(" ")[0] in detectors
    )
    assert listed == found


def test_every_row_that_is_kept_out_is_listed(harmonised: dict[tuple, Harmonised]) -> None:
    for key, made in harmonised.items():
        kept_out = made.quarantine
        if discover()[key[0]].source.typed:  # what is broken there was typed so, not published
            kept_out = kept_out[kept_out["rule"] != "labels_are_readable"]
        rows = kept_out["locator"].str.extract(r"rows? (\d+)")[0]
        path = FOLDER / f"{'_'.join(key)}.csv"
        assert set(rows) <= (set(table(path)["row"]) if path.is_file() else set()), key


def test_every_correction_is_listed_for_each_row_that_has_the_text() -> None:
    listed = sum((Counter(table(path)[KIND]) for path in TABLES), Counter())
    made: Counter = Counter()
    for entry in manifest.entries():
        known = corrections.entries(entry.source, entry.release)
        if known:
            tidy = discover()[entry.source].tidy(File(entry.path, entry.publisher_file, known))
            made.update({name: len(places) for name, places in tidy.corrected.items()})
    assert {each.id: listed[each.id] for each in corrections.entries()} == dict(made)


@each_table
def test_treatments_are_those_of_the_published_rows(
    path: Path, harmonised: dict[tuple, Harmonised]
) -> None:
    published: dict[tuple, pd.Series] = {}
    for _, row in harmonised[release(path)].rows.iterrows():
        first, last, column = re.search(
            r"rows? (\d+)(?:-(\d+))?(?:, column (\w+))?", row["locator"]
        ).groups()
        for number in range(int(first), int(last or first) + 1):
            published[number, column or ""] = row
    for line in table(path).to_dict("records"):
        row = published.get((line["number"], line.get("column", "")))
        if row is None:
            assert line[DONE] == "not published"
            continue
        assert ("status U" in line[DONE]) == ("U" in row["obs_status"].split(";")), line
        assert ("sum of its rows" in line[DONE]) == (" + " in row["value_raw"]), line
        corrected = re.fullmatch(r"published as ([\d,]+)", line[DONE])
        assert not corrected or corrected[1] == row["value_raw"]


def test_a_period_that_our_reader_does_not_know_is_no_error_of_the_publisher(
    whole_project: Path,
) -> None:
    """Of a release without defects, and of one that is gone, there are no errata."""
    keep_only("can_sdg")
    keep(lambda _, release: release != "2022-12-31")
    [entry] = manifest.entries("can_sdg")
    text = entry.path.read_text(encoding="utf-8")
    entry.path.write_text(text.replace("\n2,2015,", "\n2,2015 p/,"), encoding="utf-8")
    manifest.enter(replace(entry, sha256=sha256(entry.path)))
    assert len(refresh.harmonised(discover()["can_sdg"], manifest.entries()).quarantine)
    stray = whole_project / "docs" / "errata" / "can_sdg_1999-01-01.md"
    stray.parent.mkdir(parents=True)
    stray.write_text("of a release that is gone", encoding="utf-8")
    written = docs.write(whole_project / "docs")
    assert [name for name in written if "can_sdg" in name] == [f"errata/{stray.name}"]
    assert not stray.exists()


@each_table
def test_labels_and_figures_are_those_that_are_printed(path: Path) -> None:
    printed = pd.concat(
        codelists.read_list(entry.path).assign(file=entry.publisher_file)
        for entry in manifest.entries(*release(path))
    ).set_index(["file", "row"])
    lines = table(path)
    assert (lines["why"] != "").all()
    of_publisher = [name for name in printed if name in lines]
    assert len(of_publisher) > 3
    rows = printed.loc[list(zip(lines["file"], lines["row"], strict=True)), of_publisher]
    assert rows.to_numpy().tolist() == lines[of_publisher].to_numpy().tolist()


@each_table
def test_nothing_finer_is_disclosed_of_a_hidden_figure(path: Path) -> None:
    lines = table(path)
    printed_here = lines.drop(columns="printed there", errors="ignore")
    hidden = lines[(printed_here == "<5").any(axis=1)]
    assert not hidden[DONE].str.contains(r"\d").any()
    assert (hidden.loc[hidden["compare with row"].str.isdecimal(), KIND] == "").all()


@pytest.mark.parametrize("day", [OLD, NEW])
def test_the_row_to_compare_with_prints_the_same_figure(day: str) -> None:
    lines = table(FOLDER / f"{GLOTIP}_{day}.csv")
    [entry] = manifest.entries(GLOTIP, day)
    figures = codelists.read_list(entry.path).set_index("row")
    compared = lines[lines["compare with row"].str.isdecimal()]
    assert len(compared) > 20
    there = figures.loc[compared["compare with row"]]
    assert there["txtVALUE"].tolist() == compared["txtVALUE"].tolist()
    assert there["Country"].tolist() == compared["Country"].tolist()
    assert not (there.index == compared["row"]).any()


@pytest.fixture(scope="module")
def older() -> pd.DataFrame:
    return table(FOLDER / f"{GLOTIP}_{OLD}.csv")


def test_each_line_says_what_became_of_it_in_the_newest_release(query: Callable) -> None:
    """The warehouse says so, except of figures that it withholds."""
    names = codelists.labels("erratum_outcome", "en")
    for day, other in ((OLDEST, NEW), (OLD, NEW), (NEW, OLD)):
        known = query(
            'select "row", outcome from harmonised.erratum_in_release '
            f"where source = '{GLOTIP}' and release = '{day}' and other_release = '{other}'"
        )
        judged = {(row, names[outcome]) for row, outcome in known}
        withheld = {row for row, outcome in known if outcome == "NOT_COMPARED"}
        lines = table(FOLDER / f"{GLOTIP}_{day}.csv")
        said = set(zip(lines["row"], lines[f"in the release of {other}"], strict=True))
        assert {row for row, _ in said} <= {row for row, _ in judged}
        assert not {(row, name) for row, name in said - judged if row not in withheld}


def test_what_is_printed_now_is_in_the_newest_release(older: pd.DataFrame) -> None:
    [entry] = manifest.entries(GLOTIP, NEW)
    figures = codelists.read_list(entry.path)
    printed = figures.groupby(["Country", "Year"])["txtVALUE"].agg(set)
    said = older[older["printed there"] != ""]
    assert len(said) > 500
    for country, year, texts in said[["Country", "Year", "printed there"]].itertuples(index=False):
        assert {*texts.split("; ")} <= printed[country, year]


def test_lines_that_the_release_before_had_too_are_those_that_print_the_same_since(
    older: pd.DataFrame, newest: pd.DataFrame
) -> None:
    same = codelists.labels("erratum_outcome", "en")["SAME"]
    then = older[older[f"in the release of {NEW}"] == same].drop_duplicates("row")
    now = newest[newest[f"in the release of {OLD}"] == same].drop_duplicates("row")
    columns = ["Country", "Indicator", "Year", "txtVALUE"]
    assert len(now) > 600
    assert Counter(map(tuple, now[columns].to_numpy())) <= Counter(
        map(tuple, then[columns].to_numpy())
    )


def test_whole_tables_are_named_with_their_years(newest: pd.DataFrame, page: str) -> None:
    false = {"COPIED_TABLE", "MARGIN_IS_MARGIN"}
    [entry] = manifest.entries(GLOTIP, NEW)
    tables = {
        (f"{each.indicator} {each.kind}", str(each.year))
        for each in findings.read_findings(entry)
        if each.detector in false and each.effect == "KEEP_OUT"
    }
    contact = "*Persons brought into formal contact · "
    headings = {
        "PER_CONVICT exploitation": "*Persons convicted · by form of exploitation · ",
        "PER_CONTACT sex": f"{contact}Female / Male / Other*",
        "PER_CONTACT age": f"{contact}0 to 17 years / 18 years or over*",
        "PER_CONTACT sex x age": f"{contact}Female / Male / Other / Unknown · 0 to 17 years / 18",
        "PER_PROSEC age": "*Persons prosecuted · 18 years or over / 0 to 17 years*",
    }
    assert {name for name, _ in tables} == set(headings)
    section = page.partition("## Tables that hold")[2].partition("\n## ")[0]
    assert section.count("* holds the figures of *") == len(headings)
    assert all(heading in section for heading in headings.values())
    years = Counter(re.findall(r"^\| (\d{4}) \|", section, re.MULTILINE))
    assert years == Counter(year for _, year in tables)
    assert set(newest.loc[newest[KIND].isin(false), "Year"]) == set(years)


def test_filled_columns_are_counted_by_what_the_cells_stand_for(
    newest: pd.DataFrame, page: str
) -> None:
    [entry] = manifest.entries(GLOTIP, NEW)
    found = Counter(
        each.reason for each in findings.read_findings(entry) if each.detector == "FILLED_COLUMN"
    )
    assert set(found) == {"F1", "F2", "F3", "F4", "FA"}
    for reason, rows in found.items():
        title = defect_texts.wording("FILLED_COLUMN", reason, "KEEP_OUT").title
        assert f"| {title} | {rows} |" in page
        listed = newest[newest[KIND] == f"FILLED_COLUMN {reason}"]
        assert len(listed) == rows
        assert set(listed["txtVALUE"]) <= {"<5", "0"}
    section = page.partition("## Columns filled")[2].partition("\n## ")[0]
    counts = re.findall(
        r"^\| Detected trafficking victims .*?\) \| ([\d| ]+) \| [^|]+ \|$", section, re.M
    )
    assert sum(int(number) for row in counts for number in row.split(" | ")) == found.total()


def test_rows_that_are_added_up_are_listed_with_their_rows(newest: pd.DataFrame) -> None:
    known = pd.read_csv(ROOT / "tests" / "sources" / "glotip_repeated_rows.csv", dtype=str)
    known = known[known["release"] == NEW]
    listed = newest[newest[KIND].str.startswith("SUM_OF_")]
    spans = set(listed["compare with row"])
    rows = zip(known["first_row"], known["last_row"], known["lower"], strict=True)
    expected = {f"{first}–{last}" for first, last, lower in rows if isinstance(lower, str)}
    expected -= {"63708–63711", "63713–63716"}  # sums that a correction makes unknown
    assert spans == expected


@pytest.mark.parametrize("path", PAGES, ids=[path.stem for path in PAGES])
def test_a_page_can_be_read(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"^\|(---\|)+\n+(?!\|)", text, re.M), "a table without a line"
    codes = {*codelists.codes("indicator"), *codelists.codes("remark")}
    assert not [code for code in codes if re.search(rf"\b{code}\b", text)], "our codes, not words"
    assert "nan" not in re.findall(r"\w+", text)


def test_there_are_words_for_whatever_detectors_find() -> None:
    known = {each.code for each in defect_texts.known()}
    assert {detector.code for detector in detectors.discover()} <= known
    for each in defect_texts.known():
        assert each.certainty in defect_texts.CERTAINTIES
