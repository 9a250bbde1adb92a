"""Words on one indicator: how many states have it, its properties, who reports it."""

from collections.abc import Iterable, Sequence
from typing import Final

from pipelines.published.site import context
from pipelines.published.site.facts.total import Total
from pipelines.published.site.facts.trends import TESTED, page_verdict
from pipelines.published.site.wording.notes import differing_years
from pipelines.published.site.wording.phrases import tested_years, within
from pipelines.words.disclosure import Row
from pipelines.words.language import Language

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


def sentence(
    row: Row,
    cited: list[Total],
    repeated: list[str],
    parties: int | None,
    site: context.Site,
    language: Language,
) -> str:
    """Return the sentence to cite: how many states have the indicator, and until when."""
    total = len(site.states[language.code])
    if parties is not None:
        form, treaty = "all" if parties == total else "some", f"treaty_short_{row['code']}"
        return language.say(
            f"indicator_party_{form}", treaty=language.say(treaty), states=parties, total=total
        )
    named = language.name("indicator", row["code"])
    if cited:
        return language.say(
            "indicator_sentence",
            indicator=named,
            states=len(cited),
            total=total,
            year=max(each.last.year for each in cited),
        )
    states = len(repeated) or row["parts"]
    form = "repeated" if repeated else "parts" if states else "none"
    return language.say(f"indicator_sentence_{form}", indicator=named, states=states, total=total)


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


def reporters(
    cited: list[Total],
    others: dict[tuple[str, str], list[Total]],
    site: context.Site,
    language: Language,
) -> str:
    """Return the sources of the indicator, each with its number of states."""
    areas: dict[str, set[str]] = {}
    for total in (*cited, *(total for own in others.values() for total in own)):
        areas.setdefault(total.source, set()).add(total.area)
    return ", ".join(
        language.say(
            "indicator_reporter",
            source=site.short_name(source),
            states=len(own),
        )
        for source, own in areas.items()
    )


def verdicts(totals: Iterable[Total], site: context.Site, language: Language) -> list[str]:
    """Return the tested series by verdict, as all pages tell it; the years of those that changed.

    A series that is not to cite has its source and years beside the state.
    """
    found: dict[str, list[str]] = {}
    for total in totals:
        if total.trend is None or total.trend.q_value is None:
            continue
        name, verdict = language.name("area", total.area), page_verdict(total.trend)
        years = tested_years(total.trend, language)
        if not total.reason:
            source = site.short_name(total.source)
            name = language.say("indicator_uncited", area=name, source=source, years=years)
        elif verdict != "no_clear_change":
            name = f"{name}, {years}"
        found.setdefault(verdict, []).append(name)
    return [
        f"{language.say(f'verdict_{code}')}{language.colon}{language.semicolon.join(found[code])}."
        for code in TESTED
        if code in found
    ]


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
