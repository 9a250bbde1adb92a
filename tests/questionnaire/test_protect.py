"""No reader of what is printed can tell a small number closer than 0 to 4."""

import itertools
import random
from collections import defaultdict
from collections.abc import Iterator

import numpy as np
import pytest
import reader_of_forms

from pipelines.questionnaire import protect
from pipelines.questionnaire.figures import Interval
from pipelines.questionnaire.form import Row, rows
from pipelines.questionnaire.splits import splits

TOTAL = Row("victims", "VIC_DETECT")
SEXES = ("F", "M", "_O", "_U")


def row(**codes: str) -> Row:
    return Row("victims", "VIC_DETECT", **codes)


def printed(total: int, **parts: int) -> dict[str, str]:
    figures = {TOTAL: total} | {row(sex=code): count for code, count in parts.items()}
    texts = protect.printed({each: Interval(n, n) for each, n in figures.items()})
    return {each.sex: text for each, text in texts.items()}


@pytest.mark.parametrize(
    ("counts", "texts"),
    [
        ((100, 60, 40), ["100", "60", "40"]),
        ((100, 96, 4), ["100", "<=100", "<5"]),
        ((100, 100, 0), ["100", "<=100", "<5"]),
        ((8, 4, 4), ["8", "<=8", "<=8"]),
        ((3, 3, 0), ["<5", "<5", "<5"]),
        ((90, 80, 3), ["90", "80", "<5"]),  # seven are of a sex that is not given
        ((100, 99), ["100", "<=100"]),  # one is of a sex that was left blank
        ((100, 60, 38), ["100", "60", "<=100"]),
        ((13, 0, 8), ["13", "<5", "<=13"]),  # or who knows the rule for what is left finds 0
        ((300, 200, 60, 40, 0), ["300", "200", "60", "<=300", "<5"]),
        ((300, 200, 40, 60, 0), ["300", "200", "40", "<=300", "<5"]),  # by place, not by size
    ],
)
def test_known_answers(counts: tuple[int, ...], texts: list[str]) -> None:
    total, *parts = counts
    assert [*printed(total, **dict(zip(SEXES, parts, strict=False))).values()] == texts


def _bounds(text: str) -> tuple[int, int]:
    """Return what a printed text says, and what a reader knows of why it was hidden."""
    if text == "<5":
        return 0, 4
    if text.startswith("<="):
        return 0, int(text[2:])
    return (int(text[2:]), 40) if text.startswith(">=") else (int(text), int(text))


def _possible(texts: dict[str, str]) -> Iterator[tuple[int, ...]]:
    """Yield every table that a reader of one split must hold possible."""
    total, *parts = (_bounds(text) for text in texts.values())
    is_shown = "<5" in texts.values()
    least = [5 if is_shown and text.startswith("<=") else 0 for text in [*texts.values()][1:]]
    spans = [range(max(low, floor), high + 1) for (low, high), floor in zip(parts, least,
                                                                          strict=True)]  # fmt: skip
    for table in itertools.product(*spans):
        if total[0] <= sum(table) <= total[1]:
            yield table


def test_all_small_tables_leave_small_numbers_open() -> None:
    """A reader who tries out all tables is an attacker that shares nothing with ours."""
    for counts in itertools.combinations_with_replacement(range(9), 3):
        texts = printed(sum(counts), **dict(zip(SEXES, counts, strict=False)))
        tables = [*_possible(texts)]
        for place, count in enumerate(counts):
            found = {table[place] for table in tables}
            assert count >= 5 or found >= {0, 4}, (counts, texts)


def test_who_knows_how_cells_are_chosen_learns_no_small_number() -> None:
    """For them, every table that is printed alike remains possible."""
    tables = defaultdict(list)
    for men, other in itertools.product(range(17), repeat=2):
        counts = (20, men, other, 16 - men - other)
        if counts[-1] >= 0:
            texts = printed(36, **dict(zip(SEXES, counts, strict=True)))
            tables[tuple(texts.values())].append(counts)
    alike = [{each[place] for each in found} for found in tables.values() for place in range(4)]
    assert [counts for counts in alike if len(counts) == 1 and min(counts) < 5] == []


def test_what_is_printed_does_not_depend_on_how_small_a_small_number_is() -> None:
    """So whoever runs the program on all tables they hold possible is no wiser."""
    prints = {small: printed(13, F=small, M=8) for small in range(5)}
    assert len({*map(str, prints.values())}) == 1
    firsts = [protect.printed({TOTAL: Interval(12, 12)})]
    later = [protect.printed({TOTAL: Interval(n, n)}, firsts)[TOTAL] for n in range(5)]
    assert later == [">=0"] * 5


