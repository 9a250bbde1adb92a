"""Which true and false releases of a source are held back, and the rates of all."""

import zlib
from collections.abc import Iterator
from typing import Final, NamedTuple

import numpy as np
import pandas as pd
from harmonised_releases import Releases

from guard_trials import kinds, replay
from guard_trials.replay import LEFT_OUT, Cut

SEED: Final = 20261130
TRUE: Final = "true"
SHORT: Final = 12
"""A release is short that has fewer new figures."""
NAMED: Final = 50
"""Number of false releases of each kind whose lines are read."""
OF_EIGHTEEN: Final = 12
REASONS: Final = {
    ("col_fiscalia", "2025"): "one department has 2,852 of 3,298 victims",
    ("col_mindefensa", "2015"): "another way of recording",
    ("int_unodc_glotip", "2019"): "the detectors keep a form out",
    ("int_unsd_sdg", "2017"): "unfinished",
    ("int_unsd_sdg", "2018"): "counts end with the release of 2019; later ones have rates alone",
    ("mex_sesnsp", "2026-03"): "a new method, which counts no victims",
    ("usa_sdg", "2017"): "a form is missing",
}
"""True releases that a person should look at, and why, as the sources' own notes say."""


class Trial(NamedTuple):
    """A release and what the guard made of it."""

    source: str
    cut: str
    kind: str
    new: int  # figures that are new in it
    held: bool
    named: bool  # whether a line names the fault
    says: str


def tried(releases: Releases, source: str, most: int) -> list[Trial]:
    """Judge the true and all false releases of a source."""
    return [trial for cut in replay.cuts(releases, source, SEED, most) for trial in of_cut(cut)]


def of_cut(cut: Cut) -> Iterator[Trial]:
    """Judge a cut and the false releases made of it."""
    rng = np.random.default_rng([SEED, zlib.crc32(f"{cut.source} {cut.name}".encode())])
    new = int(cut.number.sum())
    found = replay.compared(cut, cut.after).lines
    yield Trial(cut.source, cut.name, TRUE, new, bool(found), False, "; ".join(found))
    for make in kinds.KINDS:
        for each in make(cut, rng):
            doubts = replay.compared(cut, each.after).doubts
            named = any(each.fault.is_named(doubt) for doubt in doubts)
            says = "; ".join(doubt.says for doubt in doubts)
            yield Trial(cut.source, cut.name, kinds.name(make), new, bool(doubts), named, says)


class Rate(NamedTuple):
    """How many releases of a kind are held, and how many of those held have the fault named."""

    kind: str
    releases: int
    held: int
    short: int
    short_held: int
    read: int
    named: int


def rates(found: pd.DataFrame) -> Iterator[Rate]:
    """Yield the rate of each kind of release, the true ones first."""
    order = [TRUE, *map(kinds.name, kinds.KINDS)]
    for kind in order:
        of_kind = found[found["kind"] == kind]
        short = of_kind[of_kind["new"] < SHORT]
        held = of_kind[of_kind["held"]]
        read = held.sample(min(NAMED, len(held)), random_state=SEED) if kind != TRUE else held[:0]
        yield Rate(
            kind, len(of_kind), len(held), len(short), int(short["held"].sum()),
            len(read), int(read["named"].sum()),
        )  # fmt: skip


class Share(NamedTuple):
    """How many of a set of releases are held, and the share that is wanted: at least or at most."""

    releases: str
    number: int
    held: int
    wanted: str

    @property
    def missed(self) -> bool:
        """Return whether the share is not as wanted."""
        sign, share = self.wanted[0], float(self.wanted[1:])
        difference = self.held / max(1, self.number) - share
        return difference < 0 if sign == ">" else difference > 0


def shares(found: pd.DataFrame) -> Iterator[Share]:
    """Yield the shares that have a target."""
    is_true = found["kind"] == TRUE
    is_short = found["new"] < SHORT
    is_seen = ~is_true & ~found["kind"].isin(map(kinds.name, kinds.UNSEEN))
    is_left_out = found["source"].isin(LEFT_OUT)
    sets = {
        "false, short, without the kinds within usual steps": (is_seen & is_short, ">0.90"),
        "the same of the four sources left out": (is_seen & is_short & is_left_out, ">0.85"),
        "false, all": (~is_true, ">0.78"),
        "false, all, without the kinds within usual steps": (is_seen, ">0.85"),
    }
    for name, (here, wanted) in sets.items():
        yield Share(name, int(here.sum()), int(found.loc[here, "held"].sum()), wanted)
    without = len(without_reason(found))
    yield Share("true, held without a stated reason", int(is_true.sum()), without, "<0.05")


def without_reason(found: pd.DataFrame) -> pd.DataFrame:
    """Return the true releases that are held and have no reason among `REASONS`."""
    held = found[(found["kind"] == TRUE) & found["held"]]
    has_reason = [each in REASONS for each in zip(held["source"], held["cut"], strict=True)]
    return held[~pd.Series(has_reason, held.index, dtype=bool)]
