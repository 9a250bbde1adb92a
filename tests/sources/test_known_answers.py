"""Known answers of the sources: figures that a person read off the publishers' pages and files.

A line of `known_answers.csv` has the totals from a year on, one a year; a dot where there is none;
three dots where later ones are not in the line.
Every other figure is compared with the files by the recount.
"""

from collections.abc import Callable
from pathlib import Path

from schemas import codelists

KNOWN = codelists.rows(Path(__file__).with_name("known_answers.csv"))


def test_yearly_totals(query: Callable) -> None:
    published: dict[tuple[str, ...], dict[int, float]] = {}
    for *series, basis, year, value in query(
        "select source, ref_area, indicator, time_basis, year, value from published.headline"
    ):
        for each in ("", basis):
            published.setdefault((*series, each), {})[year] = value
    for line in KNOWN:
        *series, figures = line.values()
        found = published[tuple(series)]
        first, texts = figures.split(":")
        for year, text in enumerate(texts.split(), int(first)):
            if text == "...":
                break
            value, places = found.get(year), len(text.partition(".")[2])
            known = None if text == "." else float(text)
            assert (None if value is None else round(value, places)) == known, (line, year)
        else:
            assert max(found) <= year, line
