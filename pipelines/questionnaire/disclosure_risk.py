"""Disclosure risk of a form: can readers, who also have earlier releases, work out a small number?

An earlier figure of a row is taken to count the same persons wherever it may: the worst case. Only
the printed texts of earlier releases are known here.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Final

from pipelines.questionnaire.deduction import (
    ANY,
    UNKNOWN,
    Bound,
    Count,
    Reader,
    adding_up,
    given_splits,
    may_add_up,
    remainder,
)
from pipelines.questionnaire.figures import THRESHOLD, Interval
from pipelines.questionnaire.form import Row
from pipelines.questionnaire.splits import Split

Bounds = Mapping[Row, Bound]

_SIGNS: Final = "<>="
CHANGE: Final = 9
"""The greatest change between two releases that is never shown."""


def is_number(text: str) -> bool:
    """Return whether a printed text has a number, exact or a limit; a recalled one has none."""
    return text.lstrip(_SIGNS).isdecimal()


def bound(text: str) -> Bound:
    """Return the bounds of a count that a printed text gives."""
    if not is_number(text):
        return UNKNOWN
    number = text.lstrip(_SIGNS)
    if text.startswith(">="):
        return int(number), ANY
    most = int(number) - (text.startswith("<") and not text.startswith("<="))
    return (0, most) if text.startswith("<") else (most, most)


def may_be(known: Bound, figure: Interval) -> bool:
    """Return whether a figure may be within bounds."""
    return known[0] <= figure.upper and figure.lower <= known[1]


def fits(known: Bound, figure: Interval) -> bool:
    """Return whether a figure is within bounds."""
    return known[0] <= figure.lower and figure.upper <= known[1]


class _EarlierRelease:
    """Printed figures of one indicator in an earlier release."""

    def __init__(self, texts: Mapping[Row, str]) -> None:
        plain = {row: bound(text) for row, text in texts.items()}
        self.splits = given_splits(plain)
        likely = plain | {
            row: (THRESHOLD, plain[row][1]) for row in _beside_small(plain, self.splits)
        }
        sums = adding_up(self.splits, likely)
        is_sound = Reader(likely, self.splits, sums).is_consistent()
        self.bounds = likely if is_sound else plain
        self.adding_up = sums if is_sound else adding_up(self.splits, plain)
        self.small = _counts(
            [row for row, (_, most) in self.bounds.items() if most < THRESHOLD], self.splits
        )

    @cached_property
    def rows(self) -> dict[Row, Bound]:
        """Return the bounds that follow from this release alone, by row."""
        return {row: self.ranges.get(_row(row), bound) for row, bound in self.bounds.items()}

    @cached_property
    def ranges(self) -> dict[Count, Bound]:
        """Return the bounds that follow from this release alone: of rows, of what parts leave."""
        reader = Reader(self.bounds, self.splits, self.adding_up)
        found = {count: reader.range(count) for count in _counts(self.bounds, self.splits)}
        return {count: known for count, known in found.items() if known}

    def closed(self, others: Sequence[Bounds]) -> Iterator[Count]:
        """Yield the small counts that cannot be both 0 and 4, given bounds printed elsewhere."""
        guessed = {row: _narrowed(bound, row, others) for row, bound in self.bounds.items()}
        for sums in (self.adding_up, []):  # of hidden parts, nobody knows
            for bounds in _guesses(self.bounds, guessed, self.splits, sums):
                reader = Reader(bounds, self.splits, sums)
                for count in self.small:
                    found = reader.range(count)
                    is_sum = len(count) > 1 and found == (0, 0)
                    if found and not is_sum and found[1] < THRESHOLD and _is_closed(found):
                        yield count


class Readers:
    """Readers of the figures of one indicator."""

    def __init__(
        self,
        figures: Mapping[Row, Interval],
        known: Sequence[Split],
        earlier: Sequence[Mapping[Row, str]],
    ) -> None:
        self._figures, self._splits = figures, known
        self._earlier = [_EarlierRelease(texts) for texts in earlier]
        self._adding_up = adding_up(known, figures)
        self._counts = _counts(figures, [split for split in known if split not in self._adding_up])
        self._small = [count for count in self._counts if 0 <= self._least(count) < THRESHOLD]
        nothing = dict.fromkeys(figures, UNKNOWN)
        self._known_anyway = {*self._closed(nothing)} if earlier else set()

    def unsafe(self, given: Bounds) -> Iterator[Count]:
        """Yield the counts of which readers would learn too much, given bounds of each row."""
        yield from (each[1] for each in self._closed(given) if each not in self._known_anyway)

    def near(self, row: Row) -> list[float]:
        """Return the earlier figures of a row, if exact, from which a figure may be a small change.

        An interval counts if the change would be small for each of its numbers.
        """
        figure = self._figures[row]
        found = (release.bounds.get(row, UNKNOWN) for release in self._earlier)
        return [least for least, most in found
                if any(_is_small_change((number - most, number - least))
                       for number in range(figure.lower, figure.upper + 1))]  # fmt: skip

    def _closed(self, given: Bounds) -> Iterator[tuple[str, Count]]:
        """Yield the small counts that cannot be both 0 and 4, and those whose change is small.

        Each comes with its origin: `now`, `change`, or the number of an earlier release.
        """
        for reader in self._readers(given):
            yield from (("now", count) for count in self._small if _is_closed(reader.range(count)))
        if self._earlier:
            now = Reader(given, self._splits, self._adding_up)
            known = {count: now.range(count) or UNKNOWN for count in self._counts}
            yield from (("change", count) for count in self._changed(known))
            rows = {row: known[_row(row)] for row in given}
            for number, each in enumerate(self._earlier):
                others = [rows, *(other.rows for other in self._earlier if other is not each)]
                yield from ((f"{number}", count) for count in each.closed(others))

    def _readers(self, given: Bounds) -> Iterator[Reader]:
        """Yield who knows this form alone, and who knows earlier figures that may be the same."""
        yield Reader(given, self._splits, self._adding_up)
        if not self._earlier:
            return
        bounds = {
            row: _narrowed(given[row], row, [release.rows for release in self._earlier if may_be(
                release.rows.get(row, UNKNOWN), figure)])
            for row, figure in self._figures.items()
        }  # fmt: skip
        yield Reader(bounds, self._splits, self._adding_up)
        before: dict[Row, Bound] = {}
        for release in self._earlier:
            before |= {row: bound for row, bound in release.rows.items() if row not in bounds}
        if before:
            both = bounds | before
            known = given_splits(both)
            of_then = [
                split for split in known if split not in self._splits and may_add_up(split, both)
            ]
            yield Reader(both, known, [*self._adding_up, *of_then])

    def _changed(self, known: Mapping[Count, Bound]) -> Iterator[Count]:
        """Yield the counts of which a small change follows."""
        for count, (least, most) in known.items():
            before = [release.ranges[count] for release in self._earlier if count in release.ranges]
            if any(_is_small_change((least - high, most - low)) for low, high in before):
                yield count

    def _least(self, count: Count) -> float:
        return sum(sign * self._figures[row][0 if sign > 0 else 1] for row, sign in count)


def _guesses(
    printed: Bounds, guessed: Bounds, known: Sequence[Split], sums: Sequence[Split]
) -> Iterator[Bounds]:
    """Yield bounds with all guesses right; if these contradict, with one exact guess at a time."""
    if Reader(guessed, known, sums).is_consistent():
        yield guessed
        return
    for row, (least, most) in guessed.items():
        if least == most and printed[row] != (least, most):
            yield {**printed, row: (least, most)}


def _beside_small(bounds: Bounds, known: Sequence[Split]) -> Iterator[Row]:
    """Yield the rows that are printed as limits beside a small part: those are hardly small too."""
    for split in known:
        if any(bounds[part][1] < THRESHOLD for part in split.parts):
            yield from (row for row in split.parts if bounds[row][0] < THRESHOLD <= bounds[row][1])


def _row(row: Row) -> Count:
    return ((row, 1),)


def _counts(rows: Collection[Row], known: Sequence[Split]) -> list[Count]:
    return [*map(_row, rows), *map(remainder, known)]


def _narrowed(bound: Bound, row: Row, others: Sequence[Bounds]) -> Bound:
    """Return the bounds of a row narrowed by other bounds, as far as they do not contradict."""
    low, high = bound
    for other in others:
        least, most = other.get(row, UNKNOWN)
        if least <= high and low <= most:
            low, high = max(low, least), min(high, most)
    return low, high


def _is_closed(found: Bound | None) -> bool:
    """Return whether a count is known not to be 0, or not to be just below the threshold."""
    return found is not None and (found[0] > 0 or found[1] < THRESHOLD - 1)


def _is_small_change(change: Bound) -> bool:
    low, high = change
    return (low >= 1 and high <= CHANGE) or (high <= -1 and low >= -CHANGE)
