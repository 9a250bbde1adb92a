"""What the shipped figures say, and what always holds of them: statements and their answers.

Files of `shipped/` are in the form of sqllogictest: a sentence, a statement, a line of hyphens and
the rows of the answer, ` | ` between cells. Without rows nothing may contradict the sentence.
"""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

FORM = re.compile(r"^# (.+)\n((?:.+\n)+?)----\n((?:.+\n)*)", re.MULTILINE)
CASES = [
    (f"{file.stem}: {sentence}", statement, rows)
    for file in sorted(Path(__file__).parent.joinpath("shipped").glob("*.test"))
    for sentence, statement, rows in FORM.findall(file.read_text(encoding="utf-8"))
]


def test_every_statement_is_read() -> None:
    files = Path(__file__).parent.joinpath("shipped").glob("*.test")
    assert len(CASES) == sum(file.read_text(encoding="utf-8").count("----") for file in files) > 100


@pytest.mark.parametrize(
    ("statement", "rows"), [rest for _, *rest in CASES], ids=[name for name, *_ in CASES]
)
def test_the_answer_is(query: Callable, statement: str, rows: str) -> None:
    found = query(f"select columns(*)::varchar from ({statement})")
    assert "".join(" | ".join(map(str, row)) + "\n" for row in found) == rows
