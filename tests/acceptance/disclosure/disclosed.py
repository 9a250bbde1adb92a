"""Counts of UNODC's hidden cells that further publications reveal beyond its newest release.

The newest release alone is the baseline: every reader has it. The older releases are files of
UNODC's too, but a reader must know that they are there and which of their figures still hold.

Whether what follows is right cannot be known of cells that are hidden. Two counts tell how often:

- Trial: figures of `BANDS` are hidden in all releases, as a publisher with a higher threshold
  would. Then the attacker knows as much of them as of a `<5`, and what he takes them for is held
  against the print.
- Exam: the newest release prints zeros, which the older ones hid as `<5`. What the older ones give
  away by themselves is held against it: a 0 against `0`, a 1 to 4 against `<5`.
"""

import csv
import io
import subprocess
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Final

import pandas as pd
from attack import BLOCK, Bounds, Found, Key, given_away, rightly
from statements import beyond, statements

from pipelines.published.attack_counts import AttackCount
from schemas.figure import FigureError, parse

UNODC: Final = "int_unodc_glotip"
RELEASES: Final = tuple(f"{UNODC} {day}" for day in ("2025-10-28", "2025-04-14", "2023-05-30"))
"""The worlds of UNODC's releases, the newest first."""
NEW, BEFORE, OLD = RELEASES
OLDER: Final = (BEFORE, OLD)
BANDS: Final = ((5, 9), (10, 14))
"""Figures that are hidden for trial: as many values as a `<5` may have, and nearly as small."""
FORMS: Final = {False: "add_up", True: "overlap"}
"""What the attacker takes of forms of exploitation."""
NOUGHT: Final = (0.0, 0.0)
ONE_TO_FOUR: Final = (1.0, 4.0)

CONFIRMED, OPEN, CONTRADICTED = "confirmed", "open", "contradicted"
LINKED: Final = {
    "release_before": ((BEFORE,), {CONFIRMED, OPEN, CONTRADICTED}),
    "older_releases": (OLDER, {CONFIRMED, OPEN, CONTRADICTED}),
    "older_releases_not_contradicted": (OLDER, {CONFIRMED, OPEN}),
    "older_releases_confirmed": (OLDER, {CONFIRMED}),
}
"""Attackers who link older releases everywhere, or only in some blocks."""
TRIALS: Final = ("least_value", "newest_release", *LINKED)
EXAMS: Final = ("zero", "release_before", "oldest_release")

SOURCES: Final = {
    "us_reports": "usa_tip_report", "statin": "jam_statin", "unsd": "int_unsd_sdg",
}  # fmt: skip
"""Sources that print figures of the same persons or cases."""
OWN_VIEWS: Final = "own_views"
EARLIER_COMMITS: Final = "unsd_earlier_commits"

_KEY: Final = [*BLOCK, "cell"]
_UNSD: Final = "data/raw/int_unsd_sdg"
_SERIES: Final = {
    "VC_HTF_DETV": "_T", "VC_HTF_DETVSX": "SX", "VC_HTF_DETVFL": "FL", "VC_HTF_DETVOG": "OG",
    "VC_HTF_DETVOP": "OP",
}  # fmt: skip


def of(claims: pd.DataFrame, *worlds: str) -> pd.DataFrame:
    """Statements of sources or releases. What others than UNODC hide is not searched for."""
    here = claims[claims["world"].str.startswith(worlds)]
    return here.assign(hides=here["hides"] & here["world"].str.startswith(UNODC))


def where_others_are(claims: pd.DataFrame) -> pd.DataFrame:
    """Only the blocks of which others than UNODC say something too."""
    return _where(claims, claims[~claims["world"].str.startswith(UNODC)])


def _where(claims: pd.DataFrame, others: pd.DataFrame) -> pd.DataFrame:
    return claims.merge(others[BLOCK].drop_duplicates())


def hidden_now(prints: pd.DataFrame) -> Found:
    """The cells that the newest release hides."""
    newest = of(prints, NEW)
    return _keys(newest[newest["hides"]])


def revealed_beside(
    prints: pd.DataFrame, others: pd.DataFrame, own: Found, *, overlap: bool
) -> Found:
    """The cells hidden now that others give away beside the newest release, and it does not."""
    both = _where(pd.concat([of(prints, NEW), of(others, "")]), others)
    return (given_away(both, overlap=overlap, together=True) & hidden_now(prints)) - own


