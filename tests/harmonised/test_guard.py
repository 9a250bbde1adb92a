"""The guard holds back releases that have the right form and are false, and lets real ones pass.

`make planted` compares every real release with those before it; here each source's newest one and
those of which the guard says something.
"""

import itertools
from pathlib import Path
from typing import Final

import pandas as pd
import pytest
from conftest import observations, suppressed
from doubtful_releases import CASES, HONEST, MORE, REPORT, Case, Honest
from guard_trials import kinds, replay, trials, unodc
from harmonised_releases import Releases
from small_warehouse import MISSING

from pipelines.harmonised import guard
from pipelines.harmonised.guard import checks, scale, totals
from pipelines.harmonised.guard.history import history
from pipelines.harmonised.guard.pairs import Scope, pair
from pipelines.harmonised.harmonise import Harmonised, harmonise
from pipelines.raw import corrections, findings, manifest, reviews
from pipelines.sources import File, discover
from schemas import codelists
from schemas.contract import CONTRACTS
from schemas.observation import CELL

pytestmark = pytest.mark.slow


def rows(count: int, changed: int = 0) -> pd.DataFrame:
    return observations(
        *(
            {"time_period": str(1990 + at), "value": 1000 + at + (at < changed)}
            for at in range(count)
        )
    )


def doubts(before: pd.DataFrame, after: pd.DataFrame, scope: Scope = Scope.ALL) -> list[str]:
    pairs = pair(before, after, CELL, scope)
    return [each.says for each in checks.doubts(pairs, scope)]


@pytest.mark.parametrize(
    ("count", "changed", "words"),
    [
        (27, 5, []),
        (30, 5, []),
        (26, 0, ["lacks 4 of the 30 current figures"]),
        (30, 7, ["changes 7 of the 30 figures in both"]),
        (0, 0, ["lacks 30 of the 30 current figures"]),
    ],
)
def test_what_makes_a_release_look_wrong(count: int, changed: int, words: list[str]) -> None:
    after = rows(count, changed) if count else rows(1).head(0)
    found = doubts(rows(30), after)
    assert len(found) == len(words)
    assert all(map(str.startswith, found, words))


def test_figures_that_come_to_it_are_welcome() -> None:
    assert doubts(rows(10), rows(30)) == []


def test_a_size_that_is_doubted_was_printed() -> None:
    """The total is named, not what total, women and men add up to."""
    steps = {2018: 100, 2019: 110, 2020: 95, 2021: 105, 2022: 100, 2023: 1_000}
    shares = {"_T": 1.0, "F": 0.6, "M": 0.4}
    figures = observations(
        *(
            {"time_period": str(year), "sex": sex, "value": round(count * share)}
            for year, count in steps.items()
            for sex, share in shares.items()
        )
    )
    is_new = figures["time_period"] == "2023"
    none = figures.head(0)
    beside = history(figures[~is_new], figures, CELL, none, none)
    [first, *_] = scale.doubts(beside)
    assert (first.found, first.expected) == (1_000, 100)


def test_a_total_rate_is_between_those_of_its_sexes() -> None:
    """As Jamaica's are, until labels are one line off."""
    rates = {
        2018: (0.18, 0.36, 0.0), 2019: (0.26, 0.22, 0.3), 2020: (0.29, 0.51, 0.07),
        2021: (0.44, 0.65, 0.22), 2022: (0.33, 0.58, 0.07), 2023: (0.51, 0.15, 0.04),
    }  # fmt: skip
    figures = observations(
        *(
            {"ref_area": "JAM", "indicator": "VIC_DETECT_RATE", "time_period": str(year)}
            | {"sex": sex, "value": value}
            for year, values in rates.items()
            for sex, value in zip(("_T", "F", "M"), values, strict=True)
        )
    )
    is_new = figures["time_period"] == "2023"
    none = figures.head(0)
    [found] = totals.doubts(history(figures[~is_new], figures, CELL, none, none))
    assert (found.time_period, found.found, found.expected) == ("2023", 0.51, 0.15)


def test_a_release_that_updates_some_cells_need_not_have_the_others() -> None:
    assert doubts(rows(30), rows(30, changed=2).head(12), Scope.CELLS) == []
    assert doubts(rows(30), rows(30, changed=12).head(12), Scope.CELLS) != []


