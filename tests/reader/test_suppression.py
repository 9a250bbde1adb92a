"""Disclosure control: a reader who subtracts and knows the rules learns no small count."""

from collections.abc import Iterator
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.reader.suppression import is_complementary, parts, single
from pipelines.sources import FileRefusedError
from schemas.figure import parse

tables = st.lists(st.integers(0, 12), min_size=1, max_size=4)
thresholds = st.integers(2, 5)


def possible(texts: list[str], total: int, threshold: int) -> Iterator[tuple[int, ...]]:
    """Every table that a reader of the texts and of the total must consider possible."""
    printed = [int(text) for text in texts if text.isdigit()]
    ranges = []
    for text in texts:
        if text.isdigit():
            ranges.append([int(text)])
        elif is_complementary(text) and f"<{threshold}" in texts:
            ranges.append(range(threshold, 1 + min([*printed, total])))
        elif is_complementary(text):
            ranges.append(range(1 + total))
        else:
            ranges.append(range(threshold))
    return (table for table in product(*ranges) if sum(table) == total)


@given(tables, thresholds)
def test_a_small_count_may_be_anything_below_the_threshold(counts, threshold) -> None:
    total = sum(counts)
    texts = parts(counts, total, threshold)
    if total < threshold:
        assert texts == [f"<{threshold}"] * len(counts)
        return
    tables_left = set(possible(texts, total, threshold))
    assert tuple(counts) in tables_left
    for place, count in enumerate(counts):
        if count < threshold:
            assert set(range(threshold)) <= {table[place] for table in tables_left}


@given(tables, thresholds)
def test_what_is_printed_is_exact_and_large(counts, threshold) -> None:
    for text, count in zip(parts(counts, sum(counts), threshold), counts, strict=True):
        figure = parse(text, "es_AR")
        assert figure.lower <= count <= figure.upper
        if figure.value is not None:
            assert figure.value == count >= threshold


@given(tables, thresholds)
def test_nothing_is_hidden_without_need(counts, threshold) -> None:
    texts = parts(counts, sum(counts), threshold)
    assert all(text.isdigit() for text in texts) == (min(counts) >= threshold)


@pytest.mark.parametrize(
    ("counts", "texts"),
    [
        ([391, 127, 6, 17], ["391", "127", "<10", "<=541"]),
        ([400, 144, 0, 121], ["400", "144", "<10", "<=665"]),
        ([100, 40, 50], ["100", "40", "50"]),
        ([100, 9, 9], ["<=118", "<10", "<10"]),
        ([100, 60, 4, 11], ["100", "<=175", "<10", "<=175"]),
        ([100, 4, 5], ["100", "<10", "<10"]),
        ([6, 12], ["<=18", "<=18"]),
        ([9, 9], ["<=18", "<=18"]),
        ([3, 2], ["<10", "<10"]),
    ],
)
def test_known_tables(counts: list[int], texts: list[str]) -> None:
    assert parts(counts, sum(counts), threshold=10) == texts


def test_a_count_by_itself() -> None:
    assert [single(count, 10) for count in (0, 9, 10)] == ["<10", "<10", "10"]


def test_parts_that_lose_a_person_are_refused_without_a_figure() -> None:
    with pytest.raises(FileRefusedError) as caught:
        parts([391, 127, 6], total=541, threshold=10)
    assert not any(sign.isdigit() for sign in str(caught.value))
