"""Words on one indicator: how many states have it, its levels, its properties, who reports it."""

import json
from collections.abc import Iterable, Sequence
from typing import Final

from pipelines.published.site import context
from pipelines.published.site.facts.total import Total
from pipelines.published.site.wording.notes import differing_years
from pipelines.published.site.wording.phrases import within
from pipelines.warehouse import sentences
from pipelines.warehouse.sentences import AMERICAS
from pipelines.words import messages
from pipelines.words.disclosure import Row
from pipelines.words.language import Language
from schemas import parameters

_NUMBER: Final = "NUMBER"  # code of unit_measure for plain counts, which need no word


def entry(
    row: Row,
    cited: Sequence[Total],
    parties: int | None,
    site: context.Site,
    language: Language,
) -> str:
    """Return how many states have figures to cite of an indicator; if none, how many have any."""
    total = len(site.states[language.code])
    if parties is not None:
        form = "all" if parties == total else "some"
        return language.say(f"indicator_entry_party_{form}", states=parties, total=total)
    if cited:
        years = [point.year for each in cited for point in each.known]
        period = f"{min(years)}–{max(years)}"
        return language.say("indicator_entry_states", states=len(cited), total=total, period=period)
    if row["states"]:
        return language.say("indicator_entry_uncited", states=row["states"], total=total)
    form = "parts" if row["parts"] else "none"
    return language.say(f"indicator_entry_{form}", states=row["parts"], total=total)


def sentence(cited: Sequence[Total], name: str, states: int, language: Language) -> str:
    """Return how many states have the indicator, and until when."""
    return language.say(
        "indicator_sentence",
        indicator=name,
        states=len(cited),
        total=states,
        year=max(each.last.year for each in cited),
    )


def levels(row: Row, name: str, language: Language) -> str:
    """Return in how many states the level has doubled, and halved: a row of sql/region.sql."""
    counts = {each: int(row[each]) for each in ("compared", "doubled", "halved")}
    return messages.said(
        "indicator", "LEVELS", language=language.code, values={"indicator": name, **counts}
    )


def evidence(row: Row, language: Language) -> tuple[str, str]:
    """Return the strength of the evidence of all states together, and a sentence on it.

    Both are "" where too few are tested.
    """
    if row["tested"] < parameters.number("series_of_indicator_evidence"):
        return "", ""
    alone = [*row["alone"]]
    args = {
        "tested": int(row["tested"]),
        "leaning": int(max(row["up"], row["down"])),
        "least": parameters.whole("least_years_of_trend"),
        "alone": len(alone),
        "only": {"area": alone[0] if alone else None},
    }
    answer = {"area": AMERICAS, "question": "EVIDENCE", "form": row["lean"]}
    text = sentences.sentence({**answer, "args": json.dumps(args)}, {}, language)
    return "NONE" if row["lean"] == "UNSURE" else "STRONG", text


def described(row: Row, language: Language) -> list[tuple[str, str]]:
    """Return the indicator's properties in the code list: label and value."""
    dimensions = [
        language.say(f"indicator_dimension_{code.lower()}")
        for code in (row["dims_allowed"] or "").split()
    ]
    is_count = row["unit_measure"] == _NUMBER
    values = {
        "indicator_unit": language.name("count_unit", row["count_unit"]),
        "indicator_measure": "" if is_count else language.name("unit_measure", row["unit_measure"]),
        "indicator_stage": language.name("stage", row["stage"]),
        "indicator_dimensions": ", ".join(dimensions),
        "indicator_parent": language.name("indicator", row["parent"]) if row["parent"] else "",
        "indicator_iccs": row["iccs"],
        "indicator_code": row["code"],
    }
    return [(language.say(label), value) for label, value in values.items() if value]


def reporters(totals: Iterable[Total], site: context.Site, language: Language) -> str:
    """Return the sources of the indicator, each with its number of states."""
    areas: dict[str, set[str]] = {}
    for total in totals:
        areas.setdefault(total.source, set()).add(total.area)
    return ", ".join(
        language.say("indicator_reporter", source=site.short_name(source), states=len(own))
        for source, own in areas.items()
    )


def who_could(row: Row, language: Language) -> str:
    """Return which authority records what the indicator counts, by its stage or itself."""
    own = f"indicator_by_{row['code']}".lower()
    return language.say(own if own in language.words else f"indicator_by_{row['stage']}".lower())


def differing(totals: Iterable[Total], site: context.Site, language: Language) -> str:
    """Return the sources that count by another definition, each with its legal scope."""
    found = {total.source for total in totals if differing_years(total)}
    scopes = {
        site.sources[source]["short_name"]: within(
            language.name("def_scope", site.sources[source]["def_scope"])
        )
        for source in sorted(found)
    }
    return language.semicolon.join(
        f"{name}{language.colon}{scope}" for name, scope in scopes.items()
    )


def other_caption(site: context.Site, source: str, basis: str, language: Language) -> str:
    """Return the caption of a table of the series that are not to cite."""
    return language.say(
        "indicator_other_caption",
        source=site.short_name(source),
        basis=language.name("time_basis", basis),
    )
