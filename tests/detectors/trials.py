"""How many planted defects are found, and how many alarms there are where nothing is wrong."""

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import NamedTuple

import numpy as np
import pandas as pd

from detectors import planting, shuffling
from detectors.planting import MANY, Kind, Planted, Sound, with_defects
from pipelines.detectors import examine
from pipelines.detectors.figures import PLACE
from schemas import codelists

OAS = frozenset(codelists.oas_states())
TRIES = 5_000
"""So many defects are made up for those that are wanted; some files have too few."""


class Trial(NamedTuple):
    """A kind of defect, and how it is tried.

    Attributes:
        name: what was planted, in the words of the table of rates.
        plant: makes defects of this kind.
        detectors: those of which one must find it.
        number: how many are planted; of tables of one area so many of each stratum.
        target: the share that must be found; of tables of one area, of those with many figures.
        together: how many are planted into one copy of the file, in different areas.
        strata: whether few and many independent figures are told apart.
        release_before: whether the release before is at hand.
    """

    name: str
    plant: Kind
    detectors: tuple[str, ...]
    number: int
    target: float
    together: int = 1
    strata: bool = False
    release_before: bool = False


TRIALS = (
    Trial("a table of another indicator, in 70 % of areas", planting.copied_table,
          ("COPIED_TABLE",), 40, 0.95),
    Trial("sexes as ages, in 80 % of areas", planting.copied_margins, ("MARGIN_IS_MARGIN",), 30,
          0.95),
    Trial("a column filled for 88 % of the other areas", planting.filled_column,
          ("FILLED_COLUMN",), 30, 0.95),
    Trial("one area: another indicator's table", planting.other_indicator, ("OTHER_INDICATOR",),
          40, 0.9, 10, strata=True),
    Trial("one area: the year before", planting.year_before, ("COPIED_YEAR",), 40, 0.9, 10,
          strata=True),
    Trial("one area: another area's table", planting.other_area, ("COPIED_AREA",), 40, 0.9, 10,
          strata=True),
    Trial("one area: sexes exchanged since the release before", planting.sexes_exchanged,
          ("MOVED",), 40, 0.9, 10, strata=True, release_before=True),
    Trial("one area: two years a year late", planting.year_late, ("MOVED", "COPIED_YEAR"), 30, 0.9,
          5, strata=True, release_before=True),
    Trial("one area: sexes as ages", planting.margins, ("MARGIN_IS_MARGIN",), 40, 0.8, 10),
    Trial("digit slip in a sum with its parts", planting.digit_slip, ("DIGIT_SLIP",), 40, 0.95, 10),
    Trial("digit slip in any figure of 20 or more", planting.digit_slip_anywhere, ("DIGIT_SLIP",),
          60, 0.3, 10),
    Trial("number of a question", planting.question_number, ("QUESTION_NUMBER",), 20, 1.0, 10),
    Trial("its own year", planting.own_year, ("OWN_YEAR",), 20, 1.0, 10),
)  # fmt: skip


class Rate(NamedTuple):
    """What came of a kind of defect: how many of how many were found."""

    name: str
    figures: str
    planted: int
    found: int
    target: float | None


def rates(file: Sound, trial: Trial, number: int, seed: int) -> list[Rate]:
    """Plants `number` defects of each stratum and counts; of one area, half in OAS states."""
    rng = np.random.default_rng(seed)
    counted: dict[str, list[bool]] = {}
    for publish in (None,) if trial.together == 1 else (OAS, None):
        share = number if trial.together == 1 else -(-number // 2)
        wanted = _wanted(file, trial, share, rng, publish)
        for defects in _batches(wanted, trial.together):
            for stratum, was_found in _judge(file, trial, defects, publish):
                counted.setdefault(stratum, []).append(was_found)
    return [
        Rate(
            trial.name, stratum, len(found), sum(found), None if stratum == "1-3" else trial.target
        )
        for stratum, found in sorted(counted.items())
    ]


def _batches(defects: Iterable[Planted], size: int) -> list[list[Planted]]:
    """The defects of each copy of the file: no two in one area."""
    batches: list[list[Planted]] = []
    for defect in defects:
        areas = set(defect.new["ref_area"])
        for batch in batches:
            if len(batch) < size and all(areas.isdisjoint(each.new["ref_area"]) for each in batch):
                batch.append(defect)
                break
        else:
            batches.append([defect])
    return batches


def _wanted(
    file: Sound,
    trial: Trial,
    number: int,
    rng: np.random.Generator,
    publish: Collection[str] | None,
) -> Iterator[Planted]:
    """So many defects of each stratum, as far as the file has places for them."""
    left = dict.fromkeys(["1-3", "4+"] if trial.strata else [""], number)
    for _, defect in zip(range(TRIES), trial.plant(file, rng), strict=False):
        stratum = _stratum(trial, defect)
        ours = publish is None or set(defect.new["ref_area"]) <= set(publish)
        if ours and left[stratum]:
            left[stratum] -= 1
            yield defect
        if not any(left.values()):
            return


def _stratum(trial: Trial, defect: Planted) -> str:
    return ("4+" if defect.independent >= MANY else "1-3") if trial.strata else ""


def _judge(
    file: Sound, trial: Trial, defects: list[Planted], publish: Collection[str] | None
) -> list[tuple[str, bool]]:
    figures = with_defects(file, defects)
    found = examine(figures, file.before if trial.release_before else None, publish)
    found = found[found["detector"].isin(trial.detectors)]
    places = set(map(tuple, found[PLACE].to_numpy()))
    return [(_stratum(trial, defect), not places.isdisjoint(_places(defect))) for defect in defects]


def _places(defect: Planted) -> set[tuple]:
    frames = [defect.new] if defect.added is None else [defect.new, defect.added]
    return {tuple(place) for frame in frames for place in frame[PLACE].to_numpy()}


class Copy(NamedTuple):
    """A way to make a copy in which nothing is wrong, and what is looked for in it."""

    name: str
    make: Callable[[pd.DataFrame, np.random.Generator], pd.DataFrame]
    detectors: tuple[str, ...]


_OF_COPIES = ("COPIED_TABLE", "OTHER_INDICATOR", "COPIED_YEAR", "COPIED_AREA", "MOVED", "RESTATED")
COPIES = (
    Copy("figures exchanged among areas", shuffling.figures_among_areas,
         (*_OF_COPIES, "MARGIN_IS_MARGIN")),
    Copy("whole tables exchanged among areas", shuffling.tables_among_areas, _OF_COPIES),
    Copy("sizes of contradictions dealt anew", shuffling.slips_dealt_anew, ("DIGIT_SLIP",)),
)  # fmt: skip


def alarms(file: Sound, copy: Copy, number: int, seed: int) -> list[dict[str, int]]:
    """How many alarms each detector raises in each of so many copies.

    What is found in the file as it is was taken out before: two equal tables stay equal wherever
    they go. An alarm is an area and year, or a table over all areas.
    """
    rng = np.random.default_rng(seed)
    counted = []
    for _ in range(number):
        figures = copy.make(file.figures, rng)
        found = examine(figures, file.before)
        found = found[found["detector"].isin(copy.detectors)]
        where = figures.drop_duplicates(PLACE)[[*PLACE, "ref_area", "time_period"]]
        each = found.merge(where, on=PLACE)[["detector", "ref_area", "time_period"]]
        counted.append(each.drop_duplicates()["detector"].value_counts().to_dict())
    return counted
