"""Answers in words: each row of `published.answer` as a sentence in each language.

The warehouse decides what is answered and with which numbers; `messages/answer.csv` has the words.
Pages, workbooks, feeds and machines take the sentence from `published.sentence`: none words it a
second time.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import duckdb

from pipelines.warehouse import remarks
from pipelines.words import interface_text, messages
from pipelines.words.disclosure import SUPPRESSED_TOP, bounds, interval_text, is_small
from pipelines.words.language import Language
from pipelines.words.years import printed_year
from schemas import codelists

if TYPE_CHECKING:  # only a build of the warehouse needs it
    import pandas as pd

AMERICAS: Final = "AMERICAS"
"""Area of the answers on all states together."""

_COLUMNS: Final = ("area", "question", "language", "sources", "text", "caution_text")

Values = dict[str, str | float]


def sentences(connection: duckdb.DuckDBPyConnection) -> "pd.DataFrame":
    """Return a row per answer and language, as in `published.sentence`."""
    import pandas as pd

    answers = connection.execute("from published.answer").df().to_dict("records")
    cautions = {
        (row["ref_area"], row["indicator"], row["remark"]): row
        for rows in remarks.of_last(connection).values()
        for row in rows
    }
    rows = []
    for code in codelists.LANGUAGES:
        language = interface_text.language(code)
        sources = remarks.named_sources(connection, language)
        for answer in answers:
            caution = cautions.get((answer["area"], answer["indicator"], answer["caution"]))
            said = remarks.said(caution, sources, language) if caution else None
            warned = (caution["source"], caution["other_source"]) if caution else ()
            named = [*dict.fromkeys(each for each in (*answer["sources"], *warned) if each)]
            text = sentence(answer, sources, language)
            rows.append((answer["area"], answer["question"], code, named, text, said))
    return pd.DataFrame(rows, columns=_COLUMNS)


def sentence(
    answer: Mapping[str, Any], sources: Mapping[str, Mapping[str, Any]], language: Language
) -> str:
    """Return an answer in words.

    Args:
        answer: a row of `published.answer`.
        sources: what readers call the sources (`short_name`), by id.
        language: the reader's.
    """
    values: Values = {}
    for name, argument in {"area": {"area": answer["area"]}, **json.loads(answer["args"])}.items():
        is_list = isinstance(argument, list)
        values |= dict(
            _of_changes(name, argument, language)
            if is_list
            else _values(name, argument, sources, language)
        )
    text = messages.said(
        "answer", answer["question"], answer["form"], language=language.code, values=values
    )
    return text[:1].upper() + text[1:]


def _values(
    name: str,
    argument: Any,  # noqa: ANN401  # a value of JSON
    sources: Mapping[str, Mapping[str, Any]],
    language: Language,
) -> Iterator[tuple[str, str | float]]:
    """Yield the variables of a message that an argument of an answer gives.

    A code or a number for grammar is one as it is; an object is printed by what it is.
    """
    match argument:
        case {"lower": lower, "upper": upper, "value": value}:
            yield from _of_figure(name, value, lower, upper, language)
        case {"year": year, "time_basis": basis}:
            yield name, "" if year is None else printed_year(year, basis or "CY")
        case {"number": number}:
            yield name, "" if number is None else language.number(number).replace("-", "−")
            yield f"{name}_n", number or 0
        case {"source": source}:
            yield name, "" if source is None else str(sources[source]["short_name"])
        case {"codelist": name_of}:
            codes = [code for code in argument.get("codes", [argument.get("code")]) if code]
            texts = [language.name(name_of, code) for code in codes]
            yield name, language.semicolon.join(text[:1].lower() + text[1:] for text in texts)
        case {"area": area}:
            yield from _of_area(name, area, language)
        case None:
            yield from ((f"{name}{part}", "") for part in ("", "_kind"))
            yield f"{name}_n", 0
        case _:
            yield name, argument


def _of_figure(
    name: str, value: float | None, lower: float | None, upper: float | None, language: Language
) -> Iterator[tuple[str, str | float]]:
    """Yield a figure as printed, its number for grammar, and whether it is a small interval."""
    if value is not None:
        yield from ((name, language.number(value)), (f"{name}_n", value), (f"{name}_kind", "exact"))
    elif lower is not None:
        bottom, top = bounds(lower, upper)
        yield name, interval_text(bottom, top, language.number)
        yield f"{name}_n", SUPPRESSED_TOP
        yield f"{name}_kind", "few" if is_small(bottom, top) else "interval"
    else:
        yield from _values(name, None, {}, language)


def _of_changes(
    name: str, changes: Sequence[Mapping[str, Any]], language: Language
) -> Iterator[tuple[str, str | float]]:
    """Yield the states of changes, each with its change, and their number."""
    yield f"{name}_n", len(changes)
    times = [language.times(each["ratio"], each["is_exact"]) for each in changes]
    for part, phrase in {"": language.area, "_in": language.in_area}.items():
        states = [phrase(each["area"]) for each in changes]
        yield f"{name}{part}", language.listing(map("{} ({})".format, states, times))


def _of_area(name: str, area: str | None, language: Language) -> Iterator[tuple[str, str | float]]:
    """Yield the name of a state with its article, and the phrases for `in` and `of` it."""
    is_state = area in codelists.column("area", "code")
    phrases = {"": language.area, "_in": language.in_area, "_of": language.of_area}
    for part, phrase in phrases.items():
        yield f"{name}{part}", phrase(area) if is_state and area else ""
    verb = partial(language.agreeing, "[one|many]")
    yield f"{name}_verb", verb(area) if is_state and area else "one"
