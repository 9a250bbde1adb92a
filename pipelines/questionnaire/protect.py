"""Disclosure control of a form: what is printed of each count of persons.

A count below the threshold is hidden, zero included, and printed as `<5`. So is what parts leave of
their whole, if it is 1 to 4: those in parts that were left blank. Whoever knows the printed cells,
which of them are small, and that parts add up, must still hold each small count possible from 0
to 4. Readers also have what was printed of the same year before: neither the small counts of then,
nor a change of fewer than ten persons, may follow from both together.

Where that fails, further cells are hidden: parts beside the small one, then parts of splits that
these are in, then parts of what is hidden, from the last of the form, since a choice by size would
show that the others are larger. Then parts are printed alike, and in the end all that is hidden, so
that nobody learns which are small; then the total is printed alone. Of the farther parts, those
that turn out not to be needed are printed after all.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from pipelines.questionnaire.deduction import ANY, UNKNOWN, Bound, Count, given_splits
from pipelines.questionnaire.disclosure_risk import CHANGE, Readers, bound, fits, is_number
from pipelines.questionnaire.figures import HIDDEN, THRESHOLD, Interval
from pipelines.questionnaire.form import Row
from pipelines.questionnaire.splits import Split

Figures = Mapping[Row, Interval]
Printed = Mapping[Row, str]

_SMALL: Final[Bound] = (0, THRESHOLD - 1)
_LARGE: Final[Bound] = (THRESHOLD, UNKNOWN[1])
_STEP: Final = CHANGE + 1
"""A count of which a small change would show is printed as at least the multiple of it below."""


def printed(figures: Figures, earlier: Sequence[Printed] = ()) -> dict[Row, str]:
    """Return the text that is printed of each figure of a form; `earlier`: what was printed."""
    texts = {row: figure.text for row, figure in figures.items()}
    for indicator in dict.fromkeys(row.indicator for row in figures if row.is_protected):
        counts = {row: figure for row, figure in figures.items() if row.indicator == indicator}
        before = [
            {row: text for row, text in release.items() if row.indicator == indicator}
            for release in earlier
        ]
        before = [release for release in before if release]
        texts |= _still_true(counts, before) or _Table(counts, before).protected()
    return texts


def _still_true(figures: Figures, earlier: Sequence[Printed]) -> Printed:
    """Return the last print, which discloses nothing new, if all figures fit it; else none."""
    last = earlier[-1] if earlier else {}
    is_true = last.keys() == figures.keys() and all(
        is_number(text) and fits(bound(text), figures[row]) for row, text in last.items()
    )
    return last if is_true else {}


class _Table:
    """The figures of one indicator, and the bounds of those that are hidden so far.

    A small count is an interval here as in print, whatever it is: whoever runs the program on all
    tables that they hold possible gets the same print of them all.
    """

    def __init__(self, figures: Figures, earlier: Sequence[Printed]) -> None:
        small = [row for row in figures if figures[row].lower < THRESHOLD]
        self._earlier = earlier
        self._figures = {**figures, **dict.fromkeys(small, Interval(0, THRESHOLD - 1))}
        self._total = next(iter(figures))
        self._bounds: dict[Row, Bound] = dict.fromkeys(small, _SMALL)
        self._farther: list[Row] = []  # hidden for the sake of cells that are themselves not small
        self._gone: set[Row] = set()
        self._splits = given_splits(figures)
        self._readers = Readers(self._figures, self._splits, earlier)
        for row, figure in self._figures.items():
            if near := self._readers.near(row):
                self._bounds[row] = _coarse(min(*near, figure.lower))

    def protected(self) -> dict[Row, str]:
        """Return the printed texts; nothing of a row that is not printed at all."""
        while count := next(self._unsafe(), None):
            if not self._hide_more([row for row, _ in count]):
                break
        for row in self._farther:
            if self._bounds[row] == _LARGE:
                del self._bounds[row]
                if next(self._unsafe(), None):
                    self._bounds[row] = _LARGE
        return {row: self._text(row) for row in self._figures}

    def _unsafe(self) -> Iterator[Count]:
        given = {**self._figures, **self._bounds}
        return self._readers.unsafe({row: given[row] for row in given if row not in self._gone})

    def _text(self, row: Row) -> str:
        if row in self._gone:
            return ""
        if row not in self._bounds:
            return self._figures[row].text
        if (known := self._bounds[row]) == _SMALL:
            return HIDDEN
        wholes = (split.whole for split in self._splits if row in split.parts)
        limits = [self._figures[each].upper for each in wholes if each not in self._bounds]
        if limits and known[0] <= THRESHOLD:
            return f"<={min(limits)}"
        return f">={known[0]}"

    def _hide_more(self, rows: Sequence[Row]) -> bool:
        """Hide one cell more, or tell less of hidden ones; return whether there was a way.

        `rows` are the cells of a small count that can be worked out. What costs a reader least
        comes first: another part of its sums; a part of sums around hidden cells; no bounds of its
        parts; a subtotal; no bounds at all. Where that is not enough, the breakdown is dropped.
        """
        touched = self._with_part(rows) or [s for s in self._splits if s.whole in rows]
        parts, beside = _parts(touched), _parts(self._with_part(self._bounds))
        below = _parts(split for split in self._splits if split.whole in self._bounds)
        wholes = [split.whole for split in touched if split.whole != self._total]
        if seen := self._seen(parts):
            self._bounds[self._last(seen)] = _LARGE
        elif seen := self._seen(beside) or self._seen(below):
            self._farther.append(self._last(seen))
            self._bounds[self._farther[-1]] = _LARGE
        elif limited := self._limited(parts):
            self._bounds |= dict.fromkeys(limited, UNKNOWN)
        elif seen := self._seen(wholes):
            self._bounds[seen[0]] = _LARGE
        elif limited := self._limited(self._bounds):
            self._bounds |= dict.fromkeys(limited, UNKNOWN)
        else:
            return self._drop()
        return True

    def _drop(self) -> bool:
        """Print the total alone, or nothing if it was alone; return whether it is printed.

        Of parts that are blank in print, nobody knows whether they add up, nor that they are small.
        """
        is_alone = len(self._gone) == len(self._figures) - 1
        self._gone |= {*self._figures} if is_alone else {*self._figures} - {self._total}
        self._splits = []
        total = {self._total: self._figures[self._total]}
        self._readers = Readers(total, self._splits, self._earlier)
        return not is_alone

    def _seen(self, rows: Iterable[Row]) -> list[Row]:
        return [row for row in rows if row not in self._bounds]

    def _limited(self, rows: Iterable[Row]) -> list[Row]:
        return [row for row in rows if self._bounds[row] != UNKNOWN]

    def _last(self, rows: Iterable[Row]) -> Row:
        return max(rows, key=[*self._figures].index)

    def _with_part(self, rows: Iterable[Row]) -> list[Split]:
        return [split for split in self._splits if not {*rows}.isdisjoint(split.parts)]


def _coarse(least: float) -> Bound:
    """Return bounds of a count that do not show a change from or to its least print."""
    lower = int(least) // _STEP * _STEP
    return (lower, ANY) if lower >= THRESHOLD else UNKNOWN


def _parts(found: Iterable[Split]) -> list[Row]:
    return [*dict.fromkeys(part for split in found for part in split.parts)]
