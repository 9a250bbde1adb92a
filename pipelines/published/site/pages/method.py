"""The method: what the figures are and are not, the rules in words, a glossary, the code lists."""

from collections.abc import Iterator
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, Final
from unicodedata import combining, normalize

import duckdb

from pipelines.published import attack_counts
from pipelines.published.charts.table import Cell, Table
from pipelines.published.site import context, rendering
from pipelines.words.language import Language
from schemas import codelists

SECTIONS: Final = {
    "prevalence": 3, "victims": 2, "units": 2, "stages": 2, "marks": 1, "rates": 3, "trends": 5,
    "comparability": 2, "cite": 2, "detectors": 3, "checks": 3, "protection": 6, "revisions": 2,
    "not": 1, "standards": 1,
}  # fmt: skip
"""The sections, ids on the page, each with its number of paragraphs."""
KEEPING_OUT: Final = (
    "S5", "D1", "D2", "D3", "D4", "D5", "D6", "V1", "V2", "V3", "V4", "V6", "T2", "T4", "C5", "C9",
    "M1",
)  # fmt: skip
"""The checks of single rows, by the ids in the notes on pages."""
KEEPING_OUT_FIGURES: Final = tuple(
    code
    for code, effects in codelists.column("remark", "effects").items()
    if "KEEP_OUT" in effects.split(";")
)
"""The detectors that may keep a figure out; the others only mark it doubtful or list it."""

_LISTS_OF: Final = {
    "victims": ("indicator", "role"),
    "units": ("count_unit", "unit_measure", "time_basis"),
    "stages": ("stage", "domain"),
    "marks": ("obs_status", "conf_status", "coverage_status", "break_reason"),
    "rates": ("origin", "withholding"),
    "trends": ("trend_verdict", "evidence", "change_size", "comparison", "direction"),
    "comparability": ("comparability", "remark", "def_scope", "coll_method"),
    "cite": ("citation_reason", "provenance"),
    "revisions": ("change",),
}
"""The code lists that belong to a section."""
_FOR_READING: Final = """
    select rule_id, sum(cases)::bigint
    from main.rule_account
    join main.rule using (rule)
    join main.release using (source, release)
    where severity = 'INFO' and is_current and verdict not in ('holds', 'untestable')
    group by all
"""


_GOES_ON: Final = {"citizenship": "area"}
"""Lists that have the codes of another list behind their own, which the page shows once."""


@dataclass(frozen=True)
class MethodFacts:
    """The facts of the page.

    Attributes:
        rules: ids of the rules between figures.
        for_reading: number of cases found by each rule that is for information only.
        definitions: English definitions by list and code; "" if the name needs none.
    """

    rules: list[str]
    for_reading: dict[str, int]
    definitions: dict[str, dict[str, str]]


def read(connection: duckdb.DuckDBPyConnection) -> MethodFacts:
    """Return the rules and the definitions of all codes."""
    rules = connection.execute("select rule_id from main.rule order by rule_id").fetchall()
    return MethodFacts(
        rules=[rule for (rule,) in rules],
        for_reading=dict(connection.execute(_FOR_READING).fetchall()),
        definitions={name: _definitions(connection, name) for name in codelists.NAMES},
    )


