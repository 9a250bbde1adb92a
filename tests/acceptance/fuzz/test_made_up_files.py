"""Files near what each source publishes, made up by hypothesis: read or refused, nothing else."""

import json
from collections.abc import Iterator
from copy import deepcopy
from operator import itemgetter
from pathlib import Path
from typing import Any

import pytest
from handmade import workbook
from hypothesis import given, settings
from hypothesis import strategies as st

from fuzz.contract import examine_file, examine_verb, written
from fuzz.examples import DOCUMENTS, HOTLINES, TEXTS, WORKBOOK, Example
from pipelines.reader.text_tables import ROW

ODD = ["", "0", "-1", "0.5", "1e309", "NaN", "<5", "*", "1.234", "12-17", "2030", "=1+1", "a\nb",
       "\ufeff", "\u2028", "9" * 99]  # fmt: skip
texts = st.sampled_from(ODD) | st.text(max_size=5)
values = st.recursive(
    texts | st.none() | st.booleans() | st.integers() | st.floats(),
    lambda each: st.lists(each, max_size=3) | st.dictionaries(texts, each, max_size=3),
    max_leaves=5,
)
few = settings(max_examples=2)  # `make fuzz` makes up more, and of every source


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One for all the files that are made up."""
    return tmp_path_factory.mktemp("made_up")


def tables(cells: list[list[str]], other: st.SearchStrategy) -> st.SearchStrategy[list[list]]:
    """The header and some of the rows, in which at most two cells are others."""
    header, *rows = cells
    others = st.dictionaries(st.integers(0, len(header) - 1), other, max_size=2)
    made = st.builds(with_others, st.sampled_from(rows), others)
    once = itemgetter(0) if header[0] == ROW else None  # a row's number says nothing if repeated
    return st.lists(made, max_size=30, unique_by=once).map(lambda rows: [header, *rows])


def with_others(row: list[str], others: dict[int, object]) -> list:
    return [others.get(place, cell) for place, cell in enumerate(row)]


@pytest.mark.parametrize("example", [*HOTLINES, *DOCUMENTS], ids=str)
def test_the_example_files_are_sound(folder: Path, example: Example) -> None:
    """The others are fixtures of sources, which tests/sources reads."""
    found = examine_file(
        example.publication, written(folder / f"sound{example.suffix}", example.content)
    )
    assert found is not None
    assert len(found.rows)


@pytest.mark.parametrize("example", TEXTS[::2], ids=str)
@few
@given(st.data())
def test_a_text_file(folder: Path, example: Example, data: st.DataObject) -> None:
    made = data.draw(tables(example.cells, texts))
    examine_file(example.publication, written(folder / "made.csv", example.printed(made)))


@few
@given(st.data())
def test_a_workbook(folder: Path, data: st.DataObject) -> None:
    cells = [row[1:] for row in WORKBOOK.cells]
    made = data.draw(tables(cells, texts | st.integers()))
    examine_file(WORKBOOK.publication, workbook(folder / "made.xlsx", made))


@pytest.mark.parametrize("example", DOCUMENTS, ids=str)
@few
@given(st.data())
def test_a_document(folder: Path, example: Example, data: st.DataObject) -> None:
    document = json.loads(example.content)
    path = data.draw(st.sampled_from([*paths(document)]))
    made = json.dumps(put(document, path, data.draw(values)))
    examine_file(example.publication, written(folder / "made.json", made.encode()))


@pytest.mark.parametrize("example", [*TEXTS[::13], *DOCUMENTS], ids=str)
@few
@given(st.data())
def test_validate_answers_about_made_up_files(
    folder: Path, example: Example, data: st.DataObject
) -> None:
    """A cell or a value that is odd, in a file that is whole or damaged anywhere."""
    if example in DOCUMENTS:
        document = json.loads(example.content)
        path = data.draw(st.sampled_from([*paths(document)]))
        made = json.dumps(put(document, path, data.draw(values))).encode()
    else:
        made = example.printed(data.draw(tables(example.cells, texts)))
    end = data.draw(st.sampled_from([len(made), len(made) // 2, 7]))
    examine_verb(example.publication, written(folder / f"asked{example.suffix}", made[:end]))


@pytest.mark.parametrize("day", ["2020-13-45", "9999-12-31"])
def test_validate_refuses_an_impossible_day(project: Path, folder: Path, day: str) -> None:
    """Where no other release of the source is read to compare them."""
    [example] = [each for each in TEXTS if "period_start" in each.cells[0]]
    header, first, *others = example.cells
    first[header.index("period_start")] = day
    file = written(folder / "asked.csv", example.printed([header, first, *others]))
    assert examine_verb(example.publication, file) == 1


def paths(document: Any) -> Iterator[tuple]:
    """The way to each value of a document."""
    yield ()
    if isinstance(document, dict | list):
        inner = document.items() if isinstance(document, dict) else enumerate(document)
        yield from ((key, *path) for key, value in inner for path in paths(value))


def put(document: Any, path: tuple, value: Any) -> Any:
    """The document with another value there."""
    if not path:
        return value
    changed = deepcopy(document)
    changed[path[0]] = put(document[path[0]], path[1:], value)
    return changed
