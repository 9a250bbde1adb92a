"""Counts of UNODC's hidden cells that further publications reveal beyond its newest release.

The newest release alone is the baseline: every reader has it. The older
release is a file of UNODC's too, but a reader must know that it is there and which of its figures
still hold.

Whether the older release is right cannot be known of cells that are hidden. So cells
that are known are hidden for trial: all figures of `BANDS`, in both releases, as a publisher with a
higher threshold would. Then the attacker knows as much of them as of a `<5`, and what he takes them
for is held against the print.
"""

import csv
import io
import subprocess
from collections import Counter
from pathlib import Path
from typing import Final

import pandas as pd
from attack import BLOCK, Found, Key, given_away, rightly
from statements import statements

from pipelines.published.attack_counts import Line
from schemas.figure import FigureError, parse

UNODC: Final = "int_unodc_glotip"
NEW, OLD = f"{UNODC} 2025-04-14", f"{UNODC} 2023-05-30"
BANDS: Final = ((5, 9), (10, 14))
"""Figures that are hidden for trial: as many values as a `<5` may have, and nearly as small."""
FORMS: Final = {False: "add_up", True: "overlap"}
"""What the attacker takes of forms of exploitation."""

CONFIRMED, OPEN, CONTRADICTED = "confirmed", "open", "contradicted"
OLDER: Final = {
    "older_release": {CONFIRMED, OPEN, CONTRADICTED},
    "older_release_not_contradicted": {CONFIRMED, OPEN},
    "older_release_confirmed": {CONFIRMED},
}
"""Attackers who link the releases everywhere, or only in some blocks."""

SOURCES: Final = {
    "headlines": f"{UNODC} 2025-10-28",
    "us_reports": "usa_tip_report", "statin": "jam_statin", "unsd": "int_unsd_sdg",
}  # fmt: skip
"""Sources that print figures of the same persons or cases; UNODC's headline figures of October 2025
lack other and unknown sexes, so that the attacker takes four parts to be the whole."""

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


def by_older_release(prints: pd.DataFrame, own: Found, *, overlap: bool) -> list[Line]:
    """Count the cells that the older release reveals beside the newest."""
    older = prints[prints["world"].str.startswith(OLD)]
    found = revealed_beside(prints, older, own, overlap=overlap)
    linked = _linked(prints)
    sought = len(hidden_now(prints))
    return [
        Line(name, FORMS[overlap], sought, sum(_link(key, linked) in links for key in found))
        for name, links in OLDER.items()
    ]


def on_trial(prints: pd.DataFrame, *, overlap: bool) -> list[Line]:
    """The same of cells that are hidden for trial: how often the attacker is right."""
    count: Counter[str] = Counter()
    for band in BANDS:
        hidden, truth = _hide(of(prints, NEW, OLD), *band)
        newest = rightly(of(hidden, NEW), truth, overlap=overlap)
        both = rightly(_where(hidden, of(hidden, OLD)), truth, overlap=overlap)
        further = {key: right for key, right in both.items() if key not in newest}
        linked = _linked(hidden)
        count["sought"] += len(truth)
        count["least_value"] += len(truth)
        count["least_value right"] += sum(figure == band[0] for figure in truth.values())
        count["newest_release"] += len(newest)
        count["newest_release right"] += sum(newest.values())
        for key, is_right in further.items():
            for name in (name for name, links in OLDER.items() if _link(key, linked) in links):
                count[name] += 1
                count[f"{name} right"] += is_right
    return [
        Line(f"trial_{name}", FORMS[overlap], count["sought"], count[name], count[f"{name} right"])
        for name in ("least_value", "newest_release", *OLDER)
    ]


def _hide(prints: pd.DataFrame, least: int, most: int) -> tuple[pd.DataFrame, dict[Key, float]]:
    """Hide the exact figures of a band, seek no others; return what was printed too."""
    in_band = _is_exact(prints) & prints["lower"].between(least, most)
    now = in_band & (prints["world"] == NEW)
    truth = dict(zip(_ordered_keys(prints[now]), prints.loc[now, "lower"], strict=True))
    return prints.assign(
        lower=prints["lower"].mask(in_band, least),
        upper=prints["upper"].mask(in_band, most),
        hides=in_band,
    ), truth


def _linked(prints: pd.DataFrame) -> dict[Key, str]:
    """The blocks in which both releases print exact figures of one cell, and whether they agree."""
    exact = prints[_is_exact(prints)]
    newest, older = (exact[exact["world"] == world].drop_duplicates(_KEY) for world in (NEW, OLD))
    both = newest.merge(older, on=_KEY)
    agree = (both["lower_x"] == both["lower_y"]).groupby([both[name] for name in BLOCK]).all()
    return {block: CONFIRMED if agrees else CONTRADICTED for block, agrees in agree.items()}


def _link(key: Key, linked: dict[Key, str]) -> str:
    return linked.get(key[: len(BLOCK)], OPEN)


def _is_exact(prints: pd.DataFrame) -> pd.Series:
    return (prints["lower"] == prints["upper"]) & ~prints["is_share"]


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