def test_sums_that_may_each_be_but_not_all_at_once_protect_all_the_same() -> None:
    """Small women make up three wholes, or one: a reader who took all to add up had no table."""
    figures = {TOTAL: 15, row(sex="F"): 6, row(sex="M"): 9, row(age="Y_GE18"): 2,
               row(age="Y0T17"): 10, row(age="_U"): 3, row(sex="F", age="Y_GE18"): 1,
               row(sex="M", age="Y_GE18"): 0, row(sex="F", age="Y0T17"): 5,
               row(sex="M", age="Y0T17"): 5}  # fmt: skip
    texts = protect.printed({each: Interval(n, n) for each, n in figures.items()})
    reader = reader_of_forms.Attack(texts)
    for each in figures:
        if figures[each] < 5:
            low, high = reader.range(reader_of_forms.persons(each))
            assert (low, high >= 4) == (0, True), (each, low, high)


def test_few_small_cells_leave_most_of_a_form_in_print() -> None:
    """Two sexes and two ages, wherever they cross, fix the third age: a crossing is hidden too."""
    figures = {TOTAL: 100, row(sex="F"): 39, row(sex="M"): 48, row(sex="_O"): 8, row(sex="_U"): 5,
               row(age="Y_GE18"): 50, row(age="Y0T17"): 49, row(age="_U"): 1,
               row(sex="F", age="Y_GE18"): 24, row(sex="M", age="Y_GE18"): 21,
               row(sex="F", age="Y0T17"): 14, row(sex="M", age="Y0T17"): 27}  # fmt: skip
    texts = protect.printed({each: Interval(n, n) for each, n in figures.items()})
    assert texts[TOTAL] == "100"
    assert sum(text.isdecimal() for text in texts.values()) >= 6


def test_where_all_parts_are_left_out_the_total_stays() -> None:
    """Of parts that are blank in print, nobody knows what they add up to."""
    figures = {TOTAL: 7, row(sex="F"): 0, row(sex="M"): 7, row(age="Y_GE18"): 4,
               row(age="Y0T17"): 3, row(age="_U"): 0, row(sex="F", age="Y_GE18"): 0,
               row(sex="M", age="Y_GE18"): 4, row(sex="F", age="Y0T17"): 0,
               row(sex="M", age="Y0T17"): 3}  # fmt: skip
    texts = protect.printed({each: Interval(n, n) for each, n in figures.items()})
    assert [*texts.values()] == ["7", *[""] * 9]


def form(draw: random.Random, size: int, blank: float = 0) -> dict[Row, Interval]:
    """Count invented persons in the rows of detected victims, of which some are left blank."""
    counted = [row for row in rows() if row.indicator == "VIC_DETECT"]
    signs = {row: reader_of_forms.persons(row) for row in counted}
    kinds = reader_of_forms.KINDS
    found = dict.fromkeys(counted, 0)
    for _ in range(size):
        is_one = np.zeros(len(kinds))
        sex, age = draw.choices(("F", "M", "_O", "_U"), (70, 25, 1, 1))[0], draw.choices(
            ("Y_GE18", "Y0T17", "_U"), (6, 3, 1))[0]  # fmt: skip
        for name, weights in (("exploitation", (9, 5, 0, 1, 1, 0, 1, 1, 1, 0)),
                              ("citizenship", (7, 2, 1, 0))):  # fmt: skip
            code = draw.choices(reader_of_forms.CODES[name], weights)[0]
            is_one[kinds.index((name, code, name, code))] = 1
        is_one[kinds.index(("sex", sex, "age", age))] = 1
        for row in counted:
            found[row] += int(signs[row] @ is_one)
    left = [row for row in counted if not row.breakdown or draw.random() >= blank]
    wholes = {part: split.whole for split in splits() for part in split.parts}
    return {row: Interval(found[row], found[row]) for row in left
            if wholes.get(row, TOTAL) in left}  # fmt: skip


def small_cells(figures: dict[Row, Interval]) -> dict[str, np.ndarray]:
    """Return the persons whose number must stay open: of small rows, and of none of the parts."""
    signs = {row: reader_of_forms.persons(row) for row in figures}
    found = {row.name: signs[row] for row in figures if figures[row].lower < 5}
    for split in splits():
        parts = [part for part in split.parts if part in figures]
        left = figures[split.whole].lower - sum(figures[part].lower for part in parts) \
            if split.whole in figures else 0  # fmt: skip
        if parts and 0 < left < 5:
            found[f"rest of {split.whole.name}"] = signs[split.whole] - sum(map(signs.get, parts))
    return found


def attack(figures: dict[Row, Interval], texts: dict[Row, str]) -> reader_of_forms.Attack:
    """Return a reader who also knows which parts add up."""
    reader = reader_of_forms.Attack(texts)
    for split in splits():
        parts = [part for part in split.parts if part in figures]
        whole = figures.get(split.whole)
        if whole and parts and whole.lower == sum(figures[part].lower for part in parts):
            own = reader_of_forms.persons(split.whole)
            reader.learn(own - sum(map(reader_of_forms.persons, parts)), 0, 0)
    return reader


