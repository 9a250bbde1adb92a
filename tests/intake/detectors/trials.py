"""Planted defects that are found, and alarms where nothing is wrong."""

import importlib
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import NamedTuple

import numpy as np
import pandas as pd

from detectors import planting
from detectors.planting import FEW, Planted, Sound, Trial, with_defects
from pipelines.intake.detectors import discover, examine
from pipelines.intake.detectors.figures import PLACE
from schemas import codelists

OAS = frozenset(codelists.oas_states())
TRIES = 5_000
"""Number of attempts to make the wanted defects; some files have too few."""
MODULES = {
    detector.code: importlib.import_module(f"detectors.planted.{detector.code.lower()}")
    for detector in discover()
}
"""The module of each detector with its planted defects."""
TRIALS: tuple[Trial, ...] = tuple(trial for module in MODULES.values() for trial in module.TRIALS)


class Rate(NamedTuple):
    """Result for a kind of defect: the numbers of planted and of found ones."""

    defect: str
    figures: str
    planted: int
    found: int
    target: float | None


def rates(
    file: Sound,
    trial: Trial,
    number: int,
    seed: int,
    published: tuple[Collection[str] | None, ...] = (OAS, None),
) -> list[Rate]:
    """Plant `number` defects of each stratum, and count those found.

    Defects of one area are spread over the groups; where one has too few places the next has more.
    """
    rng = np.random.default_rng(seed)
    groups = published if trial.in_one_area else (None,)
    counted: dict[str, list[bool]] = {stratum: [] for stratum in trial.all_strata}
    for later, group in zip(reversed(range(len(groups))), groups, strict=True):
        left = {name: -(-(number - len(found)) // (later + 1)) for name, found in counted.items()}
        for defects in batches(wanted_defects(file, trial, left, rng, group), trial.together):
            for attempt, was_found in judged(file, defects, group):
                counted[attempt.stratum].append(was_found)
    return [
        Rate(trial.name, stratum, len(found), sum(found), None if stratum == FEW else trial.target)
        for stratum, found in counted.items()
        if found
    ]


class Attempt(NamedTuple):
    """A defect and its kind."""

    trial: Trial
    stratum: str
    defect: Planted

    @property
    def areas(self) -> set[str]:
        """Place of the defect."""
        frames = [self.defect.new, self.defect.added]
        return {area for frame in frames if frame is not None for area in frame["ref_area"]}

    @property
    def apart(self) -> set[object]:
        """Areas, or years of tables over all areas, that no two defects of a copy may share."""
        return {self.defect.year} if self.defect.year else set(self.areas)

    @property
    def places(self) -> set[tuple]:
        """Places of its figures."""
        frames = [self.defect.new, self.defect.added]
        return {
            tuple(place)
            for frame in frames
            if frame is not None
            for place in frame[PLACE].to_numpy()
        }


def batches(attempts: Iterable[Attempt], size: int) -> list[list[Attempt]]:
    """Return the defects of each copy of the file: no two in one area, or of one year."""
    copies: list[list[Attempt]] = []
    for attempt in attempts:
        for copy in copies:
            if len(copy) < size and all(attempt.apart.isdisjoint(each.apart) for each in copy):
                copy.append(attempt)
                break
        else:
            copies.append([attempt])
    return copies


def wanted_defects(
    file: Sound,
    trial: Trial,
    numbers: dict[str, int],
    rng: np.random.Generator,
    publish: Collection[str] | None,
) -> Iterator[Attempt]:
    """Yield so many defects of each stratum, as far as the file has places for them."""
    left = dict(numbers)
    for _, defect in zip(range(TRIES), trial.plant(file, rng), strict=False):
        stratum = trial.all_strata[-1 if defect.independent >= planting.MANY else 0]
        attempt = Attempt(trial, stratum, defect)
        if left.get(stratum) and (publish is None or attempt.areas <= set(publish)):
            left[stratum] -= 1
            yield attempt
        if not any(left.values()):
            return


def judged(
    file: Sound, attempts: list[Attempt], publish: Collection[str] | None
) -> list[tuple[Attempt, bool]]:
    """Return whether each defect of a copy is found by a detector that must find it."""
    figures = with_defects(file, [each.defect for each in attempts])
    compared = any(each.trial.release_before for each in attempts)
    wanted = {name for each in attempts for name in each.trial.detectors}
    found = examine(figures, file.before if compared else None, publish, wanted)
    places = {
        name: set(map(tuple, here[PLACE].to_numpy())) for name, here in found.groupby("detector")
    }
    return [
        (each, any(each.places & places.get(name, set()) for name in each.trial.detectors))
        for each in attempts
    ]


class Copy(NamedTuple):
    """A way to make a copy without defects, and the detectors that run on it."""

    make: Callable[[pd.DataFrame, np.random.Generator], pd.DataFrame]
    detectors: tuple[str, ...]

    @property
    def name(self) -> str:
        """Its name in the table of false alarms."""
        return self.make.__name__.replace("_", " ")


def _copies() -> tuple[Copy, ...]:
    """Return the ways that the detectors' modules name."""
    detectors: dict[Callable, list[str]] = {}
    for code, module in MODULES.items():
        for make in getattr(module, "COPIES", ()):
            detectors.setdefault(make, []).append(code)
    return tuple(Copy(make, tuple(codes)) for make, codes in detectors.items())


COPIES = _copies()


def alarms(file: Sound, copy: Copy, number: int, seed: int) -> list[int]:
    """Return the number of alarms in each of so many copies of a file without findings.

    An alarm is an area and year of a detector, or a table where it finds whole tables.
    """
    of_tables = [detector.code for detector in discover() if detector.whole_tables]
    rng = np.random.default_rng(seed)
    counted = []
    for _ in range(number):
        figures = copy.make(file.figures, rng)
        found = examine(figures, file.before, wanted=copy.detectors)
        found = found[found["detector"].isin(copy.detectors)]
        each = found.merge(figures[[*PLACE, "ref_area"]], on=PLACE)
        each["ref_area"] = each["ref_area"].mask(each["detector"].isin(of_tables), each["kind"])
        alarm = ["detector", "indicator", "ref_area", "year"]
        counted.append(len(each.drop_duplicates(alarm)))
    return counted