def newest_release(prints: pd.DataFrame, *, overlap: bool) -> Found:
    """The cells that the newest release gives away by itself."""
    return given_away(of(prints, NEW), overlap=overlap, together=True)


def by_newest_release(prints: pd.DataFrame, own: Found, *, overlap: bool) -> AttackCount:
    """Count the cells that the newest release gives away by itself."""
    return AttackCount("newest_release", FORMS[overlap], len(hidden_now(prints)), len(own))


def by_others(
    prints: pd.DataFrame, others: pd.DataFrame, own: Found, name: str, *, overlap: bool
) -> AttackCount:
    """Count the cells that others reveal beside the newest release."""
    found = revealed_beside(prints, others, own, overlap=overlap)
    return AttackCount(name, FORMS[overlap], len(hidden_now(prints)), len(found))


def others_of(prints: pd.DataFrame, claims: pd.DataFrame, name: str) -> pd.DataFrame:
    """What one of `SOURCES` prints, or the published views say of the newest release."""
    said = beyond(prints, claims) if name == OWN_VIEWS else prints
    return said[said["world"].str.startswith(SOURCES.get(name, NEW))]


def by_older_releases(prints: pd.DataFrame, own: Found, *, overlap: bool) -> list[AttackCount]:
    """Count the cells that older releases reveal beside the newest."""
    found = cache(lambda older: revealed_beside(prints, of(prints, *older), own, overlap=overlap))
    sought = len(hidden_now(prints))
    return [
        AttackCount(
            name, FORMS[overlap], sought, len(_in_linked(found(older), prints, older, links))
        )
        for name, (older, links) in LINKED.items()
    ]


def on_trial(prints: pd.DataFrame, *, overlap: bool) -> list[AttackCount]:
    """The same of cells that are hidden for trial: how often the attacker is right."""
    count: Counter[str] = Counter()
    for band in BANDS:
        hidden, truth = _hide(of(prints, *RELEASES), *band)
        newest = rightly(of(hidden, NEW), truth, overlap=overlap)
        both = cache(
            lambda older, hidden=hidden, truth=truth: rightly(
                _where(of(hidden, NEW, *older), of(hidden, *older)), truth, overlap=overlap
            )
        )
        judged = {"least_value": {key: least == band[0] for key, (least, _) in truth.items()}}
        judged["newest_release"] = newest
        for name, (older, links) in LINKED.items():
            further = both(older).keys() - newest
            here = _in_linked(further, hidden, older, links)
            judged[name] = {key: both(older)[key] for key in here}
        count["sought"] += len(truth)
        for name, each in judged.items():
            count[name] += len(each)
            count[f"{name} right"] += sum(each.values())
    return [
        AttackCount(
            f"trial_{name}", FORMS[overlap], count["sought"], count[name], count[f"{name} right"]
        )
        for name in TRIALS
    ]


def examined(released: pd.DataFrame, *, overlap: bool) -> list[AttackCount]:
    """Count how often what older releases gave away agrees with the newest, which prints zeros.

    Args:
        released: every release as it was read, without an earlier figure withheld.
        overlap: whether the attacker takes it that forms of exploitation overlap.
    """
    newest = released[released["world"] == NEW]
    now = dict(zip(_ordered_keys(newest), _bounds(newest), strict=True))
    before = released[(released["world"] == BEFORE) & released["hides"]]
    truth = {
        key: now[key]
        for key, printed in zip(_ordered_keys(before), _bounds(before), strict=True)
        if printed == (0, 4) and now.get(key) in (NOUGHT, ONE_TO_FOUR)
    }
    alone = rightly(of(released, BEFORE), truth, overlap=overlap)
    both = rightly(_where(of(released, *OLDER), of(released, OLD)), truth, overlap=overlap)
    judged = {
        "zero": {key: printed == NOUGHT for key, printed in truth.items()},
        "release_before": alone,
        "oldest_release": {key: right for key, right in both.items() if key not in alone},
    }
    return [
        AttackCount(f"exam_{name}", FORMS[overlap], len(truth), len(each), sum(each.values()))
        for name, each in judged.items()
    ]


