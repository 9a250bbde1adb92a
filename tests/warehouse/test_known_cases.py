"""The failing cases that somebody has looked at are those of the shipped figures."""

from pathlib import Path

import pytest

from pipelines.lib import paths
from pipelines.warehouse import known_cases


def test_all_cases_of_the_shipped_figures_are_known_and_no_others(built: Path) -> None:
    new = known_cases.known() ^ set(known_cases.failing(built))
    assert not new, "look at what is new: `make known-cases` writes it"


@pytest.mark.parametrize(("line", "words"), [("a,b,c,1", "4 cells"), ("a,b,c,,d", "cases")])
def test_a_line_that_was_cut_off_is_named(whole_project: Path, line: str, words: str) -> None:
    with paths.known_cases().open("a", encoding="utf-8") as file:
        file.write(line + "\n")
    with pytest.raises(known_cases.KnownCasesError, match=rf"line \d+: .*{words}"):
        known_cases.known()
