"""Check a certificate of disclosure control with Python alone: no solver, no library, no secret.

    python check.py PRINTED.csv CERTIFICATE.csv.gz

Each witness is a table of persons, release by release. It could be the true one if its counts are
whole numbers of the finest cells, none falls from one release to the next, and every printed figure
follows, exactly or within its bounds. A block is an indicator and period; those of `LINKED` are one
block, since several may count a person: `indicator` then names all that count a row's persons. The
witnesses of a block must reach both bounds of a figure with conf_status A (a small count) or Q (a
small change); of C (of no known size) the lower one, and the upper one or the threshold; two values
of S (hidden for another's sake). The threshold is SMALL for a nation's figures that `PLAIN` names,
else SMALL_DETAIL; persons of whom something is unknown (_U) are no small count. Exit code: 0
proven, 1 not, 2 unread.
"""

import csv
import gzip
import re
import sys
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, islice, pairwise, product
from math import prod

SMALL, SMALL_DETAIL = 5, 10
PLAIN = {(), ("sex",), ("age",), ("exploitation",), ("citizenship",), ("sex", "age")}
LINKED = {"VIC_DETECT", "VIC_IDENT", "VIC_PRESUMED"}
CELL = ("ref_area", "sex", "age", "exploitation", "citizenship")
PRINTED = ("indicator", "time_period", "release", *CELL, "value", "lower", "upper", "conf_status")
CERTIFICATE = ("indicator", "time_period", "witness", "release", *CELL, "count")
NO_BOUND = float("inf")
ALLOWED = re.compile(r"(0|N),,,F|,1,N,[AC]|,N,N,Q|,(0|N),N?,S".replace("N", "([1-9][0-9]{0,14})"))
MOST = {PRINTED: 1_000_000, CERTIFICATE: 100_000_000}  # rows, so that no file fills the memory
Figure = tuple[str, ...]  # indicators, release and cell


class Block:
    """The printed figures of a block, and the witnesses' values of each."""

    def __init__(self, rows: Iterable[tuple[Figure, tuple[float, float], str]]) -> None:
        figures, self.bounds, self.status = zip(*rows, strict=True)
        self.place = {figure: number for number, figure in enumerate(figures)}
        self.least, self.greatest = [NO_BOUND] * len(figures), [-NO_BOUND] * len(figures)
        self.names, releases, areas, *codes = (set(column) for column in zip(*figures, strict=True))
        states = {code for code in areas if "-" not in code}
        self.totals = ("", *states, *["_T"] * len(codes))
        finest_areas = areas - states | {"_U"} if areas - states else states  # _U: area unknown
        self.finest = [releases, finest_areas, *(code - {"_T"} or {"_T"} for code in codes)]
        self.later = dict(pairwise(sorted(releases)))
        self.parts_of: dict[Figure, list[int]] = {}
        self.most = prod(map(len, self.finest)) * (2 ** len(self.names) - 1)
        self.others = False  # whether witnesses have persons whom VIC_DETECT does not count
        if len(self.place) < len(figures) or len(states) != 1 or self.most > MOST[PRINTED]:
            raise ValueError("figures twice, of several states, or too many")

    def places(self, figure: Figure) -> list[int]:
        """Return the numbers of the printed figures that a finest cell is part of."""
        if figure not in self.parts_of:
            counted, cell = set(figure[0].split(" ")), figure[1:]
            if not counted <= self.names or not all(map(set.__contains__, self.finest, cell)):
                raise ValueError(f"{figure} is not a cell of the finest grain")
            wholes = product(counted, *map(set, zip(cell, self.totals, strict=True)))
            self.others |= "VIC_DETECT" not in counted
            self.parts_of[figure] = [self.place[each] for each in wholes if each in self.place]
        return self.parts_of[figure]

    def take(self, rows: Iterable[tuple[Figure, int]]) -> int:
        """Add the values of a witness; return the number of printed figures it contradicts."""
        listed, values = list(islice(rows, self.most + 1)), [0] * len(self.status)
        counts = dict(listed)
        for figure, count in listed:
            for place in self.places(figure):
                values[place] += count
            later = (figure[0], self.later.get(figure[1], figure[1]), *figure[2:])
            if not 0 <= count <= counts.get(later, 0) or len(counts) < len(listed):
                raise ValueError(f"{figure}: a count below 0, above the next release's, or doubled")
        wrong = sum(not a <= value <= b for value, (a, b) in zip(values, self.bounds, strict=True))
        if not wrong:
            self.least = list(map(min, self.least, values))
            self.greatest = list(map(max, self.greatest, values))
        return wrong

    def gaps(self) -> Iterator[str]:
        """Yield the hidden figures that no witnesses show to be uncertain, one line each."""
        for figure, place in self.place.items():
            least, greatest, status = self.least[place], self.greatest[place], self.status[place]
            low, high = (least, least + 1) if status == "S" else self.bounds[place]
            high = min(high, threshold(figure[2:])) if status == "C" else high
            if status != "F" and (least > low or greatest < high):
                yield f"{figure}: {status} that is only shown to be between {least} and {greatest}"


