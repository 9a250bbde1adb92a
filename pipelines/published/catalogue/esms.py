"""Reference metadata of each source, by the concepts of ESMS 2.0, in four languages.

ESMS is the Euro SDMX Metadata Structure; `esms_attribute.csv` lists its concepts that a fact of the
warehouse answers. Other concepts are left out: what a publisher does not state is not made up.
"""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Final

import duckdb

from pipelines.lib.accents import without_accents
from pipelines.published.catalogue import Row, sources
from pipelines.words import messages
from pipelines.words.language import Language
from schemas import codelists

_HERE: Final = Path(__file__).parent

_Said = Callable[[Row, Language], str]


@cache
def attributes() -> dict[str, dict[str, str]]:
    """Return the names of each attribute by language, in the order of a report."""
    rows = codelists.rows(_HERE / "esms_attribute.csv")
    return {
        row["code"]: {code: row[f"name_{code}"] for code in codelists.LANGUAGES} for row in rows
    }


def reports(connection: duckdb.DuckDBPyConnection) -> list[dict[str, str]]:
    """Return the reports of the sources whose figures may be passed on.

    A row has the members `source`, `attribute`, `language` and `text`, in the order of sources,
    attributes and languages. An attribute of which nothing is known has no row.

    Args:
        connection: of a warehouse; of one that is attached, after `use <its name>`.
    """
    found = []
    for row in sources(connection):
        for attribute in attributes():
            for code in codelists.LANGUAGES:
                if text := _TEXTS[attribute](row, Language(code, {}, {})):
                    place = {"source": row["source"], "attribute": attribute, "language": code}
                    found.append(place | {"text": text})
    return found


def _own(column: str) -> _Said:
    """Return a function that finds what the source itself says, in each language."""
    return lambda row, language: str(row[f"{column}_{language.code}"])


def _name(codelist: str, column: str) -> _Said:
    return lambda row, language: codelists.labels(codelist, language.code)[row[column]]


def _publisher(row: Row, language: Language) -> str:
    return str(row["publisher" if language.code == "en" else f"publisher_{language.code}"])


def _areas(row: Row, language: Language) -> str:
    names = codelists.labels("area", language.code)
    return ", ".join(sorted((names[code] for code in row["areas"]), key=without_accents))


def _comment(row: Row, language: Language) -> str:
    """Return what must be known before using the figures, and what the source leaves out."""
    texts = (row[f"{column}_{language.code}"] for column in ("caution", "leaves_out"))
    return " ".join(filter(None, texts))


def _say(attribute: str, form: str, language: Language, **numbers: object) -> str:
    """Return a message; a number comes as it is printed, and as `<name>_n` for grammar alone."""
    values: dict[str, str | float] = {}
    for name, value in numbers.items():
        is_number = isinstance(value, int)
        values[name] = language.number(value) if isinstance(value, int) else str(value)
        values |= {f"{name}_n": value} if is_number else {}  # type: ignore[dict-item]
    return messages.said("esms", attribute, form, language=language.code, values=values)


def _years(row: Row, language: Language) -> str:
    return _say("COVERAGE_TIME", "", language, first=row["first_year"], last=row["last_year"])


def _small_counts(row: Row, language: Language) -> str:
    form = "HIDES" if row["threshold"] else "SUPPRESSES" if row["suppressed"] else "NONE"
    numbers = {name: row[name] for name in ("threshold", "suppressed", "figures")}
    return _say("CONF_DATA_TR", form, language, **numbers)


def _frequency(row: Row, language: Language) -> str:
    form = "IRREGULAR" if row["release_day"] == "RETRIEVED" else "REGULAR"
    values: dict[str, str | float] = {"months": row["months"]}
    return messages.said("esms", "FREQ_DISS", form, language=language.code, values=values)


def _accuracy(row: Row, language: Language) -> str:
    numbers = {name: row[name] for name in ("kept_out", "held", "failed", "untestable")}
    form = "SUMS" if any(numbers[name] for name in ("held", "failed", "untestable")) else "NO_SUMS"
    return _say("ACCURACY_OVERALL", form, language, **numbers)


def _timeliness(row: Row, language: Language) -> str:
    days = row["days_to_release"]
    return "" if days is None else _say("TIMELINESS", "", language, days=days)


def _punctuality(row: Row, language: Language) -> str:
    days = row["days_overdue"]
    if days is None:
        return ""
    return _say("PUNCTUALITY", "OVERDUE" if days else "IN_TIME", language, days=days)


def _level(row: Row, language: Language) -> str:
    level = codelists.labels("comparability", language.code)[row["comparability"]]
    return _say("COMPAR_GEO", "", language, level=level)


def _breaks(row: Row, language: Language) -> str:
    return _say("COMPAR_TIME", "", language, breaks=row["breaks"])


def _pairs(row: Row, language: Language) -> str:
    agreeing = row["pairs_agreeing"]
    return _say("COHER_X_DOM", "", language, pairs=row["pairs"], agreeing=agreeing)


def _revisions(row: Row, language: Language) -> str:
    count = row["revisions"]
    return _say("REV_PRACTICE", "ONE" if count is None else "SEVERAL", language, revisions=count)


_TEXTS: Final[dict[str, _Said]] = {
    "CONTACT_ORGANISATION": _publisher,
    "DATA_DESCR": _own("counted"),
    "STAT_CONC_DEF": _name("def_scope", "def_scope"),
    "REF_AREA": _areas,
    "COVERAGE_TIME": _years,
    "REF_PERIOD": _name("time_basis", "time_basis"),
    "CONF_DATA_TR": _small_counts,
    "REL_POL_US_AC": _own("licence"),
    "FREQ_DISS": _frequency,
    "ONLINE_DB": lambda row, _: str(row["page"]),
    "ACCURACY_OVERALL": _accuracy,
    "TIMELINESS": _timeliness,
    "PUNCTUALITY": _punctuality,
    "COMPAR_GEO": _level,
    "COMPAR_TIME": _breaks,
    "COHER_X_DOM": _pairs,
    "REV_PRACTICE": _revisions,
    "SOURCE_TYPE": _name("coll_method", "coll_method"),
    "COMMENT_DSET": _comment,
}
"""Functions that return what is known of a source, by attribute."""
