"""What is known of the figures to cite, in words: the same on pages and in extracts.

`published.remark` decides what is known of a figure, and in which order it is said. Here a remark
becomes a sentence in the reader's language, with the figures, years and names that it has.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import duckdb

from pipelines.warehouse.rows import rows, rows_by
from pipelines.words import messages
from pipelines.words.disclosure import bounds, interval_text
from pipelines.words.language import Language
from pipelines.words.years import printed_year

Row = Mapping[str, Any]

SHOWN: Final = 3
"""How many remarks stand beside a figure: the first by rank."""

_OF_LAST: Final = """
    select
        *,
        may_be_passed_on(source) and may_be_passed_on(other_source) as is_free
    from published.remark
    where
        (is_last or severity = 'absent')
        and (sex, age, exploitation, citizenship) = ('_T', '_T', '_T', '_T')
    order by ref_area, indicator, rank
"""
_NONE: Final = "none"
"""Value of a variable that a message may leave out."""


def of_last(connection: duckdb.DuckDBPyConnection) -> Mapping[tuple[str, str], Sequence[Row]]:
    """Return the remarks on the newest figure to cite, or why there is none.

    By state and indicator, each a row of `published.remark`, the first to be said first; `is_free`
    says whether the terms of both its sources allow others to be given it.
    """
    return rows_by(connection, _OF_LAST, "ref_area", "indicator")


def said(row: Row, sources: Mapping[str, Mapping[str, Any]], language: Language) -> str:
    """Return a remark in words: its sentence, or its name where that says all.

    Args:
        row: a row of `published.remark`.
        sources: what readers call the sources (`short_name`) and what these leave out
            (`leaves_out_<language>`), by id.
        language: the reader's.
    """
    code = row["remark"]
    if (code,) not in messages.texts("remark"):
        return language.name("remark", code)
    values = _values(row, sources, language)
    text = messages.said("remark", code, language=language.code, values=values)
    return text[:1].upper() + text[1:]


def named_sources(
    connection: duckdb.DuckDBPyConnection, language: Language
) -> dict[str, dict[str, Any]]:
    """Return the rows of `main.source` by id, each with the short name of its publisher."""
    publisher = "publisher" if language.code == "en" else f"publisher_{language.code}"
    return {
        row["source"]: row
        | {"short_name": language.words.get(f"short_{row['source']}") or row[publisher]}
        for row in rows(connection, "from main.source")
    }


def shown(remarks: Iterable[Row]) -> list[Row]:
    """Return the remarks that stand beside a figure, of all in their order."""
    return [*remarks][:SHOWN]


def _values(
    row: Row, sources: Mapping[str, Mapping[str, Any]], language: Language
) -> dict[str, str | float]:
    """Return the variables of a message: figures as printed, names in the reader's language."""
    other = row["other_source"] or row["source"]
    lower, upper, value = row["other_lower"], row["other_upper"], row["other_value"]
    if value is None and lower is not None:
        figure = interval_text(*bounds(lower, upper), language.number)
    else:
        figure = "" if value is None else language.number(value)
    found: dict[str, str | float] = {
        "figure": figure,
        "year": _year(row["year"], row["time_basis"]),
        "other_year": _year(row["other_year"], row["other_time_basis"] or row["time_basis"]),
        "own_source": _short(row["source"], sources),
        "source": _short(other, sources),
        # The government whose figures a source prints, else its publisher.
        "author": (other and language.government(other, row["ref_area"])) or _short(other, sources),
        "left_out": (other and sources[other].get(f"leaves_out_{language.code}")) or _NONE,
        "detail": _detail(row, language),
        "same": row["same"] or 0,
        "years": row["years"] or 0,
    }
    if indicator := row["other_indicator"]:
        name = language.name("indicator", indicator)
        found["indicator"] = name[:1].lower() + name[1:]
    if (kept_out := row["kept_out"]) is not None:
        found |= {"count": kept_out, "figure": language.number(kept_out)}
    return found


def _year(year: int | None, basis: str | None) -> str:
    return "" if year is None else printed_year(year, basis or "CY")


def _short(source: str | None, sources: Mapping[str, Mapping[str, Any]]) -> str:
    return str(sources[source]["short_name"]) if source else ""


def _detail(row: Row, language: Language) -> str:
    """Return the detail of a remark: its code where a message selects by it, else its name."""
    detail = row["detail"] or _NONE
    if row["remark"] == "FORM_EXCEEDS":
        return language.words.get(f"form_short_{detail}") or language.name("exploitation", detail)
    if row["remark"] == "COUNTS_INSTEAD":
        return language.words[f"break_counts_{detail}"]
    if row["remark"] == "FISCAL":
        return language.name("time_basis", row["time_basis"])
    return str(detail)
