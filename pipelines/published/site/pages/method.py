"""Method and definitions: the meaning of the figures, the checks, and every code list."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import duckdb

from pipelines.published import disclosure
from pipelines.published.i18n.language import Language
from pipelines.published.site import rendering
from pipelines.published.site.figures import context
from pipelines.warehouse.statistics import LEAST_POINTS
from schemas import codelists

LISTS: Final = codelists.NAMES
"""The code lists, each of which has a page."""
_VICTIMS: Final = ("VIC_REPORTED", "VIC_PRESUMED", "VIC_IDENT", "VIC_DETECT", "VIC_RECORDED")
"""The kinds of victims that the page distinguishes, from a signal to a file."""
KEEPING_OUT: Final = (
    "S5", "D1", "D2", "D3", "D4", "D5", "D6", "V1", "V2", "V3", "V4", "V6", "T2", "T4", "C5", "C9",
    "M1",
)  # fmt: skip
"""The checks of single rows, by the ids in the notes on pages."""
_KEEPING_OUT_TABLES: Final = (
    "COPIED_TABLE", "MARGIN_IS_MARGIN", "FILLED_COLUMN", "QUESTION_NUMBER", "OWN_YEAR",
)  # fmt: skip
"""The detectors that may keep a figure out; the others only mark it doubtful or list it."""
_MARKS: Final = ("observed", "uncertain", "year_inferred", "suppressed", "break", "gap")


_FOR_READING: Final = """
    select rule_id, sum(cases)::bigint
    from main.rule_account
    join main.rule using (rule)
    join main.release using (source, release)
    where severity = 'INFO' and is_current and verdict not in ('holds', 'untestable')
    group by all
"""


@dataclass(frozen=True)
class Facts:
    """The facts of the pages.

    Attributes:
        rules: ids of the rules between figures.
        for_reading: number of cases found by each rule that is for information only.
        definitions: English definitions by list and code; "" if the name needs none.
    """

    rules: list[str]
    for_reading: dict[str, int]
    definitions: dict[str, dict[str, str]]


@dataclass(frozen=True)
class Code:
    """A code of a list.

    Attributes:
        code: the code.
        name: its name in the reader's language.
        definition: its definition; in English unless the code is an indicator.
    """

    code: str
    name: str
    definition: str


def read(connection: duckdb.DuckDBPyConnection) -> Facts:
    """Return the rules and the definitions of all codes."""
    rules = connection.execute("select rule_id from main.rule order by rule_id").fetchall()
    return Facts(
        rules=[rule for (rule,) in rules],
        for_reading=dict(connection.execute(_FOR_READING).fetchall()),
        definitions={name: _definitions(connection, name) for name in LISTS},
    )


def files(site: context.Site, facts: Facts, language: Language) -> Iterator[context.File]:
    """Yield the page, and one for each code list."""
    yield rendering.page(
        site,
        "method",
        "method.html",
        language,
        victims=_VICTIMS,
        marks=_MARKS,
        kept_out=KEEPING_OUT,
        detectors=_KEEPING_OUT_TABLES,
        rules=facts.rules,
        for_reading=facts.for_reading,
        disclosed=_disclosure_counts(language),
        lists=LISTS,
        least_points=LEAST_POINTS,
    )
    for listed in LISTS:
        codes = _codes(listed, facts.definitions[listed], language)
        yield rendering.page(
            site,
            "codes",
            f"method/{listed}.html",
            language,
            listed=listed,
            codes=codes,
            is_defined=any(each.definition for each in codes),
            is_english=listed != "indicator",
        )


def _disclosure_counts(language: Language) -> dict[str, str]:
    """Return the results of the disclosure attack, which the tests count, by placeholder."""
    numbers: dict[str, float] = {
        "hidden": disclosure.lines()[0].sought,
        "trial": max(line.sought for line in disclosure.lines() if line.right is not None),
    }
    for beside in ("newest_release", "older_release", "us_reports"):
        numbers[f"{beside}_least"], numbers[f"{beside}_most"] = disclosure.span(beside)
        if beside != "us_reports":
            numbers[f"{beside}_right"] = disclosure.percent_right(f"trial_{beside}")
    numbers["guess_right"] = disclosure.percent_right("trial_least_value")
    return {name: language.number(number) for name, number in numbers.items()}


def _definitions(connection: duckdb.DuckDBPyConnection, name: str) -> dict[str, str]:
    found = connection.execute(
        f"select code::varchar, coalesce(definition, '') from codelist.{name}"  # noqa: S608
    )
    return dict(found.fetchall())


def _codes(listed: str, definitions: dict[str, str], language: Language) -> list[Code]:
    """Return the codes of a list; indicators are defined in each language."""
    names = language.names[listed]
    if listed == "indicator":
        return [
            Code(code, name, language.say(f"definition_{code.lower()}"))
            for code, name in names.items()
        ]
    return [Code(code, name, definitions[code]) for code, name in names.items()]