def files(site: context.Site, facts: MethodFacts, language: Language) -> Iterator[context.File]:
    """Yield the page."""
    holding = {rule: language.say(f"method_must_hold_{rule}") for rule in facts.rules}
    for rule, cases in facts.for_reading.items():
        found = language.say("method_for_reading", cases=language.number(cases))
        holding[rule] = f"{holding[rule]}. {found}"
    keeping = {rule: language.say(f"method_kept_out_{rule}") for rule in KEEPING_OUT}
    keeping |= {code: language.name("remark", code) for code in KEEPING_OUT_FIGURES}
    marks = ("break", "uncertain", "interval", "no_rate", "gap")
    terms = [
        code.removesuffix("_word")
        for code in language.words
        if code.startswith("glossary_") and code.endswith("_word")
    ]
    yield rendering.page(
        site,
        "method",
        "method.html",
        language,
        sections=SECTIONS,
        lists_of=_LISTS_OF,
        numbers=_disclosure_counts(language),
        marks=[
            ("suppressed", language.say("method_mark_suppressed")),
            *((mark, language.say(f"key_{mark}")) for mark in marks),
        ],
        must_hold=_rules("method_must_hold", "method_rule_text", holding, language),
        kept_out=_rules("method_kept_out", "method_kept_out_text", keeping, language),
        glossary=sorted(
            (
                (code.replace("_", "-"), language.say(f"{code}_word"), language.say(code))
                for code in terms
            ),
            key=itemgetter(1),
        ),
        lists=_code_lists(facts, language),
        anchor=anchor,
    )


def anchor(listed: str) -> str:
    """Return the id of a code list on the page: its name, unless a section has that id."""
    return f"{listed}-codes" if listed in SECTIONS else listed


def _disclosure_counts(language: Language) -> dict[str, str]:
    """Return the results of the disclosure attack, which the tests count, by placeholder."""
    lines = attack_counts.lines()
    numbers: dict[str, float] = {
        "hidden": lines[0].sought,
        "trial": max(line.sought for line in lines if line.beside.startswith("trial_")),
        "guess_right": attack_counts.percent_right("trial_least_value"),
    }
    for beside in ("newest_release", "older_releases", "us_reports"):
        numbers[f"{beside}_least"], numbers[f"{beside}_most"] = attack_counts.span(beside)
    for beside in ("newest_release", "older_releases"):
        numbers[f"{beside}_right"] = attack_counts.percent_right(f"trial_{beside}")
    for exam in ("exam_release_before", "exam_oldest_release", "exam_zero"):
        numbers[f"{exam}_right"] = attack_counts.percent_right(exam)
    return {name: language.number(number) for name, number in numbers.items()}


def _rules(caption: str, heading: str, texts: dict[str, str], language: Language) -> Table:
    return Table(
        caption=language.say(caption),
        row_heading=language.say("method_rule"),
        columns=[language.say(heading)],
        rows=[(rule, [Cell(text)]) for rule, text in texts.items()],
    )


def _definitions(connection: duckdb.DuckDBPyConnection, name: str) -> dict[str, str]:
    """Return the codes of a list with their definitions; of subdivisions those with figures."""
    with_figures = "semi join published.observation on ref_area::varchar = code::varchar"
    found = connection.execute(
        f"select code::varchar, coalesce(definition, '') from codelist.{name} "  # noqa: S608
        f"{with_figures if name == 'subdivision' else ''}"
    )
    return dict(found.fetchall())


def _code_lists(facts: MethodFacts, language: Language) -> list[dict[str, Any]]:
    """Return the code lists in the alphabetical order of their names, accents left out.

    Of each: code, name and definition of its codes; whether they have definitions, and these are in
    the language, not in English only; the list whose codes stand behind these, "" for none.
    """

    def place(listed: str) -> list[str]:
        name = normalize("NFD", language.say(f"method_list_{listed}"))
        return [sign for sign in name if not combining(sign)]

    found = []
    for name in sorted(codelists.NAMES, key=place):
        definitions, codes = facts.definitions[name], codelists.codes(name)
        if is_translated := all(language.definition(name, code) for code in codes):
            definitions = {code: language.definition(name, code) or "" for code in definitions}
        listed = [
            (code, language.names[name][code], definitions[code])
            for code in codes
            if code in definitions
        ]
        found.append(
            {
                "name": name,
                "codes": listed,
                "is_defined": name == "indicator" or any(definitions.values()),
                "is_translated": is_translated,
                "goes_on": _GOES_ON.get(name, ""),
            }
        )
    return found
