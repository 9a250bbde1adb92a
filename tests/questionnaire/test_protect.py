"""No reader of what is printed can tell a small number closer than 0 to 4."""

import itertools
import random
from collections import defaultdict
from collections.abc import Iterator

import pytest

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
        ((90, 80, 3), ["90", "<=90", "<5"]),  # seven are of a sex that is not given
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


def test_a_whole_form_has_no_small_number_and_no_single_hidden_part() -> None:
    draw = random.Random(5)
    for size in (14, 60, 400):
        persons = [(draw.choices(SEXES, (70, 25, 1, 1))[0],
                    draw.choices(("Y_GE18", "Y0T17", "_U"), (6, 3, 1))[0]) for _ in range(size)
                   ]  # fmt: skip
        figures = {}
        for each in rows():
            if each.indicator == "VIC_DETECT" and set(each.breakdown.split()) <= {"sex", "age"}:
                count = sum(each.sex in ("_T", s) and each.age in ("_T", a) for s, a in persons)
                figures[each] = Interval(count, count)
        texts = protect.printed(figures)
        assert set(texts) == set(figures)
        assert not [text for text in texts.values() if text in {"0", "1", "2", "3", "4"}]
        for split in splits():
            hidden = [part for part in split.parts if not texts.get(part, "0").isdecimal()]
            assert len(hidden) != 1 or not texts[split.whole].isdecimal()


def test_cases_and_officials_are_printed_as_they_are() -> None:
    figures = {each: Interval(1, 1) for each in rows() if not each.is_protected}
    assert {"INV_OPENED", "POL_NAP", "PRV_TRAINED"} <= {each.indicator for each in figures}
    assert set(protect.printed(figures).values()) == {"1"}
