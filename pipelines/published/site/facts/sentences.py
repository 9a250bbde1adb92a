"""What the warehouse says in words of each state and of the Americas: `published.sentence`."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import duckdb

from pipelines.published.site import context

HAPPENED: Final = "HAPPENED"
"""Code of the list `question`: what happened to the number of detected victims."""

_COMPARING: Final = {
    ("HAPPENED", "CHANGE"),
    ("HAPPENED", "POOLED"),
    ("JUSTICE", "POOLED"),
    ("EACH_STATE", "POOLED"),
}
"""Questions and forms of the answers that compare levels."""


@dataclass(frozen=True)
class Sentence:
    """An answer in words.

    Attributes:
        text: the answer.
        caution: the caution on its figure; "" if there is none.
        form: which kind of answer it is.
        compares_levels: whether it follows from levels that tipstat compares.
        origins: its sources, each with the newest release, that of its first figure first; none
            where no figure is cited.
        indicator: that of the figure that is said first; "" if there is none.
    """

    text: str
    caution: str
    form: str
    compares_levels: bool
    origins: Sequence[tuple[str, str]]
    indicator: str = ""

    @property
    def whole(self) -> str:
        """Return the answer, and behind it the caution on its figure."""
        return f"{self.text} {self.caution}".strip()


def sources_of(sentences: Iterable[Sentence]) -> list[str]:
    """Return the sources of sentences, each once, in the order in which they are cited."""
    return [*dict.fromkeys(source for each in sentences for source, _ in each.origins)]


Sentences = Mapping[tuple[str, str, str], Sentence]
"""Sentences by area, question and code of the language."""


@context.read_once
def read_sentences(connection: duckdb.DuckDBPyConnection) -> Sentences:
    """Return every sentence on the states and on the Americas."""
    return {
        (row["area"], row["question"], row["language"]): Sentence(
            row["text"],
            row["caution"],
            row["form"],
            (row["question"], row["form"]) in _COMPARING,
            tuple((source, release) for source, release in row["origins"]),
            row["indicator"],
        )
        for row in context.query(connection, "sentence").to_dict("records")
    }