@pytest.mark.parametrize(
    "seed", [0, 4, 5, *(pytest.param(each, marks=pytest.mark.exhaustive) for each in (1, 2, 3))]
)
def test_no_small_number_follows_from_all_that_is_printed_of_a_form(seed: int) -> None:
    draw = random.Random(seed)
    figures = form(draw, (14, 60, 400)[seed % 3], blank=(seed // 3) * 0.3)
    texts = protect.printed(figures)
    assert set(texts) == set(figures)
    assert not [text for text in texts.values() if text in {"0", "1", "2", "3", "4"}]
    reader = attack(figures, texts)
    for name, signs in small_cells(figures).items():
        low, high = reader.range(signs)
        assert (low, high >= 4) == (0, True), (name, low, high)


def test_the_attacker_finds_what_is_not_protected() -> None:
    figures = form(random.Random(1), 60)
    texts = {row: "<5" if figure.lower < 5 else figure.text for row, figure in figures.items()}
    reader = attack(figures, texts)
    found = [reader.range(signs) for signs in small_cells(figures).values()]
    assert sum(low == high for low, high in found) >= 3


def test_one_small_cell_hides_the_four_around_it_and_nothing_else() -> None:
    adults, children = {"F": 40, "M": 30}, {"F": 3, "M": 20}
    figures = {TOTAL: 93, row(sex="F"): 43, row(sex="M"): 50,
               row(age="Y_GE18"): 70, row(age="Y0T17"): 23}  # fmt: skip
    figures |= {row(sex=sex, age="Y_GE18"): count for sex, count in adults.items()}
    figures |= {row(sex=sex, age="Y0T17"): count for sex, count in children.items()}
    texts = protect.printed({each: Interval(n, n) for each, n in figures.items()})
    assert [*texts.values()] == ["93", "43", "50", "70", "23", "<=43", "<=50", "<5", "<=23"]


def again(before: tuple[int, ...], now: tuple[int, ...]) -> list[str]:
    """Return what is printed of a second form, by sex, after a first one."""
    first, second = (
        {each: Interval(n, n) for each, n in zip([TOTAL, *(row(sex=code) for code in SEXES)],
                                                 counts, strict=False)}
        for counts in (before, now)
    )  # fmt: skip
    return [*protect.printed(second, [protect.printed(first)]).values()]


@pytest.mark.parametrize(
    ("before", "now", "texts"),
    [
        ((100, 60, 40), (100, 60, 40), ["100", "60", "40"]),
        ((100, 60, 40), (120, 70, 50), ["120", "70", "50"]),
        ((100, 60, 40), (103, 61, 42), [">=100", ">=60", ">=40"]),
        ((103, 63, 40), (100, 60, 40), [">=100", ">=60", "40"]),
        ((100, 60, 40), (103, 80, 23), [">=100", "80", ">=5"]),
        ((100, 60, 36, 4), (100, 60, 36), ["100", "60", "<=100"]),
        ((100, 60, 36, 4), (110, 60, 36, 14), ["110", "60", "<=110", "<=110"]),
        ((30, 23, 7), (30, 27, 3), ["30", ">=20", "<=30"]),
        # who guesses that men stayed 14, or women 55, knows the first form's zeros
        ((14, 0, 14, 0, 0), (17, 3, 14, 0, 0), [">=10", "<5", ">=5", "<5", "<5"]),
        ((60, 55, 5, 0, 0), (66, 55, 11, 0, 0), [">=60", ">=5", ">=5", "<5", "<5"]),
    ],
)
def test_a_second_form_reveals_neither_what_the_first_hid_nor_a_small_change(
    before: tuple[int, ...], now: tuple[int, ...], texts: list[str]
) -> None:
    assert again(before, now) == texts


@pytest.mark.parametrize("seed", [0, pytest.param(1, marks=pytest.mark.exhaustive), 2])
def test_no_small_change_follows_from_two_forms(seed: int) -> None:
    draw = random.Random(seed + 100)
    first = form(draw, (30, 90, 400)[seed % 3])
    second = dict(first)
    for added in (form(draw, draw.choice((1, 4, 15))) for _ in range(2)):
        second = {each: Interval(figure.lower + added[each].lower, figure.lower + added[each].lower)
                  for each, figure in second.items()}  # fmt: skip
    before = protect.printed(first)
    now = protect.printed(second, [before])
    readers = attack(first, before), attack(second, now)
    for each in first:
        signs = reader_of_forms.persons(each)
        (low, high), (least, most) = (reader.range(signs) for reader in readers)
        change = least - high, most - low
        assert not (change[0] >= 1 and change[1] <= 9), (each.name, change)
    for each in first:  # a guess that is right: what did not change was the same
        for reader, texts in zip(readers, (now, before), strict=True):
            if first[each] == second[each] and texts[each].isdecimal():
                reader.learn(reader_of_forms.persons(each), *first[each])
    for figures, reader in zip((first, second), readers, strict=True):
        for name, signs in small_cells(figures).items():
            low, high = reader.range(signs)
            assert (low, high >= 4) == (0, True), (name, low, high)


def test_cases_and_officials_are_printed_as_they_are() -> None:
    figures = {each: Interval(1, 1) for each in rows() if not each.is_protected}
    assert {"INV_OPENED", "POL_NAP", "PRV_TRAINED"} <= {each.indicator for each in figures}
    assert set(protect.printed(figures).values()) == {"1"}
