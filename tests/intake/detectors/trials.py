"""Planted defects that are found, and alarms where nothing is wrong."""

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import NamedTuple

import numpy as np
import pandas as pd

from detectors import planting, shuffling
from detectors.planting import Kind, Planted, Sound, with_defects
from pipelines.intake.detectors import examine
from pipelines.intake.detectors.figures import PLACE
from schemas import codelists

OAS = frozenset(codelists.oas_states())
FEW, MANY = "1-3", "4+"
TRIES = 5_000
"""Number of attempts to make the wanted defects; some files have too few."""


class Trial(NamedTuple):
    """A kind of defect, with the conditions of its trial.

    Attributes:
        name: its name in the table of rates.
        plant: makes defects of this kind.
        detectors: the detectors of which one must find it.
        number: the number of planted defects; of tables of one area, in each stratum.
        target: the share that must be found; of tables of one area, of those with many figures.
        together: the number of defects in one copy of the file, in different areas or years.
        in_one_area: whether it is a defect of one area.
        strata: whether few and many independent figures are separate strata.
        release_before: whether the previous release is compared.
    """

    name: str
    plant: Kind
    detectors: tuple[str, ...]
    number: int
    target: float
    together: int = 10
    in_one_area: bool = True
    strata: bool = False
    release_before: bool = False

    @property
    def all_strata(self) -> tuple[str, ...]:
        """Few and many independent figures, where these are separate."""
        return (FEW, MANY) if self.strata else ("",)


TRIALS = (
    Trial("a table of another indicator, in 70 % of areas", planting.copied_table,
          ("COPIED_TABLE",), 40, 0.95, 4, in_one_area=False),
    Trial("sexes as ages, in 80 % of areas", planting.copied_margins, ("MARGIN_IS_MARGIN",), 30,
          0.95, 4, in_one_area=False),
    Trial("a column filled for 88 % of the other areas", planting.filled_column,
          ("FILLED_COLUMN",), 30, 0.95, 4, in_one_area=False),
    Trial("one area: another indicator's table", planting.other_indicator, ("OTHER_INDICATOR",),
          40, 0.9, strata=True),
    Trial("one area: another indicator's table of the year before",
          planting.other_indicator_before, ("OTHER_INDICATOR_BEFORE",), 40, 0.9, strata=True),
    Trial("one area: the year before", planting.year_before, ("COPIED_YEAR",), 40, 0.9,
          strata=True),
    Trial("one area: another area's table", planting.other_area, ("COPIED_AREA",), 40, 0.9,
          strata=True),
    Trial("one area: sexes exchanged since the release before", planting.sexes_exchanged,
          ("MOVED",), 40, 0.9, strata=True, release_before=True),
    Trial("one area: two years a year late", planting.year_late, ("MOVED", "COPIED_YEAR"), 30, 0.9,
          strata=True, release_before=True),
    Trial("one area: sexes as ages", planting.margins, ("MARGIN_IS_MARGIN",), 40, 0.8),
    Trial("digit slip in a sum with its parts that leaves two digits", planting.digit_slip,
          ("DIGIT_SLIP",), 40, 0.95),
    Trial("digit slip in any figure of 20 or more", planting.digit_slip_anywhere, ("DIGIT_SLIP",),
          60, 0.3),
    Trial("noughts that eight areas print for the first time", planting.new_zeros,
          ("UNREPORTED_ZERO",), 30, 0.95, 4, in_one_area=False, release_before=True),
    Trial("a nought for a figure of the release before", planting.withdrawn_zero,
          ("UNREPORTED_ZERO",), 40, 0.95, release_before=True),
    Trial("one area: noughts without a total", planting.zeros_without_total, ("UNREPORTED_ZERO",),
          20, 0.95),
    Trial("number of a question", planting.question_number, ("QUESTION_NUMBER",), 20, 1.0),
    Trial("its own year", planting.own_year, ("OWN_YEAR",), 20, 1.0),
)  # fmt: skip


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
    found = examine(figures, file.before if compared else None, publish)
    places = {
        name: set(map(tuple, here[PLACE].to_numpy())) for name, here in found.groupby("detector")
    }
    return [
        (each, any(each.places & places.get(name, set()) for name in each.trial.detectors))
        for each in attempts
    ]


class Copy(NamedTuple):
    """A way to make a copy without defects, and the detectors that run on it."""

    name: str
    make: Callable[[pd.DataFrame, np.random.Generator], pd.DataFrame]
    detectors: tuple[str, ...]


_OF_COPIES = ("COPIED_TABLE", "OTHER_INDICATOR", "OTHER_INDICATOR_BEFORE", "COPIED_YEAR",
              "COPIED_AREA", "MOVED", "RESTATED")  # fmt: skip
COPIES = (
    Copy("figures exchanged among areas", shuffling.figures_among_areas,
         (*_OF_COPIES, "MARGIN_IS_MARGIN")),
    Copy("whole tables exchanged among areas", shuffling.tables_among_areas, _OF_COPIES),
    Copy("sizes of contradictions dealt anew", shuffling.slips_dealt_anew, ("DIGIT_SLIP",)),
)  # fmt: skip


def alarms(file: Sound, copy: Copy, number: int, seed: int) -> list[int]:
    """Return the number of alarms in each of so many copies of a file without findings.

    An alarm is an area and year of a detector.
    """
    rng = np.random.default_rng(seed)
    counted = []
    for _ in range(number):
        figures = copy.make(file.figures, rng)
        found = examine(figures, file.before)
        found = found[found["detector"].isin(copy.detectors)]
        each = found.merge(figures, on=PLACE)[["detector", "ref_area", "time_period"]]
        counted.append(len(each.drop_duplicates()))
    return counted