@pytest.mark.parametrize(
    ("before", "after", "is_changed"),
    [
        ({"value": 0}, suppressed(), True),
        (suppressed(), {"value": 0}, False),
        (suppressed(), {"value": 4}, False),
        (suppressed(), {"value": 5}, True),
        (suppressed(), suppressed(lower=1), False),
        (suppressed(lower=1), suppressed(), True),
        (suppressed(lower=1), {"value": 0}, True),
        (suppressed(upper=None), {"value": 9}, False),
        (suppressed(), suppressed(upper=None), True),
        ({"value": 12}, {"value": 12}, False),
        ({"value": 12}, {"value": 13}, True),
        (MISSING, MISSING, False),
        (MISSING, MISSING | {"obs_status": "L"}, True),
        (MISSING, {"value": 12}, True),
    ],
)
def test_a_figure_within_the_bounds_before_is_no_change(
    before: dict, after: dict, is_changed: bool
) -> None:
    found = pair(observations(before), observations(after), CELL, Scope.ALL)
    assert found["changed"].tolist() == [is_changed]


def beside(source: str, action: str, before: list[pd.DataFrame], release: Harmonised) -> list[str]:
    """What looks wrong about a release beside the current ones, the newest first."""
    publication = discover()[source]
    current = guard.stacked(before, CONTRACTS[publication.source.contract].cell)
    return guard.compare(publication, action, current, release).lines


def made(case: Case | Honest, folder: Path) -> Harmonised:
    """The release that a case makes of a real one, harmonised."""
    files = []
    known = tuple(corrections.entries(case.release[0], "2026-11-01"))
    for entry in manifest.entries(*case.release):
        path = folder / entry.path.name
        table = case.change(codelists.read_list(entry.path))
        table.to_csv(path, index=False, lineterminator="\n")
        left = {*table["row"]}
        found = [each for each in findings.read_findings(entry) if each.row in left]
        files.append(File(path, entry.publisher_file, known, found))
    return harmonise(discover()[case.release[0]], "2026-11-01", *files)


@pytest.mark.parametrize(
    "case",
    [*CASES, *(pytest.param(each, marks=pytest.mark.exhaustive) for each in MORE)],
    ids=lambda case: f"{case.release[0]}: {case.what}",
)
def test_a_false_release_is_held_back(case: Case, harmonised: Releases, tmp_path: Path) -> None:
    action = manifest.entries(*case.release)[0].action
    release = made(case, tmp_path)
    before = [harmonised[case.release].rows]
    found = beside(case.release[0], action, before, release) or [release.too_short]
    assert case.words in "; ".join(found)


@pytest.mark.parametrize("case", HONEST, ids=lambda case: f"{case.release[0]}: {case.what}")
def test_an_honest_release_passes(case: Honest, harmonised: Releases, tmp_path: Path) -> None:
    action = manifest.entries(*case.release)[0].action
    before = [harmonised[case.release].rows]
    assert beside(case.release[0], action, before, made(case, tmp_path)) == []


SAMPLE: Final = {"jam_statin": "2021", "usa_sdg": "2018"}
"""Cuts of short series, one with groups; `make planted` tries many others."""
UNSEEN_IN_SHORT: Final = {"two forms exchanged", "women and men exchanged"}
"""What Jamaica's few persons do not show."""

TRUE: Final = {"bra_sit": "2015", "can_statcan": "2021", "int_unsd_sdg": "2011"}
"""Cuts after years without a figure, with a rate as the year before, and with rates and counts."""


@pytest.mark.parametrize(("source", "end"), TRUE.items())
def test_a_true_release_passes_that_says_nothing_twice(
    source: str, end: str, harmonised: Releases
) -> None:
    cut = replay.cut_of(harmonised, source, end)
    assert not replay.compared(cut, cut.after).doubts


def test_short_false_releases_are_held_back_and_true_ones_pass(harmonised: Releases) -> None:
    cuts = [replay.cut_of(harmonised, *each) for each in SAMPLE.items()]
    found = pd.DataFrame([trial for cut in cuts for trial in trials.of_cut(cut)])
    assert not found.loc[found["kind"] == trials.TRUE, "held"].any()
    unseen = [trials.TRUE, *map(kinds.name, kinds.UNSEEN)]
    seen = found[~found["kind"].isin(unseen)]
    assert len(seen) >= 12
    assert set(seen.loc[~seen["held"], "kind"]) <= UNSEEN_IN_SHORT


