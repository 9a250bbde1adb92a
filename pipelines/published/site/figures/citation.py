"""Which source is to be cited for a state and indicator: what `published.national_series` says.

Pages choose no source by a rule of their own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from pipelines.published.i18n.language import Language
from pipelines.published.site.figures.view import FigureView
from pipelines.published.site.figures.wording import headlines


@dataclass(frozen=True)
class Cited:
    """The series to cite.

    Attributes:
        source: id of its source.
        basis: its kind of year.
        reason: why, code of the list `citation_reason`.
        years: those of which there is a figure to cite.
    """

    source: str
    basis: str
    reason: str
    years: frozenset[int]


Citations = Mapping[tuple[str, str], Cited]
"""The series to cite, by state and indicator."""


def read(rows: pd.DataFrame) -> Citations:
    """The rows of sql/cited.sql."""
    return {
        (row["ref_area"], row["indicator"]): Cited(
            row["source"], row["time_basis"], row["citation_reason"], frozenset(row["years"])
        )
        for row in rows.to_dict("records")
    }


def is_shown(cited: Cited, shown: FigureView) -> bool:
    """Return whether a figure of one source shows the series."""
    columns = (shown.frame[name].tolist() for name in ("time_basis", "year"))
    pairs = {(basis, int(year)) for basis, year in zip(*columns, strict=True)}
    return cited.source == shown.source and any((cited.basis, y) in pairs for y in cited.years)


def marked(shown: FigureView, area: str, citations: Citations, language: Language) -> FigureView:
    """The figure of one source, with the indicators of which it is to be cited, and why."""
    reasons: dict[str, list[str]] = {}
    for indicator in shown.indicators:
        cited = citations.get((area, indicator))
        if cited and is_shown(cited, shown):
            reasons.setdefault(cited.reason, []).append(language.name("indicator", indicator))
    text = "cite_figures" if len(shown.indicators) == 1 else "cite_some"
    said = [
        language.say(
            text,
            indicators=headlines.clauses([headlines.within(each) for each in names], language),
            reason=_reason(reason, language),
        )
        for reason, names in reasons.items()
    ]
    return replace(shown, cite=" ".join(said))


def among(
    cited: Cited | None, series: Sequence[tuple[str, str]], publisher: str, language: Language
) -> str:
    """Which of several numbered series, of source and kind of year each, is to be cited, and why.

    It bears no number where it is none of them; "" if no figure is to be cited.
    """
    if cited is None:
        return ""
    key = (cited.source, cited.basis)
    number = f"({series.index(key) + 1}) " if key in series else ""
    return language.say(
        "cite_among", publisher=f"{number}{publisher}", reason=_reason(cited.reason, language)
    )


def states(
    citations: Citations, indicator: str, source: str, basis: str, alphabet: list[str],
    language: Language,
) -> dict[str, list[str]]:  # fmt: skip
    """By reason, the states for which a source is to be cited for the indicator."""
    found: dict[str, list[str]] = {}
    for area in alphabet:
        cited = citations.get((area, indicator))
        if cited and (cited.source, cited.basis) == (source, basis):
            reason = language.name("citation_reason", cited.reason)
            found.setdefault(reason, []).append(language.name("area", area))
    return found


def _reason(code: str, language: Language) -> str:
    return headlines.within(language.name("citation_reason", code))
