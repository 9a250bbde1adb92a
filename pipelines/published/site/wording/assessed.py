"""What the United States' reports say of states, in words."""

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from pipelines.published.charts.assessed import ASKED, CREDITED
from pipelines.published.site.context import Row
from pipelines.published.site.facts.assessed import Assessed
from pipelines.published.site.wording.phrases import capital, counted
from pipelines.words.language import Language
from schemas.assessment import HIDDEN

_NAMED: Final = 2
"""Number of codes that a sentence names at most."""


def whose(source: str, area: str, language: Language) -> str:
    """Return whose view the reports are: one government's of others, or its own of itself."""
    form = "self" if source.startswith(f"{area.lower()}_") else "other"
    return language.say(f"knowledge_view_{form}")


def state(assessed: Assessed, area: str, language: Language) -> str:
    """Return the name of a state; of the one that judges itself, with that said."""
    name = language.name("area", area)
    return f"{name} ({language.say('knowledge_self_word')})" if area == assessed.judge else name


def star(language: Language) -> str:
    """Return what the star says, below a picture."""
    return f"* {language.say('knowledge_self_too')}"


def agreement(alpha: float | None, language: Language) -> str:
    """Return how far codings agree, with two decimals; a dash where too few have the code."""
    known = alpha is not None and alpha == alpha
    return f"{alpha:.2f}".replace(".", language.decimal) if known else "–"


def judged(report: Row, language: Language) -> str:
    """Return the tier and the direction of efforts that a report states."""
    tier, direction = report["tier"], report["direction"]
    said = [language.name("tier", tier)]
    if direction != "NOT_STATED":
        said.append(language.name("assessment_direction", direction))
    return " · ".join(said)


def summary(row: Row, language: Language) -> str:
    """Return the summary of a statement, or that it is hidden, in the reader's language."""
    return capital(row["summary"]) if is_english(row) else language.say("knowledge_hidden")


def is_english(row: Row) -> bool:
    """Return whether a summary is shown, which is in English."""
    return bool(row["summary"] != HIDDEN)


def repeated(rows: Iterable[Row]) -> list[tuple[Row, list[int]]]:
    """Return statements with the years of the reports that say the same, the newest first."""
    years: dict[tuple[object, ...], tuple[Row, list[int]]] = {}
    for row in rows:
        names = ("kind", "code", "summary", "is_weak", "doubt", "objection")
        same = tuple(row[name] for name in names)
        of_row = years.setdefault(same, (row, []))[1]
        if row["report_year"] not in of_row:
            of_row.append(row["report_year"])
    return list(years.values())


class Years(NamedTuple):
    """Years of reports whose statements count in answers, and of those whose do not."""

    counted: Sequence[int]
    others: Sequence[int]


def by_subject(rows: Iterable[Row]) -> dict[str, dict[str, Years]]:
    """Return the years of reports by code and kind.

    The codes that most reports recommend come first.
    """
    years: dict[str, dict[str, dict[bool, set[int]]]] = {}
    for row in rows:
        of_kind = years.setdefault(row["code"], {}).setdefault(
            row["kind"], {True: set(), False: set()}
        )
        of_kind[bool(row["is_counted"])].add(row["report_year"])
    found = {
        code: {
            kind: Years(sorted(own[True]), sorted(own[False] - own[True]))
            for kind, own in kinds.items()
        }
        for code, kinds in years.items()
    }
    none = Years((), ())
    return dict(
        sorted(found.items(), key=lambda each: -len(each[1].get("RECOMMENDATION", none).counted))
    )


def under(assessed: Assessed, code: str, language: Language) -> str:
    """Return to how many states a code was recommended of late, and how many were credited.

    Without a source of assessments it says that there is none.
    """
    if not assessed.reports:
        return language.say("knowledge_nothing")
    return language.say(
        "knowledge_under",
        code=language.name("assessment_code", code),
        first=assessed.first,
        last=assessed.last,
        asked=counted("state", len(assessed.states([code], ASKED)), language),
        credited=counted("state", len(assessed.states([code], CREDITED)), language),
    )


def most(codes: list[tuple[str, int]], language: Language) -> str:
    """Return the first codes of a list with their numbers of states: `Training (31), ...`."""
    return language.listing(
        f"{language.name('assessment_code', code)} ({language.number(count)})"
        for code, count in codes[:_NAMED]
    )