def test_a_false_year_of_unodc_is_held_back(harmonised: Releases) -> None:
    cut = replay.cut_of(harmonised, "int_unodc_glotip", unodc.YEAR)
    assert not replay.compared(cut, cut.after).doubts
    false = dict(unodc.false_releases(cut))
    for name in ("sexes of one state exchanged", "all totals times 1.5"):
        assert replay.compared(cut, false[name]).doubts, name


def test_unattended_a_release_waits_that_cannot_be_judged(harmonised: Releases) -> None:
    publication = discover()["pry_ine"]
    [(_, release)] = [each for each in harmonised.items() if each[0][0] == "pry_ine"]
    current = guard.stacked([release.rows], CONTRACTS["observation"].cell).head(0)
    unattended = guard.compare(publication, manifest.MERGE, current, release, attended=False)
    assert [each.kind for each in unattended.doubts] == ["first"]
    assert not guard.compare(publication, manifest.MERGE, current, release).doubts


def test_the_proof_sheet_has_each_new_figure_beside_the_last_one(harmonised: Releases) -> None:
    cut = replay.cut_of(harmonised, "can_sdg", "2024")
    [row] = replay.compared(cut, cut.after).sheet().itertuples()
    assert (row.last_period, row.time_period, row.steps) == ("2023", "2024", 8)
    assert row.least_step < row.factor < row.most_step < row.noticed


def test_an_old_report_again_says_nothing_new(harmonised: Releases) -> None:
    source = REPORT[0]
    shipped = [rows.rows for (name, _), rows in harmonised.items() if name == source]
    again = harmonised[REPORT]
    found = beside(source, manifest.MERGE, shipped[::-1], again)
    assert found == ["adds nothing to the release of 2021-07-01"]


def test_a_real_release_that_comes_after_a_newer_one_passes(harmonised: Releases) -> None:
    """A newer one that has some cells only is no release to compare with."""
    found = []
    for (source, release), (newer_source, newer) in itertools.pairwise(harmonised):
        action = manifest.entries(newer_source, newer)[0].action
        is_partial = guard.is_partial(discover()[newer_source], action)
        reviewed = reviews.last(source, newer)
        is_typed = discover()[newer_source].source.typed  # such a release may repeat one before
        if source == newer_source and not (is_typed or is_partial or reviewed):
            after = [harmonised[source, newer].rows]
            older = harmonised[source, release]
            found.append(beside(source, manifest.MERGE, after, older))
    assert found
    assert not any(found)


REVIEWED = {
    ("int_unodc_glotip", "2025-04-14"): [
        "United States, Detected victims of 2022 (the first of its series): 6,825",
        "Venezuela, Detected victims of 2021: Adults",
        "United States, Detected victims of 2021: 932 before, now 6",
    ],
    ("mex_sesnsp", "2026-03-31"): [
        "all areas of 2026-03: nothing for Victims recorded in police or prosecution files",
    ],
}
"""What the guard says of a release that a person accepted: each line is true of the file."""


@pytest.mark.parametrize("every", [False, pytest.param(True, marks=pytest.mark.exhaustive)])
def test_the_real_releases_pass(harmonised: Releases, *, every: bool) -> None:
    """Each beside those that stood before it, in the order in which they came."""
    newest = dict(harmonised.keys())  # the last release of each source
    for source in {name for name, _ in harmonised}:
        before: list[pd.DataFrame] = []
        for release in (day for name, day in harmonised if name == source):
            action = manifest.entries(source, release)[0].action
            found = harmonised[source, release]
            asked = every or release == newest[source] or (source, release) in REVIEWED
            if before and asked:
                lines = beside(source, action, before, found)
                expected = REVIEWED.get((source, release), [])
                if reviews.last(source, release) and not expected:
                    assert lines, "a person decided about what the guard doubts"
                    continue
                assert len(lines) == len(expected), lines
                assert all(map(str.startswith, lines, expected)), lines
            before = [found.rows, *(before if action == manifest.MERGE else [])]