def rows_of(path: str, columns: Sequence[str]) -> Iterator[list[str]]:
    """Yield the rows of a CSV file, their fields in the order of `columns`."""
    opened, most = gzip.open if path.endswith(".gz") else open, MOST[tuple(columns)]
    try:
        with opened(path, "rt", encoding="utf-8", newline="") as file:
            reader = csv.reader(iter(lambda: file.readline(10_000), ""))
            if sorted(header := next(reader, [])) != sorted(columns):
                wrong = "the columns are not" if header else "empty; the columns are not"
                raise ValueError(f"{path}: {wrong} {','.join(columns)}")
            order = [header.index(name) for name in columns]
            for row in reader:
                if len(row) != len(order) or len("".join(row)) > 1_000 or reader.line_num > most:
                    raise ValueError(f"{path} line {reader.line_num}: not a row, or one too many")
                yield [row[place] for place in order]
    except (EOFError, UnicodeError, csv.Error, zlib.error, gzip.BadGzipFile) as fault:
        raise OSError(0, str(fault), path) from fault


def threshold(cell: Figure) -> int:
    """Return the count below which a cell is small."""
    parts = tuple(name for name, code in zip(CELL[1:], cell[1:], strict=True) if code != "_T")
    return SMALL if parts in PLAIN and "-" not in cell[0] else SMALL_DETAIL


def block_of(row: Sequence[str]) -> tuple[str, str]:
    """Return the block of a row: indicator and period."""
    name = row[0].partition(" ")[0]
    return ("linked" if name in LINKED else name), row[1]


def bounds_of(cell: Figure, printed: Sequence[str]) -> tuple[float, float]:
    """Return the bounds of a cell's value, lower, upper, status; refuse others."""
    (value, lower, upper, status), few = printed, threshold(cell)
    low, high = float(value or lower or 0), float(value or upper or NO_BOUND)
    floor = 0 if "_U" in cell else few  # least value that is no small count
    wrong = {"F": 0 < low < floor, "A": high != few - 1, "C": False, "Q": high - low != few - 1}
    if not ALLOWED.fullmatch(text := ",".join(printed)) or wrong.get(status, low != floor):
        raise ValueError(f"'{text}' is not a figure with bounds and status")
    return low, high


def check(printed: str, certificate: str) -> tuple[list[str], str]:
    """Return a proof's gaps, a line each, and a sentence on its extent; ValueError if malformed."""
    rows, gaps, number = defaultdict(list), [], 0
    for row in rows_of(printed, PRINTED):
        figure, printed_as = (row[0], *row[2:8]), bounds_of(tuple(row[3:8]), row[8:])
        rows[block_of(row)].append((figure, printed_as, row[-1]))
    blocks = {key: Block(figures) for key, figures in rows.items()}
    witnesses = groupby(rows_of(certificate, CERTIFICATE), lambda row: (*block_of(row), row[2]))
    for number, (key, witness) in enumerate(witnesses, 1):  # noqa: B007
        if key[:2] not in blocks:
            raise ValueError(f"witness of {key}, which is not printed")
        wrong = blocks[key[:2]].take(((row[0], *row[3:9]), int(row[9])) for row in witness)
        gaps += [f"{key}: contradicts {wrong} printed figures"] * (wrong > 0)
    gaps += [f"{key}: {gap}" for key, block in blocks.items() for gap in block.gaps()]
    hidden = sum(status != "F" for block in blocks.values() for status in block.status)
    outcome = "proven" if blocks and not gaps else f"not proven, {len(gaps)} gaps"
    apart = sum(block.names > {"VIC_DETECT"} and block.others for block in blocks.values())
    extent = f", {apart} blocks with victims detected before" * (apart > 0)
    return gaps, f"{hidden} hidden figures, {number} witnesses{extent}: {outcome}"


def main(arguments: Sequence[str]) -> int:
    """Check two files, print the outcome and return the exit code."""
    if len(arguments) != 2:
        print(__doc__)
        return 2
    try:
        gaps, summary = check(*arguments)
    except OSError as fault:
        print(f"{fault.filename}: cannot be read ({fault.strerror})")
        return 2
    except ValueError as fault:
        print(f"malformed: {fault}")
        return 1
    print(*gaps[:50], summary, sep="\n")
    return 0 if summary.endswith(": proven") else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