def every_line(
    prints: pd.DataFrame, claims: pd.DataFrame, released: pd.DataFrame, before: pd.DataFrame
) -> Iterator[AttackCount]:
    """Count all that `attack_counts.csv` has, in its order.

    Args:
        prints: the figures that publishers print.
        claims: the statements of the published views.
        released: every release of UNODC's as it was read.
        before: UNSD's figures of earlier commits.
    """
    for overlap in FORMS:
        own = newest_release(prints, overlap=overlap)
        yield by_newest_release(prints, own, overlap=overlap)
        yield from by_older_releases(prints, own, overlap=overlap)
        for name in SOURCES:
            others = others_of(prints, claims, name)
            yield by_others(prints, others, own, name, overlap=overlap)
        yield by_others(prints, before, own, EARLIER_COMMITS, overlap=overlap)
        others = others_of(prints, claims, OWN_VIEWS)
        yield by_others(prints, others, own, OWN_VIEWS, overlap=overlap)
        yield from on_trial(prints, overlap=overlap)
        yield from examined(released, overlap=overlap)


def _hide(prints: pd.DataFrame, least: int, most: int) -> tuple[pd.DataFrame, dict[Key, Bounds]]:
    """Hide the exact figures of a band, seek no others; return what was printed too."""
    in_band = _is_exact(prints) & prints["lower"].between(least, most)
    now = prints[in_band & (prints["world"] == NEW)]
    truth = dict(zip(_ordered_keys(now), _bounds(now), strict=True))
    return prints.assign(
        lower=prints["lower"].mask(in_band, least),
        upper=prints["upper"].mask(in_band, most),
        hides=in_band,
    ), truth


def _in_linked(
    found: Iterable[Key], prints: pd.DataFrame, older: tuple[str, ...], links: set[str]
) -> Found:
    """Those of the cells in whose blocks older releases and the newest are linked so."""
    linked = _linked(prints, older)
    return {key for key in found if linked.get(key[: len(BLOCK)], OPEN) in links}


def _linked(prints: pd.DataFrame, older: tuple[str, ...]) -> dict[Key, str]:
    """The blocks in which releases print exact figures of one cell, and whether they agree."""
    exact = prints[_is_exact(prints)].drop_duplicates(["world", *_KEY])
    both = exact[exact["world"] == NEW].merge(exact[exact["world"].isin(older)], on=_KEY)
    agree = (both["lower_x"] == both["lower_y"]).groupby([both[name] for name in BLOCK]).all()
    return {block: CONFIRMED if agrees else CONTRADICTED for block, agrees in agree.items()}


def _is_exact(prints: pd.DataFrame) -> pd.Series:
    return (prints["lower"] == prints["upper"]) & ~prints["is_share"]


def _bounds(prints: pd.DataFrame) -> list[Bounds]:
    return [*prints[["lower", "upper"]].itertuples(index=False, name=None)]


def _keys(prints: pd.DataFrame) -> Found:
    return {*_ordered_keys(prints)}


def _ordered_keys(prints: pd.DataFrame) -> list[Key]:
    return [*prints[_KEY].itertuples(index=False, name=None)]


def unsd_as_committed_before(root: Path) -> pd.DataFrame | None:
    """Read what earlier commits of UNSD's tables print; None in a copy without earlier commits.

    A reading of its own: the project's would hide what is looked for.
    """
    commits = _git(root, "log", "--format=%H", "--", f"{_UNSD}/*.csv").split()
    printed: dict[tuple[str, ...], dict[str, object]] = {}
    for commit in commits[1:]:
        for name in _git(root, "ls-tree", "--name-only", commit, f"{_UNSD}/").split():
            if not name.endswith(".findings.csv"):
                for row in _rows_of_unsd(_git(root, "show", f"{commit}:{name}")):
                    printed.setdefault(tuple(map(str, row.values())), row)
    return statements(pd.DataFrame([*printed.values()])) if printed else None


def _rows_of_unsd(text: str) -> list[dict[str, object]]:
    rows = []
    for line in csv.DictReader(io.StringIO(text)):
        for year in (name for name in line if name.startswith("value_2")):
            try:
                figure = parse(line[year], "en_US")
            except FigureError:
                continue
            rows.append(
                {
                    "source": "int_unsd_sdg", "release": "before", "ref_area": line["ISO3"],
                    "indicator": "VIC_DETECT", "time_period": year.removeprefix("value_"),
                    "sex": line["sexCode"], "age": line["ageCode"],
                    "exploitation": _SERIES[line["seriesCode"]],
                    "lower": figure.lower, "upper": figure.upper,
                }
            )  # fmt: skip
    return rows


def _git(root: Path, *command: str) -> str:
    made = subprocess.run(
        ["git", "-C", root, *command], capture_output=True, text=True, check=False
    )
    return made.stdout
