"""The source to cite for each state and indicator, as `published.national_series` chooses it.

Pages have no rule of their own for choosing a source.
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
        reason: the reason for citing it, a code of the list `citation_reason`.
        years: the years with a figure to cite.
    """

    source: str
    basis: str
    reason: str
    years: frozenset[int]


Citations = Mapping[tuple[str, str], Cited]
"""The series to cite, by state and indicator."""


def read_citations(rows: pd.DataFrame) -> Citations:
    """Return the series to cite from the rows of sql/cited.sql."""
    return {
        (row["ref_area"], row["indicator"]): Cited(
            row["source"], row["time_basis"], row["citation_reason"], frozenset(row["years"])
        )
        for row in rows.to_dict("records")
    }


def is_shown(cited: Cited, shown: FigureView) -> bool:
    """Return whether a figure of one source includes the series to cite."""
    columns = (shown.frame[name].tolist() for name in ("time_basis", "year"))
    pairs = {(basis, int(year)) for basis, year in zip(*columns, strict=True)}
    return cited.source == shown.source and any((cited.basis, y) in pairs for y in cited.years)


def marked(shown: FigureView, area: str, citations: Citations, language: Language) -> FigureView:
    """Return the figure with the sentence on the indicators for which to cite it, and why."""
    reasons: dict[str, list[str]] = {}
    for indicator in shown.indicators:
        cited = citations.get((area, indicator))
        if cited and is_shown(cited, shown):
            reasons.setdefault(cited.reason, []).append(language.name("indicator", indicator))
    text = "cite_figures" if len(shown.indicators) == 1 else "cite_some"
    sentences = [
        language.say(
            text,
            indicators=headlines.clauses([headlines.within(each) for each in names], language),
            reason=_reason(reason, language),
        )
        for reason, names in reasons.items()
    ]
    return replace(shown, cite=" ".join(sentences))


def among(
    cited: Cited | None, series: Sequence[tuple[str, str]], publisher: str, language: Language
) -> str:
    """Return the sentence on which of several numbered series to cite, and why.

    `series` has source and kind of year of each. The sentence gives no number if the series to cite
    is not among them; it is "" if there is none to cite.
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
    """Return the names of the states for which to cite a source for the indicator, by reason."""
    found: dict[str, list[str]] = {}
    for area in alphabet:
        cited = citations.get((area, indicator))
        if cited and (cited.source, cited.basis) == (source, basis):
            reason = language.name("citation_reason", cited.reason)
            found.setdefault(reason, []).append(language.name("area", area))
    return found


def _reason(code: str, language: Language) -> str:
    return headlines.within(language.name("citation_reason", code))
