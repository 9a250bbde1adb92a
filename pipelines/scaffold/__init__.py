"""Begins a source: what can be found out is written, what only a person can say is marked.

`QUESTIONS` says what is to be known, in the order in which it is asked; `write` makes of the
answers a module that is discovered and a fixture. Both hold `FILL IN: ...` where words are wanted,
and the tests of all sources name each such place until it is filled.
"""

import csv
import io
import json
import textwrap
from pathlib import Path
from typing import Final

import jinja2

from pipelines import docs, sources
from pipelines.scaffold.questions import QUESTIONS, AnswerError, Answers, Question
from schemas.source import Layout

__all__ = ["QUESTIONS", "AnswerError", "Answers", "Question", "begun", "refuse_elsewhere", "write"]

_FOLDER: Final = Path(__file__).parent
_LINE: Final = 100


def refuse_elsewhere(root: Path) -> None:
    """Refuses a folder that is not the project whose code is running.

    Raises:
        FileNotFoundError: a source written there would not be discovered.
    """
    if (root / "pipelines" / "sources").resolve() != Path(sources.__file__).resolve().parent:
        raise FileNotFoundError(
            f"{root}: not the project's folder; run in it, or set TIPSTAT_HOME to it"
        )


def write(answers: Answers, root: Path) -> list[Path]:
    """Writes the module and the fixture of a new source, and the generated pages of docs/.

    Returns what was written.

    Raises:
        FileExistsError: the module or the fixture is there already.
    """
    layout = answers.layout()
    module = root / "pipelines" / "sources" / f"{answers.id}.py"
    fixture = root / "tests" / "fixtures" / answers.id / f"input{_suffix(layout)}"
    fixture.parent.mkdir(parents=True, exist_ok=True)
    with fixture.open("xb") as file:
        file.write(_fixture(answers, layout))
    with module.open("x", encoding="utf-8") as file:
        file.write(_filled("module.py.j2", answers, unread=_unread(answers)))
    sources.discover.cache_clear()
    pages = docs.write(root / "docs")
    return [module, fixture, *(root / "docs" / page for page in pages)]


def begun(answers: Answers, written: list[Path]) -> str:
    """What was written, and what is to be done next: the steps of docs/add-a-source.md."""
    return _filled("next_steps.txt.j2", answers, written=written)


def _filled(template: str, answers: Answers, **more: object) -> str:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_FOLDER),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=jinja2.StrictUndefined,
        autoescape=False,  # noqa: S701 - Python and plain text, no page
    )
    environment.filters |= {"literal": _literal, "stated": _stated, "listed": _listed}
    return environment.get_template(template).render(
        answers=answers, layout=answers.layout(), **more
    )


def _unread(answers: Answers) -> list[str]:
    """The columns that nothing is made of yet."""
    read = {answers.year_column, answers.figure_column}
    return [name for name in answers.layout().header if name not in read]


def _literal(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _stated(text: str, name: str) -> str:
    """A text as argument of a call, in several pieces if a line cannot hold it."""
    width = _LINE - len(f'    {name}="",')
    pieces = textwrap.wrap(
        text, width, break_long_words=False, break_on_hyphens=False, drop_whitespace=False
    )
    return f"{name}=" + "\n    ".join(map(_literal, pieces)) + ","


def _listed(names: tuple[str, ...]) -> str:
    """The names of columns as a tuple, on one line if it can hold them."""
    line = f"({', '.join(map(_literal, names))})"
    if len(f"            header={line},") <= _LINE:
        return line
    return (
        "(\n" + "".join(f"                {_literal(name)},\n" for name in names) + " " * 12 + ")"
    )


def _suffix(layout: Layout) -> str:
    """How the fixture's name ends; that of a workbook is a table in text, as ours is."""
    return ".csv" if layout.sheet else Path(layout.file).suffix


def _fixture(answers: Answers, layout: Layout) -> bytes:
    """The header as the publisher writes it, and a row that is still to be invented."""
    invented = {name: f"FILL IN: a label of {name}" for name in layout.header}
    invented[answers.year_column] = "2020"
    invented[answers.figure_column] = "FILL IN: invented figures, a row for each quirk"
    text = io.StringIO()
    table = csv.writer(text, delimiter=layout.delimiter, lineterminator="\n")
    table.writerows([layout.header, invented.values()])
    return text.getvalue().encode(layout.encoding.removesuffix("-sig"))
