"""Notes on whole years of a series: who counted, and other indicators with the same numbers."""

import pandas as pd

from pipelines.published.i18n.language import Language, spans
from pipelines.published.site.figures.wording import headlines


def source_notes(frame: pd.DataFrame, language: Language) -> list[tuple[str, str]]:
    """Return notes on who counted what, by indicator, for sources that gather several authorities.

    The notes of the source itself are quoted in English.
    """
    noted = sorted(_years_by_text(frame, "source_note").items(), key=lambda pair: sorted(pair[1]))
    return [
        (indicator, language.say("note_comment", years=spans(sorted(years)), comment=comment))
        for (indicator, comment), years in noted
    ]


def same_numbers(frame: pd.DataFrame, language: Language) -> list[tuple[str, str]]:
    """Return notes, by indicator, on other indicators for which the source has the same numbers."""
    found = []
    for (indicator, others), years in _years_by_text(frame, "same_as").items():
        names = [language.name("indicator", other) for other in others.split()]
        listed = headlines.clauses(names, language)
        note = language.say("note_same_as", years=spans(sorted(years)), indicators=listed)
        found.append((indicator, note))
    return found


def _years_by_text(frame: pd.DataFrame, column: str) -> dict[tuple[str, str], set[int]]:
    """Return by indicator and text of a column the years that have this text."""
    years: dict[tuple[str, str], set[int]] = {}
    columns = (frame[name].tolist() for name in ("indicator", "year", column))
    for indicator, year, text in zip(*columns, strict=True):
        if isinstance(text, str):
            years.setdefault((indicator, text), set()).add(int(year))
    return years
