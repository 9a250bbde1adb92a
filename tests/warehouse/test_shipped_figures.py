"""What the shipped figures say, and what always holds of them: statements and their answers.

Files of `shipped/` are in the form of sqllogictest: a sentence, a statement, a line of hyphens and
the rows of the answer, ` | ` between cells. Without rows nothing may contradict the sentence.
"""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from answers import compare

FORM = re.compile(r"(^# .+\n)((?:.+\n)+?)(----\n)((?:.+\n)*)", re.MULTILINE)
FILES = sorted(Path(__file__).parent.joinpath("shipped").glob("*.test"))


def test_every_statement_is_read() -> None:
    texts = [file.read_text(encoding="utf-8") for file in FILES]
    assert sum(map(len, map(FORM.findall, texts))) == "".join(texts).count("----") > 100


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_answers_are(query: Callable, file: Path) -> None:
    def answered(case: re.Match[str]) -> str:
        sentence, statement, line, rows = case.groups()
        found = query(f"select columns(*)::varchar from ({statement})")
        assert not found or rows, f"{sentence}What contradicts it: {found}"
        return f"{sentence}{statement}{line}" + "".join(
            " | ".join(map(str, row)) + "\n" for row in found
        )

    compare(file, FORM.sub(answered, file.read_text(encoding="utf-8")))
