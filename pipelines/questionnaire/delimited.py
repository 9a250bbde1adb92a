"""Forms as text: a plain CSV with a line per row, and SDMX-CSV 2.0 of the flow of all figures.

In SDMX-CSV a figure that is hidden below the threshold has `OBS_STATUS` Q and `UPPER_BOUND` 4;
the answers about the figures, and the version of the form, are in columns after the flow's.
"""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from pipelines.protection.cells import THRESHOLD
from pipelines.questionnaire import labels
from pipelines.questionnaire.answers import (
    Filled,
    FormAnswer,
    FormCell,
    FormRefusedError,
    NoFormError,
)
from pipelines.questionnaire.figures import HIDDEN
from pipelines.questionnaire.form import DIMENSIONS, KIND, QUESTIONS, Form, Question, asked, rows
from pipelines.questionnaire.recognition import Found, filled, identity, other_year
from pipelines.raw.questionnaires import YEARS
from pipelines.reader.coded_columns import TOTALS

PLAIN: Final = ("key", "question", "definition", "last_year", "figure", "note", "published")
_FLOW: Final = {"STRUCTURE": "dataflow", "STRUCTURE_ID": "TIPSTAT:DF_TIP(1.0.0)", "ACTION": "R"}
_CELL: Final = (
    "FREQ", "REF_AREA", "INDICATOR", "SEX", "AGE", "EXPLOITATION", "CITIZENSHIP",
    "COUNTERPART_ROLE", "COUNTERPART_AREA", "BREAKDOWN", "TIME_BASIS", "TIME_PERIOD",
)  # fmt: skip
_PUBLISHED: Final = "PUBLISHED"
_ANSWER: Final = (
    "OBS_VALUE", "UPPER_BOUND", "OBS_STATUS", "DEF_SCOPE", "COMMENT_OBS", _PUBLISHED,
)  # fmt: skip
_NAMES: Final = {"OFFICE": "office", "OFFICE_PAGE": "page", "COUNTED_SINCE": "since"}
_OWN: Final = _NAMES | {
    question.name.upper(): question.name
    for question in QUESTIONS
    if question.name not in ("time_basis", "def_scope", *_NAMES.values())
}
STATED: Final = {"TIME_BASIS": "time_basis", "DEF_SCOPE": "def_scope", **_OWN}
"""The columns of the answers about the figures, which are the same in every line."""
_FORM: Final = "FORM"
SDMX: Final = (*_FLOW, *_CELL, *_ANSWER, *_OWN, _FORM)

LONGEST: Final = 2_000_000
"""Most bytes of a text; a form has some thirty thousand."""


def plain(form: Form, last: Mapping[str, str]) -> str:
    """Return an empty form as plain CSV."""
    lines = [("|".join(labels.identity(form, labels.whole_label)), *[""] * 6)]
    for each in asked():
        choices = " / ".join(form.choices(each).values()) if isinstance(each, Question) else ""
        explained = " ".join(f"{labels.explanation(each, form)} {choices}".split())
        label = labels.whole_label(each, form)
        lines.append((form.key(each), label, explained, last.get(each.name, ""), "", "", ""))
    return _written(PLAIN, lines)


def sdmx(form: Form) -> str:
    """Return an empty form as SDMX-CSV 2.0."""
    lines = []
    for row in rows():
        cell = TOTALS | {name: getattr(row, name) for name in ("indicator", *DIMENSIONS)}
        cell |= {"ref_area": form.state, "time_period": f"{form.year}"}
        codes = {name.upper(): code for name, code in cell.items()}
        line = {**_FLOW, **codes, _FORM: "|".join(form.identity)}
        lines.append([line.get(name, "") for name in SDMX])
    return _written(SDMX, lines)


def _written(header: Sequence[str], lines: Sequence[Sequence[str]]) -> str:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows([header, *lines])
    return text.getvalue()


def read_delimited(path: Path) -> Filled:
    """Return the answers in a form of either kind.

    Raises:
        NoFormError: it is not one of ours.
        FormRefusedError: it is not CSV in UTF-8, or was changed outside the cells to be filled in.
    """
    header, *lines = _lines(path)
    if header[:1] == [PLAIN[0]] and lines and lines[0][0].startswith(KIND):
        _refuse_other_columns(path, header, PLAIN)
        of = identity(lines[0][0].split("|"))
        for column in header:
            if column in (f"{year}" for year in YEARS):
                raise other_year(path, of.form(path), f"line 1, {column}", column)
        return filled(path, of, [*_plain(header, lines[1:])])
    if _FORM in header and lines:
        _refuse_other_columns(path, header, SDMX)
        of = identity(lines[0][header.index(_FORM)].split("|"))
        return filled(path, of, [*_of_sdmx(path, of.form(path), header, lines)])
    raise NoFormError(path, "no_form")


def _lines(path: Path) -> list[list[str]]:
    if path.stat().st_size > LONGEST:
        raise NoFormError(path, "too_large")
    try:
        text = path.read_bytes().decode("utf-8-sig")
        first = text.partition("\n")[0]
        between = max(",;\t", key=first.count)
        lines = [*csv.reader(io.StringIO(text, newline=""), delimiter=between, strict=True)]
    except (UnicodeDecodeError, csv.Error) as fault:
        raise NoFormError(path, "no_csv", reason=fault) from fault
    header, *rest = lines or [[]]
    filled_lines = [line for line in rest if any(line)]
    if any(len(line) != len(header) for line in filled_lines):
        raise NoFormError(path, "uneven")
    return [header, *filled_lines]


def _refuse_other_columns(path: Path, found: Sequence[str], known: Sequence[str]) -> None:
    for name in known:
        if found.count(name) != 1:
            raise FormRefusedError(path, "columns", column=name, count=found.count(name))


def _plain(header: list[str], lines: list[list[str]]) -> Iterator[Found]:
    key, label, *filled_in = map(header.index, ("key", "question", *PLAIN[-3:]))
    for number, line in enumerate(lines, start=3):
        cells = (FormCell(f"line {number}, {header[at]}", line[at].strip()) for at in filled_in)
        label_ = FormCell(f"line {number}, question", line[label].strip())
        yield Found(f"line {number}", line[key].strip(), label_, FormAnswer(*cells))


def _of_sdmx(path: Path, form: Form, header: list[str], lines: list[list[str]]) -> Iterator[Found]:
    """Yield the answers of a form in SDMX-CSV; the key of a cell that no form has matches none."""
    named = [
        (number, dict(zip(header, map(str.strip, line), strict=True)))
        for number, line in enumerate(lines, start=2)
    ]
    for column, name in STATED.items():
        texts = dict.fromkeys(line[column] for _, line in named if line[column])
        if len(texts) > 1:
            raise FormRefusedError(path, "answers_differ", form.language, column=column,
                                   count=len(texts))  # fmt: skip
        cell = FormCell(f"line 2, {column}", next(iter(texts), ""))
        question = next(question for question in QUESTIONS if question.name == name)
        yield Found("line 2", form.key(question), None, FormAnswer(cell))
    fixed = {name.upper(): code for name, code in TOTALS.items() if name not in DIMENSIONS}
    names = ("REF_AREA", "TIME_PERIOD", "INDICATOR", *(name.upper() for name in DIMENSIONS))
    for number, line in named:
        is_ours = all(line[name] == code for name, code in fixed.items())
        key = "|".join([*(line[name] for name in names), *["other"] * (not is_ours)])
        text = "" if line["OBS_VALUE"] == "NaN" else line["OBS_VALUE"]
        if line["OBS_STATUS"] == "Q" and not text:  # suppressed
            limit = line["UPPER_BOUND"]
            text = HIDDEN if limit == f"{THRESHOLD - 1}" else f"<={limit}"
        answer = FormAnswer(
            FormCell(f"line {number}, OBS_VALUE", text),
            FormCell(f"line {number}, COMMENT_OBS", line["COMMENT_OBS"]),
            FormCell(f"line {number}, {_PUBLISHED}", line[_PUBLISHED]),
        )
        yield Found(f"line {number}", key, None, answer)
